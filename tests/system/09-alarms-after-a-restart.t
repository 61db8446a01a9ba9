#!/bin/sh
# SPDX-License-Identifier: ISC
# Twenty alarms, some in each state and inhibition, survive an orderly restart
# and a killed core: states, owners, ends as before, no horn, no row in the
# journal for what did not change; what came or went meanwhile as P5 says.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 20
plant_start

# The true ones: nine drives fail
for drive in P-101A P-101B P-501A P-501B P-501C SC-101 V-101 LV-501 D-501; do
	tell force $drive.fault 1 > /dev/null
done
failed() { [ "$(sg alarms -o csv --no-header | grep -c FAIL,)" = 9 ]; }
wait_for 10 failed || bail 'the alarms do not come'
as olga ack P-101B.FAIL > /dev/null || bail 'not acknowledged'
server_stop

# The rest: where no verb leads yet, by the tables of the state
now=$(($(date +%s) * 1000))
insert() {	# NAME STATE COUNT BY
	echo "INSERT INTO alarms SELECT '$1', '$2', 0, $3, $3, $now - 60000,
	    iif('$4' = '', 0, $now - 50000), iif('$2' = 'normal', 0, $now - 40000),
	    '$4', 1.0, 'real', 1.5, 'good', '', 0, $now - 60000;"
}
inhibit() {	# NAME WHICH OWNER SECONDS
	echo "INSERT INTO inhibitions VALUES('$1', '$2', '$3', 'a reason',
	    $now - 60000, iif($4 = 0, 0, $now + $4 * 1000));"
}
acked() {
	echo "UPDATE alarms SET state = 'acknowledged', acked = $now,
	    acked_by = '$2' WHERE name = '$1';"
}
{
	acked V-101.FAIL sven
	acked LV-501.FAIL olga
	acked P-501C.FAIL olga
	inhibit SC-101.FAIL shelved sven 3600
	inhibit LV-501.FAIL suppressed logic 0
	inhibit P-501A.FAIL out-of-service sven 7200
	insert LT-501.H returned 3 ''
	insert LT-501.L returned 4 ''
	insert AT-501.H returned 5 ''
	insert AT-101.H returned 6 ''
	insert FT-501.L returned 7 ''
	inhibit FT-501.L shelved olga 5400
	insert LT-501.LL latched 8 sven
	insert PIC-501.LL latched 9 olga
	inhibit PIC-501.LL out-of-service sven 0
	insert LT-101.H normal 1 ''
	inhibit LT-101.H shelved sven 1800
	insert LT-101.L normal 2 ''
	inhibit LT-101.L suppressed logic 0
	insert PDT-101.H normal 3 ''
	inhibit PDT-101.H out-of-service sven 86400
	insert AT-502.H normal 4 ''
	inhibit AT-502.H shelved olga 10
} > "$dir/alarms.sql"
sqlite3 "$dir/state/record.db" < "$dir/alarms.sql" || bail 'no rows'
is "$(sql record.db "SELECT count(*) FROM alarms")" 20 'twenty alarms'
last=$(sql record.db 'SELECT max(seq) FROM events')

# Meanwhile two go and one comes
tell force P-501B.fault off > /dev/null
tell force P-501C.fault off > /dev/null
tell force intake.mains 0 > /dev/null
plant_server
verified() {
	sg alarms -o csv --no-header > "$dir/alarms.csv"
	[ "$(grep -vc '^system\|COMM' "$dir/alarms.csv")" = "$1" ] &&
	    ! grep -v '^system' "$dir/alarms.csv" | cut -d, -f5 | grep -q false
}
states() {	# name, occurrence, state, inhibition, who acknowledged
	grep -v '^system' "$dir/alarms.csv" | cut -d, -f1-4,11 | sort
}
# Those that are normal but inhibited are in the console's list alone.
cat > "$dir/expected" <<'END'
AT-101.H,6,returned,,
AT-501.H,5,returned,,
D-501.FAIL,1,unacknowledged,,
FT-501.L,7,returned,shelved,
LT-501.H,3,returned,,
LT-501.L,4,returned,,
LT-501.LL,8,latched,,sven
LV-501.FAIL,1,acknowledged,suppressed,olga
P-101A.FAIL,1,unacknowledged,,
P-101B.FAIL,1,acknowledged,,olga
P-501A.FAIL,1,unacknowledged,out-of-service,
P-501B.FAIL,1,returned,,
PIC-501.LL,9,latched,out-of-service,olga
SC-101.FAIL,1,unacknowledged,shelved,
V-101.FAIL,1,acknowledged,,sven
intake.mains.AWAY,1,unacknowledged,,
END
ok 'after the start the plant is looked at' wait_for 20 verified 16
is "$(states)" "$(sort "$dir/expected")" \
    'states, occurrences and who acknowledged are as before'

# A console looks on while the core dies
console olga olga
wait_screen olga olga/operator || bail 'no console'
mux pipe-pane -t olga -O "cat >> '$dir/bytes'"
bells() { tr -cd '\007' < "$dir/bytes" | wc -c | tr -d ' '; }
press olga A 'since    alarm' || bail 'no list'
ok 'it has all of them, but for the one whose shelving is over' \
    wait_screen olga '19 rows'
rows() { sql record.db "SELECT count(*) FROM events WHERE kind = 'alarm'"; }
shows olga '19 rows' || note_screen olga
before=$(rows)
ok 'a killed core comes back' kill_core
ok 'and looks at the plant again' wait_for 20 verified 16
is "$(states)" "$(sort "$dir/expected")" 'again all is as before'
ok 'the console comes back' wait_for 10 is_on olga
ok 'with its list' wait_screen olga '19 rows'
is "$(rows)" "$before" 'nothing has changed, nothing is in the journal'
is "$(bells)" 0 'and no horn sounds'

# A horn that sounds, so that silence means something
tell force P-101B.fault off > /dev/null
gone() { ! sg alarms -o csv | grep -q '^P-101B'; }
ok 'an acknowledged alarm goes' wait_for 10 gone
tell force P-101B.fault 1 > /dev/null
rings() { [ "$(bells)" -gt 0 ]; }
ok 'and sounds when it comes anew' wait_for 10 rings
n=$(bells)
tell force P-101B.fault off > /dev/null
wait_for 10 alarm_is P-101B.FAIL returned
tell force P-101B.fault 1 > /dev/null
rings_again() { [ "$(bells)" -gt "$n" ]; }
ok 'and when it comes again before anybody acknowledged' \
    wait_for 10 rings_again

ok 'the server ends in order' server_stop
is "$(sql record.db "SELECT name, old, new, cause LIKE 'during outage%',
    cause = 'found at start' FROM events WHERE kind = 'alarm'
    AND seq > $last AND name NOT LIKE 'system%' AND area <> 'system'
    AND name NOT LIKE 'P-101B%' AND name NOT LIKE 'AT-502%' ORDER BY name")" \
    'P-501B.FAIL|unacknowledged|returned|1|0
P-501C.FAIL|acknowledged|normal|1|0
intake.mains.AWAY|normal|unacknowledged|0|1' \
    'the journal has what came and went meanwhile, and no more'
is "$(sql record.db "SELECT alarm, which, owner, reason, since - $now,
    iif(until = 0, 0, until - $now) FROM inhibitions ORDER BY alarm")" \
    'FT-501.L|shelved|olga|a reason|-60000|5400000
LT-101.H|shelved|sven|a reason|-60000|1800000
LT-101.L|suppressed|logic|a reason|-60000|0
LV-501.FAIL|suppressed|logic|a reason|-60000|0
P-501A.FAIL|out-of-service|sven|a reason|-60000|7200000
PDT-101.H|out-of-service|sven|a reason|-60000|86400000
PIC-501.LL|out-of-service|sven|a reason|-60000|0
SC-101.FAIL|shelved|sven|a reason|-60000|3600000' \
    'owners, reasons and ends are as before; one was over'
is "$(sql record.db "SELECT count(*) FROM events WHERE kind = 'alarm'
    AND name = 'AT-502.H'")" 1 'which is in the journal once'
is "$(sql record.db "SELECT min(time) >= $now + 10000 FROM events
    WHERE kind = 'alarm' AND name = 'AT-502.H'")" 1 'and not before its time'
is "$(sql record.db 'PRAGMA integrity_check')" ok 'the record is whole'
