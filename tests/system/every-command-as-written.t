#!/bin/sh
# SPDX-License-Identifier: ISC
# Every command line that the README, the man pages and the station's README
# show is pasted as it stands there, into a shell beside a running ./demo: it
# does something, and says so by its exit code.
. "$SG_SRC/tests/lib/tap.sh"
if grep -q '^SG_CFLAGS.*-fsanitize' "$SG_BUILD/Makefile"; then
	echo '1..0 # SKIP a demonstration is never without its sandbox'
	exit 0
fi

copy=$dir/copy here=$dir/here
mkdir "$copy" "$here" "$dir/bin" "$dir/home"
(cd "$SG_SRC" && tar -c demo conf screens tests/lib packages.txt) |
    tar -x -C "$copy"
DEMO_BUILD=$SG_BUILD DEMO_PAST=20min HOME=$dir/home
export DEMO_BUILD DEMO_PAST HOME
unset TMUX SSH_AUTH_SOCK

end_all() {
	"$copy/demo" stop > "$dir/out" 2>&1
	[ ! -s "$here/sim.pid" ] || kill "$(cat "$here/sim.pid")" 2> /dev/null
}
cleanup=end_all
"$copy/demo" start > "$dir/out" 2>&1 || bail "$(cat "$dir/out")"

# ---- what a reader has: the programs in the path, a host `plant`, own keys

program() {	# program NAME: its script is on standard input
	{ echo '#!/bin/sh'; cat; } > "$dir/bin/$1"
	chmod +x "$dir/bin/$1"
}
program sightglass <<-END
	exec "$SG_BUILD/sightglass" -s "$copy/.demo/run/core.sock" "\$@"
END
# Who says no name is anna, who may do everything here; a server that stands by
# itself has port 4022.
program ssh <<-END
	case "\$*" in
	'-p 4022 '*@localhost) user=\${3%@*}; shift 3 ;;
	*plant*) user=anna ;;
	esac
	[ "\$1" != plant ] || shift
	exec $(command -v ssh) -F "$copy/.demo/ssh_config" "\$user@plant" "\$@"
END
program sightglassd <<-END
	exec "$SG_BUILD/sightglassd" -c "$copy/.demo/etc/sightglass.conf" "\$@"
END
# On ports that are free, and told when it listens.
program sightglass-sim <<-END
	case "\$1" in
	tell)	for i in \$(seq 500); do
			[ ! -S "\$2" ] || break
			sleep 0.02	# only the pace of asking
		done ;;
	*)	set -- "\$@" --listen 127.0.0.1:0,127.0.0.1:0,127.0.0.1:0
		echo \$\$ > sim.pid ;;
	esac
	exec "$SG_BUILD/sightglass-sim" "\$@"
END
plain=$PATH PATH=$dir/bin:$PATH
sightglass -q user role anna +shift-leader +engineer > "$dir/out" ||
    bail 'anna gets no roles'
for key in id_ed25519 nina; do
	ssh-keygen -q -t ed25519 -N '' -f "$here/$key" || bail 'no key'
done
cp "$here/nina" "$copy/.demo/keys/"
cp -R "$SG_SRC/conf/riverside" "$here/riverside"

# ---- what is written: FILE, a tab, the line

fenced() {	# the lines of the blocks of a .md
	awk -v name="$1" '
	/^```/ { inside = !inside; next }
	inside || /^    [a-z]/ { sub(/^    /, ""); print name "\t" $0 }' "$SG_SRC/$1"
}
spans() {	# what stands in its sentences
	grep -o '`[^`]*`' "$SG_SRC/$1" | tr -d '`' | sed "s,^,$1	,"
}
shown() {	# the lines of a man page that begin with a prompt
	sed -n -e 's/\\&//g; s/\\-/-/g' -e "s,^\\(\\.Dl \\)*[$] ,$1	,p" \
	    "$SG_SRC/$1"
}
{
	fenced README.md
	spans README.md
	fenced conf/station/README.md
	for page in "$SG_SRC"/man/*.[1-8]; do
		shown "man/${page##*/}"
	done
} | grep -E '	(\./demo [a-z]|sightglass(d|-sim)? [-a-z]|ssh (plant|-p)|tar c)' |
    awk '!seen[$0]++' > "$dir/all"
# what ends it comes last
end='	\./demo (stop|reset)'
grep -vE "$end" "$dir/all" > "$dir/lines"
grep -E "$end" "$dir/all" > "$dir/last"

# ---- pasting

# Some words lead nowhere without a terminal; lists may be empty.
expected() {	# expected LINE CODE
	case "$1" in
	'./demo login vera'* | ssh\ -p\ 4022\ *) [ "$2" -eq 2 ] ;;
	*' tags '* | *' project plan '* | *' events '* | *' alarms '*) [ "$2" -le 1 ] ;;
	*) [ "$2" -eq 0 ] ;;
	esac
}
# Where it belongs, and with what it is given.
paste_line() {
	case "$1" in
	./demo*) cd "$copy" && PATH=$plain ;;
	'tar c .'*) cd "$here/riverside" ;;
	*) cd "$here" ;;
	esac || return 99
	case "$1" in *--expect*) sightglass -q set site.target 4.5 ;; esac
	echo 'Blue-Heron 4711' | sh -c "$(printf '%s\n' "$1" |
	    sed "s,/usr/share/sightglass/,$SG_SRC/conf/,")" \
	    > "$dir/out" 2> "$dir/err"
}
paste_lines() {
	while IFS='	' read -r file line; do
		(paste_line "$line")
		code=$?
		name="$file: $(printf '%s\n' "$line" | sed 's/ *#.*//')"
		if expected "$line" $code; then
			pass "$name"
		else
			fail "$name"
			note "exit code $code"
			note "$(cat "$dir/out" "$dir/err")"
		fi
	done < "$1"
}
paste_lines "$dir/lines"
ok 'they are many' test "$tap_n" -ge 25
is "$(grep -c '^README.md	[.]/demo' "$dir/all")" \
    "$(grep -c '^[.]/demo [a-z]' "$SG_SRC/README.md")" 'all of the demonstration'

# ---- and words in passing name verbs that there are

sed -n 's/^\.Ql sightglass \([a-z][a-z ]*[a-z]\).*/\1/p' "$SG_SRC"/man/*.[1-8] |
    sort -u > "$dir/verbs"
unknown() {
	while read -r words; do
		# shellcheck disable=SC2086
		sightglass help $words > "$dir/out" 2>&1 || echo "$words"
	done < "$dir/verbs"
}
is "$(unknown)" '' 'the pages name no verb that there is not'
paste_lines "$dir/last"
ok 'in the end nothing is left of it' test ! -e "$copy/.demo"
echo "1..$tap_n"
