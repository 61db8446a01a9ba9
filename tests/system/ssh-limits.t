#!/bin/sh
# SPDX-License-Identifier: ISC
# The SSH front's limits: who does not log in, who does not read, and what of
# it dies without anybody else noticing.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/front.sh"
plan 39

front_programs
key olga; key vera
for n in 1 2 3 4 5 6; do key "wrong$n"; done
allow olga olga; allow vera vera

# hold FROM COUNT [TEXT]: connections that say no more, into $dir/held.
hold() {
	"$SG_BUILD/tests/lib/tcphold" "$1" "$port" "$2" ${3:+"$3"} \
	    < "$dir/never" > "$dir/held" 9>&- &
	holder=$!
	cleanup="$cleanup; kill $holder 2> /dev/null"
	wait_for 10 has "$dir/held" "open $2" || bail 'tcphold does not start'
}
release() { kill "$holder"; wait "$holder" 2> /dev/null; }
mkfifo "$dir/never"
exec 8<> "$dir/never"

# Tries
front_start --tries 3 --login-grace 2s
with=
for n in 1 2 3 4 5 6; do with="$with -i $dir/wrong$n"; done
identity=wrong1
out=$(front given 2>&1 < /dev/null); is $? 255 'six wrong keys do not get in'
is "$(grep -c '^probe olga no' "$dir/events")" 3 'only three were looked at'
is "$(grep -c 'login refused: olga' "$dir/log")" 3 'each is in the log'
identity= with=

# The grace
hold 127.0.0.1 3
ok 'silent connections end with the grace' wait_for 10 has "$dir/held" 'closed 3'
hold 127.0.0.1 1 SSH-2.0-half
ok 'so does one that stops in the middle' wait_for 10 has "$dir/held" 'closed 1'
hold 127.0.0.1 1 'GET / HTTP/1.0'
ok 'one that speaks another language ends' \
    wait_for 10 has "$dir/held" 'closed 1'
ok 'and honest ones get in' front exit 0

# Penalties
is "$(grep -c 'turned away for a while' "$dir/log")" 0 \
    'this machine itself is never turned away'
hold 127.0.0.9 4
wait_for 10 has "$dir/held" 'closed 4'
ok 'another that was late too often is' \
    wait_for 10 has "$dir/log" 'turned away for a while'
hold 127.0.0.9 1
ok 'at once' wait_for 1 has "$dir/held" 'closed 1'
ok 'and nobody else' front exit 0
front_stop

# Floods
front_start
hold 127.0.0.2 100
ok 'a hundred silent connections do not keep others out' front exit 0
release
hold 127.0.0.1 250
started=$(date +%s)
ok 'nor two hundred and fifty from the same address' \
    wait_for 10 front exit 0 2> /dev/null
ok 'for more than a few seconds' test $(($(date +%s) - started)) -lt 8
release
# Those that were held have gone when their processes have.
none_is_left() {
	[ "$(pgrep -c -P "$(pgrep -P "$front_pid" -f sightglass-sshd)")" -eq 0 ]
}
wait_for 20 none_is_left || note 'some are left'
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	front exit 0 & pids="$pids $!"
done
all=0
for n in $pids; do wait "$n" || all=$?; done
is $all 0 'twenty honest ones at the same moment get in'

# A client that does not read
front_later "$dir/slow" make 300000000
: > "$dir/slow"
wait_for 10 test -s "$dir/slow"
kill -STOP $client
it=$(talker)
ticks() { awk '{ print $14 + $15 }' "/proc/$it/stat"; }
still() { was=$(ticks); front exit 0; [ "$(ticks)" = "$was" ]; }
ok 'for a client that does not read nothing is done' wait_for 10 still
was=$(ticks)
for n in 1 2 3 4 5 6 7 8 9 10; do front exit 0; done
ok 'at all' test $(($(ticks) - was)) -le 1
kb=$(awk '/^VmRSS/ { print $2 }' "/proc/$it/status")
most=10240; sanitized && most=65536
ok "and little is kept ($kb kB)" test "$kb" -lt $most
kill -CONT $client
wait $client; is $? 0 'it goes on where it stopped'
is "$("$dir/programs/sightglass" - - - sum < "$dir/slow")" \
    "$("$dir/programs/sightglass" - - - make 300000000 2>&1 > /dev/null)" \
    'and gets all of it'
rm "$dir/slow"

# A slow line
"$SG_BUILD/tests/lib/slowline" "$port" "$dir/slowport" 64000 9>&- &
line=$!
cleanup="$cleanup; kill $line 2> /dev/null"
wait_for 10 test -s "$dir/slowport"
mkfifo "$dir/ticks"
with="-tt -p $(cat "$dir/slowport") -o HostKeyAlias=[127.0.0.1]:$port"
front_later "$dir/ticks" ticks
age=$(timeout 30 "$dir/programs/sightglass" - - - age 2 < "$dir/ticks")
ok "behind a slow line a terminal is at most 1.5 s behind (${age:-more} ms)" \
    test "${age:-9999}" -lt 1500
kill $client
wait $client
ok 'and can be left' wait_for 10 has "$dir/log" 'has left'
kill $line
wait $line 2> /dev/null

# On one that is slower still, the first lines come first
rm "$dir/slowport"
"$SG_BUILD/tests/lib/slowline" "$port" "$dir/slowport" 4000 9>&- &
line=$!
cleanup="$cleanup; kill $line 2> /dev/null"
wait_for 10 test -s "$dir/slowport"
with="-p $(cat "$dir/slowport") -o HostKeyAlias=[127.0.0.1]:$port"
front_later "$dir/first" make 30000
: > "$dir/first"
wait_for 10 test -s "$dir/first"
first=$(stat -c %s "$dir/first")
ok "what is there is shown before the rest ($first bytes)" \
    test "$first" -gt 0 -a "$first" -lt 10000
kill $client
wait $client
kill $line
with=

# The core goes and comes
mkfifo "$dir/in"
ssh -F "$dir/ssh_config" -l olga -i "$dir/olga" plant cat \
    < "$dir/in" > "$dir/echo" 9>&- & live=$!
cleanup="$cleanup; kill $live 2> /dev/null"
exec 7> "$dir/in"
echo one >&7
wait_for 10 has "$dir/echo" one
order down
wait_for 10 has "$dir/log" 'channel has closed'
front_later "$dir/out" hello
echo two >&7
ok 'without a core a session stays' wait_for 10 has "$dir/echo" two
ok 'and a connection waits for it' kill -0 $client
order up
ok 'until it is back' wait_for 10 has "$dir/out" 'welcome olga'
wait $client

# The listener goes and comes
order kill
wait_for 10 has "$dir/events" ended
ok 'a new listener takes over the socket' front exit 0
echo three >&7
ok 'while sessions live on' wait_for 10 has "$dir/echo" three
order close
ok 'the listener ends with its parent' wait_for 10 has "$dir/events" 'ended 0'
echo four >&7
ok 'and sessions live on still' wait_for 10 has "$dir/echo" four
exec 7>&-
wait $live; is $? 0 'to their own end'
none_left() { [ -z "$(front_pids)" ]; }
ok 'no process is left' wait_for 10 none_left

# Sessions
front_start --sessions-per-user 2
front_later "$dir/out1" wait
wait_for 10 has "$dir/out1" ready
front_later "$dir/out2" wait
wait_for 10 has "$dir/out2" ready
second=$client
front_later "$dir/out3" wait
gone() { ! kill -0 "$1" 2> /dev/null; }
ok 'a user has no more sessions than the limit' wait_for 10 gone $client
client=$second
user=vera identity=vera
ok 'another has his own' front exit 0
user= identity=

# The server stops
front=$(listener)
two() { [ "$(pgrep -P "$front" | wc -l)" -eq 2 ]; }
wait_for 10 two || bail "not two connections: $(pgrep -P "$front")"
slow=$(pgrep -o -P "$front")
kill -STOP "$slow"
kill -TERM "$front"
wait $client; is $? 15 'when the server stops its sessions end'
ok 'and say last what they have to say' has "$dir/out2" 'signal TERM'
# one that has ended and is not yet buried does not wait
waits() { case $(ps -o stat= -p "$front") in Z* | '') return 1 ;; esac; }
ok 'the front waits for the last of them' waits
kill -CONT "$slow"
ok 'who says it, too' wait_for 10 has "$dir/out1" 'signal TERM'
ok 'all of them' wait_for 10 none_left
