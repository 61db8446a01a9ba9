/* SPDX-License-Identifier: ISC */
/*
 * entry.h - the ways in: a key that the SSH front checked, a password, an
 * account of this machine, a ticket.
 */
#ifndef SERVER_ENTRY_H
#define SERVER_ENTRY_H

#include <stdbool.h>

struct core;
struct peer;
struct session;

/* Each makes the peer a session and sends WELCOME, or REFUSED and why. */
void entry_key(struct core *c, struct peer *p, const char *user,
    const char *key, const char *from, const char *term);
/* Behind a password that was right. */
void entry_password(struct core *c, struct peer *p, const char *user,
    const char *from, const char *term);
void entry_local(
    struct core *c, struct peer *p, const char *tty, const char *term);
void entry_ticket(struct core *c, struct peer *p, const char *ticket,
    const char *from, const char *term);
/* Which program it is that runs there now, or that none came: the login
 * becomes an event. Those of the command line are told once in ten minutes
 * for each user and address, their ends not at all. */
void entry_tell(struct core *c, struct session *s, bool console);

#endif
