#!/bin/sh
# SPDX-License-Identifier: ISC
# Every project here is read, and all that is said about it compared byte for
# byte with its expected.err. GENERATE=1 rewrites those (then read the diff).
check=$SG_BUILD/tests/project/check
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$SG_SRC/tests/project" || exit 99
n=0

result() {	# ok|not ok, description
	n=$((n + 1))
	echo "$1 $n - $2"
}

for dir in [0-9]*-*; do
	"$check" "$dir" >"$work/got" 2>"$work/noise"
	[ -n "$GENERATE" ] && cp "$work/got" "$dir/expected.err"
	if cmp -s "$work/got" "$dir/expected.err" && [ ! -s "$work/noise" ]
	then
		result ok "$dir"
	else
		result "not ok" "$dir"
		diff "$dir/expected.err" "$work/got" | sed 's/^/# /'
		sed 's/^/# /' "$work/noise"
	fi
done

# What is installed as the demonstration.
if "$check" "$SG_SRC/conf/riverside" >"$work/got"; then
	result ok "the demonstration project has no error"
else
	result "not ok" "the demonstration project has no error"
	sed 's/^/# /' "$work/got"
fi

# The same files as a tar say the same, whatever else the tar holds.
for dir in 00-formats 02-unknown-key 31-valid-extends; do
	tar -cf "$work/tar" -C "$dir" . && "$check" - <"$work/tar" >"$work/got"
	sed "s,^$dir/,," "$dir/expected.err" >"$work/want"
	if cmp -s "$work/got" "$work/want"; then
		result ok "$dir as a tar"
	else
		result "not ok" "$dir as a tar"
		diff "$work/want" "$work/got" | sed 's/^/# /'
	fi
done

refused() {	# description, words that the answer must have
	if "$check" - <"$work/tar" >"$work/got"; then
		result "not ok" "$1"
	elif grep -q "$2" "$work/got"; then
		result ok "$1"
	else
		result "not ok" "$1"
		sed 's/^/# /' "$work/got"
	fi
}
mkdir "$work/p" && cp 31-valid-extends/plant.conf "$work/p"
ln -s /etc/passwd "$work/p/roles.conf"
tar -cf "$work/tar" -C "$work/p" .
refused "a tar with a link is refused" "link or a device"
rm "$work/p/roles.conf"
mkdir "$work/p/types"
tar -cPf "$work/tar" -C "$work/p/types" ../plant.conf
refused "a tar with a .. is refused" "outside itself"
tar -cPf "$work/tar" "$work/p/plant.conf"
refused "a tar with an absolute name is refused" "outside itself"
tar -cf "$work/tar" -C "$work/p" plant.conf
tar -rf "$work/tar" -C "$work/p" plant.conf
refused "a tar with a file twice is refused" "twice"
echo no tar >"$work/tar"
refused "what is no tar is refused" "not a tar"
: >"$work/tar"
refused "nothing is refused" "empty\|not a tar"
head -c 20000000 /dev/zero | tr '\0' '#' >"$work/p/objects.csv"
tar -cf "$work/tar" -C "$work/p" .
refused "a project over 16 MiB is refused" "larger than 16 MiB"
head -c 1048577 /dev/zero | tr '\0' '#' >"$work/p/plant.conf"
rm "$work/p/objects.csv"
tar -cf "$work/tar" -C "$work/p" .
refused "a file over 1 MiB is refused" "larger than 1 MiB"

if "$check" "$work/nowhere" >"$work/got"; then
	result "not ok" "a directory that is not there is an error"
else
	result ok "a directory that is not there is an error"
fi
echo "1..$n"
