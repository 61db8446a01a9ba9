/* SPDX-License-Identifier: ISC */
/* term_pty.h - a terminal on a real pty, and what comes out of it. */
#ifndef TERM_PTY_H
#define TERM_PTY_H

#include "term/terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "term_help.h"

#define DEADLINE 10000	/* ms */

struct pty {
	int glass, line;	/* the person's side, the program's */
	struct buf got;
	struct terminal *t;
	uint64_t left;		/* the last one announced */
	unsigned times;
};

static inline void
on_left(void *arg, uint64_t frame)
{
	struct pty *p = arg;

	p->left = frame;
	p->times++;
}

static inline void
pty_open(struct pty *p, int rows, int cols)
{
	struct winsize w = { .ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)cols };

	memset(p, 0, sizeof(*p));
	assert_int_equal(openpty(&p->glass, &p->line, NULL, NULL, &w), 0);
	fcntl(p->glass, F_SETFL, O_NONBLOCK);
}

static inline void
pty_start(struct pty *p, const char *term)
{
	struct terminal_options o = { .in_fd = p->line,
		.out_fd = p->line,
		.term = term,
		.on_left = on_left,
		.arg = p };
	struct err e;

	p->t = terminal_open(&o, &e);
	if (p->t == NULL)
		fail_msg("%s", e.text);
}

/* What is on the glass's side now. */
static inline void
pty_look(struct pty *p)
{
	char bytes[8192];
	ssize_t n;

	while ((n = read(p->glass, bytes, sizeof(bytes))) > 0)
		buf_add(&p->got, bytes, (size_t)n);
}

/* Pumps and reads until nothing is pending. */
static inline void
pty_settle(struct pty *p, int64_t ms)
{
	struct pollfd f = { p->line, POLLOUT, 0 };

	for (int i = 0; i < 1000 && terminal_wants_write(p->t); i++) {
		terminal_pump(p->t, AT(ms));
		pty_look(p);
		if (terminal_wants_write(p->t))
			assert_int_equal(poll(&f, 1, DEADLINE), 1);
	}
	pty_look(p);
}

static inline bool
pty_has(struct pty *p, const char *text)
{
	return p->got.len > 0 &&
	    memmem(p->got.at, p->got.len, text, strlen(text)) != NULL;
}

static inline void
pty_close(struct pty *p)
{
	terminal_close(p->t);
	pty_look(p);
	buf_free(&p->got);
	close(p->line);
	close(p->glass);
}

static inline uint64_t
draw(struct pty *p, const char *text, int64_t ms)
{
	struct canvas c = terminal_frame_begin(p->t, AT(ms));

	canvas_text(c, 0, 0, -1, STYLE_NORMAL, text);
	return terminal_frame_end(p->t, AT(ms));
}

#endif
