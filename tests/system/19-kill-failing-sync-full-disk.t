#!/bin/sh
# SPDX-License-Identifier: ISC
# Line 5: killed under 1,000 samples a second, the history lacks the last
# second at most; whichever sync of the disk fails, no confirmation goes out
# before what it confirms is on it (P19); and on a full disk alarms and
# consoles live, commands are refused but for safe ones, and all recovers.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 30

# 300 tags on the word that its program counts: ten a second, read four times
plant_copy
sed -i '$d' "$plant_project/tags.conf"
n=0
while [ $n -lt 300 ]; do
	echo ", { name = \"load.t$n\"; area = \"intake\"; device = \"plc1\";
	    at = \"hr:0\"; kind = \"uint16\"; poll = \"fast\"; log = { }; }"
	n=$((n + 1))
done >> "$plant_project/tags.conf"
echo ');' >> "$plant_project/tags.conf"
sed -i '/"site.target"/s/retain = true;/retain = true; log = { };/' \
    "$plant_project/tags.conf"
plant_start
sg -q user role anna +operator > /dev/null

now_ms() { date +%s%3N; }
ms_of() { date -u -d "$1" +%s%3N; }

# ---- killed

counted() { [ "$(sg history 'load.t*' --since -2s -o csv --no-header |
    grep -c ',good,')" -ge 2400 ]; }
ok 'there are 1,000 samples a second' wait_for 20 counted
current() { sg status -o csv --no-header | grep -q '^store,store,ok,.*,0,,'; }
since=$(date -u +%FT%T.%3NZ)
seconds_on() { [ "$(now_ms)" -ge "$1" ]; }
wait_for 10 seconds_on $(($(now_ms) + 3000))
core=$(child core)
kill -KILL "$core"
killed=$(now_ms)
gone() { ! kill -0 "$core" 2> /dev/null; }
wait_for 5 gone
again() { sg history load.t7 -n 1 -o csv --no-header 2> /dev/null |
    grep -q ',good,' && [ "$(ms_of "$(sg history load.t7 -n 1 -o csv \
    --no-header | cut -d, -f2)")" -gt "$killed" ]; }
ok 'it comes back' wait_for 20 again
sg history 'load.t*' --since "$since" -o csv --no-header > "$dir/rows"
# of each tag the last sample before the kill, and the widest hole before it
awk -F, -v since="$since" '$2 >= since' "$dir/rows" | while IFS=, read -r tag \
    time value quality cause _; do
	case $cause in gap) echo "$tag gap $time" ;; *) echo "$tag at $time" ;; esac
done > "$dir/events"
last=$(awk '$2 == "gap" && !($1 in done) { done[$1] = 1; print before[$1] }
    $2 == "at" { before[$1] = $3 }' "$dir/events" | sort | head -n 1)
is "$(awk '$2 == "gap" { print $1 }' "$dir/events" | sort -u | wc -l)" 300 \
    'each tag has its gap'
missing=$((killed - $(ms_of "$last")))
note "the last sample is $missing ms older than the kill"
ok 'at most the last second is missing' test "$missing" -le 1500
holes=$(grep '^load.t7 ' "$dir/events" | awk '$2 == "gap" { exit } { print $3 }' |
    while read -r t; do ms_of "$t"; done |
    awk 'NR > 1 && $1 - b > 1000 { n++ } { b = $1 } END { print n + 0 }')
is "$holes" 0 'and nothing before it'

# ---- whichever sync fails

# A confirmation while the last bytes written to the record are not synced.
cat > "$dir/early.awk" <<'END'
/pwrite64\(.*record\.db-wal>.*unfinished/ { dirty = 1; next }
/pwrite64\(.*record\.db-wal>/ { dirty = 1 }
/fdatasync\(.*record\.db-wal>\) += 0/ { dirty = 0 }
/fdatasync\(.*record\.db-wal>.*unfinished/ { open[$1] = 1 }
/<\.\.\. fdatasync resumed>/ {
	if (open[$1] && / = 0/) dirty = 0
	delete open[$1]
}
/sendmsg\(.*site\.target.*done/ { said++; if (dirty) { early++; print NR ": " $0 } }
END { print "said " said + 0 " early " early + 0 }
END
# Attaches to all threads of the core; the Nth sync of each fails.
value=3.0
trace() {
	rm -f "$dir/strace" "$dir/trace"
	strace -f -y -s 400 -p "$(child core)" -o "$dir/trace" \
	    -e trace=fdatasync,pwrite64,sendmsg \
	    -e "inject=fdatasync:error=EIO:when=$1" 2> "$dir/strace" &
	tracer=$!
	others="$others $tracer"
	wait_for 10 has "$dir/strace" attached
}
untrace() {
	kill -KILL "$tracer" 2> /dev/null	# TERM may wait for ever
	wait "$tracer" 2> /dev/null
}
failed_in_record() { grep 'INJECTED' "$dir/trace" | grep -q 'record\.db' ||
    awk '/fdatasync\(.*record\.db.*>.*unfinished/ { o[$1] = 1 }
	/resumed.*INJECTED/ && o[$1] { f = 1 } END { exit !f }' "$dir/trace"; }
if ! trace 60000; then
	untrace
	for n in 1 2 3 4; do
		pass "whichever sync fails # SKIP no process can be traced here"
	done
else
	untrace
	n=1 confirmed=0 early=0 broken=0
	: > "$dir/values"
	while [ $n -le 30 ]; do
		trace "$n"
		tries=0
		while [ $tries -lt 40 ]; do
			value=$(awk "BEGIN { v = $value + 0.01; print (v > 5.4 ? 3 : v) }")
			sg set site.target "$value" -o csv --no-header \
			    > "$dir/out" 2>&1 && echo "$value" >> "$dir/values"
			tries=$((tries + 1))
			failed_in_record && break
		done
		failed_in_record && broken=$((broken + 1))
		untrace
		said=$(awk -f "$dir/early.awk" "$dir/trace")
		confirmed=$((confirmed + $(echo "$said" | sed -n 's/.*said \([0-9]*\) early.*/\1/p')))
		early=$((early + $(echo "$said" | sed -n 's/.* early //p')))
		n=$((n + 1))
	done
	is "$broken" 30 'the 1st to the 30th sync of the record failed'
	ok "$confirmed confirmations were seen" test "$confirmed" -ge 60
	is "$early" 0 'none before a sync that worked'
	plant_logged() { [ "$(sg history site.target -n 400 -o csv --no-header |
	    awk -F, '$5 != "gap" { print $3 }' | tail -n "$(wc -l < "$dir/values")" |
	    md5sum)" = "$(md5sum < "$dir/values")" ]; }
	ok 'and all that was confirmed is in the history, in order' \
	    wait_for 15 plant_logged
fi
plant_stop
is "$(sql record.db 'PRAGMA integrity_check')" ok 'the record is sound'
is "$(sql record.db "SELECT count(*) FROM open_requests")" 0 \
    'each request has its result'
is "$(for f in "$dir"/state/history/*.db; do
    sqlite3 "$f" 'PRAGMA integrity_check'; done | sort -u)" ok \
    'the history too'

# ---- a full disk

rm -rf "$dir/state" "$dir/project" "$dir/sim.state" "$dir/known_hosts"
mkdir "$dir/state"
if ! mount -t tmpfs -o size=4m,mode=700 none "$dir/state" 2> /dev/null; then
	n=0
	while [ $n -lt 18 ]; do
		pass 'a full disk # SKIP only root can make a small one'
		n=$((n + 1))
	done
	exit 0
fi
cleanup="$cleanup; umount -l '$dir/state'"
chmod 700 "$dir/state"
plant_project= server_pid= sim_pid=
plant_start
sg -q user role anna +operator > /dev/null
console olga olga
wait_screen olga olga/operator || bail 'no console'
ok 'on 4 MiB there is a plant' is_quality LT-501.pv good
store_is() { sg status -o csv --no-header 2> /dev/null |
    grep -q "^store,store,$1,"; }
ok 'whose store is well' wait_for 10 store_is ok

left() { df -k --output=avail "$dir/state" | tail -n 1; }
dd if=/dev/zero of="$dir/state/full" bs=1k count=$(($(left) - 380)) 2> /dev/null
low() { alarm_is system.DISK unacknowledged && store_is low; }
ok 'one that is nearly full is seen, and an alarm, before that' wait_for 10 low
dd if=/dev/zero of="$dir/state/full" bs=4k oflag=append conv=notrunc 2> /dev/null
full() { store_is failed || store_is behind; }
# what is still free in half-used pages goes by itself
filling() { dd if=/dev/zero of="$dir/state/full" bs=512 seek=7000 \
    conv=notrunc 2> /dev/null; timeout 2 "$SG_BUILD/sightglass" -s "$dir/run/core.sock" \
    set site.target 4.4 > /dev/null 2>&1; full; }
ok 'a full disk is seen' wait_for 30 filling
stored() { alarm_is system.STORE unacknowledged; }
ok 'and is an alarm' wait_for 15 stored
as olga set P-101B.sp 61 --confirm 61 > "$dir/out" 2> "$dir/err"
is $? 6 'a command is refused'
ok 'with that reason' has "$dir/err" 'the record does not take rows'
not_ok 'it has not reached the PLC' record_has 6 101 16865
as olga do P-101A stop > "$dir/out" 2> "$dir/err"
is $? 0 'a safe one is done'
ok 'it is in the PLC' record_has 5 0 0
tell force LT-501.pv 0.8 > /dev/null
ok 'an alarm comes at once all the same' wait_for 15 alarm_is LT-501.L \
    unacknowledged
ok 'on the console too' wait_screen olga 'LT-501.L'
flow=$(value_of FT-501.pv)
moves() { [ "$(value_of FT-501.pv)" != "$flow" ]; }
ok 'values live' wait_for 20 moves

rm -f "$dir/state/full"
ok 'with room again all is well by itself' wait_for 20 store_is ok
returned() { ! stored; }
ok 'the alarm is not active any more' wait_for 10 returned
as olga set P-101B.sp 62 --confirm 62 > "$dir/out" 2>&1
is $? 0 'commands go'
is "$(sql record.db "SELECT count(*) FROM audit WHERE verb = 'do'
    AND name LIKE 'P-101A%' AND result LIKE 'done%'")" 1 \
    'the safe one is in the audit'
tell force LT-501.pv 0.7 > /dev/null
sampled() { sg history LT-501.pv -n 1 -o csv --no-header | grep -q ',0.7,good'; }
ok 'and the history goes on' wait_for 10 sampled
plant_stop
