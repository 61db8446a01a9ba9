/* SPDX-License-Identifier: ISC */
#include "console/things.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/words.h"

void
things_init(struct things *t)
{
	memset(t, 0, sizeof(*t));
}

static void
put(char **field, const char *text)
{
	free(*field);
	*field = xstrdup(text != NULL ? text : "");
}

static void
clear_tag(struct tag_info *g)
{
	unsigned i;

	for (i = 0; i < g->n_texts; i++)
		free(g->texts[i]);
	g->n_texts = 0;
}

static void
clear_object(struct object_info *o)
{
	size_t i;

	for (i = 0; i < o->states.n; i++)
		free(o->states.at[i].name);
	for (i = 0; i < o->commands.n; i++) {
		free(o->commands.at[i].name);
		free(o->commands.at[i].label);
		free(o->commands.at[i].function);
	}
	vec_clear(&o->states);
	vec_clear(&o->commands);
	vec_clear(&o->tags);
	arena_free(o->arena);
	o->arena = arena_new();
	o->main = NONE;
}

static void
free_alarm(struct things *t, struct alarm_info *a)
{
	HASH_DEL(t->alarms, a);
	free(a->title);
	free(a->area);
	free(a->unit);
	free(a->cause);
	free(a->action);
	free(a->object);
	free(a->tag);
	free(a->by);
	free(a);
}

void
things_no_alarms(struct things *t)
{
	struct alarm_info *a, *next;

	HASH_ITER(hh, t->alarms, a, next)
		free_alarm(t, a);
	vec_clear(&t->order);
	t->alarms_complete = false;
}

void
things_fini(struct things *t)
{
	struct object_info *o, *next;
	size_t i;

	things_no_alarms(t);
	vec_free(&t->order);
	HASH_ITER(hh, t->objects, o, next) {
		HASH_DEL(t->objects, o);
		clear_object(o);
		arena_free(o->arena);
		vec_free(&o->states);
		vec_free(&o->commands);
		vec_free(&o->tags);
		free(o->title);
		free(o->area);
		free(o->type);
		free(o->locked);
		free(o);
	}
	HASH_CLEAR(hh, t->tags_by_name);
	for (i = 0; i < t->tags.n; i++) {
		clear_tag(t->tags.at[i]);
		vec_free(&t->tags.at[i]->samples);
		free(t->tags.at[i]->title);
		free(t->tags.at[i]->unit);
		free(t->tags.at[i]->area);
		free(t->tags.at[i]->object);
		free(t->tags.at[i]);
	}
	vec_free(&t->tags);
}

struct tag_info *
things_find_tag(const struct things *t, const char *name)
{
	struct tag_info *g;

	HASH_FIND_STR(t->tags_by_name, name, g);
	return g;
}

struct tag_info *
things_tag(struct things *t, const char *name)
{
	struct tag_info *g = things_find_tag(t, name);

	if (g != NULL)
		return g;
	g = xcalloc(1, sizeof(*g));
	str_copy(g->name, name, sizeof(g->name));
	g->index = (uint32_t)t->tags.n;
	g->value = value_initial(VALUE_REAL);
	g->write_min = g->write_max = g->max_step = NAN;
	g->hh_limit = g->h_limit = g->l_limit = g->ll_limit = NAN;
	put(&g->title, "");
	put(&g->unit, "");
	put(&g->area, "");
	put(&g->object, "");
	vec_push(&t->tags, g);
	HASH_ADD_STR(t->tags_by_name, name, g);
	return g;
}

struct object_info *
things_find_object(const struct things *t, const char *name)
{
	struct object_info *o;

	HASH_FIND_STR(t->objects, name, o);
	return o;
}

struct object_info *
things_object(struct things *t, const char *name)
{
	struct object_info *o = things_find_object(t, name);

	if (o != NULL)
		return o;
	o = xcalloc(1, sizeof(*o));
	str_copy(o->name, name, sizeof(o->name));
	o->main = NONE;
	o->arena = arena_new();
	put(&o->title, "");
	put(&o->area, "");
	put(&o->type, "");
	HASH_ADD_STR(t->objects, name, o);
	return o;
}

struct alarm_info *
things_find_alarm(const struct things *t, const char *name)
{
	struct alarm_info *a;

	HASH_FIND_STR(t->alarms, name, a);
	return a;
}

void
things_unlock(struct things *t)
{
	struct object_info *o;

	for (o = t->objects; o != NULL; o = o->hh.next) {
		free(o->locked);
		o->locked = NULL;
	}
}

void
things_lock(struct things *t, const char *object, const char *user,
    const char *reason, const char *ticket)
{
	struct object_info *o = things_object(t, object);

	if (o->locked == NULL)
		o->locked = xasprintf("%s: %s%s%s%s", user, reason,
		    *ticket != '\0' ? " (" : "", ticket,
		    *ticket != '\0' ? ")" : "");
}

void
things_forget(struct things *t)
{
	struct object_info *o;
	size_t i;

	for (i = 0; i < t->tags.n; i++)
		t->tags.at[i]->state = THING_NEW;
	for (o = t->objects; o != NULL; o = o->hh.next)
		o->state = THING_NEW;
}

void
things_refuse(struct things *t)
{
	struct object_info *o;
	size_t i;

	for (i = 0; i < t->tags.n; i++)
		if (t->tags.at[i]->state == THING_ASKED)
			t->tags.at[i]->state = THING_REFUSED;
	for (o = t->objects; o != NULL; o = o->hh.next)
		if (o->state == THING_ASKED)
			o->state = THING_REFUSED;
}

static const char *
text_of(const struct cell *c)
{
	return c->type == CELL_TEXT || c->type == CELL_FLAGS ? c->as.text : "";
}

static int
word_of(const char *text, const char *const *words, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (strcmp(text, words[i]) == 0)
			return i;
	return 0;
}

static const char *const confirm_words[] = { "none", "confirm", "retype",
	"second" };
static const char *const type_words[] = { "bool", "int", "uint", "real",
	"text" };
static const char *const look_words[] = { "on", "off", "failed", "moving" };

static void
take_texts(struct tag_info *g, const char *joined)
{
	char *copy = xstrdup(joined), *rest = copy, *word;

	clear_tag(g);
	while (*joined != '\0' && g->n_texts < TAG_TEXTS &&
	    (word = strsep(&rest, "|")) != NULL)
		g->texts[g->n_texts++] = xstrdup(word);
	free(copy);
}

void
things_describe_tag(struct things *t, const struct cell *c)
{
	struct tag_info *g = things_tag(t, text_of(&c[0]));

	put(&g->title, text_of(&c[1]));
	put(&g->unit, text_of(&c[2]));
	put(&g->area, text_of(&c[3]));
	put(&g->object, text_of(&c[4]));
	g->type = (enum value_type)word_of(text_of(&c[5]), type_words, 5);
	g->decimals = (int)cell_number(&c[6]);
	g->min = cell_number(&c[7]);
	g->max = cell_number(&c[8]);
	g->has_range = !isnan(g->min) && !isnan(g->max) && g->min < g->max;
	take_texts(g, text_of(&c[9]));
	g->writable = c[10].type == CELL_BOOL && c[10].as.on;
	g->write_min = cell_number(&c[11]);
	g->write_max = cell_number(&c[12]);
	g->max_step = cell_number(&c[13]);
	g->confirm =
	    (enum confirm)word_of(text_of(&c[14]), confirm_words, 4);
	g->hh_limit = cell_number(&c[15]);
	g->h_limit = cell_number(&c[16]);
	g->l_limit = cell_number(&c[17]);
	g->ll_limit = cell_number(&c[18]);
	g->changed = c[20].type == CELL_UINT ? (uint32_t)c[20].as.uint : 0;
	g->state = THING_KNOWN;
	if (g->value.quality == QUALITY_BAD &&
	    g->value.cause == CAUSE_INITIAL)
		g->value = value_initial(g->type);
}

void
things_describe_object(struct things *t, const struct cell *c)
{
	struct object_info *o = things_object(t, text_of(&c[0]));
	const char *item = text_of(&c[5]);

	if (o->state != THING_KNOWN) {	/* its first row */
		clear_object(o);
		put(&o->title, text_of(&c[1]));
		put(&o->area, text_of(&c[2]));
		put(&o->type, text_of(&c[3]));
		if (*text_of(&c[4]) != '\0')
			o->main = things_tag(t, text_of(&c[4]))->index;
		o->state = THING_KNOWN;
	}
	if (strcmp(item, "state") == 0)
		vec_push(&o->states,
		    ((struct object_state_info){
			.name = xstrdup(text_of(&c[6])),
			.when = *text_of(&c[7]) != '\0'
			    ? things_expr(t, o->arena, text_of(&c[7]), o->name)
			    : NULL,
			.look = (enum look)word_of(
			    text_of(&c[8]), look_words, 4) }));
	else if (strcmp(item, "tag") == 0)
		vec_push(&o->tags, things_tag(t, text_of(&c[6]))->index);
	else if (strcmp(item, "command") == 0)
		vec_push(&o->commands,
		    ((struct object_command){
			.name = xstrdup(text_of(&c[6])),
			.label = xstrdup(text_of(&c[7])),
			.function = xstrdup(text_of(&c[9])),
			.confirm = (enum confirm)word_of(
			    text_of(&c[10]), confirm_words, 4),
			.safe = c[11].type == CELL_BOOL && c[11].as.on,
			.changed = c[12].type == CELL_UINT
			    ? (uint32_t)c[12].as.uint
			    : 0 }));
}

static void
print_cell(char *dst, size_t cap, const struct cell *c)
{
	char number[32];

	switch ((enum cell_type)c->type) {
	case CELL_REAL:
		if (c->decimals == CELL_SHORTEST)
			snprintf(dst, cap, "%s",
			    real_print(number, c->as.real));
		else
			field_number(dst, cap, c->as.real, c->decimals,
			    (int)cap - 1);
		break;
	case CELL_BOOL:
		snprintf(dst, cap, "%d", c->as.on);
		break;
	case CELL_INT:
		snprintf(dst, cap, "%lld", (long long)c->as.sint);
		break;
	case CELL_UINT:
		snprintf(dst, cap, "%llu", (unsigned long long)c->as.uint);
		break;
	default:
		snprintf(dst, cap, "%s", text_of(c));
	}
}

static struct wall
time_of(const struct cell *c)
{
	return c->type == CELL_TIME ? c->as.time : (struct wall){ 0 };
}

void
things_alarm_row(struct things *t, const struct cell *c)
{
	struct alarm_info *a = things_find_alarm(t, text_of(&c[0]));
	enum alarm_state state;

	if (!alarm_state_parse(&state, text_of(&c[2])))
		return;
	if (state == ALARM_NORMAL && *text_of(&c[3]) == '\0') {
		if (a != NULL)
			free_alarm(t, a);
		return;
	}
	if (a == NULL) {
		a = xcalloc(1, sizeof(*a));
		str_copy(a->name, text_of(&c[0]), sizeof(a->name));
		a->key = ++t->last_key;
		HASH_ADD_STR(t->alarms, name, a);
	}
	a->occurrence = (uint32_t)cell_number(&c[1]);
	a->state = state;
	str_copy(a->inhibit, text_of(&c[3]), sizeof(a->inhibit));
	a->verified = cell_number(&c[4]) > 0;
	a->priority = (unsigned)cell_number(&c[5]);
	put(&a->area, text_of(&c[6]));
	put(&a->title, text_of(&c[7]));
	a->raised = time_of(&c[8]);
	a->acked = time_of(&c[9]);
	put(&a->by, text_of(&c[10]));
	a->returned = time_of(&c[11]);
	print_cell(a->value, sizeof(a->value), &c[12]);
	print_cell(a->limit, sizeof(a->limit), &c[13]);
	put(&a->unit, text_of(&c[14]));
	a->count = (uint32_t)cell_number(&c[15]);
	a->recorded = cell_number(&c[16]) > 0;
	a->held = cell_number(&c[17]) > 0;
	a->folded = cell_number(&c[18]) > 0;
	put(&a->cause, text_of(&c[19]));
	put(&a->action, text_of(&c[20]));
	put(&a->object, text_of(&c[21]));
	put(&a->tag, text_of(&c[22]));
	a->asked = a->old = false;
}

void
things_again(struct things *t)
{
	struct alarm_info *a;

	for (a = t->alarms; a != NULL; a = a->hh.next)
		a->old = true;
}

void
things_told(struct things *t)
{
	struct alarm_info *a, *next;

	for (a = t->alarms; a != NULL; a = next) {
		next = a->hh.next;
		if (a->old)
			free_alarm(t, a);
	}
}

bool
alarm_info_waits(const struct alarm_info *a)
{
	return (a->state == ALARM_UNACKNOWLEDGED ||
		   a->state == ALARM_RETURNED) &&
	    *a->inhibit == '\0' && !a->folded;
}

/* Unacknowledged first, then the worst, then the newest. */
static int
compare(const void *x, const void *y)
{
	const struct alarm_info *a = *(struct alarm_info *const *)x;
	const struct alarm_info *b = *(struct alarm_info *const *)y;
	bool wa = alarm_info_waits(a), wb = alarm_info_waits(b);

	if (wa != wb)
		return wa ? -1 : 1;
	if ((*a->inhibit == '\0') != (*b->inhibit == '\0'))
		return *a->inhibit == '\0' ? -1 : 1;
	if (a->priority != b->priority)
		return a->priority < b->priority ? -1 : 1;
	if (a->raised.ms != b->raised.ms)
		return a->raised.ms > b->raised.ms ? -1 : 1;
	return strcmp(a->name, b->name);
}

void
things_sort_alarms(struct things *t)
{
	struct alarm_info *a;

	vec_clear(&t->order);
	for (a = t->alarms; a != NULL; a = a->hh.next)
		vec_push(&t->order, a);
	if (t->order.n > 0)
		qsort(t->order.at, t->order.n, sizeof(t->order.at[0]),
		    compare);
}

void
things_value(struct things *t, uint32_t tag, const struct value *v)
{
	struct tag_info *g;
	double n;

	if (tag >= t->tags.n)
		return;
	g = t->tags.at[tag];
	g->value = *v;
	if (v->type == VALUE_TEXT) {
		str_copy(g->text, v->as.text, sizeof(g->text));
		g->value.as.text = g->text;
	}
	if (!g->trended)
		return;
	if (g->samples.n >= TREND_SAMPLES) {
		memmove(g->samples.at, g->samples.at + TREND_SAMPLES / 2,
		    (g->samples.n - TREND_SAMPLES / 2) *
			sizeof(g->samples.at[0]));
		g->samples.n -= TREND_SAMPLES / 2;
	}
	n = value_number(v);
	/* before the first beat only the value knows what time it is */
	vec_push(&g->samples,
	    ((struct trend_sample){ t->now.ms != 0 ? t->now.ms : v->time.ms, n,
		n, value_is_good(v) }));
}

void
things_past(struct things *t, const char *tag,
    const struct trend_sample *sample, size_t n, int64_t to_ms)
{
	struct tag_info *g = things_tag(t, tag);
	struct trend_sample *since = xcalloc(g->samples.n + 1, sizeof(*since));
	size_t kept = 0, i;

	for (i = 0; i < g->samples.n; i++)
		if (g->samples.at[i].ms >= to_ms)
			since[kept++] = g->samples.at[i];
	vec_clear(&g->samples);
	for (i = n > TREND_SAMPLES / 2 ? n - TREND_SAMPLES / 2 : 0; i < n; i++)
		vec_push(&g->samples, sample[i]);
	for (i = 0; i < kept && g->samples.n < TREND_SAMPLES; i++)
		vec_push(&g->samples, since[i]);
	free(since);
}

struct field
value_field(const struct things *t, const struct value *v)
{
	static const enum field_quality quality[] = { FIELD_GOOD,
		FIELD_UNCERTAIN, FIELD_STALE, FIELD_BAD };
	struct field f = { .number = value_number(v),
		.quality = quality[v->quality],
		.flags = (v->flags & VALUE_OVERRIDE ? FIELD_OVERRIDE : 0u) |
		    (v->flags & VALUE_SIMULATED ? FIELD_SIMULATED : 0u) };

	if (v->quality == QUALITY_BAD && v->cause == CAUSE_INITIAL)
		f.quality = FIELD_NEVER;
	else if (t->no_data && v->quality < QUALITY_STALE)
		f.quality = FIELD_STALE;
	return f;
}

struct field
tag_field(const struct things *t, const struct tag_info *g,
    char room[VALUE_CAP])
{
	const struct value *v = &g->value;
	struct field f = value_field(t, v);
	int code;

	f.decimals = g->decimals;
	if (v->type == VALUE_TEXT) {
		f.text = g->text;
	} else if (g->n_texts > 0) {
		code = value_code(v, g->n_texts, room);
		f.text = code >= 0 ? g->texts[code] : room;
	} else if (v->type != VALUE_REAL) {
		f.decimals = 0;
	}
	return f;
}

char *
tag_show(const struct things *t, const struct tag_info *g,
    char room[VALUE_CAP])
{
	char text[VALUE_CAP];
	struct field f = tag_field(t, g, text);

	if (f.quality == FIELD_NEVER)
		snprintf(room, VALUE_CAP, "---");
	else if (f.text != NULL)
		snprintf(room, VALUE_CAP, "%s", f.text);
	else
		snprintf(room, VALUE_CAP, "%.*f%s%s", f.decimals, f.number,
		    *g->unit != '\0' ? " " : "", g->unit);
	return room;
}

struct scope {
	struct things *things;
	const char *object;
};

static uint32_t
find_name(void *arg, const char *name, size_t len)
{
	struct scope *s = arg;
	char full[2 * PLANT_NAME_MAX + 2];

	if (s->object != NULL && memchr(name, '.', len) == NULL)
		snprintf(full, sizeof(full), "%s.%.*s", s->object, (int)len,
		    name);
	else
		snprintf(full, sizeof(full), "%.*s", (int)len, name);
	if (strlen(full) > PLANT_NAME_MAX)
		return NONE;
	return things_tag(s->things, full)->index;
}

struct expr *
things_expr(struct things *t, struct arena *a, const char *text,
    const char *object)
{
	struct scope s = { t, object };
	struct err e;
	int column;

	return expr_parse(a, text, find_name, &s, &column, NULL, &e);
}

static const struct value *
operand(void *arg, uint32_t tag)
{
	const struct things *t = arg;

	return &t->tags.at[tag]->value;
}

struct value
things_eval(struct things *t, const struct expr *x)
{
	return expr_eval(x, operand, t, t->now);
}

bool
things_holds(struct things *t, const struct expr *x)
{
	struct value v;

	if (x == NULL)
		return true;
	v = things_eval(t, x);
	return value_is_good(&v) && value_true(&v);
}

const struct object_state_info *
object_state_now(
    struct things *t, const struct object_info *o, struct value *trust)
{
	struct value v, room;
	size_t i;

	if (trust == NULL)
		trust = &room;
	*trust = value_bool(true, t->now);
	for (i = 0; i < o->states.n; i++) {
		if (o->states.at[i].when == NULL)
			return &o->states.at[i];
		v = expr_eval(o->states.at[i].when, operand, t, t->now);
		value_taint(trust, &v);
		if (!value_is_good(&v))
			return NULL;
		if (value_true(&v))
			return &o->states.at[i];
	}
	return NULL;
}

enum badge
alarm_badge(const struct alarm_info *a)
{
	if (strstr(a->inhibit, "out-of-service") != NULL)
		return BADGE_OUT_OF_SERVICE;
	if (strstr(a->inhibit, "suppressed") != NULL)
		return BADGE_SUPPRESSED;
	if (strstr(a->inhibit, "shelved") != NULL)
		return BADGE_SHELVED;
	switch (a->state) {
	case ALARM_UNACKNOWLEDGED:
		return BADGE_UNACKNOWLEDGED;
	case ALARM_ACKNOWLEDGED:
		return BADGE_ACKNOWLEDGED;
	case ALARM_RETURNED:
		return BADGE_RETURNED;
	case ALARM_LATCHED:
		return BADGE_LATCHED;
	default:
		return BADGE_NONE;
	}
}

const char *
alarm_info_mark(const struct alarm_info *a)
{
	if (strstr(a->inhibit, "out-of-service") != NULL)
		return _("OOS");
	if (strstr(a->inhibit, "suppressed") != NULL)
		return _("SUP");
	if (strstr(a->inhibit, "shelved") != NULL)
		return _("SHL");
	if (a->state == ALARM_ACKNOWLEDGED && !a->recorded)
		return _("ACK*");
	return words_mark((enum alarm_state)a->state);
}

static bool
within(const char *inner, const char *outer)
{
	size_t n = strlen(outer);

	return strncmp(inner, outer, n) == 0 &&
	    (inner[n] == '.' || inner[n] == '\0');
}

bool
things_is_area_of(const struct alarm_info *a, const char *name)
{
	return within(a->area, name);
}

/* name is an object's, a tag's, a line's, a device's, or an area's. */
static bool
belongs(const struct alarm_info *a, const char *name)
{
	return strcmp(a->object, name) == 0 || strcmp(a->tag, name) == 0 ||
	    within(a->name, name) || within(a->area, name);
}

/* Of the two the one that a badge shows: what is inhibited last, then by
 * priority, then what waits, then the newer one. */
static bool
is_worse(const struct alarm_info *a, const struct alarm_info *b)
{
	bool free_a = *a->inhibit == '\0', free_b = *b->inhibit == '\0';

	if (free_a != free_b)
		return free_a;
	if (a->priority != b->priority)
		return a->priority < b->priority;
	if (alarm_info_waits(a) != alarm_info_waits(b))
		return alarm_info_waits(a);
	return a->raised.ms > b->raised.ms;
}

const struct alarm_info *
things_worst(const struct things *t, const char *name, unsigned *n)
{
	const struct alarm_info *worst = NULL, *a;
	size_t i;

	*n = 0;
	for (i = 0; i < t->order.n; i++) {
		a = t->order.at[i];
		if (a->folded || !belongs(a, name))
			continue;
		++*n;
		if (worst == NULL || is_worse(a, worst))
			worst = a;
	}
	return worst;
}
