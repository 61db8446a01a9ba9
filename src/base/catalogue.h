/* SPDX-License-Identifier: ISC */
/*
 * catalogue.h - the texts of one language, from a .mo file of gettext.
 *
 * The file's bytes are kept as they are; parsing proves that every offset
 * and every end lies inside and that the texts are in order, so that looking
 * up needs no more checks. Both byte orders; the hash table of the file is
 * not used. Of the plural rules, those of most languages: none, n != 1 and
 * n > 1; another one is an error, never a wrong text.
 */
#ifndef BASE_CATALOGUE_H
#define BASE_CATALOGUE_H

#include <stddef.h>

#include "base/err.h"

#define CATALOGUE_BYTES_MAX (4 << 20)

struct catalogue;

/* Copies the bytes. NULL with e: not a catalogue, or a broken one. */
struct catalogue *catalogue_parse(
    const void *bytes, size_t n, struct err *e);
void catalogue_free(struct catalogue *c);

/* The translation, owned by c; NULL: there is none. */
const char *catalogue_find(const struct catalogue *c, const char *text);
/* The form for n things of the text whose singular is given. */
const char *catalogue_find_plural(
    const struct catalogue *c, const char *one, unsigned long n);

#endif
