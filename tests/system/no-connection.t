#!/bin/sh
# SPDX-License-Identifier: ISC
# P11 with the control-room station kit: within 6 s of dropped packets no
# process value is on the glass, but NO CONNECTION since when in large letters;
# the line comes back to the same screen, however it was lost, as often as it
# is lost; and to the start for those who left.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 26
server_lines='ssh = { sessions_per_user = 2; };'
plant_start

# The station's way to the plant: a relay that can fall silent without closing.
for relay_port in $(seq $((20000 + $$ % 20000)) 20 65000); do
	socat "TCP-LISTEN:$relay_port,bind=127.0.0.1,fork,reuseaddr" \
	    "TCP:127.0.0.1:$ssh_port" 2> "$dir/log/relay" &
	relay_pid=$!
	others="$others $relay_pid"
	wait_for 2 bash -c "exec 3<>/dev/tcp/127.0.0.1/$relay_port" 2> /dev/null &&
	    kill -0 "$relay_pid" 2> /dev/null && break
done
relays() { pgrep -P "$relay_pid"; echo "$relay_pid"; }
silent() { for pid in $(relays); do kill -STOP "$pid"; done; }
again() { for pid in $(relays); do kill -CONT "$pid"; done; }
sed "s/^  Port .*/  Port $relay_port/" "$dir/ssh_config" > "$dir/station_config"

mux new-session -d -s wall -x 80 -y 24 \
    "'$SG_SRC/conf/station/sightglass-station' -F '$dir/station_config' \
    vera@plant"
ok 'the station shows the plant' wait_screen wall 'Town'
ok 'on the start screen' wait_screen wall 'Overview'
go wall clearwater 'Filters to town'
ok 'somebody goes elsewhere' wait_screen wall 'LT-501'
is_at() { sg session list -o csv --no-header | grep -q "^[0-9]*,vera,.*,$1,"; }
ok 'as the server knows' wait_for 10 is_at clearwater

# What stands on the glass of the plant: any number with its unit, any drive.
values() {
	screen_of wall | grep -c -E -e '[0-9] (m|m3/h|%|bar|NTU|mg/l)( |$)' \
	    -e 'RUN|STOP|REMOTE|AUTO|PLC' -e '[A-Z]+-[0-9]+'
}
no_value() { [ "$(values)" = 0 ]; }
not_ok 'there are values' no_value
ms() { date +%s%3N; }
large() { screen_of wall | grep -qF '#   #  ###      ####  ###  #   # #   #'; }
# seconds HH:MM:SS: of the day
seconds() { echo "$1" | awk -F: '{ print ($1 * 60 + $2) * 60 + $3 }'; }

says_since() {
	since=$(screen_of wall |
	    sed -n 's/.*NO CONNECTION since \([0-9:]*\)\..*/\1/p')
	[ -n "$since" ]
}
lost() {	# lost HOW
	ok "$1: NO CONNECTION" wait_for 10 shows wall 'NO CONNECTION since'
	after=$(($(ms) - begun))
	note "after $after ms"
	ok 'within 6 s' test $after -le 6000
	ok 'no value is on the glass' no_value
	ok 'in large letters' large
	# while it tries again the screen is painted anew
	wait_for 10 says_since || since=0:0:0
	off=$(($(date +%s) - $(date -d "$since" +%s)))
	ok 'since when' test "$off" -ge 0 -a "$off" -le 3
}

begun=$(ms)
silent
lost 'packets dropped'
same=$since
again
ok 'the line is back' wait_screen wall 'LT-501'
ok 'at the same screen' wait_screen wall 'Filters to town'

# Again, and the sessions before it have not been seen to end
begun=$(ms)
silent
wait_screen wall 'NO CONNECTION since'
again
ok 'it comes back though the dead ones still count' wait_screen wall 'LT-501'
ok 'at the same screen' wait_screen wall 'Filters to town'
sessions() { sg session list -o csv --no-header | grep -c ',vera,'; }
ok 'of them no more than may be' test "$(sessions)" -le 2

# The client dies
begun=$(ms)
kill -KILL "$(client_pid wall)"
wait_for 5 shows wall 'NO CONNECTION since'
ok 'the client of the line dies' wait_screen wall 'LT-501'
ok 'the same screen' wait_screen wall 'Filters to town'

# The server is away for a while: since the first moment
begun=$(ms)
server_stop
lost 'no server'
first=$since
tried() { shows wall 'refused' || shows wall 'reset' || shows wall 'closed'; }
ok 'and why' wait_for 10 tried
later() { [ "$(date +%H:%M:%S)" \> "$first" ] && [ "$(($(ms) - begun))" -gt 3000 ]; }
wait_for 10 later
ok 'since the first moment' wait_screen wall "NO CONNECTION since $first"
plant_server
ok 'it comes back by itself' wait_screen wall 'Overview'

# Who leaves begins at the start
go wall clearwater 'Filters to town'
wait_for 10 is_at clearwater
press wall q 'y yes' && press wall y 'Overview' 'y yes'
ok 'who leaves begins at the start' wait_screen wall 'Town'
