/* SPDX-License-Identifier: ISC */
#include "cli/ask.h"

#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/when.h"
#include "cli/call.h"
#include "cli/output.h"
#include "cli/piece.h"
#include "cli/watch.h"

/* TAG_COLUMNS: where get -q looks. */
enum { TAG_NAME = 0, TAG_QUALITY = 4, TAG_CAUSE = 5 };

/* Within --since and --until, for verbs whose core does not apply them. */
static bool
in_time(const struct app *app, const struct cell *cells, unsigned n)
{
	int column = phrase_time_column(app->request.phrase);
	const struct cell *c;

	if (app->since.ms == 0 && app->until.ms == 0)
		return true;
	if (column < 0 || (unsigned)column >= n)
		return false;
	c = &cells[column];
	return c->type == CELL_TIME && c->as.time.ms >= app->since.ms &&
	    (app->until.ms == 0 || c->as.time.ms < app->until.ms);
}

/* The bare value has no quality: one that is not good is said beside it. */
static void
warn_of_quality(struct app *app, const struct cell *cells, unsigned n)
{
	if (n <= TAG_CAUSE || cells[TAG_QUALITY].type != CELL_TEXT ||
	    strcmp(cells[TAG_QUALITY].as.text, "good") == 0)
		return;
	complain(app, _("%s is %s%s%s"),
	    cells[TAG_NAME].type == CELL_TEXT ? cells[TAG_NAME].as.text : "?",
	    _(cells[TAG_QUALITY].as.text),
	    cells[TAG_CAUSE].type == CELL_TEXT ? ": " : "",
	    cells[TAG_CAUSE].type == CELL_TEXT ? cells[TAG_CAUSE].as.text
						: "");
}

bool
ask_print(struct app *app, const struct cell *cells, unsigned n)
{
	const struct request *r = &app->request;
	bool here = !request_core_limits(r);

	if (here && !in_time(app, cells, n))
		return true;
	if (r->quiet && (r->phrase->verb == VERB_GET ||
			    r->phrase->verb == VERB_WATCH))
		warn_of_quality(app, cells, n);
	writer_row(output_writer(app), cells, n);
	app->rows++;
	return !here || r->count == 0 || app->rows < r->count;
}

static bool
on_row(struct app *app, const struct cell *cells, unsigned n, void *arg)
{
	(void)arg;
	return ask_print(app, cells, n);
}

static void
add(struct app *app, enum parameter which, const char *text)
{
	vec_push(&app->request.arguments, ((struct argument){ which, text }));
}

/* --since, --until and -n for a core that applies them. */
static void
add_limits(struct app *app, char room[3][WHEN_CAP])
{
	if (!request_core_limits(&app->request))
		return;
	if (app->since.ms != 0)
		add(app, PARAMETER_SINCE, when_utc(room[0], app->since));
	if (app->until.ms != 0)
		add(app, PARAMETER_UNTIL, when_utc(room[1], app->until));
	if (app->request.count == 0)
		return;
	snprintf(room[2], WHEN_CAP, "%lu", app->request.count);
	add(app, PARAMETER_COUNT, room[2]);
}

/* What remains to be said when the answer is complete. */
static int
conclude(struct app *app, int code)
{
	bool limited = !request_core_limits(&app->request) &&
	    (app->since.ms != 0 || app->until.ms != 0);

	if (code == EXIT_DONE && app->rows == 0 && limited)
		code = EXIT_NEGATIVE;
	/* a broken answer stays visibly broken: its JSON does not close */
	if (code == EXIT_NO_SERVER) {
		if (app->writer != NULL)
			writer_settle(app->writer);
		return code;
	}
	/* an answer without rows is one, an error is none */
	if (app->writer == NULL && !piece_is_file(app) &&
	    code <= EXIT_NEGATIVE &&
	    *app->request.phrase->columns != '\0')
		output_writer(app);
	if (app->writer != NULL)
		writer_end(app->writer);
	return code;
}

int
ask(struct app *app, const struct buf *input)
{
	const struct phrase *p = app->request.phrase;
	char room[3][WHEN_CAP];
	struct call_plan plan = { .verb = p->verb,
		.row = piece_is_file(app) ? piece_row : on_row,
		.stream = phrase_streams(p) };

	if (p->verb == VERB_WATCH)
		return conclude(app, watch(app));
	if (app->request.usage.has_input)
		add(app, app->request.usage.input, buf_string(input));
	if (app->request.project != NULL) {
		plan.feed = input->at;
		plan.feed_len = input->len;
	}
	add_limits(app, room);
	plan.arguments = app->request.arguments.at;
	plan.n_arguments = app->request.arguments.n;
	return conclude(app, call_run(app, &plan));
}
