#!/bin/sh
# SPDX-License-Identifier: ISC
# What `make install` puts where, and that it fits together.
. "$SG_SRC/tests/lib/tap.sh"
plan 21

root=$dir/root
unset MAKEFLAGS MFLAGS MAKELEVEL
in_build() { make -s -C "$SG_BUILD" "$@" DESTDIR="$root" > "$dir/log" 2>&1; }
ok 'it installs' in_build install || note "$(cat "$dir/log")"
# Where the Makefile puts what.
make -s -C "$SG_BUILD" print-bindir print-sbindir print-pkglibexecdir \
    print-mandir print-sysconfdir print-pkgdatadir print-systemdsystemunitdir \
    print-localedir > "$dir/where"
{
	read -r bin && read -r sbin && read -r libexec && read -r man &&
	    read -r etc && read -r share && read -r unit && read -r locale
} < "$dir/where" || bail 'the Makefile does not say where'
etc=$etc/sightglass

programs() {
	for program in "$bin/sightglass" "$bin/sightglass-sim" \
	    "$sbin/sightglassd" "$libexec/sightglass-field" \
	    "$libexec/sightglass-sshd" "$libexec/sightglass-console"; do
		[ -x "$root$program" ] || { note "no $program"; return 1; }
	done
}
ok 'all programs are there' programs
is "$(readlink "$root$libexec/sightglass")" "$bin/sightglass" \
    'the front finds the command line beside itself'
ok 'the command line runs' sh -c "'$root$bin/sightglass' help > '$dir/help'"

pages() {
	for page in "$SG_SRC"/man/*.[1-8]; do
		name=${page##*/}
		cmp -s "$page" "$root$man/man${page##*.}/$name" ||
		    { note "no $name"; return 1; }
	done
}
ok 'all man pages are there' pages
ok 'the translations are there' \
    test -s "$root$locale/de/LC_MESSAGES/sightglass.mo"
ok 'the demonstration project passes the check' \
    "$root$bin/sightglass" -q project check "$root$share/riverside"

conf=$root$etc/sightglass.conf
ok 'the example configuration is valid' \
    "$root$sbin/sightglassd" -n -c "$conf"
: > "$dir/empty"
"$root$sbin/sightglassd" -p -c "$dir/empty" > "$dir/defaults"
sed 's/^#\([a-z]\)/\1/' "$conf" > "$dir/uncommented"
is "$(grep -c '^[a-z]' "$dir/uncommented")" "$(sed '/^lines/d' "$dir/defaults" |
    wc -l | tr -d ' ')" 'it shows every key'
is "$("$root$sbin/sightglassd" -p -c "$dir/uncommented")" \
    "$(cat "$dir/defaults")" 'and what it shows are the defaults'

service=$root$unit/sightglass.service
is "$(sed -n 's/^ExecStart=//p' "$service")" "$sbin/sightglassd" \
    'the service starts what was installed'
not_ok 'nothing is left to fill in' grep -q '@[a-z]*@' "$service" "$conf"
# it would give the core's files to root at each start
not_ok 'the service manager is given no directory of the core' \
    grep -q '^StateDirectory=' "$service"
# a path that is not there yet refuses also the line that makes it
is "$(sed -n 's/^ReadWritePaths=//p' "$service")" \
    "-$(sed -n 's/^ExecStartPre=+install .* //p' "$service")" \
    'and has the one that it makes before the first start'
users() {
	sed -n 's/^u \([^ ]*\).*/\1/p' "$SG_SRC/conf/sysusers/sightglass.conf"
}
is "$(echo $(users))" "$(sed -n '/^users/s/[^a-z -]//g; s/^users *//p' \
    "$dir/defaults" | sed 's/  */ /g; s/ $//')" \
    'the accounts are those of the configuration'
# systemd-sysusers reads *.conf and nothing else
ok 'and are made where it is installed' cmp -s \
    "$SG_SRC/conf/sysusers/sightglass.conf" \
    "$(find "$root" -path '*/sysusers.d/*.conf')"
verify() {
	command -v systemd-analyze > /dev/null || return 0
	# its man pages and programs are not where the manager would look
	sed -e '/^Documentation=/d' -e "s,^ExecStart=.*,ExecStart=/bin/true," \
	    "$service" > "$dir/sightglass.service"
	said=$(systemd-analyze verify "$dir/sightglass.service" 2>&1 |
	    grep 'sightglass.service:')
	[ -z "$said" ] || { note "$said"; return 1; }
}
ok 'the service manager understands the service' verify

echo 'restarts = 3;' > "$conf"
cp "$root$share/riverside/types/pump.conf" \
    "$root$share/riverside/types/former.conf"
in_build install
ok 'what an earlier version had in its project is gone' \
    "$root$bin/sightglass" -q project check "$root$share/riverside"
is "$(cat "$conf")" 'restarts = 3;' \
    'what the administrator wrote is not written over'
in_build uninstall
is "$(find "$root" ! -type d)" "$conf" 'uninstalled, only that is left'

# ---- the archive of the sources

lacking() {	# without what only belongs to a checkout
	grep -v '^\.' "$dir/files" | while read -r file; do
		[ -e "$dir/dist/$file" ] || echo "$file"
	done
}
if ! git -C "$SG_SRC" ls-files > "$dir/files" 2> "$dir/log"; then
	pass 'the archive has all files # SKIP this is no checkout'
elif make -s -C "$SG_BUILD" distdir distdir="$dir/dist" > "$dir/log" 2>&1; then
	is "$(lacking)" '' 'the archive has all files'
	chmod -R u+w "$dir/dist"
else
	fail 'the archive has all files'
	note "$(cat "$dir/log")"
fi
