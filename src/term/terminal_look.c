/* SPDX-License-Identifier: ISC */
/* terminal_look.c - how it looks: size, colours, characters, title, bell. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "term/terminal_private.h"
#include "term/termname.h"

static bool
choose_ascii(const struct terminal *t, enum terminal_set set)
{
	if (set == SET_DETECT)
		return MB_CUR_MAX == 1 || termname_small_font(t->name);
	return set == SET_ASCII;
}

static enum style_depth
choose_depth(const struct terminal *t, enum style_theme theme,
    enum style_depth wish)
{
	const char *none = getenv("NO_COLOR");
	int colours = tigetnum("colors"), pairs = tigetnum("pairs");
	enum style_depth can = colours >= 256 ? DEPTH_256
	    : colours >= 16		      ? DEPTH_16
	    : colours >= 8		      ? DEPTH_8
					      : DEPTH_MONO;

	(void)t;
	if (pairs < STYLE_COUNT || theme == THEME_MONO)
		return DEPTH_MONO;
	if (wish == DEPTH_DETECT)
		return none != NULL && *none != '\0' ? DEPTH_MONO : can;
	return wish < can ? wish : can;
}

static attr_t
curses_attrs(unsigned attrs)
{
	return (attrs & ATTR_BOLD ? A_BOLD : 0) |
	    (attrs & ATTR_UNDERLINE ? A_UNDERLINE : 0) |
	    (attrs & ATTR_REVERSE ? A_REVERSE : 0);
}

void
terminal_set_look(struct terminal *t, enum style_theme theme,
    enum style_depth depth, enum terminal_set set)
{
	struct style_look look;

	terminal_surface(t);
	t->theme = theme;
	t->depth = choose_depth(t, theme, depth);
	t->surface.ascii = choose_ascii(t, set);
	if (t->depth != DEPTH_MONO && !t->colours)
		t->colours = start_color() == OK;
	if (!t->colours)
		t->depth = DEPTH_MONO;
	for (int s = STYLE_COUNT - 1; s >= 0; s--) {
		look = style_look((enum style)s, theme, t->depth);
		t->surface.attrs[s] = curses_attrs(look.attrs);
		if (t->colours && s > 0)
			init_extended_pair(s, look.fg, look.bg);
		else if (t->colours)
			assume_default_colors(look.fg, look.bg);
	}
	terminal_repaint(t);
}

static int
within(int n, int most)
{
	return n < 1 ? 1 : n > most ? most : n;
}

static void
take_size(struct terminal *t, int rows, int cols)
{
	t->rows = within(rows, TERMINAL_ROWS_MAX);
	t->cols = within(cols, TERMINAL_COLS_MAX);
}

void
terminal_first_size(struct terminal *t, const struct terminal_options *o)
{
	struct tty tty = { .out = o->out_fd };
	int rows, cols;

	if (!tty_size(&tty, &rows, &cols)) {
		rows = o->rows > 0 ? o->rows : 24;
		cols = o->cols > 0 ? o->cols : 80;
	}
	take_size(t, rows, cols);
}

void
terminal_set_size(struct terminal *t, int rows, int cols)
{
	take_size(t, rows, cols);
	terminal_surface(t);
	resize_term(t->rows, t->cols);
	terminal_repaint(t);
}

bool
terminal_resize(struct terminal *t)
{
	int rows, cols, old_rows = t->rows, old_cols = t->cols;

	if (!tty_size(&t->tty, &rows, &cols))
		return false;
	if (rows != old_rows || cols != old_cols)
		terminal_set_size(t, rows, cols);
	return t->rows != old_rows || t->cols != old_cols;
}

int
terminal_rows(const struct terminal *t)
{
	return t->rows;
}

int
terminal_cols(const struct terminal *t)
{
	return t->cols;
}

void
terminal_repaint(struct terminal *t)
{
	terminal_surface(t);
	clearok(curscr, true);
}

bool
terminal_ascii(const struct terminal *t)
{
	return t->surface.ascii;
}

enum style_theme
terminal_theme(const struct terminal *t)
{
	return t->theme;
}

enum style_depth
terminal_depth(const struct terminal *t)
{
	return t->depth;
}

const char *
terminal_name(const struct terminal *t)
{
	return t->name;
}

bool
terminal_bell(struct terminal *t, struct mono now)
{
	if (t->tty.out < 0 || mono_before(now, mono_add(t->bell_at, TERMINAL_BELL)))
		return false;
	t->bell_at = now;
	buf_char(&t->out, '\a');
	return true;
}

/* The title that was there comes back at the end: the terminal keeps it. */
static void
keep_title(struct terminal *t)
{
	static const char back[] = "\033[23;2t";
	size_t len = sizeof(back) - 1;

	if (t->tty.restore_len + len > sizeof(t->tty.restore))
		return;
	memcpy(t->tty.restore + t->tty.restore_len, back, len);
	t->tty.restore_len += len;
	buf_text(&t->out, "\033[22;2t");
}

void
terminal_title(struct terminal *t, const char *title)
{
	char clean[sizeof(t->title)], fit[sizeof(t->title)];

	text_clean(clean, sizeof(clean), title, strlen(title));
	text_fit(fit, sizeof(fit), clean, 80);
	if (!t->titles || t->tty.out < 0 || strcmp(fit, t->title) == 0)
		return;
	if (*t->title == '\0')
		keep_title(t);
	str_copy(t->title, fit, sizeof(t->title));
	buf_printf(&t->out, "\033]2;%s\a", fit);
}
