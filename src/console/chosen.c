/* SPDX-License-Identifier: ISC */
#include "console/chosen.h"

#include <string.h>

#include "base/mem.h"
#include "console/views.h"

static const struct {
	const struct view_class *class;
	void (*get)(const struct view *v, struct chosen *c);
} known[] = {
	{ &view_alarms, alarms_chosen },
	{ &view_alarm_detail, alarm_detail_chosen },
	{ &view_object, object_chosen },
	{ &view_process, process_chosen },
	{ &view_rows, rows_chosen },
};

/* What an alarm or a tag belongs to. */
static void
complete(const struct app *a, struct chosen *c)
{
	const struct alarm_info *alarm = *c->alarm != '\0'
	    ? things_find_alarm(&a->things, c->alarm)
	    : NULL;
	const struct tag_info *g =
	    *c->tag != '\0' ? things_find_tag(&a->things, c->tag) : NULL;

	if (alarm != NULL && *c->object == '\0')
		str_copy(c->object, alarm->object, sizeof(c->object));
	if (g != NULL && *c->object == '\0')
		str_copy(c->object, g->object, sizeof(c->object));
}

void
chosen_get(struct app *a, struct chosen *c)
{
	struct view *v = view_top(&a->views);
	size_t i;

	memset(c, 0, sizeof(*c));
	for (i = 0; v != NULL && i < sizeof(known) / sizeof(known[0]); i++)
		if (v->class == known[i].class)
			known[i].get(v, c);
	complete(a, c);
}
