/* SPDX-License-Identifier: ISC */
#include "server/export.h"

#include <stdio.h>
#include <string.h>

#include "model/value.h"
#include "project/edit.h"
#include "project/pack.h"
#include "project/read.h"

/* The key of the part in the project's files. */
static const char *
key_of(const struct plant *p, const struct export_edit *x)
{
	static const char *const keys[] = { NULL, "deadband", "on_delay",
		"off_delay", "value" };
	uint32_t alarm;

	if (x->part != TUNABLE_LIMIT)
		return keys[x->part];
	alarm = plant_alarm(p, x->name);
	return p->alarms[alarm].kind == ALARM_ABOVE ? "above" : "below";
}

/* As a person would write it; a table's cell needs no quotes. */
static void
print(char *dst, size_t cap, const struct export_edit *x, bool cell)
{
	bool span = x->part == TUNABLE_ON_DELAY ||
	    x->part == TUNABLE_OFF_DELAY;
	const char *quote = span && !cell ? "\"" : "";
	char number[32];

	real_print(number, x->now);
	if (span)
		snprintf(dst, cap, "%s%.0fms%s", quote, x->now * 1000, quote);
	else	/* a whole number must stay a real one */
		snprintf(dst, cap, "%s%s", number,
		    strpbrk(number, ".e") == NULL ? ".0" : "");
}

static int
write_alarm(struct project_files *f, const struct plant *p,
    const struct export_edit *x, struct err *e)
{
	const struct alarm_def *d = &p->alarms[plant_alarm(p, x->name)];
	const char *alarm = strrchr(d->name, '.') + 1;
	char text[64], column[128];

	print(text, sizeof(text), x, d->object != NONE);
	if (d->object == NONE)
		return edit_tag(f, p->tags[d->of].name, alarm, key_of(p, x),
		    text, e);
	snprintf(column, sizeof(column), "%s.%s", alarm, key_of(p, x));
	return edit_table(f, "objects.csv", p->objects[d->object].name, column,
	    text, e);
}

static int
write_value(struct project_files *f, const struct plant *p,
    const struct export_edit *x, struct err *e)
{
	const struct tag *t = &p->tags[plant_tag(p, x->name)];
	char text[64], column[128];

	print(text, sizeof(text), x, t->object != NONE);
	if (t->object == NONE)
		return edit_tag(f, x->name, NULL, "value", text, e);
	snprintf(column, sizeof(column), "%s.value",
	    strrchr(t->name, '.') + 1);
	return edit_table(f, "objects.csv", p->objects[t->object].name, column,
	    text, e);
}

/* Does the project still read as one? */
static bool
is_whole(const struct project_files *f)
{
	struct plant *plant = NULL;
	struct report r;

	report_init(&r);
	project_read_files(f, &plant, &r);
	report_fini(&r);
	plant_free(plant);
	return plant != NULL;
}

int
export_make(const struct server_config *k, const char *id,
    const struct plant *p, const struct export_edit *edits, size_t n,
    struct buf *tar, struct buf *left, struct err *e)
{
	struct project_files files = { 0 };
	struct report problems;
	char dir[4200];
	struct err why;
	size_t i;
	int rc;

	snprintf(dir, sizeof(dir), "%s/projects/%s", k->state, id);
	report_init(&problems);
	rc = project_files_read(&files, dir, &problems, e);
	for (i = 0; i < n && rc == 0; i++)
		if ((edits[i].part == TUNABLE_VALUE
			    ? write_value(&files, p, &edits[i], &why)
			    : write_alarm(&files, p, &edits[i], &why)) < 0)
			buf_printf(left, "%s%s (%s)",
			    left->len > 0 ? ", " : "", edits[i].name,
			    why.text);
	if (rc == 0 && n > 0 && !is_whole(&files))
		rc = err_set(e, "what was tuned cannot be written back");
	if (rc == 0)
		rc = project_pack(&files, tar, e);
	report_fini(&problems);
	project_files_fini(&files);
	return rc;
}
