/* SPDX-License-Identifier: ISC */
#include "cli/piece.h"

#include <string.h>
#include <unistd.h>

#include "base/language.h"
#include "cli/output.h"

bool
piece_is_file(const struct app *app)
{
	return app->request.phrase->verb == VERB_PROJECT_EXPORT;
}

int
piece_check(struct app *app)
{
	if (!piece_is_file(app) || !isatty(app->out_fd))
		return EXIT_DONE;
	complain(app, _("%s writes a tar: %s > FILE.tar"),
	    app->request.phrase->name, app->request.phrase->name);
	return EXIT_USAGE;
}

static int
digit(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c != '\0' ? strchr(digits, c) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

bool
piece_row(struct app *app, const struct cell *cells, unsigned n, void *arg)
{
	const char *s = n == 1 && cells[0].type == CELL_TEXT
	    ? cells[0].as.text
	    : "";
	uint32_t bits = 0;
	unsigned have = 0;

	(void)arg;
	for (; digit(*s) >= 0; s++) {
		bits = bits << 6 | (uint32_t)digit(*s);
		have += 6;
		if (have < 8)
			continue;
		have -= 8;
		buf_char(&app->out, (char)(bits >> have & 0xff));
	}
	app->rows++;
	return true;
}
