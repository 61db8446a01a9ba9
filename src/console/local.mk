# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libconsole.a
%C%_libconsole_a_SOURCES = \
	%D%/act.c %D%/act.h \
	%D%/actions.c %D%/actions.h \
	%D%/chosen.c %D%/chosen.h \
	%D%/app.c %D%/app.h %D%/app_language.c %D%/app_screens.c \
	%D%/app_watch.c \
	%D%/events_filter.c %D%/events_filter.h \
	%D%/frame.c %D%/frame.h \
	%D%/lines.c %D%/lines.h \
	%D%/link.c %D%/link.h \
	%D%/list.c %D%/list.h \
	%D%/marks.c %D%/marks.h \
	%D%/mimic.c %D%/mimic.h \
	%D%/panes.c %D%/panes.h \
	%D%/past.c %D%/past.h \
	%D%/pens.c %D%/pens.h \
	%D%/preview.c %D%/preview.h \
	%D%/range.c %D%/range.h \
	%D%/seat.c %D%/seat.h \
	%D%/sending.c %D%/sending.h \
	%D%/things.c %D%/things.h %D%/things_alarms.c \
	%D%/things_plant.c %D%/things_plant.h \
	%D%/view_act.c %D%/view_alarm_detail.c %D%/view_alarms.c %D%/view_do.c \
	%D%/view_event.c %D%/view_events.c %D%/view_filter.c \
	%D%/view_find.c %D%/view_help.c %D%/view_login.c %D%/view_menu.c \
	%D%/view_object.c \
	%D%/view_process.c %D%/view_prompt.c %D%/view_question.c \
	%D%/view_report.c %D%/view_rows.c %D%/view_set.c %D%/view_trace.c \
	%D%/view_trend.c %D%/views.h \
	%D%/words.c %D%/words.h
CONSOLE_LIBS = src/console/libconsole.a $(TERM_LIBS) src/report/libreport.a src/wire/libwire.a \
	$(PROJECT_LIBS)

pkglibexec_PROGRAMS += sightglass-console
sightglass_console_SOURCES = %D%/main.c
sightglass_console_LDADD = $(CONSOLE_LIBS)
