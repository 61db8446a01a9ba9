/* SPDX-License-Identifier: ISC */
/*
 * read_type.c - types/: kinds of equipment. A type that extends another is
 * made one with it here: what has the same name replaces key by key, states
 * replace as a whole.
 */
#include <string.h>

#include "project/reader.h"

static void
add_type(struct reader *r, struct item *x)
{
	const struct cell *name = &x->cells[TYPE_NAME];
	struct type_def def = { .item = x,
		.index = (uint32_t)r->type_defs.n };

	if (!cell_is_set(name))
		return;
	def.name = keep(r, name->string);
	if (names_add(&r->types, def.name, def.index, name->at, r->report))
		vec_push(&r->type_defs, def);
}

static bool
has_prefix(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static const char *
item_name(const struct item *x)
{
	return cell_is_set(&x->cells[0]) ? x->cells[0].string : "";
}

static struct item *
signal_of(const struct type_def *t, const char *name)
{
	size_t i;

	for (i = 0; i < t->signals.n; i++) {
		if (strcmp(item_name(t->signals.at[i].item), name) == 0)
			return t->signals.at[i].item;
	}
	return NULL;
}

static struct item *
named(struct item *const *all, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(item_name(all[i]), name) == 0)
			return all[i];
	}
	return NULL;
}

/* Names that one type gives itself: signals and commands share a space. */
static bool
is_new(struct reader *r, struct names *seen, const struct item *x)
{
	const struct cell *name = &x->cells[0];

	return cell_is_set(name) &&
	    names_add(seen, name->string, 0, name->at, r->report);
}

static void
take_signals(struct reader *r, struct type_def *t, struct names *seen)
{
	const struct cell *c = &t->item->cells[TYPE_SIGNALS];
	struct item *old;
	uint32_t i;

	for (i = 0; cell_is_set(c) && i < c->items.n; i++) {
		if (!is_new(r, seen, c->items.at[i]))
			continue;
		old = signal_of(t, item_name(c->items.at[i]));
		if (old != NULL)
			item_merge(&r->g, old, c->items.at[i]);
		else
			vec_push(&t->signals,
			    ((struct signal_def){ .item = c->items.at[i] }));
	}
}

/* Commands and alarms. */
static void
take_items(struct reader *r, struct item_list *list, const struct cell *c,
    struct names *seen)
{
	struct item *old;
	uint32_t i;

	for (i = 0; cell_is_set(c) && i < c->items.n; i++) {
		if (!is_new(r, seen, c->items.at[i]))
			continue;
		old = named(list->at, list->n, item_name(c->items.at[i]));
		if (old != NULL)
			item_merge(&r->g, old, c->items.at[i]);
		else
			vec_push(list, c->items.at[i]);
	}
}

static void
take_states(struct reader *r, struct type_def *t, struct names *seen)
{
	const struct cell *c = &t->item->cells[TYPE_STATES];
	uint32_t i;

	if (!cell_is_set(c))
		return;
	vec_clear(&t->states);
	for (i = 0; i < c->items.n; i++) {
		if (is_new(r, seen, c->items.at[i]))
			vec_push(&t->states, c->items.at[i]);
	}
	if (t->states.n > PLANT_STATES) {
		report_error(r->report, c->at, "more than %d states",
		    PLANT_STATES);
		t->states.n = PLANT_STATES;
	}
}

static void
check_signal_name(struct reader *r, const struct type_def *t,
    const struct cell *c, const char *key)
{
	const char *best = NULL;
	char hint[NEAR_CAP];
	unsigned distance = 0;
	size_t i;

	if (!cell_is_set(c) || signal_of(t, c->string) != NULL)
		return;
	for (i = 0; i < t->signals.n; i++)
		near_offer(c->string, item_name(t->signals.at[i].item), &best,
		    &distance);
	report_error(r->report, c->at,
	    "unknown signal \"%s\" for \"%s\" in type \"%s\"%s", c->string,
	    key, t->name, near_text(hint, best));
}

static void
check_command(struct reader *r, const struct type_def *t, struct item *x)
{
	const struct cell *feedback = &x->cells[COMMAND_FEEDBACK];

	item_missing(&r->g, x, KEY_LATE);
	check_signal_name(r, t, feedback, "feedback");
	if (x->cells[COMMAND_KIND_KEY].integer != COMMAND_LEVEL &&
	    !cell_is_there(feedback))
		report_error(r->report, x->at, "missing key \"feedback\": a "
		    "pulse must name the signal that shows its effect");
	if (cell_is_set(&x->cells[COMMAND_PULSE]) &&
	    x->cells[COMMAND_KIND_KEY].integer != COMMAND_TIMED)
		report_warning(r->report, x->cells[COMMAND_PULSE].at,
		    "\"pulse\" means nothing without kind = \"timed\"");
}

static void
check_type(struct reader *r, struct type_def *t)
{
	size_t i;

	check_signal_name(r, t, &t->item->cells[TYPE_MAIN], "main");
	if (cell_is_set(&t->item->cells[TYPE_POLL]))
		names_get(&r->polls, t->item->cells[TYPE_POLL].string,
		    t->item->cells[TYPE_POLL].at, r->report);
	if (cell_is_set(&t->item->cells[TYPE_SUPPRESS_MORE]) &&
	    !cell_is_there(&t->item->cells[TYPE_SUPPRESS]))
		report_warning(r->report,
		    t->item->cells[TYPE_SUPPRESS_MORE].at,
		    "\"suppress_more\" means nothing without \"suppress\"");
	for (i = 0; i < t->commands.n; i++)
		check_command(r, t, t->commands.at[i]);
	for (i = 0; i < t->alarms.n; i++) {
		struct item *x = t->alarms.at[i];

		item_missing(&r->g, x, KEY_LATE);
		check_signal_name(r, t, &x->cells[ALARM_OF], "of");
		if (!cell_is_there(&x->cells[ALARM_OF]))
			report_error(r->report, x->at,
			    "missing key \"of\" in an alarm");
	}
}

/* What the parent has, as copies that the child may change. */
static void
inherit(struct reader *r, struct type_def *t, const struct type_def *parent)
{
	struct item *own = t->item;
	size_t i;

	t->item = item_copy(&r->g, parent->item);
	for (i = TYPE_SIGNALS; i <= TYPE_ALARMS; i++)
		t->item->cells[i].state = CELL_UNSET;
	t->item->cells[TYPE_STATES].state = CELL_UNSET;
	item_merge(&r->g, t->item, own);
	for (i = 0; i < parent->signals.n; i++)
		vec_push(&t->signals, ((struct signal_def){ .item =
		    item_copy(&r->g, parent->signals.at[i].item) }));
	for (i = 0; i < parent->commands.n; i++)
		vec_push(&t->commands,
		    item_copy(&r->g, parent->commands.at[i]));
	for (i = 0; i < parent->alarms.n; i++)
		vec_push(&t->alarms, item_copy(&r->g, parent->alarms.at[i]));
	for (i = 0; i < parent->states.n; i++)
		vec_push(&t->states, parent->states.at[i]);
}

#define ITEMS_MAX 500	/* signals, commands, alarms of a type, each */

/* So that a chain of types cannot fill the memory. */
static void
bound(struct reader *r, struct type_def *t)
{
	if (t->signals.n <= ITEMS_MAX && t->commands.n <= ITEMS_MAX &&
	    t->alarms.n <= ITEMS_MAX)
		return;
	report_error(r->report, t->item->at,
	    "type \"%s\" has more than %d signals, commands or alarms",
	    t->name, ITEMS_MAX);
	t->signals.n = t->commands.n = t->alarms.n = 0;
}

static void
resolve(struct reader *r, struct type_def *t, unsigned depth)
{
	const struct cell *extends = &t->item->cells[TYPE_EXTENDS];
	struct names seen = { .what = "signal or command" };
	struct names alarms = { .what = "alarm" };
	struct names states = { .what = "state" };
	struct type_def *parent;
	uint32_t index;

	if (t->state == TYPE_DONE)
		return;
	t->state = TYPE_BUSY;
	if (cell_is_set(extends)) {
		index = names_get(
		    &r->types, extends->string, extends->at, r->report);
		parent = index == UINT32_MAX ? NULL : &r->type_defs.at[index];
		if (parent != NULL &&
		    (parent->state == TYPE_BUSY || depth > 16)) {
			report_error(r->report, extends->at,
			    "type \"%s\" extends itself", t->name);
		} else if (parent != NULL) {
			resolve(r, parent, depth + 1);
			inherit(r, t, parent);
		}
	}
	take_signals(r, t, &seen);
	take_items(r, &t->commands, &t->item->cells[TYPE_COMMANDS], &seen);
	take_items(r, &t->alarms, &t->item->cells[TYPE_ALARMS], &alarms);
	take_states(r, t, &states);
	bound(r, t);
	check_type(r, t);
	names_fini(&seen);
	names_fini(&alarms);
	names_fini(&states);
	t->state = TYPE_DONE;
}

static void
build_types(struct reader *r)
{
	struct type *types = arena_take(
	    r->arena, r->type_defs.n, sizeof(*types));
	size_t i;

	for (i = 0; i < r->type_defs.n; i++) {
		const struct type_def *t = &r->type_defs.at[i];
		const struct cell *face = &t->item->cells[TYPE_FACEPLATE];

		types[i].name = t->name;
		types[i].title =
		    cell_title(r, &t->item->cells[TYPE_TITLE], t->name);
		types[i].faceplate =
		    cell_is_set(face) ? keep(r, face->string) : NULL;
	}
	r->plant->types = types;
	r->plant->n_types = (uint32_t)r->type_defs.n;
}

/* One type, or a family: `types = ( .. )`. */
static void
add_file(struct reader *r, struct item *x)
{
	const struct cell *one = &x->cells[TYPEFILE_TYPE];
	const struct cell *many = &x->cells[TYPEFILE_TYPES];
	uint32_t i;

	if (cell_is_set(one) == cell_is_set(many)) {
		r->types.unsure = true;
		if (one->state != CELL_WRONG && many->state != CELL_WRONG)
			report_error(r->report, x->at,
			    "a type's file has either \"type\" or \"types\"");
		return;
	}
	if (cell_is_set(one))
		add_type(r, one->item);
	else
		for (i = 0; i < many->items.n; i++)
			add_type(r, many->items.at[i]);
}

void
read_types(struct reader *r)
{
	struct item *x;
	size_t i;

	for (i = 0; i < r->files->all.n; i++) {
		if (!has_prefix(r->files->all.at[i].name, "types/"))
			continue;
		x = reader_conf(
		    r, r->files->all.at[i].name, &schema_typefile);
		if (x == NULL)
			r->types.unsure = true;
		else
			add_file(r, x);
	}
	for (i = 0; i < r->type_defs.n; i++)
		resolve(r, &r->type_defs.at[i], 0);
	build_types(r);
}
