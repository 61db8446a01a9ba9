/* SPDX-License-Identifier: ISC */
#include "cli/restore.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/language.h"
#include "base/mem.h"
#include "cli/call.h"
#include "cli/link.h"
#include "cli/output.h"
#include "cli/state.h"
#include "cli/stateproject.h"
#include "store/exchange.h"
#include "store/restore.h"

#define BACK_MS 60000		/* until the server answers again */
#define PACE_MS 100

struct run {
	struct app *app;
	struct restore order;
	struct restore_result result;
	char state[STATE_PATH];
};

static void
nap(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = PACE_MS * 1000000L }, NULL);
}

/* A connection of its own: the one before has not listened for a while. */
static int
connect_again(struct app *app)
{
	client_free(app->client);
	app->client = NULL;
	return link_open(app);
}

static int
call_again(struct app *app, const struct call_plan *plan)
{
	int code = connect_again(app);

	return code == EXIT_DONE ? call_run(app, plan) : code;
}

/* Who is it, for the audit? */
static const char *
caller(const struct app *app)
{
	const struct passwd *pw = getpwuid(getuid());

	if (app->client != NULL && app->welcome.user[0] != '\0')
		return app->welcome.user;
	return pw != NULL && strchr(pw->pw_name, ' ') == NULL ? pw->pw_name
							       : "local";
}

static bool
no_row(struct app *app, const struct cell *cells, unsigned n, void *arg)
{
	(void)app;
	(void)cells;
	(void)n;
	(void)arg;
	return true;
}

/* The server is to end and to begin again with what lies ready. It may be
 * gone before it has answered: what stands on the disk says what holds. */
static int
hand_over(struct run *r)
{
	const struct argument words[] = {
		{ PARAMETER_NAME, r->order.dir },
		{ PARAMETER_EXPECT, strrchr(r->result.before, '/') + 1 },
	};
	struct call_plan plan = { .verb = VERB_STATE_RESTORE,
		.arguments = words,
		.n_arguments = 2,
		.row = no_row };
	int code = call_again(r->app, &plan);
	struct stat st;

	if (code != EXIT_DONE)
		restore_drop(r->state, words[1].text);
	if (code == EXIT_UNKNOWN && (exchange_is_due(r->state) ||
					stat(r->result.before, &st) == 0))
		return EXIT_DONE;
	return code;
}

/* The next core answers: it has opened what was restored. */
static int
wait_for_server(struct run *r)
{
	struct app *app = r->app;
	int i, code = EXIT_NO_SERVER, said = app->err_fd;

	app->err_fd = -1;
	for (i = 0; i < BACK_MS / PACE_MS && code != EXIT_DONE; i++) {
		if (exchange_is_due(r->state) || !state_has_server(app) ||
		    (code = connect_again(app)) != EXIT_DONE)
			nap();
	}
	app->err_fd = said;
	if (code != EXIT_DONE)
		complain(app, _("the server does not answer: see what "
		    "sightglassd logs"));
	return code;
}

/* Says what people must know; the row is for programs. */
static void
report(struct run *r)
{
	struct app *app = r->app;

	if (r->result.before[0] != '\0')
		complain(app, _("the former state is in %s; the way back: "
		    "`sightglass backup DIR --data %s`, then `sightglass "
		    "restore DIR`"), r->result.before, r->result.before);
	complain(app, _("lock-outs, overrides, bypasses and setpoints are those "
	    "of the backup: look at them"));
	complain(app, _("this server does not command the plant until "
	    "`sightglass control take`"));
	writer_row(output_writer(app),
	    (struct cell[]){ cell_text(r->state), cell_uint(r->result.files),
		cell_int(r->result.bytes), cell_text(r->result.before) },
	    4);
	writer_end(app->writer);
}

static int
refuse(struct run *r, const struct err *e)
{
	complain(r->app, _("not restored: %s"), e->text);
	return EXIT_NEGATIVE;
}

static int
into_running(struct run *r)
{
	struct app *app = r->app;
	struct err e;
	int code = state_ask(app, VERB_STATE_PLACE, NULL, r->state);

	if (code != EXIT_DONE)
		return code;
	if (!(app->welcome.functions & 1u << FUNCTION_CONTROL)) {
		complain(app, _("needs %s"), function_name(FUNCTION_CONTROL));
		return EXIT_NOT_ALLOWED;
	}
	r->order.by = caller(app);
	if (restore_stage(&r->order, &r->result, &e) < 0)
		return refuse(r, &e);
	code = hand_over(r);
	if (code != EXIT_DONE)
		return code;
	code = wait_for_server(r);
	report(r);
	return code;
}

static int
into_stopped(struct run *r)
{
	struct err e;

	int rc;

	r->order.by = caller(r->app);
	rc = restore_stopped(&r->order, &r->result, &e);
	if (rc < 0 && !r->result.decided)
		return refuse(r, &e);
	if (rc < 0)
		complain(r->app, _("restored, but not in its place yet: %s; "
		    "sightglassd finishes it when it starts"), e.text);
	report(r);
	return rc < 0 ? EXIT_UNKNOWN : EXIT_DONE;
}

int
restore_run(struct app *app)
{
	const struct request *q = &app->request;
	const char *given = request_argument(q, PARAMETER_DATA);
	struct run r = { .app = app };
	char *dir;
	int code;

	if (state_is_elsewhere(app))
		return EXIT_USAGE;
	dir = state_full_path(request_argument(q, PARAMETER_NAME));
	str_copy(r.state, given != NULL ? given : STATE_DEFAULT,
	    sizeof(r.state));
	r.order = (struct restore){ .dir = dir, .state = r.state,
		.now = clock_wall(),
		.project = state_project_check,
		.other_plant =
		    request_argument(q, PARAMETER_OTHER_PLANT) != NULL };
	code = given == NULL && state_has_server(app) ? into_running(&r)
						      : into_stopped(&r);
	free(dir);
	return code;
}
