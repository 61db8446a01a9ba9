/* SPDX-License-Identifier: ISC */
#include "cli/app.h"

#include "base/language.h"
#include "cli/ask.h"
#include "cli/input.h"
#include "cli/link.h"
#include "cli/local.h"
#include "cli/output.h"
#include "cli/piece.h"
#include "cli/secret.h"
#include "verb/help.h"


static int
usage_error(struct app *app, const struct err *e)
{
	struct buf usage = { 0 };

	complain(app, "%s", e->text);
	if (app->request.phrase != NULL)
		help_usage(&usage, app->request.phrase);
	else
		buf_printf(&usage, "%s sightglass help\n", _("see:"));
	output_message(app, buf_string(&usage));
	buf_free(&usage);
	return EXIT_USAGE;
}

/* `sightglass` alone: the help, but not as a result. */
static int
say_everything(struct app *app)
{
	struct buf help = { 0 };

	help_general(&help);
	output_message(app, buf_string(&help));
	buf_free(&help);
	return EXIT_USAGE;
}

static int
show_help(struct app *app)
{
	if (app->request.phrase != NULL)
		help_phrase(&app->out, app->request.phrase);
	else
		help_general(&app->out);
	output_drain(app);
	return EXIT_DONE;
}

/* Input first: an open session that does not listen would be cut off. */
static int
ask_core(struct app *app)
{
	struct buf input = { 0 };
	int code = piece_check(app);

	if (code == EXIT_DONE)
		code = secrets_read(app);
	if (code == EXIT_DONE)
		code = input_read(app, &input);
	if (code == EXIT_DONE)
		code = link_open(app);
	if (code == EXIT_DONE)
		code = ask(app, &input);
	buf_free(&input);
	secrets_forget(app);
	return code;
}

static int
run(struct app *app, const char *const *words, size_t n)
{
	struct request *r = &app->request;
	struct err e;

	if (request_parse(r, words, n, &e) < 0)
		return n == 0 ? say_everything(app) : usage_error(app, &e);
	if (app->remote && r->socket != NULL) {
		err_set(&e, _("-s does not fit here: this session has its "
			      "server"));
		return usage_error(app, &e);
	}
	if (r->help)
		return show_help(app);
	if (r->phrase->local != LOCAL_NONE)
		return local_run(app);
	return ask_core(app);
}

int
app_run(struct app *app, const char *const *words, size_t n)
{
	int code = run(app, words, n);

	if (output_drain(app) < 0 && code == EXIT_DONE && !app->reader_gone)
		code = EXIT_INTERNAL;
	writer_free(app->writer);
	client_free(app->client);
	buf_free(&app->out);
	buf_free(&app->columns);
	request_fini(&app->request);
	return code;
}
