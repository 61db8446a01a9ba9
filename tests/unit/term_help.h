/* SPDX-License-Identifier: ISC */
/* term_help.h - a screen in memory, and what is on it as text. */
#ifndef TERM_HELP_H
#define TERM_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "term/dump.h"
#include "term/terminal.h"

#define AT(milliseconds) ((struct mono){ (int64_t)(milliseconds)*1000 })

static struct buf seen;

static inline struct terminal *
help_open(int rows, int cols, enum style_depth depth, enum terminal_set set)
{
	struct terminal_options o = { .in_fd = -1,
		.out_fd = -1,
		.rows = rows,
		.cols = cols,
		.depth = depth,
		.set = set };
	struct err e;
	struct terminal *t = terminal_open(&o, &e);

	if (t == NULL)
		fail_msg("%s", e.text);
	return t;
}

static inline struct terminal *
help_screen(int rows, int cols)
{
	return help_open(rows, cols, DEPTH_256, SET_UTF8);
}

static inline struct terminal *
help_ascii(int rows, int cols)
{
	return help_open(rows, cols, DEPTH_MONO, SET_ASCII);
}

static inline const char *
help_dump(struct terminal *t, unsigned what)
{
	buf_clear(&seen);
	dump_screen(t, what, &seen);
	return buf_string(&seen);
}

static inline const char *
help_text(struct terminal *t)
{
	return help_dump(t, DUMP_TEXT);
}

static inline const char *
help_styles(struct terminal *t)
{
	return help_dump(t, DUMP_STYLES);
}

static inline void
help_close(struct terminal *t)
{
	terminal_close(t);
	buf_free(&seen);
}

static inline struct key
help_key(uint32_t code, int64_t ms)
{
	return (struct key){ .code = code, .at = AT(ms) };
}

#endif
