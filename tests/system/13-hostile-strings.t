#!/bin/sh
# SPDX-License-Identifier: ISC
# What comes from outside reaches no terminal as it came (I9): twenty hostile
# texts through each of user name, TERM, comment, title, exec arguments; then
# the bytes that reached consoles, command lines and the log.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
. "$SG_SRC/tests/lib/hostile.sh"
plan 31
hostile_make
mkdir "$dir/got"
got=$dir/got
plant_start
sg -q user role anna +operator > /dev/null

# Consoles, and every byte that reaches them: watched NAME USER COLSxROWS,
# with the TERM in the file $term_of.
term_of=
watched() {
	mux new-session -d -s "$1" -x "${3%x*}" -y "${3#*x}" \
	    "[ -z '$term_of' ] || TERM=\$(cat '$term_of'; echo .)
	     [ -z '$term_of' ] || TERM=\${TERM%.}
	     ssh -F '$dir/ssh_config' -tt '$2@plant' | tee -a '$got/console-$1'"
	wait_screen "$1" "$2/" || { note_screen "$1"; bail "no console for $2"; }
}
watched olga olga 80x24
watched sven sven 132x43

quoted() { printf "'%s'" "$text"; }	# for the words of exec; no ' is in them

# Comments: of setpoints, of acknowledgements, of keys
give_reason() {
	sg set P-101A.sp "$((60 + ${name#0} % 2))" \
	    --confirm "$((60 + ${name#0} % 2))" --reason "$text"
}
raised() { alarm_is filter.interval.H unacknowledged; }
gone() { ! sg alarms -o csv --no-header | grep -q '^filter.interval.H,'; }
give_note() {
	sg -q set filter.interval 80 --confirm 80
	wait_for 10 raised || bail 'no alarm'
	sg ack filter.interval.H --note "$text"
	sg -q set filter.interval 48 --confirm 48
	wait_for 10 gone || bail 'it does not go'
}
hostile_each give_reason > "$got/reason" 2>&1
plain 'what set --reason says' "$got/reason"
is "$(grep -c ' done ' "$got/reason")" "$hostile_n" 'all were done'
hostile_each give_note > "$got/note" 2>&1
plain 'what ack --note says' "$got/note"
is "$(grep -c ' done ' "$got/note")" "$hostile_n" 'all were done, too'

# User names: at the front, as account, as the person's name; of keys
ssh-keygen -q -t ed25519 -N '' -C none -f "$dir/keys/none"
at_the_front() {
	timeout 20 "$SG_BUILD/tests/lib/sshhand" "$ssh_port" \
	    "$dir/keys/none" "$text" channels 1
}
as_account() { sg user add "$text" --name Nobody; }
as_person() {
	sg user add "p$name" --name "$text" --role viewer
	printf '%s %s\n' "$(cut -d' ' -f1,2 "$dir/keys/none.pub")" "$text" |
	    sg user key add "p$name"
	sg user key list "p$name"
}
hostile_each at_the_front > "$got/front" 2>&1
is "$(grep -c '^denied' "$got/front")" "$hostile_n" 'no such user gets in'
hostile_each as_account > "$got/account" 2>&1
plain 'what user add says of them' "$got/account"
is "$(sg user list -o csv --no-header | wc -l)" 6 'none is a user'
hostile_each as_person > "$got/person" 2>&1
plain 'what it says of the names of persons, and of comments of keys' \
    "$got/person"

# TERM: of command lines, of consoles, which tell it to others
with_term() { TERM=$text as anna session list; }
with=-tt
hostile_each with_term > "$got/term" 2>&1
with=
terminal 'a command line whose TERM it is' "$got/term"
console_gone() { ! mux has-session -t vera 2> /dev/null; }
console_with_term() {
	term_of=$hostile_file
	watched vera vera 100x30
	sg session list -o csv --no-header | grep ',vera,' >> "$got/terms"
	mux kill-session -t vera
	wait_for 10 console_gone || bail 'the console does not go'
}
hostile_each console_with_term
is "$(cut -d, -f9 "$got/terms" | sort | uniq -c | tr -s ' ')" \
    " $hostile_n vt100" 'the server takes none of them for a terminal'
terminal 'nor do the consoles send any' "$got/console-vera"

# Arguments, with a terminal and without
as_argument() {
	as vera get "$(quoted)"
	as vera "$(quoted)"
	as vera tags -o "$(quoted)"
}
hostile_each as_argument > "$got/arguments" 2>&1
plain 'what is said about arguments' "$got/arguments"
ok 'it names them' test "$(grep -c owned "$got/arguments")" -ge "$hostile_n"
with=-tt
hostile_each as_argument > "$got/arguments-tty" 2>&1
with=
terminal 'the same at a terminal' "$got/arguments-tty"

# Titles in a project: as they are, escaped, and in a table
tags=$dir/project/tags.conf
cp "$tags" "$dir/tags.conf"
cp "$dir/project/objects.csv" "$dir/objects.csv"
in_conf() { perl -pe 's/(["\\])/\\$1/g' < "$hostile_file"; }
escaped() { od -An -v -tx1 "$hostile_file" | tr -d '\n' | sed 's/ /\\x/g'; }
in_csv() { sed 's/"/""/g' "$hostile_file"; }
check_title() {	# TITLE
	{
		printf 'tags = ( { name = "test.h"; area = "intake"; internal = true; kind = "bool"; title = "'
		cat "$1"
		printf '"; },\n'
		sed 1,2d "$dir/tags.conf"
	} > "$tags"
	sg project check "$dir/project"
	echo $? >> "$got/codes"
}
titles() {
	in_conf > "$dir/title"
	check_title "$dir/title"
	escaped > "$dir/title"
	check_title "$dir/title"
	cp "$dir/tags.conf" "$tags"
	{
		cat "$dir/objects.csv"
		printf 'X-1,flow,intake,plc1,,500,,,"'
		in_csv
		printf '",%s\n' "$(head -n 1 "$dir/objects.csv" |
		    cut -d, -f10- | tr -cd ,)"
	} > "$dir/project/objects.csv"
	sg project check "$dir/project"
	echo $? >> "$got/codes"
	cp "$dir/objects.csv" "$dir/project/objects.csv"
}
{
	hostile_each titles
	hostile_file=$dir/nul	# no argument, but a file can have it
	printf 'a\000owned' > "$hostile_file"
	titles
} > "$got/titles" 2>&1
plain 'what the checker says of titles' "$got/titles"
# Only what is none to a terminal is a title: text for those who interpret.
is "$(sort "$got/codes" | uniq -c | tr -s ' ')" " 3 0
 $((3 * hostile_n)) 1" 'it takes none of them, in any form'
apply_titles() {
	check_title "$dir/title" > /dev/null
	tar -c -C "$dir/project" . | as emma project apply - && return 1
}
for hostile_file in "$hostile/00" "$hostile/09"; do
	escaped > "$dir/title"
	apply_titles
done > "$got/apply" 2>&1
plain 'nor does the server' "$got/apply"
ok 'which says so' has "$got/apply" 'a control or invisible character'
hostile_file=$(grep -l '%n' "$hostile"/*)
in_conf > "$dir/title"
check_title "$dir/title" > /dev/null
tar -c -C "$dir/project" . | as emma project apply - > "$got/apply" 2>&1
is $? 0 'what is only text is a title'
title_is() { [ "$(sg tags test.h -o json | grep -cF "$(cat "$hostile_file")")" = 1 ]; }
ok 'and stays as it is' wait_for 20 title_is

# What operators see afterwards
raise() { sg -q set filter.interval 80 --confirm 80 > /dev/null; }
wait_for 10 raise
press olga A 'since    alarm' && press olga i 'came at  ' || note_screen olga
press sven A 'since    alarm' || note_screen sven
alarm_noted() {
	sg -q ack filter.interval.H --note "$(cat "$hostile/03")owned"
	wait_screen sven acknowledged
}
ok 'an operator acknowledges with such a note, and others are told' alarm_noted
go sven intake 'Raw water intake' || note_screen sven
hostile_each give_reason > "$got/reason" 2>&1
for verb in events audit 'session list' 'user list' alarms tags 'user key list p00'; do
	for format in table csv json jsonl; do
		# shellcheck disable=SC2086
		case $verb in
		audit) user=sven ;;
		*) user=anna ;;
		esac
		as $user $verb -o $format >> "$got/lists" 2>&1
		with=-tt
		as $user $verb -o $format >> "$got/lists-tty" 2>&1
		with=
	done
done
plain 'lists over ssh have none' "$got/lists"
terminal 'nor at a terminal' "$got/lists-tty"
for verb in events audit 'user list'; do
	user=anna
	[ "$verb" = audit ] && user=sven
	# shellcheck disable=SC2086
	ok "though $verb tells of each" test "$(as $user $verb -o csv |
	    grep -c owned)" -ge $((hostile_n - 3))
done
terminal 'the first console had none' "$got/console-olga"
terminal 'nor the second' "$got/console-sven"
both_live() {
	[ "$(sg session list -o csv --no-header |
	    grep -cE ',(olga|sven),')" = 2 ]
}
ok 'both live, and each sees the other' wait_for 10 both_live
server_stop
plain 'the log of the server has none' "$dir/log/server"
is "$(grep -c 'login refused: ' "$dir/log/server")" "$hostile_n" \
    'though it tells of each login'
