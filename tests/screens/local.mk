# SPDX-License-Identifier: ISC
check_PROGRAMS += tests/screens/render
tests_screens_render_SOURCES = %D%/render.c %D%/reach.c %D%/reach.h \
	%D%/snapshot.c %D%/snapshot.h
tests_screens_render_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)
tests_screens_render_LDADD = $(CONSOLE_LIBS)
TESTS += tests/screens/screens.t
EXTRA_DIST += %D%/screens.t %D%/other.snapshot %D%/troubled.snapshot \
	%D%/golden
