/* SPDX-License-Identifier: ISC */
#include "cli/bundle.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/language.h"
#include "base/text.h"
#include "cli/input.h"
#include "cli/output.h"
#include "project/pack.h"
#include "project/read.h"

/* The tar of standard input, in memory, so that waiting can be cancelled. */
static int
gather(struct app *app, int *fd)
{
	struct buf tar = { 0 };
	int code;

	if (app->in_is_terminal) {
		complain(app, _("%s -: a tar is expected on standard input"),
		    app->request.phrase->name);
		return EXIT_USAGE;
	}
	code = input_drain(app, &tar, BUNDLE_MAX);
	*fd = code == EXIT_DONE ? memfd_create("project", MFD_CLOEXEC) : -1;
	if (code == EXIT_DONE &&
	    (*fd < 0 || fd_write_all(*fd, tar.at, tar.len) < 0 ||
		lseek(*fd, 0, SEEK_SET) < 0)) {
		complain(app, _("memory: %s"), strerror(errno));
		code = EXIT_INTERNAL;
	}
	buf_free(&tar);
	return code;
}

static int
read_tar(struct app *app, struct project_files *f, struct report *r)
{
	struct err e;
	int fd = -1, code = gather(app, &fd);

	if (code == EXIT_DONE && project_files_read_tar(f, fd, r, &e) < 0) {
		complain(app, _("standard input: %s"), e.text);
		code = EXIT_NEGATIVE;
	}
	fd_close(&fd);
	return code;
}

static int
read_directory(struct app *app, struct project_files *f, struct report *r)
{
	const char *name = app->request.phrase->name;
	struct err e;

	if (app->remote) {
		complain(app, _("%s: no directory of the server is read; "
		    "tar c . | ssh PLANT %s -"), name, name);
		return EXIT_USAGE;
	}
	if (project_files_read(f, app->request.project, r, &e) == 0)
		return EXIT_DONE;
	complain(app, "%s", e.text);
	return EXIT_NO_SUCH;
}

int
bundle_read(struct app *app, struct project_files *f, struct report *r)
{
	bool tar = strcmp(app->request.project, "-") == 0;
	int code = tar ? read_tar(app, f, r) : read_directory(app, f, r);
	struct plant *plant = NULL;

	if (code != EXIT_DONE)
		return code;
	project_read_files(f, &plant, r);
	plant_free(plant);
	report_sort(r);
	return EXIT_DONE;
}

char *
bundle_directory(const struct app *app)
{
	const char *dir = app->request.project;
	size_t len = strlen(dir);
	char *clean;

	if (strcmp(dir, "-") == 0)
		return NULL;
	while (len > 1 && dir[len - 1] == '/')
		len--;
	clean = xmalloc(2 * len + 1);
	text_clean(clean, 2 * len + 1, dir, len);
	return clean;
}

static void
say_problems(struct app *app, struct report *r)
{
	struct buf text = { 0 };
	char *dir = bundle_directory(app);

	report_print(r, dir, &text);
	output_message(app, buf_string(&text));
	buf_free(&text);
	free(dir);
}

int
bundle_pack(struct app *app, struct buf *tar)
{
	struct project_files files = { 0 };
	struct report problems;
	struct err e;
	int code;

	report_init(&problems);
	code = bundle_read(app, &files, &problems);
	if (code == EXIT_DONE && problems.errors + problems.warnings > 0)
		say_problems(app, &problems);
	if (code == EXIT_DONE && problems.errors > 0)
		code = EXIT_NEGATIVE;
	if (code == EXIT_DONE && project_pack(&files, tar, &e) < 0) {
		complain(app, "%s", e.text);
		code = EXIT_INTERNAL;
	}
	project_files_fini(&files);
	report_fini(&problems);
	return code;
}
