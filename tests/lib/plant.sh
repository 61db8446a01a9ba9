# SPDX-License-Identifier: ISC
# plant.sh - a whole plant for system tests: simulator, server, users with
# keys, the demonstration project, control taken. After tap.sh:
#
#	plant_start			all of it
#	plant_sim, plant_server, plant_users, plant_project [DIR]
#					its parts; $sim_options, $server_lines
#	plant_stop			an orderly end, for sql
#	as USER WORD...			over ssh; $with has options of ssh
#	sg WORD...			the command line, locally
#	tell WORD...			the simulator: scenario verbs, get, set
#	mb WORD...			a Modbus master of its own at plc1
#	plc_at NAME			where a PLC listens
#	record_has FC ADDRESS VALUES	plc1 has received this write
#	record_writes			all writes but the life word (P4)
#	child core|field|ssh		the pid of a process of the server
#	kill_core			until another one answers
#	is_on USER			somebody's session is there
#	sql FILE QUERY			stock sqlite3; FILE relative to the state
#	console NAME USER [COLSxROWS]	a console in a terminal of its own
#	client_pid NAME			the ssh client in that terminal
#	console_pids			their processes, the oldest first
#	screen_of NAME, keys NAME KEY..., wait_screen NAME TEXT
#	seen NAME OK-WORDS...		ok, or else what stood on that screen
#	has_setpoint NAME N		of P-101A, as the table of drives shows it
#	state_is NAME MARK		of P-101B.FAIL, as the list of alarms shows it
#	go NAME WHERE TEXT, select_item NAME TEXT, press NAME KEY TEXT
#
# Everything is in $dir; only processes started here are ended, by their ids.

. "$SG_SRC/tests/lib/lines.sh"
sim_pid= server_pid= with= sim_options= server_lines= plant_project=
programs=$dir/programs
unset TMUX
cleanup='plant_kill'

plant_dirs() {
	mkdir -p "$dir/state" "$dir/run" "$dir/log" "$dir/keys" "$programs"
	chmod 700 "$dir/state" "$dir/keys"
	plant_name=
	for plant_name in '' -field -sshd -console; do
		[ -e "$programs/sightglass$plant_name" ] ||
		    ln -s "$SG_BUILD/sightglass$plant_name" "$programs"
	done
}

# All that still runs: consoles, server, simulator.
plant_kill() {
	tmux -S "$dir/tmux" kill-server 2> /dev/null
	for plant_pid in $(server_pids) $sim_pid $others; do
		kill -CONT "$plant_pid" 2> /dev/null
		kill -KILL "$plant_pid" 2> /dev/null
	done
	wait 2> /dev/null
}
others=

plc_at() { sed -n "s/^$1 //p" "$dir/ports"; }
sim_listen=127.0.0.1:0,127.0.0.1:0,127.0.0.1:0
plant_sim() {
	rm -f "$dir/ports"
	# shellcheck disable=SC2086
	"$SG_BUILD/sightglass-sim" --listen "$sim_listen" \
	    --rtu "$dir/run/ser1" --ports "$dir/ports" --record "$dir/record" \
	    --control "$dir/run/sim.sock" --state "$dir/sim.state" \
	    $sim_options >> "$dir/log/sim" 2>&1 < /dev/null &
	sim_pid=$!
	wait_for 10 test -s "$dir/ports" || bail 'the simulator does not listen'
	plc1=$(plc_at plc1)
	# where it will be found again
	sim_listen=$(plc_at plc1),$(plc_at plc2a),$(plc_at plc3)
}

tell() { "$SG_BUILD/sightglass-sim" tell "$dir/run/sim.sock" "$@"; }
mb() { "$SG_BUILD/tests/lib/mb" "$plc1" "$@"; }

plant_config() {
	cat > "$dir/sightglass.conf" <<-END
	state = "$dir/state";
	run = "$dir/run";
	programs = "$programs";
	listen = [ "127.0.0.1:${ssh_port:-0}" ];
	$(project_lines "$dir/ports")
	$server_lines
	END
}

plant_server() {
	[ -s "$dir/sightglass.conf" ] && [ -n "${ssh_port:-}" ] || plant_config
	# shellcheck disable=SC2086
	"$SG_BUILD/sightglassd" -c "$dir/sightglass.conf" --allow-root \
	    $sandbox >> "$dir/log/server" 2>&1 < /dev/null &
	server_pid=$!
	wait_for 10 answers || bail 'the server does not answer'
}
# Whatever it says, it is there: the version would be known without it.
answers() {
	sg status > /dev/null 2>&1
	[ $? -ne 8 ]
}

sandbox=
grep -q '^SG_CFLAGS.*-fsanitize' "$SG_BUILD/Makefile" 2> /dev/null &&
    sandbox=--no-sandbox

sg() { "$SG_BUILD/sightglass" -s "$dir/run/core.sock" "$@"; }

# The server's processes, whatever became of their parents: each has this
# directory in its arguments, or is a child of one that has.
server_pids() {
	[ -z "$server_pid" ] || pgrep -P "$server_pid"
	pgrep -f "^[^ ]*sightglass.* $dir/"
}

# child core|field|ssh: its pid, once it runs.
child() {
	case $1 in
	core) plant_pattern='sightglassd -C' ;;
	field) plant_pattern='sightglass-field' ;;
	ssh) plant_pattern='sightglass-sshd' ;;
	esac
	pgrep -P "$server_pid" -f "$plant_pattern" | head -n 1
}

kill_core() {
	plant_core=$(child core)
	kill -KILL "$plant_core" && wait_for 10 another_core
}
another_core() {
	plant_pid=$(child core)
	[ -n "$plant_pid" ] && [ "$plant_pid" != "$plant_core" ] && answers
}
is_on() { sg session list -o csv --no-header | grep -q "^[0-9]*,$1,"; }

# add_user NAME FULL-NAME OPTION...
add_user() {
	plant_user=$1 plant_full=$2
	shift 2
	[ -f "$dir/keys/$plant_user" ] || ssh-keygen -q -t ed25519 -N '' \
	    -C "$plant_user@test" -f "$dir/keys/$plant_user"
	sg -q user add "$plant_user" --name "$plant_full" "$@" > /dev/null &&
	    sg -q user key add "$plant_user" < "$dir/keys/$plant_user.pub" \
		> /dev/null || bail "no user $plant_user"
}

# The users of the demonstration; felix gets his area with the project.
plant_users() {
	add_user anna 'Anna Weiss' --role admin --role viewer \
	    --unix "$(id -un)"
	add_user vera 'Vera Lind' --role viewer
	add_user olga 'Olga Petrova' --role operator
	add_user sven 'Sven Holm' --role shift-leader
	add_user emma 'Emma Novak' --role engineer
	add_user felix 'Felix Braun'
	wait_for 10 test -s "$dir/run/ports" || bail 'the front does not listen'
	plant_ssh
	wait_for 10 as emma version > /dev/null 2>&1 || bail 'nobody gets in'
}

plant_ssh() {
	ssh_port=$(sed -n 's/^ssh .*://p' "$dir/run/ports")
	plant_config	# after a restart on the same port
	cat > "$dir/ssh_config" <<-END
	Host plant
	  HostName 127.0.0.1
	  Port $ssh_port
	  IdentityFile "$dir/keys/%r"
	  IdentitiesOnly yes
	  IdentityAgent none
	  PreferredAuthentications publickey
	  UserKnownHostsFile "$dir/known_hosts"
	  GlobalKnownHostsFile /dev/null
	  StrictHostKeyChecking accept-new
	  HostKeyAlias sightglass-test
	  LogLevel ERROR
	  ConnectTimeout 10
	END
}

as() {
	plant_user=$1
	shift
	# shellcheck disable=SC2086
	ssh -F "$dir/ssh_config" $with "$plant_user@plant" "$@"
}

# plant_project [DIR]: by default a copy of the demonstration project, in
# $dir/project, so that a test may change it first.
plant_copy() {
	plant_project=$dir/project
	cp -R "$SG_SRC/conf/riverside" "$plant_project"
	chmod -R u+w "$plant_project"
}
plant_project() {
	[ -n "$plant_project" ] || plant_copy
	tar -c -C "${1:-$plant_project}" . | as emma project apply - \
	    > "$dir/log/apply" 2>&1 || bail "apply: $(cat "$dir/log/apply")"
	# its lines connect
	wait_for 10 as_good || bail 'plc1 is not read'
}
as_good() { is_quality LT-501.pv good; }
# Asked locally, as anna, who looks on: what is asked often leaves no trace.
row_of() { sg get "$1" -o csv --no-header 2> /dev/null; }
quality_of() { row_of "$1" | cut -d, -f5; }
is_quality() { [ "$(quality_of "$1")" = "$2" ]; }
value_of() { sg get -q "$1" 2> /dev/null; }
is_value() { [ "$(value_of "$1")" = "$2" ]; }
alarm_is() {	# alarm_is NAME STATE
	sg alarms -o csv --no-header 2> /dev/null | grep -q "^$1,[0-9]*,$2,"
}

plant_start() {
	plant_dirs
	plant_sim
	plant_server
	plant_users
	plant_project
	sg -q user role felix +operator@filtration > /dev/null
	sg -q control take > /dev/null || bail 'no control'
}

# An orderly end of the server alone.
server_stop() {
	[ -n "$server_pid" ] || return 0
	kill -TERM "$server_pid" && wait "$server_pid"
	plant_status=$?
	server_pid=
	return $plant_status
}
sim_stop() {
	[ -n "$sim_pid" ] || return 0
	kill -TERM "$sim_pid" && wait "$sim_pid"
	sim_pid=
}
plant_stop() {
	server_stop
	sim_stop
}

record_has() {
	grep -q "$(printf '\tplc1\t1\t%s\t%s\t%s$' "$1" "$2" "$3")" \
	    "$dir/record" 2> /dev/null
}
# One line per write, without its time: UNIT FC ADDRESS VALUES.
record_writes() {
	awk -F '\t' '$5 != 1 || $4 == 5 { print $3, $4, $5, $6 }' \
	    "$dir/record" 2> /dev/null
}
record_count() { record_writes | wc -l | tr -d ' '; }

sql() { sqlite3 -readonly "$dir/state/$1" "$2"; }
# The audit as it stands, while the server runs: NAME RESULT rows of a verb.
audit_has() {	# audit_has WHERE: some row of it
	[ "$(sql record.db "SELECT count(*) > 0 FROM audit WHERE $1")" = 1 ]
}

mux() { tmux -S "$dir/tmux" -f /dev/null "$@"; }
console() {
	plant_size=${3:-80x24}
	mux new-session -d -s "$1" -x "${plant_size%x*}" -y "${plant_size#*x}" \
	    "ssh -F '$dir/ssh_config' $with -t '$2@plant'
	    code=\$?; echo; echo; echo ended \$code; read none"
}
# The ssh client in the terminal of a console.
client_pid() {
	pgrep -P "$(mux display-message -p -t "$1" '#{pane_pid}')" ssh
}
# The consoles of this plant, the oldest first.
console_pids() { pgrep -f "^sightglass-console .*--socket $dir/"; }
screen_of() { mux capture-pane -p -t "$1" 2> /dev/null; }
keys() {
	plant_name=$1
	shift
	mux send-keys -t "$plant_name" "$@"
}
# type_in NAME TEXT: letter by letter as it stands.
type_in() { mux send-keys -t "$1" -l "$2"; }
shows() { screen_of "$1" | grep -qF -- "$2"; }
shows_not() { ! shows "$1" "$2"; }
wait_screen() { wait_for 10 shows "$1" "$2"; }
wait_gone() { wait_for 10 shows_not "$1" "$2"; }
# press NAME KEY TEXT [WHILE]: the key until the screen says so, again only
# while WHILE stands there. Confirming keys are ignored for 300 ms (P10); an
# operator presses again, too.
press() {
	plant_end=$(($(date +%s) + 10))
	keys "$1" "$2"
	until wait_for 1 shows "$1" "$3"; do
		[ "$(date +%s)" -lt $plant_end ] || return 1
		[ -n "${4:-}" ] && shows_not "$1" "$4" || keys "$1" "$2"
	done
}
# select_item NAME TEXT: goes on to the item that the message line names so.
select_item() {
	plant_tabs=0
	until [ "$(screen_of "$1" | tail -n 2 | head -n 1 | cut -c -40 | grep -cF "  $2  ")" = 1 ]; do
		[ $plant_tabs -lt 60 ] || return 1
		plant_line=$(screen_of "$1" | tail -n 2 | head -n 1)
		keys "$1" Tab
		wait_for 2 line_changed "$1"
		plant_tabs=$((plant_tabs + 1))
	done
}
line_changed() {
	[ "$(screen_of "$1" | tail -n 2 | head -n 1)" != "$plant_line" ]
}
# The line behind ':', which a clock has, too.
at_prompt() { screen_of "$1" | grep -q '^:'; }
prompt_gone() { ! at_prompt "$1"; }
open_prompt() {
	plant_end=$(($(date +%s) + 10))
	keys "$1" :
	until wait_for 1 at_prompt "$1"; do
		[ "$(date +%s)" -lt $plant_end ] || return 1
		keys "$1" :
	done
}
go() {	# go NAME WHERE TEXT: to a screen or object, which shows TEXT
	open_prompt "$1" && type_in "$1" "$2" && wait_screen "$1" ":$2" &&
	    keys "$1" Enter && wait_for 10 prompt_gone "$1" &&
	    wait_screen "$1" "$3"
}
has_setpoint() {
	[ "$(screen_of "$1" |
	    sed -n 's/^.* P-101A RUN *[0-9]* % *\([0-9]*\) %.*/\1/p')" = "$2" ]
}
state_is() { screen_of "$1" | sed -n '5,22p' | grep -q "$2 .*P-101B.FAIL"; }
seen() {
	seen_on=$1 seen_failed=$tap_failed
	shift
	ok "$@"
	[ "$tap_failed" = "$seen_failed" ] || note_screen "$seen_on"
}
# On failure: what the operator saw.
note_screen() { note "screen $1:"; note "$(screen_of "$1")"; }
