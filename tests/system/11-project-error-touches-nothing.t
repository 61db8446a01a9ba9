#!/bin/sh
# SPDX-License-Identifier: ISC
# No kind of project error touches the running server: each broken project of
# tests/project is refused, with its problems, and everything goes on.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
for broken in "$SG_SRC"/tests/project/[0-9]*/; do
	# some of them are right, to show that they are
	grep -q '^[1-9][0-9]* errors\{0,1\},' "$broken/expected.err" &&
	    set -- "$@" "$broken"
done
plan $(($# * 3 + 8))
plant_start
# Who comes here locally may apply, too, and need not check first.
sg -q user role anna +engineer > /dev/null
feed() { "$SG_BUILD/tests/lib/feed" "$dir/run/core.sock"; }

# What must not change, seen from outside.
core=$(child core) field=$(child field)
facts() {
	echo "core $(child core) field $(child field)"
	as emma project log -o csv
	as vera tags -o csv | cut -d, -f1,4,9,10
	sg user list -o csv | cut -d, -f1-8
	as vera describe tag P-101A.sp -o csv
	(cd "$dir/state/projects" && find . -type f | sort | xargs cksum)
}
facts > "$dir/before"
wrote=$(record_count)
# A reader of the level, all the time: it must never be other than good.
as vera watch LT-501.pv -o csv --no-header > "$dir/watched" 2> "$dir/err" &
others="$others $!"
ok 'somebody watches the level' wait_for 10 test -s "$dir/watched"

for broken in "$@"; do
	name=$(basename "$broken")
	tar -c -C "$broken" . | as emma project apply - > "$dir/out" 2> "$dir/err"
	is $? 1 "$name is refused"
	# the last line of what is expected counts the problems
	ok 'with all of its problems' has "$dir/err" \
	    "$(tail -n 1 "$broken/expected.err")"
	is "$(tar -c -C "$broken" . | feed | tail -n 1)" \
	    '1 the project has errors' \
	    'also by the core, if it was not looked at before'
done

facts > "$dir/after"
ok 'core, field, tags, users, projects are as before' \
    cmp -s "$dir/before" "$dir/after"
note "$(diff "$dir/before" "$dir/after")"
is "$(record_count)" "$wrote" 'the PLC heard nothing'
is "$(cut -d, -f5 "$dir/watched" | sort -u)" good 'the level was always good'
as olga set P-101A.sp 70 --confirm 70 > /dev/null
is $? 0 'commands go'
is "$(sql record.db "SELECT count(*) FROM audit WHERE verb = 'project apply'
    AND result = 'refused: the project has errors'")" $# \
    'each of those attempts is in the audit'
is "$(sql record.db "SELECT count(*) FROM events WHERE name = 'system.RESTART'
    AND time > (SELECT max(time) FROM events WHERE kind = 'project')")" 0 \
    'nothing was restarted'
as emma project apply "$1" > "$dir/out" 2>&1
is $? 2 'a directory is not read on the server'
