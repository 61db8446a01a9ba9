/* SPDX-License-Identifier: ISC */
#include "config.h"

#include "cli/local.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/language.h"
#include "base/mem.h"

#include "cli/backup.h"
#include "cli/call.h"
#include "cli/check.h"
#include "cli/link.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/restore.h"
#include "cli/screen.h"
#include "cli/store.h"
#include "cli/verify.h"
#include "verb/complete.h"
#include "verb/help.h"

/* The words that stand for themselves; the caller frees. */
static const char **
plain_words(const struct request *r)
{
	const char **words = xcalloc(r->arguments.n + 1, sizeof(*words));
	size_t i;

	for (i = 0; i < r->arguments.n; i++)
		words[i] = r->arguments.at[i].text;
	return words;
}

static int
run_help(struct app *app)
{
	const char **words = plain_words(&app->request);
	struct err e;
	int code = EXIT_DONE;

	if (help_words(&app->out, words, app->request.arguments.n, &e) < 0) {
		complain(app, "%s", e.text);
		code = EXIT_USAGE;
	}
	free(words);
	return code;
}

#define CONSOLE "sightglass-console"

/* Where this program is, else where it was installed. */
static void
find_console(char *dst, size_t cap)
{
	ssize_t n = readlink("/proc/self/exe", dst, cap - 1);
	char *slash;

	dst[n > 0 ? n : 0] = '\0';
	slash = strrchr(dst, '/');
	if (slash != NULL &&
	    (size_t)(slash + 1 - dst) + sizeof(CONSOLE) <= cap) {
		memcpy(slash + 1, CONSOLE, sizeof(CONSOLE));
		if (access(dst, X_OK) == 0)
			return;
	}
	str_copy(dst, PKGLIBEXECDIR "/" CONSOLE, cap);
}

/* This process becomes it: what it may do is decided by who we are. */
static int
run_console(struct app *app)
{
	char path[4096], socket[4096];
	char *argv[] = { path, (char *)(uintptr_t) "--socket", socket,
		app->request.arguments.n > 0 ? (char *)(uintptr_t) "--again"
					     : NULL,
		NULL };

	if (app->remote) {
		complain(app, _("the console needs a terminal: ssh -t"));
		return EXIT_USAGE;
	}
	str_copy(socket, app->request.socket != NULL ? app->request.socket
						     : LINK_DEFAULT,
	    sizeof(socket));
	find_console(path, sizeof(path));
	execv(path, argv);
	complain(app, "%s: %s", path, strerror(errno));
	return EXIT_INTERNAL;
}

/* The console draws: it alone knows how things look. */
static int
run_preview(struct app *app)
{
	const struct request *q = &app->request;
	const char *argv[10], *value;
	char path[4096];
	unsigned n = 0;

	if (app->remote) {
		complain(app, _("%s: no file of the server is read; use it where "
		    "the project is"), q->phrase->name);
		return EXIT_USAGE;
	}
	argv[n++] = path;
	argv[n++] = "--preview";
	argv[n++] = request_argument(q, PARAMETER_NAME);
	if ((value = request_argument(q, PARAMETER_SIZE)) != NULL) {
		argv[n++] = "--size";
		argv[n++] = value;
	}
	if ((value = request_argument(q, PARAMETER_PROJECT)) != NULL) {
		argv[n++] = "--project";
		argv[n++] = value;
	}
	if (request_argument(q, PARAMETER_ASCII) != NULL)
		argv[n++] = "--ascii";
	argv[n] = NULL;
	find_console(path, sizeof(path));
	execv(path, (char *const *)(uintptr_t)argv);
	complain(app, "%s: %s", path, strerror(errno));
	return EXIT_INTERNAL;
}

/* A sentence for people, a row for programs. */
static int
run_version(struct app *app)
{
	struct cell row[] = { cell_text("sightglass"),
		cell_text(PACKAGE_VERSION), cell_uint(WIRE_VERSION) };

	if (app->request.format == FORMAT_TABLE && !app->request.quiet) {
		buf_text(&app->out, "sightglass " PACKAGE_VERSION "\n");
		return EXIT_DONE;
	}
	writer_row(output_writer(app), row, 3);
	writer_end(app->writer);
	return EXIT_DONE;
}

struct completion {
	const char *typed;
};

static bool
on_name(struct app *app, const struct cell *cells, unsigned n, void *arg)
{
	const struct completion *c = arg;

	if (n > 0 && cells[0].type == CELL_TEXT &&
	    strncmp(cells[0].as.text, c->typed, strlen(c->typed)) == 0)
		buf_printf(&app->out, "%s\n", cells[0].as.text);
	return true;
}

/* Names of the core; without a server there are just none. */
static void
complete_names(struct app *app, enum complete_names names, const char *typed)
{
	static const enum verb asked[] = { [COMPLETE_TAGS] = VERB_TAGS,
		[COMPLETE_ALARMS] = VERB_ALARMS,
		[COMPLETE_USERS] = VERB_USER_LIST };
	struct completion c = { typed };
	char *pattern = xasprintf("%s*", typed);
	struct argument by_name = { PARAMETER_NAME, pattern };
	struct call_plan plan = { .verb = asked[names],
		.arguments = &by_name,
		.n_arguments = names == COMPLETE_TAGS,
		.row = on_name,
		.arg = &c,
		.silent = true };
	int quiet = app->err_fd;

	app->err_fd = -1;
	if (link_open(app) == EXIT_DONE)
		call_run(app, &plan);
	app->err_fd = quiet;
	free(pattern);
}

static int
run_complete(struct app *app)
{
	const char **words = plain_words(&app->request);
	size_t n = app->request.arguments.n, i;
	enum complete_names names = complete_words(&app->out, words, n);

	for (i = 0; i + 1 < n; i++)	/* the socket of that line, not ours */
		if (strcmp(words[i], "-s") == 0 && !app->remote)
			app->request.socket = words[i + 1];
	if (names != COMPLETE_NONE)
		complete_names(app, names, words[n - 1]);
	free(words);
	return EXIT_DONE;
}

int
local_run(struct app *app)
{
	static int (*const runs[LOCAL_COUNT])(struct app *) = {
		[LOCAL_CONSOLE] = run_console,
		[LOCAL_HELP] = run_help,
		[LOCAL_VERSION] = run_version,
		[LOCAL_COMPLETE] = run_complete,
		[LOCAL_PROJECT_CHECK] = check_run,
		[LOCAL_SCREEN_CHECK] = screen_check_run,
		[LOCAL_SCREEN_PREVIEW] = run_preview,
		[LOCAL_REPORT] = report_run,
		[LOCAL_STORE_IMPORT] = store_import,
		[LOCAL_STORE_VERIFY] = verify_run,
		[LOCAL_BACKUP] = backup_run,
		[LOCAL_RESTORE] = restore_run,
	};

	return runs[app->request.phrase->local](app);
}
