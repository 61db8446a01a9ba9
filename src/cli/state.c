/* SPDX-License-Identifier: ISC */
#include "cli/state.h"

#include <unistd.h>

#include "base/fd.h"
#include "base/language.h"
#include "base/mem.h"
#include "cli/call.h"
#include "cli/link.h"
#include "cli/output.h"

bool
state_is_elsewhere(struct app *app)
{
	if (app->remote)
		complain(app, _("%s works on the server's own machine only"),
		    app->request.phrase->name);
	return app->remote;
}

char *
state_full_path(const char *dir)
{
	char here[STATE_PATH];

	if (*dir == '/' || getcwd(here, sizeof(here)) == NULL)
		return xstrdup(dir);
	return xasprintf("%s/%s", here, dir);
}

bool
state_has_server(struct app *app)
{
	const char *path = app->request.socket;
	struct err e;
	int fd = fd_connect_unix(path != NULL ? path : LINK_DEFAULT, &e);
	bool is = fd >= 0;

	fd_close(&fd);
	return is;
}

static bool
on_state(struct app *app, const struct cell *cells, unsigned n, void *arg)
{
	(void)app;
	if (n > 0 && cells[0].type == CELL_TEXT)
		str_copy(arg, cells[0].as.text, STATE_PATH);
	return true;
}

int
state_ask(struct app *app, enum verb verb, const char *name,
    char state[STATE_PATH])
{
	const struct argument word = { PARAMETER_NAME, name };
	struct call_plan plan = { .verb = verb,
		.arguments = &word,
		.n_arguments = name != NULL,
		.row = on_state,
		.arg = state };
	int code = link_open(app);

	return code == EXIT_DONE ? call_run(app, &plan) : code;
}

int
state_find(struct app *app, enum verb verb, char state[STATE_PATH])
{
	const char *given = request_argument(&app->request, PARAMETER_DATA);

	if (given == NULL && state_has_server(app))
		return state_ask(app, verb, NULL, state);
	str_copy(state, given != NULL ? given : STATE_DEFAULT, STATE_PATH);
	return EXIT_DONE;
}
