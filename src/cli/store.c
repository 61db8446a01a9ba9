/* SPDX-License-Identifier: ISC */
#include "cli/store.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/output.h"
#include "store/history.h"

#define CELLS_MAX 16

/* Columns of the csv that `history -o csv` prints. */
enum column { TAG, TIME, VALUE, QUALITY, CAUSE, FLAGS, COLUMNS };
static const char *const column_names[COLUMNS] = { "tag", "time", "value",
	"quality", "cause", "flags" };

struct import {
	struct history *history;
	int at[COLUMNS];	/* which cell; -1: there is no such column */
	unsigned long line;
	char last_tag[PLANT_NAME_MAX + 1];
	uint32_t last_id;
	struct wall until;	/* the latest time of all */
	char text[VALUE_TEXT_MAX + 1];
};

/* RFC 4180 in place, without line ends inside of cells. The cells, or -1. */
static int
split(char *line, char *cells[CELLS_MAX])
{
	char *from = line, *to;
	int n = 0;
	bool quoted;

	for (;;) {
		if (n == CELLS_MAX)
			return -1;
		quoted = *from == '"';
		from += quoted;
		for (to = cells[n++] = from; *from != '\0'; from++) {
			if (quoted && from[0] == '"' && from[1] == '"')
				from++;
			else if (quoted ? *from == '"' : *from == ',')
				break;
			*to++ = *from;
		}
		if (quoted && *from++ != '"')
			return -1;
		if (*from != ',' && *from != '\0')
			return -1;
		line = from + 1;
		if (*from == '\0') {
			*to = '\0';
			return n;
		}
		*to = '\0';
		from = line;
	}
}

static int
read_header(struct import *im, char *const *cells, int n, struct err *e)
{
	int c, i;

	for (c = 0; c < COLUMNS; c++) {
		im->at[c] = -1;
		for (i = 0; i < n; i++)
			if (strcmp(cells[i], column_names[c]) == 0)
				im->at[c] = i;
		if (im->at[c] < 0 && c <= QUALITY)
			return err_set(e, _("no column \"%s\"; the header is "
			    "tag,time,value,quality[,cause,flags]"),
			    column_names[c]);
	}
	return 0;
}

/* true, false, a number, or a text; what is empty has no content. */
static struct value
parse_value(struct import *im, const char *s, struct wall t)
{
	double number;
	char *end;

	if (strcmp(s, "true") == 0 || strcmp(s, "false") == 0)
		return value_bool(*s == 't', t);
	if (*s == '\0')
		return value_real(NAN, t);
	number = strtod(s, &end);
	if (*end == '\0' && isfinite(number))
		return value_real(number, t);
	text_clean(im->text, sizeof(im->text), s, strlen(s));
	return value_text(im->text, t);
}

static uint8_t
parse_cause(const char *s)
{
	int c;

	for (c = CAUSE_NONE; c <= CAUSE_RANGE; c++)
		if (strcmp(s, cause_name((enum cause)c)) == 0)
			return (uint8_t)c;
	return CAUSE_NONE;
}

static uint8_t
parse_flags(const char *s)
{
	return (uint8_t)((strstr(s, "override") != NULL ? VALUE_OVERRIDE : 0) |
	    (strstr(s, "simulated") != NULL ? VALUE_SIMULATED : 0));
}

static uint32_t
tag_id(struct import *im, const char *name)
{
	if (strcmp(name, im->last_tag) != 0) {
		str_copy(im->last_tag, name, sizeof(im->last_tag));
		im->last_id = history_tag(im->history, name);
	}
	return im->last_id;
}

static int
read_row(struct import *im, char *const *cells, struct err *e)
{
	const char *name = cells[im->at[TAG]];
	enum quality quality;
	struct value v;
	struct wall t;
	bool odd;

	if (*name == '\0' || strlen(name) > PLANT_NAME_MAX)
		return err_set(e, _("no name of a tag: \"%s\""), name);
	if (when_parse(&t, &odd, cells[im->at[TIME]], clock_wall(), e) < 0)
		return -1;
	if (!quality_parse(&quality, cells[im->at[QUALITY]]))
		return err_set(e, _("no quality: \"%s\""),
		    cells[im->at[QUALITY]]);
	v = parse_value(im, cells[im->at[VALUE]], t);
	if (v.quality < quality)
		v.quality = (uint8_t)quality;
	if (im->at[CAUSE] >= 0 && v.quality != QUALITY_GOOD)
		v.cause = parse_cause(cells[im->at[CAUSE]]);
	v.flags = im->at[FLAGS] >= 0 ? parse_flags(cells[im->at[FLAGS]])
				     : VALUE_SIMULATED;
	if (t.ms > im->until.ms)
		im->until = t;
	return history_import_put(im->history, tag_id(im, name), &v, e);
}

static int
read_lines(struct import *im, FILE *in, struct err *e)
{
	char line[1024], *cells[CELLS_MAX];
	int n, columns = 0, rc = 0;

	while (rc == 0 && fgets(line, sizeof(line), in) != NULL) {
		im->line++;
		line[strcspn(line, "\r\n")] = '\0';
		n = split(line, cells);
		if (im->line == 1) {
			rc = n < 0 ? err_set(e, _("no header"))
				   : read_header(im, cells, n, e);
			columns = n;
		} else if (n != columns) {
			rc = err_set(e, _("a row like the header is expected"));
		} else {
			rc = read_row(im, cells, e);
		}
	}
	if (rc == 0 && ferror(in))
		rc = err_sys(e, "read");
	if (rc == 0 && im->line == 0)
		rc = err_set(e, _("nothing was given"));
	if (rc < 0)
		err_prefix(e, _("standard input:%lu"), im->line);
	return rc;
}

/* What came before an error stays: it is complete up to its line. */
static int
run(struct app *app, struct import *im, FILE *in)
{
	struct history_import done = { 0 };
	struct err e, late;
	struct cell row[2];
	int rc;

	if (history_import_begin(im->history, false, &e) < 0) {
		complain(app, "%s", e.text);
		return EXIT_REFUSED;
	}
	rc = read_lines(im, in, &e);
	if (rc < 0)
		complain(app, "%s", e.text);
	if (history_import_end(im->history, im->until, &done, &late) < 0) {
		complain(app, "%s", late.text);
		return EXIT_INTERNAL;
	}
	row[0] = cell_uint(done.taken);
	row[1] = cell_uint(done.refused);
	writer_row(output_writer(app), row, 2);
	writer_end(app->writer);
	return rc < 0 ? EXIT_USAGE : done.taken > 0 ? EXIT_DONE : EXIT_NEGATIVE;
}

int
store_import(struct app *app)
{
	static const struct history_limits any = { { INT64_MAX / 2 },
		INT64_MAX };
	struct import im = { 0 };
	FILE *in;
	int code;

	if (app->remote) {
		complain(app, _("store opens files: on the server itself only"));
		return EXIT_NOT_ALLOWED;
	}
	in = fdopen(app->in_fd, "r");
	if (in == NULL) {
		complain(app, _("standard input: %s"), strerror(errno));
		return EXIT_USAGE;
	}
	im.history = history_open(app->request.arguments.at[0].text, &any);
	code = run(app, &im, in);
	history_close(im.history, (struct wall){ 0 });
	return code;
}
