/* SPDX-License-Identifier: ISC */
#include "store/journal.h"

#include <stdio.h>

void
journal_step(struct record_batch *b, const struct journal_step *s)
{
	const struct alarm_def *d = s->def;
	const char *why = s->why != NULL && *s->why != '\0' ? s->why : NULL;
	char value[VALUE_CAP], text[RECORD_TEXT_MAX];
	struct record_event ev = {
		.time = s->time,
		.mono_ms = s->mono_ms,
		.kind = RECORD_ALARM,
		.area = s->area,
		.name = d->name,
		.text = text,
		.user = s->user,
		.station = s->station,
		.old = alarm_state_name((enum alarm_state)s->change->from),
		.new = alarm_state_name((enum alarm_state)s->change->to),
		.occurrence = s->alarm->occurrence,
		.priority = d->priority,
		.value = d->of != NONE ? value_print(value, &s->alarm->at)
				       : NULL,
		.cause = why,
		.command = s->command,
		.flags = s->flags,
		.announced = s->announced,
	};

	snprintf(text, sizeof(text), why != NULL ? "%s (%s)" : "%s",
	    text_in(&d->title, 0), why);
	record_event(b, &ev);
	record_put_alarm(b, d->name, s->alarm);
}

void
journal_change(struct record_batch *b, const struct journal_change *c)
{
	char old[VALUE_CAP], new[VALUE_CAP];
	struct record_event ev = {
		.time = c->time,
		.mono_ms = c->mono_ms,
		.kind = c->change == CHANGE_PLC ? RECORD_PLC : RECORD_STATE,
		.area = c->area,
		.name = c->tag->name,
		.text = c->change == CHANGE_PLC ? "changed at the PLC"
						: text_in(&c->tag->title, 0),
		.flags = c->flags,
	};

	ev.old = plant_value_text(c->tag, c->was, old);
	ev.new = plant_value_text(c->tag, c->is, new);
	record_event(b, &ev);
}
