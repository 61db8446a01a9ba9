#!/bin/sh
# SPDX-License-Identifier: ISC
# A backup of a running plant, looked at with stock tools; brought back, the
# server is what it was, but for the right to command the plant (P1).
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 27
plant_start
as olga set site.target 4.2 > "$dir/out" 2>&1 || bail "set: $(cat "$dir/out")"
logged() { [ "$(sg history LT-501.pv -q -n 1 2> /dev/null)" = LT-501.pv ]; }
wait_for 10 logged || bail 'no history'
# what is shown may be a second younger than what is on the disk
kept() { [ "$(sql "history/$(date -u +%F).db" 'SELECT count(*) FROM seconds')" -ge 3 ]; }
wait_for 10 kept || bail 'no history is kept'
first=$(sg history LT-501.pv -o csv --no-header | head -n 1)

sg backup "$dir/copy" -o csv > "$dir/out" 2> "$dir/err"
is $? 0 'a running server is copied' || note "$(cat "$dir/err")"
ok 'sha256sum finds every file as the manifest says' \
    sh -c "cd '$dir/copy' && sha256sum --quiet --strict -c MANIFEST"
is "$(cd "$dir/copy" && find . -type f ! -name MANIFEST | sort)" \
    "$(sed 's/^[0-9a-f]*  /.\//' "$dir/copy/MANIFEST" | sort)" \
    'and no other is there'
is "$(sqlite3 "$dir/copy/record.db" 'PRAGMA integrity_check;
    PRAGMA journal_mode')" "$(printf 'ok\ndelete')" 'the record is one whole file'
is "$(sqlite3 "$dir/copy/record.db" "SELECT count(*) FROM settings
    WHERE \"key\" = 'control'")" 0 'it carries no control'
is "$(sqlite3 "$dir/copy/record.db" 'SELECT count(*) FROM sessions')" 0 \
    'and no sessions'
is "$(sqlite3 "$dir/copy/record.db" "SELECT count(*) FROM audit
    WHERE verb = 'set' AND result = 'done'")" 1 'what was done is there'
day=$(basename "$(find "$dir/copy/history" -name '*.db' | head -n 1)")
is "$(sqlite3 "$dir/copy/history/$day" 'PRAGMA integrity_check')" ok \
    'a day of history, too'
ok 'the project is there' test -n "$(find "$dir/copy/projects" -name plant.conf)"
is "$(stat -c %a "$dir/copy" "$dir/copy/record.db" | tr '\n' ' ')" '700 600 ' \
    'for nobody else to read'
ok 'the audit says who made it' audit_has "verb = 'state backup'
    AND user = 'anna' AND name = '$dir/copy' AND result = 'done'"
ok 'the plant goes on' is_quality LT-501.pv good
sg backup "$dir/copy" > "$dir/out" 2>&1
is "$? $(cat "$dir/out")" "1 sightglass: no backup: $dir/copy is not empty" \
    'nothing is written over'
as anna backup "$dir/other" > "$dir/out" 2>&1
is $? 2 'from afar there is no backup'

# Damaged, and while the server runs
cp -R "$dir/copy" "$dir/damaged"
printf x >> "$dir/damaged/history/$day"
sg restore "$dir/damaged" --data "$dir/new" > "$dir/out" 2>&1
is "$? $(cat "$dir/out")" "1 sightglass: not restored: history/$day: damaged: its digest is not that of the MANIFEST" \
    'a damaged backup is refused'
not_ok 'and nothing was made of it' test -e "$dir/new/record.db"
sg restore "$dir/copy" --data "$dir/state" > "$dir/out" 2>&1
is "$? $(grep -c 'a server runs here' "$dir/out")" '1 1' \
    'a running server is not written over'
ok 'and goes on' is_quality LT-501.pv good

# What came after the backup goes with it
sg -q user add late --name 'Late Comer' --role operator > /dev/null
server_stop
sg restore "$dir/copy" --data "$dir/state" > "$dir/out" 2> "$dir/err"
is $? 0 'it is brought back' || note "$(cat "$dir/err")"
before=$(find "$dir/state" -maxdepth 1 -name 'before-*')
is "$(sqlite3 "$before/record.db" "SELECT count(*) FROM users
    WHERE name = 'late'")" 1 'what stood there is kept'
plant_server
wait_for 10 as emma version > /dev/null 2>&1
is "$(sg user list -o csv --no-header | cut -d, -f1 | tr '\n' ' ')" \
    'anna emma felix olga sven vera ' 'the users are those of the backup'
ok 'the plant is looked at' wait_for 10 is_quality LT-501.pv good
is "$(value_of site.target)" 4.2 'what was set is set'
is "$(sg history LT-501.pv -o csv --no-header | head -n 1)" "$first" \
    'its history begins where it did'
as olga set P-101A.sp 61 --confirm 61 > "$dir/out" 2>&1
is "$? $(grep -c 'has not taken control' "$dir/out")" '6 2' \
    'the server only watches (P1)' || note "$(cat "$dir/out")"
sg -q control take > /dev/null
ok 'until control is taken' as olga set P-101A.sp 61 --confirm 61 -q
server_stop
is "$(sqlite3 "$dir/state/record.db" 'PRAGMA integrity_check')" ok \
    'and the record goes on whole'
