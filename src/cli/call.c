/* SPDX-License-Identifier: ISC */
#include "cli/call.h"

#include <errno.h>

#include "base/language.h"
#include "cli/link.h"
#include "cli/output.h"
#include "cli/secret.h"

#define QUIET_MS 60000	/* an answer takes less; a stream may be still */
#define FEED_BYTES (32 * 1024)

/* What is under way. */
struct call_run {
	struct app *app;
	const struct call_plan *plan;
	uint32_t id;
	size_t fed;
	bool feeding;		/* its input is not all sent */
	bool ended;
	int code;
};

static bool
acts(const struct call_run *run)
{
	return verbs[run->plan->verb].audit == AUDIT_ALWAYS;
}

static void
finish(struct call_run *run, int code)
{
	run->ended = true;
	run->code = code;
}

/* Stops asking; what an acting verb has begun goes on in the core. */
static void
cancel(struct call_run *run, int code)
{
	client_cancel(run->app->client, run->id);
	if (code == EXIT_CANCELLED && acts(run))
		complain(run->app, _("cancelled before the result was known; "
		    "see sightglass audit, and check the plant"));
	finish(run, code);
}

static void
broken(struct call_run *run, const char *why)
{
	if (acts(run))
		complain(run->app, _("%s; sent or perhaps sent, not confirmed: "
		    "check the plant"), why);
	else
		complain(run->app, _("no server: %s"), why);
	finish(run, acts(run) ? EXIT_UNKNOWN : EXIT_NO_SERVER);
}

/* What was answered so far goes out; a stream's table is not held back. */
static void
show(struct call_run *run)
{
	if (run->plan->stream && run->app->writer != NULL)
		writer_settle(run->app->writer);
	output_drain(run->app);
}

static void
on_rows(struct call_run *run, const struct client_event *ev)
{
	struct cell cells[256];

	while (!run->ended && client_row(run->app->client, cells))
		if (!run->plan->row(run->app, cells, ev->cells, run->plan->arg))
			cancel(run, EXIT_DONE);
	if (run->app->out.len >= APP_ROOM)
		output_drain(run->app);
	if (!run->ended)	/* not before there is room for more */
		client_more(run->app->client, run->id);
}

static void
on_update(struct call_run *run, const struct client_event *ev)
{
	struct value v;
	uint32_t i;

	while (!run->ended && run->plan->value != NULL &&
	    client_value(run->app->client, &i, &v))
		if (!run->plan->value(run->app, i, &v, run->plan->arg))
			cancel(run, EXIT_DONE);
	show(run);
	if (!run->ended)
		client_drawn(run->app->client, ev->n);
}

static void
on_end(struct call_run *run, const struct client_event *ev)
{
	bool tell = ev->code != EXIT_DONE || !run->app->request.quiet;

	if (*ev->text != '\0' && tell && !run->plan->silent)
		complain_said(run->app, ev->text);
	finish(run, ev->code);
}

static void
on_event(struct call_run *run, const struct client_event *ev)
{
	if (ev->type == MESSAGE_REFUSED) {
		complain_said(run->app, ev->text);
		finish(run, ev->code != 0 ? ev->code : EXIT_NOT_ALLOWED);
	} else if (ev->id != run->id) {
		return;		/* beats, notices, a cancelled call's rest */
	} else if (ev->type == MESSAGE_ROWS) {
		on_rows(run, ev);
	} else if (ev->type == MESSAGE_UPDATE) {
		on_update(run, ev);
	} else if (ev->type == MESSAGE_END) {
		on_end(run, ev);
	}
}

/* Sends the next piece of the input, an empty one behind the last. */
static void
feed(struct call_run *run)
{
	const char *bytes = run->plan->feed;
	size_t n = run->plan->feed_len - run->fed;

	n = n < FEED_BYTES ? n : FEED_BYTES;
	if (client_feed(run->app->client, run->id, bytes + run->fed, n) < 0) {
		/* a peer that is gone shows when we read */
		run->feeding = errno == EAGAIN;
		return;
	}
	run->fed += n;
	run->feeding = n > 0;
}

static void
pause_for_events(struct call_run *run)
{
	bool stream = run->plan->stream;

	show(run);
	if (run->app->reader_gone && !acts(run))
		return;
	switch (link_wait(run->app, run->feeding, stream ? -1 : QUIET_MS)) {
	case LINK_CANCEL:
		cancel(run, EXIT_CANCELLED);
		break;
	case LINK_READER_GONE:
		run->app->reader_gone = true;
		break;
	case LINK_TIMEOUT:
		broken(run, "the server does not answer");
		break;
	case LINK_WRITABLE:
		feed(run);
		break;
	case LINK_READY:
		break;
	}
}

static void
converse(struct call_run *run)
{
	struct client_event ev;
	struct err e;

	while (!run->ended) {
		switch (client_receive(run->app->client, &ev, &e)) {
		case 0:
			pause_for_events(run);
			break;
		case 1:
			on_event(run, &ev);
			break;
		default:
			broken(run, e.text);
		}
		if (run->app->reader_gone && !run->ended && !acts(run))
			cancel(run, EXIT_CANCELLED);
	}
}

int
call_run(struct app *app, const struct call_plan *plan)
{
	struct call_run run = { .app = app,
		.plan = plan,
		.feeding = plan->feed != NULL };
	size_t i;

	client_call(app->client, plan->verb);
	for (i = 0; i < plan->n_arguments; i++)
		client_with(app->client, plan->arguments[i].which,
		    plan->arguments[i].text);
	if (app->plain)
		client_with(app->client, PARAMETER_PLAIN, "yes");
	secrets_send(app);
	run.id = client_send(app->client);
	if (run.id == 0) {
		complain(app, _("the command line is too long, or the server is "
		    "gone"));
		return EXIT_USAGE;
	}
	converse(&run);
	return run.code;
}
