/* SPDX-License-Identifier: ISC */
/* terminal_frames.c - frames: when one may be drawn, how it is made, and its
 * bytes until they have left. */
#include <errno.h>
#include <unistd.h>

#include "term/terminal_private.h"

static void
give(struct terminal *t, const char *bytes, size_t n)
{
	buf_add(&t->out, bytes, n);
	t->given += n;
}

void
terminal_collect(struct terminal *t)
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
		at += n;
	}
	lseek(t->memory, 0, SEEK_SET);
}

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
	terminal_collect(t);
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
