# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libfield.a
%C%_libfield_a_CFLAGS = $(AM_CFLAGS) $(MODBUS_CFLAGS)
%C%_libfield_a_SOURCES = \
	%D%/adopt.c %D%/adopt.h \
	%D%/channel.c %D%/channel.h \
	%D%/driver.c %D%/driver.h \
	%D%/driver_rtu.c \
	%D%/driver_tcp.c \
	%D%/field.c %D%/field.h \
	%D%/frame.c %D%/frame.h \
	%D%/intake.c %D%/intake.h \
	%D%/job.c %D%/job.h \
	%D%/numbers.c %D%/numbers.h \
	%D%/outbox.c %D%/outbox.h \
	%D%/pdu.c %D%/pdu.h \
	%D%/plan.c %D%/plan.h \
	%D%/poll.c %D%/poll.h \
	%D%/sender.c %D%/sender.h \
	%D%/stats.c %D%/stats.h \
	%D%/unit.c %D%/unit.h
FIELD_LIBS = src/field/libfield.a src/wire/libwire.a src/model/libmodel.a \
	$(BASE_LIBS) $(MODBUS_LIBS)
pkglibexec_PROGRAMS += sightglass-field
sightglass_field_SOURCES = %D%/main.c
sightglass_field_LDADD = $(FIELD_LIBS)
