/* SPDX-License-Identifier: ISC */
/*
 * load.h - what record.db holds, row by row, between record_open() and
 * record_start(). A callback's row lives during the call. All return the
 * number of rows, or -1 and why.
 */
#ifndef STORE_LOAD_H
#define STORE_LOAD_H

#include "base/err.h"
#include "store/record.h"
#include "store/row.h"

int record_load_users(struct record *r,
    void (*fn)(void *arg, const struct record_user *u), void *arg,
    struct err *e);
int record_load_keys(struct record *r,
    void (*fn)(void *arg, const struct record_key *k), void *arg,
    struct err *e);
int record_load_sessions(struct record *r,
    void (*fn)(void *arg, const struct record_session *s), void *arg,
    struct err *e);
/* Fields marked (run) are zero: alarm_restored() follows, the callee's part.
 * The alarm becomes the callee's (alarm_fini), but the text of its value. */
int record_load_alarms(struct record *r,
    void (*fn)(void *arg, struct record_alarm *a), void *arg,
    struct err *e);
/* The steps of the journal since then that called somebody, oldest first.
 * from: since when the journal says which did. */
struct record_announced {
	struct wall time;
	const char *area, *name;
};
int record_load_announced(struct record *r, struct wall since,
    void (*fn)(void *arg, const struct record_announced *a), void *arg,
    struct wall *from, struct err *e);
int record_load_values(struct record *r,
    void (*fn)(void *arg, const struct record_value *v), void *arg,
    struct err *e);
int record_load_overrides(struct record *r,
    void (*fn)(void *arg, const struct record_override *o), void *arg,
    struct err *e);
int record_load_lockouts(struct record *r,
    void (*fn)(void *arg, const struct record_lockout *l), void *arg,
    struct err *e);
int record_load_bypasses(struct record *r,
    void (*fn)(void *arg, const struct record_bypass *p), void *arg,
    struct err *e);
int record_load_settings(struct record *r,
    void (*fn)(void *arg, const struct record_setting *s), void *arg,
    struct err *e);
/* Requests without a result, oldest first: the core gives each
 * "unknown: restart" (P2). */
int record_load_open_requests(struct record *r,
    void (*fn)(void *arg, const struct record_audit *row), void *arg,
    struct err *e);

#endif
