/* SPDX-License-Identifier: ISC */
#include "project/edit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static struct project_file *
find_file(struct project_files *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->all.n; i++)
		if (strcmp(f->all.at[i].name, name) == 0)
			return &f->all.at[i];
	return NULL;
}

static void
replace_text(struct project_file *f, struct buf *b)
{
	free(f->text);
	f->text = xstrdup(buf_string(b));
	f->len = strlen(f->text);
	buf_free(b);
}

/* --- tables: cells as they stand, quotes included --- */

static size_t
cell_end(const char *s)
{
	bool quoted = false;
	size_t i;

	for (i = 0; s[i] != '\0'; i++) {
		if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && (s[i] == ',' || s[i] == '\n' ||
				s[i] == '\r'))
			break;
	}
	return i;
}

static bool
cell_is(const char *s, size_t len, const char *text)
{
	if (len >= 2 && s[0] == '"') {
		s++;
		len -= 2;
	}
	return strlen(text) == len && strncmp(s, text, len) == 0;
}

/* Column of the header, or how many there are. */
static unsigned
find_column(const char *s, const char *column, bool *found)
{
	unsigned n = 0;
	size_t len;

	for (*found = false;; s += len + 1, n++) {
		len = cell_end(s);
		if (cell_is(s, len, column)) {
			*found = true;
			return n;
		}
		if (s[len] != ',')
			return n + 1;
	}
}

/* One line: its cells, with cell at replaced by text (NULL: kept, or empty if
 * it is added). Returns what follows the line. */
static const char *
copy_line(struct buf *out, const char *s, unsigned at, const char *text)
{
	unsigned n;
	size_t len;

	for (n = 0;; n++) {
		len = cell_end(s);
		if (n > 0)
			buf_char(out, ',');
		if (n == at && text != NULL)
			buf_text(out, text);
		else
			buf_add(out, s, len);
		s += len;
		if (*s != ',')
			break;
		s++;
	}
	for (n++; n <= at; n++) {
		buf_char(out, ',');
		if (n == at && text != NULL)
			buf_text(out, text);
	}
	s += *s == '\r';
	buf_char(out, '\n');
	return s + (*s == '\n');
}

int
edit_table(struct project_files *f, const char *file, const char *name,
    const char *column, const char *text, struct err *e)
{
	struct project_file *csv = find_file(f, file);
	struct buf out = { 0 };
	bool there, found = false, is_row;
	unsigned at, key;
	const char *s, *cell;
	unsigned k;

	if (csv == NULL)
		return err_set(e, "there is no %s", file);
	key = find_column(csv->text, "name", &there);
	if (!there)
		return err_set(e, "%s has no column \"name\"", file);
	at = find_column(csv->text, column, &there);
	s = copy_line(&out, csv->text, at, there ? NULL : column);
	while (*s != '\0') {
		for (cell = s, k = 0; k < key && cell[cell_end(cell)] == ',';
		     k++)
			cell += cell_end(cell) + 1;
		is_row = cell_is(cell, cell_end(cell), name);
		found |= is_row;
		s = copy_line(&out, s, at, is_row ? text : NULL);
	}
	if (!found) {
		buf_free(&out);
		return err_set(e, "%s has no %s", file, name);
	}
	replace_text(csv, &out);
	return 0;
}

/* --- libconfig: groups by their name --- */

/* Behind a comment, a string or one character. */
static const char *
step(const char *s)
{
	if (*s == '#' || (s[0] == '/' && s[1] == '/'))
		return s + strcspn(s, "\n");
	if (s[0] == '/' && s[1] == '*') {
		s = strstr(s + 2, "*/");
		return s != NULL ? s + 2 : "";
	}
	if (*s != '"')
		return s + 1;
	for (s++; *s != '\0' && *s != '"'; s++)
		s += s[0] == '\\' && s[1] != '\0';
	return s + (*s == '"');
}

/* The end of the group that begins at s ('{'). */
static const char *
group_end(const char *s)
{
	int depth = 0;

	while (*s != '\0') {
		if (*s == '{' || *s == '(' || *s == '[')
			depth++;
		if ((*s == '}' || *s == ')' || *s == ']') && --depth == 0)
			return s;
		s = step(s);
	}
	return s;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '*';
}

/* The value of a key that stands directly in the group; NULL: none. */
static const char *
find_key(const char *group, const char *key)
{
	const char *s = group + 1, *end = group_end(group), *word;
	size_t len;

	while (s < end) {
		if (*s == '{' || *s == '(' || *s == '[') {
			s = group_end(s) + 1;
			continue;
		}
		if (!is_word(*s)) {
			s = step(s);
			continue;
		}
		for (word = s; is_word(*s); s++)
			;
		len = (size_t)(s - word);
		s += strspn(s, " \t\n");
		if (*s != '=' && *s != ':')
			continue;
		s++;
		s += strspn(s, " \t\n");
		if (strlen(key) == len && strncmp(word, key, len) == 0)
			return s;
	}
	return NULL;
}

/* The group within [s, end) whose name is this. */
static const char *
find_group(const char *s, const char *end, const char *name)
{
	const char *value;
	size_t len = strlen(name);

	for (; s < end; s = step(s)) {
		if (*s != '{')
			continue;
		value = find_key(s, "name");
		if (value != NULL && *value == '"' &&
		    strncmp(value + 1, name, len) == 0 &&
		    value[len + 1] == '"')
			return s;
	}
	return NULL;
}

static size_t
value_end(const char *s)
{
	const char *at = s;

	while (*at != '\0' && strchr(";,}\n", *at) == NULL)
		at = step(at);
	while (at > s && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return (size_t)(at - s);
}

int
edit_tag(struct project_files *f, const char *tag, const char *alarm,
    const char *key, const char *text, struct err *e)
{
	struct project_file *conf = find_file(f, "tags.conf");
	const char *group, *value, *end;
	struct buf out = { 0 };

	if (conf == NULL)
		return err_set(e, "there is no tags.conf");
	group = find_group(conf->text, conf->text + conf->len, tag);
	if (group != NULL && alarm != NULL)
		group = find_group(group + 1, group_end(group), alarm);
	if (group == NULL)
		return err_set(e, "tags.conf has no %s", tag);
	value = find_key(group, key);
	end = value != NULL ? value + value_end(value) : group_end(group);
	buf_add(&out, conf->text,
	    (size_t)((value != NULL ? value : end) - conf->text));
	if (value == NULL)
		buf_printf(&out, "%s = ", key);
	buf_text(&out, text);
	if (value == NULL)
		buf_text(&out, "; ");
	buf_text(&out, end);
	replace_text(conf, &out);
	return 0;
}
