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
	};

	snprintf(text, sizeof(text), why != NULL ? "%s (%s)" : "%s",
	    text_in(&d->title, 0), why);
	record_event(b, &ev);
	record_put_alarm(b, d->name, s->alarm);
}
