/* SPDX-License-Identifier: ISC */
#include "base/language.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/catalogue.h"

#define LANGUAGES 8		/* that one process may have used */

struct language {
	char name[9];
	struct catalogue *texts;	/* NULL: the source's own */
};

/* Loaded once and kept: their texts stand in open dialogs. */
static struct language loaded[LANGUAGES] = { { "en", NULL } };
static const struct language *current = &loaded[0];
static const char *first_dir;

/* A name goes into a path. */
static int
check_name(const char *name, struct err *e)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz");

	if (n < 2 || n >= sizeof(loaded[0].name) || name[n] != '\0')
		return err_set(e, "\"%s\" is not the name of a language", name);
	return 0;
}

static int
read_file(struct buf *b, const char *dir, const char *name)
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof(path), "%s/%s/LC_MESSAGES/sightglass.mo",
		dir, name) >= (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return buf_read_file(b, path, CATALOGUE_BYTES_MAX);
}

/* A program in its build tree brings its own. */
static int
read_beside(struct buf *b, const char *name)
{
	char dir[PATH_MAX - 4];
	ssize_t n = readlink("/proc/self/exe", dir, sizeof(dir) - 4);
	char *slash;

	if (n <= 0)
		return -1;
	dir[n] = '\0';
	slash = strrchr(dir, '/');
	if (slash == NULL)
		return -1;
	memcpy(slash, "/po", 4);
	return read_file(b, dir, name);
}

static struct catalogue *
load(const char *name, struct err *e)
{
	struct buf b = { 0 };
	struct catalogue *c = NULL;
	struct err why;

	if ((first_dir == NULL || read_file(&b, first_dir, name) < 0) &&
	    read_beside(&b, name) < 0 &&
	    read_file(&b, LOCALEDIR, name) < 0)
		err_set(e, "no texts in \"%s\": %s", name, strerror(errno));
	else if ((c = catalogue_parse(b.at, b.len, &why)) == NULL)
		err_set(e, "the texts in \"%s\": %s", name, why.text);
	buf_free(&b);
	return c;
}

int
language_use(const char *name, struct err *e)
{
	struct language *l = loaded;
	struct catalogue *texts;

	if (*name == '\0')
		name = "en";
	if (check_name(name, e) < 0)
		return -1;
	while (l < loaded + LANGUAGES && *l->name != '\0' &&
	    strcmp(l->name, name) != 0)
		l++;
	if (l == loaded + LANGUAGES)
		return err_set(e, "more than %d languages", LANGUAGES);
	if (*l->name == '\0') {
		texts = load(name, e);
		if (texts == NULL)
			return -1;
		l->texts = texts;
		snprintf(l->name, sizeof(l->name), "%s", name);
	}
	current = l;
	return 0;
}

void
language_dir(const char *dir)
{
	first_dir = dir;
}

const char *
language_name(void)
{
	return current->name;
}

const char *
language_text(const char *text)
{
	const char *found = NULL;

	if (current->texts != NULL && *text != '\0')
		found = catalogue_find(current->texts, text);
	return found != NULL ? found : text;
}

const char *
language_plural(const char *one, const char *many, unsigned long n)
{
	const char *found = NULL;

	if (current->texts != NULL)
		found = catalogue_find_plural(current->texts, one, n);
	return found != NULL ? found : n == 1 ? one : many;
}
