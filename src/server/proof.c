/* SPDX-License-Identifier: ISC */
#include "server/proof.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "server/core.h"

void
proof_password(char dst[PROOF], const struct user *u)
{
	struct digest d = digest_of(u->password, strlen(u->password));
	char hex[DIGEST_HEX];

	digest_hex(hex, &d);
	snprintf(dst, PROOF, "password:%.32s", hex);
}

bool
proof_holds(const struct user *u, const char *key)
{
	char mark[PROOF];

	if (u == NULL || u->locked)
		return false;
	if (*key == '\0')
		return true;
	if (strncmp(key, "password:", 9) != 0)
		return user_has_key(u, key);
	if (u->password == NULL)
		return false;
	proof_password(mark, u);
	return strcmp(mark, key) == 0;
}

bool
proof_base_holds(const struct core *c, const char *base, const char *key)
{
	return strcmp(base, "local") == 0 ||
	    proof_holds(users_find(c, base), key);
}
