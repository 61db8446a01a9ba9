/* SPDX-License-Identifier: ISC */
/*
 * text.h - terminal-safe text.
 *
 * Everything that comes from outside (files, PLCs, users, SSH clients, peers)
 * passes text_clean() where it comes in and again where it goes out to a
 * terminal. Clean text is valid UTF-8 without control characters (C0, DEL, C1), bidirectional and
 * zero-width characters, private use, tags and variation selectors, with at
 * most one combining mark per base. What was removed leaves a visible mark:
 * a middle dot for each.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Cleans len bytes of src into dst; never splits a character; always ends
 * dst. Returns the bytes written. */
size_t text_clean(char *dst, size_t cap, const char *src, size_t len);
/* As it stands, would cleaning change nothing? */
bool text_is_clean(const char *src, size_t len);
/* The columns that clean text takes on a terminal. */
size_t text_columns(const char *s);
/* Copies clean text into at most columns columns; cut text ends in an
 * ellipsis of one column. Returns the columns used. */
size_t text_fit(char *dst, size_t cap, const char *s, size_t columns);
/* Decodes one character: its length, or 0 at the end or if it is invalid. */
size_t text_next(const char *s, size_t len, uint32_t *code);
/* Columns of one character: 0, 1 or 2. */
int text_width(uint32_t code);
/* The ASCII letter under an accented one (a for a-umlaut), else 0. */
char text_plain(uint32_t code);
/* Writes code as UTF-8 into dst[4]; returns its length. */
size_t text_encode(char *dst, uint32_t code);

#endif
