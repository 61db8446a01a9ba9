# SPDX-License-Identifier: ISC
# hostile.sh - texts that want something from a terminal; after tap.sh.
#
#	hostile_make		writes $hostile/00 ... and counts them
#	hostile_each COMMAND	for each, with $text and its number $name
#	plain NAME FILE		a test: nothing hostile is in these bytes
#	terminal NAME FILE	the same of what a terminal got
#
# Each has the word `owned` beside what makes it dangerous. There is no NUL
# among them: no argument can have one.

hostile=$dir/hostile hostile_n=0

hostile_add() {	# FORMAT of printf(1)
	# shellcheck disable=SC2059
	printf "$1" > "$hostile/$(printf '%02d' $hostile_n)"
	hostile_n=$((hostile_n + 1))
}
hostile_times() { awk -v n="$1" -v s="$2" 'BEGIN { while (n-- > 0) printf "%s", s }'; }

hostile_make() {
	mkdir "$hostile"
	hostile_add 'a\033]2;owned\007z'		# the window's title
	hostile_add 'a\033]0;owned\033\\z'
	hostile_add 'a\033]52;c;b3duZWQ=\007owned'	# the clipboard
	hostile_add 'a\033[2J\033[H\033[5;45mowned'	# all that is seen
	hostile_add 'a\033[21towned\033[6n\033[c'	# typed as if by a user
	hostile_add 'a\033P$q"p\033\\owned'		# DECRQSS
	hostile_add 'a\033_Gowned\033\\\033^owned\033\\'	# APC, PM
	hostile_add 'a\302\2335;45mowned\302\205z'	# C1 as UTF-8
	hostile_add 'a\2335;45mowned\235b\234z\205'	# C1 as it is
	hostile_add 'a\342\200\256owned\342\200\254\342\201\246z'  # bidi
	hostile_add 'a\342\200\213owned\342\201\240\357\273\277z'  # zero width
	hostile_add 'a\300\233[5;45mowned\340\200\233z'	# overlong
	hostile_add 'a\377\376owned\355\240\200\342\202'	# no UTF-8
	hostile_add 'a\010\010\010owned\177\177\007z'	# BS, DEL, BEL
	hostile_add 'a\r\nowned\nanna logged in\n'	# a line of its own
	hostile_add 'a\tb\013c\014\016\017owned'	# TAB, VT, FF, SO, SI
	hostile_add 'a%%s%%n%%x%%1000d$(id)`id`owned'	# for who interprets
	hostile_add "e$(hostile_times 60 '\314\201')owned"	# combining
	hostile_add 'a\363\240\201\201\363\240\201\277owned\356\200\200z'  # tags
	hostile_add 'a\360\237\221\250\342\200\215\360\237\221\251\357\270\217owned'
	hostile_add 'a\342\200\250owned\342\200\251z'	# separators
	hostile_add "$(hostile_times 3000 A)\\033[5;45mowned"	# long
}

# Every text in turn: $name is its number, $text what it says.
hostile_each() {	# COMMAND...
	for hostile_file in "$hostile"/[0-9]*; do
		text=$(cat "$hostile_file"; echo .)
		text=${text%.} name=${hostile_file##*/}
		"$@"
	done
}

# What is wrong with a file as plain text: lines of UTF-8 in which nothing is
# hidden or moves. Says nothing if it is.
hostile_plain() {
	iconv -f UTF-8 -t UTF-8 "$1" > /dev/null 2>&1 || echo 'no UTF-8'
	perl -CSD -ne '
		chomp;
		/(.{0,20})([\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\x{fe00}-\x{fe0f}]|\p{M}{2})(.{0,20})/ or next;
		($what, $_) = (sprintf("U+%04X", ord $2), "$1|$3");
		s/[^ -~]/?/g;
		print "$what in line $.: $_\n"' "$1" 2> /dev/null | head -n 5
}

# The same of what a terminal got: what our programs send on purpose is left
# out (colours, cursor, modes, character sets, the window's title, the bell),
# but none of it as a text here has it.
hostile_terminal() {
	LC_ALL=C grep -anoE "$(printf '\033')"'(\[(5;45m|21t)|\]2;[^'"$(printf '\007')"']*owned)' \
	    "$1" | head -n 3
	perl -0777 -pe '
		s/\e\]2;[^\e\a]*\a//g;
		s/\e\[[0-?]*[ -\/]*[@-~]//g;
		s/\e[()][0AB]//g;
		s/\e[=>78M]//g;
		s/\x18(?=\e\[\?1006l)//g;	# it ends: what was cut off
		s/[\r\b\a\x0e\x0f]//g' < "$1" > "$1.stripped"
	hostile_plain "$1.stripped"
}

# plain NAME FILE, terminal NAME FILE: each is a test.
hostile_none() {
	if [ -z "$2" ]; then pass "$1"; else fail "$1"; note "$2"; fi
}
plain() { hostile_none "$1" "$(hostile_plain "$2")"; }
terminal() { hostile_none "$1" "$(hostile_terminal "$2")"; }
