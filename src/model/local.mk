# SPDX-License-Identifier: ISC
EXTRA_DIST += %D%/README.md
noinst_LIBRARIES += %D%/libmodel.a
%C%_libmodel_a_SOURCES = \
	%D%/alarm.c %D%/alarm.h %D%/alarm_inhibit.c \
	%D%/alarm_look.c %D%/alarm_look.h %D%/alarm_suppress.c \
	%D%/alarm_table.c %D%/alarm_table.h %D%/alarm_text.c \
	%D%/bypass.c %D%/bypass.h \
	%D%/calendar.c %D%/calendar.h \
	%D%/change.c %D%/change.h \
	%D%/counter.c %D%/counter.h \
	%D%/day_count.c %D%/day_count.h \
	%D%/dependents.c %D%/dependents.h \
	%D%/difference.c %D%/difference.h \
	%D%/difference_text.c %D%/difference_text.h \
	%D%/expr.c %D%/expr.h %D%/expr_code.h %D%/expr_parse.c \
	%D%/expr_token.c %D%/expr_token.h \
	%D%/lineage.c %D%/lineage.h \
	%D%/logging.c %D%/logging.h \
	%D%/name.c \
	%D%/number.c \
	%D%/plant.c %D%/plant.h %D%/plant_empty.c \
	%D%/right.c %D%/right.h \
	%D%/scale.c %D%/scale.h \
	%D%/state.c %D%/state.h \
	%D%/ring.c %D%/ring.h \
	%D%/value.c %D%/value.h
# What a program that uses model links; higher rooms add their own.
MODEL_LIBS = src/model/libmodel.a $(BASE_LIBS)
