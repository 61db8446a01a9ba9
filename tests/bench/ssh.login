#!/bin/sh
# SPDX-License-Identifier: ISC
# From the start of `ssh` to the complete first screen of the console, against
# `ssh host true` at an OpenSSH server; in turns, both with an ed25519 key and
# what client and server agree on; then with the same key exchange for both.
. "$(dirname "$0")/lib.sh"
rounds=15

bench_screens
openssh_start || skip "ssh.login: openssh-server is not installed"
for kex in default same; do
	if [ $kex = same ]; then
		sed -i 's/^Host plant$/Host *\n  KexAlgorithms curve25519-sha256\n&/' \
		    "$dir/ssh_config"
	fi
	order login olga@plant > /dev/null
	order true open > /dev/null
	round=0
	while [ $round -lt $rounds ]; do
		round=$((round + 1))
		order login olga@plant >> "$dir/ours.$kex"
		order true open >> "$dir/theirs.$kex"
	done
done
for p in 50 90; do
	figure ssh.login.first_screen.p$p \
	    "$(percentile $p < "$dir/ours.default")" ms \
	    openssh.true "$(percentile $p < "$dir/theirs.default")"
done
figure ssh.login.first_screen.curve25519.p50 "$(median < "$dir/ours.same")" ms \
    openssh.true "$(median < "$dir/theirs.same")"
exec 8>&-
