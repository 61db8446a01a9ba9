# SPDX-License-Identifier: ISC
dist_man_MANS += man/sightglass-sim.1 man/sightglass.1 man/sightglass.7 man/sightglass-sshd.8
dist_man_MANS += man/sightglass-project.5 man/sightglass-screen.5 man/sightglass.conf.5
dist_man_MANS += man/sightglass-console.1 man/sightglassd.8 man/sightglass-security.7
