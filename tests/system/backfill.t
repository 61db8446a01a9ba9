#!/bin/sh
# SPDX-License-Identifier: ISC
# Days that the plant did not live through are in history, journal and audit as
# if it had: whole, marked as simulated, true to themselves, and the plant goes
# on where they end. A run that is killed leaves nothing half; what is there
# stays.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 56

plant_dirs
backfill() {
	"$SG_BUILD/sightglass-sim" --backfill "$1" \
	    --project "$SG_SRC/conf/riverside" --into "$dir/state" \
	    --state "$dir/sim.state" 2>> "$dir/log/backfill"
}

# ---- a run that is killed, and one that comes to its end

"$SG_BUILD/sightglass-sim" --backfill 48h --project "$SG_SRC/conf/riverside" \
    --into "$dir/state" --state "$dir/sim.state" 2>> "$dir/log/backfill" &
others=$!
half_way() { [ -s "$dir/state.past/record.db" ]; }
ok 'a past is being made beside its place' wait_for 30 half_way
kill -KILL "$others"
wait "$others" 2> /dev/null
others=
is "$(ls "$dir/state")" '' 'who kills that finds nothing half'
not_ok 'and no plant of it' test -e "$dir/sim.state"
ok 'two days are lived through' backfill 48h
not_ok 'nothing is left beside them' test -e "$dir/state.past" -o \
    -e "$dir/sim.state.past"
sha256sum "$dir/state/record.db" "$dir/sim.state" > "$dir/sums"
not_ok 'a second time is refused' backfill 1h
ok 'because there is a plant' has "$dir/log/backfill" 'there is a plant already'
mv "$dir/sim.state" "$dir/kept"
not_ok 'or a state' backfill 1h
ok 'with which it is not mixed' has "$dir/log/backfill" 'is not empty'
not_ok 'nor has that a plant' test -e "$dir/sim.state.past"
mv "$dir/kept" "$dir/sim.state.past"	# as if killed before its last step
ok 'a run that was ended before its last step' backfill 1h
ok 'is brought to its end, and nothing did harm' sh -c "sha256sum --quiet -c '$dir/sums'"

# ---- a place of which nobody can say that it is on the disk

mkdir "$dir/blind" && chmod 300 "$dir/blind"	# may be changed, not opened
blind() {
	set -- "$SG_BUILD/sightglass-sim" --backfill 1min \
	    --project "$SG_SRC/conf/riverside" --into "$dir/blind/state" \
	    --state "$dir/blind.state"
	[ "$(id -u)" -ne 0 ] || set -- setpriv \
	    --bounding-set=-dac_override,-dac_read_search "$@"
	"$@" 2> "$dir/log/blind"
}
ok 'a past that may not be on the disk yet is there' blind
ok 'as is said' has "$dir/log/blind" 'not surely on the disk'
ok 'with its plant' test -s "$dir/blind/state/record.db" -a -s "$dir/blind.state"

# ---- journal and audit of yesterday, before any server was there

cat > "$dir/proof.init" << END
ATTACH 'file:$dir/state/record.db?mode=ro' AS r;
CREATE TABLE plc(time, device, unit, function, address, value);
CREATE TABLE said(user, name, old, new, result, ms);
CREATE TABLE seen(user, name);
.read '$SG_SRC/tests/lib/proof.sql'
END
proof() { { cat "$dir/proof.init"; echo "$1;"; } | sqlite3; }
is "$(sql record.db 'PRAGMA integrity_check')" ok 'the record is whole'
ok 'alarms came and went, and states changed' test \
    "$(proof 'SELECT count(*) FROM steps')" -ge 10 -a \
    "$(sql record.db "SELECT count(*) FROM events WHERE kind = 'state'")" -ge 100
is "$(proof 'SELECT * FROM wrong_steps LIMIT 5')" '' \
    'they went legal ways only, and are in the state where these ended'
is "$(proof 'SELECT * FROM wrong_results LIMIT 5')" '' \
    'each request in the audit has one result'
is "$(sql record.db 'SELECT count(*) FROM open_requests')" 0 'nothing is open'
is "$(sql record.db "SELECT count(*) FROM events_text
    WHERE flags <> 'simulated'")" 0 'each event is marked as simulated'
is "$(sql record.db "SELECT count(*) FROM audit
    WHERE station <> 'simulated' OR \"from\" <> 'simulated'")" 0 \
    'and each action came from no station that there is'
is "$(sql record.db "SELECT count(*) FROM events e WHERE user <> ''
    AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.command = e.command
    AND a.user = e.user AND a.result = 'done')")" 0 \
    'what somebody did is in the audit'
is "$(sql record.db "SELECT count(*) FROM (SELECT time,
    lag(time, 1, 0) OVER (ORDER BY seq) AS before FROM events)
    WHERE time < before")" 0 'numbers are in the order of time'
is "$(sql record.db "SELECT group_concat(new, ' ') FROM (SELECT new FROM events
    WHERE name = 'D-701A.FAIL' ORDER BY seq)")" \
    'unacknowledged acknowledged normal' \
    'the pump that tripped was acknowledged before it was reset'
is "$(sql record.db "SELECT verb || ' ' || name || ' ' || result FROM audit
    WHERE name GLOB 'D-701A.*' AND verb = 'do' ORDER BY seq" |
    paste -sd, -)" 'do D-701A.reset ,do D-701A.reset done' \
    'which somebody did by a command'
is "$(sql record.db "SELECT count(*) > 0 FROM events WHERE kind = 'alarm'
    AND name = 'reservoir.door.OPEN' AND old = 'acknowledged'
    AND new = 'unacknowledged'")" 1 \
    'what was acknowledged for too long sounded again'
last_seq=$(sql record.db 'SELECT max(seq) FROM events')

plant_sim
plant_server
plant_users
plant_project

# ---- the first login

as sven events --since yesterday --until today -o csv > "$dir/out"
ok 'yesterday is in the list of events' grep -q ',alarm,[^,]*,D-701A.FAIL,' "$dir/out"
is "$(tail -n +2 "$dir/out" | grep -vc ',simulated$')" 0 \
    'each row of which says that it is simulated'
as sven report alarms --date yesterday > "$dir/out"
ok 'its alarms are in the report' grep -q 'D-701A.FAIL .* 1 .* simulated$' \
    "$dir/out"
as sven report alarms --date yesterday -o csv > "$dir/csv"
ok 'for programs, too' has "$dir/csv" ',D-701A.FAIL,,count,1,'
ok 'with their flag' has "$dir/csv" ',D-701A.FAIL,,flags,simulated,'
as sven report shift --date yesterday --shift early > "$dir/out"
ok 'what was done is in the report of the shift' \
    grep -q 'FIC-201.ratio .* olga  *30.0  *33.0 .* simulated$' "$dir/out"
ok 'as is who acknowledged' grep -q 'reservoir.door.OPEN .* olga .* simulated$' \
    "$dir/out"
as sven audit --since yesterday --until today -o csv > "$dir/out"
ok 'the audit shows from where' has "$dir/out" \
    ',olga,simulated,simulated,,set,FIC-201.ratio,30.0,33.0,jar test,done,'
console vera vera
wait_screen vera Overview
ok 'vera sees it on her screen' go vera 'events alarm yesterday today' \
    'D-701A.FAIL' || note_screen vera
ok 'and that it is simulated' wait_screen vera ' SIM '
# what it says of the plant is what the samples say
set_at=$(sql record.db "SELECT time FROM events_text
    WHERE name = 'FIC-201.ratio' AND new = '33.0'")
is "$(sg history FIC-201.ratio --since "$set_at" --until \
    "$(date -u -d "$set_at 1 hour" +%FT%T.%3NZ)" -o csv --no-header |
    tail -n 1 | cut -d, -f3)" 33 'a setpoint that was given is in the history'
tripped=$(sql record.db "SELECT time / 1000 FROM events
    WHERE name = 'SC-101.FAIL' AND new = 'unacknowledged'")
is "$(sg history SC-101.run --since "$(date -u -d "@$tripped" +%FT%TZ)" --until \
    "$(date -u -d "@$((tripped + 60))" +%FT%TZ)" -o csv --no-header |
    tail -n 1 | cut -d, -f3)" false 'and a pump that tripped stood'
is "$(sql record.db "SELECT min(seq) > $last_seq FROM events
    WHERE name = 'server'")" 1 'the server goes on behind it'

# of TAG in the last 24 h before the server was there
span() { sg history "$1" --since "$from" --until "$until" --every 100d \
    --show "$2" -o csv --no-header | cut -d, -f4; }
near() { awk "BEGIN { exit !($1 - $2 < $3 && $2 - $1 < $3) }"; }
until=$(sg history LT-501.pv --since -30h -o csv --no-header |
    awk -F, '$5 == "gap" { print $2; exit }')
from=$(date -u -d "$until 24 hours ago" +%FT%T.%3NZ)
is "$(span LT-501.pv good)" 1 'no moment of a day is missing'
is "$(span LT-501.pv flags)" simulated 'all of it is marked as simulated'
ok 'a level is one' awk "BEGIN { exit !($(span LT-501.pv min) > 1 &&
    $(span LT-501.pv max) < 5.9 && $(span LT-501.pv max) > $(span LT-501.pv min)) }"
ok 'a day has its curve' awk "BEGIN { exit !($(span FT-501.pv max) > 1.3 * $(span FT-501.pv min)) }"
# the meter counts what the flow says, in a way of its own
first=$(sg history FT-501.total --since "$from" --until "$until" -o csv \
    --no-header | head -n 1 | cut -d, -f3)
counted=$(awk "BEGIN { print $(span FT-501.total last) - $first }")
flowed=$(awk "BEGIN { print $(span FT-501.pv integral) / 3600 }")
ok "what flowed ($flowed m3) was counted ($counted m3)" near "$flowed" \
    "$counted" 60
# Now
ok 'water of today counts from midnight on' wait_for 20 is_quality \
    site.water_today good
today() { sg history FT-501.total --since today --every 100d --show counted \
    -o csv --no-header | cut -d, -f4; }
counts_on() { near "$(today)" "$(value_of site.water_today)" 30; }
ok 'all that the meter counted' wait_for 20 counts_on || note "$(today) of it, $(value_of site.water_today)"
last=$(span LT-501.pv last)
ok 'the plant goes on where they end' near "$last" "$(value_of LT-501.pv)" 0.1
is "$(sg history LT-501.pv -n 1 -o csv --no-header | cut -d, -f4,6)" good, \
    'what is lived through now is not simulated by us'
ok 'between them is a gap' sh -c "[ \$('$SG_BUILD/sightglass' -s \
    '$dir/run/core.sock' history LT-501.pv --since -1h -o csv |
    grep -c ',,bad,gap,') -ge 1 ]"

# Bringing in while it runs, and twice
sg store import "$dir/state" < /dev/null > "$dir/out" 2>&1
is $? 6 'a running server keeps its history to itself'
ok 'and it is said who has it' has "$dir/out" 'still open in process'
sg history LT-501.pv --since "$from" --until "$until" -o csv > "$dir/csv"
plant_stop
rows=$(wc -l < "$dir/csv")
mkdir "$dir/other"
"$SG_BUILD/sightglass" store import "$dir/other" < "$dir/csv" \
    -o csv --no-header > "$dir/out"
is "$(cat "$dir/out")" "$((rows - 1)),0" 'what history prints comes in elsewhere'
"$SG_BUILD/sightglass" store import "$dir/other" < "$dir/csv" \
    -o csv --no-header > "$dir/out"
is "$(cat "$dir/out")" "0,$((rows - 1))" 'once'
printf 'tag,time,value,quality\nLT-501.pv,yesterday,1,nice\n' |
    "$SG_BUILD/sightglass" store import "$dir/other" > "$dir/out" 2>&1
is $? 2 'nonsense is refused'
ok 'with its line' has "$dir/out" 'standard input:2: no quality: "nice"'
