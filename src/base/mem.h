/* SPDX-License-Identifier: ISC */
/*
 * mem.h - memory. Out of memory ends the process (its parent restarts it);
 * nobody checks for NULL.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t max);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* A copy of text (NULL: of "") in place of what stood there, which is freed. */
void str_replace(char **at, const char *text);
/* Copies as much of src as fits; always ends dst; returns src's length. */
size_t str_copy(char *dst, const char *src, size_t cap);

/*
 * An arena gives memory that is freed all at once. Owned by one thread.
 */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);	/* NULL is fine */
void *arena_take(struct arena *a, size_t n, size_t size);	/* zeroed */
char *arena_text(struct arena *a, const char *s);
char *arena_textn(struct arena *a, const char *s, size_t len);
char *arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* An array of n items moved into the arena, for arrays that grew elsewhere. */
void *arena_copy(struct arena *a, const void *items, size_t n, size_t size);
size_t arena_size(const struct arena *a);	/* bytes handed out */

#endif
