/* SPDX-License-Identifier: ISC */
/*
 * tickets.h - a console's right to come back after a restart of the core, or
 * when its connection broke: whose session it was, where, and what limited it.
 * The record has digests alone. One that is given out replaces the one before
 * when it is used: only then has it certainly arrived.
 */
#ifndef SERVER_TICKETS_H
#define SERVER_TICKETS_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/err.h"
#include "server/proof.h"
#include "server/users.h"
#include "wire/message.h"

struct core;
struct session;

struct ticket {
	char id[24], user[USER_NAME_MAX + 1], from[65], station[65],
	    screen[65], login_key[PROOF], base[USER_NAME_MAX + 1],
	    base_key[PROOF];
	bool guest, view_only;
	struct digest hash, previous;
	struct wall since;
};

int tickets_load(struct core *c, struct err *e);
/* Makes one for the session; hex, to be sent once it is committed. */
void ticket_give(
    struct core *c, struct session *s, char hex[WIRE_TICKET + 1]);
/* By what was given out last or, as long as that was not used, before. */
struct ticket *ticket_find(
    struct core *c, const char *hex, bool *is_previous);
/* It opens a session still: its session began less than a day ago, and what
 * proved who it is holds. */
bool ticket_holds(struct core *c, const struct ticket *t);
struct ticket *ticket_of(struct core *c, const struct session *s);
void ticket_record(struct core *c, const struct ticket *t);
void ticket_drop(struct core *c, struct ticket *t);	/* NULL is fine */
/* The wall clock was set: a day is one that passed. */
void tickets_clock_set(struct core *c, struct span by);
/* All that open something of this user, or began as his. */
void tickets_withdraw(struct core *c, const char *user);

#endif
