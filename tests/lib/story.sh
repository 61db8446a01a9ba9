# SPDX-License-Identifier: ISC
# story.sh - the stories of conf/stories on a running plant; after plant.sh:
#
#	story NAME [SPEED]	plays it from now on, at this speed if given
#	passed SECONDS		so much plant time has passed in it
#	came NAME...		these alarms have come in it
#	only NAME...		and no others
#	quiet_do OBJECT COMMAND	as olga; what is said is in $dir/out, $dir/err
#	calm [SECONDS [SPEED]]	acknowledges and resets as sven until none is left
#
# Evidence is the journal, read with stock sqlite3.

quiet_do() { as olga do "$@" > "$dir/out" 2> "$dir/err"; }
story_seq() { sql record.db 'SELECT coalesce(max(seq), 0) FROM events'; }
story() {
	story_mark=$(story_seq)
	tell play "$SG_SRC/conf/stories/$1.scenario" || bail "no story $1"
	[ -z "${2:-}" ] || { tell speed "$2" || bail "no speed $2"; }
	story_time=$(tell time)
	note "$1"
}
passed() {
	awk -v a="$story_time" -v b="$(tell time)" -v d="$1" \
	    'BEGIN { exit !(b - a >= d) }'
}
story_alarms() {
	sql record.db "SELECT DISTINCT name FROM events WHERE kind = 'alarm'
	    AND new = 'unacknowledged' AND seq > $story_mark ORDER BY name"
}
came() {
	for story_name; do
		story_alarms | grep -qxF "$story_name" || return 1
	done
}
only() {
	story_others=$(story_alarms | grep -vxF "$(printf '%s\n' "$@")")
	[ -z "$story_others" ] || { note "also: $story_others"; return 1; }
}
story_state() {	# story_state STATE...: the alarms in one of these
	sg alarms -o csv --no-header 2> /dev/null |
	    awk -F, -v want=" $* " 'index(want, " " $3 " ") { print $1 }'
}
story_quiet() {
	for story_name in $(story_state unacknowledged returned); do
		as sven ack "$story_name" --note 'seen' > /dev/null 2>&1
	done
	for story_name in $(story_state latched); do
		as sven reset "$story_name" --note seen > /dev/null 2>&1
	done
	[ -z "$(sg alarms -o csv --no-header 2> /dev/null)" ]
}
calm() {
	tell speed "${2:-1}"
	if wait_for "${1:-20}" story_quiet; then
		tell speed 1
	else
		note "$(sg alarms)"
		return 1
	fi
}
