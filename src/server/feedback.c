/* SPDX-License-Identifier: ISC */
#include "server/feedback.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "server/announce.h"
#include "server/core.h"

bool
feedback_is_there(const struct core *c, const struct command_run *r)
{
	const struct command *k = &c->plant->commands[r->command];
	const struct value *v = live_real(c, k->feedback);

	return value_is_good(v) &&
	    fabs(value_number(v) - k->expect) <=
	    1e-6 * fmax(1, fabs(k->expect));
}

void
feedback_disagrees(struct core *c, const struct command_run *r, bool active)
{
	alarms_system(c, c->plant->objects[r->object].disagree, active);
}

void
feedback_failed(struct core *c, struct command_run *r)
{
	const struct command *k = &c->plant->commands[r->command];
	const struct tag *t = &c->plant->tags[k->feedback];
	const struct value *v = live_real(c, k->feedback);
	char text[240], result[300], room[VALUE_CAP];

	snprintf(text, sizeof(text), "not achieved: %s is %.80s", t->name,
	    value_is_good(v) ? plant_value_text(t, v, room) : "not known");
	snprintf(result, sizeof(result), "mismatch: %s after %lld s",
	    text + strlen("not achieved: "), (long long)k->within.ms / 1000);
	announce_end(c, r, text, result);
	r->phase = COMMAND_LATE;
	feedback_disagrees(c, r, true);
}

bool
feedback_is_awaited(const struct core *c, const struct command_run *r)
{
	return r->command != NONE && r->code == EXIT_DONE &&
	    c->plant->commands[r->command].feedback != NONE &&
	    c->plant->commands[r->command].within.ms > 0;
}

uint32_t
feedback_shown_by(const struct core *c, const struct command_run *r)
{
	if (!r->is_do)
		return r->internal ? NONE : r->tag;
	return r->command != NONE ? c->plant->commands[r->command].feedback
				  : NONE;
}

bool
feedback_settles(struct core *c, const struct command_run *r)
{
	uint32_t tag = feedback_shown_by(c, r);
	char text[240], room[VALUE_CAP];
	struct value v;

	if (tag == NONE)
		return true;
	v = c->live.tags[tag].real != NULL ? *live_real(c, tag)
					   : core_value(c, tag);
	if (!value_is_good(&v) || v.time.ms <= r->doubt.ms)
		return false;
	snprintf(text, sizeof(text), "was unknown: now %s is %s",
	    c->plant->tags[tag].name,
	    plant_value_text(&c->plant->tags[tag], &v, room));
	announce_end(c, r, text, NULL);
	return true;
}
