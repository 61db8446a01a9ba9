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
	%D%/riverside/types/breaker.conf \
	%D%/riverside/types/diesel.conf \
	%D%/riverside/types/dosing.conf \
	%D%/riverside/types/drive.conf \
	%D%/riverside/types/filter.conf \
	%D%/riverside/types/flow.conf \
	%D%/riverside/types/gauge.conf \
	%D%/riverside/types/level.conf \
	%D%/riverside/types/loop.conf \
	%D%/riverside/types/meter.conf \
	%D%/riverside/types/pressure.conf \
	%D%/riverside/types/pump.conf \
	%D%/riverside/types/quality.conf \
	%D%/riverside/types/valve.conf
storiesdir = $(pkgdatadir)/stories
dist_stories_DATA = \
	%D%/stories/cut.scenario %D%/stories/drift.scenario \
	%D%/stories/main-burst.scenario %D%/stories/morning.scenario \
	%D%/stories/plc-stop.scenario %D%/stories/power-dip.scenario \
	%D%/stories/pump-trip.scenario %D%/stories/shift.scenario \
	%D%/stories/storm.scenario %D%/stories/two-hands.scenario
riversidereportsdir = $(riversidedir)/reports
dist_riversidereports_DATA = \
	%D%/riverside/reports/alarms.conf %D%/riverside/reports/day.conf \
	%D%/riverside/reports/shift.conf
riversidescreensdir = $(riversidedir)/screens
dist_riversidescreens_DATA = \
	%D%/riverside/screens/chlorination.screen \
	%D%/riverside/screens/clarifier.screen \
	%D%/riverside/screens/clearwater.screen \
	%D%/riverside/screens/dosing.screen \
	%D%/riverside/screens/filtration.screen \
	%D%/riverside/screens/intake.screen \
	%D%/riverside/screens/network.screen \
	%D%/riverside/screens/overview.screen \
	%D%/riverside/screens/power.screen

# A control-room station, and the console on the server's own terminal.
stationdir = $(pkgdatadir)/station
dist_station_DATA = %D%/station/README.md %D%/station/sightglass-station@.service
dist_station_SCRIPTS = %D%/station/sightglass-station
systemdsystemunit_DATA = %D%/station/sightglass-console@.service
EXTRA_DIST += %D%/station/sightglass-console@.service.in
CLEANFILES += %D%/station/sightglass-console@.service
%D%/station/sightglass-console@.service: Makefile
	$(AM_V_GEN)$(MKDIR_P) %D%/station && \
	    sed -e 's,[@]bindir[@],$(bindir),g' '$(srcdir)/$@.in' > $@.new && \
	    mv $@.new $@
%D%/station/sightglass-console@.service: %D%/station/sightglass-console@.service.in

bashcompletiondir = $(datadir)/bash-completion/completions
dist_bashcompletion_DATA = %D%/bash-completion/sightglass

# The service, its accounts, its configuration. What the administrator wrote
# is not written over.
systemdsystemunit_DATA += %D%/sightglass.service
sysusersdir = $(prefix)/lib/sysusers.d
dist_sysusers_DATA = %D%/sysusers/sightglass.conf
exampledir = $(docdir)/examples
example_DATA = %D%/sightglass.conf
EXTRA_DIST += %D%/sightglass.service.in %D%/sightglass.conf.in
CLEANFILES += %D%/sightglass.service %D%/sightglass.conf
%D%/sightglass.service %D%/sightglass.conf: Makefile
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	    sed -e 's,[@]sbindir[@],$(sbindir),g' \
	    -e 's,[@]pkglibexecdir[@],$(pkglibexecdir),g' \
	    '$(srcdir)/$@.in' > $@.new && mv $@.new $@
%D%/sightglass.service: %D%/sightglass.service.in
%D%/sightglass.conf: %D%/sightglass.conf.in

confdir = $(sysconfdir)/sightglass
install-data-hook: install-conf remove-former
install-conf: %D%/sightglass.conf
	$(MKDIR_P) '$(DESTDIR)$(confdir)'
	test -e '$(DESTDIR)$(confdir)/sightglass.conf' || \
	    $(INSTALL_DATA) %D%/sightglass.conf '$(DESTDIR)$(confdir)'
# What an earlier version had in its project would be read with this one's.
remove-former:
	cd '$(DESTDIR)$(riversidedir)' && find . -type f | \
	    while read -r file; do \
		test -e '$(abs_srcdir)/%D%/riverside'/"$$file" || rm "$$file"; \
	    done
uninstall-hook: uninstall-conf
uninstall-conf:
	! cmp -s %D%/sightglass.conf '$(DESTDIR)$(confdir)/sightglass.conf' || \
	    rm -f '$(DESTDIR)$(confdir)/sightglass.conf'
.PHONY: install-conf uninstall-conf remove-former
