# SPDX-License-Identifier: ISC
noinst_LIBRARIES += %D%/libterm.a
%C%_libterm_a_CFLAGS = $(AM_CFLAGS) $(NCURSES_CFLAGS)
%C%_libterm_a_SOURCES = \
	%D%/badge.c %D%/badge.h \
	%D%/bar.c %D%/bar.h \
	%D%/canvas.c %D%/canvas.h \
	%D%/decode.c %D%/decode.h \
	%D%/digits.c %D%/digits.h \
	%D%/drain.c %D%/drain.h \
	%D%/dump.c %D%/dump.h \
	%D%/field.c %D%/field.h \
	%D%/form.c %D%/form.h \
	%D%/glyph.c %D%/glyph.h \
	%D%/input.c %D%/input.h \
	%D%/key.c %D%/key.h \
	%D%/keycaps.c %D%/keycaps.h \
	%D%/keymap.c %D%/keymap.h \
	%D%/layout.c %D%/layout.h \
	%D%/menu.c %D%/menu.h \
	%D%/remark.c %D%/remark.h \
	%D%/plot.c %D%/plot.h \
	%D%/probe.c %D%/probe.h \
	%D%/style.c %D%/style.h \
	%D%/surface.h \
	%D%/table.c %D%/table.h %D%/table_draw.c %D%/table_private.h \
	%D%/terminal.c %D%/terminal.h \
	%D%/terminal_frames.c %D%/terminal_look.c %D%/terminal_private.h \
	%D%/termname.c %D%/termname.h \
	%D%/tile.c %D%/tile.h \
	%D%/trend.c %D%/trend.h \
	%D%/tty.c %D%/tty.h \
	%D%/view.c %D%/view.h
# What a program that uses term links in front of $(BASE_LIBS).
TERM_LIBS = src/term/libterm.a $(NCURSES_LIBS)
