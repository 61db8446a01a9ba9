/* SPDX-License-Identifier: ISC */
#include "cli/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/fd.h"
#include "verb/print.h"

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
	else if (r->phrase->verb == VERB_SCREEN && r->format == FORMAT_TABLE)
		style.format = FORMAT_BARE;	/* a file is no table */
	app->writer = writer_new(&app->out, r->phrase->name, r->phrase->columns,
	    &style);
	return app->writer;
}

int
output_drain(struct app *app)
{
	int rc = 0;

	if (app->reader_gone) {
		buf_clear(&app->out);
		return -1;
	}
	if (app->out.len > 0)
		rc = fd_write_all(app->out_fd, app->out.at, app->out.len);
	if (rc < 0 && errno == EPIPE)
		app->reader_gone = true;
	else if (rc < 0)
		complain(app, "standard output: %s", strerror(errno));
	buf_clear(&app->out);
	return rc;
}
