/* SPDX-License-Identifier: ISC */
/*
 * told.h - the rows of a difference as `project plan`, `apply`, `rollback`
 * and `diff` tell them: with what it does to the plant as it is now.
 */
#ifndef SERVER_TOLD_H
#define SERVER_TOLD_H

#include <stdbool.h>

#include "model/difference.h"

struct core;
struct told;

/* retire: what must be retired is, else it is said that it must. */
struct told *told_new(bool retire);
void told_free(struct told *t);
/* effects: say what becomes of values, alarms and sessions (not of diff). */
void told_difference(struct told *t, const struct core *c,
    const struct difference *d, bool effects);
void told_row(struct told *t, const char *change, const char *sort,
    const char *name, const char *part, const char *old, const char *new,
    const char *effect);
/* What somebody left standing, if the new project ends it (to NULL, and why)
 * or knows it by another name. */
void told_standing(struct told *t, const char *change, const char *sort,
    const char *name, const char *to, const char *user, const char *reason,
    const char *why);
size_t told_rows(const struct told *t);
/* How many of them `apply` takes only with --retire. */
unsigned told_retired(const struct told *t);
/* "3 added, 1 removed, 12 changed", for one line. */
char *told_summary(const struct told *t, char *dst, size_t cap);

/* Answers the call with the rows and this END; takes t. The call is emptied. */
struct session;
struct call;
void told_answer(struct core *c, struct session *s, struct call *call,
    struct told *t, int code, const char *text);

#endif
