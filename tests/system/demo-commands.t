#!/bin/sh
# SPDX-License-Identifier: ISC
# ./demo and all that its usage names, in a copy of the tree with programs that
# are built already: as the README says, by anybody, harming nothing around it.
. "$SG_SRC/tests/lib/tap.sh"
if grep -q '^SG_CFLAGS.*-fsanitize' "$SG_BUILD/Makefile"; then
	echo '1..0 # SKIP a demonstration is never without its sandbox'
	exit 0
fi
plan 60

mkdir "$dir/home" "$dir/tmp"
chmod 755 "$dir"
copy=$dir/copy
copy_tree() {
	mkdir "$1"
	(cd "$SG_SRC" && tar -c demo conf screens tests/lib packages.txt) |
	    tar -x -C "$1"
}
copy_tree "$copy"
DEMO_BUILD=$SG_BUILD DEMO_PAST=20min
HOME=$dir/home TMPDIR=$dir/tmp
export DEMO_BUILD DEMO_PAST HOME TMPDIR
unset TMUX SSH_AUTH_SOCK

mux() { tmux -S "$dir/tmux" -f /dev/null "$@"; }
of() { pgrep -f "^[^ ]*sightglass.* $1/[.]demo/"; }
kill_all() {
	mux kill-server 2> /dev/null
	for at in "$copy" "$dir/another place"; do
		[ ! -s "$at/.demo/run/pid" ] ||
		    kill $(pgrep -P "$(cat "$at/.demo/run/pid")") 2> /dev/null
		kill -KILL $(of "$at") 2> /dev/null
	done
}
cleanup=kill_all

# demo WORD...: its status in $?, what it printed in $dir/out and $dir/err
demo() { "$copy/demo" "$@" > "$dir/out" 2> "$dir/err" < /dev/null; }
says() { has "$dir/out" "$1" || { note "$(cat "$dir/out" "$dir/err")"; return 1; }; }
screen() { mux capture-pane -p -t "$1" 2> /dev/null; }
shows() { screen "$1" | grep -qF -- "$2"; }
at_home() { (cd "$copy" && find . -path ./.demo -prune -o -print | sort); }
foreign() {	# what listens, and not on 127.0.0.1
	awk '$4 == "0A" && $2 !~ /^0100007F:/ { print $2 }' /proc/net/tcp \
	    /proc/net/tcp6 | sort
}
listens() {	# listens PORT: on 127.0.0.1
	grep -q "0100007F:$(printf %04X "$1") 00000000:0000 0A" /proc/net/tcp
}
pids() { of "$copy"; pgrep -P "$(cat "$copy/.demo/run/pid")"; }

# ---- starting

demo help
is "$?" 2 'a word that it does not know'
ok 'is answered by how it is used' has "$dir/err" 'usage: ./demo'
demo status
is "$?" 8 'before the start there is no server'
demo login olga status
is "$?" 8 'to which one could log in'
at_home > "$dir/before"
foreign > "$dir/foreign"
demo
is "$?" 0 'without a terminal ./demo starts and ends'
ok 'and says how the plant is' has "$dir/out" 'Riverside Waterworks   running'
ok 'which has a past' has "$dir/err" 'living through the last 20min'
for name in plc1 plc2a plc3 ssh; do
	port=$(sed -n "s/^$name 127.0.0.1://p" "$copy/.demo/ports")
	ok "$name is on 127.0.0.1" listens "${port:-0}"
done
is "$(foreign)" "$(cat "$dir/foreign")" 'and nothing anywhere else'
pids | sort > "$dir/pids"
demo start
is "$?" 0 'a second start does no harm'
is "$(pids | sort)" "$(cat "$dir/pids")" 'it starts nothing'
ok 'and says how to get in' says 'running: ./demo login olga'

# ---- looking, and by whom

demo login olga status -o csv
ok 'olga sees the plant over ssh' says 'plc1'
demo login olga set site.target 4.2
ok 'she may write' says ' done '
demo login vera set site.target 4.3
is "$?" 3 'vera may not'
demo login sven audit -o csv
ok 'sven reads it in the audit' says 'site.target,4.50,4.20,,done,'
demo login olga history FT-501.pv --since -15min -o csv
ok 'the past is simulated, and says so' says ',good,,simulated'
demo login
is "$?" 2 'a login needs a user'
demo login bob
is "$?" 4 'one that there is'
sql() { sqlite3 -readonly "$copy/.demo/state/record.db" "$1"; }
is "$(sql 'SELECT count(*) FROM users')" 6 'there are six users'
is "$(sql "SELECT count(*) FROM users WHERE coalesce(password, '') <> ''")" 0 \
    'none of them has a password'

# ---- showing

demo story
ok 'the stories are listed' says 'pump-trip    A raw water pump trips'
demo story pump-trip
ok 'a story says what to look at' says 'Look at:'
ok 'and which key to press' says 'Press:'
tripped() { demo login olga alarms -o csv && has "$dir/out" P-101A.FAIL; }
ok 'then it happens' wait_for 10 tripped
demo story nonsense
is "$?" 2 'one that is not there is refused'

mux new-session -d -s console -x 100 -y 30 "'$copy/demo'; read none"
ok 'in a terminal ./demo is a console of olga' wait_for 10 shows console \
    'olga/operator'
leaves() { mux send-keys -t console q; wait_for 1 shows console 'Leave'; }
wait_for 10 leaves
gone() { mux send-keys -t console y; wait_for 1 shows console './demo stop'; }
ok 'which leaves the plant running' wait_for 10 gone
is "$(mux display-message -p -t console '#{scroll_region_upper} #{scroll_region_lower}')" \
    '0 29' 'and all lines of the terminal scrolling'
mux new-session -d -s panel -x 80 -y 24 "'$copy/demo' panel"
ok 'panel is the field panel' wait_for 10 shows panel 'Field panel'
demo two
ok 'two says where they are' says 'attach -t two'
two() { tmux -S "$copy/.demo/run/tmux" capture-pane -p -t "two:0.$1" |
    grep -qF "$2"; }
ok 'olga is there' wait_for 10 two 0 olga/operator
ok 'sven beside her' wait_for 10 two 1 sven/shift-leader
ok 'the field panel below' wait_for 10 two 2 'Field panel'

mux new-session -d -s small -x 100 -y 30 "'$copy/demo' two"
ok 'in a small terminal two has a window for each' wait_for 20 shows small \
    'Ctrl-b n: the next one'
ok 'which olga fills' wait_for 10 shows small olga/operator
is "$(tmux -S "$copy/.demo/run/tmux" list-windows -F '#W' | paste -sd' ')" \
    'olga plant sven' 'beside the plant and sven'

# ---- breaking: the last line has it all again, under another process

broken() {	# broken PART COLUMN
	demo break "$1" || return 1
	awk -v column="$2" '
	/^[0-9][0-9]:/ { if (!n++) { first = $column; shown = $6 + $7 }
	    last = $column; now = $6 + $7; well = $5 " " $8 " " $9 " " $10 " " $11 }
	END { exit !(n > 1 && first != last && now >= shown &&
	    well == "yes 0 ok 0 0") }' "$dir/out" && says 'record.db: ok'
}
ok 'break core: another one goes on' broken core 2
ok 'break field: another one goes on' broken field 3
ok 'break sshd: another one goes on' broken sshd 4
demo break disk
ok 'break disk: nothing can be recorded' grep -q '^[0-9:]* .* failed' "$dir/out"
ok "olga's setpoint is not sent" grep -q \
    'refused: the record does not take rows\|expired: the record took no rows' \
    "$dir/out" "$dir/err"
ok 'and all is well afterwards' sh -c "grep '^[0-9][0-9]:' '$dir/out' |
    tail -n 1 | grep -q ' ok  *0  *0$'"
demo break nothing
is "$?" 2 'what cannot be broken is refused'

# ---- a large plant, and back

demo big 100
ok 'big says how long it took' has "$dir/err" 'applied in '
demo login olga get big.t00099
is "$?" 0 'its tags are there'
demo small
demo login olga get big.t00099
is "$?" 4 'small takes them away again'

# ---- ending

pids > "$dir/pids"
pgrep -f "$copy/[.]demo" >> "$dir/pids"
demo stop
is "$?" 0 'it stops'
running() {
	ps -o pid=,stat=,args= -p "$(paste -sd, "$dir/pids")" |
	    awk '$2 !~ /^Z/'
}
none_runs() { [ -z "$(running)" ]; }
ok 'nothing of it runs' wait_for 5 none_runs || note "$(running)"
is "$(at_home)" "$(cat "$dir/before")" 'outside .demo nothing was written'
is "$(find "$dir/home" "$dir/tmp" -mindepth 1)" '' \
    'nor at home, nor in the place for what is passing'
demo reset
ok 'reset leaves nothing' test ! -e "$copy/.demo"

# ---- where one has it, and as anybody

long=$dir/$(printf '%0100d' 0)
copy_tree "$long"
not_ok 'in a path that is too long for sockets' \
    sh -c '"$0/demo" start 2> "$1"' "$long" "$dir/err"
ok 'it says so' has "$dir/err" 'too long for sockets, by'

other() {
	runuser -u nobody -- env HOME=/nonexistent DEMO_BUILD="$SG_BUILD" \
	    DEMO_PAST=0 "$dir/another place/demo" "$@" > "$dir/out" 2> "$dir/err" \
	    < /dev/null
}
if [ "$(id -u)" -ne 0 ] || ! runuser -u nobody -- test -x "$SG_BUILD/sightglassd"; then
	for name in start log stop; do
		pass "as an ordinary user: $name # SKIP this is one, or there is none"
	done
	exit 0
fi
copy_tree "$dir/another place"
chown -R nobody "$dir/another place"
other start
is "$?" 0 'an ordinary user starts it' || note "$(cat "$dir/err")"
other login olga status
ok 'and gets in' says 'separation: none'
other stop
ok 'and stops it' test "$?" -eq 0 -a -z "$(of "$dir/another place")"
