/* SPDX-License-Identifier: ISC */
#include "console/preview.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "console/mimic.h"
#include "console/things_plant.h"
#include "project/read.h"
#include "term/dump.h"
#include "term/layout.h"
#include "wire/verbs.h"

#define SHARE 0.6		/* where in its range each value stands */

static int
print_problems(struct report *r, const char *dir)
{
	struct buf b = { 0 };

	report_sort(r);
	if (r->errors + r->warnings > 0) {
		report_print(r, dir, &b);
		fputs(buf_string(&b), stderr);
		buf_free(&b);
	}
	return r->errors > 0 ? -1 : 0;
}

static struct plant *
read_plant(const struct preview *p)
{
	struct plant *plant = NULL;
	struct report problems;
	char *copy = xstrdup(p->file), *dir;

	dir = p->project != NULL ? xstrdup(p->project)
				 : xasprintf("%s/..", dirname(copy));
	report_init(&problems);
	project_read(dir, &plant, &problems);
	if (plant == NULL)
		print_problems(&problems, dir);
	report_fini(&problems);
	free(copy);
	free(dir);
	return plant;
}

static struct screen *
read_screen(const struct preview *p, const struct plant *plant)
{
	struct buf text = { 0 };
	struct screen *s = NULL;
	struct report problems;

	if (buf_read_file(&text, p->file, SCREEN_BYTES_MAX) < 0) {
		fprintf(stderr, "sightglass-console: %s: %s\n", p->file,
		    strerror(errno));
		return NULL;
	}
	report_init(&problems);
	s = screen_parse(p->file, buf_string(&text), text.len,
	    (const char *const *)plant->languages, plant->n_languages,
	    &problems);
	if (s != NULL)
		screen_check(s, plant, &problems);
	if (print_problems(&problems, NULL) < 0) {
		screen_free(s);
		s = NULL;
	}
	report_fini(&problems);
	buf_free(&text);
	return s;
}

static void
make_values(struct things *t, const struct plant *p)
{
	struct value v;
	uint32_t i;

	t->now = clock_wall();
	things_of_plant(t, p, 0);
	for (i = 0; i < p->n_tags; i++) {
		/* limits and the like stand in the project */
		if (p->tags[i].has_initial && p->tags[i].type != VALUE_TEXT)
			continue;
		v = things_plant_value(p, i, SHARE, t->now);
		if (p->tags[i].type == VALUE_BOOL)
			v = value_bool(false, t->now);
		things_value(t, i, &v);
	}
}

static int
print_body(const struct preview *p, struct things *t, const struct screen *s)
{
	struct terminal_options o = { .in_fd = -1,
		.out_fd = -1,
		.rows = p->rows,
		.cols = p->cols,
		.term = "xterm",
		.set = p->ascii ? SET_ASCII : SET_UTF8 };
	struct rect body = layout_frame(p->rows, p->cols).body;
	struct mono now = clock_mono();
	struct terminal *terminal;
	struct buf b = { 0 };
	struct mimic m;
	struct err e;

	terminal = terminal_open(&o, &e);
	if (terminal == NULL) {
		fprintf(stderr, "sightglass-console: %s\n", e.text);
		return EXIT_INTERNAL;
	}
	mimic_init(&m, s, t);
	mimic_draw(&m, canvas_rect(terminal_frame_begin(terminal, now), body));
	terminal_frame_end(terminal, now);
	dump_rect(terminal, body, DUMP_TEXT, &b);
	fputs(buf_string(&b), stdout);
	mimic_fini(&m);
	terminal_close(terminal);
	buf_free(&b);
	return EXIT_DONE;
}

int
preview_print(const struct preview *p)
{
	struct plant *plant = read_plant(p);
	struct screen *s = plant != NULL ? read_screen(p, plant) : NULL;
	struct things things;
	int rc = EXIT_NEGATIVE;

	if (s != NULL) {
		things_init(&things);
		make_values(&things, plant);
		rc = print_body(p, &things, s);
		things_fini(&things);
	}
	screen_free(s);
	plant_free(plant);
	return rc;
}
