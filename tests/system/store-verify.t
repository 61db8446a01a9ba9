#!/bin/sh
# SPDX-License-Identifier: ISC
# The files of a running server, proved: nothing is found after commands,
# alarms, a crash and a stop; what somebody changed, took out or damaged is
# named, and the server goes on.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 21
plant_start
as olga set site.target 4.2 -q || bail 'no set'
as olga do P-101A stop -q > /dev/null 2>&1
verify() {
	sg store verify -o csv --no-header "$@" > "$dir/out" 2> "$dir/err"
}
row() { grep "^$1,$2," "$dir/out" | cut -d, -f 3-; }
logged() {
	[ "$(sql "history/$(date -u +%F).db" 'SELECT count(*) FROM seconds')" -ge 3 ]
}
wait_for 10 logged || bail 'no history is kept'

# A crash leaves out numbers of the journal, and history without its end
kill -KILL "$(child core)"
wait_for 10 is_quality LT-501.pv good
ok 'after a crash numbers of the journal are left out' test 1 -lt \
    "$(sql record.db 'SELECT max(d) FROM (SELECT seq - lag(seq) OVER (ORDER BY
	seq) AS d FROM events)')"
verify
is $? 0 'of a running server nothing is found' ||
    note "$(cat "$dir/out" "$dir/err")"
is "$(cut -d, -f2,3 "$dir/out" | sort -u | tr '\n' ' ')" \
    'audit,ok commands,ok file,ok journal,ok samples,ok ' 'in all its parts'
ok 'each audit row was read' test "$(row record.db audit | cut -d, -f2)" -ge \
    "$(sql record.db "SELECT count(*) FROM audit WHERE verb = 'set'")"
day=history/$(date -u +%F).db
ok 'and each sample' test "$(row "$day" samples | cut -d, -f2)" -gt 10
is "$(sg store verify | grep -c ' ok ')" "$(wc -l < "$dir/out")" \
    'people see a table'
as anna store verify > "$dir/out" 2>&1
is $? 2 'over ssh no files are read'

# What somebody changes behind the server's back
wait_for 10 logged || bail 'no history is kept after the crash'
sg backup "$dir/copy" -q > /dev/null 2>&1 || bail 'no backup'
change() {	# change NAME SQL: a copy that somebody changed
	rm -rf "$dir/bad"
	cp -R "$dir/copy" "$dir/bad"
	sqlite3 "$dir/bad/$1" "$2"
}
found() {	# found PART CHECK WHY
	verify --data "$dir/bad"
	is "$? $(row "$1" "$2" | grep -c "^damaged,.*$3")" '1 1' "found: $3" ||
	    note "$(cat "$dir/out" "$dir/err")"
}
change record.db 'SELECT 1' > /dev/null
verify --data "$dir/bad"
is $? 0 'in a backup nothing is found' || note "$(cat "$dir/out" "$dir/err")"
change record.db "UPDATE audit SET user = 'vera' WHERE verb = 'set'"
found record.db audit 'is not as it was written'
is "$(row record.db journal | cut -d, -f1)" ok 'the rest is looked at, too'
change record.db 'DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)'
found record.db audit 'are missing behind row'
change record.db 'DELETE FROM events WHERE seq = (SELECT seq FROM events
    ORDER BY seq LIMIT 1 OFFSET 5)'
found record.db journal 'events [0-9]* to [0-9]* are missing'
change record.db 'DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)'
found record.db journal 'events are missing behind'
change "$day" 'UPDATE seconds SET body = substr(body, 1, length(body) - 1)
    WHERE id = (SELECT max(id) FROM seconds)'
found "$day" samples 'of the log cannot be read as it was written'
change "$day" 'UPDATE chunks SET n = n + 1 WHERE id = 1'
found "$day" samples 'of tag [0-9]* cannot be read as it was written'
change "$day" "UPDATE chunks SET first = first - 86400000 WHERE id = 1"
found "$day" samples 'is of another day'
change "$day" 'SELECT 1' > /dev/null
size=$(($(stat -c %s "$dir/bad/$day") / 2))
dd if=/dev/urandom of="$dir/bad/$day" bs=1 count=12000 seek=$size conv=notrunc \
    2> /dev/null
verify --data "$dir/bad"
is "$? $(grep -c "^$day,.*,damaged," "$dir/out" | sed 's/[12]/some/')" '1 some' \
    'found: bytes of a day that changed on the disk' || note "$(cat "$dir/out")"
change record.db 'PRAGMA user_version = 99'
found record.db file 'newer sightglass'

# In the running one itself
sqlite3 "$dir/state/record.db" 'PRAGMA busy_timeout = 5000;
    UPDATE audit SET result = '"'done'"' WHERE seq IN (SELECT seq FROM audit
    WHERE verb = '"'set'"' AND result <> '"''"' LIMIT 1);
    UPDATE audit SET name = '"'P-101A.sp'"' WHERE verb = '"'set'"'' > /dev/null
verify
is "$? $(row record.db audit | cut -d, -f1)" '1 damaged' \
    'a running server, too' || note "$(cat "$dir/out" "$dir/err")"
ok 'and it goes on' is_quality LT-501.pv good
as olga set site.target 4.3 -q
is $? 0 'with commands'
plant_stop
