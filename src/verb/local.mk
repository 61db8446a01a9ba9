# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libverb.a
%C%_libverb_a_CFLAGS = $(AM_CFLAGS) $(JANSSON_CFLAGS)
%C%_libverb_a_SOURCES = \
	%D%/complete.c %D%/complete.h \
	%D%/csv.c \
	%D%/help.c %D%/help.h \
	%D%/json.c \
	%D%/layout.h \
	%D%/option.c %D%/option.h \
	%D%/phrase.c %D%/phrase.h \
	%D%/print.c %D%/print.h \
	%D%/request.c %D%/request.h \
	%D%/status.c \
	%D%/table.c \
	%D%/usage.c %D%/usage.h \
	%D%/words.c %D%/words.h \
	%D%/writer.c %D%/writer.h
VERB_LIBS = src/verb/libverb.a $(JANSSON_LIBS) $(WIRE_LIBS)
