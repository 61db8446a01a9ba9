/* SPDX-License-Identifier: ISC */
#include "console/list.h"

#include "console/actions.h"
#include "console/views.h"

bool
list_key(struct view *v, struct table *t, const struct key *k)
{
	int row;

	if (!(k->code == K_CLICK && app_in_body(v->app, k, &row) &&
		table_click(t, row)) &&
	    !table_key(t, k))
		return false;
	view_dirty(v);
	return true;
}

bool
list_action(struct view *v, struct table *t, int action)
{
	if (action == ACTION_FIND) {
		view_push(v->stack, &view_find,
		    &(struct find_request){ v, t });
		return true;
	}
	if (action != ACTION_NEW)
		return false;
	table_take_new(t);
	table_sync(t);
	view_dirty(v);
	return true;
}
