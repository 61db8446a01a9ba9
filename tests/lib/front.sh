# SPDX-License-Identifier: ISC
# front.sh - a SSH front under fakecore, with users' keys; after tap.sh.
#
#	front_start [OPTION...]		of sightglass-sshd
#	front WORD...			ssh as olga, the words as fakecore's command
#	order LINE			to fakecore (tests/lib/fakecore.c)

front_programs() {
	mkdir -p "$dir/programs"
	cp "$SG_BUILD/tests/lib/sshprobe" "$dir/programs/sightglass"
	cp "$SG_BUILD/tests/lib/sshprobe" "$dir/programs/sightglass-console"
}

# key NAME [TYPE...]: makes a key pair, unless it is there.
key() {
	[ -f "$dir/$1" ] ||
	    ssh-keygen -q -N '' -C "$1" -f "$dir/$1" -t "${2:-ed25519}"
}

# allow USER KEY
allow() {
	echo "$1 $(ssh-keygen -lf "$dir/$2.pub" | cut -d' ' -f2)" >> "$dir/users"
}

front_stop() {
	[ -z "$front_pid" ] && return
	exec 9>&-
	wait "$front_pid"
	front_pid=
}

front_start() {
	rm -f "$dir/port" "$dir/order" "$dir/events" "$dir/log"
	mkfifo "$dir/order"
	"$SG_BUILD/tests/lib/fakecore" "$dir/users" "$dir/port" "$dir/events" \
	    "$SG_BUILD/sightglass-sshd" --host-key "$dir/hostkey" \
	    --programs "$dir/programs" --socket "$dir/core.sock" \
	    "$@" < "$dir/order" 2> "$dir/log" &
	front_pid=$!
	exec 9> "$dir/order"
	wait_for 10 test -s "$dir/port" || bail 'fakecore does not start'
	wait_for 10 has "$dir/log" 'host key' || bail 'sshd does not start'
	port=$(cat "$dir/port")
	echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$dir/hostkey.pub")" \
	    > "$dir/known_hosts"
	cat > "$dir/ssh_config" <<-END
	Host plant
	  HostName 127.0.0.1
	  Port $port
	  IdentitiesOnly yes
	  IdentityAgent none
	  UserKnownHostsFile $dir/known_hosts
	  GlobalKnownHostsFile /dev/null
	  StrictHostKeyChecking yes
	  LogLevel ERROR
	  ConnectTimeout 10
	END
}

order() { printf '%s\n' "$1" >&9; }

# As $user with the key $identity and the options of ssh in $with.
front() {
	ssh -F "$dir/ssh_config" -l "${user:-olga}" \
	    -i "$dir/${identity:-olga}" $with plant "$@" 9>&-
}

# The same in the background, into a file; $client is its process.
front_later() {
	front_out=$1; shift
	ssh -F "$dir/ssh_config" -l "${user:-olga}" \
	    -i "$dir/${identity:-olga}" $with plant "$@" \
	    > "$front_out" 2> /dev/null 9>&- &
	client=$!
	cleanup="$cleanup; kill $client 2> /dev/null"
}

# As $user with $identity, what ssh(1) would not do (tests/lib/sshhand.c).
hand() {
	timeout 10 "$SG_BUILD/tests/lib/sshhand" "$port" \
	    "$dir/${identity:-olga}" "${user:-olga}" "$@" 9>&-
}

# The processes of the front: the listener, and the talker of the only live
# session; all of them.
listener() { pgrep -P "$front_pid"; }
talker() { pgrep -P "$(listener)"; }
front_pids() { pgrep -f "^$SG_BUILD/sightglass-sshd --host-key $dir/hostkey"; }

sanitized() { grep -q '^SG_CFLAGS.*-fsanitize' "$SG_BUILD/Makefile"; }

front_pid= user= identity= with=
cleanup='exec 9>&-; [ -z "$front_pid" ] || kill "$front_pid" 2> /dev/null'
