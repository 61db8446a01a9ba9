# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libstore.a
%C%_libstore_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
%C%_libstore_a_SOURCES = \
	%D%/batch.h \
	%D%/load.h \
	%D%/query.h \
	%D%/record.h \
	%D%/row.h \
	%D%/verify.h
