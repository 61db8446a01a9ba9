/* SPDX-License-Identifier: ISC */
/* The menu: every action with its key and, if it cannot be done now, why;
 * behind them the process screens. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "console/actions.h"
#include "console/views.h"
#include "term/form.h"
#include "term/menu.h"

#define ROWS_MOST 120
#define SCREEN_FIRST 1000	/* actions from here on are screens */

struct menu_view {
	struct menu menu;
	struct menu_row rows[ROWS_MOST];
	char keys[ROWS_MOST][40];
	char why[ROWS_MOST][80];
	int n;
};

static void
add_actions(struct app *a, struct menu_view *m)
{
	struct keymap_state state = app_key_state(a, view_screen(&a->views));
	size_t n, i;
	const struct keymap_row *rows = actions_rows(&n);
	struct buf b = { 0 };
	const char *why;

	for (i = 0; i < n && m->n < ROWS_MOST; i++) {
		if (rows[i].action == ACTION_NEXT ||
		    rows[i].action == ACTION_PREVIOUS ||
		    rows[i].action == ACTION_MENU)
			continue;	/* of no use from here */
		buf_clear(&b);
		keymap_print_keys(&a->keys, i, &b);
		str_copy(m->keys[m->n], buf_string(&b), sizeof(m->keys[0]));
		/* the first is enough here; help names them all */
		m->keys[m->n][strcspn(m->keys[m->n], ",")] = '\0';
		why = seat_why_not(a, rows[i].action);
		if (why == NULL)
			why = keymap_why_not(&rows[i], &state);
		str_copy(m->why[m->n], why != NULL ? why : "",
		    sizeof(m->why[0]));
		m->rows[m->n] = (struct menu_row){ _(rows[i].help),
			m->keys[m->n], why != NULL ? m->why[m->n] : NULL,
			rows[i].action };
		m->n++;
	}
	buf_free(&b);
}

static void
init(struct view *v, void *arg)
{
	struct app *a = v->app;
	struct menu_view *m = xcalloc(1, sizeof(*m));
	size_t i;

	(void)arg;
	for (i = 0; i < a->screens.n && m->n < ROWS_MOST / 2; i++)
		m->rows[m->n++] = (struct menu_row){ a->screens.at[i].name,
			_("screen"), NULL, SCREEN_FIRST + (int)i };
	add_actions(a, m);
	menu_init(&m->menu, m->rows, m->n);
	v->data = m;
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct menu_view *m = v->data;
	int cols = menu_measure(&m->menu) + 4, rows = m->n + 2;

	(void)now;
	cols = cols > c.cols ? c.cols : cols < 40 ? 40 : cols;
	rows = rows > c.rows ? c.rows : rows;
	menu_draw(form_frame(c, _("Menu"), rows, cols), &m->menu);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct menu_view *m = v->data;
	struct app *a = v->app;
	const struct menu_row *row;
	int action;

	(void)now;
	view_dirty(v);
	if (k->code == K_ESC) {
		view_pop(v->stack);
		return true;
	}
	if (k->code != K_ENTER)
		return menu_key(&m->menu, k);
	row = menu_picked(&m->menu);
	if (row == NULL || row->why_not != NULL)
		return true;
	action = row->action;
	view_pop(v->stack);
	if (action >= SCREEN_FIRST)
		app_go(a, a->screens.at[action - SCREEN_FIRST].name);
	else
		actions_do(a, (enum action)action);
	return true;
}

const struct view_class view_menu = { .name = "menu",
	.modal = true,
	.init = init,
	.draw = draw,
	.key = key };
