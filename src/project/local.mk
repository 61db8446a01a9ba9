# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libproject.a
%C%_libproject_a_CFLAGS = $(AM_CFLAGS) $(LIBCONFIG_CFLAGS) $(ARCHIVE_CFLAGS)
%C%_libproject_a_SOURCES = \
	%D%/address.c %D%/address.h \
	%D%/bundle.c \
	%D%/cell.c %D%/cell.h \
	%D%/conf.c %D%/conf.h \
	%D%/edit.c %D%/edit.h \
	%D%/files.c %D%/files.h \
	%D%/item.c %D%/item.h \
	%D%/keys.c %D%/keys.h \
	%D%/lex.c %D%/lex.h \
	%D%/names.c %D%/names.h \
	%D%/outline.c %D%/outline.h %D%/outline_check.c \
	%D%/overlap.c \
	%D%/pack.c %D%/pack.h \
	%D%/read.c %D%/read.h \
	%D%/read_alarm.c \
	%D%/read_csv.c \
	%D%/read_document.c \
	%D%/read_expr.c \
	%D%/read_lines.c \
	%D%/read_object.c %D%/making.h \
	%D%/read_object_alarm.c %D%/read_object_cell.c \
	%D%/read_object_command.c \
	%D%/read_plant.c \
	%D%/read_role.c \
	%D%/read_station.c \
	%D%/read_system.c \
	%D%/read_tag.c \
	%D%/read_tags.c \
	%D%/read_type.c \
	%D%/reader.h \
	%D%/report.c %D%/report.h \
	%D%/schema.h \
	%D%/screen.c %D%/screen.h \
	%D%/screen_art.c \
	%D%/screen_bind.c \
	%D%/screen_check.c \
	%D%/screen_parts.h %D%/screen_words.c \
	%D%/server.c %D%/server.h \
	%D%/source.c %D%/source.h \
	%D%/table.c %D%/table.h
# What a program that uses project links; higher rooms add their own.
PROJECT_LIBS = src/project/libproject.a $(LIBCONFIG_LIBS) $(CSV_LIBS) $(ARCHIVE_LIBS) $(MODEL_LIBS)
