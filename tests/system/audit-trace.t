#!/bin/sh
# SPDX-License-Identifier: ISC
# audit show ID --trace: one command's journey in microseconds, from the key
# to the PLC and back to the other screens. Its bytes are those that the PLC
# recorded; only who has the function sees it, and only of commands of areas
# for which he has it; what is not there any more is said.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 69
plant_start
mux start-server \; set-option -g exit-empty off
add_user frida 'Frida Roth' --role engineer@filtration

command_of() {	# NAME RESULT: the last such command of the audit
	sql record.db "SELECT max(command) FROM audit
	    WHERE name = '$1' AND result LIKE '$2'"
}
trace() { as emma audit show "$@" --trace -o csv > "$dir/trace" 2> "$dir/err"; }
step() { sed -n "s/^$1,[0-9]*,[0-9]*,//p" "$dir/trace"; }
us_of() { sed -n "s/^$1,\([0-9]*\),.*/\1/p" "$dir/trace"; }
steps() { sed 1d "$dir/trace" | cut -d, -f1 | tr '\n' ' '; }
# Every time is that of the row before and what passed since.
in_order() {
	awk -F, 'NR == 2 && $2 != 0 { exit 1 }
	    NR > 1 { if ($3 < 0 || $2 != at + $3) exit 1; at = $2 }
	    END { exit NR < 3 }' "$dir/trace"
}
# before STEP STEP..: all are there, each after the one before it.
before() {
	before_us=0
	for before_step do
		before_now=$(us_of "$before_step")
		[ -n "$before_now" ] && [ "$before_now" -ge "$before_us" ] ||
		    return 1
		before_us=$before_now
	done
}
# recorded FC ADDRESS: what plc1 recorded of the last such write, as it is on
# the wire: "06 00 65 42 f6".
recorded() {
	awk -F '\t' -v fc="$1" -v at="$2" '
	    $2 == "plc1" && $4 == fc && $5 == at { v = $6 }
	    END {
		if (fc == 5)
			v = v ? 65280 : 0
		printf "%02x %02x %02x %02x %02x", fc, at / 256, at % 256,
		    v / 256, v % 256
	    }' "$dir/record"
}
# The protocol data behind unit 1 of a Modbus TCP frame.
data_of() { step "$1" | sed -n 's/^.. .. 00 00 00 06 01 //p'; }
note_trace() { note "$(cat "$dir/trace" "$dir/err")"; }

# A setpoint from a console, with others looking on
for who in olga vera; do
	console $who $who
	wait_screen $who Overview || bail "no console of $who"
	go $who intake 'Raw water intake' || bail "$who does not get there"
done
select_item olga P-101B.sp && press olga w 'allowed 20' &&
    type_in olga 62 && wait_screen olga '[62 ' &&
    press olga Enter 'Write 62 %' 'Enter send' || bail 'no dialog'
press olga y 'P-101B.sp -> 62: done' 'y yes' || bail 'not written'
wait_screen vera 'P-101B.sp 80 -> 62 done' || bail 'not seen'
id=$(command_of P-101B.sp done)
is "$(as emma events -n 1 --kind command -o csv --no-header |
    cut -d, -f5,9-12)" "P-101B.sp,80,62,done,$id" \
    'its number is that of the event, for those who may not read the audit'
all_drawn() {
	trace "$id" && [ -n "$(us_of 'own screen drawn')" ] &&
	    [ "$(step 'last screen drawn')" = '1 of 1' ]
}
ok 'a setpoint has a trace, up to the other screens' wait_for 10 all_drawn ||
    note_trace
ok 'its steps are in the order of their times' in_order || note_trace
ok 'from the key to the PLC and back' before key received decided \
    'audit request' 'to field' field checked write reply read-back \
    'read-back reply' value result 'audit result' told ||
    note_trace
ok "and on to the other's screen" before write value 'first screen sent' \
    'first screen drawn' 'last screen drawn'
ok "and to the own screen" before value 'own screen sent' 'own screen drawn'
ok 'the key comes first' before key received
is "$(us_of key)" 0 'and is where time begins'
is "$(step received)" \
    "\"$id: set P-101B.sp: 80 -> 62, olga at default\"" 'it says what was asked'
is "$(step result)" done 'and the result'
is "$(data_of write)" "$(recorded 6 101)" \
    'the bytes that were written are those the PLC recorded'
is "$(step reply)" "$(step write)" 'its reply repeats them'
is "$(data_of read-back)" '03 00 65 00 01' 'that register is read back'
is "$(step 'read-back reply' | cut -d' ' -f7-)" \
    "01 03 02 $(recorded 6 101 | cut -d' ' -f4-)" 'and holds them'

# A command from the command line
as olga do P-101B start --confirm P-101B > /dev/null
wait_for 10 is_value P-101B.run true || bail 'it does not start'
id=$(command_of P-101B.start done)
both_drawn() { trace "$id" && [ "$(step 'last screen drawn')" = '2 of 2' ]; }
ok 'a command has one, too, on both screens' wait_for 10 both_drawn ||
    note_trace
ok 'in order' in_order || note_trace
ok 'without a key: it begins with the call' test "$(us_of received)" = 0
is "$(us_of key)" '' 'of which nothing is made up'
ok 'told when taken, shown when achieved' before 'audit result' told value \
    'first screen sent'
ok 'and achieved' before write achieved
is "$(data_of write)" "$(recorded 5 1)" 'the bytes are those the PLC recorded'
as emma audit show "$id" --trace -o json | tr -d '\n' > "$dir/json"
ok 'it is in json, as in csv' grep -q \
    "^{\"schema\":1,\"verb\":\"audit show\",.*\"detail\":\"$id: do P-101B.start" \
    "$dir/json"
as emma audit show "$id" --trace > "$dir/table"
ok 'and a table' grep -q '^write  *[0-9]*  *[0-9]*  .. .. 00 00 00 06 01 05' \
    "$dir/table"

# An acknowledgement, of which nothing goes to the PLC
tell trip P-101B > /dev/null
press olga A 'P-101B.FAIL' && press olga j '▸' || bail 'no alarm'
press olga a 'acknowledge P-101B.FAIL#1: done' || bail 'not acknowledged'
id=$(command_of 'P-101B.FAIL#1' done)
is "$(as emma events --kind alarm -o csv --no-header |
    sed -n 's/.*P-101B.FAIL.*,acknowledged,.*,\([0-9]*\),$/\1/p')" "$id" \
    'an acknowledgement has the number of its event'
acked() { trace "$id" && [ -n "$(us_of 'own screen drawn')" ] &&
    [ "$(step 'last screen drawn')" = '1 of 1' ]; }
ok 'and a trace, up to the other screen' wait_for 10 acked || note_trace
ok 'in order' in_order || note_trace
ok 'from the key to the disk, and then to whoever asked' before key received \
    decided value 'audit request' 'audit result' told || note_trace
ok 'and to both screens' before value 'first screen sent' \
    'first screen drawn' || note_trace
ok 'the own one, too' before value 'own screen sent' 'own screen drawn'
is "$(us_of key)" 0 'it begins with the key'
is "$(step received)" \
    "\"$id: ack P-101B.FAIL#1: unacknowledged, olga at default\"" \
    'it says what was asked'
is "$(us_of 'to field')$(us_of write)" '' 'no device has to do with it'
as frida audit show "$id" --trace > "$dir/out" 2>&1
is $? 3 'it is shown by the rights of its area'

# The same on a console: the event in full, from there its way
look_at() { # WHO TEXT: the newest event in full, which is this one
	keys "$1" e
	wait_screen "$1" "$2" || return 1
	keys "$1" Home
	press "$1" i "$2"
}
trace "$id"
console emma emma
wait_screen emma Overview || bail 'no console of emma'
go emma 'events alarm' 'Events  alarm' || bail 'no events'
ok 'an event is shown in full' press emma Enter '── P-101B.FAIL' ||
    note_screen emma
ok 'with what a narrow list has no room for' wait_screen emma 'olga at default' ||
    note_screen emma
numbered() { screen_of emma | grep -q "command  *$id "; }
ok 'and its number' wait_for 10 numbered || note_screen emma
ok 'it leads to its way' press emma J "Way of command $id" || note_screen emma
ok 'whose steps are on the glass' wait_screen emma 'audit result'
rows_of() { screen_of "$1" | grep -cE '^ *[▸ ]?.*[0-9] (µs|ms|s) '; }
all_steps() { [ "$(rows_of emma)" -ge 12 ]; }
ok 'all of them' wait_for 10 all_steps || note_screen emma
same_order() {
	screen_of emma | sed -n 's/^[▸ ]*\([a-z][a-z -]*[a-z]\)   *[0-9.]* [µms]*s .*/\1/p' \
	    > "$dir/drawn"
	sed 1d "$dir/trace" | cut -d, -f1 | cmp -s - "$dir/drawn"
}
ok 'in the order that the command line gives' wait_for 10 same_order ||
    { note_screen emma; note_trace; }
keys emma j
ok 'with what one of them says below' wait_screen emma \
    "received     $id: ack P-101B.FAIL#1: unacknowledged, olga at" ||
    note_screen emma
mux resize-window -t emma -x 132 -y 43
ok 'on a wide glass beside each' wait_screen emma '1 of 1' || note_screen emma
mux resize-window -t emma -x 80 -y 24
keys emma q
ok 'and back to the event' wait_screen emma '── P-101B.FAIL'
ok 'which leads to the alarm' press emma w 'cause'
keys emma q q
go olga 'events alarm' 'Events  alarm' || bail 'no events of olga'
press olga Enter '── P-101B.FAIL' || bail 'no event'
ok 'who has not the function is not offered it' shows_not olga 'microseconds'
tell trip P-101B off > /dev/null
as olga do P-101B reset --confirm P-101B > /dev/null
wait_for 10 is_value P-101B.fault false || bail 'still tripped'

# What the device does not take
tell keep P-101B.sp > /dev/null
as olga set P-101B.sp 60 --confirm 60 > /dev/null 2>&1
is $? 7 'a mismatch'
trace "$(command_of P-101B.sp 'mismatch%')"
is "$(step result)" 'mismatch: the PLC holds 62' 'is in its trace'
ok 'with what was read back' test \
    "$(step 'read-back reply' | cut -d' ' -f7-)" != \
    "01 03 02 $(recorded 6 101 | cut -d' ' -f4-)"
is "$(us_of value)" '' 'and nobody was shown what is not so'
tell keep P-101B.sp off > /dev/null

# A PLC that takes its time: it is known how long
tell fault plc1 late 100ms > /dev/null
as olga set P-101B.sp 61 --confirm 61 > /dev/null
tell fault plc1 off > /dev/null
trace "$(command_of P-101B.sp done)"
took() {	# STEP US: so much longer than the step before, at least
	awk -F, -v step="$1" -v us="$2" \
	    '$1 == step { exit !($3 >= us && $3 < 10 * us) }' "$dir/trace"
}
for what in reply 'read-back reply'; do
	ok "a late $what is seen to be late" took "$what" 100000 || note_trace
done

# Of no device
as olga set site.target 4.4 > /dev/null
trace
is "$(step received | cut -d: -f2)" ' set site.target' \
    'without a number it is the last one'
is "$(us_of write)$(us_of 'to field')" '' 'an internal one touches no device'
ok 'in order' in_order || note_trace

# Who may not
as vera audit show "$id" --trace > "$dir/out" 2>&1
is $? 3 'refused without the function'
ok 'and why' grep -q 'needs trace' "$dir/out"
refused_is_audited() {
	audit_has "verb = 'audit show' AND user = 'vera' AND
	    result = 'refused: needs trace'"
}
ok 'which is in the audit' wait_for 10 refused_is_audited
as frida audit show "$id" --trace > "$dir/out" 2>&1
is $? 3 'refused in another area'
ok 'and why' grep -q 'needs trace in intake' "$dir/out"
as frida audit show --trace > "$dir/out" 2>&1
is $? 1 'nor is it the last one there'
sg audit show "$id" --trace > /dev/null 2>&1
is $? 3 'an administrator has not the function either'

# What has none
trace 999999
is $? 4 'a number that nothing has'
ok 'is said' grep -q 'no command 999999' "$dir/err"
trace 1
is $? 1 'one that was no command'
trace P-101B
is $? 2 'and what is no number'
as emma audit show "$id" > /dev/null 2> "$dir/err"
is $? 2 'what is to be shown must be said'
ok 'and how' grep -q "audit show $id --trace" "$dir/err"
kill -9 "$(child core)"
again() { trace "$id"; [ $? -eq 1 ]; }
ok 'after a restart of the core traces are gone' wait_for 10 again
ok 'and it says so' grep -q "no trace of $id" "$dir/err"
