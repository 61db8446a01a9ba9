#!/bin/sh
# SPDX-License-Identifier: ISC
# The simulator as a program: options, record, retained memory, control.
. "$SG_SRC/tests/lib/tap.sh"
sim=$SG_BUILD/sightglass-sim
mb=$SG_BUILD/tests/lib/mb
pid=
cleanup='test -z "$pid" || kill -9 $pid'
cd "$dir" || bail "$dir"

start() {	# start OPTION...
	rm -f ports
	"$sim" --listen 127.0.0.1:0 --ports ports --control ctl "$@" &
	pid=$!
	wait_for 10 test -s ports || bail 'the simulator does not listen'
	addr=$(cut -d' ' -f2 ports)
}

tell() { "$sim" tell ctl "$@" 2>err; }

plan 16

start --record record --state state
is "$("$mb" "$addr" read hr:2)" 1042 'the ports file says where plc1 listens'

"$mb" "$addr" write hr:100 13824 && "$mb" "$addr" write coil:1 1
is "$(cut -f2- record)" "$(printf 'plc1\t1\t6\t100\t13824\nplc1\t1\t5\t1\t1')" \
	'writes are on record'
ok 'a started pump runs' "$mb" "$addr" expect di:2 1

not_ok 'two simulators cannot be one plant' \
	"$sim" --listen 127.0.0.1:0 --state state 2>err
ok 'and the second one says so' has err 'state: another simulator has it'

tell set works.tank 2.5
kill -9 $pid
wait $pid 2>/dev/null
start --record record --state state
is "$("$mb" "$addr" read hr:100)" 13824 'a killed simulator keeps its memory'
ok 'its pumps run on' "$mb" "$addr" expect di:2 1
# the plant goes on while we look: not where it started (3.9), about there
level=$(tell get works.tank)
ok 'the water is still in its tank' \
	awk -v m="${level%% *}" 'BEGIN { exit !(m > 2.2 && m < 2.8) }'
"$mb" "$addr" write hr:101 20000
is "$(wc -l <record)" 3 'the record is continued'

tell trip P-101A
ok 'orders reach the running plant' "$mb" "$addr" expect di:1 1
not_ok 'a wrong order is refused' tell trip P-999
ok 'with its reason' has err 'unknown object "P-999"'
tell quit
wait $pid
is $? 0 'quit ends it in order'
pid=

is "$(printf 'get plc1.identity\nquit\n' |
	"$sim" --listen 127.0.0.1:0 --control -)" "$(printf 'ok 1042\nok')" \
	'standard input takes orders, too'

printf 'at 1s trip P-101A\nat 5min end\n' >good
printf 'at 1s trip P-101A\nat 2s trip\n' >bad
"$sim" --listen 127.0.0.1:0 --speed 600 --scenario bad 2>err
ok 'a wrong scenario is named by line' has err 'bad:2: usage: trip OBJECT'
ok 'a right one runs to its end' \
	"$sim" --listen 127.0.0.1:0 --speed 600 --scenario good
