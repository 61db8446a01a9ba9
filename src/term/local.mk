# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libterm.a
%C%_libterm_a_CFLAGS = $(AM_CFLAGS) $(NCURSES_CFLAGS)
%C%_libterm_a_SOURCES = \
	%D%/badge.h \
	%D%/bar.h \
	%D%/canvas.h \
	%D%/decode.h \
	%D%/drain.h \
	%D%/dump.h \
	%D%/field.h \
	%D%/form.h \
	%D%/glyph.h \
	%D%/input.h \
	%D%/key.h \
	%D%/keymap.h \
	%D%/layout.h \
	%D%/menu.h \
	%D%/message.h \
	%D%/style.h \
	%D%/table.h \
	%D%/terminal.h \
	%D%/termname.h \
	%D%/trend.h \
	%D%/view.h
# What a program that uses term links in front of $(BASE_LIBS).
TERM_LIBS = src/term/libterm.a $(NCURSES_LIBS)
