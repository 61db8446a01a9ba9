#!/bin/sh
# SPDX-License-Identifier: ISC
# Stories of hours, many times as fast: drift, main-burst, power-dip, morning,
# storm, shift. Which alarms come and which do not, and how it ends. Because the
# plant runs faster than the server's clock, delays of alarms are a second.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
. "$SG_SRC/tests/lib/story.sh"
plan 38
plant_copy
find "$plant_project" -name '*.conf' -exec sed -i \
    -e 's/\(on\|off\)_delay = "[1-9][0-9]*\(s\|min\)"/\1_delay = "1s"/g' \
    -e 's/name = "slow"; every = "10s"/name = "slow"; every = "1s"/' {} +
plant_start
# An operator whose command came too early or too late gives it again.
above() { awk -v a="$(value_of "$1")" -v b="$2" 'BEGIN { exit !(a > b) }'; }
below() { awk -v a="$(value_of "$1")" -v b="$2" 'BEGIN { exit !(a < b) }'; }

story drift 120
ok 'the transmitters disagree' wait_for 30 came site.deviation.H
wait_for 60 passed 1300 || bail 'the drift has no end'
ok 'once it is over nothing stands' calm
ok 'no other alarm came' only site.deviation.H

story main-burst 60
ok 'the far end of town has an alarm' wait_for 30 came PT-602.L
ok 'the group starts the third pump' wait_for 30 is_value P-501C.run true
ok 'more flows than ever' above FT-501.pv 500
wait_for 60 passed 700 || bail 'the burst has no end'
end_of_burst() { above PIC-501.pv 4.8; }
ok 'repaired, the pressure is back' wait_for 20 end_of_burst
ok 'nothing stands' calm
ok 'what came is the burst' only PT-602.L PT-602.LL PIC-501.L PIC-501.LL \
    FT-501.H FT-501.HH site.power.H ET-801.L JT-801.MEAN P-501C.RUN

story power-dip 4
ok 'no voltage: an alarm' wait_for 10 came intake.mains.AWAY power.grid.AWAY
ok 'all pumps stand' wait_for 10 is_value P-501A.run false
ok 'the diesel takes the load' wait_for 20 is_value G-801.loaded true
ok 'the busbar is live again' wait_for 10 is_value intake.mains true
still() { is_value P-501A.run false && is_value P-101A.run false; }
ok 'nothing has started by itself' still
ok 'one pump can be started' wait_for 10 quiet_do P-501A start --confirm P-501A
ok 'and runs' wait_for 10 is_value P-501A.run true
tell speed 40
wait_for 60 passed 380 || bail 'the grid does not come back'
ok 'the grid has it back' wait_for 20 is_value G-801.loaded false
ok 'the diesel stops' wait_for 30 is_value G-801.run false
tell speed 1
for pump in P-501B P-101A; do
	ok "$pump is started" wait_for 10 quiet_do $pump start --confirm $pump
done
tell speed 30
settled() { above PIC-501.pv 4.8 && above FT-101.pv 200; }
ok 'the works runs as before' wait_for 30 settled
ok 'nothing stands' calm
ok 'no other alarm came than those of an outage' only intake.mains.AWAY \
    power.grid.AWAY G-801.RUN FT-101.L FT-501.L FT-201.L PIC-501.L PIC-501.LL \
    PT-602.L PT-602.LL ET-801.L LT-301.L

story morning 1200
ok 'at night one high-lift pump is enough' \
    wait_for 30 is_value site.lift_wanted 1
ok 'towards six it is two' wait_for 40 is_value site.lift_wanted 2
wait_for 40 passed 14400 || bail 'it does not become morning'
ok 'the hill has water' above LT-601.pv 2.3
ok 'nothing stands' calm
ok 'no alarm came' only none

story storm 1200
ok 'the river is brown: an alarm' wait_for 60 came AT-101.H
ok 'the rake works' above SC-101.starts 8815
wait_for 60 passed 10800 || bail 'the storm has no end'
clear_again() { below AT-101.pv 10; }
ok 'it clears up' wait_for 60 clear_again
ok 'nothing stands' calm 60 600
# F-302 has run longest since its wash: on a slow machine, where the stories
# before took longer, it may give way
ok 'what came is brown water' only AT-101.H AT-101.HH AT-201.H AT-201.HH AT-301.H \
    AT-302.H AT-302.HH AT-303.H AT-304.H LT-101.H LT-203.H PDT-101.H PDT-301.H PDT-302.H \
    PDT-303.H PDT-304.H AT-502.H LT-401.H

story shift 1200
ok 'the other hypochlorite pump takes over' \
    wait_for 30 is_value D-701B.run true
ok 'the door on the hill' wait_for 30 came reservoir.door.OPEN
ok 'the tripped one is an alarm' came D-701A.FAIL
wait_for 120 passed 28800 || bail 'the shift has no end'
for drive in D-701A SC-101; do
	wait_for 10 quiet_do $drive reset --confirm $drive ||
	    note "$drive: $(cat "$dir/out" "$dir/err")"
done
ok 'nothing stands' calm 60 600
ok 'at most 48 alarms came in eight hours' test "$(story_alarms | wc -l)" -le 48
