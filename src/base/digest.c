/* SPDX-License-Identifier: ISC */
#include "base/digest.h"

#include <errno.h>
#include <sha2.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/log.h"

_Static_assert(sizeof(SHA2_CTX) <= sizeof(struct digest_run), "room");

void
digest_begin(struct digest_run *r)
{
	SHA256Init((SHA2_CTX *)(void *)r->opaque);
}

void
digest_feed(struct digest_run *r, const void *bytes, size_t n)
{
	SHA256Update((SHA2_CTX *)(void *)r->opaque, bytes, n);
}

struct digest
digest_end(struct digest_run *r)
{
	struct digest d;

	SHA256Final(d.at, (SHA2_CTX *)(void *)r->opaque);
	return d;
}

struct digest
digest_of(const void *bytes, size_t n)
{
	struct digest_run r;

	digest_begin(&r);
	digest_feed(&r, bytes, n);
	return digest_end(&r);
}

bool
digest_same(const struct digest *a, const struct digest *b)
{
	unsigned diff = 0;
	int i;

	for (i = 0; i < DIGEST_SIZE; i++)
		diff |= (unsigned)(a->at[i] ^ b->at[i]);
	return diff == 0;
}

char *
digest_hex(char dst[DIGEST_HEX], const struct digest *d)
{
	int i;

	for (i = 0; i < DIGEST_SIZE; i++)
		snprintf(dst + 2 * i, 3, "%02x", d->at[i]);
	return dst;
}

static int
nibble(char c)
{
	static const char set[] = "0123456789abcdef";
	const char *p = c != '\0' ? strchr(set, c) : NULL;

	return p != NULL ? (int)(p - set) : -1;
}

bool
digest_parse(struct digest *d, const char *hex)
{
	int i, hi, lo;

	if (strlen(hex) != DIGEST_HEX - 1)
		return false;
	for (i = 0; i < DIGEST_SIZE; i++) {
		hi = nibble(hex[2 * i]);
		lo = nibble(hex[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return false;
		d->at[i] = (uint8_t)(hi << 4 | lo);
	}
	return true;
}

void
random_bytes(void *dst, size_t n)
{
	char *p = dst;
	ssize_t got;

	while (n > 0) {
		got = getrandom(p, n, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			fatal("no random numbers: %s", strerror(errno));
		p += got;
		n -= (size_t)got;
	}
}
