# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libsim.a
%C%_libsim_a_SOURCES = \
	%D%/clarifier.c %D%/clarifier.h \
	%D%/backfill.c %D%/backfill.h \
	%D%/board.c %D%/board.h \
	%D%/chronicle.c %D%/chronicle.h %D%/chronicle_inside.h \
	%D%/chronicle_acts.c \
	%D%/client.c %D%/client.h \
	%D%/codec.c %D%/codec.h \
	%D%/control.c %D%/control.h \
	%D%/fault.c %D%/fault.h \
	%D%/filter.c %D%/filter.h \
	%D%/hill.c %D%/hill.h \
	%D%/hydraulics.c %D%/hydraulics.h \
	%D%/hypo.c %D%/hypo.h \
	%D%/instrument.c %D%/instrument.h \
	%D%/lag.h \
	%D%/lift.c %D%/lift.h \
	%D%/makes.c \
	%D%/map.c %D%/map.h %D%/map_rows.h \
	%D%/map_hill.c %D%/map_meter1.c %D%/map_plc1.c \
	%D%/map_plc2a.c %D%/map_plc2b.c %D%/map_plc3.c %D%/map_works.c \
	%D%/modbus.c %D%/modbus.h \
	%D%/motor.c %D%/motor.h \
	%D%/object.c %D%/object.h \
	%D%/order.c %D%/order.h \
	%D%/panel.c %D%/panel.h \
	%D%/pid.c %D%/pid.h \
	%D%/plc.c %D%/plc.h \
	%D%/power.c %D%/power.h \
	%D%/program.c %D%/program.h \
	%D%/program_hill.c %D%/program_plc3.c \
	%D%/program_plc1.c %D%/program_plc2a.c %D%/program_plc2b.c \
	%D%/pump.c %D%/pump.h \
	%D%/received.c %D%/received.h \
	%D%/rng.c %D%/rng.h \
	%D%/rtu.c %D%/rtu.h \
	%D%/sampler.c %D%/sampler.h \
	%D%/scenario.c %D%/scenario.h \
	%D%/serial.c %D%/serial.h \
	%D%/server.c %D%/server.h \
	%D%/sim.c %D%/sim.h \
	%D%/state.c %D%/state.h \
	%D%/station.c %D%/station.h \
	%D%/tanker.h \
	%D%/valve.c %D%/valve.h \
	%D%/wash.c %D%/wash.h \
	%D%/watch.h \
	%D%/word.c %D%/word.h \
	%D%/works.c %D%/works.h

bin_PROGRAMS += sightglass-sim
sightglass_sim_SOURCES = %D%/main.c
sightglass_sim_LDADD = %D%/libsim.a $(TERM_LIBS) $(STORE_LIBS) $(PROJECT_LIBS)
SIM_LIBS = %D%/libsim.a $(BASE_LIBS)
EXTRA_DIST += %D%/README.md
