# SPDX-License-Identifier: ISC

# The demonstration project; its process is sightglass-sim.
riversidedir = $(pkgdatadir)/riverside
dist_riverside_DATA = \
	%D%/riverside/alarms.conf %D%/riverside/lines.conf \
	%D%/riverside/objects.csv %D%/riverside/plant.conf \
	%D%/riverside/roles.conf %D%/riverside/stations.conf \
	%D%/riverside/tags.conf
riversidetypesdir = $(riversidedir)/types
dist_riversidetypes_DATA = \
	%D%/riverside/types/analog.conf %D%/riverside/types/check.conf \
	%D%/riverside/types/chlorine.conf \
	%D%/riverside/types/clear-turbidity.conf \
	%D%/riverside/types/control-valve.conf \
	%D%/riverside/types/difference.conf \
	%D%/riverside/types/dosing.conf %D%/riverside/types/drive.conf \
	%D%/riverside/types/flow.conf %D%/riverside/types/level-loop.conf \
	%D%/riverside/types/lift-pump.conf %D%/riverside/types/loop.conf \
	%D%/riverside/types/pressure-loop.conf \
	%D%/riverside/types/pump.conf %D%/riverside/types/rake.conf \
	%D%/riverside/types/sump.conf %D%/riverside/types/temperature.conf \
	%D%/riverside/types/turbidity.conf %D%/riverside/types/valve.conf
riversidescreensdir = $(riversidedir)/screens
dist_riversidescreens_DATA = \
	%D%/riverside/screens/clearwater.screen \
	%D%/riverside/screens/intake.screen \
	%D%/riverside/screens/overview.screen

bashcompletiondir = $(datadir)/bash-completion/completions
dist_bashcompletion_DATA = %D%/bash-completion/sightglass
