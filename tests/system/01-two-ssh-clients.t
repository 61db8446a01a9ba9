#!/bin/sh
# SPDX-License-Identifier: ISC
# Two operators at two ssh clients see one plant: what the PLC changes, what
# the other does and with what result, and who did it.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 25
plant_start
console olga olga
console sven sven
wait_screen olga olga/operator || bail 'no console for olga'
wait_screen sven sven/shift-leader || bail 'no console for sven'

# The body of the screen; above it stands who looks, below what was said.
body() { screen_of "$1" | sed -n '4,22p'; }
same_body() { [ -n "$(body olga)" ] && [ "$(body olga)" = "$(body sven)" ]; }
both() { "$1" olga "$2" && "$1" sven "$2"; }

go olga intake 'Raw water intake' || bail 'olga has no screen'
go sven intake 'Raw water intake' || bail 'sven has no screen'
ok 'both show the setpoint that the PLC holds' \
    wait_for 10 both has_setpoint 80
ok 'and the same screen' wait_for 10 same_body

# The PLC changes a register
tell set P-101A.sp 73 > /dev/null
ok 'a register changed in the PLC is on the one' wait_for 10 has_setpoint olga 73
ok 'and on the other' wait_for 10 has_setpoint sven 73
is "$(record_count)" 0 'while nobody has written anything'

# dialog NAME VALUE: gives the setpoint, as far as the question.
dialog() {
	select_item "$1" P-101A.sp && press "$1" w 'allowed 20' &&
	    type_in "$1" "$2" && wait_screen "$1" "[$2 " &&
	    press "$1" Enter "Write $2 %" 'Enter send'
}

# One gives a setpoint
dialog olga 60 || note_screen olga
ok 'a setpoint given on one' \
    press olga y 'P-101A.sp -> 60: done' 'y yes'
is "$(record_writes)" '1 6 100 16589' \
    'is one write in the PLC, in its own scale'
is "$(mb read hr:100)" 16589 'which holds it'
ok 'it is read back to the one' wait_for 10 has_setpoint olga 60
ok 'and to the other' wait_for 10 has_setpoint sven 60
ok 'with who did it' wait_screen sven 'olga: P-101A.sp 73 -> 60 done'

# A PLC that keeps what it has
tell keep P-101A.sp > /dev/null
dialog sven 50 || note_screen sven
ok 'a PLC that keeps the old value: MISMATCH for who asked' \
    press sven y 'MISMATCH: the PLC holds 60' 'y yes'
ok 'and for the other, with who did it' wait_screen olga \
    'sven: P-101A.sp 60 -> 50 MISMATCH: the PLC holds 60'
ok 'the write was there' record_has 6 100 13824
ok 'and the value shown is what the PLC holds' both has_setpoint 60
tell keep P-101A.sp off > /dev/null
keys sven Escape
wait_gone sven 'allowed 20' || { note_screen sven; bail 'the dialog does not close'; }

# An alarm
row_is() { screen_of "$1" | grep -q "P-101B.FAIL.*$2"; }
tell trip P-101B > /dev/null
ok 'an alarm is in the banner of both' \
    wait_for 10 both shows 'UNA'
press olga A 'since    alarm' || bail 'olga has no list'
press sven A 'since    alarm' || bail 'sven has no list'
ok 'and in the list of both' wait_for 10 both state_is 'UNA'
ok 'acknowledged on one' press olga a 'acknowledge P-101B.FAIL#1: done'
ok 'it is acknowledged there' wait_for 10 state_is olga ACK
ok 'and on the other' wait_for 10 state_is sven ACK
ok 'which is told who did it' wait_screen sven \
    'olga: P-101B.FAIL acknowledged'
ok 'and finds it with the alarm' press sven i 'by olga'

# What the databases say, after the end
ok 'the server ends in order' server_stop
is "$(sql record.db "SELECT user, name, new, result FROM audit
    WHERE verb = 'set' AND result <> '' ORDER BY seq")" \
    "olga|P-101A.sp|60|done
sven|P-101A.sp|50|mismatch: the PLC holds 60" 'each result is in the audit once'
is "$(sql record.db "SELECT acked_by FROM alarms
    WHERE name = 'P-101B.FAIL'")" olga 'and who acknowledged with the alarm'
