/* SPDX-License-Identifier: ISC */
#include "server/fieldheard.h"

#include <stdlib.h>

#include "server/changes.h"
#include "server/core.h"
#include "server/counters.h"

/* g->bad: the plan is forgotten. */
static bool
find_plan(struct core *c, struct get *g, uint32_t plan)
{
	g->bad = g->bad ||
	    !fieldpast_find(&c->field.past, c->field.plan, plan);
	return !g->bad;
}

static uint32_t
tag_now(const struct core *c, uint32_t tag)
{
	return fieldpast_tag(&c->field.past, tag, c->live.n_tags);
}

static void
on_blocks(struct core *c, struct get *g)
{
	uint32_t block, *tags, good_for, n_tags;
	uint16_t n, k, i;

	for (n = get_u16(g); n > 0 && !g->bad; n--) {
		block = get_u32(g);
		get_u32(g);	/* its device */
		good_for = get_u32(g);
		k = get_u16(g);
		if (g->bad || (size_t)k * 4 > g->left || block > 1000000) {
			g->bad = true;
			return;
		}
		tags = xcalloc(k, sizeof(*tags));
		for (i = 0, n_tags = 0; i < k; i++) {
			tags[n_tags] = tag_now(c, get_u32(g));
			if (tags[n_tags] != NONE)
				n_tags++;
			else
				g->bad |= c->field.past.speaks == NULL;
		}
		if (!g->bad)
			live_block(c, block, tags, n_tags,
			    (struct span){ good_for });
		free(tags);
	}
}

/* In the plan that holds every tag is one; in one before it may be gone. */
static bool
is_known(const struct core *c, struct get *g, uint32_t tag)
{
	g->bad |= tag == NONE && c->field.past.speaks == NULL;
	return !g->bad;
}

static void
on_values(struct core *c, struct get *g)
{
	char text[VALUE_TEXT_MAX + 1];
	struct value v;
	uint32_t tag;
	uint16_t n;

	for (n = get_u16(g); n > 0; n--) {
		tag = tag_now(c, get_u32(g));
		v = get_value(g, text);
		if (!is_known(c, g, tag))
			return;
		if (tag == NONE)
			continue;
		changes_sampled(c, tag, &v);
		counters_sampled(c, tag, &v);
		live_put(c, tag, &v);
		commands_shown(c, tag);
		live_block_value(c, tag);
	}
}

static void
on_alive(struct core *c, struct get *g)
{
	uint32_t block;
	uint16_t n;

	for (n = get_u16(g); n > 0; n--) {
		block = get_u32(g);
		live_block_alive(c, block, get_wall(g));
	}
}

static void
on_marks(struct core *c, struct get *g)
{
	enum quality q = (enum quality)get_u8(g);
	enum cause cause = (enum cause)get_u8(g);
	uint32_t tag;
	uint16_t n;

	get_wall(g);
	if (q > QUALITY_BAD || cause > CAUSE_RANGE) {
		g->bad = true;
		return;
	}
	for (n = get_u16(g); n > 0; n--) {
		tag = tag_now(c, get_u32(g));
		if (!is_known(c, g, tag))
			return;
		if (tag != NONE)
			live_worsen(c, tag, q, cause);
	}
}

/* A device that was not asked since its line came is not silent. */
static bool
is_silent(const struct field_device *d)
{
	return d->condition != FIELD_DEVICE_OK &&
	    d->condition != FIELD_DEVICE_LINE;
}

/* P6: a silent line is one alarm; a device alone its own. */
static void
comm_alarms(struct core *c, uint32_t line)
{
	const struct plant *p = c->plant;
	bool up = c->field.lines[line].up;
	uint32_t i;

	alarms_system(c, p->lines[line].comm_alarm, !up);
	for (i = 0; i < p->n_devices; i++)
		if (p->devices[i].line == line)
			alarms_system(c, p->devices[i].comm_alarm,
			    up && is_silent(&c->field.devices[i]));
}

static void
on_line(struct core *c, struct get *g)
{
	struct field_line_state s;
	struct field_line *l;

	get_field_line_state(g, &s);
	if (!find_plan(c, g, s.plan))
		return;
	s.line = fieldpast_line(
	    &c->field.past, s.line, c->plant->n_lines);
	if (s.line == NONE)
		return;
	l = &c->field.lines[s.line];
	l->up = s.up;
	l->path = s.path;
	l->since = s.time;
	str_copy(l->text, s.text, sizeof(l->text));
	comm_alarms(c, s.line);
}

static void
on_device(struct core *c, struct get *g)
{
	struct field_device_state s;
	struct field_device *d;

	get_field_device_state(g, &s);
	if (!find_plan(c, g, s.plan))
		return;
	s.device = fieldpast_device(
	    &c->field.past, s.device, c->plant->n_devices);
	if (s.device == NONE)
		return;
	d = &c->field.devices[s.device];
	d->condition = s.condition;
	d->since = s.time;
	str_copy(d->text, s.text, sizeof(d->text));
	if (s.condition != FIELD_DEVICE_OK)
		live_worsen_device(c, s.device,
		    field_condition_cause(
			(enum field_device_condition)s.condition));
	comm_alarms(c, c->plant->devices[s.device].line);
}

static void
on_result(struct core *c, struct get *g)
{
	struct field_result r;

	get_field_result(g, &r);
	if (!g->bad)
		commands_result(c, &r);
}

static void
on_cleared(struct core *c, struct get *g)
{
	struct field_cleared r;

	get_field_cleared(g, &r);
	if (!g->bad)
		commands_cleared(c, &r);
}

static void
on_stats(struct core *c, struct get *g)
{
	struct field_stats s;

	get_field_stats(g, &s);
	if (!g->bad && s.plan == c->field.plan && s.line < c->plant->n_lines)
		c->field.lines[s.line].stats = s;
}

static void
on_pulse(struct core *c, struct get *g)
{
	get_field_pulse(g, &c->field.pulse);
	c->field.pulsed = c->now;
}

static void
on_ready(struct core *c, struct get *g)
{
	(void)c;
	g->bad |= get_u16(g) != FIELD_VERSION;
}

/* planned: begins with the number of its plan. */
static const struct {
	enum field_message type;
	bool planned;
	void (*take)(struct core *c, struct get *g);
} table[] = {
	{ FIELD_READY, false, on_ready },
	{ FIELD_BLOCKS, true, on_blocks },
	{ FIELD_VALUES, true, on_values },
	{ FIELD_ALIVE, true, on_alive },
	{ FIELD_MARKS, true, on_marks },
	{ FIELD_STATE_LINE, false, on_line },
	{ FIELD_STATE_DEVICE, false, on_device },
	{ FIELD_RESULT, false, on_result },
	{ FIELD_CLEARED, false, on_cleared },
	{ FIELD_STATS, false, on_stats },
	{ FIELD_PULSE, false, on_pulse },
};

bool
fieldheard_take(struct core *c, struct get *g)
{
	uint8_t type = get_u8(g);
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].type != type)
			continue;
		c->field.past.speaks = NULL;
		if (!table[i].planned || find_plan(c, g, get_u32(g)))
			table[i].take(c, g);
		return !g->bad;
	}
	return false;
}
