/* SPDX-License-Identifier: ISC */
/* digest.h - SHA-256, random bytes, hex. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGEST_SIZE 32
#define DIGEST_HEX 65

struct digest {
	uint8_t at[DIGEST_SIZE];
};
struct digest_run {
	uint64_t opaque[32];
};

struct digest digest_of(const void *bytes, size_t n);
void digest_begin(struct digest_run *r);
void digest_feed(struct digest_run *r, const void *bytes, size_t n);
struct digest digest_end(struct digest_run *r);
/* Takes the same time wherever they differ. */
bool digest_same(const struct digest *a, const struct digest *b);
char *digest_hex(char dst[DIGEST_HEX], const struct digest *d);
bool digest_parse(struct digest *d, const char *hex);
void random_bytes(void *dst, size_t n);

#endif
