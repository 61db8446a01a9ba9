#!/bin/sh
# SPDX-License-Identifier: ISC
# What was is what is shown of it: samples as the PLC had them, quality and
# gaps, through a kill and a restart; and their mean, worked out by hand.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 27
plant_start

rows() { sg history "$@" -o csv --no-header > "$dir/rows" 2> "$dir/err"; }
# The values of a tag's rows, in one line.
values() { rows "$@"; cut -d, -f3 "$dir/rows" | tr '\n' ' '; }
utc_of() { date -u -d "@$(($1 / 1000)).$(printf %03d $(($1 % 1000)))" \
    +%Y-%m-%dT%H:%M:%S.%3NZ; }
ms_of() { date -u -d "$1" +%s%3N; }

# Setpoints: the PLC's own record says when they came
for sp in 60 65 72; do
	as olga set P-101A.sp $sp --confirm $sp > "$dir/out" 2>&1 ||
	    bail "set: $(cat "$dir/out")"
done
values_are() { [ "$(values P-101A.sp -n 3)" = "$1" ]; }
ok 'setpoints are samples, exactly and in order' \
    wait_for 10 values_are '60.000723379629626 64.99927662037037 72.00159143518519 '
is "$(cut -d, -f4-6 "$dir/rows" | sort -u)" 'good,,' 'all good'
for sp in 60 65 72; do
	raw=$(awk "BEGIN { printf \"%.0f\", $sp / 100 * 27648 }")
	plc=$(awk -F '\t' -v v="$raw" '$6 == v { t = $1 } END { print t }' \
	    "$dir/record")
	shown=$(awk -F , -v v="$sp" 'int($3 + 0.5) == v { print $2 }' \
	    "$dir/rows")
	late=$(($(ms_of "$shown") - $(ms_of "$plc")))
	ok "$sp is of the time of its first read" \
	    test "$late" -ge 0 -a "$late" -le 2500
done

v0=$(sg history P-101A.sp -o csv --no-header -n 4 | head -n 1 | cut -d, -f3)

# A mean by hand over exactly that
{ IFS=, read -r _ t1 v1 _; IFS=, read -r _ t2 v2 _; IFS=, read -r _ t3 _; } \
    < "$dir/rows"
hand=$(awk "BEGIN { a = $(ms_of "$t2") - $(ms_of "$t1")
    b = $(ms_of "$t3") - $(ms_of "$t2")
    printf \"%.6f\", ($v1 * a + $v2 * b) / (a + b) }")
rows P-101A.sp --since "$t1" --until "$t3" --every 1d
IFS=, read -r _ from to avg min max last count good < "$dir/rows"
is "$(printf %.6f "$avg")" "$hand" 'the mean of a span is weighted by time'
is "$from $to" "$t1 $t3" 'a span ends at --until'
is "$min $max $last $count $good" "$v1 $v2 $v2 2 1" 'and has the rest'
rows P-101A.sp --since "$t2" --until "$t3" --every 1d --show last,avg
is "$(cut -d, -f4- "$dir/rows")" "$v2,$v2" '--show says what, and in which order'
as vera history P-101A.sp --since "$t1" --until "$t3" --every 1d \
    --show good,max -o csv > "$dir/out"
is "$(head -n 1 "$dir/out")" tag,from,to,good,max 'the columns too'
rows P-101A.sp --since "$t2" --until "$t3"
is "$(cut -d, -f2 "$dir/rows" | tr '\n' ' ')" "$t1 $t2 " \
    'a range is closed at its start, open at its end'
rows P-101A.sp --since "$(utc_of $(($(ms_of "$t3") + 1)))"
is "$(cut -d, -f2 "$dir/rows" | head -n 1)" "$t3" \
    'what held when it began comes from before it'
as vera history P-101A.sp --since "$t1" --until "$t3" -o json > "$dir/out"
ok 'json is one object' has "$dir/out" \
    '"tag":"P-101A.sp","time":"'"$t1"'","value":'"$v1"',"quality":"good","cause":null,"flags":[]'

# Words
as vera history no.such > "$dir/out" 2>&1
is $? 4 'a tag that does not exist is said to be so'
as vera history P-101A.sp --show avg > "$dir/out" 2>&1
is $? 2 '--show alone means nothing'
for list in "''" avg, avg,,max avg,counted,avg Avg; do
	as vera history P-101A.sp --every 1min --show "$list" > "$dir/out" 2>&1
	echo "$list $? $(sed 's/.*, not //' "$dir/out")"
done > "$dir/lists"
is "$(cat "$dir/lists")" "'' 2 \"\"
avg, 2 \"\"
avg,,max 2 \"\"
avg,counted,avg 2 sightglass: --show: avg is given twice
Avg 2 \"Avg\"" '--show is a list without gaps, each word once'
as vera history 'P-*.nothing' > "$dir/out" 2>&1
is $? 1 'no tag of a pattern is no rows'
as vera history 'P-101A.s?' -n 1 -q > "$dir/out" 2>&1
is "$(sort -u "$dir/out")" "$(printf 'P-101A.sp')" 'a pattern names tags'

# Quality: silence is a hole, not a straight line
tell fault plc1 silent for 20s
hole() { rows P-101A.sp -n 2; grep -q ',bad,comm' "$dir/rows"; }
ok 'a silent PLC is a bad sample' wait_for 15 hole
back() { rows P-101A.sp -n 1; grep -q ',good,' "$dir/rows"; }
ok 'and a good one when it is back' wait_for 40 back
bad=$(rows P-101A.sp -n 2; head -n 1 "$dir/rows" | cut -d, -f2)
again=$(tail -n 1 "$dir/rows" | cut -d, -f2)
rows P-101A.sp --since "$bad" --until "$again" --every 1d --show good,avg
is "$(cut -d, -f4- "$dir/rows")" 0, 'no mean is worked out over it'

# Gaps: killed, and stopped in order
kill -KILL "$(child core)"
gap() { rows P-101A.sp -n 9; [ "$(grep -c ',,bad,gap' "$dir/rows")" -ge "$1" ] &&
    tail -n 1 "$dir/rows" | grep -q ',good,'; }
ok 'a killed core is a gap' wait_for 20 gap 1
before=$(cat "$dir/rows")
plant_stop
plant_sim
plant_server
plant_ssh
ok 'a stopped server is one too' wait_for 20 gap 2
is "$(rows P-101A.sp --since "$t1" --until "$t3"; cut -d, -f3 "$dir/rows" | tr '\n' ' ')" \
    "$v0 $v1 $v2 " 'all from before is as it was'
ok 'status counts it' sh -c "'$SG_BUILD/sightglass' -s '$dir/run/core.sock' \
    status -o csv | grep -q '^store,store,ok'"
plant_stop
is "$(sqlite3 "$(ls "$dir"/state/history/*.db | head -n 1)" \
    'PRAGMA integrity_check')" ok 'the day file is sound'
is "$(sqlite3 "$(ls "$dir"/state/history/*.db | tail -n 1)" \
    'SELECT count(*) FROM seconds')" 0 'and sealed'
