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

not() { ! "$@"; }

# Two operators side by side, the plant itself below them; where there is no
# room for that, each in a window.
show_two() {
	local mux=(tmux -u -S "$d/run/tmux") rows=50 cols=170
	[ ! -t 0 ] || read -r rows cols < <(stty size)
	local add=(split-window -d -t two:0) way='Ctrl-b o: the next one'
	local below=(-v -l $(((rows - 4) / 3))) beside=(-h)
	if [ "$cols" -lt 161 ] || [ "$rows" -lt 36 ]; then
		add=(new-window -d) below=(-n plant) beside=(-n sven)
		way='Ctrl-b n: the next one'
	fi
	if "${mux[@]}" kill-server 2>/dev/null; then
		until_true not "${mux[@]}" list-sessions
	fi
	env -u TMUX "${mux[@]}" -f /dev/null new-session -d -s two -n olga \
		-x "$cols" -y "$rows" "ssh -F '$d/ssh_config' olga@plant"
	"${mux[@]}" "${add[@]}" "${below[@]}" \
		"'$b/sightglass-sim' panel '$d/run/sim.sock'"
	"${mux[@]}" "${add[@]}" "${beside[@]}" "ssh -F '$d/ssh_config' sven@plant"
	"${mux[@]}" set-option -g mouse on
	"${mux[@]}" set-option -g status-right-length 60
	"${mux[@]}" set-option -g status-right "$way (or a click)   Ctrl-b d: leave"
	if [ -t 0 ] && [ -t 1 ]; then
		env -u TMUX "${mux[@]}" attach -t two
	else
		echo "tmux -u -S '$d/run/tmux' attach -t two"
	fi
}

record() { sqlite3 -readonly "$d/state/record.db" "$1" 2>/dev/null; }
child_of() { pgrep -P "$(cat "$d/run/pid")" -f "$1" | head -n 1 || true; }
quickly() { timeout 2 "$b/sightglass" -s "$d/run/core.sock" "$@" 2>/dev/null; }

show_legend() {
	cat <<-'T'
	A line a second: the processes, whether the server answers, how many values
	are good, uncertain and bad, whether it can record; and what must stay 0:
	commands with a result more or less than one, events recorded twice.

	T
	tick_line time core field ssh answer good unc. bad record commands events
}
tick_line() {
	printf '%-8s  %-7s %-7s %-7s %-6s %6s %4s %5s  %-6s %-8s %s\n' "$@"
}

# The line; $good, $uncertain, $bad and $store are what it found.
show_tick() {
	local answer=no core field ssh
	quickly version >/dev/null && answer=yes
	read -r good uncertain bad < <(quickly tags -o csv --no-header |
		awk -F, '{ n[$5]++ }
		END { print n["good"] + 0, n["uncertain"] + 0, n["bad"] + n["stale"] + 0 }')
	store=$(quickly status -o csv --no-header |
		awk -F, '$1 == "store" && $2 == "store" { print $3 }') || true
	core=$(child_of 'sightglassd -C')
	field=$(child_of sightglass-field)
	ssh=$(child_of sightglass-sshd)
	tick_line "$(date +%T)" "${core:--}" "${field:--}" "${ssh:--}" \
		"$answer" "$good" "$uncertain" "$bad" "${store:--}" \
		"$(record "SELECT count(*) - 2 * count(DISTINCT command)
			FROM audit WHERE verb IN ('set', 'do', 'ack')")" \
		"$(record 'SELECT count(*) - count(DISTINCT seq) FROM events')"
}

# No file of the core grows beyond what a safe command's reserve needs, as on
# a full disk: without root, and nobody else's disk is full.
fill_disk() {
	full=$(child_of 'sightglassd -C')
	trap empty_disk EXIT
	trap 'exit 130' INT TERM HUP
	prlimit --pid "$full" --fsize=65536:
}
empty_disk() {
	trap - EXIT INT TERM HUP
	prlimit --pid "$full" --fsize=unlimited:
}

# Until so many values are shown and no more are bad than that (what counts
# something since the start is uncertain anew), and all can be recorded; 30 s at
# the most.
until_well() {
	local end=$((SECONDS + 30))
	while sleep 1 && show_tick; do
		[ $((good + uncertain)) -lt "$1" ] || [ "$bad" -gt "$2" ] ||
			[ "$store" != ok ] || return 0
		[ $SECONDS -lt $end ] || return 1
	done
}

break_disk() {
	local end=$((SECONDS + 15)) value
	value=$(sg get site.target -q)
	echo "-- the server's disk takes nothing more"
	fill_disk
	while sleep 1 && show_tick && [ $SECONDS -lt $end ]; do
		[ "$store" != failed ] || break
	done
	# for a second of a record that takes no rows a command waits, from then on
	# it is refused; if hers is its first row, it waits and expires
	sleep 1.2
	show_tick
	echo "-- olga: set site.target $value"
	as olga set site.target "$value" || true
	echo "-- there is room again"
	empty_disk
}

break_process() {
	local pid
	case $1 in
	core) pid=$(child_of 'sightglassd -C') ;;
	field) pid=$(child_of sightglass-field) ;;
	sshd) pid=$(child_of sightglass-sshd) ;;
	esac
	echo "-- kill -9 $pid: $1"
	kill -9 "$pid"
	show_tick
}

# show_break PART: breaks it and watches until all is well again.
show_break() {
	local good uncertain bad store shown unread
	case $1 in
	core | field | sshd | disk) start ;;
	*) echo "usage: ./demo break core|field|sshd|disk" >&2; return 2 ;;
	esac
	show_legend
	show_tick
	shown=$((good + uncertain)) unread=$bad
	if [ "$1" = disk ]; then break_disk; else break_process "$1"; fi
	until_well "$shown" "$unread" || echo "-- it is not as before after 30 s: ./demo status"
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
	local TIMEFORMAT='applied in %R s'
	time tar -c -C "$dir" . | as emma project apply - >"$d/log/big"
	sg status || true
}

show_small() {
	as emma project rollback >"$d/log/big"
	sg status || true
}
