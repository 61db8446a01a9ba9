/* SPDX-License-Identifier: ISC */
#include "wire/describe.h"

#include <stdio.h>
#include <string.h>

static const char *const types[] = { "bool", "int", "uint", "real", "text" };
static const char *const confirms[] = { "none", "confirm", "retype",
	"second" };
static const char *const looks[] = { "on", "off", "failed", "moving" };

static struct cell
number_now(const struct describe *d, const struct expr *x)
{
	struct value v;

	if (x == NULL)
		return cell_null();
	v = expr_eval(x, d->operand, d->arg, d->now);
	if (!value_is_good(&v))
		return cell_null();
	return cell_real(value_number(&v), CELL_SHORTEST);
}

/* The limit of the tag's alarm of this name, if it is a number now. */
static struct cell
limit_now(const struct describe *d, const struct tag *t, const char *which)
{
	const struct plant *p = d->plant;
	const struct alarm_def *a;
	const char *dot;
	uint32_t i, k;

	for (i = 0; i < t->n_alarms; i++) {
		k = p->of_tag[t->alarms + i];
		a = d->tuned != NULL && d->tuned[k] != NULL ? d->tuned[k]
							    : &p->alarms[k];
		dot = strrchr(a->name, '.');
		if (dot != NULL && strcmp(dot + 1, which) == 0)
			return number_now(d, a->limit);
	}
	return cell_null();
}

static const char *
join_texts(const struct tag *t, unsigned language, char *room, size_t cap)
{
	size_t at = 0;
	unsigned i;

	room[0] = '\0';
	for (i = 0; i < t->n_texts && at + 1 < cap; i++)
		at += (size_t)snprintf(room + at, cap - at, "%s%s",
		    i > 0 ? "|" : "", text_in(&t->texts[i], language));
	return room;
}

void
describe_tag(const struct describe *d, uint32_t tag, struct cell *cells,
    char *room, size_t cap)
{
	const struct tag *t = &d->plant->tags[tag];
	const struct write_rule *w = t->write;
	const struct object *o =
	    t->object != NONE ? &d->plant->objects[t->object] : NULL;

	cells[0] = cell_text(t->name);
	cells[1] = cell_text(text_in(&t->title, d->language));
	cells[2] = cell_text(t->unit);
	cells[3] = cell_text(d->plant->areas[t->area].name);
	cells[4] = cell_text(o != NULL ? o->name : NULL);
	cells[5] = cell_text(types[t->type]);
	cells[6] = cell_uint(t->decimals);
	cells[7] = t->has_range ? cell_real(t->min, CELL_SHORTEST) : cell_null();
	cells[8] = t->has_range ? cell_real(t->max, CELL_SHORTEST) : cell_null();
	cells[9] = cell_text(join_texts(t, d->language, room, cap));
	cells[10] = cell_bool(w != NULL);
	cells[11] = number_now(d, w != NULL ? w->min : NULL);
	cells[12] = number_now(d, w != NULL ? w->max : NULL);
	cells[13] = number_now(d, w != NULL ? w->max_step : NULL);
	cells[14] = cell_text(w != NULL ? confirms[w->confirm] : NULL);
	cells[15] = limit_now(d, t, "HH");
	cells[16] = limit_now(d, t, "H");
	cells[17] = limit_now(d, t, "L");
	cells[18] = limit_now(d, t, "LL");
	cells[19] = cell_bool(o != NULL && o->main == tag);
	cells[20] = d->tags_changed != NULL ? cell_uint(d->tags_changed[tag])
					    : cell_null();
}

static void
state_row(const struct state *st, unsigned language, struct cell *cells)
{
	cells[5] = cell_text("state");
	cells[6] = cell_text(st->name);
	cells[7] = cell_text(st->when != NULL ? expr_text(st->when) : NULL);
	cells[8] = cell_text(looks[st->look]);
	cells[13] = cell_text(text_in(&st->title, language));
}

static void
command_row(const struct command *k, unsigned language, struct cell *cells,
    char *room, size_t cap)
{
	cells[5] = cell_text("command");
	cells[6] = cell_text(k->name);
	cells[7] = cell_text(text_in(&k->title, language));
	snprintf(room, cap, "%g", k->value);
	cells[8] = cell_text(room);
	cells[9] = cell_text(function_name((enum function)k->function));
	cells[10] = cell_text(confirms[k->confirm]);
	cells[11] = cell_bool(k->safe);
}

bool
describe_object(const struct describe *d, uint32_t object, uint32_t row,
    struct cell *cells, char *room, size_t cap)
{
	const struct plant *p = d->plant;
	const struct object *o = &p->objects[object];

	cells[0] = cell_text(o->name);
	cells[1] = cell_text(text_in(&o->title, d->language));
	cells[2] = cell_text(p->areas[o->area].name);
	cells[3] = cell_text(p->types[o->type].name);
	cells[4] = cell_text(o->main != NONE ? p->tags[o->main].name : NULL);
	cells[8] = cells[9] = cells[10] = cells[11] = cells[12] = cells[13] =
	    cell_null();
	if (row >= o->n_states + o->n_tags + o->n_commands)
		return false;
	if (row < o->n_states) {
		state_row(&o->states[row], d->language, cells);
	} else if (row < o->n_states + o->n_tags) {
		const struct tag *t = &p->tags[o->tags + row - o->n_states];

		cells[5] = cell_text("tag");
		cells[6] = cell_text(t->name);
		cells[7] = cell_text(text_in(&t->title, d->language));
	} else {
		uint32_t k = o->commands + row - o->n_states - o->n_tags;

		command_row(&p->commands[k], d->language, cells, room, cap);
		if (d->commands_changed != NULL)
			cells[12] = cell_uint(d->commands_changed[k]);
	}
	return true;
}
