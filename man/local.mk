# SPDX-License-Identifier: ISC
dist_man_MANS += man/sightglass-sim.1 man/sightglass.1 man/sightglass.7 man/sightglass-sshd.8
