# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libstore.a
%C%_libstore_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
%C%_libstore_a_SOURCES = \
	%D%/batch.c %D%/batch.h \
	%D%/cell.c %D%/cell.h \
	%D%/chain.c %D%/chain.h \
	%D%/commit.c \
	%D%/db.c %D%/db.h \
	%D%/history.h \
	%D%/inside.h \
	%D%/load.c %D%/load.h \
	%D%/names.c %D%/names.h \
	%D%/owner.c %D%/owner.h \
	%D%/page.c %D%/page.h \
	%D%/query.c %D%/query.h \
	%D%/read.c %D%/read.h \
	%D%/record.c %D%/record.h \
	%D%/recorder.c \
	%D%/reserve.c %D%/reserve.h \
	%D%/row.h \
	%D%/schema.c %D%/schema.h \
	%D%/statement.h \
	%D%/verify.c %D%/verify.h
# What a program that uses the store links.
STORE_LIBS = src/store/libstore.a $(SQLITE_LIBS)
