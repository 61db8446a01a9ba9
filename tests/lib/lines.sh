# SPDX-License-Identifier: ISC
# project_lines PORTS: the key `lines` of a server that reaches the simulated PLCs
# where a ports file says. Sourced by ./demo and by plant.sh.
project_lines() {
	awk '
	BEGIN { line["plc1"] = "net1"; line["plc2a"] = "net2" }
	$1 in line {
		printf "%s\n  { name = \"%s\"; to = [ \"tcp:%s\" ]; }", \
		    n++ ? "," : "lines = (", line[$1], $2
	}
	END { if (n) print "\n);" }' "$1"
}
