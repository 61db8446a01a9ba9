/* SPDX-License-Identifier: ISC */
/*
 * decode.h - from the bytes of a terminal to keys.
 *
 * An own decoder, because ncurses knows only the one variant of a key that
 * TERM announces (PuTTY sends ESC[11~ while it says xterm), and because here
 * time is an argument. What is no known sequence is swallowed whole: a piece
 * of an unknown sequence must never act as a key. Esc alone is told from the
 * begin of a sequence by DECODE_ESC_DELAY; an unfinished sequence is dropped
 * after DECODE_TORN; a paste that never ends is dropped after DECODE_PASTE of
 * silence.
 *
 * Call decode_next() until it returns false after each decode_feed(), and
 * again at decode_deadline(): keys carry the time at which their first byte
 * was fed.
 */
#ifndef TERM_DECODE_H
#define TERM_DECODE_H

#include "base/buf.h"
#include "base/clock.h"
#include "term/key.h"

#define DECODE_ESC_DELAY ((struct span){ 50 })
#define DECODE_TORN ((struct span){ 500 })
#define DECODE_PASTE ((struct span){ 5000 })
#define DECODE_DOUBLE ((struct span){ 400 })	/* between two clicks */
#define DECODE_BUFFER 65536	/* unread bytes kept; more are dropped */
#define DECODE_PASTE_MAX 4096	/* bytes of a paste; a longer one is cut */

struct decode {
	struct span esc_delay;
	struct buf in;
	size_t taken;		/* bytes of in that were decoded */
	struct mono at;		/* when the first one not taken came */
	struct mono last;	/* when the last byte came */
	struct buf paste;
	bool pasting;
	struct key click;	/* the last one, for double clicks */
	unsigned answers;	/* to PROBE_QUESTION, seen so far */
	struct decode_extra *extra;	/* sequences from terminfo */
	size_t extras;
	char text[DECODE_PASTE_MAX * 2];	/* of the last PASTE */
};

void decode_init(struct decode *d);
void decode_fini(struct decode *d);
/* A sequence of this terminal that goes before the built-in ones; ones that
 * do not begin with ESC or are not of 2..15 bytes are ignored. */
void decode_learn(struct decode *d, const char *sequence, uint32_t code);
void decode_feed(
    struct decode *d, const void *bytes, size_t n, struct mono now);
bool decode_next(struct decode *d, struct mono now, struct key *key);
/* When decode_next() may say more without new bytes; MONO_NEVER if not. */
struct mono decode_deadline(const struct decode *d);
/* Forgets what has been fed. */
void decode_discard(struct decode *d);

#endif
