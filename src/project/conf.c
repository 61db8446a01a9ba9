/* SPDX-License-Identifier: ISC */
#include "project/conf.h"

#include <libconfig.h>
#include <stdio.h>
#include <string.h>

#include "project/lex.h"

#define GROUPS_MAX 150000	/* in one list */

/* A parsed text: libconfig's tree, and where its keys stand. */
struct conf {
	const struct reading *g;
	config_t tree;
	struct lexed lexed;
	struct place at;
	size_t next_column;	/* keys are walked in the order of the text */
};

static bool
is_marked(const config_setting_t *s)
{
	const char *name = config_setting_name(s);

	return name != NULL && strncmp(name, "**", 2) == 0;
}

/* Gives every named setting its column, in document order. */
static void
walk_columns(struct conf *c, config_setting_t *s)
{
	int i, n = config_setting_length(s);

	if (config_setting_name(s) != NULL &&
	    c->next_column < c->lexed.columns.n)
		config_setting_set_hook(
		    s, &c->lexed.columns.at[c->next_column++]);
	if (!config_setting_is_aggregate(s))
		return;
	for (i = 0; i < n; i++)
		walk_columns(c, config_setting_get_elem(s, (unsigned)i));
}

static bool
conf_open(struct conf *c, const struct reading *g, const char *text,
    size_t len, struct place at)
{
	*c = (struct conf){ .g = g, .at = at };
	config_init(&c->tree);
	lex(&c->lexed, text, len, at, g->report);
	if (c->lexed.broken)
		return false;
	if (!config_read_string(&c->tree, buf_string(&c->lexed.text))) {
		at.line += (uint32_t)config_error_line(&c->tree) - 1;
		report_error(g->report, at, "%s", config_error_text(&c->tree));
		return false;
	}
	if (at.column != 0)
		walk_columns(c, config_root_setting(&c->tree));
	return true;
}

static void
conf_close(struct conf *c)
{
	config_destroy(&c->tree);
	lex_fini(&c->lexed);
}

static struct place
place_of(const struct conf *c, const config_setting_t *s)
{
	struct place at = c->at;
	const uint16_t *column = NULL;

	if (config_setting_source_line(s) > 0)	/* the root has none */
		at.line += (uint32_t)config_setting_source_line(s) - 1;
	for (; s != NULL && column == NULL; s = config_setting_parent(s))
		column = config_setting_get_hook(s);
	at.column = at.column == 0 ? 0 : column != NULL ? *column : 1;
	return at;
}

static bool
was_repaired(const struct conf *c, uint32_t line)
{
	size_t low = 0, high = c->lexed.repaired.n, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (c->lexed.repaired.at[middle] == line)
			return true;
		if (c->lexed.repaired.at[middle] < line)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static struct scalar
scalar_of(const config_setting_t *s)
{
	struct scalar v = { .form = FORM_GROUPS };

	switch (config_setting_type(s)) {
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		v.form = FORM_INT;
		v.integer = config_setting_type(s) == CONFIG_TYPE_INT
		    ? config_setting_get_int(s)
		    : config_setting_get_int64(s);
		break;
	case CONFIG_TYPE_FLOAT:
		v.form = FORM_REAL;
		v.real = config_setting_get_float(s);
		break;
	case CONFIG_TYPE_BOOL:
		v.form = FORM_BOOL;
		v.on = config_setting_get_bool(s);
		break;
	case CONFIG_TYPE_STRING:
		v.form = FORM_STRING;
		v.string = config_setting_get_string(s);
		break;
	case CONFIG_TYPE_GROUP:
		v.form = FORM_GROUP;
		break;
	default:
		break;
	}
	return v;
}

static struct item *read_group(
    struct conf *c, const struct schema *s, config_setting_t *group);

static void
wrong(struct conf *c, const struct key *k, struct cell *cell,
    const char *wanted, struct place at)
{
	report_error(c->g->report, at, "\"%s\" must be %s", k->name, wanted);
	cell_reset(c->g, k, cell);
	cell->state = CELL_WRONG;
	cell->at = at;
}

/* { en = ".."; de = ".."; } */
static void
read_text(struct conf *c, const struct key *k, struct cell *cell,
    config_setting_t *s, struct place at)
{
	int i, n = config_setting_length(s);

	*cell = (struct cell){ .at = at, .form = FORM_TEXT };
	for (i = 0; i < n; i++) {
		config_setting_t *one = config_setting_get_elem(s, (unsigned)i);
		const char *text = config_setting_get_string(one);

		if (is_marked(one))
			continue;
		if (text == NULL)
			report_error(c->g->report, place_of(c, one),
			    "\"%s\" must be a text in each language", k->name);
		else if (c->g->n_languages == 0 && cell->text.in[0] == NULL)
			cell_set_language(c->g, cell, "", text, at);
		else if (c->g->n_languages > 0)
			cell_set_language(c->g, cell,
			    config_setting_name(one), text, place_of(c, one));
	}
	if (cell->text.in[0] == NULL) {
		report_error(c->g->report, at,
		    "\"%s\" has no text in the default language%s%s", k->name,
		    c->g->n_languages ? ", " : "",
		    c->g->n_languages ? c->g->languages[0] : "");
		cell->state = CELL_WRONG;
	}
}

static void
read_one_text(struct conf *c, const struct key *k, struct cell *cell,
    config_setting_t *s)
{
	struct place at = place_of(c, s);
	struct scalar v = scalar_of(s);

	if (v.form == FORM_GROUP)
		read_text(c, k, cell, s, at);
	else
		cell_take(c->g, k, cell, &v, at);
}

/* What one item of a list is. */
static enum form
item_form(enum form list)
{
	switch (list) {
	case FORM_SPANS:
		return FORM_SPAN;
	case FORM_REALS:
		return FORM_REAL;
	case FORM_TEXTS:
		return FORM_TEXT;
	case FORM_WORDS:
		return FORM_WORD;
	default:
		return FORM_STRING;
	}
}

static bool
count_is_fit(struct conf *c, const struct key *k, struct cell *cell, int n,
    struct place at)
{
	/* min and max of durations are theirs; there are always two */
	double min = k->form == FORM_SPANS ? 2 : k->min;
	double max = k->form == FORM_SPANS ? 2 : k->max;
	char wanted[80];

	if (max == 0 || (n >= min && n <= max))
		return true;
	if (min == max)
		snprintf(wanted, sizeof(wanted), "a list of %g", min);
	else
		snprintf(wanted, sizeof(wanted), "a list of %g to %g", min,
		    max);
	wrong(c, k, cell, wanted, at);
	return false;
}

static void
read_list(struct conf *c, const struct key *k, struct cell *cell,
    config_setting_t *s, struct place at)
{
	int i, n = config_setting_length(s);
	struct key one = *k;

	if (!count_is_fit(c, k, cell, n, at))
		return;
	one.form = (uint8_t)item_form(k->form);
	if (k->form != FORM_SPANS)
		one.min = one.max = 0;
	*cell = (struct cell){ .at = at, .form = k->form, .state = CELL_SET };
	if (k->form != FORM_WORDS)
		cell->list.at = arena_take(
		    c->g->arena, (size_t)n, sizeof(*cell->list.at));
	for (i = 0; i < n; i++) {
		struct cell got = { .at = at };

		if (was_repaired(c, at.line)) {
			cell->state = CELL_WRONG;
			break;
		}
		read_one_text(c, &one, &got,
		    config_setting_get_elem(s, (unsigned)i));
		if (got.state != CELL_SET)
			cell->state = CELL_WRONG;
		else if (k->form == FORM_WORDS)
			cell->bits |= 1u << got.integer;
		else
			cell->list.at[cell->list.n++] = got;
	}
}

/* ( "hr:2", 1042 ) */
static void
read_mark(struct conf *c, const struct key *k, struct cell *cell,
    config_setting_t *s, struct place at)
{
	struct key address = { .name = k->name, .form = FORM_ADDRESS };
	struct key number = { .name = k->name, .form = FORM_INT,
		.min = k->min, .max = k->max };
	struct scalar v;

	if (config_setting_length(s) != 2) {
		wrong(c, k, cell, "an address and an integer in ( )", at);
		return;
	}
	*cell = (struct cell){ .at = at, .form = FORM_MARK };
	cell->list.at = arena_take(c->g->arena, 2, sizeof(*cell->list.at));
	cell->list.n = 2;
	v = scalar_of(config_setting_get_elem(s, 0));
	cell_take(c->g, &address, &cell->list.at[0], &v, at);
	v = scalar_of(config_setting_get_elem(s, 1));
	cell_take(c->g, &number, &cell->list.at[1], &v, at);
	cell->state = cell_is_set(&cell->list.at[0]) &&
		cell_is_set(&cell->list.at[1]) ? CELL_SET : CELL_WRONG;
}

static void
read_groups(struct conf *c, const struct key *k, struct cell *cell,
    config_setting_t *s, struct place at)
{
	unsigned i, n = (unsigned)config_setting_length(s);

	*cell = (struct cell){ .at = at, .form = FORM_GROUPS,
		.state = CELL_SET };
	if (n > GROUPS_MAX) {
		report_error(c->g->report, at, "\"%s\" holds more than %d",
		    k->name, GROUPS_MAX);
		n = GROUPS_MAX;
	}
	cell->items.at = arena_take(c->g->arena, n, sizeof(*cell->items.at));
	for (i = 0; i < n; i++) {
		config_setting_t *one = config_setting_get_elem(s, i);

		if (config_setting_is_group(one))
			cell->items.at[cell->items.n++] =
			    read_group(c, k->group, one);
		else
			report_error(c->g->report, place_of(c, one),
			    "\"%s\" must hold groups { } only", k->name);
	}
}

static void
read_cell(struct conf *c, const struct key *k, struct cell *cell,
    config_setting_t *s)
{
	struct place at = place_of(c, s);
	struct scalar v = scalar_of(s);

	if (was_repaired(c, at.line) &&
	    (v.form == FORM_INT || v.form == FORM_REAL)) {
		cell->state = CELL_WRONG;
		return;
	}
	if (k->form == FORM_GROUP && v.form == FORM_GROUP) {
		*cell = (struct cell){ .at = at, .form = FORM_GROUP,
			.state = CELL_SET };
		cell->item = read_group(c, k->group, s);
	} else if (k->form == FORM_TEXT && v.form == FORM_GROUP) {
		read_text(c, k, cell, s, at);
	} else if (v.form != FORM_GROUPS) {
		cell_take(c->g, k, cell, &v, at);
	} else if (k->form == FORM_GROUPS) {
		read_groups(c, k, cell, s, at);
	} else if (k->form == FORM_MARK) {
		read_mark(c, k, cell, s, at);
	} else if (k->form >= FORM_STRINGS && k->form <= FORM_TEXTS) {
		read_list(c, k, cell, s, at);
	} else {
		cell_take(c->g, k, cell, &v, at);
	}
}

static struct item *
read_group(struct conf *c, const struct schema *s, config_setting_t *group)
{
	struct item *x = item_new(c->g, s, place_of(c, group));
	int i, row, n = config_setting_length(group);

	for (i = 0; i < n; i++) {
		config_setting_t *one =
		    config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(one);

		if (is_marked(one))
			continue;
		row = schema_find(s, name, strlen(name));
		if (row < 0)
			schema_unknown(c->g, s, name, place_of(c, one));
		else
			read_cell(c, &s->keys[row], &x->cells[row], one);
	}
	item_missing(c->g, x, KEY_REQUIRED);
	return x;
}

struct item *
conf_read(const struct reading *g, const struct schema *s, const char *text,
    size_t len, struct place at)
{
	struct conf c;
	struct item *x = NULL;

	if (conf_open(&c, g, text, len, at))
		x = read_group(&c, s, config_root_setting(&c.tree));
	conf_close(&c);
	return x;
}

static void
read_open_group(struct conf *c, const struct schema *s,
    config_setting_t *root, int n, const char **names, struct item **items,
    int *got)
{
	int i;

	for (i = 0; i < n; i++) {
		config_setting_t *one =
		    config_setting_get_elem(root, (unsigned)i);

		if (is_marked(one))
			continue;
		if (!config_setting_is_group(one)) {
			report_error(c->g->report, place_of(c, one),
			    "\"%s\" must be a group { }",
			    config_setting_name(one));
			continue;
		}
		names[*got] = arena_text(
		    c->g->arena, config_setting_name(one));
		items[(*got)++] = read_group(c, s, one);
	}
}

int
conf_read_open(const struct reading *g, const struct schema *s,
    const char *text, size_t len, struct place at, const char ***names,
    struct item ***items)
{
	struct conf c;
	config_setting_t *root;
	int n, got = -1;

	if (conf_open(&c, g, text, len, at)) {
		root = config_root_setting(&c.tree);
		n = config_setting_length(root);
		*names = arena_take(g->arena, (size_t)n, sizeof(**names));
		*items = arena_take(g->arena, (size_t)n, sizeof(**items));
		got = 0;
		read_open_group(&c, s, root, n, *names, *items, &got);
	}
	conf_close(&c);
	return got;
}

void
conf_read_cell(const struct reading *g, const struct key *k, struct cell *cell,
    const char *text, struct place at)
{
	struct conf c;
	char *whole = arena_printf(g->arena, "x = %s;", text);

	if (conf_open(&c, g, whole, strlen(whole), at)) {
		read_cell(&c, k, cell,
		    config_setting_get_elem(config_root_setting(&c.tree), 0));
	} else {
		cell_reset(g, k, cell);
		cell->state = CELL_WRONG;
	}
	conf_close(&c);
}
