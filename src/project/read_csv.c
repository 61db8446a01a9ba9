/* SPDX-License-Identifier: ISC */
/* read_csv.c - a cell of a table into an item: `max`, `write.min`,
 * `title.de`. Empty keeps, `-` removes. */
#include <string.h>

#include "project/conf.h"
#include "project/reader.h"

static void
remove_cell(
    struct reader *r, const struct key *k, struct cell *c, struct place at)
{
	cell_reset(&r->g, k, c);
	c->at = at;
}

static void
set_cell(struct reader *r, const struct key *k, struct cell *c,
    const char *text, struct place at)
{
	bool written = k->form >= FORM_STRINGS || *text == '{';

	if (written && strchr("{[(", *text) != NULL)
		conf_read_cell(&r->g, k, c, text, at);
	else
		cell_parse(&r->g, k, c, text, at);
}

/* title.de: a language of a text. */
static void
set_language(struct reader *r, struct cell *c, const char *language,
    const char *text, struct place at)
{
	struct text before = c->text;

	if (!cell_is_set(c))
		before = (struct text){ { NULL } };
	c->text = before;
	cell_set_language(&r->g, c, language, text, at);
}

void
cell_override(struct reader *r, struct item *x, const char *path,
    const char *text, struct place at)
{
	const char *dot = strchr(path, '.');
	size_t len = dot ? (size_t)(dot - path) : strlen(path);
	int row = schema_find(x->schema, path, len);
	const struct key *k;
	struct cell *c;

	if (row < 0) {
		schema_unknown(&r->g, x->schema,
		    arena_textn(r->scratch, path, len), at);
		return;
	}
	k = &x->schema->keys[row];
	c = &x->cells[row];
	if (dot != NULL && k->form == FORM_TEXT) {
		set_language(r, c, dot + 1, text, at);
	} else if (dot != NULL && k->form == FORM_GROUP) {
		if (!cell_is_set(c)) {
			c->item = item_new(&r->g, k->group, at);
			c->state = CELL_SET;
			c->at = at;
		}
		cell_override(r, c->item, dot + 1, text, at);
	} else if (dot != NULL) {
		report_error(r->report, at, "\"%s\" has no part \"%s\"",
		    k->name, dot + 1);
	} else if (strcmp(text, "-") == 0) {
		remove_cell(r, k, c, at);
		x->removed = true;
	} else if (k->form == FORM_TEXT) {
		set_language(r, c, "", text, at);
	} else {
		set_cell(r, k, c, text, at);
	}
}
