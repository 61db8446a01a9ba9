/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "term/keycaps.h"
#include "term/terminal_private.h"
#include "term/termname.h"

#define MODES_ON "\033[?2004h"
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
#define MODES_OFF MOUSE_OFF "\033[?2004l"
#define CANCEL "\030"	/* ends a sequence that was cut off */

struct surface *
terminal_surface(struct terminal *t)
{
	set_term(t->surface.screen);
	return &t->surface;
}

/* --- starting ------------------------------------------------------- */

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
	if (t->tty.out < 0)
		return;
	buf_text(&t->out, MODES_ON);
	if (has_capability("kmous"))
		buf_text(&t->out, mouse ? MOUSE_ON : MOUSE_OFF);
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
	terminal_first_size(t, o);
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
		terminal_collect(t);
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
