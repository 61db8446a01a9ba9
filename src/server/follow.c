/* SPDX-License-Identifier: ISC */
#include "server/follow.h"

#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/core.h"
#include "wire/describe.h"

static void
mark(struct follow *f, uint32_t alarm)
{
	uint64_t bit = (uint64_t)1 << (alarm % 64);

	if (alarm >= f->n || (f->dirty[alarm / 64] & bit) != 0)
		return;
	f->dirty[alarm / 64] |= bit;
	f->n_dirty++;
}

void
follow_again(struct core *c, struct session *s)
{
	uint32_t i;

	for (i = 0; s->follow != NULL && i < s->follow->n; i++)
		/* a forgotten shelving is seen, too */
		if (alarm_is_shown(&c->alarms.at[i].alarm) ||
		    alarm_is_inhibited(&c->alarms.at[i].alarm))
			mark(s->follow, i);
}

void
follow_new(struct core *c, struct session *s, uint32_t id)
{
	struct follow *f = xcalloc(1, sizeof(*f));

	follow_free(s);
	f->id = id;
	f->n = c->alarms.n;
	f->dirty = xcalloc((f->n + 63) / 64, sizeof(*f->dirty));
	f->credit = true;
	s->follow = f;
	follow_again(c, s);
}

void
follow_free(struct session *s)
{
	if (s->follow == NULL)
		return;
	free(s->follow->dirty);
	free(s->follow);
	s->follow = NULL;
}

void
follow_mark(struct core *c, uint32_t alarm)
{
	struct session *s;

	TAILQ_FOREACH(s, &c->sessions.list, next)
		if (s->follow != NULL)
			mark(s->follow, alarm);
}

void
follow_more(struct core *c, struct session *s)
{
	s->follow->credit = true;
	trace_alarms_drawn(c, s);
}

/* One alarm into the page; false if it does not fit. */
static bool
put_alarm(struct core *c, struct session *s, uint32_t alarm, struct put *m)
{
	const struct alarm_def *d = &c->plant->alarms[alarm];
	const struct alarm_run *r = &c->alarms.at[alarm];
	struct cell cells[FOLLOW_CELLS];
	size_t before = m->len;
	unsigned i;

	alarm_cells(c, s, alarm, cells);
	cells[16] = cell_bool(!alarms_unrecorded(c, alarm));
	cells[17] = cell_bool(r->alarm.held);
	cells[18] = cell_bool(r->folded);
	cells[19] = cell_text(text_in(&d->cause, s->language));
	cells[20] = cell_text(text_in(&d->action, s->language));
	cells[21] = cell_text(d->object != NONE
		? c->plant->objects[d->object].name
		: NULL);
	cells[22] =
	    cell_text(d->of != NONE ? c->plant->tags[d->of].name : NULL);
	inhibition_cells(c, alarm, INHIBITS, cells + 23);
	cells[27] = cell_bool(plant_alarm_is_quiet(c->plant, d));
	for (i = 0; i < FOLLOW_CELLS; i++)
		put_cell(m, &cells[i]);
	if (!m->full)
		return true;
	m->full = false;
	m->len = before;
	return false;
}

/* Fills the page with changed alarms; those that may not be shown yet wait. */
static uint16_t
fill(struct core *c, struct session *s, struct put *m, bool *all)
{
	struct follow *f = s->follow;
	uint64_t bit;
	uint16_t n = 0;
	uint32_t k, i;

	*all = true;
	for (k = 0; k < f->n && f->n_dirty > 0; k++) {
		i = (f->at + k) % f->n;
		bit = (uint64_t)1 << (i % 64);
		if (f->dirty[i / 64] == 0) {
			/* to the next word, or round to the first */
			k += (i | 63) < f->n ? 63 - i % 64
					     : f->n - 1 - i;
			continue;
		}
		if ((f->dirty[i / 64] & bit) == 0 || !alarms_may_show(c, i))
			continue;
		if (session_may(c, s, FUNCTION_VIEW,
			c->plant->alarms[i].area)) {
			if (!put_alarm(c, s, i, m)) {
				f->at = i;
				*all = false;
				return n;
			}
			trace_alarm_put(c, s, i);
			n++;
		}
		f->dirty[i / 64] &= ~bit;
		f->n_dirty--;
	}
	return n;
}

void
follow_publish(struct core *c, struct session *s)
{
	static uint8_t room[FD_MESSAGE_MAX];
	struct put m = put_into(room, sizeof(room));
	struct follow *f = s->follow;
	bool all;
	uint16_t n;

	if (f == NULL || !f->credit || (f->n_dirty == 0 && f->told_all))
		return;
	put_u8(&m, MESSAGE_ROWS);
	put_u32(&m, f->id);
	put_u8(&m, 0);
	put_u16(&m, 0);
	put_u8(&m, FOLLOW_CELLS);
	n = fill(c, s, &m, &all);
	if (n == 0 && f->told_all)
		return;
	room[5] = all && !f->told_all ? ROWS_SNAPSHOT_END : 0;
	put_u16_at(&m, 6, n);
	f->told_all |= all;
	f->credit = false;
	if (!session_send(c, s, &m))
		peer_close(c, s->peer);		/* it begins anew */
	else
		trace_alarms_sent(c, s);
}
