#!/bin/sh
# SPDX-License-Identifier: ISC
# 32 real ssh clients of three users, each on another screen, eight of them in
# curves, and four reports running: what the PLC changes and what one operator
# does is on all screens that show it, none is disconnected, and after the
# logout nothing of them is left.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
server_lines='ssh = { sessions = 64; sessions_per_user = 32; };'
plant_start

#
# Who sits where: NAME USER PLACE TEXT-ON-IT
#
objects='P-101A LIC-501 PIC-501 V-101 SC-101 P-101B LT-101 FT-101 AT-101 LV-501
    LT-501 P-501A P-501B P-501C FT-501 D-501 AT-501 AT-502'
curves='LT-501.pv LT-101.pv FT-101.pv FT-501.pv AT-101.pv AT-501.pv AT-502.pv
    PIC-501.pv'
{
	for object in $objects; do echo "$object ── $object ──"; done
	echo 'overview Overview'
	echo 'intake Raw water intake'
	echo 'clearwater Clear water'
	echo 'clarifier Clarifier'
	echo 'filtration Filtration'
	echo 'dosing Dosing'
	for tag in $curves; do echo "trend=$tag $tag"; done
} | awk '{ split("olga sven emma", user, " ");	# emma gives no setpoints
	printf "c%02d %s %s\n", NR, user[NR <= 3 ? NR % 2 + 1 : NR % 3 + 1],
	    $0 }' > "$dir/places"
while read -r name user place text; do
	console "$name" "$user"
done < "$dir/places"
everyone=$(cut -d' ' -f1 "$dir/places")
clients=$(echo "$everyone" | wc -w)

# all TEST...: true for each console; the first for which it is not is noted.
all() {
	for name in $everyone; do
		wait_for 10 "$@" "$name" || { note_screen "$name"; return 1; }
	done
}
logged_in() { screen_of "$1" | head -n 1 | grep -q '/1 PLC\|PLC '; }
ok "$clients clients log in" all logged_in
go_all() {
	while read -r name user place text; do
		go "$name" "$(echo "$place" | tr = ' ')" "$text" || { note_screen "$name"; return 1; }
	done < "$dir/places"
}
ok 'and each goes to another screen' go_all
pids() { console_pids | sort; }
pids > "$dir/consoles"
is "$(wc -l < "$dir/consoles" | tr -d ' ')" "$clients" \
    'each has a process of its own'
is "$(sg session list -o csv --no-header | grep -c ',127.0.0.1')" "$clients" \
    'and is in the list of sessions'

# at PLACE: the console that is there.
at() { awk -v place="$1" '$3 == place { print $1 }' "$dir/places"; }
# on PLACE PATTERN: what stands there after a blank.
on() { screen_of "$(at "$1")" | grep -Eq -- "$2"; }
on_both() { wait_for 10 on "$1" "$3" && wait_for 10 on "$2" "$3"; }

#
# Ten registers
#
while read -r signal raw sheet pattern screen wide; do
	tell force "$signal" "$raw" > /dev/null
	ok "$signal = $raw is on its sheet" wait_for 10 on "$sheet" "$pattern"
	ok "and on the screen $screen" wait_for 10 on "$screen" "$wide"
	tell force "$signal" off > /dev/null
done <<'END'
LT-501.pv 3.33 LT-501 pv.*3\.33.m overview LT-501.*3\.33.m
LT-101.pv 2.22 LT-101 pv.*2\.22.m overview LT-101.*2\.22.m
FT-101.pv 333 FT-101 pv.*333.m3/h overview FT-101.*333.m3/h
FT-501.pv 444 FT-501 pv.*444.m3/h overview FT-501.*444.m3/h
AT-101.pv 7.7 AT-101 pv.*7\.7.NTU overview AT-101.*7\.7.NTU
AT-501.pv 0.44 AT-501 pv.*0\.44.mg/l clearwater AT-501.*0\.44.mg/l
AT-502.pv 0.123 AT-502 pv.*0\.123.NTU clearwater AT-502.*0\.123.NTU
P-101A.speed 66 P-101A speed.*66.% overview P-101A.*66.%
P-501A.speed 77 P-501A speed.*77.% overview P-501A.*77.%
LV-501.position 55 LV-501 position.*55.% overview LV-501.*55.%
END

# The curve of a value that was forced for a moment has been there.
curve() {
	screen_of "$(at "trend=$1")" > "$dir/curve"
	grep -q "^>1 $1 " "$dir/curve" &&
	    LC_ALL=C grep -q "$(printf '\342[\240-\243][\201-\277]')" \
		"$dir/curve"
}
for tag in $curves; do
	ok "the curve of $tag has its value" wait_for 10 curve "$tag"
done

# Four reports are worked out meanwhile, again and again.
reports() {
	until [ -e "$dir/end" ]; do
		as sven report "$1" -o csv > "$dir/report.$2" 2>&1 ||
		    echo "$1: $? $(tail -n 1 "$dir/report.$2")" \
			>> "$dir/report.failed"
		echo >> "$dir/report.count.$2"
	done
}
for n in 1 2 3 4; do
	case $n in 1 | 3) report=shift ;; 2) report=day ;; 4) report=alarms ;; esac
	reports $report $n < /dev/null &
	others="$others $!"
done

#
# Three alarms: each in all banners, and acknowledged by another user.
#
unacknowledged() { screen_of "$2" | sed -n 2,3p | grep -q "UNA.*$1"; }
acknowledged() { logged_in "$2" && ! unacknowledged "$1" "$2"; }
for trip in 'P-101B olga' 'D-501 sven' 'SC-101 olga'; do
	object=${trip% *} user=${trip#* }
	tell trip "$object" > /dev/null
	ok "$object.FAIL is in the banner of all" all unacknowledged "$object.FAIL"
	is "$(as "$user" ack "$object.FAIL" -o csv --no-header | cut -d, -f1,4)" \
	    "$object.FAIL#1,done" "$user acknowledges it"
	ok 'and it is on all' all acknowledged "$object.FAIL"
done

#
# Three setpoints by three screens, on all that show them, with who did it.
#
while read -r sheet downs value shown other pattern; do
	name=$(at "$sheet")
	[ "$downs" = - ] || keys "$name" Down Down Down
	press "$name" w 'allowed' && type_in "$name" "$value" &&
	    wait_screen "$name" "[$value " &&
	    press "$name" Enter "Write $value" 'Enter send'
	ok "$sheet.sp = $value is given at the sheet" \
	    press "$name" y "$sheet.sp -> $value: done" 'y yes' ||
	    note_screen "$name"
	ok 'and stands on it' wait_for 10 on "$sheet" "sp  .*$shown" ||
	    note_screen "$name"
	ok "and on the screen $other" wait_for 10 on "$other" "$pattern"
done <<'END'
P-101A 3 71 71.% intake P-101A.*71.%
LIC-501 - 4.1 4\.10.m clearwater 4\.10.m
PIC-501 - 5.1 5\.10.bar clearwater 5\.10.bar
END

: > "$dir/end"
# shellcheck disable=SC2086
wait $others
others=
reported() { [ -s "$dir/report.count.4" ] && [ ! -e "$dir/report.failed" ]; }
ok 'four reports were worked out meanwhile, none failed' reported ||
    note "$(head -n 3 "$dir/report.failed" 2>&1)"
is "$(cmp "$dir/report.1" "$dir/report.3" 2>&1)" '' 'the same twice is the same'
pids > "$dir/consoles.after"
is "$(cat "$dir/consoles.after")" "$(cat "$dir/consoles")" \
    'none was disconnected, none died'

#
# Away
#
for name in $everyone; do
	mux kill-session -t "$name"
done
none_left() { [ -z "$(console_pids)" ]; }
ok 'after the logout no console is left' wait_for 10 none_left
no_session() { [ -z "$(sg session list -o csv --no-header | grep ',127.0.0.1')" ]; }
ok 'no session' wait_for 10 no_session
connections() { pgrep -f "sightglass-sshd .* $dir/" | grep -vx "$(child ssh)"; }
no_connection() { [ -z "$(connections)" ]; }
ok 'and no connection' wait_for 10 no_connection
plan $tap_n
