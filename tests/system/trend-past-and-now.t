#!/bin/sh
# SPDX-License-Identifier: ISC
# Curves: what was logged and what comes in are one, on a console that has
# just come as on one that was there; a time without good values is a gap on
# both, never a line; back and forth in time, values at the cursor.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 22
plant_start
# The columns of a console's graph as one line: C a curve, ? bad, - nothing.
# Consoles draw in ASCII here (:ascii), the cursor is not shown meanwhile.
columns() {
	screen_of "$1" | awk 'NR < 5 { next } /^ *[+][-+?]/ { exit }
		{ row = sprintf("%-80s", $0)
		  for (c = 10; c <= 80; c++) {
			x = substr(row, c, 1); last[c] = x
			if (index(".-|" "\047", x)) curve[c] = 1 } }
		END { for (c = 10; c <= 80; c++)
			printf "%s", curve[c] ? "C" : last[c] == "?" ? "?" : "-" }'
}
like() { shows "$1" Trend && columns "$1" | grep -qE "$2"; }
good() { [ "$(quality_of LT-501.pv)" = good ]; }
bad() { [ "$(quality_of LT-501.pv)" = bad ]; }

console olga olga
wait_screen olga Overview
go olga ascii 'Overview'
seen olga 'curves by name' go olga 'trend LT-501.pv FT-501.pv' 'Trend  60 min'
keys olga + + + + +
seen olga 'zoomed to a minute' wait_screen olga 'Trend  60 s'
seen olga 'what comes in is drawn' wait_for 20 like olga 'C{4,}'
tell fault plc1 silent for 60s > /dev/null
ok 'the PLC is silent' wait_for 10 bad
gap=$(date +%s)
five() { [ $(($(date +%s) - gap)) -ge 5 ]; }
ok 'for a while' wait_for 10 five
tell fault plc1 off > /dev/null
ok 'and answers again' wait_for 20 good
seen olga 'the time between is a gap' wait_for 20 like olga 'CC\?{3,}C{3,}'
console sven sven
wait_screen sven Overview
go sven ascii 'Overview'
go sven 'trend LT-501.pv' 'Trend'
keys sven + + + + +
seen sven 'who has just come sees the same' wait_for 20 like sven 'CC\?{3,}C{3,}'
seen sven 'and before the start nothing' like sven '^\?'

# Back and forth
seen sven 'back in time' press sven PPage 'Trend  60 s  past'
seen sven 'stands still' shows_not sven '.. now'
keys sven PPage PPage
seen sven 'before the start there is nothing' wait_for 10 like sven '^\?{71}$'
keys sven l
seen sven 'and now again' wait_screen sven '.. now'

# The cursor says what the history says
as vera history LT-501.pv --since -5s -o csv --no-header | tail -n 1 |
    cut -d, -f3 > "$dir/value"
keys sven Left Left
at_cursor() { screen_of sven | grep '^>1 LT-501.pv' | grep -oE '[0-9]+\.[0-9]+' | tail -n 1; }
near() { awk -v a="$(at_cursor)" -v b="$(cat "$dir/value")" \
    'BEGIN { exit !(a != "" && a - b < 0.05 && b - a < 0.05) }'; }
dated() { screen_of sven | sed -n 4p | grep -qE 'now .* [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} *$'; }
seen sven 'a cursor has its time' wait_for 10 dated
seen sven 'the value at the cursor is that of the history' wait_for 10 near
# What is selected, and where there is nothing
keys olga q
seen olga 'of an object' go olga P-101A 'START'
keys olga t
seen olga 'its main value and setpoint' wait_screen olga 'P-101A.sp'
seen olga 'with their titles' wait_screen olga 'Speed setpoint'
keys olga q q
seen olga 'back on the screen' wait_screen olga 'Overview  L1'
keys olga Tab
seen olga 'of what is selected on a screen' press olga t 'zoom'
go olga ascii zoom
keys olga g g
seen olga 'with lines' wait_screen olga '─────'
seen olga 'and in German' go olga 'language de' 'Zoom'
