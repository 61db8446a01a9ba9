/* SPDX-License-Identifier: ISC */
/*
 * screen.c - a screen is checked as a part of its project: the one around its
 * file, or --project. Its text takes the place of the project's screen of its
 * name, so that one that is drawn elsewhere is checked as it would stand there.
 * Without a project only its form can be.
 */
#include "cli/screen.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/language.h"
#include "base/text.h"
#include "cli/check.h"
#include "cli/input.h"
#include "cli/output.h"
#include "project/read.h"
#include "project/screen.h"

struct screen_file {
	const char *typed;	/* the word, "-" for standard input */
	char *shown;		/* the same, fit for a terminal */
	char *project;		/* its directory, or NULL: none */
	struct buf text;
};

static char *
clean(const char *path)
{
	size_t len = strlen(path);
	char *s = xmalloc(2 * len + 1);

	text_clean(s, 2 * len + 1, path, len);
	return s;
}

static bool
is_input(const struct screen_file *f)
{
	return strcmp(f->typed, "-") == 0;
}

static int
read_text(struct app *app, struct screen_file *f)
{
	const char *name = app->request.phrase->name;

	if (is_input(f)) {
		if (!app->in_is_terminal)
			return input_drain(app, &f->text, SCREEN_BYTES_MAX);
		complain(app, _("%s -: a screen is expected on standard input"),
		    name);
		return EXIT_USAGE;
	}
	if (app->remote) {
		complain(app, _("%s: no file of the server is read; "
		    "ssh PLANT %s - < FILE"), name, name);
		return EXIT_USAGE;
	}
	if (buf_read_file(&f->text, f->typed, SCREEN_BYTES_MAX) == 0)
		return EXIT_DONE;
	if (errno == EFBIG)
		complain(app, _("%s: more than %d bytes"), f->shown,
		    SCREEN_BYTES_MAX);
	else
		complain(app, "%s: %s", f->shown, strerror(errno));
	return EXIT_NO_SUCH;
}

/* --project, else what the file's directory stands in. */
static int
find_project(struct app *app, struct screen_file *f)
{
	const char *given = request_argument(&app->request, PARAMETER_PROJECT);
	char *copy, *plant;

	if (given != NULL && app->remote) {
		complain(app, _("%s: no directory of the server is read"),
		    app->request.phrase->name);
		return EXIT_USAGE;
	}
	if (given != NULL) {
		f->project = xstrdup(given);
		return EXIT_DONE;
	}
	if (is_input(f))
		return EXIT_DONE;
	copy = xstrdup(f->typed);
	f->project = xasprintf("%s/..", dirname(copy));
	free(copy);
	plant = xasprintf("%s/plant.conf", f->project);
	if (access(plant, F_OK) < 0) {
		free(f->project);
		f->project = NULL;
	}
	free(plant);
	return EXIT_DONE;
}

/* Its form alone; NULL: it has errors. */
static struct screen *
parse(const struct screen_file *f, struct report *r)
{
	return screen_parse(f->shown, buf_string(&f->text), f->text.len, NULL,
	    0, r);
}

/* screens/NAME.screen as the project would call it, by the name that it gives
 * itself; NULL: it has none yet. The caller frees. */
static char *
name_in_project(const struct screen_file *f)
{
	char *copy = xstrdup(f->typed), *name = NULL;
	const char *base = basename(copy), *end = strrchr(base, '.');
	struct report scratch;
	struct screen *s;

	if (end != NULL && strcmp(end, ".screen") == 0) {
		name = xasprintf("screens/%s", base);
	} else {
		report_init(&scratch);
		s = parse(f, &scratch);
		if (s != NULL)
			name = xasprintf("screens/%s.screen", s->name);
		screen_free(s);
		report_fini(&scratch);
	}
	free(copy);
	return name;
}

static void
put_file(struct project_files *files, const char *name, const struct buf *text,
    struct report *r)
{
	size_t i;

	for (i = 0; i < files->all.n; i++)
		if (strcmp(files->all.at[i].name, name) == 0) {
			free(files->all.at[i].name);
			free(files->all.at[i].text);
			files->all.at[i] = files->all.at[--files->all.n];
		}
	project_files_add(files, name, text->at != NULL ? text->at : "",
	    text->len, r);
	project_files_sort(files);
}

/* What was said of the screen; returns how many errors are elsewhere. */
static unsigned
take_own(const struct report *whole, const char *name, const char *shown,
    struct report *r)
{
	const struct problem *p;
	struct place at = { .file = report_file(r, shown) };
	unsigned others = 0;
	size_t i;

	for (i = 0; i < whole->problems.n; i++) {
		p = &whole->problems.at[i];
		if (strcmp(p->file, name) != 0) {
			others += !p->warning;
			continue;
		}
		at.line = p->line;
		at.column = (uint16_t)p->column;
		if (p->warning)
			report_warning(r, at, "%s", p->text);
		else
			report_error(r, at, "%s", p->text);
	}
	return others;
}

static int
check_in_project(struct app *app, struct screen_file *f, const char *name,
    struct report *r)
{
	struct project_files files = { 0 };
	struct plant *plant = NULL;
	struct report whole;
	struct err e;
	unsigned others;
	int code = EXIT_DONE;

	report_init(&whole);
	if (project_files_read(&files, f->project, &whole, &e) < 0) {
		complain(app, "%s", e.text);
		code = EXIT_NO_SUCH;
	} else {
		put_file(&files, name, &f->text, &whole);
		project_read_files(&files, &plant, &whole);
		others = take_own(&whole, name, f->shown, r);
		if (others > 0)
			complain(app,
			    ngettext("%s: its project has %u other error",
				"%s: its project has %u other errors",
				others),
			    f->shown, others);
	}
	plant_free(plant);
	project_files_fini(&files);
	report_fini(&whole);
	return code;
}

static int
check_one(struct app *app, const char *typed, struct report *r)
{
	struct screen_file f = { .typed = typed };
	char *name = NULL;
	int code;

	f.shown = strcmp(typed, "-") == 0 ? xstrdup("standard input")
					  : clean(typed);
	code = read_text(app, &f);
	if (code == EXIT_DONE)
		code = find_project(app, &f);
	if (code == EXIT_DONE && f.project != NULL)
		name = name_in_project(&f);
	if (code == EXIT_DONE && name != NULL) {
		code = check_in_project(app, &f, name, r);
	} else if (code == EXIT_DONE) {
		screen_free(parse(&f, r));
		if (f.project == NULL)
			complain(app, _("%s: no project: the names in it were not "
			    "looked up"), f.shown);
	}
	free(name);
	free(f.shown);
	free(f.project);
	buf_free(&f.text);
	return code;
}

int
screen_check_run(struct app *app)
{
	const struct request *q = &app->request;
	struct report problems;
	int code = EXIT_DONE;
	size_t i;

	report_init(&problems);
	for (i = 0; i < q->arguments.n && code == EXIT_DONE; i++)
		if (q->arguments.at[i].which == PARAMETER_NAME)
			code = check_one(app, q->arguments.at[i].text,
			    &problems);
	if (code == EXIT_DONE) {
		report_sort(&problems);
		check_print(app, &problems, NULL);
		code = problems.errors > 0 ? EXIT_NEGATIVE : EXIT_DONE;
	}
	report_fini(&problems);
	return code;
}
