/* SPDX-License-Identifier: ISC */
/*
 * proof.h - what proved who somebody is, as long as it does: a key's
 * fingerprint, or the mark of a password; "" for what needs none.
 */
#ifndef SERVER_PROOF_H
#define SERVER_PROOF_H

#include <stdbool.h>

#define PROOF 64

struct core;
struct user;

/* A session that a password opened is worth as much as that password: its
 * mark, which nobody else sees, takes the place of a key's fingerprint. */
void proof_password(char dst[PROOF], const struct user *u);
/* Does it still prove it? u NULL: there is no such user any more. */
bool proof_holds(const struct user *u, const char *proof);
/* Of whose it was at first; "local" is nobody's user, and always holds. */
bool proof_base_holds(
    const struct core *c, const char *base, const char *proof);

#endif
