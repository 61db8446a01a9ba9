/* SPDX-License-Identifier: ISC */
/* read_alarm.c - alarms.conf, and alarms of objects and tags. */
#include <stdio.h>
#include <string.h>

#include "project/reader.h"

static void
add_class(struct reader *r, const struct alarm_class *c, struct place at)
{
	if (names_add(&r->classes, c->name, (uint32_t)r->all_classes.n, at,
		r->report))
		vec_push(&r->all_classes, *c);
}

static void
take_class(struct reader *r, const struct item *x)
{
	struct alarm_class c = {
		.ack = (uint8_t)x->cells[CLASS_ACK].integer,
		.horn = (uint8_t)x->cells[CLASS_HORN].integer,
		.latch = x->cells[CLASS_LATCH].on,
		.single_ack = x->cells[CLASS_SINGLE_ACK].on,
		.comment = x->cells[CLASS_COMMENT].on,
		.alarm_on_bad = x->cells[CLASS_ON_BAD].integer == 1,
		.shelve = x->cells[CLASS_SHELVE].span,
		.rearm = x->cells[CLASS_REARM].span,
	};

	if (!cell_is_set(&x->cells[CLASS_NAME]))
		return;
	c.name = keep(r, x->cells[CLASS_NAME].string);
	add_class(r, &c, x->at);
}

static void
built_in_classes(struct reader *r)
{
	static const struct alarm_class process = { .name = "process",
		.ack = ACK_CAME, .horn = HORN_ONCE, .shelve = { 28800000 } };
	static const struct alarm_class protection = { .name = "protection",
		.ack = ACK_BOTH, .horn = HORN_CONTINUOUS, .latch = true,
		.single_ack = true, .comment = true, .alarm_on_bad = true,
		.rearm = { 900000 } };

	add_class(r, &process, (struct place){ 0 });
	add_class(r, &protection, (struct place){ 0 });
}

static bool
has_priority(const struct reader *r, int64_t number)
{
	size_t i;

	for (i = 0; i < r->all_priorities.n; i++) {
		if (r->all_priorities.at[i].number == number)
			return true;
	}
	return false;
}

static void
take_priority(struct reader *r, const struct item *x)
{
	const struct cell *number = &x->cells[PRIORITY_NUMBER];
	const struct cell *name = &x->cells[PRIORITY_NAME];

	if (!cell_is_set(number) || !cell_is_set(name))
		return;
	if (has_priority(r, number->integer)) {
		report_error(r->report, number->at,
		    "priority %d is already defined", (int)number->integer);
		return;
	}
	vec_push(&r->all_priorities,
	    ((struct priority){ (uint8_t)number->integer,
		keep(r, name->string) }));
}

static void
built_in_priorities(struct reader *r)
{
	static const char *const names[] = { "critical", "high", "medium",
		"low" };
	uint8_t i;

	for (i = 0; i < 4; i++)
		vec_push(&r->all_priorities,
		    ((struct priority){ (uint8_t)(i + 1), names[i] }));
}

bool
priority_is_known(struct reader *r, int64_t number, struct place at)
{
	if (has_priority(r, number) || r->classes.unsure)
		return true;
	report_error(r->report, at,
	    "unknown priority %d; alarms.conf does not have it", (int)number);
	return false;
}

uint16_t
class_of(struct reader *r, const struct cell *c)
{
	const struct name *n;
	uint32_t index;

	if (cell_is_set(c)) {
		index = names_get(&r->classes, c->string, c->at, r->report);
		return index == UINT32_MAX ? 0 : (uint16_t)index;
	}
	n = names_find(&r->classes, "process", 7);
	return n != NULL ? (uint16_t)n->index : 0;
}

void
read_alarms(struct reader *r)
{
	static const struct cell empty = { 0 };
	const struct item *x = reader_conf(r, "alarms.conf", &schema_alarms);
	const struct cell *c;
	uint32_t i;

	if (x == NULL && project_files_find(r->files, "alarms.conf") != NULL)
		r->classes.unsure = true;
	c = x ? &x->cells[ALARMS_CLASSES] : &empty;
	for (i = 0; cell_is_set(c) && i < c->items.n; i++)
		take_class(r, c->items.at[i]);
	if (r->all_classes.n == 0)
		built_in_classes(r);
	c = x ? &x->cells[ALARMS_PRIORITIES] : &empty;
	for (i = 0; cell_is_set(c) && i < c->items.n; i++)
		take_priority(r, c->items.at[i]);
	if (r->all_priorities.n == 0)
		built_in_priorities(r);
	system_read(r, x ? &x->cells[ALARMS_SYSTEM] : &empty);
}

/* Which condition the item has; false if said or if there is none. */
static bool
condition_of(struct reader *r, const struct item *x, const struct cell **c,
    uint8_t *kind)
{
	static const struct {
		uint8_t key, kind;
	} all[] = { { ALARM_ABOVE_KEY, ALARM_ABOVE },
		{ ALARM_BELOW_KEY, ALARM_BELOW }, { ALARM_IS_KEY, ALARM_IS } };
	unsigned i, n = 0, wrong = 0;

	for (i = 0; i < 3; i++) {
		wrong += x->cells[all[i].key].state == CELL_WRONG;
		if (!cell_is_set(&x->cells[all[i].key]))
			continue;
		n++;
		*c = &x->cells[all[i].key];
		*kind = all[i].kind;
	}
	if (n == 1 || wrong > 0)
		return n == 1;
	report_error(r->report, x->at, n == 0
		? "missing key \"above\", \"below\" or \"is\" in an alarm"
		: "an alarm has only one of \"above\", \"below\", \"is\"");
	return false;
}

static bool
condition_fits(struct reader *r, const struct tag *t, uint8_t kind,
    struct place at)
{
	if (t->type != VALUE_TEXT)
		return true;
	report_error(r->report, at, "%s cannot watch a text",
	    kind == ALARM_IS ? "\"is\"" : "a limit");
	return false;
}

/* P27: such an alarm is in the list, and nobody is called. */
static void
warn_if_quiet(struct reader *r, const struct alarm_def *d, struct place at)
{
	uint32_t area = d->area;

	while (area != NONE && area != 0)
		area = r->all_areas.at[area].parent;
	if (area == 0 && *text_in(&d->action, 0) == '\0')
		report_warning(r->report, at,
		    "%s is in area system and has no action: neither banner "
		    "nor horn calls anybody", d->name);
}

/* Its own, else the one of the whole type or object. */
static void
take_suppress(struct reader *r, const struct item *x,
    const struct alarm_home *home, struct alarm_def *d)
{
	const struct cell *when = &x->cells[ALARM_SUPPRESS];
	const struct cell *more = &x->cells[ALARM_SUPPRESS_MORE];

	if (cell_is_set(more) && !cell_is_there(when))
		report_warning(r->report, more->at,
		    "\"suppress_more\" means nothing without \"suppress\"");
	if (!cell_is_there(when) && home->suppress != NULL) {
		when = home->suppress;
		more = home->suppress_more;
	}
	pend_limit(r, when, "suppress",
	    (struct pending){ .target = TARGET_SUPPRESS,
		.index = (uint32_t)r->all_alarms.n,
		.object = home->object });
	d->suppress_more = more->span;
}

void
alarm_add(struct reader *r, const struct item *x,
    const struct alarm_home *home)
{
	const struct cell *number = &x->cells[ALARM_PRIORITY], *c = NULL;
	struct alarm_def d = { .area = home->area, .of = home->of,
		.object = home->object, .folded_by = NONE };
	char name[2 * PLANT_NAME_MAX];

	if (!reader_has_room(r, r->all_alarms.n, "alarms", x->at) ||
	    !cell_is_set(&x->cells[ALARM_NAME]) ||
	    !condition_of(r, x, &c, &d.kind) ||
	    !condition_fits(r, &r->all_tags.at[home->of], d.kind, c->at))
		return;
	snprintf(name, sizeof(name), "%s.%s", home->owner,
	    x->cells[ALARM_NAME].string);
	d.name = arena_text(r->arena, name);
	d.title = cell_title(
	    r, &x->cells[ALARM_TITLE], x->cells[ALARM_NAME].string);
	d.cause = cell_title(r, &x->cells[ALARM_CAUSE], "");
	d.action = cell_title(r, &x->cells[ALARM_ACTION], "");
	d.deadband = x->cells[ALARM_DEADBAND].real;
	d.on_delay = x->cells[ALARM_ON_DELAY].span;
	d.off_delay = x->cells[ALARM_OFF_DELAY].span;
	d.class = class_of(r, &x->cells[ALARM_CLASS]);
	if (cell_is_set(number) &&
	    priority_is_known(r, number->integer, number->at))
		d.priority = (uint8_t)number->integer;
	if (d.kind == ALARM_IS)
		d.is = c->real;
	else
		pend_limit(r, c, d.kind == ALARM_ABOVE ? "above" : "below",
		    (struct pending){ .target = TARGET_ALARM,
			.index = (uint32_t)r->all_alarms.n,
			.object = home->object });
	take_suppress(r, x, home, &d);
	d.tunable = x->cells[ALARM_TUNABLE].on;
	d.was = name_before(r, home->owner, home->was, &x->cells[ALARM_WAS],
	    x->cells[ALARM_NAME].string);
	warn_if_quiet(r, &d, x->at);
	vec_push(&r->all_alarms, d);
}

/* P27: H is folded into HH of the same tag, L into LL. */
static void
fold_tag(struct plant *p, const struct tag *t)
{
	uint32_t i, j, low, high;

	for (i = 0; i < t->n_alarms; i++) {
		low = p->of_tag[t->alarms + i];
		for (j = 0; j < t->n_alarms; j++) {
			const char *a, *b;

			high = p->of_tag[t->alarms + j];
			a = strrchr(p->alarms[low].name, '.') + 1;
			b = strrchr(p->alarms[high].name, '.') + 1;
			if ((strcmp(a, "H") == 0 && strcmp(b, "HH") == 0) ||
			    (strcmp(a, "L") == 0 && strcmp(b, "LL") == 0))
				p->alarms[low].folded_by = high;
		}
	}
}

void
fold_alarms(struct plant *p)
{
	uint32_t i;

	for (i = 0; i < p->n_tags; i++)
		fold_tag(p, &p->tags[i]);
}
