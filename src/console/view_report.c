/* SPDX-License-Identifier: ISC */
/*
 * A report as text: worked out from answers that come one after the other,
 * then only looked at. r works it out anew.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/text.h"
#include "console/actions.h"
#include "console/views.h"
#include "report/run.h"

#define CELLS_MOST 256
#define STEP 8			/* columns at once */

struct reading {
	struct app *app;
	char words[3][65];	/* report, day, shift; "" not said */
	struct report_run *run;	/* NULL: nothing is asked */
	uint32_t call;
	struct buf text;
	VEC(const char *) lines;	/* in text */
	int top, most, left, widest;
	char why[400];		/* there is no report */
};

/* "shift yesterday night": a day begins with a digit, or is said so. */
static void
take_words(struct reading *r, const char *s)
{
	size_t len;
	unsigned at = 0;

	for (; at < 3 && *(s += strspn(s, " ")) != '\0'; s += len, at++) {
		len = strcspn(s, " ");
		if (at == 1 && !(*s >= '0' && *s <= '9') &&
		    strncmp(s, "today", len) != 0 &&
		    strncmp(s, "yesterday", len) != 0)
			at = 2;
		snprintf(r->words[at], sizeof(r->words[at]), "%.*s",
		    (int)(len < 64 ? len : 64), s);
	}
	if (*r->words[0] == '\0')
		str_copy(r->words[0], "shift", sizeof(r->words[0]));
}

static void
split_lines(struct reading *r)
{
	char *s = r->text.at, *end;
	int columns;

	vec_clear(&r->lines);
	r->widest = 0;
	for (; s != NULL && *s != '\0'; s = end) {
		end = s + strcspn(s, "\n");
		if (*end != '\0')
			*end++ = '\0';
		vec_push(&r->lines, s);
		columns = canvas_columns(s);
		r->widest = columns > r->widest ? columns : r->widest;
	}
}

static void
finish(struct view *v)
{
	struct reading *r = v->data;
	const char *why;

	if (report_run_code(r->run, &why) != EXIT_DONE)
		str_copy(r->why, why, sizeof(r->why));
	buf_clear(&r->text);
	if (r->why[0] == '\0')
		report_text(r->run, &r->text);
	split_lines(r);
	report_run_free(r->run);
	r->run = NULL;
	view_dirty(v);
}

static void ask(struct view *v);

static void
on_answer(void *arg, struct link *l, const struct client_event *ev)
{
	struct view *v = arg;
	struct reading *r = v->data;
	struct cell cells[CELLS_MOST];

	if (r->run == NULL)
		return;
	if (ev->type == MESSAGE_ROWS) {
		while (client_row(l->client, cells))
			report_run_row(r->run, cells, ev->cells);
	} else if (ev->type == MESSAGE_END) {
		report_run_end(r->run, ev->code, ev->text);
		ask(v);
	}
}

/* The next question, or the end. */
static void
ask(struct view *v)
{
	struct reading *r = v->data;
	struct link *l = &r->app->link;
	const struct report_question *q = report_run_next(r->run);
	size_t i;

	if (q == NULL) {
		finish(v);
		return;
	}
	r->call = 0;
	if (link_begin(l, q->verb)) {
		for (i = 0; i < q->n; i++)
			client_with(
			    l->client, q->words[i].which, q->words[i].text);
		r->call = link_send(l, on_answer, v);
	}
	if (r->call == 0) {
		report_run_end(r->run, EXIT_NO_SERVER, _("no connection"));
		finish(v);
	}
}

static void
begin(struct view *v)
{
	struct reading *r = v->data;
	const struct app *a = r->app;
	struct report_wish wish = { .name = r->words[0],
		.date = *r->words[1] != '\0' ? r->words[1] : NULL,
		.shift = *r->words[2] != '\0' ? r->words[2] : NULL,
		.now = a->beat_known ? a->beat.now : clock_wall(),
		.plant = a->welcome.plant,
		.language = language_name(),
		.languages = a->welcome.languages };

	r->why[0] = '\0';
	r->run = report_run_new(&wish);
	ask(v);
	view_dirty(v);
}

static void
init(struct view *v, void *arg)
{
	struct reading *r = xcalloc(1, sizeof(*r));

	r->app = v->app;
	v->data = r;
	take_words(r, arg != NULL ? arg : "");
	begin(v);
}

static void
stop(struct view *v)
{
	struct reading *r = v->data;

	link_forget(&r->app->link, v);
	if (r->run != NULL && r->call != 0)
		link_cancel(&r->app->link, r->call);
	report_run_free(r->run);
	r->run = NULL;
}

static void
fini(struct view *v)
{
	struct reading *r = v->data;

	stop(v);
	buf_free(&r->text);
	vec_free(&r->lines);
	free(r);
}

static void
title(const struct view *v, char *dst, size_t cap)
{
	const struct reading *r = v->data;

	const bool cut = r->widest - r->left > v->cols - 1;

	snprintf(dst, cap, "%s  %s %s %s%s%s%s", _("Report"), r->words[0],
	    r->words[1], r->words[2], r->run != NULL ? " .." : "",
	    r->most > r->top ? _("  PgDn more") : "",
	    cut ? _("  Right more") : "");
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	struct reading *r = v->data;

	(void)now;
	/* a new core knows nothing of the questions */
	if ((what & CHANGE_LINK) != 0 && r->run != NULL) {
		stop(v);
		str_copy(r->why, _("no connection"), sizeof(r->why));
		view_dirty(v);
	}
	if ((what & CHANGE_LANGUAGE) != 0 && r->run == NULL)
		begin(v);
}

/* The text from a column on. */
static const char *
from_column(const char *s, int column)
{
	uint32_t code;
	size_t len;

	while (column > 0 && (len = text_next(s, strlen(s), &code)) > 0) {
		column -= text_width(code);
		s += len;
	}
	return s;
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct reading *r = v->data;
	int row;

	(void)now;
	canvas_clear(c, STYLE_NORMAL);
	r->most = (int)r->lines.n - c.rows;
	if (r->why[0] != '\0')
		canvas_text(c, 1, 2, c.cols - 3, STYLE_NORMAL, r->why);
	else if (r->run != NULL && r->lines.n == 0)
		canvas_text(c, 1, 2, c.cols - 3, STYLE_NORMAL, "..");
	for (row = 0; r->why[0] == '\0' && row < c.rows &&
	     (size_t)(r->top + row) < r->lines.n; row++)
		canvas_text(c, row, 1, c.cols - 1, STYLE_NORMAL,
		    from_column(r->lines.at[r->top + row], r->left));
}

static int
bounded(int n, int most)
{
	return n > most ? (most > 0 ? most : 0) : n < 0 ? 0 : n;
}

static const struct {
	uint32_t code;
	int rows, columns;
} moves[] = {
	{ K_DOWN, 1, 0 }, { 'j', 1, 0 }, { K_UP, -1, 0 }, { 'k', -1, 0 },
	{ K_PAGE_DOWN, 15, 0 }, { ' ', 15, 0 }, { K_PAGE_UP, -15, 0 },
	{ K_HOME, -100000, 0 }, { K_END, 100000, 0 },
	{ K_RIGHT, 0, STEP }, { 'l', 0, STEP }, { K_LEFT, 0, -STEP },
	{ 'h', 0, -STEP },
};

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct reading *r = v->data;
	size_t i;

	(void)now;
	for (i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		if (moves[i].code != k->code)
			continue;
		r->top = bounded(r->top + moves[i].rows, r->most);
		r->left = bounded(
		    r->left + moves[i].columns, r->widest - v->cols + 2);
		view_dirty(v);
		return true;
	}
	return false;
}

static bool
do_action(struct view *v, int action)
{
	struct reading *r = v->data;

	if (action != ACTION_NEW)
		return false;
	if (r->run == NULL)
		begin(v);
	return true;
}

const struct view_class view_report = { .name = "report",
	.init = init,
	.fini = fini,
	.title = title,
	.update = update,
	.draw = draw,
	.key = key,
	.action = do_action };
