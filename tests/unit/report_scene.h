/* SPDX-License-Identifier: ISC */
/*
 * report_scene.h - a core on paper: what is asked is written down, and
 * answered with rows that a test gives as text. Cells stand between bars:
 * nothing is null, #12.5 a number, @2026-11-22T12:00:00Z a time, all else a
 * text.
 */
#ifndef REPORT_SCENE_H
#define REPORT_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "report/run.h"

struct canned {
	enum verb verb;
	const char *rows;	/* a line each */
	int code;
};

struct scene {
	struct report_run *run;
	struct buf asked;	/* a line for each question */
	struct buf rows;	/* REPORT_COLUMNS as csv would have them */
	struct buf text;
};

static inline struct wall
at(const char *text)
{
	struct wall t = { 0 };
	struct err e;
	bool odd;

	assert_int_equal(when_parse(&t, &odd, text, t, &e), 0);
	return t;
}

static inline struct cell
scene_cell(const char *text)
{
	if (*text == '#')
		return cell_real(strtod(text + 1, NULL), CELL_SHORTEST);
	if (*text == '@')
		return cell_time(at(text + 1));
	return cell_text(text);
}

static inline void
scene_row(struct scene *s, const char *line, size_t len)
{
	char *room = xstrndup(line, len), *p = room, *end;
	struct cell cells[40];
	unsigned n = 0;

	for (; p != NULL; p = end) {
		end = strchr(p, '|');
		if (end != NULL)
			*end++ = '\0';
		cells[n++] = scene_cell(p);
	}
	report_run_row(s->run, cells, n);
	free(room);
}

static inline void
scene_answer(struct scene *s, const char *rows, int code)
{
	size_t len;

	for (; rows != NULL && *rows != '\0'; rows += len + 1) {
		len = strcspn(rows, "\n");
		scene_row(s, rows, len);
		if (rows[len] == '\0')
			break;
	}
	report_run_end(s->run, code, code == EXIT_DONE ? "" : "no");
}

static inline void
scene_note(struct scene *s, const struct report_question *q)
{
	size_t i;

	buf_text(&s->asked, verbs[q->verb].name);
	for (i = 0; i < q->n; i++) {
		if (q->words[i].which != PARAMETER_NAME)
			buf_printf(&s->asked, " %s=",
			    parameter_names[q->words[i].which]);
		else
			buf_char(&s->asked, ' ');
		buf_text(&s->asked, q->words[i].text);
	}
	buf_char(&s->asked, '\n');
}

static inline bool
scene_print(void *arg, const struct cell *cells, unsigned n)
{
	struct scene *s = arg;
	char room[400];
	unsigned i;

	assert_int_equal(n, REPORT_CELLS);
	for (i = 0; i < n; i++) {
		buf_text(&s->rows, i > 0 ? "," : "");
		switch ((enum cell_type)cells[i].type) {
		case CELL_TEXT:
			buf_text(&s->rows, cells[i].as.text);
			break;
		case CELL_TIME:
			buf_text(&s->rows, when_utc(room, cells[i].as.time));
			break;
		case CELL_REAL:
			buf_text(&s->rows, real_print(room, cells[i].as.real));
			break;
		case CELL_UINT:
			buf_printf(&s->rows, "%u", (unsigned)cells[i].as.uint);
			break;
		case CELL_BOOL:
			buf_text(
			    &s->rows, cells[i].as.on ? "true" : "false");
			break;
		default:
			break;
		}
	}
	buf_char(&s->rows, '\n');
	return true;
}

/* Answers all questions: each with the next answer of its verb. */
static inline int
scene_play(struct scene *s, const struct report_wish *wish,
    const struct canned *answers, size_t n)
{
	const struct report_question *q;
	const char *why;
	bool used[40] = { false };
	size_t i;

	memset(s, 0, sizeof(*s));
	s->run = report_run_new(wish);
	while ((q = report_run_next(s->run)) != NULL) {
		scene_note(s, q);
		for (i = 0; i < n; i++)
			if (!used[i] && answers[i].verb == q->verb)
				break;
		if (i < n)
			used[i] = true;
		scene_answer(s, i < n ? answers[i].rows : NULL,
		    i < n ? answers[i].code : EXIT_NEGATIVE);
	}
	if (report_run_code(s->run, &why) == EXIT_DONE) {
		report_rows(s->run, scene_print, s);
		report_text(s->run, &s->text);
	}
	return report_run_code(s->run, &why);
}

static inline void
scene_fini(struct scene *s)
{
	report_run_free(s->run);
	buf_free(&s->asked);
	buf_free(&s->rows);
	buf_free(&s->text);
}

/* This line is among the rows. */
static inline void
expect_row(const struct scene *s, const char *row)
{
	const char *p = strstr(buf_string(&s->rows), row);
	size_t len = strlen(row);

	while (p != NULL && ((p > s->rows.at && p[-1] != '\n') ||
				p[len] != '\n'))
		p = strstr(p + 1, row);
	if (p == NULL)
		print_message("# no row %s in\n%s", row, buf_string(&s->rows));
	assert_non_null(p);
}

#endif
