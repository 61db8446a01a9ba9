#!/bin/sh
# SPDX-License-Identifier: ISC
# A project over ssh: checked, planned and applied by the engineer, refused for
# the operator; a hostile archive harms nothing, neither by the command line
# nor fed to the core itself.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 51
plant_start
# Who comes here locally may apply, too, and need not check first.
sg -q user role anna +engineer > /dev/null
feed() { "$SG_BUILD/tests/lib/feed" "$dir/run/core.sock"; }
core=$(child core)
memory() { awk '/^VmHWM/ { print int($2 / 1024) }' "/proc/$core/status"; }

# The engineer, over ssh.
pack() { tar -c -C "${1:-$plant_project}" .; }
pack | as emma project check - > "$dir/out" 2>&1
is $? 0 'the engineer checks a project over ssh'
sed -i 's/above = 5.2/above = 5.1/' "$plant_project/types/level.conf"
pack | as emma project plan - -o csv --no-header > "$dir/out" 2> "$dir/err"
is $? 0 'plans it'
is "$(cut -d, -f1-4 "$dir/out")" changed,alarm,LT-501.H,condition \
    'which says what it would touch'
pack | as emma project apply - > "$dir/out" 2> "$dir/err"
is $? 0 'and applies it'
is "$(as vera project log -o csv --no-header | cut -d, -f1,4,5 | tail -n 1)" \
    2,emma,true 'everybody sees who did'
is "$(as vera project diff -o csv --no-header | cut -d, -f1-4)" \
    changed,alarm,LT-501.H,condition 'and what'

# The operator.
sed -i 's/above = 5.1/above = 5.0/' "$plant_project/types/level.conf"
for verb in plan apply; do
	pack | as olga project $verb - > "$dir/out" 2> "$dir/err"
	is $? 3 "the operator may not $verb"
	ok 'and reads why' has "$dir/err" 'needs project'
done
as olga project rollback > "$dir/out" 2> "$dir/err"
is $? 3 'nor roll back'
audited() {
	audit_has "user = 'olga' AND verb = 'project apply'
	    AND result = 'refused: needs project'"
}
ok 'that is in the audit' wait_for 10 audited
as olga project export > "$dir/out" 2> "$dir/err"
is $? 3 'nor take it away'

# Hostile archives. A file that nobody may change stands beside.
echo untouched > "$dir/victim"
victim=$dir/victim
mkdir -p "$dir/evil" && cd "$dir/evil" || bail 'no directory'
good() { rm -rf "$dir/evil/p"; cp -R "$SG_SRC/conf/riverside" p; chmod -R u+w p; }
make_link() {	# a member that is a link out of the project
	good
	rm p/plant.conf
	ln -s "$victim" p/plant.conf
	pack p
}
make_directory_link() {	# files below a link to a directory
	good
	mkdir -p "$dir/outside"
	mv p/screens p/real
	ln -s "$dir/outside" p/screens
	tar -c -C p screens plant.conf lines.conf
	rm p/screens
	mkdir p/screens && cp p/real/* p/screens
	tar -c -C p screens
}
make_dots() {	# ../../victim
	good
	cp "$victim" victim
	tar -c -P --transform 's,^victim$,../../../victim,' victim
}
make_screen_dots() {
	good
	cp p/screens/overview.screen x
	tar -c -P --transform 's,^x$,screens/../../../../victim,' x
}
make_absolute() {
	good
	tar -c -P --transform "s,^victim$,$victim," victim
}
make_hard_link() {
	good
	tar -c -P --transform "s,^p/plant.conf$,$victim,;s,^p/,," \
	    p/plant.conf p/lines.conf
}
make_huge() {	# more than 16 MiB of files
	good
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do
		head -c 1000000 /dev/zero | tr '\0' '#' > "p/screens/s$i.screen"
	done
	pack p
}
make_bomb() {	# 2 GiB of zeros in a few hundred kB
	good
	truncate -s 2G p/objects.csv
	tar -c -S -C p objects.csv plant.conf
}
make_zipped_bomb() {
	good
	truncate -s 1G p/objects.csv
	tar -c -z -C p objects.csv plant.conf
}
make_many() {	# 30,000 members
	good
	mkdir p/types/many
	(cd p/types && seq -f 't%.0f.conf' 30000 | xargs touch)
	pack p
}
make_device() {
	good
	rm p/plant.conf
	mkfifo p/plant.conf
	pack p
}
make_torn() { good; pack p | head -c 70000; }
make_noise() { head -c 300000 /dev/urandom; }
facts() {
	cat "$victim"
	ls "$dir" "$dir/outside" "$dir/state" "$dir/state/projects" 2> /dev/null |
	    grep -v '^out$\|^err$\|^evil$\|\.tar$\|^outside$'
	sg project log -o csv --no-header
	echo "$(child core) $(child field)"
}
make_noise > "$dir/noise.tar"
mkdir -p "$dir/outside"
facts > "$dir/before.tar"
for how in link directory_link dots screen_dots absolute hard_link huge bomb \
    zipped_bomb many device torn noise; do
	make_$how > "$dir/$how.tar" 2> /dev/null
	as emma project apply - < "$dir/$how.tar" > "$dir/out" 2> "$dir/err"
	code=$?
	ok "$how is refused" test $code -ne 0 -a $code -ne 9
	feed < "$dir/$how.tar" > "$dir/out" 2>&1
	ok 'also by the core' test "$(tail -n 1 "$dir/out" | cut -c 1)" != 0
	rm -f "$dir/$how.tar"
done
facts > "$dir/after.tar"
ok 'nothing was written, nobody began anew' \
    cmp -s "$dir/before.tar" "$dir/after.tar" ||
    note "$(diff "$dir/before.tar" "$dir/after.tar")"
is "$(quality_of LT-501.pv)" good 'the plant is read'
as olga set P-101A.sp 70 --confirm 70 > /dev/null
is $? 0 'commands go'
peak=$(memory)
ok "the core did not swell ($peak MB)" test "$peak" -lt 400
pack | as emma project apply - > "$dir/out" 2> "$dir/err"
is $? 0 'and a good project is still taken'

# What people tuned is written back into what is exported (P21).
sed -i 's/name = "H";  of = "pv";/name = "H"; tunable = true; of = "pv";/' \
    "$plant_project/types/level.conf"
sed -i 's/internal = true; retain = true; value = 4.5;/& tunable = true;/' \
    "$plant_project/tags.conf"
pack | as emma project apply - > "$dir/out" 2> "$dir/err"
as emma tune LT-501.H.limit 4.9 > "$dir/out" 2> "$dir/err"
is $? 0 'the engineer tunes a limit'
as emma tune LT-501.H.on_delay 7s > /dev/null
as olga set site.target 4.2 > /dev/null
is "$(as vera tunables -o csv --no-header | cut -d, -f1-4 | sort)" \
    'LT-501.H.limit,5,4.9,emma
LT-501.H.on_delay,5,7,emma
site.target,4.5,4.2,olga' 'three differences to the project'
as emma project export > "$dir/export.tar" 2> "$dir/err"
is $? 0 'the project is exported'
mkdir "$dir/exported" && tar -x -f "$dir/export.tar" -C "$dir/exported"
ok 'the limit and the delay stand in the row of their object' \
    grep -q '^LT-501,.*,4.9,7000ms' "$dir/exported/objects.csv"
ok 'the preset at its tag' grep -q 'retain = true; value = 4.2;' \
    "$dir/exported/tags.conf"
is "$(cd "$dir/exported" && find . -type f | sort | while read -r f; do
    cmp -s "$f" "$plant_project/$f" || echo "$f"
done)" './objects.csv
./tags.conf' 'no other file is touched'
pack "$dir/exported" | as emma project plan - -o csv --no-header |
    cut -d, -f1-4 > "$dir/out"
is "$(sort "$dir/out")" 'changed,alarm,LT-501.H,condition
changed,tag,site.target,value
tuned,alarm,LT-501.H,limit
tuned,alarm,LT-501.H,on_delay
tuned,tag,site.target,value' 'applied again it makes these the project'"'"'s own'
