# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libbase.a
%C%_libbase_a_CFLAGS = $(AM_CFLAGS) $(UTF8PROC_CFLAGS) $(MD_CFLAGS)
%C%_libbase_a_SOURCES = \
	%D%/buf.c %D%/buf.h \
	%D%/cage.c %D%/cage.h \
	%D%/catalogue.c %D%/catalogue.h \
	%D%/clock.c %D%/clock.h \
	%D%/digest.c %D%/digest.h \
	%D%/err.c %D%/err.h \
	%D%/fd.c %D%/fd.h \
	%D%/language.c %D%/language.h \
	%D%/log.c %D%/log.h \
	%D%/mem.c %D%/mem.h \
	%D%/near.c %D%/near.h \
	%D%/proc.c %D%/proc.h \
	%D%/text.c %D%/text.h \
	%D%/vec.h \
	%D%/when.c %D%/when.h
# What a program that uses base links; higher rooms add their own.
BASE_LIBS = src/base/libbase.a $(UTF8PROC_LIBS) $(MD_LIBS) -lm $(THREAD_LIBS)
