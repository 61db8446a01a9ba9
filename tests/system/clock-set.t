#!/bin/sh
# SPDX-License-Identifier: ISC
# The clock of the server's machine is set, forward and back: it is told, what
# is put aside lasts as long as it was to last, and the history has a gap, but
# nothing old that goes on.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
lib=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2> /dev/null) ||
    bail 'no libfaketime'
if [ -n "$sandbox" ]; then
	echo '1..0 # SKIP a sanitizer lets no other library go first'
	exit 0
fi
plan 14

# All of the server by a clock of its own; what never steps, does not.
clock_env="LD_PRELOAD=$lib FAKETIME_TIMESTAMP_FILE=$dir/clock
    FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1"
set_clock() {
	printf '%s\n' "$1" > "$dir/clock.new" &&
	    mv "$dir/clock.new" "$dir/clock"
}
plant_dirs
plant_sim
set_clock +0
plant_config
# shellcheck disable=SC2086
env $clock_env "$SG_BUILD/sightglassd" -c "$dir/sightglass.conf" \
    --allow-root $sandbox >> "$dir/log/server" 2>&1 < /dev/null &
server_pid=$!
wait_for 10 answers || bail 'the server does not answer'
plant_users
plant_project
sg control take > "$dir/log/control" 2>&1 || bail 'no control'

tell trip P-101B > /dev/null
wait_for 10 alarm_is P-101B.FAIL unacknowledged || bail 'no alarm'
as sven shelve P-101B.FAIL --for 1h --reason "'being repaired'" \
    > "$dir/shelve" 2>&1 || bail "$(cat "$dir/shelve")"
until_of() { sg alarms --state shelved -o csv --no-header | cut -d, -f18; }
seconds() { date -u -d "$1" +%s; }
was=$(seconds "$(until_of)")

told() { sg events --since 2000-01-01T00:00:00Z -o csv | grep -q ",system,system,server,$1"; }
moved() { [ "$(until_of)" ] && [ $(($(seconds "$(until_of)") - was)) = "$1" ]; }
set_clock +7200
ok 'set forward by two hours: it is told' \
    wait_for 10 told 'the clock was set forward by '
ok 'and what is shelved for an hour is so for an hour' wait_for 10 moved 7200
ok 'its alarm is not back' alarm_is P-101B.FAIL unacknowledged
ok 'a value is good' as_good
is "$(sg status -o csv | grep -c ',FAILED,')" 0 'nothing has failed'
as olga do P-101A stop > "$dir/stop" 2>&1
is $? 0 'a command goes'
stopped() { [ "$(value_of P-101A.run)" = false ]; }
wait_for 10 stopped || note 'P-101A runs'

# What was recorded lies ahead now.
set_clock -600
ok 'set back: it is told' wait_for 10 told 'the clock was set back by '
ok 'and it ends no later' wait_for 10 moved -600
ok 'a value is good again' wait_for 10 as_good
as olga do P-101A start --confirm P-101A > "$dir/start" 2>&1
is $? 0 'a command goes again'
wait_for 10 is_value P-101A.run true

history_of() {
	sg history P-101A.run --since 2000-01-01T00:00:00Z \
	    --until 2100-01-01T00:00:00Z -o csv --no-header
}
# In the order in which it was: running, the first step, running, stopped, the
# second step, stopped, running.
steps() { history_of | cut -d, -f3-5 | uniq | tr '\n' ' '; }
is_steps() { [ "$(steps)" = "$1" ]; }
ok 'the history ends before each step and begins after it' wait_for 10 \
    is_steps 'true,good, ,bad,gap true,good, false,good, ,bad,gap false,good, true,good, ' ||
	history_of | sed 's/^/# /'
numbers() { sg events --since 2000-01-01T00:00:00Z -o csv --no-header | cut -d, -f1; }
is "$(numbers | sort -n -c 2>&1)" '' 'events are in the order in which they were'

kill -KILL "$(child core)"
wait_for 10 answers
ok 'after a restart it is still put aside' wait_for 10 alarm_is P-101B.FAIL unacknowledged
ok 'with its end' wait_for 10 moved -600
