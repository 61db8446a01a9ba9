#!/bin/sh
# SPDX-License-Identifier: ISC
# The single user: a console on a terminal of the server itself, with the SSH
# front switched off. It looks until somebody logs in there; the next shift
# takes it over at the same screen; everything is told with its name.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 56

plant_dirs
plant_sim
plant_config
sed -i 's/^listen = .*/listen = [ ];/' "$dir/sightglass.conf"
ssh_port=none		# the configuration stays as it is
plant_server
secret='Blue-Heron 4711' other='Grey-Egret 4712'
sg -q user add olga --name 'Olga Petrova' --role operator > /dev/null
sg -q user add sven --name 'Sven Holm' --role viewer > /dev/null
echo "$secret" | sg -q user password olga --stdin > /dev/null
echo "$other" | sg -q user password sven --stdin > /dev/null

# The terminal first, so that the project can name it; all that is ever
# written to it is kept.
mux new-session -d -s tty -x 80 -y 24 sh
mux pipe-pane -t tty "cat > '$dir/bytes'"
tty=$(mux display-message -p -t tty '#{pane_tty}')
sg -q user add ruth --name 'Ruth Lang' --role operator > /dev/null
third='Black-Stork 4713'
echo "$third" | sg -q user password ruth --stdin > /dev/null
plant_copy
sed -i '/name = "site.speedlimit"/,/write =/s/confirm = "confirm"/confirm = "second"/' \
    "$plant_project/tags.conf"
sed -i 's/"operate",/"operate", "tune",/' "$plant_project/roles.conf"
cat > "$plant_project/stations.conf" <<END
stations = ( { name = "desk"; match = [ "tty:$tty" ]; start = "intake"; } );
END
sg -q project apply "$plant_project" > /dev/null || bail 'no project'
wait_for 10 as_good || bail 'plc1 is not read'
sg -q control take > /dev/null

# Without the SSH front
is "$(sg status -o csv --no-header | grep '^ssh,' | cut -d, -f3)" off \
    'without an address the SSH front is off'
is "$(child ssh)" '' 'and does not run'
not_ok 'nor is there a port' test -e "$dir/run/ports"

# open_console: in that terminal
sg_console="'$SG_BUILD/sightglass' -s '$dir/run/core.sock' console"
open_console() {
	type_in tty "$sg_console; echo ended \$?"
	keys tty Enter
}
session_of() {	# the one console: USER,STATION,FROM
	sg session list -o csv --no-header | grep ",$tty," | cut -d, -f2-4
}
is_session() { [ "$(session_of)" = "$1" ]; }
events_have() { [ "$(sql record.db "SELECT count(*) > 0 FROM events WHERE $1")" = 1 ]; }

open_console
ok 'a terminal of the server shows the plant' wait_screen tty 'P-101A'
ok 'on the start screen of its station' wait_screen tty 'Raw water intake'
ok 'to nobody' wait_screen tty 'nobody, looks on'
ok 'as the server knows' wait_for 10 is_session "local,desk,$tty"
# refused: w, and y where it asks, until it says why not
refused() {
	shows tty "needs $1" && return 0
	shows tty 'y yes' && keys tty y || keys tty w
	return 1
}
# What was opened by that; a key that comes too early is pressed again, and a
# late one may have opened the question once more.
closed() {
	shows tty 'state now' && keys tty Escape
	shows tty 'Up Down choose' && keys tty q
	shows_not tty 'state now' && shows_not tty 'Up Down choose'
}
close_object() { wait_for 20 closed || bail 'the dialogs do not close'; }
was=$(record_count)
select_item tty P-101B
ok 'nobody commands nothing' wait_for 10 refused operate
close_object
is "$(record_count)" "$was" 'and the PLC heard nothing'

# log_in NAME PASSWORD: as a person types
log_in() {
	press tty : ':' && type_in tty "login $1" &&
	    wait_screen tty ":login $1" && keys tty Enter &&
	    wait_screen tty 'Log in at this console' && type_in tty "$2" &&
	    wait_screen tty '[********' && keys tty Enter
}
log_in olga 'wrong-heron 1'
ok 'a wrong password is refused' wait_screen tty 'unknown user or wrong password'
type_in tty 'another wrong one'
wait_screen tty '[********'
keys tty Escape
ok 'Escape ends it' wait_gone tty 'Log in at this console'
ok 'and nobody is still nobody' wait_screen tty 'nobody, looks on'
log_in mallory "$secret"
ok 'an unknown name is told the same' wait_screen tty 'unknown user or wrong password'
keys tty Escape
wait_gone tty 'Log in at this console'
ok 'both are in the audit' wait_for 10 audit_has "verb = 'session login'
    AND name = 'olga' AND user = 'local' AND station = 'desk'
    AND result = 'refused: unknown user or wrong password'"
ok 'and among the events' events_have "kind = 'login' AND name = 'olga'
    AND text = 'login refused' AND station = 'desk'"

press tty : ':' && type_in tty "login olga $secret" && keys tty Enter
ok 'a password behind the name is not taken' wait_screen tty 'only the name'

log_in olga "$secret"
ok 'the right one is' wait_screen tty 'olga/operator'
ok 'the screen stays' wait_screen tty 'Raw water intake'
ok 'it is hers at once' wait_for 10 is_session "olga,desk,$tty"
ok 'in the audit with both names' audit_has "verb = 'session login'
    AND user = 'local' AND old = 'local' AND new = 'olga' AND result = 'done'"
ok 'and among the events' events_have "kind = 'login' AND name = 'olga'
    AND text = 'logged in at an open console'"

# set_to VALUE: in the dialog
set_to() {
	select_item tty P-101A.sp && press tty w 'allowed 20' &&
	    type_in tty "$1" && wait_screen tty "[$1 " &&
	    press tty Enter "Write $1 %" 'Enter send' &&
	    press tty y "P-101A.sp -> $1: done" 'y yes'
}
ok 'she sets a value' set_to 70
ok 'that the PLC has' wait_for 10 record_has 6 100 19354
ok 'and stands behind it' wait_for 10 audit_has "verb = 'set' AND name = 'P-101A.sp'
    AND user = 'olga' AND station = 'desk' AND \"from\" = '$tty' AND result = 'done'"

# What two persons give
second() {	# second NAME PASSWORD
	wait_screen tty 'A second person' && type_in tty "$1" &&
	    wait_screen tty "[$1 " && keys tty Enter && type_in tty "$2" &&
	    wait_screen tty '[********' && keys tty Enter
}
select_item tty site.speedlimit
press tty w 'allowed'
type_in tty 90
wait_screen tty '[90 '
press tty Enter 'A second person'
second ruth 'not her stork'
ok 'what two persons give: not with a wrong password' \
    wait_screen tty 'the second person: unknown user or wrong password'
press tty Enter 'A second person'
second olga "$secret"
ok 'nor by one of them alone' wait_screen tty 'and that is not olga'
is "$(value_of site.speedlimit)" 100 'it is as it was'
press tty Enter 'A second person'
second ruth "$third"
ok 'but by both' wait_screen tty 'site.speedlimit -> 90: done'
is "$(value_of site.speedlimit)" 90 'it holds'
ok 'and both are in the audit' wait_for 10 audit_has "verb = 'set'
    AND name = 'site.speedlimit' AND user = 'olga' AND reason = 'second: ruth'
    AND result = 'done'"
printf '%s\n' "$other" | sg set site.speedlimit 80 --second sven > /dev/null 2>&1
is $? 3 'nobody gives it by the command line with a second alone'

# What lasts
ok 'the core dies' kill_core
ok 'and she is still there' wait_for 10 is_session "olga,desk,$tty"
ok 'as she sees' wait_screen tty 'olga/operator'
ok 'she goes elsewhere' go tty overview 'Town'

# The next shift
log_in sven "$other"
ok 'the next shift takes over' wait_screen tty 'sven/viewer'
ok 'at the same screen' wait_screen tty 'Town'
select_item tty P-101A
ok 'with its own rights' wait_for 10 refused operate
close_object
ok 'which is in the audit' audit_has "verb = 'session login' AND user = 'olga'
    AND old = 'olga' AND new = 'sven' AND result = 'done'"
press tty : ':' && type_in tty logout && keys tty Enter
ok 'who logs out leaves it to nobody' wait_screen tty 'nobody, looks on'
ok 'at the same screen' wait_screen tty 'Town'
ok 'as the server knows' wait_for 10 is_session "local,desk,$tty"
ok 'and the audit' audit_has "verb = 'session logout' AND user = 'sven'
    AND new = 'local' AND result = 'done'"
ok 'the core dies once more' kill_core
ok 'and nobody is there' wait_for 10 is_session "local,desk,$tty"

# Whoever is locked is out, here too
log_in olga "$secret"
wait_screen tty 'olga/operator'
sg -q user lock olga > /dev/null
ok 'a locked user is out at once' wait_screen tty 'ended 1'
ok 'and is told' wait_screen tty 'this login was ended'
sg -q user unlock olga > /dev/null

# Accounts of the machine
open_console
ok 'the console opens again' wait_screen tty 'nobody, looks on'
# leave: from the start screen
leave() { press tty q 'y yes' && press tty y 'ended 0' 'y yes'; }
ok 'nobody may leave, too' leave
sg -q user add rita --name 'Rita Roth' --role viewer \
    --unix "$(id -un)" > /dev/null
open_console
ok 'an account that is a user is that user at once' \
    wait_screen tty 'rita/viewer'
ok 'as the server knows' wait_for 10 is_session "rita,desk,$tty"
leave
if [ "$(id -u)" -eq 0 ]; then
	mkdir "$dir/bin"
	cp "$SG_BUILD/sightglass" "$SG_BUILD/sightglass-console" "$dir/bin"
	chmod 711 "$dir" "$dir/run"
	chmod 755 "$dir/bin" "$dir/bin/"*
	type_in tty "clear; setpriv --reuid=nobody --regid=nogroup \
--clear-groups '$dir/bin/sightglass' -s '$dir/run/core.sock' console"
	keys tty Enter
	ok 'any other account is refused' \
	    wait_screen tty 'the account nobody is no user here'
else
	pass 'any other account is refused # SKIP not root'
fi

# No password was ever to be seen, but for the one that was typed as a name
mux kill-session -t tty
ok 'all that the terminal was told is there' \
    wait_for 10 grep -qa 'Log in at this console' "$dir/bytes"
is "$(grep -c -a -i -e 'wrong-heron' -e 'another wrong' -e 'Grey-Egret' \
    -e stork "$dir/bytes")" 0 'no password reached the terminal'
stars() { grep -o -a '\*\**' "$dir/bytes" | awk '{ print length }' | sort -nu; }
is "$(stars)" 8 'nor how long it was'
plant_stop
is "$(grep -r -l -a -e 'wrong-heron' -e 'another wrong' -e 'Heron 4711' \
    -e 'Grey-Egret' -e 'Stork 4713' "$dir/state" "$dir/log" "$dir/run" | wc -l)" 0 \
    'nor a database, log or socket'
