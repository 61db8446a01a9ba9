/* SPDX-License-Identifier: ISC */
/*
 * login.h - who somebody is, by a password: over SSH before there is a
 * session, and at a console, whose session another person takes over (shift
 * change) and gives back.
 *
 * Each attempt is in the audit, with its result and without what was typed:
 * a name that is no user's is not written down, for it may be a password.
 */
#ifndef SERVER_LOGIN_H
#define SERVER_LOGIN_H

#include "wire/message.h"

struct core;
struct peer;
struct session;

struct login;

/* PASSWORD, said on a descriptor from the front. A wrong one is answered by
 * PROBED no, and may be said again. */
void login_password(struct core *c, struct peer *p, struct get *g);
void login_forget(struct core *c, struct login *l);	/* the peer goes */

#endif
