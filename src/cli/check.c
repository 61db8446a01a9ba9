/* SPDX-License-Identifier: ISC */
#include "cli/check.h"

#include <stdlib.h>

#include "cli/bundle.h"
#include "cli/output.h"

static void
print_rows(struct app *app, const struct report *r)
{
	struct writer *w = output_writer(app);
	const struct problem *p;
	size_t i;

	for (i = 0; i < r->problems.n; i++) {
		p = &r->problems.at[i];
		writer_row(w,
		    (struct cell[]){ cell_text(p->file),
			p->line > 0 ? cell_uint(p->line) : cell_null(),
			p->column > 0 ? cell_uint(p->column) : cell_null(),
			cell_text(p->warning ? "warning" : "error"),
			cell_text(p->text) },
		    5);
	}
	writer_end(w);
}

void
check_print(struct app *app, struct report *r, const char *dir)
{
	if (app->request.format == FORMAT_TABLE && !app->request.quiet)
		report_print(r, dir, &app->out);
	else
		print_rows(app, r);
}

int
check_run(struct app *app)
{
	struct project_files files = { 0 };
	struct report problems;
	char *dir;
	int code;

	report_init(&problems);
	code = bundle_read(app, &files, &problems);
	if (code == EXIT_DONE) {
		dir = bundle_directory(app);
		check_print(app, &problems, dir);
		free(dir);
		code = problems.errors > 0 ? EXIT_NEGATIVE : EXIT_DONE;
	}
	project_files_fini(&files);
	report_fini(&problems);
	return code;
}
