/* SPDX-License-Identifier: ISC */
/*
 * users.h - who may log in, by which keys, with which roles. Kept in
 * record.db; changed here only after the change is committed.
 */
#ifndef SERVER_USERS_H
#define SERVER_USERS_H

#include <stdbool.h>
#define HASH_FUNCTION HASH_FNV	/* the usual one falls through labels */
#include <uthash.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/vec.h"

struct core;

#define USER_NAME_MAX 32
#define USER_KEYS_MAX 32

struct user_key {
	char *fingerprint;	/* SHA256:... */
	char *line;		/* as given: type, base64, comment */
	struct wall added;
};
struct user {
	UT_hash_handle hh;
	char *name, *full_name;
	char *roles;		/* "operator@filtration,viewer" */
	char *language, *unix_name;
	char *password;		/* crypt(5); NULL: none */
	bool locked;
	bool busy;		/* a change waits for its commit */
	struct wall created, last_login;
	char called_from[65];		/* (run) the command line, last */
	struct mono called_again;	/* (run) then it is told once more */
	VEC(struct user_key) keys;
};
struct users {
	struct user *by_name;
};

int users_load(struct core *c, struct err *e);
void users_fini(struct core *c);
struct user *users_find(const struct core *c, const char *name);
struct user *users_by_unix(const struct core *c, const char *unix_name);
bool user_has_key(const struct user *u, const char *fingerprint);
/* Can log in over SSH: not locked, and has a key, or a password where
 * passwords are taken. */
bool user_can_login(const struct user *u, bool passwords);
/* NULL: has none from now on. */
void user_set_password(struct user *u, const char *hash);
bool user_name_valid(const char *name);

/* An independent copy to change; NULL makes a new user. */
struct user *user_copy(const struct user *u, const char *name);
void user_free(struct user *u);
void user_set(char **field, const char *text);
/* Writes the user as it is in u to this turn's batch (not its keys). */
void user_record(struct core *c, const struct user *u);
/* Takes u in the place of the user of that name, after its commit. */
void users_replace(struct core *c, struct user *u);
void users_remove(struct core *c, const char *name);

/* A public key line ("ssh-ed25519 AAAA.. comment"): its fingerprint. */
int key_fingerprint(char dst[64], const char *line, struct err *e);

#endif
