/* SPDX-License-Identifier: ISC */
/* Help: the same table that the keys come from, and what the signs mean. */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "console/actions.h"
#include "console/views.h"

struct help {
	int top, most;
};

static void
init(struct view *v, void *arg)
{
	(void)arg;
	v->data = xcalloc(1, sizeof(struct help));
}

static void
fini(struct view *v)
{
	free(v->data);
}

static void
title(const struct view *v, char *dst, size_t cap)
{
	const struct help *h = v->data;

	snprintf(dst, cap, "%s%s", _("Help"),
	    h->most > h->top ? _("  PgDn more") : "");
}

/* badge, meaning */
static const struct {
	enum glyph glyph;
	enum style style;
	const char *text;
} signs[] = {
	{ GLYPH_P1, STYLE_P1, N_("alarm, worst priority; flashes until acknowledged") },
	{ GLYPH_P2, STYLE_P2, N_("alarm, high") },
	{ GLYPH_P3, STYLE_P3, N_("alarm, medium") },
	{ GLYPH_P4, STYLE_P4, N_("alarm, low") },
	{ GLYPH_P1_RETURNED, STYLE_P1, N_("hollow: gone, but not acknowledged") },
	{ GLYPH_ON, STYLE_ON, N_("runs, is open") },
	{ GLYPH_OFF, STYLE_OFF, N_("stands, is closed") },
	{ GLYPH_FAILED, STYLE_FAILED, N_("failed") },
	{ GLYPH_BAD, STYLE_BAD, N_("bad value: the last one stays, marked") },
	{ GLYPH_STALE, STYLE_DOUBTFUL, N_("stale value: too old") },
	{ GLYPH_UNCERTAIN, STYLE_DOUBTFUL, N_("uncertain value") },
	{ GLYPH_OVERRIDE, STYLE_OVERRIDE, N_("overridden by hand") },
};

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct help *h = v->data;
	size_t n, i;
	const struct keymap_row *rows = actions_rows(&n);
	struct app *a = v->app;
	struct keymap_state state = app_key_state(a, NULL);
	struct buf keys = { 0 };
	int row = -h->top;

	(void)now;
	canvas_clear(c, STYLE_NORMAL);
	for (i = 0; i < n; i++, row++) {
		const char *why = rows[i].function != 0
		    ? keymap_why_not(&rows[i], &state)
		    : NULL;

		buf_clear(&keys);
		keymap_print_keys(&a->keys, i, &keys);
		if (row < 0)
			continue;
		canvas_text(c, row, 1, 20, STYLE_KEY, buf_string(&keys));
		canvas_printf(c, row, 22, c.cols - 23, STYLE_NORMAL, "%s%s%s%s",
		    _(rows[i].help), why != NULL ? "  (" : "",
		    why != NULL ? why : "", why != NULL ? ")" : "");
	}
	row++;
	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++, row++) {
		if (row < 0)
			continue;
		canvas_glyph(c, row, 1, signs[i].style, signs[i].glyph);
		canvas_text(
		    c, row, 22, c.cols - 23, STYLE_NORMAL,
		    _(signs[i].text));
	}
	h->most = row + h->top - c.rows;
	buf_free(&keys);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct help *h = v->data;
	int step = k->code == K_DOWN || k->code == 'j' ? 1
	    : k->code == K_UP || k->code == 'k'	       ? -1
	    : k->code == K_PAGE_DOWN || k->code == ' ' ? 10
	    : k->code == K_PAGE_UP		       ? -10
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
	.fini = fini,
	.title = title,
	.draw = draw,
	.key = key };
