# SPDX-License-Identifier: ISC
# What ./demo shows beside a running plant: stories, two operators, what stays
# true when something breaks, a large project. Sourced by ./demo, in bash.

# show_story [NAME]: plays one; without a name says which there are.
show_story() {
	local file=$top/conf/stories/$1.scenario name
	if [ -z "$1" ] || [ ! -f "$file" ]; then
		for name in "$top"/conf/stories/*.scenario; do
			printf '%-12s %s\n' "$(basename "$name" .scenario)" \
				"$(sed -n '1s/^# //p' "$name")"
		done
		[ -z "$1" ] || { echo "there is no story $1" >&2; return 2; }
		return 0
	fi
	start
	sed -n '/^#/!q; s/^# \{0,1\}//p' "$file"
	"$b/sightglass-sim" tell "$d/run/sim.sock" play "$file"
	echo
	echo "It begins now: ./demo login olga"
}

# Two operators side by side, the plant itself below them.
show_two() {
	local mux=(tmux -S "$d/run/tmux")
	command -v tmux >/dev/null || { echo "tmux is missing" >&2; return 1; }
	"${mux[@]}" kill-server 2>/dev/null || true
	env -u TMUX "${mux[@]}" -f /dev/null new-session -d -s two -x 170 -y 50 \
		"ssh -F '$d/ssh_config' olga@plant"
	"${mux[@]}" split-window -v -l 18 -t two:0 \
		"'$b/sightglass-sim' panel '$d/run/sim.sock'"
	"${mux[@]}" split-window -h -t two:0.0 "ssh -F '$d/ssh_config' sven@plant"
	"${mux[@]}" set-option -g mouse on
	if [ -t 0 ] && [ -t 1 ]; then
		env -u TMUX "${mux[@]}" attach -t two
	else
		echo "tmux -S '$d/run/tmux' attach -t two"
	fi
}

record() { sqlite3 -readonly "$d/state/record.db" "$1" 2>/dev/null; }
child_of() { pgrep -P "$(cat "$d/run/pid")" -f "$1" | head -n 1; }

# One line: who runs, what is believed, and the invariants that can be counted
# from outside.
show_tick() {
	local answer=no tags open chain
	timeout 2 "$b/sightglass" -s "$d/run/core.sock" version >/dev/null 2>&1 &&
		answer=yes
	tags=$(timeout 2 "$b/sightglass" -s "$d/run/core.sock" tags -o csv \
		--no-header 2>/dev/null | awk -F, '{ n[$5]++ }
		END { printf "good %d bad %d", n["good"], n["bad"] + n["stale"] }')
	open=$(record "SELECT count(*) - 2 * count(DISTINCT command) FROM audit
		WHERE verb IN ('set', 'do', 'ack')")
	chain=$(record "SELECT count(*) - count(DISTINCT seq) FROM events")
	printf '%s  core %-7s field %-7s answers %-3s  %-20s  commands without one result %s  events twice %s\n' \
		"$(date +%T)" "$(child_of 'sightglassd -C')" \
		"$(child_of sightglass-field)" "$answer" "$tags" \
		"${open:--}" "${chain:--}"
}

# The record takes nothing for ten seconds, as on a disk that hangs.
block_record() {
	(printf '.timeout 5000\nBEGIN IMMEDIATE;\n'; sleep 10; printf 'ROLLBACK;\n') |
		sqlite3 "$d/state/record.db" &
}

# show_break PART: breaks it and watches for twelve seconds.
show_break() {
	local pid i
	command -v sqlite3 >/dev/null || { echo "sqlite3 is missing" >&2; return 1; }
	case $1 in
	core | field | sshd | disk) start ;;
	*) echo "usage: ./demo break core|field|sshd|disk" >&2; return 2 ;;
	esac
	show_tick
	case $1 in
	core) pid=$(child_of 'sightglassd -C') ;;
	field) pid=$(child_of sightglass-field) ;;
	sshd) pid=$(pgrep -P "$(cat "$d/run/pid")" -f sightglass-sshd) ;;
	esac
	if [ "$1" = disk ]; then
		echo "-- the record is locked for 10 s: commands wait, alarms go on"
		block_record
	else
		echo "-- kill -9 $1:" $pid
		# shellcheck disable=SC2086
		kill -9 $pid
	fi
	for ((i = 0; i < 12; i++)); do
		show_tick
		sleep 1
	done
	wait
	sqlite3 -readonly "$d/state/record.db" 'PRAGMA quick_check' |
		sed 's/^/record.db: /'
}

# show_big N: riverside with so many more tags, all of them read.
show_big() {
	local n=$1 dir=$d/big
	case $n in '' | *[!0-9]*) echo "usage: ./demo big N" >&2; return 2 ;; esac
	rm -rf "$dir"
	cp -R "$top/conf/riverside" "$dir"
	awk -v n="$n" 'BEGIN {
		print "name,area,device,at,kind,poll,title"
		for (i = 0; i < n; i++)	# one in ten changes with every scan
			printf "big.t%05d,intake,plc1,hr:%d,uint16,%s,Tag %d\n",
			    i, i % 10 ? 440 + i % 60 : 0,
			    i % 10 ? "slow" : "normal", i
	}' >"$dir/tags.csv"
	tar -c -C "$dir" . | (time as emma project apply - >"$d/log/big")
	sg status || true
}
