#!/bin/sh
# SPDX-License-Identifier: ISC
# An apply that adds a pump, changes a limit, redraws a screen and renames a
# tag, during polls, with an alarm that is not acknowledged, a shelf, a dialog
# that is open and two consoles: only the change is touched, both consoles show
# it, rollback restores (P20).
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 50
plant_start
core=$(child core) field=$(child field)

# What stands before: an alarm, a shelf, two consoles, one with a dialog.
tell force P-101B.fault 1 > /dev/null
wait_for 10 alarm_is P-101B.FAIL unacknowledged || bail 'no alarm'
as sven shelve LT-501.L --for 1h --reason cleaning \
    > /dev/null || bail 'no shelf'
console olga olga
console sven sven
wait_screen olga olga/operator || bail 'no console'
wait_screen sven sven/shift-leader || bail 'no console'
go sven clearwater 'LT-501' || bail 'no screen'
go olga intake 'Raw water intake' && select_item olga P-101A.sp &&
    press olga w 'allowed 20' || bail 'no dialog'
as vera watch LT-501.pv P-101A.speed -o csv --no-header \
    > "$dir/watched" 2> "$dir/watch.err" &
others="$others $!"
wait_for 10 test -s "$dir/watched" || bail 'nobody watches'

as olga set site.target 4.2 > /dev/null || bail 'no setpoint'
wait_for 10 is_quality clarifier.version good || bail 'plc2a is not read'

# The change: a pump, a limit, a screen, a new name; P-101A.sp gets other
# setpoint limits, under the dialog.
change=$dir/changed
cp -R "$plant_project" "$change"
(cd "$change" && set -e
awk -F, -v OFS=, 'NR == 1 { for (i = 1; $i != "sp.write.max"; i++); }
	$1 == "P-101A" { $i = 95 }
	{ print }
	$1 == "P-101B" { sub(/P-101B/, "P-101C"); sub(/pump B/, "pump C");
	    sub(/plc1,101,304,2,1/, "plc1,104,316,8,4"); print }' \
    objects.csv > new && mv new objects.csv
sed -i 's/above = 5.2/above = 5.0/' types/level.conf
sed -i 's/── River to [a-z]* /── From the river /' screens/intake.screen
sed -i 's/── Filters to town/── From the filters/' screens/clearwater.screen
sed -i 's/name = "site.margin";/name = "site.missing"; was = "site.margin";/' \
    tags.conf
sed -i 's/site\.margin/site.missing/g; s/was = "site\.missing"/was = "site.margin"/' \
    tags.conf screens/*.screen
sed -i 's/site\.power/site.watts/g; s/name = "site\.watts";/& was = "site.power";/' \
    tags.conf screens/*.screen types/*.conf reports/*.conf) || bail 'the project is not what it was'
send() {	# send USER VERB OPTION...
	send_user=$1 send_verb=$2
	shift 2
	tar -c -C "$change" . | as "$send_user" project "$send_verb" - "$@" 2> "$dir/err"
}

logged=$(as vera history site.power --since -1h -o csv --no-header |
    head -n 1 | cut -d, -f2)
send emma plan -o csv > "$dir/plan"
is $? 0 'the plan is told'
note "$(cat "$dir/err")"
has_row() { grep -q "^$1" "$dir/plan"; }
ok 'with the pump' has_row added,object,P-101C,
ok 'the limit, and that it is evaluated at once' \
    has_row 'changed,alarm,LT-501.H,condition,.* above 5.2 .* above 5 .*,evaluated at once$'
ok 'the tag and its new name' \
    has_row 'renamed,tag,site.missing,,site.margin,site.missing,state and history'
ok 'the screen, and who looks at it' \
    has_row 'shown,session,olga@default,screen,intake'
is "$(grep -c 'P-101B\|P-501\|LT-101' "$dir/plan")" 0 'and nothing else'
is "$(as emma project log -o csv --no-header | wc -l)" 1 'nothing was kept'

# Facts of what nobody changed: value, quality and time of acknowledgement.
quiet() { sg alarms -o csv --no-header --state "$1" 2> /dev/null; }
quiet unacknowledged > "$dir/alarms.before"
quiet shelved > "$dir/shelf.before"
# By its addresses: what is under way on it just now is not looked at.
connected() {
	ss -tnH state established dst "$plc1" 2> /dev/null |
	    awk '{ print $3, $4 }' | sort
}
connected > "$dir/lines.before"
wrote=$(record_count)
send olga apply > "$dir/out"
is $? 3 'the operator may not'
# Meanwhile olga types a setpoint: digits, which go to other screens where no
# dialog is.
: > "$dir/typing"
while [ -e "$dir/typing" ]; do type_in olga 2; done &
others="$others $!"
wait_screen olga 2222 || bail 'she cannot type'
send emma apply -o csv > "$dir/applied"
is $? 0 'the engineer applies it'
note "$(cat "$dir/err")"
ok 'and gets the same rows' cmp -s "$dir/plan" "$dir/applied"
is "$(child core) $(child field)" "$core $field" 'no process began anew'

# Only the change is touched.
is "$(quality_of site.missing)" good 'the renamed tag has its value'
ok 'and not its old name' test "$(sg get site.margin > "$dir/out" 2>&1; echo $?)" = 4
quiet unacknowledged > "$dir/alarms.after"
quiet shelved > "$dir/shelf.after"
is "$(quality_of clarifier.version) $(value_of site.target)" 'good 4.2' \
    'what another PLC and what people said holds on, at once'
ok 'the new pump is read' wait_for 10 is_quality P-101C.run good
ok 'the alarm still waits, since the same time' \
    cmp -s "$dir/alarms.before" "$dir/alarms.after"
ok 'the shelf holds' cmp -s "$dir/shelf.before" "$dir/shelf.after"
connected > "$dir/lines.after"
ok 'the line to the PLC is the same connection' \
    cmp -s "$dir/lines.before" "$dir/lines.after" ||
    note "$(cat "$dir/lines.before" "$dir/lines.after"; sg status)"
is "$(record_count)" "$wrote" 'the PLC heard nothing (P1)'
is "$(cut -d, -f5 "$dir/watched" | sort -u)" good \
    'who watched saw good values all the time'

# Both consoles show it, without a login.
ok 'the one console has its new screen' wait_screen sven 'From the filters'
ok 'the dialog is closed, and says why' \
    wait_screen olga 'P-101A.sp: the project changed it, open it again' ||
    note_screen olga
ok 'behind it is the new screen' wait_screen olga 'From the river'
olga_at() { as vera session list -o csv --no-header | grep -q "^[0-9]*,olga,.*,$1,"; }
ok 'where what she types on means nothing (P10)' olga_at intake ||
    note "$(as vera session list)"
rm "$dir/typing"
ok 'which shows values' wait_for 10 shows_not olga '---'
ok 'and the alarm' wait_screen olga 'P-101B'
select_item olga P-101A.sp
ok 'the dialog opens again, with the new limit' \
    press olga w 'allowed 20 .. 95'
keys olga Escape
as olga set P-101A.sp 96 --confirm 96 > "$dir/out" 2>&1
is $? 6 'which holds on the command line, too'
as olga set P-101A.sp 90 --confirm 90 > "$dir/out" 2>&1
is $? 0 'commands go'
ok 'an acknowledgement, too' as olga ack P-101B.FAIL -q

# The history of the renamed tag is that from before, too.
as vera history site.watts --since -1h -o csv --no-header > "$dir/out"
ok 'the history of the renamed tag goes on' \
    test "$(sed -n 1p "$dir/out" | cut -d, -f1)" = site.watts -a \
    "$(cut -d, -f2 "$dir/out" | head -n 1)" = "$logged"

# The limit holds, and what it causes is the project's doing.
as vera describe tag LT-501.pv -o csv > "$dir/described"
ok 'the new limit is told' grep -q ',5.7,5,1,0.6,' "$dir/described"

# What is not normal is taken away only with --retire.
cp -R "$change" "$dir/less"
change=$dir/less
sed -i '/^P-101B,/d; s/ and not P-101B.run//' "$change/objects.csv"
sed -i 's/P-101B/P-101A/g' "$change"/screens/*.screen
send emma apply > "$dir/out"
is $? 6 'a project without the pump in alarm is refused'
ok 'naming the alarm' grep -q 'P-101B.FAIL .*needs --retire; is acknowledged' \
    "$dir/out"
ok 'which is still there' alarm_is P-101B.FAIL acknowledged
send emma apply --retire > "$dir/out"
is $? 0 'with --retire it goes' || note "$(cat "$dir/err")"
gone() { ! alarm_is P-101B.FAIL acknowledged; }
ok 'and the alarm with it' gone
ok 'the journal says so' \
    sh -c "sqlite3 -readonly '$dir/state/record.db' \"SELECT text FROM events
    WHERE kind = 'project' AND name = 'P-101B.FAIL'\" |
    grep -q 'retired by apply emma'"

# Rollback restores.
as emma project rollback 1 -o csv > "$dir/back" 2> "$dir/err"
is $? 0 'rolled back to the first revision' || note "$(cat "$dir/err")"
as vera history site.power --since -1h -o csv --no-header > "$dir/out"
is "$(head -n 1 "$dir/out" | cut -d, -f1,2)" "site.power,$logged" \
    'a renamed tag has its name and its history back, over two revisions' ||
    note "$(head "$dir/out")"
ok 'and its value' is_quality site.power good
ok 'the pump is there again' wait_for 10 is_quality P-101B.run good
ok 'its alarm comes anew' wait_for 10 alarm_is P-101B.FAIL unacknowledged
ok 'both consoles show the screens of before' wait_screen olga 'River to' ||
    note_screen olga
ok 'both' wait_screen sven 'Filters to town'
is "$(as emma project log -o csv --no-header | cut -d, -f1,4,5)" '1,emma,false
2,emma,false
3,emma,false
4,emma,true' 'the log has each'
is "$(as vera project diff 1 4 -o csv --no-header)" '' \
    'and the fourth is the first'
as emma project rollback 9 > "$dir/out" 2>&1
is $? 4 'there is no ninth'
ok 'the server ends in order' server_stop
is "$(sql record.db "SELECT user, verb, result FROM audit
    WHERE verb LIKE 'project%' AND result <> '' ORDER BY seq" |
    sed 's/: .*//')" 'emma|project apply|done
olga|project apply|refused
emma|project apply|done
emma|project apply|refused
emma|project apply|done
emma|project rollback|done' 'the audit has who did what'
