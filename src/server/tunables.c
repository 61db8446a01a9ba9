/* SPDX-License-Identifier: ISC */
#include "server/tunables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "model/expr.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/door.h"
#include "server/group.h"
#include "server/making.h"
#include "server/requests.h"
#include "server/swap.h"
#include "server/told.h"
#include "store/load.h"

#define DELAY_MOST 86400	/* seconds, as in a project */

static const char *const parts[] = { "limit", "deadband", "on_delay",
	"off_delay", "value" };

/* "LT-501.H.limit", "site.target" */
static char *
name_of(const struct tunable *t, char *dst, size_t cap)
{
	if (t->part == TUNABLE_VALUE)
		snprintf(dst, cap, "%s", t->name);
	else
		snprintf(dst, cap, "%s.%s", t->name, parts[t->part]);
	return dst;
}

/* What the project itself says; false: it does not say a number. */
static bool
project_value(const struct plant *p, const char *name, unsigned part,
    double *value)
{
	uint32_t i = part == TUNABLE_VALUE ? plant_tag(p, name)
					   : plant_alarm(p, name);
	const struct alarm_def *d;

	if (i == NONE)
		return false;
	if (part == TUNABLE_VALUE) {
		*value = p->tags[i].initial;
		return p->tags[i].tunable;
	}
	d = &p->alarms[i];
	if (part == TUNABLE_DEADBAND)
		*value = d->deadband;
	if (part == TUNABLE_ON_DELAY)
		*value = (double)d->on_delay.ms / 1000;
	if (part == TUNABLE_OFF_DELAY)
		*value = (double)d->off_delay.ms / 1000;
	return d->tunable &&
	    (part != TUNABLE_LIMIT ||
		(d->limit != NULL && expr_is_constant(d->limit, value)));
}

static struct tunable *
find(const struct core *c, const char *name, unsigned part)
{
	size_t i;

	for (i = 0; i < c->tunables.all.n; i++)
		if (c->tunables.all.at[i].part == part &&
		    strcmp(c->tunables.all.at[i].name, name) == 0)
			return &c->tunables.all.at[i];
	return NULL;
}

/* A tuned definition and its limit are one arena. */
struct tuned {
	struct alarm_def def;	/* first: it is what others see */
	struct arena *arena;
};

static void
drop_def(struct core *c, uint32_t alarm)
{
	struct tuned *t = (struct tuned *)c->tunables.alarms[alarm];

	if (t != NULL)
		arena_free(t->arena);
	c->tunables.alarms[alarm] = NULL;
}

static void
set_part(struct tuned *t, unsigned part, double now)
{
	struct span span = { (int64_t)llround(now * 1000) };

	switch (part) {
	case TUNABLE_LIMIT:
		t->def.limit = expr_constant(t->arena, now);
		break;
	case TUNABLE_DEADBAND:
		t->def.deadband = now;
		break;
	case TUNABLE_ON_DELAY:
		t->def.on_delay = span;
		break;
	case TUNABLE_OFF_DELAY:
		t->def.off_delay = span;
		break;
	}
}

/* The alarm's definition as it is to be, made anew from all its parts. */
static void
make_def(struct core *c, uint32_t alarm)
{
	const struct alarm_def *d = &c->plant->alarms[alarm];
	const struct tunable *u;
	struct arena *arena;
	struct tuned *t = NULL;
	unsigned part;

	drop_def(c, alarm);
	for (part = 0; part < TUNABLE_PARTS; part++) {
		u = find(c, d->name, part);
		if (u == NULL)
			continue;
		if (t == NULL) {
			arena = arena_new();
			t = arena_take(arena, 1, sizeof(*t));
			t->def = *d;
			t->arena = arena;
		}
		set_part(t, part, u->now);
	}
	c->tunables.alarms[alarm] = t != NULL ? &t->def : NULL;
}

static void
key_of(const struct tunable *t, char *dst, size_t cap)
{
	snprintf(dst, cap, "tunable %s %s", parts[t->part], t->name);
}

static void
record(struct core *c, const struct tunable *t)
{
	char key[PLANT_NAME_MAX + 32], text[160], was[32], now[32];

	key_of(t, key, sizeof(key));
	snprintf(text, sizeof(text), "%s %s %lld %s",
	    real_print(was, t->project), real_print(now, t->now),
	    (long long)t->since.ms, t->by);
	record_put_setting(commit_batch(c), key, text);
}

static void
unrecord(struct core *c, const struct tunable *t)
{
	char key[PLANT_NAME_MAX + 32];

	key_of(t, key, sizeof(key));
	record_put_setting(commit_batch(c), key, NULL);
}

static void
remove_at(struct core *c, size_t i)
{
	unrecord(c, &c->tunables.all.at[i]);
	c->tunables.all.at[i] =
	    c->tunables.all.at[--c->tunables.all.n];
}

static void
load(void *arg, const struct record_setting *s)
{
	struct core *c = arg;
	struct tunable t = { .part = 0 };
	char part[16], name[PLANT_NAME_MAX + 1];
	long long ms;

	if (sscanf(s->key, "tunable %15s %63s", part, name) != 2 ||
	    sscanf(s->text, "%lf %lf %lld %32s", &t.project, &t.now, &ms,
		t.by) != 4)
		return;
	while (t.part <= TUNABLE_VALUE && strcmp(parts[t.part], part) != 0)
		t.part++;
	if (t.part > TUNABLE_VALUE)
		return;
	str_copy(t.name, name, sizeof(t.name));
	t.since.ms = ms;
	vec_push(&c->tunables.all, t);
}

static void
make_all(struct core *c)
{
	uint32_t alarm;
	size_t i;

	c->tunables.n = c->plant->n_alarms;
	c->tunables.alarms =
	    xcalloc(c->tunables.n + 1u, sizeof(*c->tunables.alarms));
	for (i = 0; i < c->tunables.all.n; i++) {
		alarm = plant_alarm(c->plant, c->tunables.all.at[i].name);
		if (alarm != NONE &&
		    c->tunables.all.at[i].part != TUNABLE_VALUE)
			make_def(c, alarm);
	}
}

/* A crash may have come between a new project and its swap. */
static void
drop_foreign(struct core *c)
{
	const struct tunable *t;
	double project = 0;
	size_t i;

	for (i = c->tunables.all.n; i > 0; i--) {
		t = &c->tunables.all.at[i - 1];
		if (!project_value(c->plant, t->name, t->part, &project) ||
		    project != t->project)
			remove_at(c, i - 1);
	}
}

int
tunables_load(struct core *c, struct err *e)
{
	if (record_load_settings(c->record, load, c, e) < 0)
		return -1;
	drop_foreign(c);
	make_all(c);
	return 0;
}

static void
drop_all(struct core *c)
{
	uint32_t i;

	for (i = 0; i < c->tunables.n; i++)
		drop_def(c, i);
	free(c->tunables.alarms);
}

void
tunables_fini(struct core *c)
{
	drop_all(c);
	vec_free(&c->tunables.all);
}

/* What holds now; back at the project's value it is no difference any more. */
static void
put(struct core *c, const char *name, unsigned part, double project,
    double now, const char *by)
{
	struct tunable *t = find(c, name, part);

	if (now == project) {
		if (t != NULL)
			remove_at(c, (size_t)(t - c->tunables.all.at));
		return;
	}
	if (t == NULL) {
		t = vec_add(&c->tunables.all);
		memset(t, 0, sizeof(*t));
		str_copy(t->name, name, sizeof(t->name));
		t->part = (uint8_t)part;
	}
	t->project = project;
	t->now = now;
	t->since = c->wall;
	str_copy(t->by, by, sizeof(t->by));
	record(c, t);
}

void
tunables_value(struct core *c, uint32_t tag, double now, const char *by)
{
	const struct tag *t = &c->plant->tags[tag];

	if (t->tunable)
		put(c, t->name, TUNABLE_VALUE, t->initial, now, by);
}

/* LT-501.HH.limit: the alarm and which of its parts. */
static uint32_t
find_alarm(const struct core *c, const char *text, unsigned *part)
{
	const char *dot = strrchr(text, '.');
	char name[PLANT_NAME_MAX + 1];

	if (dot == NULL || (size_t)(dot - text) >= sizeof(name))
		return NONE;
	str_copy(name, text, (size_t)(dot - text) + 1);
	for (*part = 0; *part < TUNABLE_PARTS; ++*part)
		if (strcmp(parts[*part], dot + 1) == 0)
			return plant_alarm(c->plant, name);
	return NONE;
}

/* A number in the unit of the tag, a duration, or "project". */
static int
parse(const struct core *c, const struct alarm_def *d, unsigned part,
    const char *text, double *value, struct err *e)
{
	const struct tag *t = d->of != NONE ? &c->plant->tags[d->of] : NULL;
	struct span span;
	char *end;

	if (strcmp(text, "project") == 0) {
		project_value(c->plant, d->name, part, value);
		return EXIT_DONE;
	}
	if (part == TUNABLE_ON_DELAY || part == TUNABLE_OFF_DELAY) {
		if (span_parse(&span, text, e) < 0)
			return EXIT_USAGE;
		*value = (double)span.ms / 1000;
		if (*value < 0 || *value > DELAY_MOST)
			return REFUSE(EXIT_REFUSED, "a delay is 0s to 24h");
		return EXIT_DONE;
	}
	*value = strtod(text, &end);
	if (end == text || *end != '\0' || !isfinite(*value))
		return REFUSE(EXIT_USAGE, "%s is no number", text);
	if (part == TUNABLE_DEADBAND && *value < 0)
		return REFUSE(EXIT_REFUSED, "a deadband is not below 0");
	if (part == TUNABLE_LIMIT && t != NULL && t->has_range &&
	    (*value < t->min || *value > t->max))
		return REFUSE(EXIT_REFUSED,
		    "outside of the instrument's range");
	return EXIT_DONE;
}

static double
now_of(const struct core *c, const char *name, unsigned part)
{
	const struct tunable *t = find(c, name, part);
	double value = 0;

	if (t != NULL)
		return t->now;
	project_value(c->plant, name, part, &value);
	return value;
}

static int
check(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, struct err *e)
{
	const char *text = call_text(call, PARAMETER_VALUE);
	const struct alarm_def *d;
	double value = 0;
	unsigned part = 0;
	uint32_t alarm = find_alarm(c, it->name, &part);
	int code;

	if (alarm == NONE)
		return REFUSE(EXIT_NO_SUCH, "no %s; write ALARM.limit, "
		    ".deadband, .on_delay or .off_delay", it->name);
	d = &c->plant->alarms[alarm];
	it->thing = alarm;
	it->area = d->area;
	code = door_right(c, s, FUNCTION_TUNE, d->area, e);
	if (code == EXIT_DONE && !project_value(c->plant, d->name, part, &value))
		return REFUSE(EXIT_REFUSED, d->tunable
			? "its limit is not a number of its own"
			: "the project does not let it be tuned");
	if (code == EXIT_DONE && text == NULL)
		return REFUSE(EXIT_USAGE, "a value, or project");
	if (code == EXIT_DONE)
		code = parse(c, d, part, text, &value, e);
	if (code != EXIT_DONE)
		return code;
	real_print(it->old, now_of(c, d->name, part));
	real_print(it->new, value);
	return group_recordable(c, e);
}

static void
apply(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, uint64_t command)
{
	const struct alarm_def *d = &c->plant->alarms[it->thing];
	double project = 0, now = strtod(it->new, NULL);
	char was[32];
	unsigned part = 0;

	(void)call;
	(void)command;
	find_alarm(c, it->name, &part);
	project_value(c->plant, d->name, part, &project);
	put(c, d->name, part, project, now, s->who.user);
	make_def(c, it->thing);
	alarms_tuned(c, it->thing);
	snprintf(it->did, sizeof(it->did), "%s -> %s (project %s)", it->old,
	    it->new, real_print(was, project));
	audit_event(c, RECORD_COMMAND, d->area, it->name, it->did,
	    s->who.user, s->who.station, "done");
}

void
on_TUNE(struct core *c, struct session *s, struct call *call)
{
	static const struct group_class class = { check, apply,
		PARAMETER_REASON };
	const char *name = call_text(call, PARAMETER_NAME);

	if (name == NULL)
		answer_end(c, s, call->id, EXIT_USAGE, "%s",
		    verbs[VERB_TUNE].parameters);
	else
		group_run(c, s, call, &class, &name, 1);
}

static uint32_t
area_of(const struct plant *p, const struct tunable *t)
{
	uint32_t i = t->part == TUNABLE_VALUE ? plant_tag(p, t->name)
					      : plant_alarm(p, t->name);

	if (i == NONE)
		return 0;
	return t->part == TUNABLE_VALUE ? p->tags[i].area : p->alarms[i].area;
}

static bool
next_tunable(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct tunable *t;

	while (a->cursor < c->tunables.all.n) {
		t = &c->tunables.all.at[a->cursor++];
		if (!session_may(c, s, FUNCTION_VIEW, area_of(c->plant, t)))
			continue;
		cells[0] = cell_text(
		    name_of(t, a->room, sizeof(a->room)));
		cells[1] = cell_real(t->project, CELL_SHORTEST);
		cells[2] = cell_real(t->now, CELL_SHORTEST);
		cells[3] = cell_text(t->by);
		cells[4] = cell_time(t->since);
		return true;
	}
	return false;
}

void
on_TUNABLES(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_tunable);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}

/* The name in the new plant; NULL: it is not there. */
static const char *
name_in(const struct swap *s, const struct tunable *t)
{
	const enum difference_sort sort =
	    t->part == TUNABLE_VALUE ? DIFFERENCE_TAG : DIFFERENCE_ALARM;
	uint32_t old = t->part == TUNABLE_VALUE
	    ? plant_tag(s->old, t->name)
	    : plant_alarm(s->old, t->name);
	uint32_t new = slots_to(swap_slots(s, sort), old);

	if (old == NONE || new == NONE)
		return NULL;
	return t->part == TUNABLE_VALUE ? s->plant->tags[new].name
					: s->plant->alarms[new].name;
}

/* Does the difference outlive the new project? Else why not. */
static const char *
ends(const struct swap *s, const struct tunable *t, double *project)
{
	const char *name = name_in(s, t);

	if (name == NULL)
		return "the project does not have it any more";
	if (!project_value(s->plant, name, t->part, project))
		return "the project does not let it be tuned any more";
	if (*project != t->project)
		return "the project's own value changed and holds";
	return NULL;
}

void
tunables_tell(struct told *t, const struct core *c, const struct swap *s)
{
	const struct tunable *u;
	char was[32], now[32], effect[200], room[32];
	double project;
	const char *why;
	size_t i;

	for (i = 0; i < c->tunables.all.n; i++) {
		u = &c->tunables.all.at[i];
		project = u->project;
		why = ends(s, u, &project);
		snprintf(effect, sizeof(effect), "project %s, now %s by %s: %s",
		    real_print(was, u->project), real_print(now, u->now),
		    u->by, why != NULL ? why : "stays");
		told_row(t, "tuned",
		    u->part == TUNABLE_VALUE ? "tag" : "alarm", u->name,
		    parts[u->part], now,
		    why == NULL ? now : real_print(room, project), effect);
	}
}

void
tunables_edits(const struct core *c, struct making *m)
{
	const struct tunable *t;
	struct export_edit *x;
	size_t i;

	for (i = 0; i < c->tunables.all.n; i++) {
		t = &c->tunables.all.at[i];
		x = vec_add(&m->edits);
		memset(x, 0, sizeof(*x));
		str_copy(x->name, t->name, sizeof(x->name));
		x->part = t->part;
		x->now = t->now;
	}
}

/* A tag goes back to what the project says. */
static void
restore_value(struct core *c, const char *name)
{
	uint32_t tag = name != NULL ? plant_tag(c->plant, name) : NONE;
	struct value v;

	if (tag == NONE || c->plant->tags[tag].source != SOURCE_INTERNAL)
		return;
	v = live_initial(&c->plant->tags[tag], c->wall);
	live_put(c, tag, &v);
	if (c->plant->tags[tag].retain)
		record_put_value(commit_batch(c), name, &v);
}

static void
end_one(struct core *c, const struct swap *s, size_t i, const char *why)
{
	struct tunable t = c->tunables.all.at[i];
	char name[PLANT_NAME_MAX + 16], text[200], now[32];

	snprintf(text, sizeof(text), "by apply %s: %s (it was %s by %s)",
	    s->by, why, real_print(now, t.now), t.by);
	audit_event(c, RECORD_PROJECT, area_of(c->plant, &t),
	    name_of(&t, name, sizeof(name)), text, s->by, s->station,
	    NULL);
	if (t.part == TUNABLE_VALUE)
		restore_value(c, name_in(s, &t));
	remove_at(c, i);
}

/* Those that end; the others get the names of the new plant, which may be the
 * ones that others have had. */
void
tunables_swap(struct core *c, const struct swap *s)
{
	struct tunable *t;
	const char *why;
	double project;
	size_t i;

	drop_all(c);
	for (i = c->tunables.all.n; i > 0; i--) {
		t = &c->tunables.all.at[i - 1];
		why = ends(s, t, &project);
		if (why != NULL)
			end_one(c, s, i - 1, why);
		else
			str_copy(t->name, name_in(s, t), sizeof(t->name));
	}
	for (i = 0; i < c->tunables.all.n; i++)
		record(c, &c->tunables.all.at[i]);
	make_all(c);
}

void
tunables_drop(struct core *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->tunables.all.n; i++)
		if (strcmp(c->tunables.all.at[i].name, name) == 0)
			unrecord(c, &c->tunables.all.at[i]);
}

void
tunables_put(struct core *c, const struct swap *s,
    const struct difference_row *r)
{
	struct tunable t;
	double project;
	size_t i;

	for (i = 0; i < c->tunables.all.n; i++) {
		t = c->tunables.all.at[i];
		if (strcmp(t.name, r->old) != 0 ||
		    ends(s, &t, &project) != NULL)
			continue;
		str_copy(t.name, r->new, sizeof(t.name));
		record(c, &t);
	}
}
