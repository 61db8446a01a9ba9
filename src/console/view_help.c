/* SPDX-License-Identifier: ISC */
/* Help: the same table that the keys come from, and what the signs mean. */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/text.h"
#include "console/actions.h"
#include "console/views.h"

#define TEXT_COL 16		/* at least: behind "Enter, F7, i" */

struct help {
	int top, most, page;
};

static void
init(struct view *v, void *arg)
{
	(void)arg;
	v->data = xcalloc(1, sizeof(struct help));
}

static void
title(const struct view *v, char *dst, size_t cap)
{
	const struct help *h = v->data;

	snprintf(dst, cap, "%s%s", _("Help"),
	    h->most > h->top ? _("  PgDn more") : "");
}

/* Keys that only one kind of view has. */
static const struct {
	const char *where, *keys;
} views[] = {
	{ N_("in lists"), N_("Up Down PgUp PgDn Home End choose a row") },
	{ N_("of an event"), N_("Enter all of it, and there J its way in microseconds") },
	{ N_("in curves"),
	    N_("+ - zoom   Left Right cursor   PgUp PgDn past   l now") },
	{ N_("in curves"), N_("Tab next curve   s its scale   g how it is drawn") },
	{ N_("in dialogs"), N_("Tab next field   Enter send   Esc cancel") },
};

/* badge, meaning; of a letter the glyph is no matter */
static const struct {
	enum glyph glyph;
	enum style style;
	const char *text;
	char letter;
} signs[] = {
	{ GLYPH_P1, STYLE_P1, N_("alarm, worst priority; flashes until acknowledged"), 0 },
	{ GLYPH_P2, STYLE_P2, N_("alarm, high"), 0 },
	{ GLYPH_P3, STYLE_P3, N_("alarm, medium"), 0 },
	{ GLYPH_P4, STYLE_P4, N_("alarm, low"), 0 },
	{ GLYPH_P1_RETURNED, STYLE_P1, N_("hollow: gone, but not acknowledged"), 0 },
	{ 0, STYLE_INHIBITED, N_("alarm shelved by a person, for a time"), 's' },
	{ 0, STYLE_INHIBITED, N_("alarm suppressed by design, by the project"), 'd' },
	{ 0, STYLE_INHIBITED, N_("alarm out of service"), 'x' },
	{ GLYPH_ON, STYLE_ON, N_("runs, is open"), 0 },
	{ GLYPH_OFF, STYLE_OFF, N_("stands, is closed"), 0 },
	{ GLYPH_FAILED, STYLE_FAILED, N_("failed"), 0 },
	{ GLYPH_LOCKED, STYLE_REFUSED, N_("locked out: only safe commands"), 0 },
	{ GLYPH_BYPASSED, STYLE_REFUSED, N_("an interlock is bypassed"), 0 },
	{ GLYPH_BAD, STYLE_BAD, N_("bad value: the last one stays, marked"), 0 },
	{ GLYPH_STALE, STYLE_DOUBTFUL, N_("stale value: too old"), 0 },
	{ GLYPH_UNCERTAIN, STYLE_DOUBTFUL, N_("uncertain value"), 0 },
	{ GLYPH_OVERRIDE, STYLE_OVERRIDE, N_("overridden by hand"), 0 },
};

static const struct {
	const char *word, *text;
} words[] = {
	{ N_("UNA"), N_("the alarm stands and nobody has acknowledged it") },
	{ N_("ACK"), N_("acknowledged; ACK* is not recorded yet") },
	{ N_("RTN"), N_("gone, but not acknowledged") },
	{ N_("LAT"), N_("gone, but held until it is reset") },
	{ N_("SHL"), N_("shelved by a person, for a time") },
	{ N_("SUP"), N_("suppressed by design, by the project") },
	{ N_("OOS"), N_("out of service") },
};

/* So that neither a key nor a reason is cut off at 80 columns. */
static int
text_column(const struct keymap *m, size_t n)
{
	struct buf keys = { 0 };
	size_t most = TEXT_COL - 3;

	for (size_t i = 0; i < n; i++) {
		buf_clear(&keys);
		keymap_print_keys(m, i, &keys);
		if (text_columns(buf_string(&keys)) > most)
			most = text_columns(buf_string(&keys));
	}
	buf_free(&keys);
	return 1 + (int)most + 2;
}

static void
draw_key(struct app *a, struct canvas c, int row, int col, size_t i)
{
	size_t n;
	const struct keymap_row *k = &actions_rows(&n)[i];
	struct keymap_state state = app_key_state(a, NULL);
	const char *why =
	    k->function != 0 ? keymap_why_not(k, &state) : NULL;
	struct buf keys = { 0 };

	keymap_print_keys(&a->keys, i, &keys);
	canvas_text(c, row, 1, col - 2, STYLE_KEY, buf_string(&keys));
	canvas_printf(c, row, col, c.cols - col - 1, STYLE_NORMAL, "%s%s%s%s",
	    _(k->help), why != NULL ? "  (" : "", why != NULL ? why : "",
	    why != NULL ? ")" : "");
	buf_free(&keys);
}

static void
draw_sign(struct canvas c, int row, int col, size_t i)
{
	if (signs[i].letter != 0)
		canvas_char(c, row, 1, signs[i].style,
		    (uint32_t)signs[i].letter);
	else
		canvas_glyph(c, row, 1, signs[i].style, signs[i].glyph);
	canvas_text(
	    c, row, col, c.cols - col - 1, STYLE_NORMAL, _(signs[i].text));
}

static void
draw_pair(struct canvas c, int row, int col, const char *left,
    const char *right)
{
	canvas_text(c, row, 1, col - 2, STYLE_LABEL, left);
	canvas_text(c, row, col, c.cols - col - 1, STYLE_NORMAL, right);
}

#define MANY(table) (sizeof(table) / sizeof((table)[0]))

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct help *h = v->data;
	struct app *a = v->app;
	size_t n, i;
	int row = -h->top, col;

	(void)now;
	canvas_clear(c, STYLE_NORMAL);
	(void)actions_rows(&n);
	col = text_column(&a->keys, n);
	for (i = 0; i < n; i++, row++)
		if (row >= 0)
			draw_key(a, c, row, col, i);
	for (row++, i = 0; i < MANY(views); i++, row++)
		if (row >= 0)
			draw_pair(c, row, col, _(views[i].where),
			    _(views[i].keys));
	for (row++, i = 0; i < MANY(signs); i++, row++)
		if (row >= 0)
			draw_sign(c, row, col, i);
	for (row++, i = 0; i < MANY(words); i++, row++)
		if (row >= 0)
			draw_pair(c, row, col, _(words[i].word),
			    _(words[i].text));
	h->most = row + h->top - c.rows;
	h->page = c.rows > 1 ? c.rows - 1 : 1;
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct help *h = v->data;
	int step = k->code == K_DOWN || k->code == 'j' ? 1
	    : k->code == K_UP || k->code == 'k'	       ? -1
	    : k->code == K_PAGE_DOWN || k->code == ' ' ? h->page
	    : k->code == K_PAGE_UP		       ? -h->page
						       : 0;

	(void)now;
	if (step == 0)
		return false;
	h->top += step;
	if (h->top > h->most)
		h->top = h->most;
	if (h->top < 0)
		h->top = 0;
	view_dirty(v);
	return true;
}

const struct view_class view_help = { .name = "help",
	.init = init,
	.title = title,
	.draw = draw,
	.key = key };
