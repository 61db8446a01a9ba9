/* SPDX-License-Identifier: ISC */
/*
 * parts.h - what a run has been told, and the parts made of it. Not for other
 * rooms.
 */
#ifndef REPORT_PARTS_H
#define REPORT_PARTS_H

#include "base/vec.h"
#include "report/run.h"

struct report_tag {
	const char *name, *title, *unit, *area;
	const char *object;	/* whose signal it is; or "" */
	const char *owner;	/* the title of that object, or NULL */
	uint8_t decimals;
};

/* Of a tag over a period, as `history` answers; NAN: none. */
struct report_bucket {
	double avg, min, max, last, count, good, integral, rises;
	double counted, covered, resets;	/* NAN: it is no counter */
	const char *flags;	/* of all that was in it; or NULL */
};

/* An alarm as it is defined, and as it is now. */
struct report_alarm {
	const char *name, *title, *area;
	const char *level;		/* of its priority */
	unsigned priority;		/* 0: it is defined no longer */
	bool active;			/* now */
};
/* A step of the journal: from inactive or active to one of these. */
struct report_step {
	uint32_t alarm;
	struct wall time;
	bool was, is;
	const char *flags;		/* simulated; or "" */
};

struct report_action {
	uint64_t seq;
	struct wall time;
	const char *area, *name, *user, *old, *new, *result;
	const char *flags;
};

/* An override, a bypass, a lock-out, an alarm put aside, as it is now. */
struct report_standing {
	const char *what, *name, *area, *user, *reason;
	struct wall since, until;	/* 0: not known, none */
};

struct report_facts {
	struct arena *arena;
	VEC(struct report_tag) tags;
	VEC(struct report_alarm) alarms;
	VEC(struct report_step) steps;		/* oldest first */
	VEC(struct report_action) actions;	/* oldest first */
	VEC(struct report_standing) standing;
};

/* What makes a section: its names, the period, and the language's index. */
struct report_making {
	struct report_facts *facts;
	const struct outline_section *section;
	const struct report_sheet *sheet;
	const struct report_bucket *buckets;	/* of facts->tags */
	unsigned language;
	bool by_area;
};

/* One of its patterns fits, or it has none. */
bool report_wants(const struct outline_section *s, const char *name);
struct report_figure report_number(
    double n, unsigned decimals, const char *unit, double good);
struct report_figure report_count(double n, double good);
/* What a text is to a figure; NULL or "": none. */
struct report_figure report_word(const char *text);
/* An instant; 0: none. */
struct report_figure report_time(struct wall t);

/* Each fills keys and lines. */
void report_tags_part(struct report_part *p, const struct report_making *m);
void report_alarms_part(struct report_part *p, const struct report_making *m);
void report_actions_part(struct report_part *p, const struct report_making *m);
void report_standing_part(
    struct report_part *p, const struct report_making *m);
/* Name, day, length and whether it is complete. */
void report_head(struct report_sheet *s, struct arena *arena);

#endif
