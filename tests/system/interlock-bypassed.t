#!/bin/sh
# SPDX-License-Identifier: ISC
# An interlock that refuses is bypassed (P14): a right, timed, listed, alarmed;
# on both stations, through a killed core; nothing goes to the PLC by it, and
# what the PLC protects it goes on protecting.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 39
plant_start
console olga olga
console sven sven
wait_screen olga olga/operator || bail 'no console for olga'
wait_screen sven sven/shift-leader || bail 'no console for sven'
is_state() { [ "$(mb read di:2)" = "$1" ]; }

# An interlock that refuses: the switch says LOCAL, though it does not stand so
wait_for 10 is_quality P-101B.local good || bail 'no pump'
as emma override P-101B.local 1 --for 1h --reason "'contact is broken'" \
    > /dev/null 2>&1
wait_for 10 is_quality P-101B.local uncertain || bail 'no override'
start() { as "$1" do P-101B start --confirm P-101B > "$dir/out" 2> "$dir/err"; }
said() { has "$dir/out" "$1" || has "$dir/err" "$1"; }
start olga
is $? 6 'a start that is interlocked is refused'
ok 'and what is to blame is said first' said 'interlocked: P-101B.local is'

# Not everybody's
as olga bypass P-101B start --for 30min --reason x > "$dir/out" 2> "$dir/err"
is $? 3 'the operator may not bypass it'
ok 'for which he needs a right in the area' said 'needs bypass in intake'
go olga P-101B 'Raw water pump B' || note_screen olga
ok 'his key says so too' press olga B 'needs bypass'
as sven bypass P-101B start --for 30min > "$dir/out" 2> "$dir/err"
is $? 6 'without a reason it does not go'
as sven bypass P-101B start --for 25h --reason x > "$dir/out" 2> "$dir/err"
is $? 6 'nor for days'
as sven bypass P-101B stop --for 1h --reason x > "$dir/out" 2> "$dir/err"
ok 'nor of a safe command' said 'is safe: no interlock stops it'
is "$(sql record.db "SELECT count(*) FROM audit WHERE verb = 'bypass'
    AND result LIKE 'refused%'")" 4 'each refusal is in the audit'

# Given by the shift leader, at his console
before=$(record_count)
go sven P-101B 'Raw water pump B' || note_screen sven
press sven B 'Bypass the interlock  P-101B.start' || note_screen sven
type_in sven 30min
keys sven Tab
type_in sven 'seen with own eyes'
ok 'the shift leader bypasses it' \
    press sven Enter 'P-101B.start: done' 'Enter send'
wait_gone sven 'Enter send'
sheet='BYPASSED by sven until'
ok 'the command says by whom and until when' wait_screen sven "$sheet"
ok 'on the other station as well' wait_screen olga "$sheet"
ok 'the status line counts it' wait_screen sven ' B 1 '
ok 'on both' wait_screen olga ' B 1 '
keys olga Escape
wait_gone olga 'Raw water pump B'
go olga intake 'Raw water intake' || note_screen olga
marked() { screen_of "$1" | grep -q 'P-101B .*B'; }
ok 'the pump has its mark on the process screen' wait_for 10 marked olga
ok 'an alarm says it' wait_for 10 alarm_is P-101B.BYPASS unacknowledged
in_events() { sg events --kind command -o csv | grep -q "$1"; }
ok 'and the events, with the reason' in_events \
    'P-101B.start,interlock bypassed until .*seen with own eyes,sven'
ok 'and the audit' audit_has "verb = 'bypass' AND user = 'sven'
    AND name = 'P-101B.start' AND result = 'done'
    AND reason = 'seen with own eyes'"
is "$(sg bypass list -o csv --no-header | cut -d, -f1,4-6,10)" \
    'P-101B.start,false,intake,sven,seen with own eyes' \
    'it is listed, with what the interlock says'
ok 'and stands in the first line of the status' \
    sh -c '"$@" status | head -n 1 | grep -q "interlocks bypassed: 1"' \
    sh "$SG_BUILD/sightglass" -s "$dir/run/core.sock"
is "$(record_count)" "$before" 'nothing was written to the plant by it'

# The operator starts the pump, and knows of it
go olga P-101B 'Raw water pump B' || note_screen olga
press olga Enter 'START P-101B?' || note_screen olga
ok 'the question before the start says it' shows olga "$sheet"
ok 'the start goes' press olga y 'START P-101B: done' 'START P-101B?'
ok 'to the PLC' record_has 5 1 1
ok 'and the pump runs' wait_for 20 is_state 1
ok 'its event names the interlock and who bypassed it' in_events \
    'P-101B.start,interlock bypassed (sven): interlocked: P-101B.local is .* (not fault and not local.*,olga'

# A killed core
ok 'a killed core comes back' kill_core
listed() { [ "$(sg bypass list -o csv --no-header | cut -d, -f1,6)" = P-101B.start,sven ]; }
ok 'with the bypass' listed
wait_for 10 is_quality P-101B.fault good
is "$(sg events --kind alarm -o csv | grep -c P-101B.BYPASS)" 1 \
    'and its alarm as it was'

# What the PLC protects stays protected
as olga do P-101B stop > /dev/null 2>&1
wait_for 20 is_state 0 || bail 'it does not stop'
tell trip P-101B > /dev/null
wait_for 10 is_value P-101B.fault true || bail 'no trip'
n=$(record_count)
start olga
more() { [ "$(record_count)" -gt "$n" ]; }
ok 'a start of the tripped pump goes to the PLC' wait_for 10 more
failed() { in_events 'P-101B.start,not achieved'; }
ok 'which does not start it' wait_for 30 failed
is "$(mb read di:2)" 0 'it stands'

# Ended at once by hand, then by itself
press sven B 'Bypass no longer  P-101B.start' || note_screen sven
ok 'ended at the console' press sven Enter 'P-101B.start: done' 'Enter send'
ok 'the other is told' wait_gone olga ' B 1 '
start olga
is $? 6 'and the interlock stands again'
press olga Enter 'START P-101B?' || note_screen olga
as sven bypass P-101B start --for 2s --reason again > "$dir/out" 2>&1
is $? 0 'given again, for two seconds'
ok 'a question that does not say it closes' wait_gone olga 'START P-101B?'
over() { in_events 'P-101B.start,bypass is over: its time has come,sven'; }
ok 'it ends by itself' wait_for 10 over
ok 'and its alarm returns' wait_for 10 alarm_is P-101B.BYPASS returned
