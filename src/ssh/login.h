/* SPDX-License-Identifier: ISC */
/*
 * login.h - one connection's side of asking the core who may come in.
 *
 * Owns the descriptor that may say LOGIN once. The calls wait for the core's
 * answer, at most LOGIN_PATIENCE: there is nothing else that a connection
 * without a login could do meanwhile.
 */
#ifndef SSH_LOGIN_H
#define SSH_LOGIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/err.h"

#define LOGIN_PATIENCE ((struct span){ 5000 })

struct login;

struct login *login_new(int fd);	/* takes the descriptor */
void login_free(struct login *l);
/* Does this key (its fingerprint) belong to this user, who may log in?
 * 1 yes, 0 no, -1 the core does not answer (e). */
int login_probe(
    struct login *l, const char *user, const char *key, struct err *e);
/* Only after the signature was verified. 1: the descriptor is a session;
 * 0: refused (e says why, for the log); -1 as above. */
int login_key(struct login *l, const char *user, const char *key,
    const char *from, const char *term, struct err *e);
/* As login_key, but 0 may be tried again. Waits until the deadline: the core
 * lets those wait who were wrong before. */
int login_password(struct login *l, const char *user, const char *password,
    const char *from, struct mono deadline, struct err *e);
/* Of the session's person, else of the station: "de"; "" without a session. */
const char *login_language(const struct login *l);
/* The session's descriptor; the caller closes it. */
int login_take(struct login *l);

#endif
