#!/bin/sh
# SPDX-License-Identifier: ISC
# The man pages say what the program knows: between `.\" keys GROUP` and
# `.\" end` stands the table of src/project/keys.h, between `.\" example FILE`
# and `.\" end` a file that the tests read. GENERATE=1 rewrites the pages.
keys=$SG_BUILD/tests/project/keys
data=$SG_SRC/tests/project
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
n=0

result() {	# ok|not ok, description
	n=$((n + 1))
	echo "$1 $n - $2"
}

# The page as it should be.
fill() {
	while IFS= read -r line; do
		case $line in
		'.\" keys '*)
			inside=1
			printf '%s\n' "$line"
			"$keys" "${line#* keys }" || echo "no such group"
			echo "${line#* keys }" >>"$work/told"
			;;
		'.\" example '*)
			inside=1
			printf '%s\n.Bd -literal\n' "$line"
			sed 's/\\/\\e/g; s/^[.'"'"']/\\\&&/' \
			    "$data/${line#* example }"
			echo .Ed
			;;
		'.\" end')
			inside=
			printf '%s\n' "$line"
			;;
		*)
			[ "$inside" ] || printf '%s\n' "$line"
			;;
		esac
	done
}

for page in sightglass-project.5 sightglass-screen.5 sightglass.conf.5; do
	fill <"$SG_SRC/man/$page" >"$work/$page"
	[ "$GENERATE" ] && cp "$work/$page" "$SG_SRC/man/$page"
	if cmp -s "$work/$page" "$SG_SRC/man/$page"; then
		result ok "$page says what the program knows"
	else
		result "not ok" "$page says what the program knows"
		diff "$SG_SRC/man/$page" "$work/$page" | sed 's/^/# /'
	fi
done

# Only the wrappers and the additions of tags have no list of their own.
"$keys" | grep -vx 'typefile\|reportfile\|roles\|stations\|tag' |
    sort >"$work/all"
sort -u "$work/told" >"$work/got"
if cmp -s "$work/all" "$work/got"; then
	result ok "every group of keys is in a man page"
else
	result "not ok" "every group of keys is in a man page"
	diff "$work/all" "$work/got" | sed 's/^/# /'
fi
echo "1..$n"
