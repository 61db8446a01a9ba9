/* SPDX-License-Identifier: ISC */
#include "project/outline.h"

#include <stdlib.h>
#include <string.h>

#include "project/conf.h"
#include "project/keys.h"
#include "project/source.h"

#define AS_VALUES                                                              \
	(FIGURE_BIT(FIGURE_AVG) | FIGURE_BIT(FIGURE_MIN) |                     \
	    FIGURE_BIT(FIGURE_MAX) | FIGURE_BIT(FIGURE_LAST) |                 \
	    FIGURE_BIT(FIGURE_COUNT))
#define AS_HOURS (FIGURE_BIT(FIGURE_HOURS) | FIGURE_BIT(FIGURE_STARTS))
#define GOOD FIGURE_BIT(FIGURE_GOOD)

/* Keys of a section: which it must have, which it may have. */
#define HAS(key) (1u << (key))
static const struct {
	uint32_t must, may;
	uint32_t figures, standard;	/* that it can show, shows by itself */
} rules[] = {
	[SECTION_OF_VALUES] = { HAS(SECTION_TAGS), HAS(SECTION_SHOW),
	    AS_VALUES | GOOD,
	    FIGURE_BIT(FIGURE_AVG) | FIGURE_BIT(FIGURE_MIN) |
		FIGURE_BIT(FIGURE_MAX) },
	[SECTION_OF_TOTALS] = {
	    HAS(SECTION_TAGS) | HAS(SECTION_UNIT), HAS(SECTION_PER), 0, 0 },
	[SECTION_OF_HOURS] = { HAS(SECTION_TAGS), HAS(SECTION_SHOW),
	    AS_HOURS | GOOD, AS_HOURS },
	[SECTION_OF_ALARMS] = { 0, HAS(SECTION_TAGS), 0, 0 },
	[SECTION_OF_ACTIONS] = { 0, HAS(SECTION_TAGS), 0, 0 },
	[SECTION_OF_STANDING] = { 0, HAS(SECTION_TAGS), 0, 0 },
};
static const int64_t bases[] = { 1000, 60000, 3600000, 86400000 };

struct outline_reading {
	struct reading g;	/* its arena goes, the outline's stays */
	struct arena *keep;
};

static struct text
keep_title(const struct outline_reading *x, const struct cell *c)
{
	struct text t = { { "" } };
	unsigned i;

	for (i = 0; cell_is_set(c) && i < PLANT_LANGUAGES; i++)
		if (c->text.in[i] != NULL)
			t.in[i] = arena_text(x->keep, c->text.in[i]);
	return t;
}

/* Keys that the kind must have, and those that mean nothing to it. */
static void
check_keys(const struct outline_reading *x, const struct item *item,
    enum section_kind kind)
{
	static const unsigned all[] = { SECTION_TAGS, SECTION_SHOW,
		SECTION_PER, SECTION_UNIT };
	const char *name, *what = section_kind_name(kind);
	const struct cell *c;
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		c = &item->cells[all[i]];
		name = item->schema->keys[all[i]].name;
		if ((rules[kind].must & HAS(all[i])) != 0 && !cell_is_there(c))
			report_error(x->g.report, item->at,
			    "missing key \"%s\" in a section of %s", name,
			    what);
		else if (cell_is_there(c) &&
		    ((rules[kind].must | rules[kind].may) & HAS(all[i])) == 0)
			report_error(x->g.report, c->at,
			    "\"%s\" means nothing in a section of %s", name,
			    what);
	}
}

static uint32_t
take_show(const struct outline_reading *x, const struct cell *c,
    enum section_kind kind)
{
	int f;

	if (!cell_is_set(c) || c->bits == 0 ||
	    (rules[kind].may & HAS(SECTION_SHOW)) == 0)
		return rules[kind].standard;
	for (f = 0; f <= FIGURE_STARTS; f++)
		if ((c->bits & FIGURE_BIT(f)) != 0 &&
		    (rules[kind].figures & FIGURE_BIT(f)) == 0)
			report_error(x->g.report, c->at,
			    "a section of %s cannot show \"%s\"",
			    section_kind_name(kind),
			    figure_name((enum figure)f));
	return c->bits;
}

static void
take_names(const struct outline_reading *x, struct outline_section *s,
    const struct cell *c)
{
	const char **names;
	uint32_t i;

	s->names_at = c->at;
	if (!cell_is_set(c))
		return;
	names = arena_take(x->keep, c->list.n, sizeof(*names));
	for (i = 0; i < c->list.n; i++)
		names[i] = arena_text(x->keep, c->list.at[i].string);
	s->names = names;
	s->n_names = c->list.n;
}

static void
take_section(const struct outline_reading *x, struct outline_section *s,
    const struct item *item)
{
	const struct cell *c = item->cells;

	s->at = item->at;
	s->title = keep_title(x, &c[SECTION_TITLE]);
	take_names(x, s, &c[SECTION_TAGS]);
	if (!cell_is_set(&c[SECTION_KIND]))
		return;
	s->kind = (uint8_t)c[SECTION_KIND].integer;
	check_keys(x, item, (enum section_kind)s->kind);
	s->show =
	    take_show(x, &c[SECTION_SHOW], (enum section_kind)s->kind);
	if (cell_is_set(&c[SECTION_PER])) {
		s->per = item->schema->keys[SECTION_PER]
			     .words[c[SECTION_PER].integer];
		s->base.ms = bases[c[SECTION_PER].integer];
	}
	s->unit_at = c[SECTION_UNIT].at;
	if (cell_is_set(&c[SECTION_UNIT]))
		s->unit = arena_text(x->keep, c[SECTION_UNIT].string);
}

/* reports/shift.conf holds the report shift. */
static void
take_name(const struct outline_reading *x, struct outline *o,
    const struct cell *c, const char *file)
{
	char *own;

	if (!cell_is_set(c))
		return;
	o->name = arena_text(x->keep, c->string);
	own = xasprintf("reports/%s.conf", o->name);
	if (strcmp(own, file) != 0)
		report_error(x->g.report, c->at,
		    "report \"%s\" must stand in %s", o->name, own);
	free(own);
}

static void
take_outline(const struct outline_reading *x, struct outline *o,
    const struct item *item, const char *file)
{
	const struct cell *c = item->cells;
	struct outline_section *sections;
	uint32_t i, n = 0;

	o->at = item->at;
	take_name(x, o, &c[REPORT_NAME], file);
	o->title = keep_title(x, &c[REPORT_TITLE]);
	if (*o->title.in[0] == '\0' && o->name != NULL)
		o->title.in[0] = o->name;
	if (cell_is_set(&c[REPORT_PERIOD]))
		o->period = (uint8_t)c[REPORT_PERIOD].integer;
	o->by_area = cell_is_set(&c[REPORT_BY]);
	if (cell_is_set(&c[REPORT_SECTIONS]))
		n = c[REPORT_SECTIONS].items.n;
	sections = arena_take(x->keep, n, sizeof(*sections));
	for (i = 0; i < n; i++)
		take_section(x, &sections[i], c[REPORT_SECTIONS].items.at[i]);
	o->sections = sections;
	o->n_sections = n;
}

struct outline *
outline_parse(const char *file, const char *text, size_t len,
    const char *const *languages, unsigned n, struct report *r)
{
	struct place at = { report_file(r, file), 0, 1 };
	struct outline_reading x = { .g = { .report = r, .file = at.file } };
	unsigned errors = r->errors;
	const struct item *item;
	struct outline *o;

	if (len > OUTLINE_BYTES_MAX) {
		report_error(r, at, "larger than 256 KiB");
		return NULL;
	}
	x.keep = arena_new();
	x.g.arena = arena_new();
	for (; x.g.n_languages < n; x.g.n_languages++)
		x.g.languages[x.g.n_languages] = languages[x.g.n_languages];
	o = arena_take(x.keep, 1, sizeof(*o));
	o->arena = x.keep;
	text = source_clean(x.g.arena, text, len, at.file, false, r, &len);
	item = conf_read(&x.g, &schema_reportfile, text, len, at);
	if (item != NULL && cell_is_set(&item->cells[REPORTFILE_REPORT]))
		take_outline(
		    &x, o, item->cells[REPORTFILE_REPORT].item, file);
	arena_free(x.g.arena);
	if (item != NULL && r->errors == errors)
		return o;
	outline_free(o);
	return NULL;
}

void
outline_free(struct outline *o)
{
	if (o != NULL)
		arena_free(o->arena);
}

bool
outline_unit_fits(const char *tag, const char *unit, const char *per)
{
	size_t len = strlen(unit), base = strlen(per);

	if (strncmp(tag, unit, len) == 0 && tag[len] == '/' &&
	    strcmp(tag + len + 1, per) == 0)
		return true;
	return len > base && strcmp(unit + len - base, per) == 0 &&
	    strlen(tag) == len - base && strncmp(tag, unit, len - base) == 0;
}

const char *
section_kind_name(enum section_kind k)
{
	return schema_section.keys[SECTION_KIND].words[k];
}

const char *
figure_name(enum figure f)
{
	return schema_section.keys[SECTION_SHOW].words[f];
}
