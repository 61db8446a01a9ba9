#!/bin/sh
# SPDX-License-Identifier: ISC
# The list of events on a screen: it goes on by itself, goes back into the
# past page by page, and shows what was asked for: kinds, area, time, text.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 33
plant_start

body_has() { screen_of "$1" | sed -n 4,22p | grep -qF -- "$2"; }
body_lacks() { ! body_has "$1" "$2"; }

first=$(sg events -n 1 -o csv --no-header | cut -d, -f1)
ok 'an event has a number' test "$first" -gt 0
tell trip P-101B > /dev/null
ok 'a pump trips' wait_for 10 alarm_is P-101B.FAIL unacknowledged
as olga set P-101A.sp 60 --confirm 60 > /dev/null 2>&1
# what was refused is told before it is on the disk
is_after() {
	[ "$(sg events --after "$first" --kind command -o csv --no-header |
	    cut -d, -f3,5 | sort -u)" = "$1" ]
}
ok 'pages go on after a number' wait_for 10 is_after command,P-101A.sp
is "$(sg events --before "$((first + 1))" -n 1 -o csv --no-header |
    cut -d, -f1)" "$first" 'and end before one'
sg events --before 1 > /dev/null 2>&1
is $? 1 'nothing is before the first'
sg events --after x 2> "$dir/err"
is $? 2 'a number is a number'

console olga olga
wait_screen olga Overview
keys olga e
seen olga 'the list begins with the newest' wait_screen olga 'P-101A.sp'
seen olga 'and the alarm is there' body_has olga 'P-101B.FAIL'
marked() { screen_of olga | grep -q 'P-101B.FAIL  *Pump tripped  *UNA'; }
seen olga 'with all of its text, and its mark' wait_for 5 marked
as olga set P-101A.sp 70 --confirm 70 > /dev/null 2>&1
newest() { screen_of olga | sed -n 5,9p | grep -q "P-101A.sp.* 70 "; }
seen olga 'what happens comes by itself' wait_for 10 newest

seen olga 'only alarms' go olga 'events alarm' 'Events  alarm'
seen olga 'no commands then' wait_for 10 body_lacks olga 'P-101A.sp'
seen olga 'only an area and a time' go olga 'events command intake -1h' 'command  intake  -1h..'
seen olga 'with its commands' wait_for 10 body_has olga 'P-101A.sp'
ok 'and nothing else' body_lacks olga 'P-101B.FAIL'
seen olga 'an area that is not there is refused' go olga 'events nowhere' 'no area nowhere'
keys olga F
seen olga 'the same with a form' wait_screen olga 'Which events'
keys olga BSpace BSpace BSpace BSpace BSpace BSpace BSpace
type_in olga 'login'
keys olga Tab BSpace BSpace BSpace BSpace BSpace BSpace BSpace Enter
seen olga 'that says logins' wait_screen olga 'Events  login'
seen olga 'shows them' wait_screen olga 'logged in'
keys olga /
type_in olga emma
seen olga 'of what was fetched' wait_screen olga '/emma'
keys olga Enter

# A script that calls again and again does not fill the list
logins() {
	sg events --since -1h --kind login -o csv --no-header |
	    grep -c ",vera,$1"
}
for n in 1 2 3 4; do
	as vera get LT-501.pv > "$dir/get" 2>&1 || note "$(cat "$dir/get")"
done
is "$(logins 'logged in'),$(logins 'logged out')" 1,0 \
    'four calls of one user are told once'
console calling vera
wait_screen calling vera/viewer || note_screen calling
logs_in() { [ "$(logins 'logged in')" = 2 ]; }
ok 'a console is told each time' wait_for 10 logs_in
kill "$(client_pid calling)"
logs_out() { [ "$(logins 'logged out')" = 1 ]; }
ok 'and its end' wait_for 10 logs_out

# What a person wrote is nobody's sentence
as olga note restart > /dev/null 2>&1 || note 'no note'
as olga note P-101A gone > /dev/null 2>&1 || note 'no note'

# Another language, the same list
seen olga 'in German, too' go olga 'language de' 'Anmeldung'
seen olga 'with its filter' wait_screen olga 'Ereignisse  Anmeldung'
seen olga 'and what a person wrote as it was written' \
    go olga 'events note' ' restart'
ok 'every word of it' body_has olga ' gone'

# The past, page by page: more notes than are fetched at once
sg -q user role anna +operator > /dev/null
i=1
while [ $i -le 310 ]; do
	sg -q note "page $i of the past" > /dev/null || break
	i=$((i + 1))
done
is $i 311 'a long past'
console vera vera
wait_screen vera Overview
keys vera e
seen vera 'the newest page begins with the last' wait_screen vera 'page 310 of'
seen vera 'and does not hold everything' wait_screen vera '300 rows+'
keys vera G
seen vera 'at its end' wait_gone vera 'page 310 of'
fetched() { screen_of vera | head -n 1 | sed -n 's/.* \([0-9]*\) rows .*/\1/p' | awk '{ exit !($1 > 305) }'; }
seen vera 'what was before is fetched' wait_for 10 fetched
oldest() { keys vera G && wait_for 1 body_has vera "$1"; }
seen vera 'up to the first start of the server' wait_for 10 oldest 'started'
