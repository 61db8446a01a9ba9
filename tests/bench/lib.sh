# SPDX-License-Identifier: ISC
# lib.sh - what the scripts of figures share; sourced first.
#
#	figure NAME VALUE UNIT [AGAINST BASE]
#	skip WHY			ends without figures
#	median, percentile P		of numbers on standard input, one a line
#	cpu_ns PID...			processor time of all their threads
#	pss_kb PID...			their share of memory
#	bench_server			a plant around $dir/project and $plc1

. "$SG_SRC/tests/lib/tap.sh"
. "$SG_SRC/tests/lib/plant.sh"

tab=$(printf '\t')

figure() {
	awk -v name="$1" -v value="$2" -v unit="$3" -v against="${4:-}" \
	    -v base="${5:-}" -v json="$BENCH_JSON" '
	function short(x) {
		return x >= 100 ? sprintf("%.0f", x) : sprintf("%.3g", x)
	}
	BEGIN {
		value = short(value)
		base = base == "" ? "" : short(base)
		ratio = base > 0 ? sprintf("%.2f", value / base) : ""
		if (json == "")
			printf "figure\t%s\t%s\t%s\t%s\t%s\n", name, value,
			    unit, base == "" ? "-" : against " " base,
			    ratio == "" ? "-" : ratio
		else
			printf "{\"name\":\"%s\",\"value\":%s,\"unit\":\"%s\"," \
			    "\"against\":%s,\"base\":%s,\"ratio\":%s}\n", name,
			    value, unit,
			    base == "" ? "null" : "\"" against "\"",
			    base == "" ? "null" : base,
			    ratio == "" ? "null" : ratio
	}'
}

skip() {
	echo "skipped: $*" >&2
	exit 0
}

percentile() {
	sort -n | awk -v p="$1" '{ v[NR] = $1 } END {
	    i = int(NR * p / 100 + 0.999999); print v[i < 1 ? 1 : i] }'
}
median() { percentile 50; }

cpu_ns() {
	for bench_pid in "$@"; do
		cat "/proc/$bench_pid/task"/*/schedstat
	done | awk '{ n += $1 } END { printf "%.0f\n", n }'
}

pss_kb() {
	for bench_pid in "$@"; do
		cat "/proc/$bench_pid/smaps_rollup"
	done | awk '/^Pss:/ { n += $2 } END { print n }'
}

# Server and users for the project that stands in $dir/project; its line net1
# goes to $plc1. olga acknowledges, emma applied it.
bench_server() {
	plant_dirs
	echo "plc1 $plc1" > "$dir/ports"
	server_lines="ssh = { sessions = 128; sessions_per_user = 128; };"
	plant_server
	add_user olga 'Olga Petrova' --role operator
	add_user emma 'Emma Novak' --role engineer
	wait_for 10 test -s "$dir/run/ports" || bail 'the front does not listen'
	plant_ssh
	wait_for 10 as emma version > /dev/null 2>&1 || bail 'nobody gets in'
	plant_project "$dir/project"
}

# The parts of a project that all figures share.
bench_project() {
	mkdir -p "$dir/project/screens"
	cat > "$dir/project/plant.conf" <<-'END'
	format = 1;
	name = "Bench";
	languages = [ "en" ];
	timezone = "UTC";
	areas = ( { name = "hall"; title = "Hall"; } );
	polls = ( { name = "flat"; every = "10ms"; } );
	END
	cat > "$dir/project/lines.conf" <<-END
	lines = ( { name = "net1"; to = [ "tcp:127.0.0.1:1" ]; } );
	devices = ( { name = "plc1"; line = "net1"; unit = 1; area = "hall"; max_registers = 125; } );
	END
	cp "$SG_SRC/conf/riverside/roles.conf" "$dir/project/"
}
# plant.sh asks with this whether the project is read.
as_good() { [ "$(as emma get hall.t0 -o csv --no-header 2> /dev/null |
    cut -d, -f5)" = good ]; }

# bench_screens: a plant with one process screen around the program `screens`;
# order WORD... has it do something, its times go to standard output, in ms.
bench_screens() {
	mkfifo "$dir/in" "$dir/out"
	"$SG_BUILD/tests/bench/screens" "$dir/ssh_config" < "$dir/in" \
	    > "$dir/out" &
	screens_pid=$!
	others=$screens_pid
	exec 8> "$dir/in" 7< "$dir/out"
	read -r port <&7
	plc1=127.0.0.1:$port
	bench_project
	cat > "$dir/project/tags.conf" <<-'END'
	tags = (
	  { name = "hall.t0"; area = "hall"; device = "plc1"; at = "hr:0"; kind = "int16"; poll = "flat"; },
	  { name = "hall.t1"; area = "hall"; device = "plc1"; at = "hr:1"; kind = "int16"; poll = "flat"; },
	  { name = "hall.t2"; area = "hall"; device = "plc1"; at = "hr:2"; kind = "bool"; poll = "flat";
	    alarms = ( { name = "FAIL"; is = true; priority = 2; title = "Failed"; } ); }
	);
	END
	cat > "$dir/project/screens/overview.screen" <<-'END'
	@screen overview  level 1
	title = "Hall";
	@art 60x9
	  Value  {A______}
	  Moving {B______}
	@end
	@bind
	A = { value = "hall.t0"; };
	B = { value = "hall.t1"; };
	@end
	END
	bench_server
}
order() {
	echo "$*" >&8
	while read -r bench_line <&7; do
		[ "$bench_line" != done ] || return 0
		echo "$bench_line"
	done | awk '{ print $1 / 1000 }'
	kill -0 "$screens_pid" 2> /dev/null || bail "screens ended at: $*"
}

# An OpenSSH server beside ours, for whoever runs this: host "open".
openssh_start() {
	openssh=$(command -v sshd || command -v /usr/sbin/sshd) || return 1
	ssh-keygen -q -t ed25519 -N '' -f "$dir/openssh_key"
	[ -f "$dir/keys/open" ] || ssh-keygen -q -t ed25519 -N '' -f "$dir/keys/open"
	cp "$dir/keys/open.pub" "$dir/authorized_keys"
	openssh_port=$("$SG_BUILD/tests/bench/plcd" < /dev/null)	# was free
	cat > "$dir/openssh_config" <<-END
	ListenAddress 127.0.0.1:$openssh_port
	HostKey $dir/openssh_key
	AuthorizedKeysFile $dir/authorized_keys
	PidFile $dir/openssh.pid
	UsePAM no
	StrictModes no
	PermitRootLogin yes
	PasswordAuthentication no
	MaxStartups 100
	PrintMotd no
	PrintLastLog no
	END
	[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
	"$openssh" -D -f "$dir/openssh_config" -E "$dir/log/openssh" &
	openssh_pid=$!
	others="$others $openssh_pid"
	cat >> "$dir/ssh_config" <<-END
	Host open
	  HostName 127.0.0.1
	  Port $openssh_port
	  User $(id -un)
	  IdentityFile "$dir/keys/open"
	  IdentitiesOnly yes
	  IdentityAgent none
	  UserKnownHostsFile "$dir/known_hosts"
	  GlobalKnownHostsFile /dev/null
	  StrictHostKeyChecking accept-new
	  HostKeyAlias open
	  LogLevel ERROR
	END
	wait_for 10 openssh_lets_in || bail "sshd: $(cat "$dir/log/openssh")"
}
openssh_lets_in() { ssh -F "$dir/ssh_config" open true 2> /dev/null; }
openssh_has() {
	[ "$(bench_tree "$openssh_pid" | xargs -n 1 ps -o comm= -p |
	    grep -c '^sleep')" -eq "$1" ]
}
# The process and all below it.
bench_tree() {
	echo "$1"
	for bench_child in $(pgrep -P "$1"); do
		(bench_tree "$bench_child")
	done
}
