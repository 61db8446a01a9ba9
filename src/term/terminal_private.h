/* SPDX-License-Identifier: ISC */
/* terminal_private.h - a terminal as its own files see it, and dump.c. */
#ifndef TERM_TERMINAL_PRIVATE_H
#define TERM_TERMINAL_PRIVATE_H

#include <stdio.h>

#include "base/buf.h"
#include "term/decode.h"
#include "term/drain.h"
#include "term/probe.h"
#include "term/surface.h"
#include "term/terminal.h"
#include "term/tty.h"

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
	uint64_t given;		/* put into out */
	struct mono drawn_at[TERMINAL_BURST];	/* the last frames, a ring */
	unsigned newest;		/* of them */
	struct mono bell_at;
	bool drawn;		/* there was one */
	bool broken;		/* the tty is gone */
	bool colours;		/* start_color() was called */
	bool titles;		/* the terminal has a window title */
	bool probes;		/* it is asked how far it is */
	enum style_theme theme;
	enum style_depth depth;
	char name[40];
	char title[96 * 4];
	int rows, cols;
	void (*on_left)(void *arg, uint64_t frame);
	void *arg;
};

/* Its surface, made the one that curses draws on. */
struct surface *terminal_surface(struct terminal *t);
/* Moves what curses wrote from the memory file to the bytes for the tty. */
void terminal_collect(struct terminal *t);
/* As large as the tty; where there is none, or it does not know, as the
 * caller says. */
void terminal_first_size(struct terminal *t, const struct terminal_options *o);

#endif
