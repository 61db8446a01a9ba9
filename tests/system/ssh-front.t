#!/bin/sh
# SPDX-License-Identifier: ISC
# The SSH front, driven by OpenSSH's client: who gets in, what is started,
# what is refused, and that no byte is lost. Its limits: ssh-limits.t.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/front.sh"
plan 64

front_programs
key olga; key vera; key stranger
allow olga olga; allow vera vera
front_start

# Who gets in
out=$(front given); is $? 0 'a known key of a known user gets in'
is "$(echo "$out" | grep '^argument' | cut -d' ' -f2 | tr '\n' ' ')" \
    'sightglass --session 3 -- given ' 'the program gets its session and the words'
is "$(echo "$out" | grep '^environment' | sed 's/:[0-9]*$//')" \
    'environment SG_FROM=127.0.0.1' \
    'its environment is empty but for the address'
is "$(echo "$out" | grep '^descriptor' | cut -d' ' -f2 | tr '\n' ' ')" \
    '0 1 2 3 ' 'it has the descriptors 0 to 3'
is "$(echo "$out" | grep '^leader')" 'leader 1' 'it leads a session of its own'
is "$(front hello)" 'welcome olga' 'the session goes on in the program'
user=vera identity=vera
is "$(front hello)" 'welcome vera' 'another user is another user'
user=olga
refused() { front given 2>&1 < /dev/null | tr -d '\r' | cut -d@ -f2; }
denied='127.0.0.1: Permission denied (publickey).'
is "$(refused)" "$denied" 'the key of another user does not get in'
identity=stranger
is "$(refused)" "$denied" 'nor does a strange key'
user=nobody
is "$(refused)" "$denied" 'an unknown user is told the same'
user=OLGA
is "$(refused)" "$denied" 'so is a user name that none could be'
not_ok 'and the core is not asked about it' has "$dir/events" OLGA
user= identity=
with='-o PreferredAuthentications=password,keyboard-interactive -o BatchMode=yes'
not_ok 'passwords are not taken' front given 2> /dev/null
with=

# Words
is "$(front "given 'two words' \"it's\" a\\ b '' --" | grep -c '^argument')" \
    10 'words are split with quotes'
is "$(front "given 'two words'" | grep '^argument' | tail -1)" \
    'argument two words' 'and keep their blanks'
out=$(front "ack 'A" 2>&1); is "$?:$out" \
    "2:sightglass: column 5: the quote ' is not closed" \
    'a line that cannot be split is a usage error with its place'
out=$(front 'tags; reboot' 2>&1); is $? 2 'there is no shell'

# Ends
front exit 0; is $? 0 'exit code 0 comes back'
front exit 42; is $? 42 'exit code 42 comes back'
is "$(front both 2> "$dir/err")$(cat "$dir/err")" 'outerr' \
    'the two outputs stay two'
is "$(printf 'some\000bytes' | front cat | od -An -c | tr -d ' ')" \
    'some\0bytes' 'the input arrives, and so does its end'
is "$(front cat < /dev/null)" '' 'an empty input ends at once'

# No byte is lost, though the keys change all the time
"$dir/programs/sightglass" - - - make 30000000 > "$dir/bytes" 2> "$dir/sum"
with='-o RekeyLimit=1M'
front make 30000000 > "$dir/out" 2> "$dir/out.sum"
ok 'thirty megabytes arrive as they were sent' cmp -s "$dir/bytes" "$dir/out"
ok 'with what the other output said' cmp -s "$dir/sum" "$dir/out.sum"
is "$(front sum < "$dir/bytes")" "$(cat "$dir/sum")" \
    'thirty megabytes arrive at the program'
front cat < "$dir/bytes" > "$dir/out"
ok 'and both ways at once' cmp -s "$dir/bytes" "$dir/out"
with=
mkfifo "$dir/slow"
front_later "$dir/slow" make 30000000
is "$(dd bs=65536 iflag=fullblock 2> /dev/null < "$dir/slow" |
    "$dir/programs/sightglass" - - - sum)" "$(cat "$dir/sum")" \
    'a reader at its own pace gets all'
wait $client

# Environment
with='-o SetEnv=LD_PRELOAD=x.so'
not_ok 'other variables are not taken' sh -c \
    '[ -n "$1" ]' sh "$(front given | grep LD_PRELOAD)"
with='-o SetEnv=LANG=C.UTF-8'
ok 'the language is' sh -c '[ -n "$1" ]' sh "$(front given |
    grep '^environment LANG=C.UTF-8$')"
with='-o SetEnv=LANG=../../x'
not_ok 'unless it is a strange one' sh -c '[ -n "$1" ]' sh "$(front given |
    grep '^environment LANG')"
with=

# The console on a terminal
unset TMUX
mux() { tmux -S "$dir/tmux" -f /dev/null "$@" 9>&-; }
shows() { mux capture-pane -p -S - -t 0 | grep -qF -- "$1"; }
cleanup="$cleanup; tmux -S '$dir/tmux' kill-server 2> /dev/null"
mux new-session -d -x 100 -y 40 "ssh -F '$dir/ssh_config' -l olga \
    -i '$dir/olga' plant; echo code=\$?; read none"
ok 'a terminal gets the console in its size' wait_for 10 shows 'size 100x40'
ok 'with its type' \
    shows "environment TERM=$(mux show-options -gv default-terminal)"
ok 'and the way back to the core' shows "argument $dir/core.sock"
mux resize-window -t 0 -x 132 -y 43
ok 'it follows the size of the window' wait_for 10 shows 'size 132x43'
if sanitized; then
	pass 'the talker may make few system calls # SKIP sanitizer'
else
	ok 'the talker may make few system calls' \
	    grep -q '^Seccomp:.*2' "/proc/$(talker)/status"
fi
mux send-keys -t 0 q Enter
ok 'its exit code comes back too' wait_for 10 shows 'code=7'
out=$(echo q | TERM='../../../etc/passwd' ssh -F "$dir/ssh_config" -tt \
    -l olga -i "$dir/olga" plant 9>&- | tr -d '\r')
is "$(echo "$out" | grep '^environment TERM')" 'environment TERM=vt100' \
    'a hostile terminal type is a vt100'
is "$(echo "$out" | grep '^size')" 'size 80x24' \
    'a terminal without a size has 80x24'
with=-T
out=$(front 2>&1 < /dev/null)
is "$?:$out" '2:sightglass: the console needs a terminal: ssh -t' \
    'without a terminal there is no console'
with=-tt
ok 'a command may have a terminal' sh -c '[ -n "$1" ]' sh "$(front given \
    < /dev/null | grep '^environment TERM')"
with=

# What is refused
with='-o ExitOnForwardFailure=yes -R 0:127.0.0.1:1'
not_ok 'nothing is forwarded from here' front exit 0 2> /dev/null
with='-W 127.0.0.1:22'
not_ok 'nor through here' sh -c '[ -n "$1" ]' sh \
    "$(front 2> /dev/null < /dev/null)"
with='-s'
not_ok 'there is no sftp' front sftp 2> /dev/null < /dev/null
with='-A -X'
is "$(DISPLAY=:0 front given 2> /dev/null | grep -c -e AUTH -e DISPLAY)" 0 \
    'neither agent nor windows'
with="-o ControlMaster=yes -o ControlPath=$dir/master"
front_later /dev/null wait
ok 'a session may stay' wait_for 10 test -S "$dir/master"
wait_for 10 has "$dir/events" 'login olga'
with="-o ControlPath=$dir/master -o ControlMaster=no"
front exit 0 2> "$dir/err"
ok 'but has no second channel' has "$dir/err" 'open refused by peer'
kill $client
with=

# What OpenSSH's client would not do
is "$(hand signal TERM wait)" 'ready
signal TERM
status 15' 'a signal reaches the program'
is "$(hand signal INT wait | tail -1)" 'status 2' 'so does another'
is "$(hand signal KILL 'exit 3')" 'status 3' 'odd ones do not'
is "$(hand signal HUP ticks | tail -1)" 'signalled' \
    'the end by a signal is told as such'
is "$(hand channels 20)" 1 'there is one channel'
is "$(hand twice 'wait')" 'yes
no' 'and one request on it'
is "$(hand before)" 'no' 'none before the login'
is "$(hand methods 2> /dev/null)" 'none no
password no
keyboard-interactive no' 'keys are the only way in'
user=$(printf 'a\033]0;b\007c\nolga logged in')
is "$(hand channels 1)" denied 'a hostile user name does not get in'
ok 'but into the log' has "$dir/log" 'login refused: a'
not_ok 'without its escape sequences' grep -q "$(printf '\033')" "$dir/log"
not_ok 'and without its line ends' grep -q '^olga logged in' "$dir/log"
user=

# Ends that are not orderly
: > "$dir/events"
front_later "$dir/out" wait
ok 'a program waits' wait_for 10 has "$dir/out" ready
kill $client; wait $client
ok 'a client that goes takes its session with it' \
    wait_for 10 has "$dir/events" 'left olga'
front_later "$dir/out" deaf
wait_for 10 has "$dir/out" ready
pid=$(cut -d' ' -f2 "$dir/out")
kill -KILL $client; wait $client 2> /dev/null
gone() { ! kill -0 "$1" 2> /dev/null; }
ok 'even if the program will not hear' wait_for 10 gone "$pid"
front_later "$dir/out" wait
wait_for 10 has "$dir/out" ready
kill -KILL "$(talker)"
wait_for 10 gone $client
wait $client; is $? 255 'a talker that dies ends its own connection'
ok 'and no other' front exit 0
is "$(stat -c %a "$dir/hostkey")" 600 'the host key is for the server alone'
