#!/bin/sh
# SPDX-License-Identifier: ISC
# A client behind 1 kB/s sees values that are at most 5 s old. A large one
# that is stopped for 60 s while everything moves costs the core less than
# 2 MiB, delays nobody, and afterwards shows the present (I8).
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 15
sim_options='--speed 10'
plant_start

ms() { echo $(($(date +%s%N) / 1000000)); }

# A slow line
"$SG_BUILD/tests/lib/slowline" "$ssh_port" "$dir/slow" 1000 &
others="$others $!"
wait_for 10 test -s "$dir/slow" || bail 'no slow line'
with="-p $(cat "$dir/slow")"
console slow vera
with=
console fast sven
wait_screen fast sven/shift-leader || bail 'no console'
# the keys alone that are exchanged at the login take 4 s, and a screen that
# is painted anew has 12 kB
ok 'a login through 1 kB/s' wait_for 30 shows slow vera/viewer
ok 'and a screen' wait_for 30 shows slow '? Help'
speed_is() { screen_of "$1" | grep -q "P-101A  RUN  *$2 %"; }
quiet() { speed_is slow 80 && [ "$(clock_age)" -le 2 ]; }
clock_age() {	# of the clock in its first line, seconds
	clock=$(screen_of slow | sed -n '1s/.* \([0-9]*\):\([0-9]*\):\([0-9]*\) *$/\2 \3/p')
	# shellcheck disable=SC2086
	set -- $clock $(date '+%M %S')
	[ $# = 4 ] && echo $((((${3#0} - ${1#0}) * 60 + ${4#0} - ${2#0} + 3600) % 3600)) || echo 99
}
ok 'that is up to now' wait_for 30 quiet || note "$(screen_of slow)"
n=30 worst=0 unseen=0
while [ $n -lt 42 ]; do
	tell force P-101A.speed $n > /dev/null
	began=$(ms)
	wait_for 10 speed_is slow $n || unseen=$((unseen + 1))
	age=$(($(ms) - began))
	[ $age -le $worst ] || worst=$age
	n=$((n + 1))
done
is $unseen 0 'each change is seen there'
ok 'and never later than 5 s' [ $worst -le 5000 ]
note "the latest after $worst ms"
ok 'nor is its clock behind' [ "$(clock_age)" -le 5 ]
tell force P-101A.speed off > /dev/null

# A window that changes all the while somebody logs in over such a line
"$SG_BUILD/tests/lib/slowline" "$ssh_port" "$dir/slower" 4000 &
others="$others $!"
wait_for 10 test -s "$dir/slower" || bail 'no slow line'
with="-p $(cat "$dir/slower")"
console turned vera 60x20
with=
resized() { mux resize-window -t turned -x "$1" -y "$2"; }
turning() {	# until the plant is there, and once more
	resized 100 30
	resized 132 43
	shows turned P-101A && resized 90 28
}
wait_for 60 turning
fits() {	# the clock ends the first line, the keys stand in the last
	[ "$(screen_of turned | wc -l)" -le 28 ] && screen_of turned |
	    awk 'NR == 1 { n = split($0, a, ""); clock = /:[0-9][0-9] *$/ && n > 80 }
	    NR == 28 { keys = /[?] Help/ } END { exit !(clock && keys) }'
}
ok 'a window that changes during the login is filled' wait_for 30 fits ||
    note_screen turned
mux kill-session -t turned

go fast intake 'Raw water intake' || bail 'no screen'
# A stopped client
console big olga 500x200
wait_screen big olga/operator || bail 'no large console'
go big intake 'Raw water intake' || bail 'no screen'
ok 'a client of 500 x 200' wait_for 10 has_setpoint big 80
core=$(child core)
memory() { sed -n 's/^VmRSS:[ \t]*\([0-9]*\) kB/\1/p' "/proc/$core/status"; }
before=$(memory)
client=$(client_pid big)
others="$others $client"
ok 'is stopped' kill -STOP "$client"
tell weather storm > /dev/null
tell demand 1.4 > /dev/null
end=$(($(ms) + 60000)) n=60 unseen=0 changes=0 most=$before
while [ "$(ms)" -lt $end ]; do
	n=$((n < 90 ? n + 1 : 60)) changes=$((changes + 1))
	tell set P-101A.sp $n > /dev/null
	wait_for 10 has_setpoint fast $n || unseen=$((unseen + 1))
	now=$(memory)
	[ "$now" -le "$most" ] || most=$now
done
is "$(child core)" "$core" 'the core lives through the 60 s'
ok 'its memory grows by less than 2 MiB' [ $((most - before)) -lt 2048 ]
note "$before kB before, $most kB at most, $changes changes"
is $unseen 0 'the other client sees each change'
not_ok 'the stopped one sees none' has_setpoint big $n
kill -CONT "$client"
ok 'then it shows the present' wait_for 10 has_setpoint big $n
ok 'and takes keys' press big A 'since    alarm'
