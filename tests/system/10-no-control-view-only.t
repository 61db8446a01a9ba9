#!/bin/sh
# SPDX-License-Identifier: ISC
# A server on which nobody took control polls, says VIEW ONLY, and writes
# nothing: no command, no life word, nothing after a restart (P1).
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 18
plant_dirs
plant_sim
plant_server
plant_users
plant_project
everything() { wc -l < "$dir/record" | tr -d ' '; }
moves() { [ "$(mb read hr:0)" != "$scan" ]; }
refused() {
	as olga "$@" > "$dir/out" 2> "$dir/err"
	is $? 6 "$* is refused"
	ok 'because it only views' has "$dir/err" 'view only'
}

is "$(quality_of LT-501.pv)" good 'it polls'
refused set P-101A.sp 70 --confirm 70
refused do P-101A stop
ok 'the status says so' sh -c 'echo "$1" | grep -q "view only"' sh \
    "$(as vera status 2> /dev/null)"
console one olga
ok 'so does a screen' wait_screen one 'VIEW ONLY'
ok 'a server that ends and starts again' server_stop
plant_server
ok 'polls again' wait_for 10 as_good
scan=$(mb read hr:0)
ok 'while the plant goes on' wait_for 10 moves
refused set P-101A.sp 70 --confirm 70
not_ok 'until now it has written nothing at all' test -s "$dir/record"

console two olga
ok 'a screen says so again' wait_screen two 'VIEW ONLY'
sg -q control take > /dev/null
is $? 0 'then somebody takes control'
as olga set P-101A.sp 70 --confirm 70 > /dev/null
is "$?:$(record_writes)" '0:1 6 100 19354' 'and one command is one write'
alive() { record_has 6 1 '[0-9]*'; }
ok 'the screen says so no more' wait_gone two 'VIEW ONLY'
ok 'beside the life word, which begins now' wait_for 10 alive
