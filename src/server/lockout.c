/* SPDX-License-Identifier: ISC */
#include "server/lockout.h"

#include <stdlib.h>
#include <string.h>

#include "server/core.h"
#include "server/swap.h"
#include "server/told.h"
#include "store/load.h"

static size_t
place_of(const struct core *c, const char *object, const char *user)
{
	const struct lockout *l;
	size_t i;

	for (i = 0; i < c->lockouts.all.n; i++) {
		l = c->lockouts.all.at[i];
		if (strcmp(l->object, object) == 0 &&
		    (user == NULL || strcmp(l->user, user) == 0))
			break;
	}
	return i;
}

const struct lockout *
lockout_find(const struct core *c, const char *object, const char *user)
{
	size_t i = place_of(c, object, user);

	return i < c->lockouts.all.n ? c->lockouts.all.at[i] : NULL;
}

int
lockout_refuses(const struct core *c, uint32_t object, struct err *e)
{
	const struct lockout *l =
	    lockout_find(c, c->plant->objects[object].name, NULL);

	if (l == NULL)
		return 0;
	return err_set(e, "locked out by %s: %s%s%s%s", l->user, l->reason,
	    *l->ticket != '\0' ? " (ticket " : "", l->ticket,
	    *l->ticket != '\0' ? ")" : "");
}

void
lockout_end(struct core *c, const char *object, const char *user)
{
	size_t i = place_of(c, object, user);

	if (i == c->lockouts.all.n)
		return;
	free(c->lockouts.all.at[i]);
	c->lockouts.all.n--;
	memmove(c->lockouts.all.at + i, c->lockouts.all.at + i + 1,
	    (c->lockouts.all.n - i) * sizeof(c->lockouts.all.at[0]));
	c->marks++;
}

void
lockout_add(struct core *c, const struct lockout *l)
{
	struct lockout *copy = xcalloc(1, sizeof(*copy));

	*copy = *l;
	lockout_end(c, l->object, l->user);
	vec_push(&c->lockouts.all, copy);
	c->marks++;
}

static void
load(void *arg, const struct record_lockout *row)
{
	struct core *c = arg;
	struct lockout l = { .since = row->since };

	str_copy(l.object, row->object, sizeof(l.object));
	str_copy(l.user, row->user, sizeof(l.user));
	str_copy(l.station, row->station, sizeof(l.station));
	str_copy(l.reason, row->reason, sizeof(l.reason));
	str_copy(l.ticket, row->ticket, sizeof(l.ticket));
	lockout_add(c, &l);
}

int
lockouts_load(struct core *c, struct err *e)
{
	return record_load_lockouts(c->record, load, c, e) < 0 ? -1 : 0;
}

void
lockout_record(struct core *c, const struct lockout *l, const char *object)
{
	record_put_lockout(commit_batch(c),
	    &(struct record_lockout){ object, l->user, l->station, l->reason,
		l->ticket, l->since });
}

static bool
is_there(const struct core *c, const char *object, const char *user)
{
	return lockout_find(c, object, user) != NULL;
}

/* All at once: names may be exchanged. One whose object is gone waits, but
 * not beside one of the same person on what has its name now. */
void
lockouts_resolve(
    struct core *c, const struct plant *old, const struct slots *objects)
{
	struct lockouts before = c->lockouts;
	struct lockout *l;
	uint32_t now;
	size_t i;

	memset(&c->lockouts, 0, sizeof(c->lockouts));
	for (i = 0; i < before.all.n; i++) {
		l = before.all.at[i];
		now = slots_to(objects, plant_object(old, l->object));
		if (now == NONE)
			continue;
		str_copy(l->object, c->plant->objects[now].name,
		    sizeof(l->object));
		vec_push(&c->lockouts.all, l);
		before.all.at[i] = NULL;
	}
	for (i = 0; i < before.all.n; i++) {
		l = before.all.at[i];
		if (l != NULL && is_there(c, l->object, l->user))
			free(l);
		else if (l != NULL)
			vec_push(&c->lockouts.all, l);
	}
	vec_free(&before.all);
	for (i = 0; i < c->lockouts.all.n; i++)
		lockout_record(c, c->lockouts.all.at[i],
		    c->lockouts.all.at[i]->object);
	c->marks++;
}

void
lockouts_tell(struct told *t, const struct core *c, const struct swap *s)
{
	const struct lockout *l;
	uint32_t old, now;
	size_t i;

	for (i = 0; i < c->lockouts.all.n; i++) {
		l = c->lockouts.all.at[i];
		old = plant_object(s->old, l->object);
		now = slots_to(swap_slots(s, DIFFERENCE_OBJECT), old);
		if (old != NONE)
			told_standing(t, "locked out", "object", l->object,
			    now != NONE ? s->plant->objects[now].name : NULL,
			    l->user, l->reason,
			    "hangs on the name until it is taken away");
	}
}

void
lockouts_drop(struct core *c, const char *object)
{
	const struct lockout *l;
	size_t i;

	for (i = 0; i < c->lockouts.all.n; i++) {
		l = c->lockouts.all.at[i];
		if (strcmp(l->object, object) == 0)
			record_remove_lockout(
			    commit_batch(c), object, l->user);
	}
}

void
lockouts_record_as(struct core *c, const char *object, const char *name)
{
	const struct lockout *l;
	size_t i;

	for (i = 0; i < c->lockouts.all.n; i++) {
		l = c->lockouts.all.at[i];
		if (strcmp(l->object, object) == 0)
			lockout_record(c, l, name);
	}
}

void
lockouts_fini(struct core *c)
{
	size_t i;

	for (i = 0; i < c->lockouts.all.n; i++)
		free(c->lockouts.all.at[i]);
	vec_free(&c->lockouts.all);
}
