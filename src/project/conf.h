/* SPDX-License-Identifier: ISC */
/*
 * conf.h - a text in libconfig's grammar as an item of a schema.
 *
 * The only place that knows libconfig. Everything wrong is said: unknown and
 * missing keys, types, ranges, words.
 */
#ifndef PROJECT_CONF_H
#define PROJECT_CONF_H

#include "project/item.h"

/*
 * Reads clean text (source.h) that begins at place at. NULL if it has a
 * syntax error, which has been said.
 */
struct item *conf_read(const struct reading *g, const struct schema *s,
    const char *text, size_t len, struct place at);

/*
 * As conf_read, for a group whose keys the author chooses (@bind): each must
 * be a group of schema s. The names are returned in *names, in the order of
 * the text; -1 on a syntax error.
 */
int conf_read_open(const struct reading *g, const struct schema *s,
    const char *text, size_t len, struct place at, const char ***names,
    struct item ***items);

/* A cell of a table written as in a file: `[ "OFF", "ON" ]`. */
void conf_read_cell(const struct reading *g, const struct key *k,
    struct cell *c, const char *text, struct place at);

#endif
