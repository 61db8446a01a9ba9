/* SPDX-License-Identifier: ISC */
/*
 * print.h - one cell as text.
 *
 * For programs: numbers exact, in the shortest text that reads back, times in
 * UTC with milliseconds. For people: the tag's decimals, times in the zone of
 * this process (when_zone()). No value is no text. What comes out is
 * terminal-safe whatever the cell holds.
 */
#ifndef VERB_PRINT_H
#define VERB_PRINT_H

#include "base/buf.h"
#include "wire/cell.h"

enum print_for { PRINT_FOR_PROGRAMS, PRINT_FOR_PEOPLE };

void print_cell(struct buf *b, const struct cell *c, enum print_for whom);
/* Adds text, cleaned. */
void print_clean(struct buf *b, const char *text);
/* A whole decimal number: no spreadsheet takes it for a formula. */
bool print_is_number(const char *s);

#endif
