#!/bin/sh
# SPDX-License-Identifier: ISC
# Line 12: a command line gives byte for byte the same output and exit code
# locally and over ssh. Both times the caller is otto: locally by his account,
# over ssh by his key.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"

# What otto's account is: ours, or as root (who is `local`) another one.
account=$(id -un)
[ "$(id -u)" -ne 0 ] || account=nobody

plant_dirs
plant_sim
plant_server
add_user otto 'Otto Berg' --role operator --role admin --unix "$account"
add_user vera 'Vera Lind' --role viewer
add_user emma 'Emma Novak' --role engineer
wait_for 10 test -s "$dir/run/ports" || bail 'the front does not listen'
secret='Blue-Heron 4711'
echo "$secret" | sg -q user password otto --stdin > /dev/null
plant_ssh
plant_project
sg -q control take || bail 'no control'

# Root becomes nobody, who can only reach what he may.
mkdir "$dir/bin"
cp "$SG_BUILD/sightglass" "$dir/bin/"
chmod 711 "$dir" "$dir/run"
chmod 755 "$dir/bin" "$dir/bin/sightglass"
otto() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid=nobody --regid=nogroup --clear-groups \
		    "$dir/bin/sightglass" -s "$dir/run/core.sock" "$@"
	else
		sg "$@"
	fi
}
is "$(otto session list -q -o 2>&1 | head -n 1)" \
    'sightglass: -o needs a value: -o FORMAT' 'otto gets in locally'
is "$(otto session list -o csv --no-header | cut -d, -f2)" otto \
    'and is the same user as over ssh'

# What the lines read from standard input.
cd "$dir" || exit 99
cp keys/vera.pub key
printf 'one\ntwo\n' > lines
: > nothing
tar -c -C "$plant_project" . > good.tar
mkdir broken
printf 'format = 1;\nnmae = "x";\n' > broken/plant.conf
tar -c -C broken . > broken.tar
cp "$plant_project/screens/power.screen" good.screen
sed 's/^@end$//' good.screen > broken.screen

# Everything that differs from call to call: when an answer began, how long a
# command took.
still() {
	sed -E -e 's/("verb":"[a-z ]*","time":")[^"]*/\1T/' \
	    -e 's/("elapsed_ms":)[0-9]+/\1N/' \
	    -e '/^site[.]|^P-101A[.]/{s/,[0-9]+$/,N/;s/ +[0-9]+$/ N/}' "$1"
}

# Every line finds the setpoint as it was; a set that is not needed would only
# move its time.
reset() {
	[ "$(otto get -q site.target)" = 4.5 ] || otto set -q site.target 4.5
}

# Over ssh, who manages users says the own password first.
typed() {
	case $1 in
	*'user add'* | *'user ad '* | *'user role'* | *'user key add'*) echo "$secret" ;;
	esac
	cat "$2"
}

# compare CODE INPUT LINE
compare() {
	reset
	(
		input=$2
		set -f
		eval "set -- $3"
		otto "$@" < "$input" > local.out 2> local.err
	)
	here=$?
	reset
	# ssh takes a first word with a dash for its own: the blank hides it
	typed "$3" "$2" | as otto " $3" > ssh.out 2> ssh.err
	there=$?
	still local.out > local.still
	still ssh.out > ssh.still
	if [ "$here:$there" = "$1:$1" ] && cmp -s local.still ssh.still &&
	    cmp -s local.err ssh.err; then
		pass "$1 $3"
	else
		fail "$1 $3"
		note "codes: $here locally, $there over ssh"
		note "$(diff local.still ssh.still)"
		note "$(diff local.err ssh.err)"
	fi
}

# Exit code, standard input, line.
cat > table <<'END'
0 nothing get site.target
0 nothing get -q site.target
0 nothing get site.target site.speedlimit -o csv
0 nothing get site.target -o json
0 nothing get site.target -o jsonl
0 nothing get site.target --no-header
0 nothing -o csv get site.target
0 nothing get --utc -- site.target
0 nothing tags 'site.t*'
0 nothing tags "site.?arget" -o csv
0 nothing tags site.t* -q
0 nothing tags 'site.t'* --area clearwater
0 nothing tags --quality good site.target -o=json
1 nothing tags 'nothing*'
1 nothing tags 'nothing*' -o csv
1 nothing tags 'nothing*' -o json
0 nothing watch -n 1 site.target
0 nothing watch -n 1 -q site.target
4 nothing get no.such
4 nothing watch no.such
4 nothing get site.target no.such -o csv
4 nothing tags --area atlantis
2 nothing get
2 nothing get -q -o csv site.target
2 nothing get site.target -o jsn
2 nothing tags --aera x
2 nothing tags --quality
2 nothing statsu
2 nothing user
2 nothing user ad x
2 nothing frobnicate
2 nothing session ticket
2 nothing events -n 0
2 nothing events --since yesteryear
2 nothing status now
0 nothing set site.target 4.2
0 nothing set -o csv site.target '4.2'
0 nothing set -o json site.target "4.2"
0 nothing set site.target 4,2
0 nothing set -q site.target 4.2 --expect 4.5
0 nothing set site.target 4.2 --reason 'it'"'"'s "low" $HOME *'
5 nothing set site.target 4.2 --expect 4.4
6 nothing set site.target 99
6 nothing set site.target -- -1
6 nothing set site.target -1
2 nothing set site.target NaN
2 nothing set site.target ''
4 nothing set no.such 1
2 nothing set site.target
2 nothing set site.target 1 2
6 nothing do P-101A start
6 nothing do P-101A start --confirm P-101B
4 nothing do P-999 start
4 nothing ack P-101A.NOTHING
2 nothing project log -- x
3 good.tar project apply -
0 good.tar project check -
1 broken.tar project check -
1 broken.tar project check - -o csv
1 lines project check -
0 good.screen screen check -
1 broken.screen screen check - -o csv
2 nothing screen check
2 lines user key add vera
2 nothing user key add vera
6 key user key add vera
4 key user key add nobody-here
0 nothing user list -q
6 nothing user role vera +nonsense
2 nothing user role vera operator
0 nothing screen list -o csv
4 nothing screen show nowhere
0 nothing describe tag site.target
0 nothing describe object P-101A -o csv
0 nothing control status -q
0 nothing version
0 nothing version -o csv
0 nothing help
0 nothing help set
0 nothing set --help
2 nothing help nonsense
0 nothing complete -- user k
4 nothing get a\ b
4 nothing get "a\"b" 'c\d'
END
while read -r code input line; do
	compare "$code" "$input" "$line" < /dev/null
done < table
echo "1..$tap_n"
