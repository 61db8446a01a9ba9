/* SPDX-License-Identifier: ISC */
#include "term/view.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "term/keymap.h"

void
view_stack_init(struct view_stack *s, void *app)
{
	memset(s, 0, sizeof(*s));
	s->app = app;
	s->all = true;
	s->typed = VIEW_NEVER;
}

static void
view_free(struct view *v)
{
	if (v->class->fini != NULL)
		v->class->fini(v);
	else
		free(v->data);
	free(v);
}

/* Frees what was popped; not while one of them may still be running. */
static void
sweep(struct view_stack *s)
{
	for (size_t i = 0; i < s->gone.n; i++)
		view_free(s->gone.at[i]);
	vec_clear(&s->gone);
}

void
view_stack_fini(struct view_stack *s)
{
	sweep(s);
	while (s->views.n > 0)
		view_free(s->views.at[--s->views.n]);
	vec_free(&s->views);
	vec_free(&s->gone);
}

struct view *
view_top(const struct view_stack *s)
{
	return s->views.n > 0 ? s->views.at[s->views.n - 1] : NULL;
}

/* Number of the topmost view that is no dialog. */
static size_t
screen_number(const struct view_stack *s)
{
	size_t i = s->views.n;

	while (i > 1 && s->views.at[i - 1]->class->modal)
		i--;
	return i > 0 ? i - 1 : 0;
}

struct view *
view_screen(const struct view_stack *s)
{
	return s->views.n > 0 ? s->views.at[screen_number(s)] : NULL;
}

/* Another one is on top: it must be drawn before it takes keys. */
static void
uncover(struct view_stack *s)
{
	struct view *v = view_top(s);

	s->all = true;
	if (v == NULL)
		return;
	v->dirty = true;
	v->frame = 0;
	v->drawn_at = MONO_NEVER;
}

static void
take_off(struct view_stack *s)
{
	vec_push(&s->gone, s->views.at[--s->views.n]);
}

static void
resize(struct view *v, int rows, int cols)
{
	v->rows = rows;
	v->cols = cols;
	v->dirty = true;
	if (v->class->resize != NULL)
		v->class->resize(v, rows, cols);
}

static struct view *
view_new(struct view_stack *s, const struct view_class *class)
{
	struct view *v = xcalloc(1, sizeof(*v));

	assert(class->draw != NULL);
	v->class = class;
	v->app = s->app;
	v->stack = s;
	return v;
}

struct view *
view_inside(struct view *host, const struct view_class *class, void *arg)
{
	struct view *v = view_new(host->stack, class);

	v->host = host;
	if (class->init != NULL)
		class->init(v, arg);
	view_dirty(v);
	return v;
}

void
view_remove(struct view *v)
{
	view_dirty(v);
	view_free(v);
}

struct view *
view_push(struct view_stack *s, const struct view_class *class, void *arg)
{
	struct view *v = view_new(s, class);

	vec_push(&s->views, v);
	uncover(s);
	if (class->init != NULL)
		class->init(v, arg);
	resize(v, s->rows, s->cols);
	return v;
}

struct view *
view_replace(struct view_stack *s, const struct view_class *class, void *arg)
{
	if (s->views.n > 0)
		take_off(s);
	return view_push(s, class, arg);
}

bool
view_pop(struct view_stack *s)
{
	if (s->views.n <= 1)
		return false;
	if (!s->keying && view_top(s)->class->modal &&
	    s->typed.us != VIEW_NEVER.us) {
		s->cut = true;
		s->cut_keys = 0;
	}
	take_off(s);
	uncover(s);
	return true;
}

const char *
view_title(const struct view *v, char *dst, size_t cap)
{
	if (v->class->title != NULL)
		v->class->title(v, dst, cap);
	else
		snprintf(dst, cap, "%s", v->class->name);
	return dst;
}

void
view_dirty(struct view *v)
{
	for (; v != NULL; v = v->host)
		v->dirty = true;
}

void
view_renew(struct view *v)
{
	v->frame = 0;
	v->drawn_at = MONO_NEVER;
	view_dirty(v);
}

void
view_sent(struct view *v)
{
	v->stack->typed = VIEW_NEVER;
}

bool
view_is_early(const struct view *v, struct mono now)
{
	return v->drawn_at.us == MONO_NEVER.us ||
	    mono_since(now, v->drawn_at).ms < KEYMAP_CONFIRM.ms;
}

void
view_stack_touch(struct view_stack *s)
{
	s->all = true;
}

void
view_stack_resize(struct view_stack *s, int rows, int cols)
{
	s->rows = rows;
	s->cols = cols;
	s->all = true;
	for (size_t i = 0; i < s->views.n; i++)
		resize(s->views.at[i], rows, cols);
}

void
view_stack_update(struct view_stack *s, unsigned what, struct mono now)
{
	/* from the top; a dialog may take itself off */
	for (size_t i = s->views.n; i-- > 0;) {
		struct view *v;

		if (i >= s->views.n)
			continue;
		v = s->views.at[i];
		if (v->class->update != NULL)
			v->class->update(v, what, now);
	}
	sweep(s);
}

bool
view_stack_dirty(const struct view_stack *s)
{
	if (s->all)
		return true;
	for (size_t i = screen_number(s); i < s->views.n; i++)
		if (s->views.at[i]->dirty)
			return true;
	return false;
}

void
view_stack_draw(
    struct view_stack *s, struct canvas c, uint64_t frame, struct mono now)
{
	sweep(s);
	s->all = false;
	for (size_t i = screen_number(s); i < s->views.n; i++) {
		struct view *v = s->views.at[i];

		v->dirty = false;
		if (v->frame == 0)
			v->frame = frame;
		v->class->draw(v, c, now);
	}
}

void
view_stack_left(struct view_stack *s, uint64_t frame, struct mono now)
{
	for (size_t i = 0; i < s->views.n; i++) {
		struct view *v = s->views.at[i];

		if (v->frame != 0 && v->frame <= frame &&
		    v->drawn_at.us == INT64_MAX)
			v->drawn_at = now;
	}
}

/* For so long at most one who types on has not seen what is there instead. */
#define TYPES_ON ((struct span){ 1000 })

/* It was meant for a dialog that has gone: whoever typed in it cannot have seen
 * yet what is there instead, or has not stopped (P10). But who presses a key
 * again and again does so for this one: it is heard. */
static bool
is_left_over(struct view_stack *s, const struct view *v, const struct key *k)
{
	s->cut = s->cut &&
	    (mono_before(k->at, v->drawn_at) || view_is_early(v, k->at) ||
		(mono_since(k->at, s->typed).ms < KEYMAP_CHANGED.ms &&
		    mono_since(k->at, v->drawn_at).ms < TYPES_ON.ms));
	if (s->cut) {
		s->typed = k->at;
		s->cut_keys++;
	}
	return s->cut;
}

static bool
is_too_early(const struct view *v, const struct key *k)
{
	return !v->class->typeahead && mono_before(k->at, v->drawn_at);
}

bool
view_stack_key(struct view_stack *s, const struct key *k, struct mono now)
{
	struct view *v = view_top(s);
	bool taken, keying = s->keying;

	if (v == NULL)
		return false;
	if (is_left_over(s, v, k) || is_too_early(v, k)) {
		s->discarded++;
		return true;
	}
	s->typed = v->class->modal ? k->at : VIEW_NEVER;
	s->keying = true;
	taken = v->class->key != NULL && v->class->key(v, k, now);
	s->keying = keying;
	sweep(s);
	return taken;
}
