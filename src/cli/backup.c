/* SPDX-License-Identifier: ISC */
#include "cli/backup.h"

#include <stdlib.h>

#include "base/language.h"
#include "base/mem.h"
#include "cli/output.h"
#include "cli/state.h"
#include "store/backup.h"

static void
print_result(struct app *app, const char *dir, const struct backup_result *r)
{
	writer_row(output_writer(app),
	    (struct cell[]){ cell_text(dir), cell_uint(r->files),
		cell_int(r->bytes), cell_text("") },
	    4);
	writer_end(app->writer);
}

int
backup_run(struct app *app)
{
	char *dir = state_full_path(
	    request_argument(&app->request, PARAMETER_NAME));
	const char *given = request_argument(&app->request, PARAMETER_DATA);
	struct backup_result r;
	char state[STATE_PATH] = "";
	struct err e;
	int code = EXIT_USAGE;

	if (state_is_elsewhere(app))
		goto out;
	code = EXIT_DONE;
	if (given != NULL)	/* of a server that is stopped */
		str_copy(state, given, sizeof(state));
	else
		code = state_ask(app, VERB_STATE_BACKUP, dir, state);
	if (code != EXIT_DONE)
		goto out;
	if (backup_make(state, dir, clock_wall(), &r, &e) < 0) {
		complain(app, _("no backup: %s"), e.text);
		code = EXIT_NEGATIVE;
		goto out;
	}
	print_result(app, dir, &r);
out:
	free(dir);
	return code;
}
