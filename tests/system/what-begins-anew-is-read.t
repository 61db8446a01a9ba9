#!/bin/sh
# SPDX-License-Identifier: ISC
# An apply that calls the same registers otherwise: a tag has another name
# without `was`, two filters exchange their addresses. Each value that begins
# anew is read at once, though no register has changed; a rollback is an apply
# like any other (P15, P20).
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 17
plant_start
core=$(child core) field=$(child field)

# Tags that are read from a PLC and that nobody has read yet.
unread() { sg tags --quality bad -o csv --no-header | grep ',bad,initial,'; }
all_read() { [ -z "$(unread)" ]; }
wait_for 10 all_read || bail "not read before: $(unread)"

change=$dir/changed
cp -R "$plant_project" "$change"
send() {	# send VERB OPTION...
	send_verb=$1
	shift
	tar -c -C "$change" . | as emma project "$send_verb" - "$@" \
	    > "$dir/out" 2> "$dir/err"
}

# Another name, and nobody says that it is the same.
interval=$(value_of filter.interval)
wrote=$(record_count)
sed -i 's/filter\.interval/filter.gap/' "$change/tags.conf" \
    "$change"/screens/*.screen
send apply
is $? 0 'a tag is called otherwise' || note "$(cat "$dir/err")"
ok 'the rows say that one goes and another comes' \
    sh -c "grep -q 'removed .*filter\.interval' '$dir/out' &&
    grep -q 'added .*filter\.gap' '$dir/out'"
ok 'it is read, though its register has not changed' \
    wait_for 10 is_quality filter.gap good || note "$(row_of filter.gap)"
is "$(value_of filter.gap)" "$interval" 'with what stands in the register'
ok 'and so is all else' wait_for 10 all_read || note "$(unread)"

# Two filters exchange their addresses.
one=$(value_of F-301.hours) two=$(value_of F-302.hours)
ok 'two filters are not alike' test "$one" != "$two"
awk -F, -v OFS=, '$1 == "F-301" { sub(/100,0,0,0/, "110,20,20,20") }
    $1 == "F-302" { sub(/110,20,20,20/, "100,0,0,0") } { print }' \
    "$change/objects.csv" > "$dir/objects.csv" &&
    mv "$dir/objects.csv" "$change/objects.csv"
send apply
is $? 0 'their addresses are exchanged' || note "$(cat "$dir/err")"
ok 'the rows say that their values begin anew' \
    grep -q 'F-301\.hours .*value begins anew' "$dir/out"
ok 'each is read' wait_for 10 all_read || note "$(unread)"
ok 'the one is the other now' \
    wait_for 10 is_value F-301.hours "$two" || note "$(row_of F-301.hours)"
ok 'and the other the one' \
    wait_for 10 is_value F-302.hours "$one" || note "$(row_of F-302.hours)"

# Two applies, the second before anything can be read under the first; then
# back to the beginning.
as emma project rollback 2 > "$dir/out" 2>&1 &&
    as emma project rollback 1 > "$dir/out" 2>&1
is $? 0 'back in two steps' || note "$(cat "$dir/out")"
ok 'each is read again' wait_for 10 all_read || note "$(unread)"
ok 'the tag of before' wait_for 10 is_value filter.interval "$interval"
ok 'the filter of before' wait_for 10 is_value F-301.hours "$one"
is "$(child core) $(child field)" "$core $field" 'no process began anew'
is "$(record_count)" "$wrote" 'the PLC heard nothing (P1)'
