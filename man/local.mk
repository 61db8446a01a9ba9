# SPDX-License-Identifier: ISC
dist_man_MANS += man/sightglass-sim.1
