/* SPDX-License-Identifier: ISC */
/*
 * remark.h - the message line: the last thing that the console has to say.
 *
 * A refusal stays at least REMARK_REFUSED and is not displaced by a lesser
 * text within that time; a notice that came meanwhile follows it. A result
 * stays until the next one.
 */
#ifndef TERM_REMARK_H
#define TERM_REMARK_H

#include <stdbool.h>

#include "base/clock.h"
#include "term/canvas.h"

#define REMARK_REFUSED ((struct span){ 3000 })
#define REMARK_TEXT 400

enum remark_kind { REMARK_INFO, REMARK_NOTICE, REMARK_REFUSAL };

struct remark {
	enum remark_kind kind;
	char text[REMARK_TEXT];
	struct mono since, until;	/* until: MONO_NEVER stays */
	char waiting[REMARK_TEXT];	/* the newest notice meanwhile, or "" */
};

void remark_init(struct remark *m);
/* False: something more important still stands there; a notice waits. stay of 0 ms: until
 * the next one. */
bool remark_set(struct remark *m, enum remark_kind kind, struct span stay,
    struct mono now, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* True: it has just gone, or what waited has come: to be drawn. */
bool remark_expire(struct remark *m, struct mono now);
enum style remark_style(const struct remark *m);
void remark_draw(struct canvas c, const struct remark *m);

#endif
