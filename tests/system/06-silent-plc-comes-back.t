#!/bin/sh
# SPDX-License-Identifier: ISC
# A PLC goes silent and comes back: the last values stay, visibly bad; one
# alarm; a command given meanwhile is expired or unknown and never made up
# for. A PLC that stands still but answers is found out, too (P4).
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 44
plant_start
# Of plc1 and its line; another line is another alarm.
comm() { sg alarms -o csv --no-header 2> /dev/null |
    grep -c '^\(net1\|plc1\)\.COMM,'; }
bad_for() { [ "$(row_of LT-501.pv | cut -d, -f5,6)" = "bad,$1" ]; }
all_bad() { is_quality P-101A.hours bad && is_quality intake.version bad; }
lines_of() { wc -l < "$dir/record" | tr -d ' '; }
# The commands that the PLC heard since line $1 of its record.
heard_since() {
	awk -F '\t' -v n="$1" \
	    'NR > n && $5 != 1 { print $4, $5, $6 }' "$dir/record"
}
# command VALUE: gives it; its result is expired or unknown, and so it is
# in the audit once, whatever it is.
command() {
	timeout 20 ssh -F "$dir/ssh_config" olga@plant \
	    set site.mode "$1" --confirm "$1" -o csv --no-header \
	    > "$dir/out" 2> "$dir/err"
	code=$?
	result=$(cut -d, -f4 "$dir/out" | tr -d '"' | cut -d: -f1 |
	    cut -d' ' -f1)
	case $code:$result in
	6:expired | 10:unknown) pass "a command ends: $result" ;;
	*) fail "a command ends: $code $(cat "$dir/out" "$dir/err")" ;;
	esac
	ok 'the audit has this result, once' test "$(sql record.db "SELECT
	    count(*) FROM audit WHERE name = 'site.mode' AND result <> ''
	    AND command = (SELECT max(command) FROM audit) AND result LIKE '$result%'")" = 1
}
comm_rows() {	# transitions of the alarms of line and device
	sql record.db "SELECT count(*) FROM events WHERE kind = 'alarm'
	    AND name IN ('net1.COMM', 'plc1.COMM') AND new = 'unacknowledged'"
}

# silence NAME VALUE: after going silent in one way, coming back in another.
silence() {
	was=$(comm_rows)
	before=$(value_of intake.version)
	mode=$(value_of site.mode)
	printf '# %s\n' "$1"
	"$1_begin"
	ok "$1: the level is bad(comm)" wait_for 10 bad_for comm
	ok 'and all that the PLC has, slow ones too' wait_for 10 all_bad
	is "$(value_of intake.version)" "$before" 'the last values stay'
	command "$2"
	is "$(value_of site.mode)" "$mode" 'which changes nothing on the screen'
	one() { [ "$(comm)" = 1 ]; }
	ok 'there is one alarm' wait_for 10 one
	at=$(lines_of)
	"$1_end"
	ok 'back again, the level is good' wait_for 20 as_good
	came_back() { is_value site.mode "$mode"; }
	ok 'the mode is what it was' wait_for 10 came_back
	is "$(heard_since "$at")" '' 'the command was not made up for'
	is "$(($(comm_rows) - was))" 1 'and there was one alarm only'
	gone() { [ "$(sg alarms --state unacknowledged -o csv \
	    --no-header 2> /dev/null | grep -c '\.COMM,')" = 0 ]; }
	ok 'which went with the silence' wait_for 30 gone
	for alarm in $(sg alarms -o csv --no-header | cut -d, -f1 |
	    grep COMM); do
		as olga ack "$alarm" > /dev/null
	done
}

# It hears and does not answer.
silent_begin() { tell fault plc1 silent > /dev/null; }
silent_end() { tell fault plc1 off > /dev/null; }
silence silent 2

# Its network is there, but it reads nothing; later it reads all at once.
stopped_begin() { kill -STOP "$sim_pid"; }
stopped_end() { kill -CONT "$sim_pid"; }
silence stopped 2

# It is not there at all.
gone_begin() { kill -KILL "$sim_pid"; wait "$sim_pid" 2> /dev/null; }
gone_end() { plant_sim; }
silence gone 2

# It answers, but its program stands still (P4).
tell freeze plc1 > /dev/null
ok 'frozen, the level is bad(device)' wait_for 10 bad_for device
reads() { mb read hr:0 > /dev/null; }
ok 'though it answers' reads
one_alarm() { [ "$(sg alarms --state unacknowledged -o csv \
    --no-header | grep -c '^plc1\.')" = 1 ]; }
ok 'one alarm says so' wait_for 10 one_alarm
as olga set P-101A.sp 70 --confirm 70 > "$dir/out" 2> "$dir/err"
is $? 6 'a command is refused'
as olga do P-101A stop > "$dir/out" 2> "$dir/err"
ok 'a safe one goes' wait_for 10 record_has 5 0 0
tell freeze plc1 off > /dev/null
ok 'running again, the level is good' wait_for 10 as_good
answered() { as olga set P-101A.sp 75 --confirm 75 > /dev/null 2>&1; }
ok 'and commands go' wait_for 10 answered
server_stop
is "$(sql record.db "SELECT count(*) FROM audit WHERE result = ''")" \
    "$(sql record.db "SELECT count(*) FROM audit WHERE result <> ''")" \
    'every request has one result'
