#!/bin/sh
# SPDX-License-Identifier: ISC
# Days that the plant did not live through are in the history as if it had:
# whole, marked as simulated, true to themselves, and the plant goes on where
# they end. What is in the history stays.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 15

plant_dirs
backfill() {
	"$SG_BUILD/sightglass-sim" --backfill "$1" \
	    --project "$SG_SRC/conf/riverside" --into "$dir/state" \
	    --state "$dir/sim.state" 2>> "$dir/log/backfill"
}
ok 'thirty hours are lived through' backfill 30h
plant_sim
plant_server
plant_users
plant_project

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
