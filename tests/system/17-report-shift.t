#!/bin/sh
# SPDX-License-Identifier: ISC
# report shift, with figures worked out by hand: the night in which the clock
# goes back, levels over a gap and a bad span, a pump, a flow, alarms; the same
# on a second run, locally and over ssh, as csv, json and text.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 57
plant_start
sg -q user role anna +shift-leader > /dev/null || bail 'no role'
server_stop

# The night from the last Saturday of an October to its Sunday: in Berlin it
# has nine hours, from 20:00 to 05:00 UTC.
year=$(($(date -u +%Y) - 1))
for day in 25 26 27 28 29 30 31; do
	[ "$(date -u -d "$year-10-$day" +%u)" = 7 ] && sunday=$year-10-$day
done
saturday=$(date -u -d "$sunday -1 day" +%F)
from=${saturday}T20:00:00Z to=${sunday}T05:00:00Z
utc_ms() { date -u -d "$1" +%s%3N; }

# LT-501: 2 m for 2 h, bad for 1 h, 4 m for 2 h, 5 m for 2 h (of them one in
# the hour that there is twice), unknown for 1 h, 3 m for 1 h: of 9 h 7 are
# good, with 2*2 + 2*4 + 2*5 + 1*3 = 25 m h.
# FT-501: 360 m3/h for 6 h, 180 m3/h for 3 h: 2700 m3.
# P-501A: on until 20:30, from 21:00 to 22:30, and from 00:30 to 03:30: 5 h,
# and two starts in the night.
# LT-101: 1.5 m since the evening, and nothing new: for all of the time.
# TT-101: good for 8.5 of 9 h, which is 94.4 %; AT-501: for 8 h 33 min, 95 %.
# FT-501.total, in BCD with 8 digits: 99,998,900 m3 when the night begins; at
# 23:00 the server is gone for two hours, in which the counter goes round, and
# stands at 500 then; 900 at 04:00: 2000 m3, all of it known. FT-401.total is
# not read from 19:30 until 21:00, when it has counted 60 m3: the first hour of
# the night is not covered, but nothing is lost. FT-601.total is set back to 0
# at 01:00, after 300 m3, and counts another 200.
bring() {	# TAG TIME VALUE QUALITY [CAUSE], as they were measured
	{
		echo tag,time,value,quality,cause,flags
		while read -r tag time value quality cause; do
			echo "$tag,$time,$value,${quality:-good},$cause,"
		done
	} | sg store import "$dir/state" -o csv --no-header > "$dir/out" \
	    2> "$dir/err" && grep -q ',0$' "$dir/out" ||
	    bail "import: $(cat "$dir/out" "$dir/err")"
}
bring <<-END
	P-501A.run ${saturday}T18:00:00Z true
	P-501A.run ${saturday}T20:30:00Z false
	P-501A.run ${saturday}T21:00:00Z true
	P-501A.run ${saturday}T22:30:00Z false
	P-501A.run ${sunday}T00:30:00Z true
	P-501A.run ${sunday}T03:30:00Z false
	P-501A.run ${sunday}T09:00:00Z false
	FT-501.pv ${saturday}T19:00:00Z 360
	FT-501.pv ${sunday}T02:00:00Z 180
	FT-501.pv ${sunday}T09:00:00Z 180
	LT-101.pv ${saturday}T17:00:00Z 1.5
	LT-101.pv ${sunday}T09:00:00Z 1.5
	TT-101.pv ${saturday}T19:00:00Z 10
	TT-101.pv ${saturday}T22:00:00Z 10 bad device
	TT-101.pv ${saturday}T22:30:00Z 20
	TT-101.pv ${sunday}T09:00:00Z 20
	AT-501.pv ${saturday}T19:00:00Z 0.5
	AT-501.pv ${saturday}T22:00:00Z 0.5 uncertain range
	AT-501.pv ${saturday}T22:27:00Z 0.5
	AT-501.pv ${sunday}T09:00:00Z 0.5
END
# Behind the last time of an import nothing is known: a gap
bring <<-END
	LT-501.pv ${saturday}T19:00:00Z 2
	LT-501.pv ${saturday}T22:00:00Z 2 bad comm
	LT-501.pv ${saturday}T23:00:00Z 4
	LT-501.pv ${sunday}T01:00:00Z 5
	LT-501.pv ${sunday}T03:00:00Z 5
END
bring <<-END
	LT-501.pv ${sunday}T04:00:00Z 3
	LT-501.pv ${sunday}T09:00:00Z 3
END

bring <<-END
	FT-401.total ${saturday}T19:00:00Z 700
	FT-401.total ${saturday}T19:30:00Z 720
END
bring <<-END
	FT-501.total ${saturday}T19:00:00Z 99998800
	FT-501.total ${saturday}T19:59:00Z 99998900
	FT-501.total ${saturday}T22:00:00Z 99999600
	FT-501.total ${saturday}T23:00:00Z 99999900
	FT-601.total ${saturday}T19:00:00Z 5000
	FT-601.total ${saturday}T23:00:00Z 5300
END
bring <<-END
	FT-501.total ${sunday}T01:00:00Z 500
	FT-501.total ${sunday}T04:00:00Z 900
	FT-501.total ${sunday}T09:00:00Z 1500
	FT-401.total ${saturday}T21:00:00Z 780
	FT-401.total ${sunday}T04:30:00Z 800
	FT-401.total ${sunday}T09:00:00Z 900
	FT-601.total ${sunday}T01:00:00Z 0
	FT-601.total ${sunday}T03:00:00Z 200
	FT-601.total ${sunday}T09:00:00Z 700
END

# P-101A.FAIL came at 21:00 and went at 22:00, and came and went again: 2,
# the longest for an hour. LT-501.H came before the night and went at 23:00:
# none came, the longest stood for three hours of it. plc1.COMM came at 04:30
# and went when the night was over.
row() {	# SEQ TIME KIND AREA NAME OLD NEW [USER [RESULT]]
	echo "INSERT INTO events(seq, time, mono_ms, kind, area, name, text, user,
	    station, old, new, result, occurrence, priority, value, cause,
	    command) VALUES($1, $(utc_ms "$2"), 0, '$3', '$4', '$5', '', '${8:-}', '',
	    '$6', '$7', '${9:-}', 1, 2, '', '', 0);"
}
{
	echo 'DELETE FROM events; BEGIN;'
	row 1 "${saturday}T21:00:00Z" alarm intake P-101A.FAIL normal unacknowledged
	row 2 "${saturday}T21:10:00Z" alarm intake P-101A.FAIL unacknowledged acknowledged olga
	row 3 "${saturday}T21:30:00.250Z" command intake P-101B.start STOP RUN olga done
	row 4 "${saturday}T22:00:00Z" alarm intake P-101A.FAIL acknowledged normal
	row 5 "${saturday}T22:30:00Z" alarm intake P-101A.FAIL normal unacknowledged
	row 6 "${saturday}T22:40:00Z" alarm intake P-101A.FAIL unacknowledged returned
	row 7 "${saturday}T23:00:00Z" alarm clearwater LT-501.H acknowledged normal
	row 8 "${sunday}T04:30:00Z" alarm system plc1.COMM normal unacknowledged
	row 9 "${sunday}T05:00:00Z" command intake P-101B.stop RUN STOP olga done
	row 10 "${sunday}T06:00:00Z" alarm system plc1.COMM unacknowledged returned
	echo 'COMMIT;'
} | sqlite3 "$dir/state/record.db" || bail 'no events'
plant_server

night() { as sven report shift --date "$saturday" --shift night "$@"; }
night -o csv > "$dir/csv" 2> "$dir/err" || bail "report: $(cat "$dir/err")"
is "$(head -n 1 "$dir/csv")" \
    report,from,to,area,section,name,unit,key,value,good 'the columns'
is "$(cut -d, -f1-3 "$dir/csv" | sed 1d | sort -u)" \
    "shift,$(echo "$from" | sed 's/Z/.000Z/'),$(echo "$to" | sed 's/Z/.000Z/')" \
    'all figures are of this night'
figure() {	# SECTION NAME KEY: value and share, to six digits
	awk -F , -v s="$1" -v n="$2" -v k="$3" '
	$5 == s && $6 == n && $8 == k {
		if ($9 ~ /^[0-9.]+$/)
			$9 = sprintf("%.6g", $9)
		if ($10 != "")
			$10 = sprintf("%.6g", $10)
		print $9, $10, $7
	}' "$dir/csv"
}
is "$(figure period night length)" '9  h' 'it has nine hours'
is "$(figure period night date)" "$saturday  " 'and is of the Saturday'
is "$(figure period night complete)" 'true  ' 'and is complete'
is "$(figure values LT-501.pv avg)" '3.57143 0.777778 m' \
    'the mean counts good time alone: 25 m h in 7 h'
is "$(figure values LT-501.pv min)" '2 0.777778 m' 'the lowest'
is "$(figure values LT-501.pv max)" '5 0.777778 m' 'the highest'
is "$(figure values LT-501.pv last)" '3 0.777778 m' 'the last'
is "$(figure values LT-501.pv good)" '0.777778 0.777778 ' 'their share'
is "$(figure values LT-101.pv avg)" '1.5 1 m' \
    'what did not change was so all the time'
is "$(figure values LT-502.pv avg)" ' 0 m' 'what is not known has no figure'
is "$(figure values TT-101.pv avg)" '17.6471 0.944444 °C' \
    'two good hours at 10 and six and a half at 20'
is "$(figure values AT-501.pv avg)" '0.5 0.95 mg/l' \
    'uncertain is not good'
is "$(figure totals FT-501.pv total)" '2700 1 m3' '6 x 360 and 3 x 180 m3'
is "$(figure totals FT-501.total total)" '2000 1 m3' \
    'a counter knows what it counted in two hours without a server'
is "$(figure totals FT-401.total total)" '80 0.888889 m3' \
    'not lost over the edge of the night, but an hour is not covered'
is "$(figure totals FT-601.total total)" '500 0.777778 m3' \
    'set back in two hours of silence: what is known of it'
is "$(figure totals FT-601.total flags)" 'reset  ' 'and that it was'
is "$(figure totals FT-501.total flags)" '' 'the one that went round was not'
is "$(figure totals FT-301.total total)" ' 0 m3' 'none was read: no total'
is "$(figure totals FT-101.pv total)" ' 0 m3' 'no total of nothing'
is "$(figure hours P-501A.run hours)" '5 1 h' 'half, one and a half, three hours'
is "$(figure hours P-501A.run starts)" '2 1 ' \
    'and two starts: it ran when the night began'
is "$(figure alarms high count)" '2  ' 'two alarms of high priority came'
is "$(figure alarms high longest)" '3600  s' 'one for an hour'
is "$(figure alarms high standing)" '0  ' 'none was there in the end'
is "$(figure alarms medium count)" '1  ' 'one of medium priority'
is "$(figure alarms medium standing)" '1  ' 'was there in the end'
is "$(figure alarms medium longest)" '10800  s' \
    'another was there since the evening, for three hours of the night'
is "$(figure alarms critical count)" '0  ' 'no critical one is said, too'
is "$(figure actions 'P-101B.start#3' time)" "${saturday}T21:30:00.250Z  " \
    'what was done, when'
is "$(figure actions 'P-101B.start#3' user) $(figure actions 'P-101B.start#3' result)" \
    'olga   done  ' 'by whom, with which result'
is "$(figure actions 'P-101A.FAIL#2' new)" 'acknowledged  ' \
    'an acknowledgement is an action'
is "$(grep -c 'P-101B.stop#9' "$dir/csv")" 0 \
    'what was done when the night was over is not of it'

# The same again, elsewhere, in other forms
night -o csv > "$dir/again"
ok 'a second run says the same' cmp -s "$dir/csv" "$dir/again"
sg report shift --date "$saturday" --shift night -o csv > "$dir/local"
ok 'so does the machine itself' cmp -s "$dir/csv" "$dir/local"
night -o jsonl | sed 's/^{"report"://; s/,"[a-z]*":/,/g; s/}$//; s/"//g
    s/null//g' > "$dir/jsonl"
sed 1d "$dir/csv" > "$dir/rows"
ok 'csv and json say the same' cmp -s "$dir/rows" "$dir/jsonl"
night > "$dir/text"
sg report shift --date "$saturday" --shift night > "$dir/local"
ok 'text is the same everywhere' cmp -s "$dir/text" "$dir/local"
has_line() { grep -qxF -- "$1" "$dir/text" || { note "$(cat "$dir/text")"; false; }; }
ok 'it says which night, how long, and that it is complete' has_line \
    "$saturday 22:00:00 - $sunday 06:00:00  9 h  complete"
line_of() { grep "^  $1 " "$dir/text" | tr -s ' '; }
is "$(line_of LT-501.pv)" \
    ' LT-501.pv Clear water level m 3.57* 2.00* 5.00* 3.00* 77.7 %*' \
    'what holds for less than 95 % is starred'
is "$(line_of AT-501.pv)" ' AT-501.pv Free chlorine mg/l 0.50 0.50 0.50 95.0 %' \
    'what holds for just 95 % is not'
is "$(line_of FT-501.total)" ' FT-501.total Flow to the town m3 2000' \
    'nor has a counter that lost nothing'
is "$(line_of FT-401.total)" \
    ' FT-401.total Flow into the drain m3 80*' 'the one with the open edge has'
is "$(line_of FT-601.total)" ' FT-601.total Flow into the hill reservoir m3 500* set back or jumped' \
    'the one that was set back says so'
is "$(line_of FT-501.pv)" ' FT-501.pv Flow to the town m3 2700' 'no star'

# Two nights after each other lose nothing
counted() { sg history FT-401.total --since "$1" --until "$2" --every 2d \
    --show counted -o csv --no-header | cut -d, -f4; }
is "$(counted "${saturday}T19:00:00Z" "${saturday}T20:00:00Z") $(counted "${saturday}T20:00:00Z" "${sunday}T06:00:00Z")" \
    '20 80' 'the hour before has counted its part'
is "$(counted "${saturday}T19:00:00Z" "${sunday}T06:00:00Z")" 100 \
    'both together what both have counted'

# Other nights, days and words
is "$(as sven report day --date "$sunday" -o csv | grep -c ',length,25,')" 1 \
    'the Sunday has 25 hours'
as olga report shift > "$dir/out" 2>&1
is "$? $(cat "$dir/out")" '3 sightglass: refused: needs report' \
    'an operator has no right to reports'
as sven report shfit > "$dir/out" 2>&1
is "$? $(cat "$dir/out")" '4 sightglass: no report "shfit"; did you mean "shift"?; there are alarms, day, shift' \
    'an unknown name is answered with those that there are'
as sven report shift --date "$(date -d '+3 days' +%F)" > "$dir/out" 2>&1
is $? 1 'what has not begun is no rows'

# On a screen
console sven sven 132x43
wait_screen sven Overview || note_screen sven
go sven "report shift $saturday night" '3.57*' || note_screen sven
ok 'a console shows the same text' wait_screen sven '77.7 %*'
ok 'with its night' wait_screen sven "$saturday 22:00:00 - $sunday 06:00:00  9 h"
keys sven End
ok 'to its end' wait_screen sven '* the share of good time is below 95 %'
ok 'and the last shift by a key' press sven R 'Shift report' Overview
console olga olga
wait_screen olga Overview
ok 'an operator has no right to it there either' go olga report 'needs report'
