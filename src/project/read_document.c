/* SPDX-License-Identifier: ISC */
/*
 * read_document.c - reports/ and screens/: what stays text in the plant, and
 * is drawn by the programs.
 */
#include <string.h>

#include "project/outline.h"
#include "project/reader.h"
#include "project/screen.h"

/* screens/clearwater.screen -> clearwater; NULL if said to be no name. */
static const char *
base_name(struct reader *r, const char *file, const char *folder,
    const char *ending, const char *what)
{
	size_t skip = strlen(folder), len = strlen(file) - strlen(ending);
	const char *name;

	if (strncmp(file, folder, skip) != 0)
		return NULL;
	name = arena_textn(r->arena, file + skip, len - skip);
	if (name_is_plain(name))
		return name;
	report_error(r->report,
	    (struct place){ report_file(r->report, file), 0, 0 },
	    "bad name \"%s\" of a %s", name, what);
	return NULL;
}

static struct document
document_of(
    struct reader *r, const struct project_file *f, const char *name)
{
	return (struct document){ .name = name,
		.file = keep(r, f->name),
		.text = arena_textn(r->arena, f->text, f->len),
		.len = f->len };
}

static void
read_documents(struct reader *r, const char *folder, const char *ending,
    struct names *names, struct documents *into)
{
	struct place at = { 0, 0, 1 };
	const char *name;
	size_t i;

	for (i = 0; i < r->files->all.n; i++) {
		const struct project_file *f = &r->files->all.at[i];

		name = base_name(r, f->name, folder, ending, names->what);
		if (name == NULL)
			continue;
		at.file = report_file(r->report, f->name);
		if (names_add(
			names, name, (uint32_t)into->n, at, r->report))
			vec_push(into, document_of(r, f, name));
	}
}

void
read_reports(struct reader *r)
{
	read_documents(r, "reports/", ".conf", &r->reports, &r->all_reports);
}

void
read_screens(struct reader *r)
{
	read_documents(r, "screens/", ".screen", &r->screens, &r->all_screens);
}

/* A screen whose parents lead back to it: one could not go up. */
static void
check_parents(struct reader *r, const uint32_t *parents,
    const struct place *places)
{
	uint32_t i, at, steps;

	for (i = 0; i < r->plant->n_screens; i++) {
		at = parents[i];
		for (steps = 0; at != NONE && at != i &&
		     steps < r->plant->n_screens; steps++)
			at = parents[at];
		if (at == i)
			report_error(r->report, places[i],
			    "screen \"%s\" is above itself",
			    r->plant->screens[i].name);
	}
}

static void
check_screen(struct reader *r, const struct document *d, uint32_t *parent,
    struct place *place)
{
	const struct document *above;
	const struct plant *p = r->plant;
	struct screen *s = screen_parse(d->file, d->text, d->len,
	    p->languages, p->n_languages, r->report);

	if (s == NULL)
		return;
	if (strcmp(s->name, d->name) != 0)
		report_error(r->report, s->at,
		    "screen \"%s\" must stand in screens/%s.screen", s->name,
		    s->name);
	screen_check(s, p, r->report);
	above = s->parent ? plant_screen(p, s->parent) : NULL;
	*parent = above ? (uint32_t)(above - p->screens) : NONE;
	*place = s->parent_at;
	screen_free(s);
}

void
check_screens(struct reader *r)
{
	uint32_t i, n = r->plant->n_screens;
	uint32_t *parents = arena_take(r->scratch, n, sizeof(*parents));
	struct place *places = arena_take(r->scratch, n, sizeof(*places));

	for (i = 0; i < n; i++) {
		parents[i] = NONE;
		check_screen(
		    r, &r->plant->screens[i], &parents[i], &places[i]);
	}
	check_parents(r, parents, places);
}

static void
check_report(struct reader *r, const struct document *d)
{
	const struct plant *p = r->plant;
	struct outline *o = outline_parse(d->file, d->text, d->len,
	    p->languages, p->n_languages, r->report);

	if (o == NULL)
		return;
	outline_check(o, p, r->report);
	outline_free(o);
}

void
check_reports(struct reader *r)
{
	uint32_t i;

	for (i = 0; i < r->plant->n_reports; i++)
		check_report(r, &r->plant->reports[i]);
}
