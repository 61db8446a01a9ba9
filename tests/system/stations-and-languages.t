#!/bin/sh
# SPDX-License-Identifier: ISC
# Where one sits and who one is settle what the console looks like: a known
# station has its start screen, language, theme, footer, keys, window title
# and what it refuses, by key, menu, ':' and in the core; an unknown one has
# the built-in default; the person's language wins, and changes at run time.
. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"
plan 86

panel='-b 127.0.0.2' gate='-b 127.0.0.3' wall='-b 127.0.0.4'
plant_copy
cat > "$plant_project/stations.conf" <<'END'
stations = (
  { name = "panel"; match = [ "from:127.0.0.2" ]; start = "clearwater"; language = "de"; theme = "dark";
    title = "{plant} {screen} {alarm}"; footer = [ "help", "alarms", "write", "quit" ];
    keys = ( { key = "I"; screen = "intake"; }, { key = "a"; screen = "overview"; } ); },
  { name = "gate"; match = [ "from:127.0.0.3" ]; start = "intake"; only = [ "view", "acknowledge" ];
    blocked = [ ":", "set", "do", "events", "q", "user list" ]; },
  { name = "wall"; match = [ "from:127.0.0.4" ]; start = "intake"; panes = 3;
    blocked = [ "bypass", "override" ]; }
);
END
plant_start
mux start-server \; set-option -g exit-empty off \; \
    set-option -g default-terminal xterm-256color
add_user dora 'Dora Klein' --role operator --language de
add_user eric 'Eric Small' --role operator --language en

pane_title() { mux display-message -p -t "$1" '#{pane_title}'; }
title_has() { pane_title "$1" | grep -qF -- "$2"; }
footer_of() { screen_of "$1" | tail -n 1 | sed 's/  *$//'; }
footer_is() { [ "$(footer_of "$1")" = "$2" ]; }
colours_of() { mux capture-pane -e -p -t "$1"; }
dark_is() { colours_of "$1" | grep -q '48;5;236'; }
light_is() { colours_of "$1" | grep -q '48;5;251'; }
said() { screen_of "$1" | tail -n 2 | head -n 1; }

# An unknown station
console olga olga
seen olga 'an unknown station begins with the overview' wait_screen olga 'Overview  L1'
seen olga 'in the first language of the project' wait_screen olga '? Help'
seen olga 'and the light theme' wait_for 10 light_is olga
is "$(as olga session list -o csv --no-header | cut -d, -f3 | sort -u)" default \
    'it is called default'
title=$(pane_title olga)

# A known one
with=$panel
console panel olga
with=
seen panel 'a known station begins with its screen' wait_screen panel 'Reinwasser'
seen panel 'in its language' wait_for 10 footer_is panel \
    'F1/? Hilfe  F3/A Alarme  F8/w Stellen  F10/q Zurück'
seen panel 'with its theme' wait_for 10 dark_is panel
seen panel 'what it cannot have is said' wait_screen panel 'key "a" stays'
seen panel 'and the title of its window' wait_for 10 title_has panel 'Riverside Reinwasser'
seen panel 'its key leads to a screen' press panel I 'Entnahme  E2'
seen panel 'and the title goes with it' wait_for 10 title_has panel 'Entnahme'
is "$(as olga session list -o csv --no-header | cut -d, -f2,3,7 | grep panel)" \
    olga,panel,intake 'the server knows where it sits'
not_ok 'another station keeps its own title' title_has olga Entnahme
is "$(pane_title olga)" "$title" 'because nobody set it'
seen panel 'states are those of the language' wait_screen panel 'AUF      AUS'
tell trip P-101B > /dev/null
seen panel 'the worst alarm is in the title' wait_for 10 title_has panel 'P-101B.FAIL'
seen panel 'what acts keeps its key: a leads to the alarms' press panel a 'UNQ'
seen panel 'alarms are in German' wait_screen panel 'Pumpe ausgefallen'

# While it runs
seen olga 'on another station they are in English' press olga A 'Pump tripped'
seen olga 'a cursor on the list' press olga j '▸'
seen olga 'the language changes' go olga 'language de' 'Pumpe ausgefallen'
seen olga 'of the program too' wait_screen olga 'Hilfe'
seen olga 'and the screen stays' wait_screen olga 'Alarme'
seen olga 'with its cursor' wait_screen olga '▸'
seen olga 'titles of tags' go olga P-101A 'Drehzahl-Sollwert'
keys olga q
seen olga 'the sheet is closed' wait_gone olga 'Drehzahl-Sollwert'
seen olga 'and back' go olga 'language en' 'Pump tripped'
seen olga 'what nobody speaks is refused' go olga 'language xx' 'no texts in "xx"'
seen olga 'the theme changes too' go olga 'theme dark' ''
seen olga 'to the dark one' wait_for 10 dark_is olga

# The person wins
console dora dora
seen dora 'a German at an unknown station reads German' wait_screen dora 'Übersicht'
with=$panel
console eric eric
with=
seen eric 'an Englishman at a German one English' wait_screen eric 'Clear water'
seen eric 'with the keys of the station' wait_for 10 footer_is eric \
    'F1/? Help  F3/A Alarms  F8/w Write  F10/q Back'

# What people read is in their language, what programs read in one
sees() { # WHO WORD..: with a list of events, or a tag, that has its text
	what=$1 who=$2
	shift 2
	as "$who" "$@" > "$dir/out" 2> "$dir/err"
	grep -q "$what" "$dir/out"
}
ok 'a German gets a value in German' sees EIN dora get P-101A.run
ok 'and events' sees 'Pumpe ausgefallen' dora events --kind alarm -n 20
as sven shelve P-101B.FAIL --for 1h --reason known > /dev/null
ok 'with why an alarm changed' sees 'Pumpe ausgefallen (' dora events --kind alarm -n 20
console dora2 dora
seen dora2 'a German sees it in German' eval \
    "wait_screen dora2 'Übersicht' && go dora2 'events alarm' 'Pumpe ausgefall' &&
    press dora2 Enter 'Pumpe ausgefallen (zurückgestellt für'"
as olga get P-101A.run -o csv | cut -d, -f1-3,9- > "$dir/olga.csv"
as dora get P-101A.run -o csv | cut -d, -f1-3,9- > "$dir/dora.csv"
ok 'as csv they get the same' cmp "$dir/olga.csv" "$dir/dora.csv"
ok 'which is that of the project' has "$dir/dora.csv" 'P-101A.run,true,RUN,intake,Running'
as olga events --kind alarm -o jsonl > "$dir/olga.json"
as dora events --kind alarm -o jsonl > "$dir/dora.json"
ok 'as json, too' cmp "$dir/olga.json" "$dir/dora.json"
ok 'with the title that was recorded' has "$dir/dora.json" 'Pump tripped'

# The command line speaks, too: over ssh as the person does, here as the
# environment says; who asks in another way is not heard
as dora help set > "$dir/out"
ok 'the help of a German is in German' has "$dir/out" 'einen Sollwert geben'
as dora sett > /dev/null 2> "$dir/err"
is $? 2 'a usage error is one in every language'
ok 'and is told in German' has "$dir/err" 'kein Verb "sett"; war "set" gemeint?'
with='-o SetEnv=LANG=de_DE.UTF-8'
as olga help set > "$dir/out"
with=
ok 'what the client brings does not count' has "$dir/out" 'give a setpoint'
as dora set P-101A.sp 500 --confirm 500 > /dev/null 2> "$dir/err"
is $? 6 'a refusal is one'
ok 'with the reason in German' has "$dir/err" 'abgelehnt: '
LC_ALL=de_DE.UTF-8 "$SG_BUILD/sightglass" help set > "$dir/out"
ok 'here it is the environment' has "$dir/out" 'einen Sollwert geben'
LC_ALL=xx_YY.UTF-8 "$SG_BUILD/sightglass" help set > "$dir/out"
ok 'and English where there are no texts' has "$dir/out" 'give a setpoint'

# Panes of a wide glass
with=$wall
console wall olga 132x43
with=
seen wall 'a wide station begins with its screen' wait_screen wall 'Raw water intake'
seen wall 'beside it the equipment that is selected' eval \
    'select_item wall P-101A && wait_screen wall "lock_level"'
seen wall 'below it its curves' wait_screen wall '>1 P-101A.'
seen wall 'another item, other equipment' eval \
    'select_item wall V-101 && wait_gone wall "lock_level"'
seen wall 'other curves' wait_gone wall '>1 P-101A.'
mux resize-window -t wall -x 80 -y 24
seen wall 'on a narrow glass there is the screen alone' wait_gone wall '>1 '
mux resize-window -t wall -x 132 -y 43
seen wall 'and on a wide one again' eval \
    'select_item wall P-101A && wait_screen wall "lock_level"'
go wall 'panes 1' ''
seen wall 'unless the person wishes otherwise' wait_gone wall 'lock_level'

# What a station refuses
with=$gate
console gate olga
seen gate 'the gate begins with its screen' wait_screen gate 'Raw water intake'
keys gate :
seen gate ': is refused' wait_screen gate 'Go: not on this station'
seen gate 'events by their key' press gate e 'Events: not on this station'
keys gate m
wait_screen gate 'help for the keys'
seen gate 'in the menu' press gate NPage 'alarms, actions and events'
reasons() { screen_of gate | grep 'alarms, actions and events' | grep -q 'not on this station'; }
seen gate 'with the reason' reasons
keys gate Escape
seen gate 'the menu is closed' wait_gone gate '── Menu ──'
seen gate 'a pump is looked at' select_item gate P-101A
seen gate "what can be done with it is shown" press gate Enter START
keys gate Enter
seen gate 'not by its list of commands' wait_screen gate 'Write: not on this station'
keys gate q
refused_at=$gate
refused() { # WHO CODE REASON WORD..: from there
	who=$1 code=$2 reason=$3
	shift 3
	with=$refused_at
	as "$who" "$@" > "$dir/out" 2> "$dir/err"
	is $? "$code" "$who: $* is refused"
	with=
	ok 'with the reason' has "$dir/err" "$reason"
}
refused olga 6 'set is blocked at this station (gate)' set P-101A.sp 55 --confirm 55
refused vera 3 'needs setpoint in intake' set P-101A.sp 55 --confirm 55
refused sven 6 'not at this station (gate)' audit
# what lets others be careless, too, whoever may do it elsewhere (P14, P18, P25)
bypass='bypass P-101A start --for 1h --reason dead'
override='override LT-501.pv 4 --for 1h --reason wire'
# shellcheck disable=SC2086
{
	refused sven 6 'not at this station (gate)' $bypass
	refused emma 6 'not at this station (gate)' $override
	refused_at=$wall
	refused sven 6 'bypass is blocked at this station (wall)' $bypass
	refused emma 6 'override is blocked at this station (wall)' $override
	with=
	is "$(as vera bypass list -o csv --no-header; as vera override list -o csv --no-header)" \
	    '' 'neither holds'
	as sven $bypass > "$dir/out" && as emma $override > "$dir/out" &&
	    as sven bypass P-101A start --end > "$dir/out" &&
	    as emma override LT-501.pv --end > "$dir/out"
	is $? 0 'elsewhere both do'
}
ok 'and is in the audit' wait_for 10 audit_has "user = 'olga' AND name = 'P-101A.sp'
    AND station = 'gate' AND result LIKE 'refused: set is blocked%'"
is "$(record_count)" 0 'nothing of it reached the PLC'
with=$panel && as olga set P-101A.sp 55 --confirm 55 > /dev/null
is $? 0 'elsewhere it goes'
as dora do P-101A stop -o csv --no-header > "$dir/out"
ok 'a result has the words of programs' grep -q '^P-101A.stop,RUN,STOP,done,' "$dir/out"
