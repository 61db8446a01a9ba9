#!/bin/sh
# SPDX-License-Identifier: ISC
# Whatever dies, nothing is lost: while four operators acknowledge and
# command over ssh, 25 times some process is killed at some moment and comes
# back; then record, PLC and operators must agree. Seeded by SEED=n; for an
# hour with SG_SOAK=1.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
seed=${SEED:-$(od -An -N2 -tu2 /dev/urandom | tr -d ' ')}
note "SEED=$seed"
dice=$seed
die() {		# die N: $face is one of 0..N-1
	dice=$(((dice * 1103515245 + 12345) % 2147483648))
	face=$((dice / 65536 % $1))
}
ms() { echo $(($(date +%s%N) / 1000000)); }

# More restarts than in a minute of any plant.
server_lines='restarts = 100;'
plant_start
ending() { [ -e "$dir/end" ]; }

#
# Operators. Two look on screens, and when their ssh ends they call again.
#
terminal() {	# terminal NAME USER
	mux new-session -d -s "$1" -x 80 -y 24 \
	    "while :; do ssh -F '$dir/ssh_config' -t '$2@plant'; done"
}
on_screen() {	# the user, his screen, and values
	shows "$1" "$2" && shows "$1" "$3" && shows_not "$1" 'NO DATA'
}
olga_looks() { on_screen olga olga/operator 'Raw water intake'; }
sven_looks() { on_screen sven sven/shift-leader 'since    alarm'; }
back_to() {	# to where he was, after a new login
	case $1 in
	olga) go olga intake 'Raw water intake' ;;
	sven) press sven A 'since    alarm' ;;
	esac
}
# acknowledges NAME: what is first in the list and can be read in peace: a key
# for a row that has just changed does nothing (P10). Keeps what the screen
# confirms; the time of it stands behind it.
confirmed() {
	screen_of "$1" | sed -n \
	    "s/^.*acknowledge \([^ ]*#[0-9]*\): done\( .*\)*\$/$1	\1/p" |
	    grep . >> "$dir/seen"
}
picked() { screen_of "$1" | grep '^▸.* [UR][NT][AN] .*\.FAIL '; }
acknowledges() {
	until ending; do
		keys "$1" Home
		row=$(picked "$1")
		sleep 0.6	# an operator reads
		[ -n "$row" ] && [ "$row" = "$(picked "$1")" ] &&
		    [ ! -e "$dir/hands-off" ] || continue
		keys "$1" a
		wait_for 1 confirmed "$1"
	done
}

# Two have a script. call WORD...: what it was told stays in said.
call() {
	told=$(as "$user" -n "$@" -o csv --no-header 2>> "$dir/refusals")
	[ -z "$told" ] || echo "$told" | sed "s/^/$user,/" >> "$dir/said.$user"
}
# What waits, but for what is left to the screens.
waiting() {
	sg alarms -o csv --no-header 2> /dev/null |
	    awk -F , '$1 !~ /^(D-501|P-501.|LV-501|V-101)\.FAIL/ &&
		($3 == "unacknowledged" || $3 == "returned") {
		print $1 "#" $2 }'
}
acknowledge() {
	for alarm in $(waiting | head -n 2); do
		call ack "$alarm" --note seen
	done
	sg alarms -o csv --no-header 2> /dev/null | grep -q ',latched,' &&
	    call reset LT-501.LL --note 'level is back'
}
# Each setpoint is another, by counts of the PLC.
setpoint() {
	count=$((count + 1))
	value=$(awk -v n=$count 'BEGIN {
		printf "%.3f", (16600 + n * 7 % 6600) / 276.48 }')
	call set "$1.sp" "$value" --confirm "$value"
}
script() {	# script USER PUMP
	user=$1 pump=$2 count=0
	dice=$((seed + count + ${#pump} + $3))
	until ending; do
		die 4
		case $face in
		0) setpoint "$pump" ;;
		1) call do "$pump" start --confirm "$pump" ;;
		2) call do "$pump" stop ;;
		3) ;;
		esac
		acknowledge
		setpoint "$pump"
	done
}

# Alarms come and go.
weather() {
	dice=$((seed + 7))
	until ending; do
		set -- P-501C.fault P-101B.local D-501.fault intake.battery \
		    SC-101.fault V-101.fault LV-501.fault P-501B.fault LT-501.pv
		die $#
		shift "$face"
		die 2
		case $1:$face in
		LT-501.pv:1) tell force "$1" 0.4 ;;
		*:1) tell force "$1" 1 ;;
		*) tell force "$1" off ;;
		esac > /dev/null 2>&1
		sleep 0.3	# the pace of the weather
	done
}

terminal olga olga
wait_screen olga olga/operator || bail 'no console for olga'
console_olga=$(console_pids)
terminal sven sven
wait_screen sven sven/shift-leader || bail 'no console for sven'
other_console() { console_pids | grep -vx "$1"; }
console_sven=$(other_console "$console_olga")
back_to olga && back_to sven || bail 'no screens'
add_user kurt 'Kurt Maar' --role operator
add_user ines 'Ines Wolf' --role operator
hands=
for hand in 'acknowledges sven' 'script kurt P-101A 1' 'script ines P-101B 2' weather; do
	$hand 2>> "$dir/log/hands" < /dev/null &
	hands="$hands $!"
done
others=$hands

#
# Killing
#
parent_of() { ps -o ppid= -p "$1" | tr -d ' '; }
connections() { pgrep -f "sightglass-sshd .* $dir/" | grep -vx "$(child ssh)"; }
victim() {	# of a sort; one of several by the last throw
	case $1 in
	core | field) child "$1" ;;
	listener) child ssh ;;
	connection) connections | shuf -n 1 --random-source="$dir/throw" ;;
	console) console_pids | shuf -n 1 --random-source="$dir/throw" ;;
	simulator) echo "$sim_pid" ;;
	parent) echo "$server_pid" ;;
	esac
}
found() { pid=$(victim "$1") && [ -n "$pid" ]; }
# A parent that does not come up is tried again, as a service manager does.
service() {
	while ! answers; do
		kill -0 "$server_pid" 2> /dev/null || {
			"$SG_BUILD/sightglassd" -c "$dir/sightglass.conf" \
			    --allow-root $sandbox >> "$dir/log/server" 2>&1 \
			    < /dev/null &
			server_pid=$!
		}
		[ "$(($(ms) - since))" -lt 10000 ] || return 1
	done
}
# Whose console ends with this process?
whose() {
	for name in olga sven; do
		eval "console=\$console_$name"
		if [ "$1" = "$console" ] || [ "$1" = "$(parent_of "$console")" ]
		then
			echo "$name"
			return
		fi
	done
}
strike() {	# strike SORT
	wait_for 10 found "$1" || { fail "no $1"; return; }
	lost=$(whose "$pid")
	[ "$lost" != sven ] || : > "$dir/hands-off"
	since=$(ms)
	kill -KILL "$pid" 2> /dev/null
	case $1 in
	simulator) wait "$pid" 2> /dev/null; plant_sim ;;
	parent) wait "$pid" 2> /dev/null; service ;;
	esac
	wait_for 10 answers || fail 'the core does not answer'
	took=$(($(ms) - since))
	[ "$took" -le "$slowest" ] || slowest=$took
}
slowest=0
# A console that died with its connection is a new one.
new_console() {
	case $1 in
	olga) console_olga=$(other_console "$console_sven") ;;
	sven) console_sven=$(other_console "$console_olga") ;;
	esac
	eval "[ -n \"\$console_$1\" ]"
}
relogin() {
	wait_for 10 shows "$1" "$1/" && wait_for 10 new_console "$1" &&
	    back_to "$1"
	rm -f "$dir/hands-off"
}
recovered() {
	[ -z "$lost" ] || relogin "$lost"
	wait_for 10 as_good && wait_for 10 olga_looks &&
	    wait_for 10 sven_looks && wait_for 10 as emma version > /dev/null 2>&1
}
same_consoles() {
	[ "$(console_pids | sort)" = "$(printf '%s\n' "$console_olga" \
	    "$console_sven" | sort)" ]
}
kills=0
again() {
	[ -z "${SG_SOAK:-}" ] || { [ "$(date +%s)" -lt "$soak_end" ]; return; }
	[ $kills -lt 25 ]
}
soak_end=$(($(date +%s) + 3600))
while again; do
	kills=$((kills + 1))
	die 600
	moment=$face
	sleep "0.$(printf '%03d' "$moment")"
	# each sort in its turn at least three times
	set -- core field listener connection console simulator parent core
	[ $kills -le 24 ] && face=$(((kills - 1) % 8)) || die 8
	shift "$face"
	die 60000
	printf '%s%060d' "$face" 0 > "$dir/throw"
	strike "$1"
	ok "kill $kills: $1 after $moment ms, all is back" recovered ||
	    { note_screen olga; note_screen sven; }
	ok 'consoles are those that were, or were called again' same_consoles
done
ok "the core answered within 3 s each time, at most after $slowest ms" \
    test "$slowest" -lt 3000
# Killing may have left them little time: they work on until there is enough
# to compare.
busy() {
	[ "$(cat "$dir"/said.* | grep -c '#.*,done')" -ge 4 ] &&
	    [ "$(sort -u "$dir/seen" | wc -l)" -ge 2 ] &&
	    [ "$(cat "$dir"/said.* | grep -vc '#')" -ge 12 ]
}
wait_for 60 busy 2> /dev/null || note 'operators are slow'
: > "$dir/end"
# shellcheck disable=SC2086
wait $hands
others=

#
# A console that a killed server left over
#
rm "$programs/sightglass-console"
cp "$SG_BUILD/tests/lib/leftover" "$programs/sightglass-console"
ssh -F "$dir/ssh_config" -tt vera@plant > "$dir/leftover" 2> /dev/null \
    < /dev/null &
others=$!
ok 'a console waits' wait_for 10 has "$dir/leftover" waits
# shellcheck disable=SC2046
kill -KILL "$server_pid" $(child core) $(child field) $(child ssh)
wait "$server_pid" 2> /dev/null
since=$(ms)
service
ok 'left over from a killed server it comes back' \
    wait_for 20 has "$dir/leftover" 'done'
is "$(tr -d '\r' < "$dir/leftover")" 'own vera
waits
login 3
back vera
set 3
again vera
old 3
forged 3
other 3
left 3
done' 'as its own user, and as no other'
ok 'the screens are there all the same' recovered

#
# The end, and what is written
#
ok 'the server ends in order' server_stop
sim_stop
for file in said.kurt said.ines seen record; do : >> "$dir/$file"; done
cat "$dir"/said.* > "$dir/said"
sort -u -o "$dir/seen" "$dir/seen"
cat > "$dir/proof.init" <<END
ATTACH 'file:$dir/state/record.db?mode=ro' AS r;
CREATE TABLE plc(time, device, unit, function, address, value);
CREATE TABLE said(user, name, old, new, result, ms);
CREATE TABLE seen(user, name);
.mode tabs
.import '$dir/record' plc
.import '$dir/seen' seen
.mode csv
.import '$dir/said' said
.mode list
.read '$SG_SRC/tests/lib/proof.sql'
END
proof() {
	{ cat "$dir/proof.init"; echo "$1;"; } | sqlite3 2>> "$dir/log/proof"
}
all() { proof "SELECT * FROM wrong_$1 LIMIT 5"; }
n_acks=$(proof "SELECT count(*) FROM told WHERE name LIKE '%#%'")
n_seen=$(proof 'SELECT count(*) FROM seen')
n_done=$(proof "SELECT count(*) FROM told WHERE name NOT LIKE '%#%'")
n_writes=$(proof 'SELECT count(*) FROM written')
n_steps=$(proof 'SELECT count(*) FROM steps')
note "$n_acks acknowledgements confirmed, $n_seen on a screen;" \
    "$n_done commands confirmed, $n_writes writes, $n_steps steps of alarms"
ok 'operators were busy' test "$n_acks" -ge 4 -a "$n_seen" -ge 2 \
    -a "$n_done" -ge 10 -a "$n_writes" -ge 10 -a "$n_steps" -ge 20
is "$(all acknowledgements)" '' \
    'each acknowledgement that was confirmed is in the journal once'
is "$(all commands)" '' 'each command that was confirmed was carried out once'
is "$(all writes)" '' 'each write has its one audit row, before it'
is "$(all results)" '' 'each request in the audit has one result'
is "$(all steps)" '' 'alarms went legal ways only'
is "$(sql record.db 'PRAGMA integrity_check')" ok 'the record is whole'
is "$(sql record.db 'SELECT count(*) FROM open_requests')" 0 'nothing is open'

# The chain, by sha256sum: what each row's hash is made of, in a file.
mkdir "$dir/chain"
fields=
for field in "lag(hash, 1, '$(printf '%064d' 0)') OVER (ORDER BY seq)" seq \
    time mono_ms user station '"from"' session verb name old new reason \
    result command; do
	fields="$fields${fields:+ || }length(CAST($field AS BLOB)) || ':' || $field"
done
sql record.db "SELECT writefile('$dir/chain/' || seq, $fields)
    FROM audit_text" > /dev/null
sql record.db "SELECT hash || '  ' || seq FROM audit ORDER BY seq" > "$dir/hashes"
is "$(cd "$dir/chain" && find . -type f | sed 's,./,,' | sort -n |
    xargs sha256sum | diff - "$dir/hashes" | head -n 3)" '' \
    'the chain of the audit verifies'
is "$(sql record.db 'SELECT audit_hash FROM position')" \
    "$(tail -n 1 "$dir/hashes" | cut -d' ' -f1)" 'up to its end'
[ ! -s "$dir/log/proof" ] || note "$(head -n 5 "$dir/log/proof")"
plan $tap_n
