# SPDX-License-Identifier: ISC
EXTRA_DIST += %D%/README.md
noinst_LIBRARIES += %D%/libreport.a
%C%_libreport_a_SOURCES = \
	%D%/actions.c \
	%D%/alarms.c \
	%D%/parts.h \
	%D%/plan.c %D%/plan.h \
	%D%/rows.c \
	%D%/run.c %D%/run.h %D%/run_inside.h \
	%D%/run_events.c %D%/run_standing.c %D%/run_tags.c \
	%D%/sheet.h \
	%D%/standing.c \
	%D%/tags.c \
	%D%/text.c
# What a program that works out reports links.
REPORT_LIBS = src/report/libreport.a src/wire/libwire.a $(PROJECT_LIBS)
