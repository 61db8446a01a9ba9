/* SPDX-License-Identifier: ISC */
#include "console/things.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
things_init(struct things *t)
{
	memset(t, 0, sizeof(*t));
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

	for (i = 0; i < o->states.n; i++) {
		free(o->states.at[i].name);
		free(o->states.at[i].text);
	}
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
clear_bypassed(struct object_info *o)
{
	size_t i;

	for (i = 0; i < o->bypassed.n; i++)
		free(o->bypassed.at[i].text);
	vec_clear(&o->bypassed);
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
		clear_bypassed(o);
		vec_free(&o->bypassed);
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
	str_replace(&g->title, "");
	str_replace(&g->unit, "");
	str_replace(&g->area, "");
	str_replace(&g->object, "");
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
	str_replace(&o->title, "");
	str_replace(&o->area, "");
	str_replace(&o->type, "");
	HASH_ADD_STR(t->objects, name, o);
	return o;
}

const char *
command_split(const char *name, char object[PLANT_NAME_MAX + 1])
{
	const char *dot = strrchr(name, '.');

	if (dot == NULL || dot == name || dot[1] == '\0' ||
	    dot - name > PLANT_NAME_MAX)
		return NULL;
	str_copy(object, name, (size_t)(dot - name) + 1);
	return dot + 1;
}

const struct object_command *
object_command(const struct object_info *o, const char *command)
{
	size_t i;

	for (i = 0; i < o->commands.n; i++)
		if (strcmp(o->commands.at[i].name, command) == 0)
			return &o->commands.at[i];
	return NULL;
}

void
things_unbypass(struct things *t)
{
	struct object_info *o;

	for (o = t->objects; o != NULL; o = o->hh.next)
		clear_bypassed(o);
}

void
things_bypass(struct things *t, const char *name, const char *text)
{
	char object[PLANT_NAME_MAX + 1];
	const char *command = command_split(name, object);
	struct object_bypass b = { .text = NULL };

	if (command == NULL)
		return;
	str_copy(b.command, command, sizeof(b.command));
	b.text = xstrdup(text);
	vec_push(&things_object(t, object)->bypassed, b);
}

const char *
object_bypass(const struct object_info *o, const char *command)
{
	size_t i;

	for (i = 0; i < o->bypassed.n; i++)
		if (strcmp(o->bypassed.at[i].command, command) == 0)
			return o->bypassed.at[i].text;
	return NULL;
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
things_lock(struct things *t, const char *object, const char *text)
{
	struct object_info *o = things_object(t, object);

	if (o->locked == NULL)
		o->locked = xstrdup(text);
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
	struct tag_info *g = things_tag(t, cell_words(&c[0]));

	str_replace(&g->title, cell_words(&c[1]));
	str_replace(&g->unit, cell_words(&c[2]));
	str_replace(&g->area, cell_words(&c[3]));
	str_replace(&g->object, cell_words(&c[4]));
	g->type = (enum value_type)word_of(cell_words(&c[5]), type_words, 5);
	g->decimals = (int)cell_number(&c[6]);
	g->min = cell_number(&c[7]);
	g->max = cell_number(&c[8]);
	g->has_range = !isnan(g->min) && !isnan(g->max) && g->min < g->max;
	take_texts(g, cell_words(&c[9]));
	g->writable = c[10].type == CELL_BOOL && c[10].as.on;
	g->write_min = cell_number(&c[11]);
	g->write_max = cell_number(&c[12]);
	g->max_step = cell_number(&c[13]);
	g->confirm =
	    (enum confirm)word_of(cell_words(&c[14]), confirm_words, 4);
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
	struct object_info *o = things_object(t, cell_words(&c[0]));
	const char *item = cell_words(&c[5]);

	if (o->state != THING_KNOWN) {	/* its first row */
		clear_object(o);
		str_replace(&o->title, cell_words(&c[1]));
		str_replace(&o->area, cell_words(&c[2]));
		str_replace(&o->type, cell_words(&c[3]));
		if (*cell_words(&c[4]) != '\0')
			o->main = things_tag(t, cell_words(&c[4]))->index;
		o->state = THING_KNOWN;
	}
	if (strcmp(item, "state") == 0)
		vec_push(&o->states,
		    ((struct object_state_info){
			.name = xstrdup(cell_words(&c[6])),
			.text = xstrdup(cell_words(&c[13])),
			.when = *cell_words(&c[7]) != '\0'
			    ? things_expr(t, o->arena, cell_words(&c[7]), o->name)
			    : NULL,
			.look = (enum look)word_of(
			    cell_words(&c[8]), look_words, 4) }));
	else if (strcmp(item, "tag") == 0)
		vec_push(&o->tags, things_tag(t, cell_words(&c[6]))->index);
	else if (strcmp(item, "command") == 0)
		vec_push(&o->commands,
		    ((struct object_command){
			.name = xstrdup(cell_words(&c[6])),
			.label = xstrdup(cell_words(&c[7])),
			.function = xstrdup(cell_words(&c[9])),
			.confirm = (enum confirm)word_of(
			    cell_words(&c[10]), confirm_words, 4),
			.safe = c[11].type == CELL_BOOL && c[11].as.on,
			.changed = c[12].type == CELL_UINT
			    ? (uint32_t)c[12].as.uint
			    : 0 }));
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

	if (!value_known(v))
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
