#!/bin/sh
# SPDX-License-Identifier: ISC
# Stories that need an operator: pump-trip, plc-stop, cut, two-hands. Which
# alarms come, what the operator does about them, and how it ends.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
. "$SG_SRC/tests/lib/story.sh"
plan 40
plant_start
quiet_set() { as olga set "$@" > "$dir/out" 2> "$dir/err"; }
is "$(sg alarms -o csv --no-header)" '' 'the plant is calm'

story pump-trip 5
ok 'the trip is an alarm' wait_for 10 came P-101A.FAIL
ok 'the pump stands' wait_for 10 is_value P-101A.run false
ok 'the other is started' quiet_do P-101B start --confirm P-101B
ok 'and runs' wait_for 10 is_value P-101B.run true
as olga ack P-101A.FAIL > /dev/null
ok 'the alarm is acknowledged' alarm_is P-101A.FAIL acknowledged
wait_for 20 passed 24 || bail 'nobody repairs it'
ok 'repaired, it can be reset' quiet_do P-101A reset --confirm P-101A
ok 'nothing stands any more' calm
ok 'no other alarm came' only P-101A.FAIL
ok 'it did not start by itself' is_value P-101A.run false
quiet_do P-101A start --confirm P-101A
quiet_do P-101B stop
wait_for 10 is_value P-101B.run false || bail 'P-101B runs'

story plc-stop 4
bad_filters() { [ "$(row_of LIC-301.pv | cut -d, -f5,6)" = bad,device ]; }
ok 'the values of the filters are bad(device)' wait_for 15 bad_filters
ok 'one alarm says so' wait_for 10 came plc2b.COMM
ok 'the PLC on the same line goes on' is_quality LT-201.pv good
gain() { as emma set LIC-301.gain "$1" --confirm "$1" > "$dir/out" 2> "$dir/err"; }
not_ok 'a command to the filters is refused' gain 20
ok 'with its reason' grep -q 'its program stands still' "$dir/out"
filters_good() { is_quality LIC-301.pv good; }
ok 'running again, they are good' wait_for 25 filters_good
ok 'and take commands' gain "$(value_of LIC-301.gain)"
ok 'nothing stands any more' calm 30
ok 'no other alarm came' only plc2b.COMM

writes() { grep -c "$(printf '\tplc1\t1\t5\t1\t')" "$dir/record"; }
before=$(writes)
story cut
as olga do P-101B start --confirm P-101B -o csv --no-header \
    > "$dir/out" 2> "$dir/err"
is $? 10 'the start is neither done nor refused'
ok 'but unknown' grep -q unknown "$dir/out"
ok 'the values go bad' wait_for 10 is_quality P-101B.run bad
ok 'the line has an alarm' wait_for 10 came net1.COMM
ok 'back again, they are good' wait_for 40 is_quality P-101B.run good
ok 'and show what became of it' wait_for 10 is_value P-101B.run true
resolved() { sg events --since -5min --kind command -o csv --no-header |
    grep -q 'P-101B.start,was unknown: now P-101B.run is RUN'; }
ok 'which is told beside it' wait_for 10 resolved
is "$(($(writes) - before))" 1 'the PLC had one write'
is "$(sql record.db "SELECT group_concat(result) FROM (SELECT result FROM audit
    WHERE name = 'P-101B.start' ORDER BY seq DESC LIMIT 2)" |
    cut -d: -f1 | cut -d' ' -f1)" unknown 'the audit has one result'
ok 'nothing stands any more' calm
ok 'no other alarm came' only net1.COMM
quiet_do P-101B stop

story two-hands
ok 'the switch says LOCAL' wait_for 10 is_value P-101B.local true
not_ok 'a start is refused' quiet_do P-101B start --confirm P-101B
ok 'because of the switch' grep -q 'interlocked: P-101B.local is' "$dir/err"
old=$(value_of P-101A.sp)
ok 'one pair of hands' quiet_set P-101A.sp 70 --expect "$old" --confirm 70
as sven set P-101A.sp 60 --expect "$old" --confirm 60 > "$dir/out" 2> "$dir/err"
is $? 5 'the other is told that it has changed'
ok 'and to what' grep -q 70 "$dir/out" "$dir/err"
ok 'knowing it, he may' \
    as sven set -q P-101A.sp 75 --expect 70 --confirm 75
tell local P-101B off
ok 'the switch is back' wait_for 10 is_value P-101B.local false
ok 'no alarm came' only none
ok 'nothing stands' calm
