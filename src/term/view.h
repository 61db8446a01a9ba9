/* SPDX-License-Identifier: ISC */
/*
 * view.h - screens of the console, one above the other.
 *
 * A view is a full screen or, if modal, a dialog over the one below. Its
 * handlers change its state and mark it dirty; only draw() draws, once a
 * turn, when the loop finds view_stack_dirty() and the terminal can. There
 * are no nested loops.
 *
 * P10: input that arrived before the top view was on the glass is discarded
 * by view_stack_key(), but for a view that only takes a line of text; drawn_at
 * tells since when it is there, for the 300 ms of confirming keys (keymap.h).
 * A dialog may go by itself while somebody types in it. What follows was meant
 * for it: it is discarded until there was a pause, or the one below has stood
 * for a second.
 */
#ifndef TERM_VIEW_H
#define TERM_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/vec.h"
#include "term/canvas.h"
#include "term/key.h"

struct view;
struct view_stack;

struct view_class {
	const char *name;
	bool modal;
	/* All may be NULL but draw. Without fini, data is freed. */
	void (*init)(struct view *v, void *arg);
	void (*fini)(struct view *v);
	void (*title)(const struct view *v, char *dst, size_t cap);
	void (*resize)(struct view *v, int rows, int cols);
	/* Data changed (what: the program's own bits); marks dirty if it
	 * concerns the view. */
	void (*update)(struct view *v, unsigned what, struct mono now);
	void (*draw)(struct view *v, struct canvas c, struct mono now);
	/* False: not mine, the next one may have it. */
	bool (*key)(struct view *v, const struct key *k, struct mono now);
	bool (*action)(struct view *v, int action);	/* of a keymap_row */
	/* For keymap_state: is something selected, and, where that may become
	 * another thing by itself, since when is it that. */
	bool (*has_item)(const struct view *v, struct mono *changed);
	bool typeahead;	/* a line of text: what is typed early is not lost */
};

struct view {
	const struct view_class *class;
	void *data;	/* the view's own, freed by its fini */
	void *app;	/* the program's, as given to the stack */
	struct view_stack *stack;	/* on which it stands */
	struct view *host;	/* in which it stands instead, or NULL */
	int rows, cols;
	bool dirty;
	uint64_t frame;	/* first frame that showed it; 0: none yet */
	struct mono drawn_at;	/* MONO_NEVER: not on the glass yet */
};

struct view_stack {
	VEC(struct view *) views;
	void *app;
	int rows, cols;		/* of the body */
	bool all;		/* everything is to be drawn */
	VEC(struct view *) gone;	/* popped, freed at a safe moment */
	size_t discarded;	/* keys that came too early, or too late */
	bool keying;		/* a key is at work: what goes does not go by
				 * itself. Set by view_stack_key(), and by the
				 * program around what else the key does */
	struct mono typed;	/* when the last key for a dialog came;
				 * VIEW_NEVER: none is on its way */
	bool cut;		/* a dialog has gone by itself since */
	size_t cut_keys;	/* that were discarded for it */
};
#define VIEW_NEVER ((struct mono){ INT64_MIN / 2 })

void view_stack_init(struct view_stack *s, void *app);
void view_stack_fini(struct view_stack *s);
struct view *view_push(
    struct view_stack *s, const struct view_class *class, void *arg);
/* In place of the top one. */
struct view *view_replace(
    struct view_stack *s, const struct view_class *class, void *arg);
/* Not below the last one: that stays. May be called by the view itself. */
bool view_pop(struct view_stack *s);
struct view *view_top(const struct view_stack *s);	/* NULL: empty */
/* The topmost that is no dialog. */
struct view *view_screen(const struct view_stack *s);
const char *view_title(const struct view *v, char *dst, size_t cap);
void view_dirty(struct view *v);
/* What it asks has changed: no key counts before it was drawn anew (P10). */
void view_renew(struct view *v);
/* What was typed in it has been sent: it may go by itself now, and the next key
 * is not meant for it. */
void view_sent(struct view *v);
/* It is not on the glass long enough for a key to be the answer to it (P10). */
bool view_is_early(const struct view *v, struct mono now);

/* A view inside of another, which draws, updates and removes it: it takes no
 * keys, and what it marks dirty is its host. */
struct view *view_inside(
    struct view *host, const struct view_class *class, void *arg);
void view_remove(struct view *v);

void view_stack_resize(struct view_stack *s, int rows, int cols);
void view_stack_update(struct view_stack *s, unsigned what, struct mono now);
void view_stack_touch(struct view_stack *s);	/* draw everything */
bool view_stack_dirty(const struct view_stack *s);
/* Draws the screen and the dialogs over it; frame is the number that
 * terminal_frame_end() is going to give (terminal_left() + 1 works, as a
 * frame is only drawn when the last has left). */
void view_stack_draw(
    struct view_stack *s, struct canvas c, uint64_t frame, struct mono now);
/* Frame n is on the glass. */
void view_stack_left(struct view_stack *s, uint64_t frame, struct mono now);
/* To the top view. True: taken (or discarded as too early). */
bool view_stack_key(
    struct view_stack *s, const struct key *k, struct mono now);

#endif
