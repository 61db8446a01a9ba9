/* SPDX-License-Identifier: ISC */
#include "console/range.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/language.h"

struct bar
range_bar(const struct things *t, const struct tag_info *g,
    const struct tag_info *sp)
{
	struct bar bar = bar_none();

	bar.min = g->has_range ? g->min : 0;
	bar.max = g->has_range ? g->max : 100;
	bar.low = !isnan(g->l_limit) ? g->l_limit : g->ll_limit;
	bar.high = !isnan(g->h_limit) ? g->h_limit : g->hh_limit;
	bar.value = value_number(&g->value);
	/* uncertain is shown (P7): the field beside it carries the mark */
	bar.good = value_is_good(&g->value) && !t->no_data;
	if (sp != NULL && value_is_good(&sp->value) && !t->no_data)
		bar.setpoint = value_number(&sp->value);
	return bar;
}

bool
range_has_limits(const struct tag_info *g)
{
	return g->state == THING_KNOWN &&
	    (!isnan(g->hh_limit) || !isnan(g->h_limit) ||
		!isnan(g->l_limit) || !isnan(g->ll_limit));
}

static void
add_limit(struct buf *b, const char *name, double limit)
{
	char room[32];

	if (!isnan(limit))
		buf_printf(b, "%s%s %s", b->len > 0 ? "   " : "", name,
		    real_print(room, limit));
}

void
range_draw(struct canvas c, const struct things *t, const struct tag_info *g,
    const struct tag_info *sp)
{
	struct bar bar = range_bar(t, g, sp);
	char low[32], high[32], text[200];
	struct buf b = { 0 };
	int left, right, row = 0;

	if (g->has_range) {	/* else no scale: the limits alone */
		left = (int)strlen(real_print(low, bar.min));
		right = (int)strlen(real_print(high, bar.max));
		canvas_text(c, row, 0, left, STYLE_LABEL, low);
		canvas_text(c, row, c.cols - right, right, STYLE_LABEL, high);
		bar_draw_range(canvas_part(c, row++, left + 1, 1,
				   c.cols - left - right - 2),
		    0, &bar);
	}
	add_limit(&b, "LL", g->ll_limit);
	add_limit(&b, "L", g->l_limit);
	add_limit(&b, "H", g->h_limit);
	add_limit(&b, "HH", g->hh_limit);
	if (b.len == 0)
		return;
	snprintf(text, sizeof(text), _("alarms at  %s %s"), buf_string(&b),
	    g->unit);
	if (canvas_columns(text) > c.cols)	/* a pane: the limits alone */
		snprintf(text, sizeof(text), "%s %s", buf_string(&b), g->unit);
	canvas_text(c, row, 0, c.cols, STYLE_LABEL, text);
	buf_free(&b);
}

struct tag_info *
range_signal(
    const struct things *t, const struct object_info *o, const char *name)
{
	size_t i, len = strlen(o->name);

	for (i = 0; i < o->tags.n; i++) {
		struct tag_info *g = t->tags.at[o->tags.at[i]];

		if (strncmp(g->name, o->name, len) == 0 &&
		    g->name[len] == '.' && strcmp(g->name + len + 1, name) == 0)
			return g;
	}
	return NULL;
}
