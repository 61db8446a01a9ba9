/* SPDX-License-Identifier: ISC */
/* tags, get, watch, describe: what the live table holds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/core.h"
#include "server/door.h"
#include "server/requests.h"
#include "server/watch.h"
#include "wire/describe.h"

#define WATCH_MOST 4000

/* The text that stands for the value, P31: an unknown code shows as ?7. */
static const char *
code_text(const struct session *s, const struct tag *t, const struct value *v,
    char room[VALUE_CAP])
{
	int code;

	if (t->n_texts == 0 || v->type == VALUE_TEXT || !value_known(v))
		return NULL;
	code = value_code(v, t->n_texts, room);
	return code >= 0 ? text_in(&t->texts[code], s->language) : room;
}

static void
tag_cells(struct core *c, struct session *s, uint32_t tag, struct cell *cells,
    char room[VALUE_CAP])
{
	const struct tag *t = &c->plant->tags[tag];
	struct value v = core_value(c, tag);

	cells[0] = cell_text(t->name);
	cells[1] = cell_value(&v, t->decimals);
	cells[2] = cell_text(code_text(s, t, &v, room));
	cells[3] = cell_text(t->unit);
	cells[4] = cell_text(quality_name((enum quality)v.quality));
	cells[5] = cell_text(cause_name((enum cause)v.cause));
	cells[6] = cell_flags(flags_name(v.flags));
	cells[7] = cell_time(v.time);
	cells[8] = cell_text(c->plant->areas[t->area].name);
	cells[9] = cell_text(text_in(&t->title, s->language));
}

static bool
wanted(const struct core *c, const struct session *s, const struct answer *a,
    uint32_t tag)
{
	const struct tag *t = &c->plant->tags[tag];
	const char *area = call_text(&a->call, PARAMETER_AREA);
	const char *quality = call_text(&a->call, PARAMETER_QUALITY);
	unsigned i, n = call_count(&a->call, PARAMETER_NAME);

	if (!session_may(c, s, FUNCTION_VIEW, t->area))
		return false;
	if (area != NULL &&
	    !plant_within(c->plant, t->area, plant_area(c->plant, area)))
		return false;
	if (quality != NULL &&
	    strcmp(quality,
		quality_name((enum quality)c->live.tags[tag].value.quality)))
		return false;
	for (i = 0; i < n; i++)
		if (name_match(
			call_nth(&a->call, PARAMETER_NAME, i), t->name))
			return true;
	return n == 0;
}

static bool
next_tag(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	uint32_t tag;

	while (a->cursor < c->plant->n_tags) {
		tag = (uint32_t)a->cursor++;
		if (c->plant->tags[tag].name == NULL || !wanted(c, s, a, tag))
			continue;
		tag_cells(c, s, tag, cells, a->room);
		return true;
	}
	return false;
}

/* An area that is named must exist. */
static bool
area_known(struct core *c, struct session *s, const struct call *call)
{
	const char *area = call_text(call, PARAMETER_AREA);

	if (area == NULL || plant_area(c->plant, area) != NONE)
		return true;
	answer_end(c, s, call->id, EXIT_NO_SUCH, "no area %s", area);
	return false;
}

void
on_TAGS(struct core *c, struct session *s, struct call *call)
{
	const char *quality = call_text(call, PARAMETER_QUALITY);
	struct answer *a;
	enum quality q;

	if (!area_known(c, s, call))
		return;
	if (quality != NULL && !quality_parse(&q, quality)) {
		answer_end(c, s, call->id, EXIT_USAGE,
		    "%s is no quality (good uncertain stale bad)", quality);
		return;
	}
	a = answer_new(c, s, call, next_tag);
	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}

/* The tags that a call names, or NULL after it was refused. */
static uint32_t *
named_tags(struct core *c, struct session *s, const struct call *call,
    unsigned *n)
{
	uint32_t *tags;
	const char *name;
	struct err e;
	unsigned i;

	*n = call_count(call, PARAMETER_NAME);
	if (*n == 0 || *n > WATCH_MOST) {
		answer_end(c, s, call->id, EXIT_USAGE, "%s TAG...",
		    verbs[call->verb].name);
		return NULL;
	}
	tags = xcalloc(*n, sizeof(*tags));
	for (i = 0; i < *n; i++) {
		name = call_nth(call, PARAMETER_NAME, i);
		tags[i] = plant_tag(c->plant, name);
		if (tags[i] == NONE) {
			answer_end(
			    c, s, call->id, EXIT_NO_SUCH, "no tag %s", name);
		} else if (door_right(c, s, FUNCTION_VIEW,
			       c->plant->tags[tags[i]].area, &e)) {
			request_refuse(c, s, call, EXIT_NOT_ALLOWED, name,
			    "%s", e.text);
		} else {
			continue;
		}
		free(tags);
		return NULL;
	}
	return tags;
}

static bool
next_named(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const char *name =
	    call_nth(&a->call, PARAMETER_NAME, (unsigned)a->cursor);
	uint32_t tag = name != NULL ? plant_tag(c->plant, name) : NONE;

	if (tag == NONE)
		return false;
	a->cursor++;
	tag_cells(c, s, tag, cells, a->room);
	return true;
}

void
on_GET(struct core *c, struct session *s, struct call *call)
{
	unsigned n;
	uint32_t *tags = named_tags(c, s, call, &n);

	if (tags == NULL)
		return;
	free(tags);
	answer_pump(c, s, answer_new(c, s, call, next_named));
}

void
on_WATCH(struct core *c, struct session *s, struct call *call)
{
	const char *rate = call_text(call, PARAMETER_RATE);
	int every = rate != NULL ? atoi(rate) : WATCH_EVERY_MS;
	unsigned n;
	uint32_t *tags = named_tags(c, s, call, &n);

	if (tags == NULL)
		return;
	if (every < WATCH_LEAST_MS)
		every = WATCH_LEAST_MS;
	if (every > WATCH_MOST_MS)
		every = WATCH_MOST_MS;
	if (watch_new(c, s, call->id, tags, n, (struct span){ every }) < 0)
		answer_end(c, s, call->id, EXIT_REFUSED,
		    "this session watches too much");
	free(tags);
}

/* How a session sees the plant: in its language, with limits as they are. */
static struct describe
eyes_of(struct core *c, const struct session *s)
{
	return (struct describe){ .plant = c->plant,
		.language = s->language,
		.operand = core_operand,
		.arg = c,
		.now = c->wall,
		.tuned = (const struct alarm_def *const *)c->tunables.alarms,
		.tags_changed = c->changed.tags,
		.commands_changed = c->changed.commands };
}

static bool
next_description(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	struct describe eyes = eyes_of(c, s);
	const char *name;
	uint32_t tag;

	while ((name = call_nth(&a->call, PARAMETER_NAME,
		    (unsigned)a->cursor)) != NULL) {
		a->cursor++;
		tag = plant_tag(c->plant, name);
		if (tag == NONE)
			continue;
		describe_tag(&eyes, tag, cells, a->room, sizeof(a->room));
		return true;
	}
	return false;
}

/* What is not there is said at the end; the rest is told: a screen that names
 * a tag which a project took away shows its others. */
static void
tell_those(struct core *c, struct session *s, struct call *call, answer_fn *fn,
    const char *what, const char *missing)
{
	struct answer *a = answer_new(c, s, call, fn);

	a->none = EXIT_NEGATIVE;
	if (missing != NULL) {
		a->code = a->none = EXIT_NO_SUCH;
		snprintf(a->text, sizeof(a->text), "no %s %s", what, missing);
	}
	answer_pump(c, s, a);
}

void
on_DESCRIBE(struct core *c, struct session *s, struct call *call)
{
	char missing[PLANT_NAME_MAX + 64] = "";
	const char *name;
	struct err e;
	uint32_t tag;
	unsigned i;

	for (i = 0; (name = call_nth(call, PARAMETER_NAME, i)) != NULL; i++) {
		tag = plant_tag(c->plant, name);
		if (tag == NONE) {
			str_copy(missing, name, sizeof(missing));
		} else if (door_right(c, s, FUNCTION_VIEW,
			       c->plant->tags[tag].area, &e)) {
			request_refuse(c, s, call, EXIT_NOT_ALLOWED, name,
			    "%s", e.text);
			return;
		}
	}
	if (i == 0 || i > WATCH_MOST)
		answer_end(c, s, call->id, EXIT_USAGE, "%s TAG...",
		    verbs[call->verb].name);
	else
		tell_those(c, s, call, next_description, "tag",
		    *missing != '\0' ? missing : NULL);
}

/* The command that it carries out now (P13), and whose it is. */
static bool
running_row(struct core *c, const struct session *s, uint32_t object,
    struct cell *cells)
{
	const struct command_run *r = commands_running(c, object);
	const struct command *k;

	if (r == NULL)
		return false;
	k = &c->plant->commands[r->command];
	cells[5] = cell_text("running");
	cells[6] = cell_text(k->name);
	cells[7] = cell_text(text_in(&k->title, s->language));
	cells[8] = cell_text(r->who.user);
	return true;
}

/* The rows of an object: its states, its tags, its commands, and what runs. */
static bool
object_row(struct core *c, struct session *s, uint32_t object, uint32_t row,
    struct cell *cells, char *room, size_t cap)
{
	const struct object *o = &c->plant->objects[object];
	struct describe eyes = eyes_of(c, s);

	return describe_object(&eyes, object, row, cells, room, cap) ||
	    (row == o->n_states + o->n_tags + o->n_commands &&
		running_row(c, s, object, cells));
}

static bool
next_object(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const char *name;
	uint32_t object;

	while ((name = call_nth(&a->call, PARAMETER_NAME,
		    (unsigned)a->cursor)) != NULL) {
		object = plant_object(c->plant, name);
		if (object != NONE &&
		    session_may(c, s, FUNCTION_VIEW,
			c->plant->objects[object].area) &&
		    object_row(c, s, object, (uint32_t)a->sub, cells, a->room,
			sizeof(a->room))) {
			a->sub++;
			return true;
		}
		a->cursor++;
		a->sub = 0;
	}
	return false;
}

void
on_OBJECT(struct core *c, struct session *s, struct call *call)
{
	char missing[PLANT_NAME_MAX + 64] = "";
	const char *name;
	unsigned i;

	for (i = 0; (name = call_nth(call, PARAMETER_NAME, i)) != NULL; i++)
		if (plant_object(c->plant, name) == NONE)
			str_copy(missing, name, sizeof(missing));
	tell_those(c, s, call, next_object, "object",
	    *missing != '\0' ? missing : NULL);
}
