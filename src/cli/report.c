/* SPDX-License-Identifier: ISC */
#include "cli/report.h"

#include <stdlib.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/when.h"
#include "cli/call.h"
#include "cli/link.h"
#include "cli/output.h"
#include "report/run.h"

static bool
on_row(struct app *app, const struct cell *cells, unsigned n, void *arg)
{
	(void)app;
	report_run_row(arg, cells, n);
	return true;
}

/* Asks one question of the run; its answer's exit code. */
static int
answer(struct app *app, struct report_run *r, const struct report_question *q)
{
	struct argument *words = xcalloc(q->n, sizeof(*words));
	struct call_plan plan = { .verb = q->verb,
		.arguments = words,
		.n_arguments = q->n,
		.row = on_row,
		.arg = r };
	size_t i;
	int code;

	for (i = 0; i < q->n; i++)
		words[i] = (struct argument){ q->words[i].which,
			q->words[i].text };
	code = call_run(app, &plan);
	free(words);
	report_run_end(r, code, "");
	return code;
}

static bool
print_row(void *arg, const struct cell *cells, unsigned n)
{
	struct app *app = arg;

	writer_row(output_writer(app), cells, n);
	if (app->out.len >= APP_ROOM)
		output_drain(app);
	app->rows++;
	return app->request.count == 0 || app->rows < app->request.count;
}

static void
print(struct app *app, const struct report_run *r)
{
	if (app->request.utc)
		when_zone("UTC");
	if (app->request.format == FORMAT_TABLE && !app->request.quiet) {
		report_text(r, &app->out);
		return;
	}
	report_rows(r, print_row, app);
	writer_end(output_writer(app));
}

/* Periods are the plant's also where their times are shown in UTC. */
static void
settle_words(struct app *app)
{
	when_zone(app->welcome.zone);
	/* without its catalogue a text is in English */
	language_use(app->welcome.language, NULL);
}

static int
work_out(struct app *app)
{
	const struct request *asked = &app->request;
	struct report_wish wish = {
		.name = request_argument(asked, PARAMETER_NAME),
		.date = request_argument(asked, PARAMETER_DATE),
		.shift = request_argument(asked, PARAMETER_SHIFT),
		.now = clock_wall(),
		.plant = app->welcome.plant,
		.language = app->welcome.language,
		.languages = app->welcome.languages };
	struct report_run *r = report_run_new(&wish);
	const struct report_question *q;
	const char *why;
	int code;

	while ((q = report_run_next(r)) != NULL)
		if (answer(app, r, q) == EXIT_CANCELLED)
			break;
	code = report_run_code(r, &why);
	if (code == EXIT_DONE)
		print(app, r);
	else if (*why != '\0')
		complain(app, "%s", why);
	report_run_free(r);
	return code;
}

int
report_run(struct app *app)
{
	int code = link_open(app);

	if (code != EXIT_DONE)
		return code;
	settle_words(app);
	return work_out(app);
}
