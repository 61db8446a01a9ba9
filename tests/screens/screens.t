#!/bin/sh
# SPDX-License-Identifier: ISC
# Each shipped screen at 80x24 and 132x43 in UTF-8, ASCII and mono equals its
# golden, characters and meanings, drawn from a snapshot with every quality,
# alarm state and extreme; so do the other views. A second snapshot that
# differs in every value changes exactly the cells of the markers.
# GENERATE=1 writes the goldens anew: look at what changed before keeping it.
. "$SG_SRC/tests/lib/tap.sh"

golden=$SG_SRC/tests/screens/golden
troubled=$SG_SRC/tests/screens/troubled.snapshot
other=$SG_SRC/tests/screens/other.snapshot
screens='overview intake clarifier filtration dosing chlorination clearwater network power'
sizes='80x24 132x43'

render() { # VIEW SIZE SET SNAPSHOT [OTHER]
	"$SG_BUILD/tests/screens/render" "$SG_SRC/conf/riverside" "$@"
}

# golden NAME TITLE VIEW SIZE SET SNAPSHOT: what is drawn is as in the file.
golden() {
	name=$1 title=$2
	shift 2
	if ! render "$@" >"$dir/got" 2>"$dir/err"; then
		fail "$title"
		note "$(cat "$dir/err")"
		return
	fi
	[ -z "$GENERATE" ] || cp "$dir/got" "$golden/$name"
	if diff -u "$golden/$name" "$dir/got" >"$dir/diff"; then
		pass "$title"
	else
		fail "$title"
		note "$(head -40 "$dir/diff")"
	fi
}

plan 179

for screen in $screens; do
	for size in $sizes; do
		golden "$screen-$size-utf8" "$screen at $size in UTF-8" \
			"$screen" "$size" utf8 "$troubled"
		golden "$screen-$size-ascii" "$screen at $size in ASCII" \
			"$screen" "$size" ascii "$troubled"
		# mono takes colours away and nothing else
		GENERATE='' golden "$screen-$size-utf8" "$screen at $size in mono" \
			"$screen" "$size" mono "$troubled"
		ok "$screen at $size: other values change the markers, all and alone" \
			render "$screen" "$size" utf8 "$troubled" "$other"
		golden "$screen-$size-other" "$screen at $size with other values" \
			"$screen" "$size" utf8 "$other"
	done
done

not_ok 'no byte of the ASCII screens is anything else' \
	grep -qP '[^\x00-\x7f]' "$golden"/*-ascii

# From the screens one gets to all that stands in the plant. The glass is high
# enough for a whole faceplate.
cut -d, -f1 "$SG_SRC/conf/riverside/objects.csv" | sed 1d | sort >"$dir/objects"
reach() { # COLUMNS: every object, and all that it has, by Tab and Enter
	for screen in $screens; do
		render "reach:$screen" "$1x100" utf8 "$other"
	done >"$dir/reached" 2>&1
	sort -u "$dir/reached" | diff - "$dir/objects" >"$dir/diff"
}
for cols in 80 132; do
	ok "at $cols columns each object has a faceplate with all its signals" \
		reach $cols || note "$(cat "$dir/diff")"
done

for size in $sizes; do
	golden "alarms-$size" "the alarm list at $size" \
		alarms "$size" utf8 "$troubled"
	golden "alarm-$size" "an alarm with cause and action at $size" \
		alarm:LT-501.HH "$size" utf8 "$troubled"
	golden "object-$size" "a pump with what can be done at $size" \
		object:P-101A "$size" utf8 "$troubled"
	golden "no-data-$size" "no data at $size" \
		no-data:overview "$size" utf8 "$troubled"
	golden "help-$size" "help at $size" help "$size" utf8 "$troubled"
	golden "menu-$size" "menu at $size" menu "$size" utf8 "$troubled"
done
golden measure "a measurement between its limits" object:LT-501 80x24 utf8 "$troubled"
golden measure-ascii "a loop between its limits, in ASCII" \
	object:PIC-501 80x24 ascii "$troubled"
golden alarms-ascii 'the alarm list in ASCII' alarms 80x24 ascii "$troubled"
golden alarm-gone 'an alarm that is normal again' \
	alarm:LT-501.LL 80x24 utf8 "$troubled"
golden set 'a setpoint that is to be confirmed' \
	set:P-101A.sp 80x24 utf8 "$troubled"
golden set-retype 'a setpoint that is typed again' \
	set:D-501.sp 80x24 utf8 "$troubled"
golden do 'a command that is to be confirmed' \
	do:P-101A:0 80x24 utf8 "$troubled"
golden do-retype 'a command whose object is typed' \
	do:V-101:1 80x24 utf8 "$troubled"
golden locked-out 'a pump that is locked out' object:P-101B 80x24 utf8 "$other"
golden shelve 'how an alarm is shelved' act:0:LT-501.HH 80x24 utf8 "$troubled"
golden out-of-service 'how an alarm is taken out of service' \
	act:3:LT-501.HH 80x24 ascii "$troubled"
golden override 'how a value is overridden' \
	act:6:LT-501.pv 80x24 utf8 "$troubled"
golden lockout 'how an object is locked out' act:8:P-101A 80x24 utf8 "$troubled"
golden bypass 'how an interlock is bypassed' \
	act:11:P-101A.start 80x24 utf8 "$troubled"
golden bypass-end 'how that is ended' act:12:P-101A.start 80x24 utf8 "$other"
golden bypassed 'a pump with a bypassed interlock' \
	object:P-101A 80x24 utf8 "$other"
golden do-bypassed 'a command whose interlock is bypassed' \
	do:P-101A:0 80x24 utf8 "$other"
golden note 'how a note is written' act:10: 80x24 utf8 "$troubled"
golden page 'the question before a page is acknowledged' \
	page 80x24 utf8 "$troubled"
golden selected 'what is selected on a screen' \
	selected:clearwater 80x24 utf8 "$troubled"
golden small-40x12 'a window that is too small' \
	overview 40x12 utf8 "$troubled"
golden ascii-menu 'the menu in ASCII' menu 80x24 ascii "$troubled"
golden calm-alarms 'the alarm list with other alarms' \
	alarms 80x24 utf8 "$other"

for size in $sizes; do
	golden "trend-$size" "curves of two tags at $size" \
		"trend:LT-501.pv FT-501.pv" "$size" utf8 "$troubled"
done
golden trend-ascii 'curves in ASCII' \
	'trend:LT-501.pv AT-501.pv' 80x24 ascii "$troubled"

# German words are longer: none may be cut at 80 columns.
export SG_LANGUAGE=de
for view in trend:LT-501.pv overview alarms help menu page set:P-101A.sp set:D-501.sp \
	do:P-101A:0 do:V-101:1 alarm:LT-501.HH alarm:LT-501.LL object:P-101A \
	act:0:LT-501.HH act:3:LT-501.HH act:6:LT-501.pv act:8:P-101A act:11:P-101A.start \
	no-data:overview; do
	golden "de-$(echo "$view" | tr : -)" "$view in German" \
		"$view" 80x24 utf8 "$troubled"
done
for screen in $screens; do
	[ "$screen" = overview ] || golden "de-$screen" "$screen in German" \
		"$screen" 80x24 utf8 "$troubled"
done
golden de-alarms-132x43 'the alarm list at 132x43 in German' \
	alarms 132x43 utf8 "$troubled"
golden de-bypassed 'a pump with a bypassed interlock in German' \
	object:P-101A 80x24 utf8 "$other"
unset SG_LANGUAGE

"$SG_BUILD/tests/screens/render" keys >"$dir/keys"
sed -n '/^\.\\" keys$/,/^\.\\" end$/p' "$SG_SRC/man/sightglass-console.1" |
	sed '1d;$d' >"$dir/told"
ok 'sightglass-console.1 tells every key' diff -u "$dir/told" "$dir/keys"

preview() { "$SG_BUILD/sightglass-console" --preview "$@" 2>&1; }
screen=$SG_SRC/conf/riverside/screens/clearwater.screen
ok 'a preview is as tall as the body' \
	test "$(preview "$screen" --size 132x43 | wc -l)" = 36
cp -r "$SG_SRC/conf/riverside" "$dir/project"
chmod -R u+w "$dir/project"
sed 's/LT-501.pv/LT-509.pv/' "$screen" >"$dir/project/screens/broken.screen"
ok 'a preview of a broken screen says where' sh -c '
	"$0" --preview "$1" --project "$2" 2>&1 | grep -q "broken.screen:[0-9]*:[0-9]*: error: unknown tag"' \
	"$SG_BUILD/sightglass-console" "$dir/project/screens/broken.screen" \
	"$SG_SRC/conf/riverside"

# screen check and screen preview: the same by the command line's words
sg() { "$SG_BUILD/sightglass" "$@" >"$dir/out" 2>"$dir/err"; }
bad=$dir/project/screens/broken.screen
sg screen check "$SG_SRC"/conf/riverside/screens/*.screen
is "$? $(cat "$dir/out")" '0 0 errors, 0 warnings' \
	'screen check finds nothing in what is shipped'
sg screen check "$bad"
is $? 1 'and ends with 1 where it does'
ok 'it says file, line and column, and the nearest tag' grep -q \
	"^$bad:[0-9]*:[0-9]*: error: unknown tag \"LT-509.pv\"; did you mean" "$dir/out"
ok 'a screen is told when its name is another one' grep -q \
	'must stand in screens/clearwater.screen' "$dir/out"
sg screen check "$bad" "$screen" -o csv
is "$(head -n 1 "$dir/out")" 'file,line,column,severity,text' \
	'rows for programs'
not_ok 'what is good is not in them' grep -q "^$screen" "$dir/out"
sg screen check - --project "$SG_SRC/conf/riverside" <"$bad"
ok 'a screen from elsewhere is checked as if it stood there' grep -q \
	'^standard input:[0-9]*:[0-9]*: error: unknown tag' "$dir/out"
sg screen check - <"$bad"
is "$? $(cat "$dir/err")" '0 sightglass: standard input: no project: the names in it were not looked up' \
	'without a project only the form is, and that is said'
sg screen check "$dir/none.screen"
is $? 4 'a file that is not there is said to be so'
head -c 300000 /dev/zero >"$dir/long.screen"
sg screen check "$dir/long.screen"
is "$? $(sed 's/.*: //' "$dir/err")" '4 more than 262144 bytes' \
	'of one that is too long it is said what is allowed'
printf '@screen \033[31mx level 2\n\033]0;t\007 = 1;\n@art 9x1\n \233m{q}\n@end\n@bind\n\033[2J = { tile = "\033c"; };\n@end\n@\033[5m\n' >"$dir/sly.screen"
sg screen check "$dir/sly.screen" --project "$dir/project"
is "$? $(cat "$dir/out" "$dir/err" | LC_ALL=C tr -d '\n -~\200-\377' | wc -c)" '1 0' \
	'what stands in a file reaches no terminal as a sequence'
printf 'format = 2;\n' >>"$dir/project/plant.conf"
sg screen check "$dir/project/screens/power.screen"
is "$? $(sed 's/.*: its project has [0-9]*/N/' "$dir/err")" '0 N other errors' \
	'other errors of the project are counted, not hidden'
sg screen preview "$screen" --size 132x43
preview "$screen" --size 132x43 >"$dir/same"
ok 'screen preview draws what the console does' \
	diff -u "$dir/same" "$dir/out"
sg screen preview "$screen" --ascii
not_ok 'in ASCII if wished' grep -qP '[^\x00-\x7f]' "$dir/out"
sg screen preview "$bad" --project "$SG_SRC/conf/riverside"
is $? 1 'a screen with errors has no preview'
sg screen preview "$screen" --size big
is $? 2 'a size is WIDTHxHEIGHT'
