/* SPDX-License-Identifier: ISC */
/*
 * journal.h - one step of an alarm: its row in the journal, and the state that
 * it is in afterwards, which go together (I3); and what changed in the plant.
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include "model/change.h"
#include "store/batch.h"

struct journal_step {
	const struct alarm_def *def;
	const char *area;
	const struct alarm *alarm;	/* after the step */
	const struct alarm_change *change;
	const char *why;		/* what is to be said besides; or NULL */
	const char *user, *station;	/* of a person's step; or NULL */
	uint64_t command;		/* its id in the audit; or 0 */
	struct wall time;
	int64_t mono_ms;
	uint8_t flags;			/* as of an event */
	bool announced;			/* it is one of the new alarms */
};

/* Texts are copied. */
void journal_step(struct record_batch *b, const struct journal_step *s);

struct journal_change {
	const struct tag *tag;
	const char *area;
	enum change change;	/* not CHANGE_NONE */
	const struct value *was, *is;
	struct wall time;
	int64_t mono_ms;
	uint8_t flags;
};
void journal_change(struct record_batch *b, const struct journal_change *c);

#endif
