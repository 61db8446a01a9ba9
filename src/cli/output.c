/* SPDX-License-Identifier: ISC */
#include "cli/output.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/language.h"
#include "verb/print.h"
#include "wire/said.h"

#define PIECE 1024

void
complain(struct app *app, const char *fmt, ...)
{
	char text[2048];
	struct buf line = { 0 };
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_text(&line, "sightglass: ");
	print_clean(&line, text);
	buf_char(&line, '\n');
	output_message(app, buf_string(&line));
	buf_free(&line);
}

void
complain_said(struct app *app, const char *text)
{
	char said[2048];

	complain(app, "%s", said_show(said, sizeof(said), text));
}

void
output_message(struct app *app, const char *text)
{
	if (fd_write_all(app->err_fd, text, strlen(text)) < 0)
		return;		/* nowhere to say it */
}

/* With -q: the value of get and watch, the first column of lists; what acts,
 * the status and a check say all by their exit code. */
static void
quiet_style(const struct phrase *p, struct writer_style *style)
{
	style->format = FORMAT_BARE;
	if (p->verb == VERB_GET || p->verb == VERB_WATCH)
		style->column = 1;
	else if (phrase_acts(p) || p->verb == VERB_STATUS ||
	    p->local == LOCAL_PROJECT_CHECK)
		style->format = FORMAT_NOTHING;
}

static const char *
argument_of(const struct request *r, enum parameter which)
{
	size_t i;

	for (i = 0; i < r->arguments.n; i++)
		if (r->arguments.at[i].which == which)
			return r->arguments.at[i].text;
	return NULL;
}

/* Those of the verb; of spans of history what was asked for. */
static const char *
columns_of(struct app *app)
{
	const struct request *r = &app->request;
	const char *show = argument_of(r, PARAMETER_SHOW);

	if (r->phrase->verb != VERB_HISTORY ||
	    argument_of(r, PARAMETER_EVERY) == NULL)
		return r->phrase->columns;
	buf_clear(&app->columns);
	buf_printf(&app->columns, HISTORY_BUCKET_COLUMNS ",%s",
	    show != NULL ? show : HISTORY_SHOW);
	return buf_string(&app->columns);
}

struct writer *
output_writer(struct app *app)
{
	const struct request *r = &app->request;
	struct writer_style style = { .format = r->format,
		.header = !r->no_header,
		.colour = app->colour,
		.now = clock_wall() };

	if (app->writer != NULL)
		return app->writer;
	if (r->quiet)
		quiet_style(r->phrase, &style);
	else if ((r->phrase->verb == VERB_SCREEN ||
		     r->phrase->verb == VERB_REPORT) &&
	    r->format == FORMAT_TABLE)
		style.format = FORMAT_BARE;	/* a file is no table */
	app->writer = writer_new(
	    &app->out, r->phrase->name, columns_of(app), &style);
	return app->writer;
}

/*
 * Waits until the reader takes something; meanwhile the core's beats are
 * taken, so that a pager that stands still does not cost us the session.
 */
static bool
wait_for_reader(struct app *app)
{
	struct pollfd p[3] = { { app->out_fd, POLLOUT, 0 },
		{ app->cancel_fd, POLLIN, 0 },
		{ app->client != NULL ? client_fd(app->client) : -1, POLLIN,
		    0 } };

	for (;;) {
		if (poll(p, 3, -1) < 0 && errno != EINTR)
			return true;	/* write() will say why */
		if (p[1].revents != 0)
			return false;
		if (p[0].revents != 0)
			return true;
		if (p[2].revents != 0 && client_skip_beats(app->client))
			p[2].fd = -1;	/* it keeps until we have time */
	}
}

/* In pieces that a pipe which is ready takes without blocking. */
static int
write_out(struct app *app)
{
	size_t at = 0, n;
	ssize_t rc;

	while (at < app->out.len) {
		if (!wait_for_reader(app)) {
			app->reader_gone = true;	/* the user gave up */
			return -1;
		}
		n = app->out.len - at < PIECE ? app->out.len - at : PIECE;
		rc = write(app->out_fd, app->out.at + at, n);
		if (rc < 0 && errno != EINTR && errno != EAGAIN)
			return -1;
		at += rc > 0 ? (size_t)rc : 0;
	}
	return 0;
}

int
output_drain(struct app *app)
{
	int rc;

	if (app->reader_gone) {
		buf_clear(&app->out);
		return -1;
	}
	rc = write_out(app);
	if (rc < 0 && errno == EPIPE)
		app->reader_gone = true;
	else if (rc < 0 && !app->reader_gone)
		complain(app, _("standard output: %s"), strerror(errno));
	buf_clear(&app->out);
	return rc;
}
