/* SPDX-License-Identifier: ISC */
/*
 * passwords.h - is this the password of that user?
 *
 * An attempt waits as long as attempts.h says, is looked at by the auth
 * thread, and its answer comes in a later turn. Whoever the user is - one
 * that does not exist, is locked, has no password - the way is the same and
 * so is the time; only a user who may log in gets a yes.
 *
 * At most PASSWORDS_WAIT wait at a time; strangers (who are not logged in
 * yet) get only a part of that, and of it only a few from one place: they
 * cannot keep out who sits at a console.
 */
#ifndef SERVER_PASSWORDS_H
#define SERVER_PASSWORDS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "server/attempts.h"
#include "server/users.h"
#include "wire/message.h"

struct core;
struct auth;

#define PASSWORDS_WAIT 32
#define PASSWORDS_STRANGERS 24
#define PASSWORDS_PLACE 4	/* of strangers, from one place */
#define PASSWORD_MIN 10		/* characters */

typedef void password_fn(struct core *c, void *arg, bool good);
/* hash is NULL if it could not be made. */
typedef void password_made_fn(struct core *c, void *arg, const char *hash);

struct attempt {
	TAILQ_ENTRY(attempt) next;
	uint64_t id;
	char user[USER_NAME_MAX + 1], place[ATTEMPTS_KEY];
	char password[WIRE_SECRET + 1];
	bool stranger, begun;
	password_fn *fn;	/* one of both */
	password_made_fn *made;
	void *arg;
};

struct passwords {
	struct auth *auth;
	struct attempts attempts;
	TAILQ_HEAD(, attempt) list;
	uint64_t last;
};

void passwords_init(struct core *c);
void passwords_fini(struct core *c);
/* Copies what it is given. from: where the person sits. False: too many
 * wait, and fn is not called. */
bool password_check(struct core *c, const char *user, const char *password,
    const char *from, bool stranger, password_fn *fn, void *arg);
bool password_make(struct core *c, const char *password,
    password_made_fn *made, void *arg);
/* Nobody waits with this arg any more. */
void password_forget(struct core *c, const void *arg);
/* NULL, or why this cannot become the password of that user. */
const char *password_weak(const char *user, const char *password);

void passwords_due(struct core *c, uint64_t id);	/* TIMER_PASSWORD */
void passwords_settle(struct core *c);	/* takes what the thread has done */

#endif
