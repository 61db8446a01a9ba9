/* SPDX-License-Identifier: ISC */
/* note: a sentence in the list of events, about a thing or the plant. */
#include <stdio.h>
#include <string.h>

#include "server/answer.h"
#include "server/audit.h"
#include "server/core.h"
#include "server/door.h"
#include "server/group.h"
#include "server/requests.h"

#define NOTE_MAX 300		/* bytes: it fits into a notice */

/* The area of what it is about; without a name the whole plant. */
static int
find(const struct core *c, struct group_item *it, struct err *e)
{
	const struct plant *p = c->plant;
	uint32_t i;

	if (strcmp(it->name, "plant") == 0) {
		it->area = NONE;
		return EXIT_DONE;
	}
	if ((i = plant_alarm(p, it->name)) != NONE)
		it->area = p->alarms[i].area;
	else if ((i = plant_object(p, it->name)) != NONE)
		it->area = p->objects[i].area;
	else if ((i = plant_tag(p, it->name)) != NONE)
		it->area = p->tags[i].area;
	else
		return REFUSE(
		    EXIT_NO_SUCH, "no alarm, object or tag %s", it->name);
	return EXIT_DONE;
}

static int
may(const struct core *c, const struct session *s, uint32_t area,
    struct err *e)
{
	if (area != NONE)
		return door_right(c, s, FUNCTION_NOTE, area, e);
	if (!session_may_somewhere(c, s, FUNCTION_NOTE))
		return REFUSE(EXIT_NOT_ALLOWED, "needs note");
	if (s->only != 0 && !(s->only & 1u << FUNCTION_NOTE))
		return REFUSE(EXIT_REFUSED, "not at this station (%s)",
		    s->who.station);
	return EXIT_DONE;
}

static int
check(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, struct err *e)
{
	const char *text = call_text(call, PARAMETER_TEXT);
	int code = find(c, it, e);

	if (code == EXIT_DONE)
		code = may(c, s, it->area, e);
	if (code == EXIT_DONE && (text == NULL || *text == '\0'))
		return REFUSE(EXIT_USAGE, "note [ALARM|OBJECT] TEXT");
	if (code == EXIT_DONE && strlen(text) > NOTE_MAX)
		return REFUSE(EXIT_REFUSED, "longer than %d bytes", NOTE_MAX);
	if (code == EXIT_DONE)
		code = group_recordable(c, e);
	return code;
}

static void
apply(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, uint64_t command)
{
	const char *text = call_text(call, PARAMETER_TEXT);

	group_event(c, s, RECORD_NOTE, it, text, command);
	snprintf(it->did, sizeof(it->did), "note: %s", text);
}

void
on_NOTE(struct core *c, struct session *s, struct call *call)
{
	static const struct group_class class = { check, apply,
		PARAMETER_TEXT };
	const char *name = call_text(call, PARAMETER_NAME);

	if (name == NULL)
		name = "plant";
	group_run(c, s, call, &class, &name, 1);
}
