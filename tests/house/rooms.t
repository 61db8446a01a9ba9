#!/bin/sh
# SPDX-License-Identifier: ISC
# The house stands as HACKING.md draws it: who includes whom, where foreign
# libraries live, what a unit test links, what every file and room has.
cd "$SG_SRC" || exit 99

n=0
# result NAME PROBLEMS: passes if there are none.
result() {
	n=$((n + 1))
	if [ -z "$2" ]; then
		echo "ok $n - $1"
	else
		printf '%s\n' "$2" | sed 's/^/# /'
		echo "not ok $n - $1"
	fi
}

floors='base 0 model 1 project 2 wire 2 field 3 store 3 term 3 verb 3 report 3
server 4 ssh 4 console 4 cli 4 sim 4'
sources=$(find src -name '*.[ch]' | sort)

# Prints FILE: includes ROOM/.. for every breach.
includes() {
	# shellcheck disable=SC2086
	awk -v floors="$floors" '
	BEGIN {
		k = split(floors, f, /[ \n]+/)
		for (i = 1; i < k; i += 2)
			floor[f[i]] = f[i + 1]
	}
	/^#[ \t]*include[ \t]*"/ {
		split(FILENAME, path, "/")
		room = path[2]
		split($0, quoted, "\"")
		if (quoted[2] == "config.h")
			next
		if (index(quoted[2], "/") == 0) {
			print FILENAME ": " quoted[2] " is no full path"
			next
		}
		split(quoted[2], part, "/")
		if (!(room in floor) || !(part[1] in floor))
			print FILENAME ": unknown room in " quoted[2]
		else if (part[1] != room && floor[part[1]] >= floor[room])
			print FILENAME ": " room " must not know " part[1]
	}' $sources
}
result 'a room includes itself and lower floors, by full path' "$(includes)"

# HEADER-PATTERN ROOM...: the only rooms that may include it.
foreign() {
	while read -r header rooms; do
		for file in $(grep -lE "^#[ 	]*include[ 	]*<$header>" $sources); do
			room=${file#src/}
			case " $rooms " in
			*" ${room%%/*} "*) ;;
			*) echo "$file: <$header> belongs to $rooms" ;;
			esac
		done
	done <<-END
	modbus([/-].*)?[.]h field
	sqlite3[.]h store
	zstd[.]h store
	(n?curses.*|ncursesw?/.*|term)[.]h term
	libssh/.*[.]h ssh
	libconfig[.]h project
	csv[.]h project
	archive(_entry)?[.]h project
	uv[.]h server
	systemd/.*[.]h server
	crypt[.]h server
	seccomp[.]h ssh server
	jansson[.]h verb report
	cairo.*[.]h report
	utf8proc[.]h base
	(sha2|md5|sha)[.]h base
	END
}
result 'each foreign library lives in its room' "$(foreign)"

# A unit test ROOM_*.c links only ROOM and the floors below.
links() {
	for list in tests/unit/*.mk; do
		room=${list##*/}
		room=${room%.mk}
		awk -v floors="$floors" -v room="$room" '
		BEGIN {
			k = split(floors, f, /[ \n]+/)
			for (i = 1; i < k; i += 2)
				floor[f[i]] = f[i + 1]
		}
		/_LDADD/, !/\\$/ {
			line = tolower($0)
			while (match(line, /(src\/[a-z]+\/lib|\$\([a-z]+_libs\))/)) {
				name = substr(line, RSTART, RLENGTH)
				line = substr(line, RSTART + RLENGTH)
				gsub(/src\/|\/lib|\$\(|_libs\)/, "", name)
				if (name in floor && name != room && floor[name] >= floor[room])
					print FILENAME ": a test of " room " links " name
			}
		}' "$list"
	done
}
result 'a unit test links its room and lower floors' "$(links)"

result 'every source file begins with its licence' "$(
	awk 'FNR == 1 && $0 != "/* SPDX-License-Identifier: ISC */" { print FILENAME }' \
		$sources $(find tests -name '*.[ch]'))"

result 'every header says what it is' "$(
	awk 'FNR == 2 && !/^\/\*/ { print FILENAME }' $(find src -name '*.h'))"

result 'every room has a README' "$(
	for room in src/*/; do
		[ -f "${room}README.md" ] || echo "$room"
	done)"

result 'every source file is listed in its room' "$(
	for room in src/*/; do
		listed=$(tr '\t\n' '  ' <"${room}local.mk")
		for file in "$room"*.[ch]; do
			case "$file $listed " in */main.c\ * | *"%D%/${file##*/} "*) ;;
			*) echo "$file" ;;
			esac
		done
	done)"

result 'every unit test belongs to a room and is listed' "$(
	for file in tests/unit/*.c; do
		name=${file##*/}
		grep -qw "${name%.c}" "tests/unit/${name%%_*}.mk" || echo "$file"
	done)"

echo "1..$n"
