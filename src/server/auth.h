/* SPDX-License-Identifier: ISC */
/*
 * auth.h - the thread that knows crypt(3): it compares passwords and makes
 * their hashes, one after the other, so that the core never waits for one.
 *
 * A password that is compared with no hash (no such user, or none set) is
 * hashed with made-up salt all the same: it takes the same time and is wrong.
 * Passwords are overwritten as soon as they were used.
 *
 * Called by the core's thread; done() by the other one.
 */
#ifndef SERVER_AUTH_H
#define SERVER_AUTH_H

#include <stdbool.h>
#include <stdint.h>

#define AUTH_JOBS 32	/* that may wait */
#define AUTH_HASH 128	/* bytes of a hash, its end included */

struct auth;

struct auth_result {
	uint64_t id;
	bool good;		/* check: it is the password; make: made */
	char hash[AUTH_HASH];	/* what was compared with, or made */
};

struct auth *auth_new(void (*done)(void *arg), void *arg);
/* Waits for the job at hand, and forgets the others. */
void auth_free(struct auth *a);
/* Both copy; false: too many wait. hash NULL: there is none. */
bool auth_check(struct auth *a, uint64_t id, const char *password,
    const char *hash);
bool auth_make(struct auth *a, uint64_t id, const char *password);
/* The next result; false: none is ready. */
bool auth_take(struct auth *a, struct auth_result *r);
/* Blocks until nothing waits, at most so long; for tests. */
bool auth_wait(struct auth *a, int ms);

#endif
