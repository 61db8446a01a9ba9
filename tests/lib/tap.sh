# SPDX-License-Identifier: ISC
# tap.sh - shell tests that speak TAP. Use:
#
#	. "$SG_SRC/tests/lib/tap.sh"
#	plan 3
#	ok 'it is there' test -f "$dir/file"
#	is "$(cat "$dir/file")" 'content' 'it says so'
#	wait_for 10 test -S "$dir/sock" || bail 'no socket'
#
# A test never sleeps: it waits for a condition. $dir is a directory of its
# own; what is put into $cleanup runs at the end, then $dir goes.

# What programs say depends on it; the tests read English.
LC_MESSAGES=C
export LC_MESSAGES
[ -z "$LC_ALL" ] || LC_ALL=C.UTF-8

tap_n=0 tap_failed=0 cleanup=:
dir=$(mktemp -d "${TMPDIR:-/tmp}/sg.XXXXXX") || exit 99
trap 'tap_status=$?; eval "$cleanup"; rm -rf "$dir"; exit $tap_status' EXIT
trap 'exit 99' INT TERM HUP

plan() { echo "1..$1"; }

pass() { tap_n=$((tap_n + 1)); echo "ok $tap_n - $1"; }

fail() {
	tap_n=$((tap_n + 1)) tap_failed=$((tap_failed + 1))
	echo "not ok $tap_n - $1"
}

note() { printf '%s\n' "$*" | sed 's/^/# /'; }

bail() { echo "Bail out! $*"; exit 99; }

# ok NAME COMMAND...: the command succeeds. Its status, as of not_ok and is,
# is whether the test passed.
ok() {
	tap_name=$1; shift
	if "$@"; then pass "$tap_name"; return; fi
	fail "$tap_name"
	note "failed: $*"
	return 1
}

# not_ok NAME COMMAND...: the command fails.
not_ok() {
	tap_name=$1; shift
	if ! "$@"; then pass "$tap_name"; return; fi
	fail "$tap_name"
	note "succeeded: $*"
	return 1
}

# is GOT EXPECTED NAME
is() {
	if [ "$1" = "$2" ]; then
		pass "$3"
	else
		fail "$3"
		note "got:      $1"
		note "expected: $2"
		return 1
	fi
}

# wait_for SECONDS COMMAND...: tries it until it succeeds. The command may
# wait for something itself.
wait_for() {
	local tap_end
	tap_now
	tap_end=$((tap_us + $1 * 1000000)); shift
	until "$@"; do
		tap_now
		[ "$tap_us" -lt "$tap_end" ] || return 1
		sleep 0.05	# only the pace of asking
	done
}
# $tap_us: microseconds now; bash knows without a process.
if [ -n "${EPOCHREALTIME:-}" ]; then
	tap_now() {
		tap_us=$EPOCHREALTIME
		tap_us=${tap_us%[.,]*}${tap_us#*[.,]}
	}
else
	tap_now() { tap_us=$(($(date +%s%N) / 1000)); }
fi

# has FILE TEXT: the file has this text in it.
has() { grep -qF -- "$2" "$1" 2> /dev/null; }
