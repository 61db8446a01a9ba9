#!/bin/sh
# SPDX-License-Identifier: ISC
# What one operator puts aside, overrides or locks out stands on the other's
# screen; nobody gets round it; the horn is one for the station.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 53
# two alarms of the area system, one without an action, one with
plant_copy
sed -i 's|^tags = (|&\
  { name = "site.door"; kind = "bool"; internal = true; value = false;\
    write = { function = "setpoint"; confirm = "none"; };\
    alarms = ( { name = "OPEN"; is = true; priority = 1; } ); },\
  { name = "site.gas"; kind = "bool"; internal = true; value = false;\
    write = { function = "setpoint"; confirm = "none"; };\
    alarms = ( { name = "ON"; is = true; priority = 1;\
      action = "Leave the room"; } ); },|' "$plant_project/tags.conf"
plant_start
console olga olga
console sven sven
wait_screen olga olga/operator || bail 'no console for olga'
wait_screen sven sven/shift-leader || bail 'no console for sven'
for name in olga sven; do
	mux pipe-pane -t $name -O "cat >> '$dir/bytes.$name'"
done
bells() { cat "$dir"/bytes.* | tr -cd '\007' | wc -c | tr -d ' '; }
rang() { [ "$(bells)" -gt "${1:-0}" ]; }
# The clock of the status line goes on: so many seconds have passed.
clock() { screen_of olga | sed -n '1s/.*\([0-9][0-9]\):\([0-9][0-9]\):\([0-9][0-9]\).*/\1 \2 \3/p' | awk '{ print $1 * 3600 + $2 * 60 + $3 }'; }
seconds_on() { [ "$(clock)" -ge $(($1 + $2)) ]; }

# One station, one horn
tell trip P-101B > /dev/null
ok 'an alarm that comes sounds' wait_for 10 rang
since=$(clock)
wait_for 10 seconds_on "$since" 3
is "$(bells)" 1 'once, at one of the two consoles of the station'

# An alarm of the area system calls only where an action is written (P27)
in_banner() { screen_of "$1" | sed -n '2,3p' | grep -qF "$2"; }
not_in_banner() { ! in_banner "$1" "$2"; }
listed() { screen_of "$1" | sed -n '5,22p' | grep -q "$2"; }
as olga set site.door true > /dev/null 2> "$dir/err" || note "$(cat "$dir/err")"
ok 'an alarm without an action comes' \
    wait_for 10 alarm_is site.door.OPEN unacknowledged
press olga A 'since    alarm' || bail 'olga has no list'
ok 'into the list' wait_for 10 listed olga 'UNA .*site.door.OPEN'
since=$(clock)
wait_for 10 seconds_on "$since" 2
ok 'not into the banner' not_in_banner olga site.door.OPEN
is "$(bells)" 1 'and does not sound'
as olga set site.gas true > /dev/null
ok 'one with an action is in the banner' wait_for 10 in_banner olga site.gas.ON
ok 'and sounds' wait_for 10 rang 1
as olga set site.gas false > /dev/null
as olga ack site.gas.ON site.door.OPEN > /dev/null
ok 'acknowledged it leaves the banner' \
    wait_for 10 not_in_banner olga site.gas.ON

# Shelved by one
press sven A 'since    alarm' || bail 'sven has no list'
wait_for 10 state_is sven UNA || note_screen sven
press sven s 'Shelve  P-101B.FAIL' || note_screen sven
keys sven Enter
ok 'without a time and a reason it does not go' \
    press sven Enter 'must be filled in' 'Enter send'
type_in sven 9h
keys sven Tab
type_in sven 'being repaired'
ok 'nor for longer than its class says' \
    press sven Enter 'at most for 8 h' 'Enter send'
keys sven BTab
keys sven C-u
type_in sven 1h
ok 'shelved by the shift leader' \
    press sven Enter 'P-101B.FAIL: done' 'Enter send'
ok 'it is so on his screen' wait_for 10 state_is sven SHL
ok 'and on the other' wait_for 10 state_is olga SHL
ok 'and in no banner' wait_for 10 not_in_banner olga P-101B.FAIL
ok 'the list says by whom and why' press olga I 'being repaired'
ok 'and what it is' wait_screen olga shelved
press olga b 'No longer shelved  P-101B.FAIL' || note_screen olga
ok 'the operator may not bring it back' \
    press olga Enter 'needs shelve in intake' 'Enter send'
keys olga Escape
wait_gone olga 'No longer shelved'

# Overridden by the engineer
before=$(record_count)
as emma override LT-501.pv 3.21 --for 1h --reason "'float sticks'" \
    > "$dir/override" 2>&1
is $? 0 'the engineer overrides a level'
ok 'the one sees that something is' wait_screen olga ' F 1 '
ok 'and the other' wait_screen sven ' F 1 '
go olga clearwater LT-501 || note_screen olga
go sven clearwater LT-501 || note_screen sven
ok 'the value is on the screen, marked' wait_screen olga 'F3.21'
ok 'on the other, too' wait_screen sven 'F3.21'
is "$(sg get LT-501.pv -o csv --no-header | cut -d, -f2,5,7)" \
    '3.21,uncertain,override' 'for programs it is uncertain and flagged'
mb_level() { sg override list -o csv --no-header | cut -d, -f1,2,5,8; }
is "$(mb_level)" 'LT-501.pv,3.21,good,emma' 'what is read stands beside it'
is "$(record_count)" "$before" 'and nothing was written to the plant'

# Locked out by the shift leader
go sven P-101A 'Raw water pump A' || note_screen sven
press sven K 'Lock out  P-101A' || note_screen sven
type_in sven 'coupling is off'
keys sven Tab
type_in sven W-17
ok 'a pump is locked out' press sven Enter 'P-101A: done' 'Enter send'
go olga P-101A 'Raw water pump A' || note_screen olga
ok 'the other sees by whom, why, with which ticket' \
    wait_screen olga 'LOCKED OUT by sven: coupling is off (W-17)'
keys olga Escape
go olga intake 'Raw water intake' || note_screen olga
marked() { screen_of "$1" | grep -q 'P-101A RUN.*L'; }
ok 'and the mark on the process screen' wait_for 10 marked olga
as olga do P-101A start --confirm P-101A > "$dir/start" 2> "$dir/start.err"
is $? 6 'who starts it all the same is refused'
ok 'and told why' has "$dir/start.err" 'locked out by sven: coupling is off'
as olga set P-101A.sp 60 --confirm 60 > "$dir/sp" 2> "$dir/sp.err"
is $? 6 'setpoints are refused'
is "$(record_count)" "$before" 'nothing has reached the PLC'
as olga do P-101A stop > "$dir/stop" 2>&1
is $? 0 'the stop goes'
ok 'to the PLC' record_has 5 0 0

# All of it outlives the core
ok 'a killed core comes back' kill_core
wait_for 10 is_on olga
overridden() { row_of LT-501.pv | grep -q '^LT-501.pv,3.21,.*override'; }
ok 'with the override' wait_for 10 overridden
wait_for 10 is_quality P-101A.fault good
as olga do P-101A start --confirm P-101A > "$dir/start" 2> "$dir/start.err"
is $? 6 'the tag on the pump'
is "$(sg alarms --state shelved -o csv --no-header | cut -d, -f1,17,19)" \
    'P-101B.FAIL,sven,being repaired' 'and what was shelved'

# With both pumps at rest a low flow means nothing: suppressed by design (P14)
as olga do P-101A stop > /dev/null 2>&1
by_design() {
	[ "$(sg alarms --state suppressed -o csv --no-header | cut -d, -f1,17,19)" = \
	    'FT-101.L,,not P-101A.run and not P-101B.run' ]
}
ok 'the low flow of stopped pumps is suppressed, with its cause' \
    wait_for 20 by_design
begun() { sg events --kind alarm -o csv | grep -qF "$1"; }
ok 'its begin is an event' wait_for 10 begun \
    '(suppressed: not P-101A.run and not P-101B.run)'
# Why, and what it is now, stand in the alarm's detail
detail() { # what is put aside stands last
	keys olga Escape
	press olga A 'since    alarm' && wait_for 10 listed olga 'FT-101.L' &&
	    keys olga End && press olga Enter '── FT-101.L' 'since    alarm'
}
ok 'the console opens the alarm' detail || note_screen olga
ok 'and says by what it is suppressed' \
    wait_screen olga 'by the project: not P-101A.run and not P-101B.run'
now_is() { screen_of olga | grep -q "now  *$1 .*(good, since "; }
tell force FT-101.pv 12 > /dev/null
ok 'and what its value is now' wait_for 10 now_is 12 || note_screen olga
tell force FT-101.pv 34 > /dev/null
ok 'as it changes' wait_for 10 now_is 34 || note_screen olga
keys olga Escape
# The shift that goes tells the one that comes; at night it is yesterday's
handed_over() {
	for day in today yesterday; do
		as sven report shift --date $day -o csv 2> /dev/null
	done > "$dir/sheets"
	awk -F, '$5 == "standing" && $8 == "reason" { print $6 ": " $9 }' \
	    "$dir/sheets" | sort -u
}
is "$(handed_over)" 'LT-501.pv: float sticks
P-101A: coupling is off
P-101B.FAIL: being repaired' 'all that people left so is in the shift report'
shelved=$(sg alarms --state shelved -o csv --no-header | cut -d, -f20)
is "$(awk -F, '$6 == "P-101B.FAIL" && $8 == "since" { print $9 }' \
    "$dir/sheets" | sort -u)" "$shelved" 'with since when, through the kill'
as sven report shift --date 2020-01-01 -o csv > "$dir/out" 2>&1
not_ok 'but not in that of a day before it' \
    grep -q 'coupling is off\|being repaired' "$dir/out"
as sven unsuppress FT-101.L > "$dir/out" 2> "$dir/err"
is $? 6 'nobody takes it away'
ok 'and why is said' grep -q 'suppressed by design: not P-101A.run' "$dir/out" "$dir/err"

# A horn that goes on until somebody silences it
as emma override LT-501.pv --end > /dev/null 2>&1
n=$(bells)
tell force LT-501.pv 0.4 > /dev/null
ok 'a protection alarm sounds and goes on' wait_for 20 rang $((n + 2))
wait_screen olga olga/operator
ok 'until it is silenced' press olga S 'silenced'
# A low tank stops pumps, and what comes of that sounds as well: again, then.
quiet() {
	for _ in 1 2 3 4 5; do
		keys olga S
		since=$(clock)
		wait_for 10 seconds_on "$since" 1
		n=$(bells)
		wait_for 20 seconds_on "$since" 6
		[ "$(bells)" -gt "$n" ] || return 0
	done
	return 1
}
ok 'then it is silent, though the alarm stands' quiet
