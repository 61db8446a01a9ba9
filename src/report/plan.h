/* SPDX-License-Identifier: ISC */
/*
 * plan.h - which report, over which periods: from the wish, the report's own
 * text and the shifts of the plant. Not for other rooms.
 */
#ifndef REPORT_PLAN_H
#define REPORT_PLAN_H

#include "base/vec.h"
#include "report/run.h"

struct report_plan {
	struct arena *arena;		/* the run's */
	const char *name, *date, *shift;	/* of the wish */
	const char *plant;
	struct wall now;
	const char *languages[PLANT_LANGUAGES];
	unsigned n_languages, language;
	struct buf text;		/* of the report's file */
	struct outline *outline;
	VEC(struct shift) shifts;
	struct report_sheet *sheets;	/* oldest first */
	unsigned n_sheets;
	int code;			/* EXIT_DONE as long as all is well */
	struct err why;
};

void plan_init(struct report_plan *p, const struct report_wish *wish,
    struct arena *arena);
void plan_fini(struct report_plan *p);
void plan_fail(struct report_plan *p, int code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The text is complete: what does the report hold? */
void plan_read(struct report_plan *p);
/* One shift of the plant: its name, 06:00, mon+tue. Texts are kept. */
void plan_shift(struct report_plan *p, const char *name, const char *from,
    const char *days);
/* All shifts are known: a sheet for each period. */
void plan_sheets(struct report_plan *p);

const struct report_plan *report_plan_of(const struct report_run *r);

#endif
