/* SPDX-License-Identifier: ISC */
#include "console/panes.h"

#include <string.h>

#include "base/language.h"
#include "console/chosen.h"
#include "console/pens.h"

#define SIDE_LEAST 46	/* columns of a sheet that can be read */
#define SIDE_MOST 78
#define CURVES_LEAST 11	/* rows of curves with their legend */
#define SHEET_LEAST 8

/* The art beside which a pane has room; NULL: none. */
static const struct art *
art_beside(const struct screen *s, int rows, int cols)
{
	int left = cols - 1 - SIDE_LEAST;
	const struct art *a;

	if (s == NULL || left <= 0 || rows <= 0)
		return NULL;
	a = screen_art(s, (unsigned)left, (unsigned)rows);
	return a->width <= (unsigned)left && a->height <= (unsigned)rows ? a
									 : NULL;
}

/* Below screen and sheet if the art leaves rows for it, else below the sheet
 * alone. A rule of one cell stands between two panes. */
struct panes_layout
panes_layout(unsigned panes, int rows, int cols, const struct screen *s)
{
	const struct art *art =
	    panes > 1 ? art_beside(s, rows, cols) : NULL;
	struct layout screen = { "screen", LAYOUT_GROW, 1 };
	struct layout sheet = { "sheet", LAYOUT_GROW, 1 };
	struct layout curves = { "curves", LAYOUT_GROW, 1 };
	struct layout more = { "screen's curves", LAYOUT_GROW, 1 };
	struct layout rule[4] = { { "rule", LAYOUT_FIXED, 1 },
		{ "rule", LAYOUT_FIXED, 1 }, { "rule", LAYOUT_FIXED, 1 },
		{ "rule", LAYOUT_FIXED, 1 } };
	struct layout *in_side[] = { &sheet, &rule[0], &curves };
	struct layout side = { "side", LAYOUT_FIXED, 0, 0, LAYOUT_ROWS,
		in_side, 1, { 0 } };
	struct layout *in_top[] = { &screen, &rule[1], &side };
	struct layout top = { "top", LAYOUT_GROW, 1, 0, LAYOUT_COLUMNS,
		in_top, 3, { 0 } };
	struct layout *in_below[] = { &curves, &rule[2], &more };
	struct layout below = { "below", LAYOUT_FIXED, 0, 0, LAYOUT_COLUMNS,
		in_below, panes > 3 ? 3 : 1, { 0 } };
	struct layout *in_all[] = { &top, &rule[3], &below };
	struct layout all = { "panes", LAYOUT_GROW, 1, 0, LAYOUT_ROWS, in_all,
		1, { 0 } };
	int left;

	if (art == NULL)
		return (struct panes_layout){ .screen = { 0, 0, rows, cols } };
	left = cols - 1 - (int)art->width;
	side.size = left < SIDE_MOST ? left : SIDE_MOST;
	left = rows - 1 - (int)art->height;
	if (panes > 2 && left >= CURVES_LEAST) {
		all.n = 3;
		below.size = left < rows / 2 ? left : rows / 2;
	} else if (panes > 2 && rows >= SHEET_LEAST + 1 + CURVES_LEAST) {
		side.n = 3;
	}
	layout_reflow(&all, (struct rect){ 0, 0, rows, cols });
	return (struct panes_layout){ screen.at, sheet.at, curves.at,
		more.at };
}

static void
drop(struct view **v)
{
	if (*v != NULL)
		view_remove(*v);
	*v = NULL;
}

/* Other curves than those that are there? */
static void
show_curves(struct view **at, struct view *host, const char **names,
    unsigned n)
{
	struct trend_request r;

	if (*at != NULL && trend_shows(*at, names, n))
		return;
	drop(at);
	for (r.n = 0; r.n < n; r.n++)
		r.names[r.n] = names[r.n];
	if (n > 0)
		*at = view_inside(host, &view_trend, &r);
}

static void
show_sheet(struct panes *p, struct view *host, const char *object)
{
	if (p->sheet != NULL && strcmp(p->object, object) == 0)
		return;
	drop(&p->sheet);
	str_copy(p->object, object, sizeof(p->object));
	if (*object != '\0')
		p->sheet = view_inside(host, &view_object, p->object);
}

void
panes_follow(struct panes *p, struct view *v, const struct screen *s)
{
	struct app *a = v->app;
	unsigned panes = seat_panes(a), n;
	const char *names[TREND_PENS];
	struct chosen c = { "", "", "" };
	const struct tag_info *t;

	if (panes < 2 || s == NULL) {
		panes_fini(p);
		return;
	}
	process_chosen(v, &c);
	p->selected = *c.object != '\0' || *c.tag != '\0';
	t = *c.tag != '\0' ? things_find_tag(&a->things, c.tag) : NULL;
	show_sheet(p, v, *c.object != '\0' || t == NULL ? c.object
							: t->object);
	/* those of the screen, as long as nothing is selected; but once */
	n = panes == 3 || (panes > 3 && p->selected) ? process_pens(v, names)
						      : 0;
	show_curves(&p->curves, v, names, n);
	n = panes > 3 ? pens_of_screen(a, s, names) : 0;
	show_curves(&p->screen_curves, v, names, n);
}

void
panes_update(struct panes *p, unsigned what, struct mono now)
{
	struct view *all[] = { p->sheet, p->curves, p->screen_curves };
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i] != NULL)
			all[i]->class->update(all[i], what, now);
}

static void
draw_one(struct view *v, struct canvas c, struct rect r, struct mono now,
    const char *instead)
{
	struct canvas part = canvas_rect(c, r);

	if (r.rows <= 0 || r.cols <= 0)
		return;
	if (r.row > 0)
		canvas_hline(c, r.row - 1, r.col > 0 ? r.col - 1 : 0,
		    r.cols + 1, STYLE_BORDER);
	if (r.col > 0)
		canvas_vline(c, r.row, r.col - 1, r.rows, STYLE_BORDER);
	canvas_clear(part, STYLE_NORMAL);
	if (v != NULL)
		v->class->draw(v, part, now);
	else
		canvas_text(part, 0, 1, part.cols - 2, STYLE_LABEL, instead);
}

void
panes_draw(struct panes *p, struct canvas c, const struct panes_layout *l,
    struct mono now)
{
	draw_one(p->sheet, c, l->sheet, now,
	    p->selected ? _("A value without equipment.")
			: _("Tab chooses; what is chosen stands here."));
	draw_one(p->curves, c, l->curves, now, _("No curves of it."));
	draw_one(p->screen_curves, c, l->screen_curves, now,
	    _("This screen draws no curves."));
}

void
panes_fini(struct panes *p)
{
	drop(&p->sheet);
	drop(&p->curves);
	drop(&p->screen_curves);
	memset(p, 0, sizeof(*p));
}
