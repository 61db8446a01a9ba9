#!/bin/sh
# SPDX-License-Identifier: ISC
# The field panel: what one does in the plant itself, by keys.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 15
plant_dirs
plant_sim
mux new-session -d -s panel -x 80 -y 24 \
    "'$SG_BUILD/sightglass-sim' panel '$dir/run/sim.sock'; echo; echo ended \$?; read none"
ok 'it shows the plant' wait_screen panel 'power=on'
ok 'and its PLCs' wait_screen panel 'plc1'

is_on() { [ "$(tell get "$1")" = "$2" ]; }
moves() { [ "$(tell get plc1.alive)" != "$alive" ]; }
stops() { alive=$(tell get plc1.alive); ! wait_for 1 moves; }
keys panel x
ok 'x stops the CPU of the selected PLC' wait_for 10 stops
ok 'and says so' wait_screen panel '[CPU stop]'
keys panel x
ok 'again, and it runs' wait_for 10 moves

# to P-101A: the first behind the devices
found() { screen_of panel | grep -q '▸ P-101A'; }
tabs=0
until found || [ $tabs -gt 20 ]; do
	keys panel Down
	tabs=$((tabs + 1))
	wait_for 1 found
done
ok 'Down goes to a pump' found
keys panel t
ok 't trips it' wait_for 10 is_on P-101A.fault 1
ok 'and says so' wait_screen panel '[trip]'
keys panel l
ok 'l turns its switch' wait_for 10 is_on P-101A.local 1
keys panel t
keys panel P
ok 'P takes the power away' wait_screen panel 'power=off'
ok 'which the plant notices' wait_for 10 is_on power.grid 0
keys panel P
ok 'and gives it back' wait_screen panel 'power=on'
keys panel +
ok '+ makes it faster' wait_screen panel 'speed 2: ok'
mux resize-window -t panel -x 132 -y 43
filled() { [ "$(screen_of panel | grep -c 'stick')" -gt 25 ]; }
ok 'it follows the size of its window' wait_for 10 filled
keys panel q
ok 'q ends it' wait_screen panel 'ended 0'
