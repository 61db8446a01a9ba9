#!/bin/sh
# SPDX-License-Identifier: ISC
# What a service manager sees of the server and does to it: ready, what it says
# of itself, its heart, the journal, and an end after which nothing is left that
# would have to be killed.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 26

plant_dirs
plant_sim
socat -u "UNIX-RECV:$dir/notify" "CREATE:$dir/said" 2> /dev/null &
others=$!
wait_for 10 test -S "$dir/notify" || bail 'socat does not listen'
: > "$dir/log/server"
NOTIFY_SOCKET=$dir/notify
JOURNAL_STREAM=$(stat -c %d:%i "$dir/log/server")
export NOTIFY_SOCKET JOURNAL_STREAM

# An address that somebody else holds, beside one that is free.
taken=$(plc_at plc3)
plant_config
sed -i "s/^listen.*/listen = [ \"$taken\", \"127.0.0.1:0\" ];/" \
    "$dir/sightglass.conf"
ssh_port=0
plant_server
said() { has "$dir/said" "$1"; }
beats() { grep -o WATCHDOG=1 "$dir/said" | wc -l; }
beats_on() { [ "$(beats)" -gt "$((n + 1))" ]; }
more_beats() { n=$(beats); wait_for 10 beats_on; }

ok 'it is ready when the core answers' wait_for 10 said READY=1
ok 'its heart beats' more_beats
plant_users
plant_project
ok 'it says what it does, and where' wait_for 10 said \
    "STATUS=running, ssh on 127.0.0.1:$ssh_port"
lines() { grep -c "ssh: $taken: Address already in use" "$dir/log/server"; }
is "$(cut -d ' ' -f 2 "$dir/run/ports")" "127.0.0.1:$ssh_port" \
    'an address that is taken closes no other'
is "$(lines)" 1 'and is in the log, once'

# The journal: priority and program; time and process it knows itself.
ok 'what happens is in the log' grep -q \
    '^<6>sightglass-field: line net1: up on tcp:' "$dir/log/server"
is "$(grep -v '^<[3-7]>sightglass[a-z-]*: [^<]' "$dir/log/server")" '' \
    'each line has its priority, and neither time nor process'
errors() { grep '^<3>' "$dir/log/server" | grep -vc "ssh: $taken"; }
is "$(errors)" 0 'a start is no error'

# A core that hangs.
core=$(child core)
kill -STOP "$core"
another() { set -- "$(child core)"; [ -n "$1" ] && [ "$1" != "$core" ]; }
ok 'a core that hangs is another one within 10 s' wait_for 10 another
ok 'which answers' wait_for 10 answers
ok 'it was killed, and that is an error' wait_for 10 has "$dir/log/server" \
    '<3>sightglassd: core does not answer: killed'

# A field that ends again and again: the server is degraded, but it lives, and
# so do its consoles. The service manager must not end it for that.
fell() {
	field=$(child field)
	[ -z "$field" ] || kill -KILL "$field" 2> /dev/null
	said 'degraded: field'
}
ok 'a field that ends again and again is told' wait_for 20 fell
ok 'the heart beats on without it' more_beats
is "$(child field)" '' 'while it has not come back'

# The address is free now.
sim_stop
listens() { grep -q "^ssh $taken\$" "$dir/run/ports"; }
ok 'what was taken is listened to as soon as it is free' wait_for 10 listens
ok 'which is in the log, too' has "$dir/log/server" \
    "<6>sightglassd: ssh: listens on $taken"

# The end.
console one olga
wait_screen one olga/ || note_screen one
server_stop
is $? 0 'it ends in order'
is "$(server_pids)" '' 'and leaves nothing for the service manager to kill'
ok 'which was told' wait_for 10 said STOPPING=1
ok 'consoles got a word' wait_screen one 'sightglass: the server stops'
ok 'on a terminal as it was' wait_screen one 'ended '
is "$(mux display-message -p -t one '#{alternate_on}')" 0 \
    'whose own screen is back'

# A restore that cannot be finished yet: nothing that the service manager
# could better by ending the server every 30 s.
mkdir "$dir/state/restore.ready"
: > "$dir/state/restore.ready/record.db"
"$SG_BUILD/sightglassd" -c "$dir/sightglass.conf" --allow-root \
    >> "$dir/log/server" 2>&1 < /dev/null &
server_pid=$!
ok 'a restore that cannot be finished is told' wait_for 10 said \
    'STATUS=a restore waits to be finished'
ok 'while the heart beats' more_beats
is "$(grep -c '<3>.*restore: .*tried again' "$dir/log/server")" 1 \
    'and it is in the log, once'
rm -r "$dir/state/restore.ready"
ok 'once it can be finished the core starts' wait_for 10 answers
server_stop
