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
		to = $2 ~ /^rtu:/ ? $2 : "tcp:" $2
		printf "%s\n  { name = \"%s\"; to = [ \"%s\" ]; }", \
		    n++ ? "," : "lines = (", line[$1], to
	}
	END { if (n) print "\n);" }' "$1"
}
