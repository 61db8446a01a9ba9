/* SPDX-License-Identifier: ISC */
#include "term/terminal.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "term/decode.h"
#include "term/drain.h"
#include "term/keycaps.h"
#include "term/probe.h"
#include "term/surface.h"
#include "term/terminal_private.h"
#include "term/termname.h"
#include "term/tty.h"

#define MODES_ON "\033[?2004h"
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
#define MODES_OFF MOUSE_OFF "\033[?2004l"
#define CANCEL "\030"	/* ends a sequence that was cut off */

struct terminal {
	struct surface surface;
	struct tty tty;
	struct decode decode;
	struct drain drain;
	struct probe probe;
	unsigned answers;	/* of decode, already told to probe */
	uint64_t seen;		/* by probe, already told to drain */
	FILE *file;		/* curses writes here; descriptor `memory` */
	int memory;
	struct buf out;		/* bytes for the tty, */
	size_t gone;		/* of which so many are written */
	uint64_t frame, left;
	uint64_t bytes;		/* that curses made */
	uint64_t given;		/* put into out */
	struct mono drawn_at[TERMINAL_BURST];	/* the last frames, a ring */
	unsigned newest;		/* of them */
	struct mono bell_at;
	bool drawn;		/* there was one */
	bool broken;		/* the tty is gone */
	bool colours;		/* start_color() was called */
	bool titles;		/* the terminal has a window title */
	bool probes;		/* it is asked how far it is */
	bool can_mouse;
	enum style_theme theme;
	enum style_depth depth;
	char name[40];
	char title[96 * 4];
	int rows, cols;
	void (*on_left)(void *arg, uint64_t frame);
	void *arg;
};

struct surface *
terminal_surface(struct terminal *t)
{
	set_term(t->surface.screen);
	return &t->surface;
}

/* --- starting ------------------------------------------------------- */

static int
within(int n, int least, int most)
{
	return n < least ? least : n > most ? most : n;
}

static const int curses_signals[] = { SIGINT, SIGTERM, SIGTSTP, SIGWINCH };
#define CURSES_SIGNALS (sizeof(curses_signals) / sizeof(*curses_signals))

/* newterm() without the signal handlers that it installs. */
static SCREEN *
quiet_newterm(const char *name, FILE *file)
{
	struct sigaction saved[CURSES_SIGNALS];
	SCREEN *screen;

	for (size_t i = 0; i < CURSES_SIGNALS; i++)
		sigaction(curses_signals[i], NULL, &saved[i]);
	screen = newterm(name, file, file);
	for (size_t i = 0; i < CURSES_SIGNALS; i++)
		sigaction(curses_signals[i], &saved[i], NULL);
	return screen;
}

/* The size is the tty's, or the caller's: nobody else's. In the memory file
 * curses would find none, take that of the terminal's description, and have
 * the lines below stand still for whoever uses the terminal after us. */
static void
tell_size(const struct terminal *t)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", t->rows);
	setenv("LINES", number, 1);
	snprintf(number, sizeof(number), "%d", t->cols);
	setenv("COLUMNS", number, 1);
}

static void
forget_size(void)
{
	unsetenv("LINES");
	unsetenv("COLUMNS");
}

static int
open_screen(struct terminal *t, const char *term, struct err *e)
{
	const char *names[] = { term, termname_fallback(term), "vt100" };

	if (MB_CUR_MAX == 1)
		setlocale(LC_CTYPE, "C.UTF-8");
	t->memory = memfd_create("screen", MFD_CLOEXEC);
	if (t->memory < 0 || (t->file = fdopen(t->memory, "w+")) == NULL)
		return err_sys(e, "screen");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (!keycaps_known(names[i], t->memory))
			continue;
		tell_size(t);
		t->surface.screen = quiet_newterm(names[i], t->file);
		forget_size();
		if (t->surface.screen == NULL)
			continue;
		str_copy(t->name, names[i], sizeof(t->name));
		t->surface.win = stdscr;
		return 0;
	}
	return err_set(e,
	    "no description of the terminal %s and none of a vt100 "
	    "(is ncurses-base installed?)",
	    term);
}

/* As large as the tty; where there is none, or it does not know, as the
 * caller says. */
static void
first_size(struct terminal *t, const struct terminal_options *o)
{
	struct tty tty = { .out = o->out_fd };
	int rows, cols;

	if (!tty_size(&tty, &rows, &cols)) {
		rows = o->rows > 0 ? o->rows : 24;
		cols = o->cols > 0 ? o->cols : 80;
	}
	t->rows = within(rows, 1, TERMINAL_ROWS_MAX);
	t->cols = within(cols, 1, TERMINAL_COLS_MAX);
}

/* A capability's text without its padding times. */
static void
add_capability(struct buf *b, const char *name)
{
	const char *s = tigetstr(name), *end;

	if (s == NULL || s == (const char *)-1)
		return;
	while (*s != '\0') {
		if (s[0] == '$' && s[1] == '<' &&
		    (end = strchr(s, '>')) != NULL)
			s = end + 1;
		else
			buf_char(b, *s++);
	}
}

static bool
has_capability(const char *name)
{
	const char *s = tigetstr(name);

	return s != NULL && s != (const char *)-1;
}

/* What brings the tty back when there is no time for curses. */
static void
make_restore(struct terminal *t)
{
	static const char *const names[] = { "sgr0", "op", "cnorm", "rmcup" };
	struct buf b = { 0 };

	buf_text(&b, CANCEL MODES_OFF);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		add_capability(&b, names[i]);
	/* P11: without a second screen our values would stay on the glass */
	if (!has_capability("rmcup"))
		add_capability(&b, "clear");
	buf_text(&b, "\r");
	if (b.len <= sizeof(t->tty.restore)) {
		memcpy(t->tty.restore, b.at, b.len);
		t->tty.restore_len = b.len;
	}
	buf_free(&b);
}

static void
learn(void *arg, const char *sequence, uint32_t code)
{
	decode_learn(arg, sequence, code);
}

static void
start_modes(struct terminal *t, bool mouse)
{
	keycaps_each(learn, &t->decode);
	t->titles = tigetflag("XT") > 0 || strncmp(t->name, "xterm", 5) == 0;
	make_restore(t);
	t->can_mouse = t->tty.out >= 0 && has_capability("kmous");
	if (t->tty.out < 0)
		return;
	buf_text(&t->out, MODES_ON);
	terminal_set_mouse(t, mouse);
}

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
check_options(const struct terminal_options *o, const char **term,
    struct err *e)
{
	*term = o->term != NULL ? o->term : "";
	if (o->out_fd < 0 && **term == '\0')
		*term = "xterm-256color";
	return termname_check(*term, e);
}

struct terminal *
terminal_open(const struct terminal_options *o, struct err *e)
{
	struct terminal *t;
	const char *term;
	unsigned i;

	if (check_options(o, &term, e) != 0)
		return NULL;
	t = xcalloc(1, sizeof(*t));
	t->memory = -1;
	t->tty.in = t->tty.out = -1;
	t->on_left = o->on_left;
	t->arg = o->arg;
	t->bell_at.us = INT64_MIN / 2;
	for (i = 0; i < TERMINAL_BURST; i++)
		t->drawn_at[i] = t->bell_at;
	decode_init(&t->decode);
	if (o->esc_delay.ms > 0)
		t->decode.esc_delay = o->esc_delay;
	first_size(t, o);
	if (open_screen(t, term, e) != 0 ||
	    tty_take(&t->tty, o->in_fd, o->out_fd, e) != 0) {
		terminal_close(t);
		return NULL;
	}
	start_modes(t, !o->no_mouse);
	t->probes = t->tty.out >= 0 && !o->no_probe;
	terminal_set_look(t, o->theme, o->depth, o->set);
	return t;
}

/* --- ending --------------------------------------------------------- */

static void
give(struct terminal *t, const char *bytes, size_t n)
{
	buf_add(&t->out, bytes, n);
	t->given += n;
}

/* Moves what curses wrote from the memory file to the bytes for the tty. */
static void
collect(struct terminal *t)
{
	char piece[8192];
	off_t end, at = 0;
	ssize_t n;

	fflush(t->file);
	end = lseek(t->memory, 0, SEEK_CUR);
	while (at < end &&
	    (n = pread(t->memory, piece, sizeof(piece), at)) > 0) {
		if (n > end - at)
			n = end - at;
		if (t->tty.out >= 0)
			give(t, piece, (size_t)n);
		t->bytes += (uint64_t)n;
		at += n;
	}
	lseek(t->memory, 0, SEEK_SET);
}

/* The answer to our last question must not fall into somebody's shell. */
static void
await_answers(struct terminal *t)
{
	struct pollfd p = { t->tty.in, POLLIN, 0 };
	struct mono now = { 0 };
	struct key key;

	while (t->probe.answers && t->probe.open > 0 &&
	    poll(&p, 1, TTY_PATIENCE) > 0 && terminal_read(t, now) > 0)
		while (terminal_next_key(t, now, &key))
			;
}

static void
close_tty(struct terminal *t)
{
	bool whole = tty_write_last(
	    &t->tty, t->out.at + t->gone, t->out.len - t->gone);

	if (whole && t->drawn) {
		buf_clear(&t->out);
		terminal_surface(t);
		endwin();
		collect(t);
		tty_write_last(&t->tty, t->out.at, t->out.len);
		await_answers(t);
	}
	tty_give_back(&t->tty);
}

void
terminal_close(struct terminal *t)
{
	if (t == NULL)
		return;
	if (t->tty.taken)
		close_tty(t);
	if (t->surface.screen != NULL) {
		terminal_surface(t);
		if (t->drawn && !isendwin())
			endwin();
		delscreen(t->surface.screen);
	}
	if (t->file != NULL)
		fclose(t->file);
	else if (t->memory >= 0)
		close(t->memory);
	decode_fini(&t->decode);
	buf_free(&t->out);
	free(t);
}

void
terminal_guard(struct terminal *t)
{
	tty_guard(&t->tty);
}

/* --- input ---------------------------------------------------------- */

int
terminal_read(struct terminal *t, struct mono now)
{
	char bytes[4096];
	ssize_t n;
	int any = 0;

	/* bounded: a flood of input must not keep us from drawing */
	for (int turn = 0; turn < 4 && !t->broken; turn++) {
		n = read(t->tty.in, bytes, sizeof(bytes));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return any;
		if (n <= 0) {
			t->broken = true;
			break;
		}
		decode_feed(&t->decode, bytes, (size_t)n, now);
		any = 1;
		if ((size_t)n < sizeof(bytes))
			break;
	}
	return t->broken ? -1 : any;
}

void
terminal_feed(
    struct terminal *t, const void *bytes, size_t n, struct mono now)
{
	decode_feed(&t->decode, bytes, n, now);
}

bool
terminal_next_key(struct terminal *t, struct mono now, struct key *key)
{
	bool any = decode_next(&t->decode, now, key);

	for (; t->answers != t->decode.answers; t->answers++)
		probe_answered(&t->probe, now);
	if (t->probe.seen != t->seen) {
		t->seen = t->probe.seen;
		if (t->seen == t->given)
			drain_emptied(&t->drain, now);
	}
	return any;
}

void
terminal_discard(struct terminal *t)
{
	decode_discard(&t->decode);
}

/* --- output --------------------------------------------------------- */

size_t
terminal_pending(const struct terminal *t)
{
	return t->out.len - t->gone;
}

bool
terminal_wants_write(const struct terminal *t)
{
	return !t->broken && terminal_pending(t) > 0;
}

/* When the next frame may be drawn, if nothing more goes wrong. */
static struct mono
frame_at(const struct terminal *t, struct mono now)
{
	unsigned oldest = (t->newest + 1) % TERMINAL_BURST;
	struct mono a = mono_add(t->drawn_at[oldest], TERMINAL_FRAMES);
	struct mono b = drain_empty_at(&t->drain, now);
	struct mono c = probe_ready_at(
	    &t->probe, t->given, t->drawn_at[t->newest], now);

	if (mono_before(a, b))
		a = b;
	return mono_before(a, c) ? c : a;
}

bool
terminal_can_draw(const struct terminal *t, struct mono now)
{
	return !t->broken && t->left == t->frame &&
	    terminal_pending(t) == 0 && !mono_before(now, frame_at(t, now));
}

static bool
flash_at(struct mono now)
{
	return now.us / (TERMINAL_FLASH.ms * 1000) % 2 != 0;
}

struct canvas
terminal_frame_begin(struct terminal *t, struct mono now)
{
	struct surface *s = terminal_surface(t);
	struct canvas c = { s, 0, 0, t->rows, t->cols };

	s->flash = flash_at(now);
	s->flashes = false;
	s->cursor_row = s->cursor_col = -1;
	werase(s->win);
	return c;
}

static void
place_cursor(struct surface *s)
{
	bool shown = s->cursor_row >= 0;

	leaveok(s->win, !shown);
	if (shown)
		wmove(s->win, s->cursor_row, s->cursor_col);
	curs_set(shown ? 1 : 0);
}

static void
frame_left(struct terminal *t)
{
	if (t->left == t->frame)
		return;
	t->left = t->frame;
	if (t->on_left != NULL)
		t->on_left(t->arg, t->left);
}

/* A frame that sends anything ends with a question, if one is due. */
static void
ask(struct terminal *t, struct mono now)
{
	if (!t->probes || terminal_pending(t) == 0 || !probe_wanted(&t->probe))
		return;
	give(t, PROBE_QUESTION, sizeof(PROBE_QUESTION) - 1);
	probe_asked(&t->probe, t->given, now);
}

uint64_t
terminal_frame_end(struct terminal *t, struct mono now)
{
	struct surface *s = terminal_surface(t);
	uint64_t number = ++t->frame;

	place_cursor(s);
	wnoutrefresh(s->win);
	doupdate();
	collect(t);
	ask(t, now);
	t->drawn = true;
	t->newest = (t->newest + 1) % TERMINAL_BURST;
	t->drawn_at[t->newest] = now;
	if (terminal_pending(t) == 0)
		frame_left(t);
	return number;
}

/* One write; false: no more can be done now. */
static bool
pump_once(struct terminal *t, struct mono now)
{
	ssize_t n = write(
	    t->tty.out, t->out.at + t->gone, terminal_pending(t));
	bool full = n < 0 && errno == EAGAIN;

	if (n < 0 && errno == EINTR)
		return true;
	if (n <= 0 && !full) {
		t->broken = true;
		return false;
	}
	if (n > 0)
		t->gone += (size_t)n;
	drain_wrote(&t->drain, n > 0 ? (size_t)n : 0, full, now);
	return !full;
}

long
terminal_pump(struct terminal *t, struct mono now)
{
	while (terminal_wants_write(t) && pump_once(t, now))
		;
	if (t->broken)
		return -1;
	if (terminal_pending(t) == 0) {
		buf_clear(&t->out);
		t->gone = 0;
		frame_left(t);
	}
	return (long)terminal_pending(t);
}

uint64_t
terminal_left(const struct terminal *t)
{
	return t->left;
}

double
terminal_rate(const struct terminal *t)
{
	return drain_rate(&t->drain);
}

uint64_t
terminal_bytes(const struct terminal *t)
{
	return t->bytes;
}

bool
terminal_wants_flash(const struct terminal *t, struct mono now)
{
	return t->surface.flashes && flash_at(now) != t->surface.flash;
}

struct mono
terminal_wake(const struct terminal *t, bool dirty, struct mono now)
{
	struct mono at = decode_deadline(&t->decode), flash;

	if (dirty && t->left == t->frame && terminal_pending(t) == 0)
		at = mono_first(at, frame_at(t, now));
	if (t->surface.flashes) {
		flash.us = (now.us / (TERMINAL_FLASH.ms * 1000) + 1) *
		    TERMINAL_FLASH.ms * 1000;
		at = mono_first(at, flash);
	}
	return at;
}

/* --- size and looks ------------------------------------------------- */

void
terminal_set_size(struct terminal *t, int rows, int cols)
{
	t->rows = within(rows, 1, TERMINAL_ROWS_MAX);
	t->cols = within(cols, 1, TERMINAL_COLS_MAX);
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

void
terminal_set_mouse(struct terminal *t, bool on)
{
	if (t->can_mouse)
		buf_text(&t->out, on ? MOUSE_ON : MOUSE_OFF);
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
