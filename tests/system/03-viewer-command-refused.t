#!/bin/sh
# SPDX-License-Identifier: ISC
# Who may do what is decided in the core, with the reason told and audited:
# by CLI, from two addresses, in two areas, and against a console that says
# whatever it likes (tests/lib/forge).
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 50
plant_start

# refused USER CODE REASON WORD...: by exit code, message, audit.
refused() {
	who=$1 code=$2 reason=$3
	shift 3
	as "$who" "$@" > "$dir/out" 2> "$dir/err"
	is $? "$code" "$who: $* is refused"
	ok 'with the reason' has "$dir/err" "$reason"
	ok 'and is in the audit' wait_for 10 audit_has "user = '$who' AND name LIKE '$2%'
	    AND result LIKE 'refused: %$reason%'"
}

refused vera 3 'needs setpoint in intake' set P-101A.sp 55 --confirm 55
refused vera 3 'needs operate in intake' do P-101A stop
is "$(record_count)" 0 'nothing of it reached the PLC'
as vera user list > /dev/null 2>&1
is $? 3 'nor may a viewer look at the users'

# Two addresses, one user
with='-b 127.0.0.1' && as olga set P-101A.sp 70 --confirm 70 > /dev/null
is $? 0 'an operator may, from one address'
with='-b 127.0.0.2' && as olga set P-101A.sp 60 --confirm 60 > /dev/null
is $? 0 'and from another'
ok 'as the PLC knows' record_has 6 100 19354
ok 'and once more' record_has 6 100 16589
is "$(sql record.db "SELECT count(DISTINCT substr(\"from\", 1, 9)) FROM audit
    WHERE user = 'olga' AND result = 'done'")" 2 'and the audit: from both'
refused vera 3 'needs setpoint in intake' set P-101A.sp 66 --confirm 66
with=

# Two areas
as felix set filter.interval 80 --confirm 80 > /dev/null
is $? 0 'felix may set in his area'
raised() { [ "$(sg alarms -o csv --no-header | grep -c '^filter.interval.H,')" = 1 ]; }
ok 'where an alarm comes' wait_for 10 raised
refused felix 3 'needs setpoint in clearwater' set site.target 4.1
refused felix 3 'needs operate in intake' do P-101A stop
was=$(record_count)
tell trip P-101A > /dev/null
tripped() { sg alarms -o csv --no-header | grep -q '^P-101A.FAIL,'; }
ok 'a pump trips outside of it' wait_for 10 tripped
refused felix 3 'needs acknowledge in intake' ack P-101A.FAIL
is "$(sg alarms -o csv --no-header | grep '^P-101A.FAIL,' | cut -d, -f3)" \
    unacknowledged 'it stays unacknowledged'
is "$(record_count)" "$was" 'and the PLC heard nothing'

# By screen: the same, with the reason on it
console screen vera
wait_screen screen P-101B
go screen P-101B 'Raw water pump B'
tried() {
	shows screen 'needs operate in intake' && return 0
	shows screen 'y yes' && keys screen y || keys screen w
	return 1
}
ok 'vera finds the reason on her screen' wait_for 10 tried
note "$(screen_of screen)"
ok 'and it is in the audit' wait_for 10 audit_has "user = 'vera'
    AND name = 'P-101B.start' AND result = 'refused: needs operate in intake'"
is "$(record_count)" "$was" 'the PLC heard nothing of it'
keys screen q q q y
# The record keeps the order
as vera user key list olga > /dev/null 2>&1
ok 'all of the screen is on record' wait_for 10 audit_has "user = 'vera'
    AND verb = 'user key list'"

# A console that says whatever it likes
rm "$programs/sightglass-console"
cp "$SG_BUILD/tests/lib/forge" "$programs/sightglass-console"
users() { sg user list -o csv --no-header | cut -d, -f1-8; }
before=$(users)
last=$(sql record.db 'SELECT max(seq) FROM audit')
ssh -F "$dir/ssh_config" -tt vera@plant 2> /dev/null < /dev/null |
    tr -d '\r' > "$dir/forged"
is "$(tail -n 1 "$dir/forged")" 'done' 'the forger came to its end'
lines() { grep -c "$@" "$dir/forged"; }
is "$(grep '^own ' "$dir/forged" | grep -v '^own 3 ' | cut -d' ' -f3 |
    sort -u)" view 'on its session all but looking is not allowed'
is "$(grep '^own 3 view' "$dir/forged")" '' 'looking is'
is "$(grep -c -E '^(mute|none|login|resume) (3|gone) ' \
    "$dir/forged")" $((4 * $(lines '^own '))) \
    'without a session of its own nothing is allowed'
ok 'its session cannot become another' \
    grep -q -E '^other (3|gone) ' "$dir/forged"
count() { sql record.db "SELECT count(*) FROM $1"; }
settled() { [ "$(count "audit WHERE verb = 'login'")" = 2 ]; }
ok 'the last of it is on record' wait_for 10 settled

is "$(count "audit WHERE seq > $last AND user = 'vera' AND verb <> 'login'
    AND result LIKE 'refused: needs %'")" "$(lines '^own 3 ')" \
    'each refusal of its own is in the audit'
is "$(count "audit WHERE seq > $last AND user = ''
    AND result = 'refused: nobody is logged in here'")" \
    "$(lines -e '^mute ' -e '^none ')" 'and each of nobody'
is "$(count "audit WHERE seq > $last AND user = 'vera' AND verb = 'login'
    AND name = 'olga' AND result LIKE 'refused: %'")" 1 \
    'and that it wanted to be olga'
is "$(count "events WHERE kind = 'login' AND result LIKE 'refused%'
    AND text = 'login refused' AND name = 'olga'")" "$(lines '^login ')" \
    'each login is in the journal'
is "$(count "events WHERE kind = 'login' AND result = 'refused'
    AND text = 'coming back refused'")" "$(lines '^resume ')" \
    'and each forged ticket'
is "$(count "audit a WHERE a.result = '' AND NOT EXISTS (SELECT 1 FROM audit b
    WHERE b.command = a.command AND b.result <> '')")" 0 \
    'every request has its result'
is "$(record_count)" "$was" 'no write of it is in the record'
is "$(users)" "$before" 'no user has changed'
is "$(sg control status -o csv --no-header | cut -d, -f1)" taken \
    'the server still has control'
is "$(sg alarms -o csv --no-header | grep '^filter.interval.H,' |
    cut -d, -f3)" unacknowledged 'the alarm is not acknowledged'
