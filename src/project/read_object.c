/* SPDX-License-Identifier: ISC */
/*
 * read_object.c - objects.csv: what stands in the plant.
 *
 * A type's signals, commands and alarms become tags, commands and alarms of
 * each object. A filled cell under SIGNAL.KEY, COMMAND.KEY or ALARM.KEY gives
 * this object a copy of the item with the key replaced.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "project/making.h"

enum column {
	COLUMN_NAME, COLUMN_TYPE, COLUMN_AREA, COLUMN_DEVICE,
	COLUMN_COIL, COLUMN_DI, COLUMN_IR, COLUMN_HR,	/* as enum space */
	COLUMN_TITLE, COLUMN_WAS, COLUMN_SUPPRESS, COLUMN_SUPPRESS_MORE,
	COLUMNS
};
static const char *const columns[] = { "name", "type", "area", "device",
	"coil", "di", "ir", "hr", "title", "was", "suppress",
	"suppress_more" };

struct sheet {
	struct table table;
	int of[COLUMNS];	/* the column, or -1 */
	uint16_t file;
};

static bool
is_override(const char *name)
{
	const char *dot = strchr(name, '.');

	return dot != NULL && strncmp(name, "title.", 6) != 0;
}

static void
unknown_column(struct reader *r, const char *name, struct place at)
{
	const char *best = NULL;
	char hint[NEAR_CAP];
	unsigned distance = 0;
	int i;

	for (i = 0; i < COLUMNS; i++)
		near_offer(name, columns[i], &best, &distance);
	report_error(r->report, at, "unknown column \"%s\"%s", name,
	    near_text(hint, best));
}

static bool
find_columns(struct reader *r, struct sheet *s)
{
	struct place at = { s->file, 0, 1 };
	uint32_t i;
	int c;

	for (c = 0; c < COLUMNS; c++)
		s->of[c] = -1;
	for (i = 0; i < s->table.columns; i++) {
		const char *name = s->table.header[i];

		for (c = 0; c < COLUMNS; c++) {
			if (strcmp(name, columns[c]) == 0)
				break;
		}
		if (c < COLUMNS)
			s->of[c] = (int)i;
		else if (*name != '\0' && !is_override(name) &&
		    strncmp(name, "title.", 6) != 0)
			unknown_column(r, name, at);
	}
	for (c = COLUMN_NAME; c <= COLUMN_AREA; c++) {
		if (s->of[c] < 0)
			report_error(r->report, at, "missing column \"%s\"",
			    columns[c]);
	}
	return s->of[COLUMN_NAME] >= 0 && s->of[COLUMN_TYPE] >= 0 &&
	    s->of[COLUMN_AREA] >= 0;
}

static const char *
cell_of(const struct sheet *s, const struct row *row, enum column c)
{
	return s->of[c] < 0 ? "" : row->cells[s->of[c]];
}

static bool
take_base(struct reader *r, const struct sheet *s, struct making *m,
    unsigned space)
{
	const char *text = cell_of(s, m->row, (enum column)(COLUMN_COIL +
	    space));
	char *end;
	unsigned long n;

	m->base[space] = NONE;
	if (*text == '\0')
		return true;
	n = strtoul(text, &end, 10);
	if (strspn(text, "0123456789") != strlen(text)) {
		report_error(r->report, m->at,
		    "\"%s\" must be an integer, not \"%.20s\"",
		    space_name((enum space)space), text);
		return false;
	}
	if (n > 65536) {
		report_error(r->report, m->at, "\"%s\" is %.20s: an address "
		    "is not beyond 65535", space_name((enum space)space),
		    text);
		return false;
	}
	m->base[space] = (uint32_t)n;
	return true;
}

static void
take_title(struct reader *r, const struct sheet *s, struct making *m)
{
	struct cell title = { .at = m->at };
	uint32_t i;

	for (i = 0; i < s->table.columns; i++) {
		const char *name = s->table.header[i];
		const char *text = m->row->cells[i];

		if (strncmp(name, "title", 5) != 0 || *text == '\0')
			continue;
		if (name[5] == '\0')
			cell_set_language(&r->g, &title, "", text, m->at);
		else if (name[5] == '.')
			cell_set_language(
			    &r->g, &title, name + 6, text, m->at);
	}
	if (title.text.in[0] == NULL)
		title.text.in[0] = m->object.name;
	m->title = keep_text(r, &title.text);
	m->object.title = m->title;
}

/* P20: the name that it had before. */
static bool
take_was(struct reader *r, struct making *m, const char *was)
{
	if (*was == '\0')
		return true;
	if (!name_is_object(was)) {
		report_error(r->report, m->at, "bad name \"%s\" in column "
		    "\"was\"; write upper case such as P-101A", was);
		return false;
	}
	m->object.was = keep(r, was);
	return true;
}

/* Name, type, area, device; false if the object cannot be made. */
static bool
take_fixed(struct reader *r, const struct sheet *s, struct making *m)
{
	const char *name = cell_of(s, m->row, COLUMN_NAME);
	const char *type = cell_of(s, m->row, COLUMN_TYPE);
	const char *area = cell_of(s, m->row, COLUMN_AREA);
	const char *device = cell_of(s, m->row, COLUMN_DEVICE);
	uint32_t index;

	if (!name_is_object(name)) {
		report_error(r->report, m->at, "bad name \"%s\" of an object; "
		    "write upper case such as P-101A", name);
		return false;
	}
	m->object.name = keep(r, name);
	if (!names_add(&r->things, m->object.name,
		(uint32_t)r->all_objects.n, m->at, r->report))
		return false;
	m->object.area = names_get(&r->areas, area, m->at, r->report);
	if (!take_was(r, m, cell_of(s, m->row, COLUMN_WAS)))
		return false;
	m->object.device = NONE;
	if (*device != '\0')
		m->object.device =
		    names_get(&r->devices, device, m->at, r->report);
	index = names_get(&r->types, type, m->at, r->report);
	if (index == UINT32_MAX || m->object.area == UINT32_MAX ||
	    (*device != '\0' && m->object.device == NONE))
		return false;
	m->type = &r->type_defs.at[index];
	m->object.type = index;
	return true;
}

/* Of all its alarms: here, else as the type has it. */
static void
take_suppress(struct reader *r, const struct sheet *s, struct making *m)
{
	static const enum column both[] = { COLUMN_SUPPRESS,
		COLUMN_SUPPRESS_MORE };
	struct item *own = NULL;
	const char *text;
	unsigned i;

	m->item = m->type->item;
	for (i = 0; i < 2; i++) {
		text = cell_of(s, m->row, both[i]);
		if (*text == '\0')
			continue;
		if (own == NULL)
			own = item_copy(&r->g, m->item);
		cell_override(r, own, columns[both[i]], text, m->at);
		m->item = own;
	}
	if (own != NULL && cell_is_set(&own->cells[TYPE_SUPPRESS_MORE]) &&
	    !cell_is_there(&own->cells[TYPE_SUPPRESS]))
		report_warning(r->report, m->at,
		    "\"suppress_more\" means nothing without \"suppress\"");
}

static void
take_overrides(struct reader *r, const struct sheet *s, struct making *m)
{
	uint32_t i;

	for (i = 0; i < s->table.columns; i++) {
		if (*m->row->cells[i] != '\0' &&
		    is_override(s->table.header[i]))
			making_override(r, m, s->table.header[i], m->row->cells[i]);
	}
}

const char *
making_name(struct reader *r, const struct making *m, const struct item *x)
{
	return arena_printf(r->arena, "%s.%s", m->object.name,
	    x->cells[0].string);
}

static void
make_tags(struct reader *r, struct making *m)
{
	static const uint8_t sources[] = { TAG_AT, TAG_EXPR, TAG_INTERNAL,
		TAG_MANUAL };
	size_t i;
	uint32_t index;

	m->object.tags = (uint32_t)r->all_tags.n;
	for (i = 0; i < m->signals.n; i++) {
		struct signal_def *d = &m->signals.at[i];

		index = NONE;
		if (!making_is_gone(r, d->item, sources, 4)) {
			m->home.name = making_name(r, m, d->item);
			m->home.was = name_before(r, m->object.name,
			    m->object.was, &d->item->cells[TAG_WAS],
			    d->item->cells[TAG_NAME].string);
			index = tag_add(r, d, &m->home);
			m->type->signals.at[i].failed |= index == NONE;
		}
		vec_push(&m->tags, index);
		/* what was made once serves the type's other objects */
		if (m->type->signals.at[i].item == d->item) {
			d->failed = m->type->signals.at[i].failed;
			m->type->signals.at[i] = *d;
		}
	}
	m->object.n_tags = (uint32_t)r->all_tags.n - m->object.tags;
}

uint32_t
making_tag(const struct making *m, const struct cell *c)
{
	int i = cell_is_set(c) ? making_signal(m, c->string, strlen(c->string))
			       : -1;

	return i < 0 ? NONE : m->tags.at[i];
}

static void
make_states(struct reader *r, struct making *m)
{
	size_t i, n = m->type->states.n;
	struct state *states = arena_take(r->arena, n, sizeof(*states));

	for (i = 0; i < n; i++) {
		const struct item *x = m->type->states.at[i];
		struct pending when = { .target = TARGET_SLOT,
			.slot = &states[i].when,
			.object = (uint32_t)r->all_objects.n };

		states[i].name = keep(r, x->cells[STATE_NAME].string);
		states[i].title = cell_title(
		    r, &x->cells[STATE_TITLE], states[i].name);
		states[i].look = (uint8_t)x->cells[STATE_LOOK].integer;
		pend_limit(r, &x->cells[STATE_WHEN], "when", when);
	}
	m->object.states = states;
	m->object.n_states = (unsigned)n;
}

static void
copy_type(struct making *m)
{
	const struct type_def *t = m->type;
	size_t i;

	vec_clear(&m->signals);
	vec_clear(&m->commands);
	vec_clear(&m->alarms);
	vec_clear(&m->tags);
	for (i = 0; i < t->signals.n; i++)
		vec_push(&m->signals, t->signals.at[i]);
	for (i = 0; i < t->commands.n; i++)
		vec_push(&m->commands, t->commands.at[i]);
	for (i = 0; i < t->alarms.n; i++)
		vec_push(&m->alarms, t->alarms.at[i]);
}

static void
make_object(struct reader *r, const struct sheet *s, struct making *m)
{
	const struct cell *poll;
	unsigned space;
	bool fit = true;
	size_t i;

	m->object = (struct object){ .main = NONE,
		.disagree = NONE, .bypass = NONE };
	m->interlocked = false;
	if (!take_fixed(r, s, m))
		return;
	for (space = 0; space < 4; space++)
		fit &= take_base(r, s, m, space);
	if (!fit)
		return;
	copy_type(m);
	take_title(r, s, m);
	take_overrides(r, s, m);
	take_suppress(r, s, m);
	poll = &m->type->item->cells[TYPE_POLL];
	m->home = (struct tag_home){ .object = (uint32_t)r->all_objects.n,
		.area = m->object.area, .device = m->object.device,
		.base = m->base, .title = &m->title, .row = m->at,
		.poll = cell_is_set(poll) ? poll->string : NULL };
	make_tags(r, m);
	m->object.main = making_tag(m, &m->type->item->cells[TYPE_MAIN]);
	m->object.commands = (uint32_t)r->all_commands.n;
	for (i = 0; i < m->commands.n; i++)
		making_command(r, m, m->commands.at[i]);
	m->object.n_commands =
	    (uint32_t)r->all_commands.n - m->object.commands;
	making_alarms(r, m);
	make_states(r, m);
	vec_push(&r->all_objects, m->object);
}

void
read_objects(struct reader *r)
{
	struct sheet s = { .file = 0 };
	struct making m = { .type = NULL };
	const char *text;
	uint32_t i;
	size_t len;

	text = reader_text(r, "objects.csv", &len);
	if (text == NULL)
		return;
	s.file = r->g.file;
	if (!table_read(&s.table, r->scratch, text, len, s.file, r->report) ||
	    !find_columns(r, &s)) {
		r->tags.unsure = true;
		return;
	}
	for (i = 0; i < s.table.n && !r->full; i++) {
		m.row = &s.table.rows[i];
		m.at = (struct place){ s.file, 0, m.row->line };
		make_object(r, &s, &m);
	}
	vec_free(&m.signals);
	vec_free(&m.commands);
	vec_free(&m.alarms);
	vec_free(&m.tags);
}
