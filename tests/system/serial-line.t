#!/bin/sh
# SPDX-License-Identifier: ISC
# Two devices on one slow serial line: what they have is what is shown; when
# one is silent it is alone in that, and the other does not wait for it (P24);
# garbled answers are no values; a cable pulled out and in again.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 44
# Half a second instead of ten, so that a minute of it is a few seconds here.
plant_copy
sed -i 's/name = "slow"; every = "10s"/name = "slow"; every = "500ms"/' \
    "$plant_project/plant.conf"
sed -i '/name = "ser1"/s/timeout = "1s"/timeout = "300ms"/' \
    "$plant_project/lines.conf"
sed -i 's/alive_within = "20s"/alive_within = "2s"/' "$plant_project/lines.conf"
plant_start

# near TAG: what is shown is what the simulator's register has, about.
near() {
	near_shown=$(value_of "$1") near_true=$(tell get "$1")
	awk -v a="$near_shown" -v b="$near_true" \
	    'BEGIN { d = a - b; exit !(a != "" && (d < 0 ? -d : d) <= 0.001 * (b < 0 ? -b : b) + 0.02) }'
}
for tag in LT-601.pv FT-602.pv FT-601.total reservoir.battery JT-801.u1 \
    JT-801.i3 JT-801.energy JT-801.reactive JT-801.number JT-801.tariff; do
	ok "$tag is what the device has" wait_for 20 near "$tag"
done
counted_alike() {
	awk -v a="$(value_of JT-801.energy)" -v b="$(value_of site.energy)" \
	    'BEGIN { d = a - b; exit !(a > 0 && d < 1000 && d > -1000) }'
}
ok 'the meter has counted the kWh that the works has' counted_alike
is "$(value_of reservoir.version)" 'RTU-HILL 1.3' 'text, too'
is "$(sg alarms -o csv --no-header)" '' 'no alarm'

# A setpoint and a command over it.
by_hand() { as olga set HV-601.mode 0 --confirm 0 > /dev/null; }
ok 'a setpoint goes up the hill' by_hand
is_on_record() { grep -q "$(printf "\thill\t3\t$1\$")" "$dir/record"; }
ok 'where it arrives' is_on_record '6\t40\t0'
ok 'the mode is read' wait_for 10 is_value HV-601.mode 0
open_it() { as olga do HV-601 open --confirm HV-601 > /dev/null; }
ok 'a command, too' open_it
moves() { is_value HV-601.closed false; }
ok 'and the valve moves' wait_for 15 moves

# One of the two falls silent: the other's values stay young.
comm_alarms() { sg alarms --state unacknowledged -o csv --no-header 2> /dev/null |
    sed -n 's/^\([a-z0-9]*\.COMM\),.*/\1/p' | tr '\n' ' '; }
alarms_are() { [ "$(comm_alarms)" = "$1" ]; }
tell fault meter1 silent > /dev/null
ok 'a silent meter: its values are bad' wait_for 10 is_quality JT-801.pv bad
ok 'one alarm, of the device' wait_for 10 alarms_are 'meter1.COMM '
is "$(quality_of LT-601.pv)" good "the reservoir's are good"
tell set works.hill 2.2 > /dev/null
ok 'and follow' wait_for 5 near LT-601.pv
tell fault meter1 off > /dev/null
ok 'it comes back' wait_for 20 is_quality JT-801.pv good

# The outstation is a PLC like any other (P4), the meter is none.
bad_for() { [ "$(row_of LT-601.pv | cut -d, -f5,6)" = "bad,$1" ]; }
refused() {
	as olga set HV-601.mode 1 --confirm 1 > "$dir/out" 2>&1
	[ $? -eq 6 ] && grep -q "$1" "$dir/out"
}
tell stop hill > /dev/null
ok 'the outstation in STOP: its values are bad(device)' wait_for 20 bad_for device
ok 'one alarm says so' wait_for 10 alarms_are 'hill.COMM '
ok 'and commands are refused' refused 'stands still'
is "$(quality_of JT-801.pv)" good "the meter's values are good"
tell stop hill off > /dev/null
ok 'it runs again' wait_for 20 is_quality LT-601.pv good
lives() { awk -F '\t' '$2 == "hill" && $5 == 1' "$dir/record" | wc -l; }
others_lives() { awk -F '\t' '$2 == "plc1" && $5 == 1' "$dir/record" | wc -l; }
ok 'life goes up the hill, too' test "$(lives)" -ge 2
ok 'less often than where the line is fast' \
    test "$(lives)" -lt "$(($(others_lives) / 2))"
sg -q control release > /dev/null
tell speed 20 > /dev/null
ok 'which the outstation misses' wait_for 20 is_value reservoir.noserver true
tell speed 1 > /dev/null
sg -q control take > /dev/null
ok 'until there is control again' wait_for 20 is_value reservoir.noserver false
tell stop meter1 > "$dir/out" 2>&1
ok 'a meter cannot be stopped' grep -q 'has no program' "$dir/out"

# Garbled characters.
tell fault hill garbage 60% > /dev/null
tell fault meter1 wrong-id 60% > /dev/null
wrong=0 i=0
while [ $i -lt 60 ]; do
	is_quality JT-801.number good && ! is_value JT-801.number 80417723 &&
	    wrong=$((wrong + 1))
	is_quality reservoir.version good &&
	    ! is_value reservoir.version 'RTU-HILL 1.3' && wrong=$((wrong + 1))
	i=$((i + 1))
done
is $wrong 0 'under garbled and foreign answers no good value is wrong'
bad_replies() { sg status | grep -q '^  ser1.*garbled\|ser1.*timeouts [1-9]' ||
    ! is_quality LT-601.pv good || ! is_quality JT-801.pv good; }
ok 'though there were such answers' wait_for 20 bad_replies
tell fault hill off > /dev/null
tell fault meter1 off > /dev/null
both_good() { is_quality LT-601.pv good && is_quality JT-801.pv good; }
ok 'both come back' wait_for 30 both_good

# The master is killed in the middle of it: the next one begins anew, and finds
# another program.
tell program hill 612 > /dev/null
kill -KILL "$(child field)"
ok 'the field killed: all is bad' wait_for 10 is_quality LT-601.pv bad
ok 'and bad(config) with another program' wait_for 10 bad_for config
ok 'which is written nothing' refused 'another program\|runs program'
tell program hill off > /dev/null
ok 'and read again' wait_for 20 both_good

# The adapter is pulled out: its device file goes.
kill -KILL "$sim_pid"
wait "$sim_pid" 2> /dev/null
ok 'the cable pulled: all is bad' wait_for 15 is_quality LT-601.pv bad
line_alarm() { comm_alarms | grep -q 'ser1.COMM' &&
    ! comm_alarms | grep -q 'hill.COMM\|meter1.COMM'; }
ok 'and the line has one alarm' wait_for 15 line_alarm
plant_sim
ok 'in again, it is read' wait_for 20 both_good
gone() { ! comm_alarms | grep -q COMM; }
ok 'and the alarm is gone' wait_for 30 gone || note "$(sg alarms -o csv; sg status)"
