#!/bin/sh
# SPDX-License-Identifier: ISC
# An acknowledgement means the occurrence that was seen (P9), a setpoint the
# value that it replaces (P17): who is too late is told and asked again.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 35
plant_start

occurrence() {
	sg alarms -o csv --no-header | sed -n 's/^P-101B.FAIL,\([0-9]*\),.*/\1/p'
}
is_occurrence() { [ "$(occurrence)" = "$1" ]; }
come() {
	tell force P-101B.fault 1 > /dev/null
	wait_for 10 alarm_is P-101B.FAIL unacknowledged || bail 'no alarm'
}
# It goes and comes once more: another occurrence.
come_again() {
	again=$(($(occurrence) + 1))
	tell force P-101B.fault off > /dev/null
	wait_for 10 alarm_is P-101B.FAIL returned || bail 'it does not go'
	come
	wait_for 10 is_occurrence $again || bail 'no new occurrence'
}
audit_of() {	# how often NAME was acknowledged with a result LIKE
	sql record.db "SELECT count(*) FROM audit WHERE verb = 'ack'
	    AND name = '$1' AND result LIKE '$2'"
}

# On the command line
come
come_again
as olga ack P-101B.FAIL#1 > "$dir/out" 2> "$dir/err"
is $? 5 'who acknowledges an occurrence that has come again is refused'
ok 'and told when' grep -q 'came again [0-2][0-9]:[0-5][0-9]:[0-5][0-9]' \
    "$dir/err"
ok 'it stays unacknowledged' alarm_is P-101B.FAIL unacknowledged
as olga ack P-101B.FAIL#2 > /dev/null
is $? 0 'what is there now is acknowledged'
is "$(audit_of P-101B.FAIL#1 'refused: came again%'
audit_of P-101B.FAIL#2 done)" '1
1' 'the audit has both'

# On a screen: the page as it was drawn when the key was pressed
console olga olga
wait_screen olga olga/operator || bail 'no console'
tell force P-101B.fault off > /dev/null
gone() { [ -z "$(occurrence)" ]; }
wait_for 10 gone || bail 'the alarm stays'
come
wait_screen olga UNA || bail 'the alarm is not seen'
press olga A 'since    alarm' || bail 'no list'
ok 'the page asks for what is drawn' press olga P 'Acknowledge the 1 alarm on'
come_again
type_in olga 1
ok 'meanwhile it comes again: refused, with the time' \
    press olga Enter 'P-101B.FAIL#3: refused: came again ' \
    'Acknowledge the'
ok 'it stays unacknowledged' alarm_is P-101B.FAIL unacknowledged
ok 'and so it is shown' wait_screen olga 'UNA '
is "$(audit_of P-101B.FAIL#3 refused%
audit_of P-101B.FAIL#4 %)" '1
0' 'the audit has the one that was meant'

# And the row under the cursor, of a console that stands still meanwhile
pid=$(console_pids | head -n 1)
kill -STOP "$pid"
come_again
keys olga a
kill -CONT "$pid"
said() { shows olga 'FAIL#4: refused: came again' || shows olga changed; }
ok 'a key on a row that has changed does nothing and says so' \
    wait_for 10 said
said || note_screen olga
ok 'it stays unacknowledged' alarm_is P-101B.FAIL unacknowledged
is "$(audit_of P-101B.FAIL#5 %)" 0 'nobody acknowledged what was not drawn'
ok 'what is drawn now is acknowledged' press olga a 'ACK '
shows_row() { screen_of olga | sed -n '5,22p' | grep -q "ACK .*P-101B.FAIL"; }
ok 'and shown so in its row' wait_for 10 shows_row
is "$(audit_of P-101B.FAIL#5 done)" 1 'it is in the audit'

# Two operators, one setpoint
console sven sven
wait_screen sven sven/shift-leader || bail 'no console'
now_is() { screen_of "$1" | grep -q "now  *$2 %"; }
dialog() {
	go "$1" intake 'Raw water intake' && select_item "$1" P-101A.sp &&
	    press "$1" w 'allowed 20' || note_screen "$1"
}
dialog olga
dialog sven
ok 'both see the same value' now_is olga 80
ok 'in their dialogs' now_is sven 80
type_in olga 70
wait_screen olga '[70 '
press olga Enter 'Write 70 %' 'Enter '
ok 'the first gives another' \
    press olga y 'P-101A.sp -> 70: done' 'y yes'
ok 'the dialog of the second still shows the old one' now_is sven 80
type_in sven 60
wait_screen sven '[60 '
press sven Enter 'Write 60 %' 'Enter '
ok 'the second is told that somebody was quicker' \
    press sven y 'Somebody was quicker' 'y yes'
ok 'and that his is refused' wait_screen sven 'refused: changed meanwhile'
ok 'sees the value that holds now' wait_for 10 now_is sven 70
is "$(mb read hr:100)" 19354 'which holds in the PLC'
is "$(record_writes)" '1 6 100 19354' 'that had one write'
ok 'he is asked again' \
    press sven Enter 'Write 60 %' 'Enter '
is "$(record_count)" 1 'until now nothing was sent'
ok 'and having looked, does it' \
    press sven y 'P-101A.sp -> 60: done' 'y yes'
is "$(record_writes)" '1 6 100 19354
1 6 100 16589' 'now it is in the PLC'
ok 'the first sees who' wait_screen olga 'sven: P-101A.sp 70 -> 60 done'

as olga set P-101A.sp 50 --expect 70 --confirm 50 > "$dir/out" 2> "$dir/err"
is $? 5 'on the command line: changed meanwhile'
ok 'with what holds now' has "$dir/err" 'now 60'
is "$(record_count)" 2 'and no write'

ok 'the server ends in order' server_stop
is "$(sql record.db "SELECT user, new, substr(result, 1, 16) FROM audit
    WHERE verb = 'set' AND result <> '' ORDER BY seq")" 'olga|70|done
sven|60|refused: changed
sven|60|done
olga|50|refused: changed' 'the audit has each with its result'
