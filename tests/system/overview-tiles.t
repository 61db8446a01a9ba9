#!/bin/sh
# SPDX-License-Identifier: ISC
# The figures in the tiles of the overview are those of the plant: water of
# today against the simulator's counter, through a kill of the core; new alarms
# of ten minutes against the rows of the journal, without what was put aside
# (P8) or stands in its HH's row (P27).
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 24
plant_start

known() { [ -n "$(value_of site.water_today)" ]; }
ok 'water of today is known' wait_for 20 known
is_quality site.water_today uncertain
is $? 0 'on the first day only since the start'

# By how much more: what is shown against what the counter is made to show
counter=$(tell get FT-501.total | cut -d. -f1)
counted=$(value_of site.water_today)
within() { # MORE: that, and the little that flowed before
	awk "BEGIN { d = $(value_of site.water_today) - $counted
	    exit !(d >= $1 - 1 && d <= $1 + 5) }"
}
# at most 1 m3 in a second, and 10 s of tolerance: 8 m3 are no jump
tell force FT-501.total $((counter + 8)) > /dev/null
ok '8 m3 more are 8 m3 more today' wait_for 20 within 8
console c1 olga
ok 'the overview shows them' wait_screen c1 'Water today'
on_tile() { shows c1 "$(value_of site.water_today | cut -d. -f1) m3"; }
ok 'as they are' wait_for 10 on_tile

# New alarms: what the journal says, but for those who make no noise
came() {
	sql record.db "SELECT count(*) FROM events WHERE kind = 'alarm' AND
	    new = 'unacknowledged' AND old = 'normal' AND name NOT IN ($1)"
}
agrees() { [ "$(value_of site.new_alarms)" = "$(came "$1")" ]; }
tell trip P-101A > /dev/null
ok 'a pump trips' wait_for 20 alarm_is P-101A.FAIL unacknowledged
ok 'new alarms are those of the journal' wait_for 10 agrees "''"
before=$(value_of site.new_alarms)

kill -KILL "$(child core)"
tell force FT-501.total $((counter + 14)) > /dev/null
ok 'what was counted while the core was dead is counted' wait_for 30 within 14
tell force FT-501.total $((counter + 1014)) > /dev/null
has_jumped() { is_value FT-501.total $((counter + 1014)); }
ok 'the counter jumps 1000 m3 ahead' wait_for 20 has_jumped
ok 'nobody took those' within 14
is "$(sql record.db "SELECT count(*) FROM events WHERE kind = 'plc' AND
    name = 'FT-501.total' AND text = 'counter jumped'")" 1 'which is an event'
tell force FT-501.total 17 > /dev/null
is_set_back() { is_value FT-501.total 17; }
ok 'the counter is set back' wait_for 20 is_set_back
ok 'that takes nothing away' wait_for 5 within 14

# a restart in the storm does not hide it
ok 'what came before the core was killed is still counted' \
    wait_for 10 agrees "''"
ok 'all of it' test "$(value_of site.new_alarms)" -ge "$before"
is_quality site.new_alarms uncertain
is $? 0 'and it says that the record is younger than ten minutes'
tell trip P-101B > /dev/null
ok 'the other pump trips' wait_for 20 alarm_is P-101B.FAIL unacknowledged
ok 'new alarms are still those of the journal' wait_for 10 agrees "''"
ok 'and are two or more' test "$(value_of site.new_alarms)" -ge 2

as sven shelve AT-101.H --for 1h --reason cleaning > /dev/null 2>&1 ||
    bail 'not shelved'
as emma override AT-101.pv 99 --for 1h --reason test > "$dir/out" 2>&1 ||
    note "$(cat "$dir/out")"
as emma override LT-501.pv 5.95 --for 1h --reason test > "$dir/out" 2>&1 ||
    bail "override: $(cat "$dir/out")"
rows_of() { [ "$(sql record.db "SELECT count(*) FROM events WHERE
    kind = 'alarm' AND name = '$1' AND new = 'unacknowledged'")" -gt 0 ]; }
ok 'the tank is above HH' wait_for 20 rows_of LT-501.HH
ok 'and above H, in its row' wait_for 20 rows_of LT-501.H
ok 'one tank, one alarm more' wait_for 10 agrees "'LT-501.H', 'AT-101.H'"
go c1 overview 'New alarms'
on_tile() { shows c1 "$(value_of site.new_alarms) /10min"; }
ok 'the overview shows their number' wait_for 10 on_tile || note_screen c1
uncertain() { shows c1 "≈$(value_of site.new_alarms) /10min"; }
ok 'marked, for ten minutes are not over' uncertain
mux kill-session -t c1
