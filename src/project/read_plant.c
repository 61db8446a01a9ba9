/* SPDX-License-Identifier: ISC */
/* read_plant.c - plant.conf: languages, areas, shifts, poll classes. */
#include <string.h>

#include "base/when.h"
#include "project/reader.h"

static bool
is_language(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz");

	return (n == 2 || n == 3) &&
	    (s[n] == '\0' || (s[n] == '_' && strlen(s + n) == 3));
}

static void
take_languages(struct reader *r, const struct cell *c)
{
	/* the cell was read with another report */
	struct place at = { report_file(r->report, "plant.conf"), 0,
		c->at.line };
	uint32_t i, j;

	for (i = 0; cell_is_set(c) && i < c->list.n; i++) {
		const char *s = c->list.at[i].string;

		if (!is_language(s)) {
			report_error(r->report, at,
			    "bad language \"%.20s\"; write \"en\"", s);
			continue;
		}
		for (j = 0; j < r->g.n_languages; j++) {
			if (strcmp(r->g.languages[j], s) == 0)
				report_error(r->report, at,
				    "repeated language \"%s\"", s);
		}
		r->g.languages[r->g.n_languages++] = keep(r, s);
	}
	memcpy(r->plant->languages, r->g.languages,
	    sizeof(r->plant->languages));
	r->plant->n_languages = r->g.n_languages;
}

static void
add_area(struct reader *r, const struct item *x)
{
	const struct cell *name = &x->cells[AREA_NAME];
	const char *dot, *full;
	const struct name *outer;
	struct area area = { .parent = NONE };

	if (!cell_is_set(name))
		return;
	full = keep(r, name->string);
	if (!names_add(&r->areas, full, (uint32_t)r->all_areas.n, name->at,
		r->report))
		return;
	dot = strrchr(full, '.');
	if (dot != NULL) {
		outer = names_find(&r->areas, full, (size_t)(dot - full));
		if (outer != NULL)
			area.parent = outer->index;
		else
			report_error(r->report, name->at,
			    "unknown area \"%.*s\": it must stand before "
			    "\"%s\"", (int)(dot - full), full, full);
	}
	area.name = full;
	area.title = cell_title(r, &x->cells[AREA_TITLE], full);
	vec_push(&r->all_areas, area);
}

static void
add_system_area(struct reader *r)
{
	struct area area = { "system", { { "System" } }, NONE };

	names_add(&r->areas, "system", 0, (struct place){ 0 }, r->report);
	vec_push(&r->all_areas, area);
}

static void
add_shift(struct reader *r, const struct item *x, struct names *names)
{
	const struct cell *name = &x->cells[SHIFT_NAME];
	const struct cell *days = &x->cells[SHIFT_DAYS];
	struct shift shift = { .days = 0x7f };

	if (!cell_is_set(name) ||
	    !names_add(names, name->string, 0, name->at, r->report))
		return;
	shift.name = keep(r, name->string);
	shift.from = (int)x->cells[SHIFT_FROM].integer;
	if (cell_is_set(days))
		shift.days = (uint8_t)days->bits;
	vec_push(&r->all_shifts, shift);
}

static void
add_poll(struct reader *r, const char *name, struct span every,
    struct place at)
{
	const char *kept = keep(r, name);

	if (names_add(&r->polls, kept, (uint32_t)r->all_polls.n, at,
		r->report))
		vec_push(&r->all_polls, ((struct poll){ kept, every }));
}

static void
take_polls(struct reader *r, const struct cell *c)
{
	struct place built_in = { 0 };
	uint32_t i;

	for (i = 0; cell_is_set(c) && i < c->items.n; i++) {
		const struct item *x = c->items.at[i];

		if (cell_is_set(&x->cells[POLL_NAME]))
			add_poll(r, x->cells[POLL_NAME].string,
			    x->cells[POLL_EVERY].span,
			    x->cells[POLL_NAME].at);
	}
	if (r->all_polls.n > 0)
		return;
	add_poll(r, "fast", (struct span){ 250 }, built_in);
	add_poll(r, "normal", (struct span){ 1000 }, built_in);
	add_poll(r, "slow", (struct span){ 10000 }, built_in);
}

static void
take_zone(struct reader *r, const struct cell *c)
{
	r->plant->timezone = cell_is_set(c) ? keep(r, c->string) : "UTC";
	if (cell_is_set(c) && !when_zone_known(c->string))
		report_error(r->report, c->at,
		    "unknown timezone \"%.40s\"; write \"Europe/Berlin\"",
		    c->string);
}

static void
take_plant(struct reader *r, const struct item *x)
{
	const struct cell *areas = &x->cells[PLANT_AREAS];
	const struct cell *shifts = &x->cells[PLANT_SHIFTS];
	struct names names = { .what = "shift" };
	uint32_t i;

	r->plant->name = cell_title(r, &x->cells[PLANT_NAME], "");
	take_zone(r, &x->cells[PLANT_TIMEZONE]);
	for (i = 0; cell_is_set(areas) && i < areas->items.n; i++)
		add_area(r, areas->items.at[i]);
	for (i = 0; cell_is_set(shifts) && i < shifts->items.n; i++)
		add_shift(r, shifts->items.at[i], &names);
	names_fini(&names);
	take_polls(r, &x->cells[PLANT_POLLS]);
}

/*
 * The languages are in the same file as texts that need them: read once to
 * find them, silently, and again to say what is wrong.
 */
static void
find_languages(struct reader *r)
{
	struct report silent;
	struct report *loud = r->report;
	const struct item *x;

	report_init(&silent);
	r->report = r->g.report = &silent;
	x = reader_conf(r, "plant.conf", &schema_plant);
	r->report = r->g.report = loud;
	if (x != NULL)
		take_languages(r, &x->cells[PLANT_LANGUAGES_KEY]);
	report_fini(&silent);
}

void
read_plant(struct reader *r)
{
	const struct item *x;

	add_system_area(r);
	find_languages(r);
	if (project_files_find(r->files, "plant.conf") == NULL)
		report_error(r->report,
		    (struct place){ report_file(r->report, "plant.conf"), 0,
			0 },
		    "missing: every project has this file");
	x = reader_conf(r, "plant.conf", &schema_plant);
	if (x != NULL) {
		take_plant(r, x);
		return;
	}
	r->areas.unsure = r->polls.unsure = true;
	r->plant->name.in[0] = "";
	take_polls(r, &(struct cell){ 0 });
}
