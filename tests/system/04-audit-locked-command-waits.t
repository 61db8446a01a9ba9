#!/bin/sh
# SPDX-License-Identifier: ISC
# No write without its audit row committed before (I5): while somebody else
# holds record.db a command waits; too late it is expired (P2); a safe one
# goes, with its row in the reserve (P3).
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 27
plant_start

# Somebody with sqlite3 holds the record's write lock until release.
mkfifo "$dir/hold"
hold() {
	rm -f "$dir/held"
	sqlite3 "$dir/state/record.db" < "$dir/hold" > "$dir/held" 2>&1 &
	holder=$!
	others="$others $holder"
	exec 9> "$dir/hold"
	printf '.timeout 5000\nBEGIN IMMEDIATE;\nSELECT '"'held'"';\n' >&9
	wait_for 10 has "$dir/held" held || bail "no lock: $(cat "$dir/held")"
}
release() {
	printf 'ROLLBACK;\n' >&9
	exec 9>&-
	wait "$holder"
}
audit_rows() {	# of NAME and NEW, with a result like PATTERN
	sql record.db "SELECT count(*) FROM audit WHERE name = '$1'
	    AND new LIKE '$2%' AND result LIKE '$3'"
}
behind() { sg status -o csv 2> /dev/null | grep -q '^store,store,[^o]'; }

# Within its validity
hold
(as olga set P-101A.sp 70 --confirm 70 > "$dir/out" 2>&1 9>&-
 echo $? > "$dir/code") &
ok 'a record that takes no rows is seen' wait_for 10 behind
is "$(record_count)" 0 'the command has not reached the PLC'
is "$(audit_rows P-101A.sp 70 %)" 0 'nor has its row the record'
not_ok 'its operator waits' test -s "$dir/code"
release
ok 'released, the command ends' wait_for 10 test -s "$dir/code"
is "$(cat "$dir/code")" 0 'with success'
ok 'it is in the PLC' record_has 6 100 19354
is "$(audit_rows P-101A.sp 70 '')" 1 'with one request'
is "$(audit_rows P-101A.sp 70 done)" 1 'and one result'

# Too late, for the PLC and for a tag that only this server knows
target=$(as olga get site.target -q)
hold
(as olga set site.target 4.1 > "$dir/out.target" 2>&1 9>&-
 echo $? > "$dir/code.target") &
as olga set P-101A.sp 60 --confirm 60 > "$dir/out" 2> "$dir/err" 9>&-
is $? 6 'held for longer, a command is not done'
ok 'but expired' has "$dir/err" expired
not_ok 'it has not reached the PLC' record_has 6 100 16589
ok 'a setpoint without a PLC is answered, too' \
    wait_for 10 test -s "$dir/code.target"
is "$(cat "$dir/code.target")" 6 'and is not done'
as olga set P-101B.sp 60 --confirm 60 > "$dir/out" 2> "$dir/err" 9>&-
is $? 6 'the next one is refused at once'
ok 'with that reason' has "$dir/err" 'the record does not take rows'

# Safe
as olga do P-101A stop > "$dir/out" 2> "$dir/err" 9>&-
is $? 0 'a safe command is done all the same'
ok 'the PLC has it' record_has 5 0 0
is "$(audit_rows P-101A.stop % %)" 0 'though the record has no row of it'
release
settled() { [ "$(audit_rows P-101A.stop % done)" = 1 ]; }
ok 'which comes later' wait_for 10 settled
is "$(audit_rows P-101A.stop % '')" 1 'with its request, once'
is "$(audit_rows P-101A.sp 60 'expired%')" 1 'and so does what expired'

# Afterwards
answered() { as olga set P-101A.sp 65 --confirm 65 > /dev/null 2>&1; }
ok 'everything goes again' wait_for 10 answered
not_ok 'and what was expired never went' record_has 6 100 16589
is "$(as olga get site.target -q)" "$target" 'neither to the tag'
server_stop
is "$(sql record.db "SELECT count(*) FROM audit WHERE result = ''")" \
    "$(sql record.db "SELECT count(*) FROM audit WHERE result <> ''")" \
    'every request has one result'
is "$(sql record.db 'PRAGMA integrity_check')" ok 'the record is whole'
