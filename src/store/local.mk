# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libstore.a
%C%_libstore_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
%C%_libstore_a_SOURCES = \
	%D%/archive.c %D%/archive.h %D%/archivist.c \
	%D%/backup.c %D%/backup.h \
	%D%/batch.c %D%/batch.h \
	%D%/bucket.c %D%/bucket.h \
	%D%/cell.c %D%/cell.h \
	%D%/chain.c %D%/chain.h \
	%D%/chunk.c %D%/chunk.h \
	%D%/commit.c \
	%D%/copy.c %D%/copy.h \
	%D%/dayfile.c %D%/dayfile.h %D%/days.c \
	%D%/db.c %D%/db.h \
	%D%/exchange.c %D%/exchange.h \
	%D%/history.c %D%/history.h \
	%D%/history_import.c %D%/history_page.c \
	%D%/inside.h \
	%D%/journal.c %D%/journal.h \
	%D%/load.c %D%/load.h \
	%D%/manifest.c %D%/manifest.h \
	%D%/names.c %D%/names.h \
	%D%/owner.c %D%/owner.h \
	%D%/page.c %D%/page.h \
	%D%/past.c %D%/past.h \
	%D%/pool.c %D%/pool.h \
	%D%/query.c %D%/query.h \
	%D%/read.c %D%/read.h \
	%D%/real.c %D%/real.h \
	%D%/record.c %D%/record.h \
	%D%/record_import.c %D%/record_import.h \
	%D%/recorder.c \
	%D%/reserve.c %D%/reserve.h \
	%D%/restore.c %D%/restore.h \
	%D%/restored.c %D%/restored.h \
	%D%/row.h \
	%D%/schema.c %D%/schema.h \
	%D%/stage.c %D%/stage.h \
	%D%/statement.h \
	%D%/tree.c %D%/tree.h \
	%D%/verify.c %D%/verify.h %D%/verify_history.c \
	%D%/walk.c %D%/walk.h
# What a program that uses the store links.
STORE_LIBS = src/store/libstore.a $(SQLITE_LIBS)
