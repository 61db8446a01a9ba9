/* SPDX-License-Identifier: ISC */
/* read_tags.c - tags.conf and tags.csv: free-standing tags. */
#include <string.h>

#include "project/reader.h"
#include "project/table.h"

static void
add_alarms(struct reader *r, const struct item *x, uint32_t tag)
{
	const struct cell *c = &x->cells[TAG_ALARMS];
	struct alarm_home home = { .object = NONE, .of = tag };
	struct names seen = { .what = "alarm" };
	uint32_t i;

	if (!cell_is_set(c))
		return;
	home.owner = r->all_tags.at[tag].name;
	home.was = r->all_tags.at[tag].was;
	home.area = r->all_tags.at[tag].area;
	for (i = 0; i < c->items.n; i++) {
		struct item *alarm = c->items.at[i];
		const struct cell *name = &alarm->cells[ALARM_NAME];

		item_missing(&r->g, alarm, KEY_LATE);
		if (cell_is_set(&alarm->cells[ALARM_OF]))
			report_error(r->report, alarm->cells[ALARM_OF].at,
			    "the alarm of a tag watches the tag; remove "
			    "\"of\"");
		if (cell_is_set(name) &&
		    names_add(&seen, name->string, 0, name->at, r->report))
			alarm_add(r, alarm, &home);
	}
	names_fini(&seen);
}

static void
add_tag(struct reader *r, struct item *x)
{
	const struct cell *c = x->cells;
	struct signal_def def = { .item = x };
	struct tag_home home = { .object = NONE, .device = NONE };
	uint32_t tag;

	home.area =
	    names_get(&r->areas, c[TAG_AREA].string, c[TAG_AREA].at, r->report);
	if (home.area == UINT32_MAX)
		home.area = 0;
	if (cell_is_set(&c[TAG_DEVICE])) {
		home.device = names_get(&r->devices, c[TAG_DEVICE].string,
		    c[TAG_DEVICE].at, r->report);
		if (home.device == NONE)
			return;
	}
	if (!cell_is_set(&c[TAG_NAME]) || c[TAG_DEVICE].state == CELL_WRONG)
		return;
	home.name = keep(r, c[TAG_NAME].string);
	if (cell_is_set(&c[TAG_WAS]))
		home.was = keep(r, c[TAG_WAS].string);
	if (!names_add(&r->tags, home.name, (uint32_t)r->all_tags.n,
		c[TAG_NAME].at, r->report))
		return;
	tag = tag_add(r, &def, &home);
	if (tag != NONE)
		add_alarms(r, x, tag);
}

/* One row: its filled cells by the names of their columns. */
static struct item *
item_of_row(
    struct reader *r, const struct table *t, const struct row *row)
{
	struct place at = { r->g.file, 0, row->line };
	struct item *x = item_new(&r->g, &schema_tag, at);
	uint32_t i;

	for (i = 0; i < t->columns; i++) {
		if (*row->cells[i] != '\0' && *t->header[i] != '\0')
			cell_override(
			    r, x, t->header[i], row->cells[i], at);
	}
	item_missing(&r->g, x, KEY_REQUIRED);
	return x;
}

/* A column that no tag can have is said once, at the header. */
static bool
header_is_known(struct reader *r, const struct table *t)
{
	struct place at = { r->g.file, 0, 1 };
	bool known = true;
	uint32_t i;

	for (i = 0; i < t->columns; i++) {
		size_t len = strcspn(t->header[i], ".");

		if (len == 0 ||
		    schema_find(&schema_tag, t->header[i], len) >= 0)
			continue;
		schema_unknown(&r->g, &schema_tag, t->header[i], at);
		known = false;
	}
	return known;
}

static void
read_table(struct reader *r)
{
	struct table t;
	const char *text;
	uint32_t i;
	size_t len;

	text = reader_text(r, "tags.csv", &len);
	if (text == NULL)
		return;
	if (!table_read(&t, r->scratch, text, len, r->g.file, r->report) ||
	    !header_is_known(r, &t)) {
		r->tags.unsure = true;
		return;
	}
	for (i = 0; i < t.n; i++)
		add_tag(r, item_of_row(r, &t, &t.rows[i]));
}

/* tags.conf: { tags = ( .. ) } */
static const struct key tags_keys[] = {
	{ .name = "tags", .form = FORM_GROUPS, .flags = KEY_REQUIRED,
	    .group = &schema_tag, .help = "the tags" },
};
static const struct schema schema_tags = { .what = "tags.conf",
	.keys = tags_keys, .n = 1 };

void
read_tags(struct reader *r)
{
	const struct item *x = reader_conf(r, "tags.conf", &schema_tags);
	uint32_t i;

	if (x == NULL && project_files_find(r->files, "tags.conf") != NULL)
		r->tags.unsure = true;
	if (x != NULL && cell_is_set(&x->cells[0])) {
		for (i = 0; i < x->cells[0].items.n; i++)
			add_tag(r, x->cells[0].items.at[i]);
	}
	read_table(r);
}
