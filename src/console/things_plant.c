/* SPDX-License-Identifier: ISC */
#include "console/things_plant.h"

#include <math.h>
#include <string.h>

#include "wire/describe.h"

static const struct value *
operand(void *arg, uint32_t tag)
{
	const struct things *t = arg;

	return &t->tags.at[tag]->value;
}

static struct value
initial_of(const struct tag *g, struct wall now)
{
	if (g->source != SOURCE_INTERNAL || !g->has_initial)
		return value_initial((enum value_type)g->type);
	return value_real(g->initial, now);
}

static void
take_object(struct things *t, const struct describe *eyes, uint32_t object)
{
	struct cell cells[OBJECT_CELLS];
	char room[1024];
	uint32_t row;

	for (row = 0; describe_object(
		 eyes, object, row, cells, room, sizeof(room));
	     row++)
		things_describe_object(t, cells);
}

void
things_of_plant(struct things *t, const struct plant *p, unsigned language)
{
	struct describe eyes = { .plant = p,
		.language = language,
		.operand = operand,
		.arg = t,
		.now = t->now };
	struct cell cells[DESCRIBE_CELLS];
	char room[8192];
	struct value v;
	uint32_t i;

	for (i = 0; i < p->n_tags; i++) {
		v = initial_of(&p->tags[i], t->now);
		things_value(t, things_tag(t, p->tags[i].name)->index, &v);
	}
	for (i = 0; i < p->n_tags; i++) {
		describe_tag(&eyes, i, cells, room, sizeof(room));
		things_describe_tag(t, cells);
	}
	for (i = 0; i < p->n_objects; i++) {
		things_object(t, p->objects[i].name);
		take_object(t, &eyes, i);
	}
	t->alarms_complete = true;
}

void
things_plant_alarm(struct things *t, const struct plant *p,
    unsigned language, uint32_t alarm, enum alarm_state state)
{
	const struct alarm_def *d = &p->alarms[alarm];
	const struct tag *g = d->of != NONE ? &p->tags[d->of] : NULL;
	struct cell c[FOLLOW_CELLS];
	size_t i;

	for (i = 0; i < sizeof(c) / sizeof(c[0]); i++)
		c[i] = cell_null();
	c[0] = cell_text(d->name);
	c[1] = c[15] = cell_uint(1);
	c[2] = cell_text(alarm_state_name(state));
	c[4] = c[16] = cell_bool(true);
	c[5] = cell_uint(d->priority);
	c[6] = cell_text(p->areas[d->area].name);
	c[7] = cell_text(text_in(&d->title, language));
	c[8] = cell_time(t->now);
	if (g != NULL) {
		c[12] = cell_value(&t->tags.at[d->of]->value, g->decimals);
		if (d->kind == ALARM_IS)
			c[13] = c[12];
		c[14] = cell_text(g->unit);
		c[21] = cell_text(g->object != NONE
			? p->objects[g->object].name
			: NULL);
		c[22] = cell_text(g->name);
	}
	c[19] = cell_text(text_in(&d->cause, language));
	c[20] = cell_text(text_in(&d->action, language));
	things_alarm_row(t, c);
	things_sort_alarms(t);
}

struct value
things_plant_value(
    const struct plant *p, uint32_t tag, double share, struct wall now)
{
	const struct tag *g = &p->tags[tag];

	if (g->type == VALUE_TEXT)
		return value_text(share < 0.5 ? "text" : "words", now);
	if (g->n_texts > 0)
		return value_real(floor(share * g->n_texts), now);
	if (g->type == VALUE_BOOL)
		return value_bool(share >= 0.5, now);
	if (g->has_range && isfinite(g->min) && isfinite(g->max))
		return value_real(g->min + share * (g->max - g->min), now);
	return value_real(share * 100, now);
}
