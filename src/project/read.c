/* SPDX-License-Identifier: ISC */
#include "project/read.h"

#include <stdlib.h>
#include <string.h>

#include "project/conf.h"
#include "project/reader.h"
#include "project/source.h"

const char *
keep(struct reader *r, const char *s)
{
	const struct name *n;
	const char *copy;

	if (s == NULL)
		return NULL;
	n = names_find(&r->kept, s, strlen(s));
	if (n != NULL)
		return n->text;
	copy = arena_text(r->arena, s);
	names_add(&r->kept, copy, 0, (struct place){ 0 }, r->report);
	return copy;
}

bool
reader_has_room(
    struct reader *r, size_t n, const char *what, struct place at)
{
	if (n < PLANT_TAGS_MAX)
		return true;
	if (!r->full)
		report_error(r->report, at, "more than %d %s", PLANT_TAGS_MAX,
		    what);
	r->full = true;
	return false;
}

const char *
name_before(struct reader *r, const char *owner, const char *owner_was,
    const struct cell *was, const char *name)
{
	if (owner_was == NULL && !cell_is_set(was))
		return NULL;
	return arena_printf(r->arena, "%s.%s",
	    owner_was != NULL ? owner_was : owner,
	    cell_is_set(was) ? was->string : name);
}

struct text
keep_text(struct reader *r, const struct text *t)
{
	struct text kept = { { NULL } };
	int i;

	for (i = 0; i < PLANT_LANGUAGES; i++)
		kept.in[i] = keep(r, t->in[i]);
	return kept;
}

struct text
cell_title(struct reader *r, const struct cell *c, const char *otherwise)
{
	struct text t = { { NULL } };

	if (cell_is_set(c))
		t = keep_text(r, &c->text);
	if (t.in[0] == NULL)
		t.in[0] = keep(r, otherwise);
	return t;
}

const char *
reader_text(struct reader *r, const char *name, size_t *len)
{
	const struct project_file *f = project_files_find(r->files, name);

	if (f == NULL)
		return NULL;
	r->g.file = report_file(r->report, name);
	r->g.columns = false;
	return source_clean(
	    r->scratch, f->text, f->len, r->g.file, false, r->report, len);
}

struct item *
reader_conf(struct reader *r, const char *name, const struct schema *s)
{
	size_t len;
	const char *text = reader_text(r, name, &len);

	if (text == NULL)
		return NULL;
	return conf_read(&r->g, s, text, len, (struct place){ r->g.file, 0, 1 });
}

/* What a project gives names to, and what a problem calls it. */
#define EACH_NAMES(X)                                                          \
	X(areas, "area") X(polls, "poll class") X(classes, "alarm class")      \
	X(lines, "line") X(devices, "device") X(things, "name")                \
	X(types, "type") X(tags, "tag") X(roles, "role")                       \
	X(screens, "screen") X(stations, "station") X(reports, "report")       \
	X(kept, "text")

static void
begin(struct reader *r, const struct project_files *files,
    struct report *problems)
{
	*r = (struct reader){ .files = files, .report = problems };
	r->scratch = arena_new();
	r->arena = arena_new();
	r->plant = arena_take(r->arena, 1, sizeof(*r->plant));
	r->plant->arena = r->arena;
	r->g = (struct reading){ .report = problems, .arena = r->scratch };
#define X(names, noun) r->names.what = noun;
	EACH_NAMES(X)
#undef X
}

static void
end(struct reader *r)
{
	size_t i;

#define X(names, noun) names_fini(&r->names);
	EACH_NAMES(X)
#undef X
	for (i = 0; i < r->type_defs.n; i++) {
		vec_free(&r->type_defs.at[i].signals);
		vec_free(&r->type_defs.at[i].commands);
		vec_free(&r->type_defs.at[i].alarms);
		vec_free(&r->type_defs.at[i].states);
	}
	vec_free(&r->type_defs);
	vec_free(&r->firsts);
	vec_free(&r->pending);
	vec_free(&r->uses);
	arena_free(r->scratch);
}

/* Moves an array that grew into the plant. */
#define CLOSE(field, vec)                                                      \
	(p->field = arena_copy(r->arena, (vec).at, (vec).n, sizeof(*(vec).at)), \
	    p->n_##field = (uint32_t)(vec).n, vec_free(&(vec)))

static void
close_arrays(struct reader *r)
{
	struct plant *p = r->plant;

	CLOSE(areas, r->all_areas);
	CLOSE(shifts, r->all_shifts);
	CLOSE(polls, r->all_polls);
	CLOSE(lines, r->all_lines);
	CLOSE(devices, r->all_devices);
	CLOSE(objects, r->all_objects);
	CLOSE(tags, r->all_tags);
	CLOSE(commands, r->all_commands);
	CLOSE(alarms, r->all_alarms);
	CLOSE(classes, r->all_classes);
	CLOSE(priorities, r->all_priorities);
	CLOSE(roles, r->all_roles);
	CLOSE(stations, r->all_stations);
	CLOSE(screens, r->all_screens);
	CLOSE(reports, r->all_reports);
}

/* Alarms that are always there. */
static void
add_system_alarms(struct reader *r)
{
	size_t i;

	r->plant->store_alarm =
	    alarm_add_system(r, "system", OWN_STORE, 0);
	r->plant->restart_alarm =
	    alarm_add_system(r, "system", OWN_RESTART, 0);
	r->plant->disk_alarm =
	    alarm_add_system(r, "system", OWN_DISK, 0);
	for (i = 0; i < r->all_lines.n; i++)
		r->all_lines.at[i].comm_alarm = alarm_add_system(r,
		    r->all_lines.at[i].name, OWN_COMM,
		    r->all_lines.at[i].area);
	for (i = 0; i < r->all_devices.n; i++)
		r->all_devices.at[i].comm_alarm = alarm_add_system(r,
		    r->all_devices.at[i].name, OWN_COMM,
		    r->all_devices.at[i].area);
}

int
project_read_files(const struct project_files *files, struct plant **plant,
    struct report *problems)
{
	struct reader r;

	begin(&r, files, problems);
	read_plant(&r);
	read_alarms(&r);
	read_lines(&r);
	read_screens(&r);
	read_roles(&r);
	read_stations(&r);
	read_reports(&r);
	read_types(&r);
	read_objects(&r);
	read_tags(&r);
	add_system_alarms(&r);
	close_arrays(&r);
	plant_index(r.plant);
	fold_alarms(r.plant);
	compile_all(&r);
	check_types(&r);
	order_calc(&r);
	check_rings(&r);
	check_overlaps(&r);
	check_screens(&r);
	check_reports(&r);
	project_files_id(files, r.plant->id);
	report_sort(problems);
	*plant = problems->errors == 0 ? r.plant : NULL;
	if (*plant == NULL)
		plant_free(r.plant);
	end(&r);
	return *plant != NULL ? 0 : -1;
}

int
read_and_free(struct project_files *files, int got, const struct err *e,
    const char *name, struct plant **plant, struct report *problems)
{
	struct place at = { 0, 0, 0 };
	int result = -1;

	*plant = NULL;
	if (got < 0) {
		at.file = report_file(problems, name);
		report_error(problems, at, "%s", e->text);
	} else {
		result = project_read_files(files, plant, problems);
	}
	project_files_fini(files);
	return result;
}

int
project_read(const char *dir, struct plant **plant, struct report *problems)
{
	struct project_files files = { 0 };
	struct err e = { "" };
	int got = project_files_read(&files, dir, problems, &e);

	return read_and_free(&files, got, &e, ".", plant, problems);
}
