/* SPDX-License-Identifier: ISC */
#include "cli/verify.h"

#include <linux/ioprio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/language.h"
#include "cli/output.h"
#include "cli/state.h"
#include "store/verify.h"

/* Behind everything else on this machine: the server reads and writes, too. */
static void
step_back(void)
{
	setpriority(PRIO_PROCESS, 0, 19);
	syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0,
	    IOPRIO_PRIO_VALUE(IOPRIO_CLASS_IDLE, 0));
}

static void
on_check(void *arg, const struct verify_row *row)
{
	struct app *app = arg;

	writer_row(output_writer(app),
	    (struct cell[]){ cell_text(row->part), cell_text(row->check),
		cell_text(row->wrong == NULL ? "ok" : "damaged"),
		cell_uint(row->count),
		cell_text(row->wrong != NULL ? row->wrong : "") },
	    5);
}

int
verify_run(struct app *app)
{
	char state[STATE_PATH] = "";
	unsigned wrong;
	int code;

	if (state_is_elsewhere(app))
		return EXIT_USAGE;
	code = state_find(app, VERB_STATE_PLACE, state);
	if (code != EXIT_DONE)
		return code;
	step_back();
	wrong = state_verify(state, on_check, app);
	writer_end(app->writer);
	if (wrong > 0)
		complain(app, _("%s: %u checks found something"), state, wrong);
	return wrong == 0 ? EXIT_DONE : EXIT_NEGATIVE;
}
