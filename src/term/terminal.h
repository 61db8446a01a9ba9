/* SPDX-License-Identifier: ISC */
/*
 * terminal.h - one terminal: its tty, its screen, its keys.
 *
 * ncurses computes the difference of two screens and writes it into a memory
 * file; we carry those bytes to the tty, which never blocks. So the program
 * always knows what is on its way, a stuck terminal costs nothing, and a
 * frame is drawn only when the one before has left completely. Termios, size
 * and keys are ours; ncurses' input and signals are not used. How far the
 * glass is behind is modelled (drain.h) and asked (probe.h): on a slow line
 * fewer frames are drawn, and those show the present.
 *
 * The order in a program's loop:
 *
 *	readable(in_fd)      terminal_read(), terminal_next_key() until false
 *	writable(out_fd)     terminal_pump()    (while terminal_wants_write())
 *	before sleeping      if something is dirty and terminal_can_draw():
 *	                       c = terminal_frame_begin(); ...draw...;
 *	                       n = terminal_frame_end(); terminal_pump()
 *	sleep                not longer than terminal_wake()
 *
 * Frames are numbered from 1; frame n has left when all its bytes were
 * written: on_left(n), terminal_left(). The tty is restored by
 * terminal_close(), at exit and on a fatal signal (terminal_guard()).
 *
 * Without descriptors (out_fd -1) a terminal is a screen in memory of the
 * size given: for previews, and to compare what is drawn.
 * One thread. Several terminals in one process work; one may be guarded.
 */
#ifndef TERM_TERMINAL_H
#define TERM_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "term/canvas.h"
#include "term/key.h"
#include "term/style.h"

/* Ten frames a second at most; but what happens comes in parts (a key, its
 * notice, its row), so up to four follow each other at once. */
#define TERMINAL_BURST 4
#define TERMINAL_FRAMES ((struct span){ 100 * TERMINAL_BURST })
#define TERMINAL_FLASH ((struct span){ 500 })	/* half a blink */
#define TERMINAL_BELL ((struct span){ 2000 })	/* between two bells */
#define TERMINAL_ROWS_MAX 300
#define TERMINAL_COLS_MAX 1000

enum terminal_set { SET_DETECT, SET_UTF8, SET_ASCII };

struct terminal;

struct terminal_options {
	int in_fd, out_fd;	/* a tty; -1, -1: none */
	int rows, cols;		/* without a tty; 0: 24, 80 */
	const char *term;	/* TERM of the client, not trusted; may be NULL */
	enum style_theme theme;
	enum style_depth depth;	/* DETECT heeds NO_COLOR */
	enum terminal_set set;	/* DETECT: ASCII on vt*, linux, UTF-8 else */
	bool no_mouse;
	bool no_probe;	/* never ask how far the glass is (probe.h) */
	struct span esc_delay;	/* 0: DECODE_ESC_DELAY */
	void (*on_left)(void *arg, uint64_t frame);	/* may be NULL */
	void *arg;
};

/* Takes over the tty: raw, non-blocking, alternate screen. NULL: e says why
 * (a TERM that is no name, TERM=dumb, no terminfo at all). */
struct terminal *terminal_open(const struct terminal_options *o, struct err *e);
/* Gives the tty back; waits at most 0.2 s for it. NULL is fine. */
void terminal_close(struct terminal *t);
/* From now on also at exit() and on a fatal signal. One per process. */
void terminal_guard(struct terminal *t);

/* Input. terminal_read: 1 something came, 0 nothing now, -1 the tty is gone. */
int terminal_read(struct terminal *t, struct mono now);
void terminal_feed(
    struct terminal *t, const void *bytes, size_t n, struct mono now);
bool terminal_next_key(struct terminal *t, struct mono now, struct key *key);

/* Output. */
bool terminal_can_draw(const struct terminal *t, struct mono now);
struct canvas terminal_frame_begin(struct terminal *t, struct mono now);
uint64_t terminal_frame_end(struct terminal *t, struct mono now);
/* Writes what the tty takes; bytes still pending, or -1: the tty is gone. */
long terminal_pump(struct terminal *t, struct mono now);
bool terminal_wants_write(const struct terminal *t);
size_t terminal_pending(const struct terminal *t);
uint64_t terminal_left(const struct terminal *t);	/* last frame that left */
/* A badge flashes and the half second is over: draw again. */
bool terminal_wants_flash(const struct terminal *t, struct mono now);
/* When to look again without any event: Esc delay, flash, and, with
 * dirty, the moment at which a frame may be drawn. */
struct mono terminal_wake(
    const struct terminal *t, bool dirty, struct mono now);

/* Size. After SIGWINCH: asks the tty; true if it is another one. */
bool terminal_resize(struct terminal *t);
void terminal_set_size(struct terminal *t, int rows, int cols);
int terminal_rows(const struct terminal *t);
int terminal_cols(const struct terminal *t);

/* Looks, at any time; the next frame paints everything. */
void terminal_set_look(struct terminal *t, enum style_theme theme,
    enum style_depth depth, enum terminal_set set);
void terminal_repaint(struct terminal *t);
bool terminal_ascii(const struct terminal *t);
enum style_theme terminal_theme(const struct terminal *t);
enum style_depth terminal_depth(const struct terminal *t);
const char *terminal_name(const struct terminal *t);	/* terminfo in use */
/* False: too early after the last one. */
bool terminal_bell(struct terminal *t, struct mono now);
/* The window's title where there is one; clean, at most 80 columns. */
void terminal_title(struct terminal *t, const char *title);

#endif
