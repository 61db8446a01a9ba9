# SPDX-License-Identifier: ISC
# project_lines PORTS: the key `lines` of a server that reaches the simulated PLCs
# where a ports file says. Sourced by ./demo and by plant.sh.
project_lines() {
	awk '
	BEGIN {
		line["plc1"] = "net1"; line["plc2a"] = "net2"
		line["plc3"] = "net3"; line["hill"] = "ser1"
	}
	$1 in line {
		to = substr($0, length($1) + 2)	# a path may have blanks
		if (to !~ /^rtu:/)
			to = "tcp:" to
		printf "%s\n  { name = \"%s\"; to = [ \"%s\" ]; }", \
		    n++ ? "," : "lines = (", line[$1], to
	}
	END { if (n) print "\n);" }' "$1"
}
