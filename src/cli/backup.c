/* SPDX-License-Identifier: ISC */
#include "cli/backup.h"

#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/call.h"
#include "cli/link.h"
#include "cli/output.h"
#include "store/backup.h"

#define STATE "/var/lib/sightglass"	/* as sightglass.conf(5) has it */

static bool
on_state(struct app *app, const struct cell *cells, unsigned n, void *arg)
{
	(void)app;
	if (n > 0 && cells[0].type == CELL_TEXT)
		str_copy(arg, cells[0].as.text, 4096);
	return true;
}

/* The running server says where its state is, and that it may be copied. */
static int
ask_core(struct app *app, const char *dir, char state[4096])
{
	const struct argument word = { PARAMETER_NAME, dir };
	struct call_plan plan = { .verb = VERB_STATE_BACKUP,
		.arguments = &word,
		.n_arguments = 1,
		.row = on_state,
		.arg = state };
	int code = link_open(app);

	return code == EXIT_DONE ? call_run(app, &plan) : code;
}

static bool
is_elsewhere(struct app *app)
{
	if (app->remote)
		complain(app, "%s works on the server's own machine only",
		    app->request.phrase->name);
	return app->remote;
}

/* A directory as seen from here, since it goes into records. */
static char *
full_path(const char *dir)
{
	char here[4096];

	if (*dir == '/' || getcwd(here, sizeof(here)) == NULL)
		return xstrdup(dir);
	return xasprintf("%s/%s", here, dir);
}

static void
print_result(struct app *app, const char *dir, const struct backup_result *r)
{
	writer_row(output_writer(app),
	    (struct cell[]){ cell_text(dir), cell_uint(r->files),
		cell_int(r->bytes), cell_text(r->before) },
	    4);
	writer_end(app->writer);
}

int
backup_run(struct app *app)
{
	char *dir = full_path(request_argument(&app->request, PARAMETER_NAME));
	const char *given = request_argument(&app->request, PARAMETER_DATA);
	struct backup_result r;
	char state[4096] = "";
	struct err e;
	int code = EXIT_USAGE;

	if (is_elsewhere(app))
		goto out;
	code = EXIT_DONE;
	if (given != NULL)	/* of a server that is stopped */
		str_copy(state, given, sizeof(state));
	else
		code = ask_core(app, dir, state);
	if (code != EXIT_DONE)
		goto out;
	if (backup_make(state, dir, clock_wall(), &r, &e) < 0) {
		complain(app, "no backup: %s", e.text);
		code = EXIT_NEGATIVE;
		goto out;
	}
	print_result(app, dir, &r);
out:
	free(dir);
	return code;
}

int
restore_run(struct app *app)
{
	const char *dir = request_argument(&app->request, PARAMETER_NAME);
	const char *state = request_argument(&app->request, PARAMETER_DATA);
	struct backup_result r;
	struct err e;

	if (is_elsewhere(app))
		return EXIT_USAGE;
	if (state == NULL)
		state = STATE;
	if (backup_restore(dir, state, clock_wall(), &r, &e) < 0) {
		complain(app, "not restored: %s", e.text);
		return EXIT_NEGATIVE;
	}
	if (r.before[0] != '\0')
		complain(app, "the former state is in %s", r.before);
	complain(app, "this server does not command the plant until "
	    "`sightglass control take`");
	print_result(app, state, &r);
	return EXIT_DONE;
}
