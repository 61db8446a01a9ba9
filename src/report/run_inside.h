/* SPDX-License-Identifier: ISC */
/*
 * run_inside.h - a run as its own files see it: what is asked step by step,
 * and what is kept of the answers.
 */
#ifndef REPORT_RUN_INSIDE_H
#define REPORT_RUN_INSIDE_H

#include <uthash.h>

#include "model/alarm.h"
#include "report/parts.h"
#include "report/plan.h"

struct named {
	const char *name;
	uint32_t index;
	UT_hash_handle hh;
};

struct report_run {
	struct report_plan plan;
	struct report_facts facts;
	struct report_bucket *buckets;	/* of sheet and tag */
	struct named *alarm_names, *tag_names, *object_names;
	unsigned group, step;	/* of the steps below */
	unsigned sheet;		/* HISTORY: whose figures are asked for */
	size_t batch;		/* first tag of the question */
	enum inhibit aside;	/* ALARMS: what is handed over of them */
	VEC(struct report_word) words;
	struct report_question question;
};

struct run_step {
	enum verb verb;
	bool must;		/* an answer without rows is none */
	bool (*needed)(const struct report_run *r);	/* NULL: always */
	void (*ask)(struct report_run *r);		/* NULL: no words */
	void (*row)(struct report_run *r, const struct cell *cells, unsigned n);
	bool (*more)(struct report_run *r);	/* the same once more */
	void (*end)(struct report_run *r);	/* also if it was not needed */
};
/* One after the other; the last has no row(). */
extern const struct run_step run_tag_steps[], run_event_steps[],
    run_standing_steps[];

/* The index of a name; NONE: it is not known. */
uint32_t run_find(const struct named *names, const char *name);
void run_remember(struct report_run *r, struct named **names,
    const char *name, size_t index);
/* A word of the question. */
void run_say(struct report_run *r, enum parameter which, const char *text);
void run_say_time(struct report_run *r, enum parameter which, struct wall t);
/* A text of the answer, kept; "" for none. */
const char *run_keep(struct report_run *r, const struct cell *c);
/* Has the report a section of this kind? */
bool run_has_kind(const struct report_run *r, enum section_kind k);
bool run_is_of_tags(const struct outline_section *s);

#endif
