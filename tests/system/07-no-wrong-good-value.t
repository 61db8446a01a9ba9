#!/bin/sh
# SPDX-License-Identifier: ISC
# No good value disagrees with the plant by more than a period, for 60 s each
# of late, dropped, misdirected, garbled and refused answers: five plants at
# once, what an operator is shown against what the simulator has
# (tests/lib/truth).
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 25
top=$dir

# A plant with one user, who is here, and one more tag: a fast one.
small_plant() {
	plant_dirs
	plant_sim
	plant_server
	sg -q user add emma --name 'Emma Novak' --role engineer --role viewer \
	    --unix "$(id -un)" > /dev/null || bail 'no user'
	plant_copy
	sed -i 's/^tags = (/&\n  { name = "test.fast"; area = "intake"; device = "plc1"; at = "ir:213"; kind = "int16"; scale = ( 0, 10, 0.0, 1.0 ); poll = "fast"; decimals = 1; },/' \
	    "$plant_project/tags.conf"
	sg project apply "$plant_project" > "$dir/log/apply" 2>&1 ||
	    bail "apply: $(cat "$dir/log/apply")"
	wait_for 20 as_good || bail 'plc1 is not read'
}
# Until the comparer has come to its end, or for so many seconds.
ended() { timeout "$1" tail --pid="$comparer" -f /dev/null; }

# under NAME MILD HARD: 60 s of these, 8 s of a mild form, 4 s of the
# hard one.
under() {
	dir=$top/$1 programs=$top/$1/programs
	cleanup=plant_kill
	trap 'eval "$cleanup"' EXIT
	trap 'exit 99' TERM
	mild=$2 hard=$3
	small_plant
	mkfifo "$dir/shown"
	sg watch LT-502.pv test.fast -o csv --no-header > "$dir/shown" &
	"$SG_BUILD/tests/lib/truth" "$dir/run/sim.sock" 60 \
	    LT-502.pv,LT-502.pv,1,0.015625,1000,3000 \
	    test.fast,TT-101.pv,5,0.1,250,2000 \
	    < "$dir/shown" > "$dir/result" 2>&1 &
	comparer=$!
	others="$others $comparer"
	while kill -0 "$comparer" 2> /dev/null; do
		tell fault plc1 "$mild" > /dev/null || exit
		ended 8 && break
		tell fault plc1 "$hard" > /dev/null || exit
		ended 4 && break
	done
	wait "$comparer" || exit
	tell fault plc1 off > /dev/null
	wait_for 20 as_good && echo back >> "$dir/result"
}

# The mild form shows good and bad side by side, the hard one what is left
# when nothing good comes any more.
under late 'late 120ms' 'late 800ms' &
under drop 'drop 3%' 'drop 80%' &
under wrong-id 'wrong-id 6%' 'wrong-id' &
under garbage 'garbage 3%' 'garbage' &
under exception 'exception:4 10%' 'exception:4' &
wait

count() { sed -n "s/^$1 .*$2 \([0-9]*\).*/\1/p" "$result"; }
many() { [ "$(count "$1" good)" -ge 5 ]; }
some() { [ "$(count "$1" bad)" -ge 1 ]; }
for fault in late drop wrong-id garbage exception; do
	result=$top/$fault/result
	[ -s "$result" ] || bail "$fault: no plant"
	note "$fault: $(tail -n 12 "$result")"
	is "$(count LT-502.pv wrong) $(count test.fast wrong)" '0 0' \
	    "$fault: no good value is wrong"
	ok 'many good values were shown' many LT-502.pv
	ok 'of the fast one, too' many test.fast
	ok 'and where there was none it was not shown as good' some LT-502.pv
	ok 'afterwards all is good again' has "$result" back
done
