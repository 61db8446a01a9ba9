/* SPDX-License-Identifier: ISC */
/* screen ..: consoles get screens from here, never from files. */
#include <string.h>

#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"

static bool
next_screen(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct document *d;

	(void)s;
	if (a->cursor >= c->plant->n_screens)
		return false;
	d = &c->plant->screens[a->cursor++];
	cells[0] = cell_text(d->name);
	cells[1] = cell_text(d->file);
	cells[2] = cell_uint(d->len);
	return true;
}

void
on_SCREENS(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_screen);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}

/* One row for each line, so that the text survives cleaning. */
static bool
next_line(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct document *d =
	    plant_screen(c->plant, call_text(&a->call, PARAMETER_NAME));
	size_t len, i;

	(void)s;
	if (d == NULL || a->cursor >= d->len)
		return false;
	len = strcspn(d->text + a->cursor, "\n");
	if (len >= sizeof(a->room))
		len = sizeof(a->room) - 1;
	memcpy(a->room, d->text + a->cursor, len);
	a->room[len] = '\0';
	for (i = 0; i < len; i++)
		if (a->room[i] == '\t')
			a->room[i] = ' ';
	a->cursor += strcspn(d->text + a->cursor, "\n") + 1;
	cells[0] = (struct cell){ .type = CELL_TEXT, .as.text = a->room };
	return true;
}

void
on_SCREEN(struct core *c, struct session *s, struct call *call)
{
	const char *name = call_text(call, PARAMETER_NAME);

	if (name == NULL || plant_screen(c->plant, name) == NULL) {
		answer_end(c, s, call->id, EXIT_NO_SUCH, "no screen %s",
		    name != NULL ? name : "");
		return;
	}
	answer_pump(c, s, answer_new(c, s, call, next_line));
}
