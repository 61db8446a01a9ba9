/* SPDX-License-Identifier: ISC */
/*
 * source.h - the text of a file as later readers may trust it.
 *
 * UTF-8, lines ended by LF, no character that a terminal or an editor would
 * not show. What is wrong is said once a line and replaced, so that reading
 * goes on and finds the other errors too; lines keep their numbers.
 */
#ifndef PROJECT_SOURCE_H
#define PROJECT_SOURCE_H

#include <stddef.h>

#include "base/mem.h"
#include "project/report.h"

/* The cleaned text in the arena, ended by a NUL; *out_len its length. */
char *source_clean(struct arena *a, const char *text, size_t len,
    uint16_t file, bool columns, struct report *r, size_t *out_len);

#endif
