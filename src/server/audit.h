/* SPDX-License-Identifier: ISC */
/*
 * audit.h - who did what: one row when it was asked, one with the result.
 * Rows go into this turn's batch.
 */
#ifndef SERVER_AUDIT_H
#define SERVER_AUDIT_H

#include <stdint.h>

#include "wire/verbs.h"

#include "server/users.h"

struct core;
struct session;

/* The person behind an action; outlives the session that asked. */
struct who {
	char user[USER_NAME_MAX + 1], station[65], from[65];
	char session[24];	/* its number as text */
};

/* What is the same in both rows. Texts live as long as the call. */
struct audit_action {
	const char *verb, *name, *old, *new, *reason;
};

/* The id of the command: the number of the request's row. */
uint64_t audit_request(
    struct core *c, const struct who *who, const struct audit_action *a);
void audit_result(struct core *c, const struct who *who, uint64_t command,
    const struct audit_action *a, const char *result);
/* Both at once: refused at the door. */
void audit_refused(struct core *c, const struct who *who, enum verb v,
    const char *name, const char *reason);
/* An event of the list that everybody sees; area NONE is "system". Returns
 * its number. */
uint64_t audit_event(struct core *c, int kind, uint32_t area,
    const char *name, const char *text, const char *user,
    const char *station, const char *result);

#endif
