# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libwire.a
%C%_libwire_a_SOURCES = \
	%D%/cell.c %D%/cell.h \
	%D%/client.c %D%/client.h \
	%D%/cursor.c %D%/cursor.h \
	%D%/describe.c %D%/describe.h \
	%D%/fieldwire.c %D%/fieldwire.h \
	%D%/frontwire.h \
	%D%/message.c %D%/message.h \
	%D%/said.c %D%/said.h \
	%D%/verbs.c %D%/verbs.h
WIRE_LIBS = src/wire/libwire.a $(MODEL_LIBS)
