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
	(void)s;
	return a->cursor < c->plant->n_screens &&
	    answer_document(&c->plant->screens[a->cursor++], cells);
}

void
on_SCREENS(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_screen);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}

static bool
next_line(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	(void)s;
	return answer_line(a,
	    plant_screen(c->plant, call_text(&a->call, PARAMETER_NAME)),
	    cells);
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
