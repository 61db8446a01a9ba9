#!/bin/sh
# SPDX-License-Identifier: ISC
# What every file that people write has in common.
. "$SG_SRC/tests/lib/tap.sh"
cd "$SG_SRC" || exit 99
plan 7

# Without what others wrote (build-aux) and what is data: corpora, goldens.
ours() {
	find . \( -path './build*' -o -path ./_build -o -path ./.git -o -path ./.demo \
	    -o -path ./autom4te.cache -o -path './sightglass-*' \
	    -o -path './tests/fuzz/*/*' \) -prune -o -type f "$@" -print | sort
}
# result NAME PROBLEMS
result() {
	if [ -z "$2" ]; then pass "$1"; else fail "$1"; note "$2"; fi
}

lack_licence() {
	{
		ours \( -name '*.[ch]' -o -name '*.sh' -o -name '*.t' \
		    -o -name '*.mk' -o -name '*.am' -o -name '*.ac' \
		    -o -path './man/*.[1-8]' -o -path './conf/sightglass*' -o -path './conf/sysusers/*' \)
		echo ./demo
		echo ./check
	} | xargs awk '
	FNR == 1 { if (last && !said) print last; last = FILENAME; said = 0 }
	/SPDX-License-Identifier: ISC/ && FNR <= 3 { said = 1 }
	FNR == 3 { nextfile }
	END { if (!said) print last }'
}
result 'every file says its licence' "$(lack_licence)"

trailing() {
	ours \( -name '*.[ch]' -o -name '*.sh' -o -name '*.t' -o -name '*.mk' \
	    -o -name '*.md' \) | xargs grep -nE '[ 	]+$' /dev/null
}
result 'no line ends in blanks' "$(trailing)"

wide() {
	ours -name '*.[ch]' | xargs awk '
	{ line = $0; width = 0
	  if (length(line) + 7 * gsub(/\t/, "&") <= 100) next
	  gsub(/[\200-\277]/, "", line)	# of a letter the first byte counts
	  for (i = 1; i <= length(line); i++)
		width += substr(line, i, 1) == "\t" ? 8 - width % 8 : 1
	  if (width > 100) print FILENAME ":" FNR ": " width " columns" }'
}
result 'no line of code is wider than a page' "$(wide)"

no_plan() {
	find tests -name '*.t' | while read -r file; do
		grep -qE '^[	 ]*plan |1\.\.' "$file" || echo "$file"
	done
}
result 'every test script says how many tests it has' "$(no_plan)"

unlisted() {
	find tests -name '*.t' | while read -r file; do
		list=${file%/*}/local.mk
		grep -q "${file##*/}" "$list" || echo "$file is not in $list"
	done
}
result 'every test script is listed' "$(unlisted)"

scripts() {
	for file in demo check .ci/run po/merge conf/station/sightglass-station \
	    conf/bash-completion/sightglass tests/sabotage/run tests/bench/run \
	    $(find tests -name '*.sh' -o -name '*.t'); do
		[ -e "$file" ] || continue	# of a checkout alone
		case $(head -n 3 "$file") in *bash*) shell=bash ;; *) shell='sh' ;; esac
		$shell -n "$file" 2>&1
	done
}
result 'every script is one' "$(scripts)"

patches() {
	for file in tests/sabotage/*.patch; do
		git apply --check "$file" 2>&1 | head -n 1
	done
}
result 'every patch of tests/sabotage fits' "$(patches)"

ours -name '*.[ch]' | xargs wc -l | awk '$1 > 800 && $2 != "total" {
	print "# look at it twice: " $2 " has " $1 " lines" }'
