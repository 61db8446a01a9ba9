#!/bin/sh
# SPDX-License-Identifier: ISC
# Passwords over ssh, with OpenSSH's client: who gets in with one, for how long
# it holds, what those show who manage users from elsewhere, and that none is
# ever seen.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 44
plant_start

secret='Blue-Heron 4711' other='Grey.Heron-4712'

# OpenSSH's client, with the password as its askpass gives it.
cat > "$dir/askpass" <<'END'
#!/bin/sh
printf '%s\n' "$PASSWORD"
END
chmod +x "$dir/askpass"
by_password() {	# PASSWORD USER WORD...
	by_what=$1 by_who=$2
	shift 2
	PASSWORD=$by_what SSH_ASKPASS=$dir/askpass SSH_ASKPASS_REQUIRE=force \
	    DISPLAY=:0 ssh -F "$dir/ssh_config" $with -o PubkeyAuthentication=no \
	    -o PreferredAuthentications=password -o NumberOfPasswordPrompts=1 \
	    "$by_who@plant" "$@" < /dev/null
}
events_have() { [ "$(sql record.db "SELECT count(*) > 0 FROM events WHERE $1")" = 1 ]; }

# Giving one
for weak in short vera '' "$(printf 'with a\tcontrol')"; do
	printf '%s\n' "$weak" | sg user password vera --stdin \
	    > /dev/null 2> "$dir/err"
	not_ok 'a weak password is not taken' test $? = 0
done
ok 'with the reason' has "$dir/err" 'control or invisible'
printf '%s\n' "$secret" | sg user password nobody --stdin > /dev/null 2>&1
is $? 4 'nobody gets none'
is "$(sg user list -o csv --no-header | grep '^vera,' | cut -d, -f6)" false \
    'a user has none at first'
by_password "$secret" vera version > /dev/null 2>&1
is $? 255 'and does not get in with one'
printf '%s\n' "$secret" | sg -q user password vera --stdin > /dev/null
is $? 0 'then gets one'
is "$(sg user list -o csv --no-header | grep '^vera,' | cut -d, -f6)" true \
    'as the list of users says'

# Getting in
is "$(by_password "$secret" vera get -q site.target)" 4.5 'and gets in with it'
is "$(sql record.db "SELECT user, result FROM audit WHERE verb = 'login'
    AND name = 'vera' ORDER BY seq DESC LIMIT 1")" 'vera|done' 'as the audit says'
tries() {
	by_password "$1" "$2" version > /dev/null 2> "$dir/err"
	echo "$? $(tr -d '\r' < "$dir/err" | cut -d@ -f2)"
}
denied='255 127.0.0.1: Permission denied (publickey,password).'
is "$(tries 'Blue-Heron 4712' vera)" "$denied" 'not with another'
is "$(tries "$secret" olga)" "$denied" 'nor as a user who has none'
is "$(tries "$secret" mallory)" "$denied" 'nor as nobody'
sg -q user lock vera > /dev/null
is "$(tries "$secret" vera)" "$denied" 'nor as a locked user'
sg -q user unlock vera > /dev/null
ok 'each is in the audit' audit_has "verb = 'login' AND name = 'vera'
    AND result = 'refused: unknown user or wrong password'"
ok 'and among the events' events_have "kind = 'login' AND name = 'vera'
    AND text = 'login refused'"
is "$(sql record.db "SELECT count(*) FROM audit WHERE name = 'mallory'
    OR user = 'mallory'")" 0 'but no name that is nobody'\''s'
is "$(by_password "$secret" vera get -q site.target)" 4.5 \
    'the right one still gets in'
long=$(printf '%0300d' 0)
is "$(tries "$long" vera)" "$denied" 'one that is too long is just wrong'

# Keys go on, and forged words are refused
is "$(as vera get -q site.target)" 4.5 'her key still holds'

# How long it holds: consoles that were opened with it
mux new-session -d -s hers -x 80 -y 24 "PASSWORD='$secret' \
    SSH_ASKPASS='$dir/askpass' SSH_ASKPASS_REQUIRE=force DISPLAY=:0 \
    ssh -F '$dir/ssh_config' -t -o PubkeyAuthentication=no \
    -o PreferredAuthentications=password vera@plant
    echo; echo; echo ended \$?; read none"
ok 'a console opens with it' wait_screen hers 'vera/viewer'
sg -q user role sven +admin > /dev/null
is_back() { sg session list -o csv --no-header | grep -q '^[0-9]*,vera,.*,overview,'; }
ok 'and the core dies' kill_core
ok 'then it comes back as hers' wait_for 10 is_back
console keyed vera
ok 'beside one with a key' wait_screen keyed 'vera/viewer'
printf '%s\n' "$other" | sg -q user password vera --stdin > /dev/null
ok 'a new password ends what the old one opened' \
    wait_screen hers 'this login was ended'
ok 'and nothing else' wait_screen keyed 'vera/viewer'
keys keyed q y
is "$(tries "$secret" vera)" "$denied" 'the old one is no more'
is "$(by_password "$other" vera get -q site.target)" 4.5 'the new one is'
sg -q user password vera --remove > /dev/null
is "$(tries "$other" vera)" "$denied" 'until it is taken away'

# Who manages users from elsewhere
as sven user lock felix > /dev/null 2> "$dir/err" < /dev/null
not_ok 'a key is not enough to manage users' test $? = 0
echo "$secret" | as sven user lock felix > /dev/null 2> "$dir/err"
is $? 3 'nor is any password'
ok 'with the reason' has "$dir/err" 'not the password of sven'
printf '%s\n' "$secret" | sg -q user password sven --stdin > /dev/null
echo "$other" | as sven user lock felix > /dev/null 2>&1
is $? 3 'nor a wrong one'
is "$(sg user list -o csv --no-header | grep '^felix,' | cut -d, -f8)" false \
    'nobody was locked'
echo "$secret" | as sven -- user lock felix > /dev/null
is "$? $(sg user list -o csv --no-header | grep '^felix,' | cut -d, -f8)" \
    '0 true' 'the right one is'
{ echo "$secret"; echo "$other"; } | as sven user password vera > /dev/null
is "$(by_password "$other" vera get -q site.target)" 4.5 \
    'and gives a password to another'

# At a terminal nothing of it is shown
mux new-session -d -s typed -x 80 -y 24 "ssh -F '$dir/ssh_config' -t \
    sven@plant user unlock felix | tee '$dir/typed'; echo ended \$?; read none"
ok 'at a terminal it is asked for' wait_screen typed 'Your password:'
type_in typed "$secret"
keys typed Enter
ok 'and is taken' wait_screen typed 'ended 0'
is "$(screen_of typed | grep -c 'Heron')" 0 'without being shown'
is "$(sg user list -o csv --no-header | grep '^felix,' | cut -d, -f8)" false \
    'as what it did says'

# No port, no method
plant_stop
is "$(grep -r -l -a -e 'Heron' "$dir/state" "$dir/log" "$dir/run" | wc -l)" 0 \
    'no password is in database, log or socket'
sed -i '$ a ssh = { passwords = false; };' "$dir/sightglass.conf"
plant_sim
plant_server
wait_for 10 test -s "$dir/run/ports"
is "$(tries "$other" vera)" '255 127.0.0.1: Permission denied (publickey).' \
    'passwords = false: nobody gets in with one'
