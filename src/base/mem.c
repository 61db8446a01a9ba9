/* SPDX-License-Identifier: ISC */
#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK 65536		/* the most; an arena begins small */
#define CHUNK_FIRST 1024

static _Noreturn void
no_memory(void)
{
	static const char text[] = "out of memory\n";

	fwrite(text, 1, sizeof(text) - 1, stderr);
	abort();
}

void *
xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (p == NULL)
		no_memory();
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (p == NULL)
		no_memory();
	return p;
}

void *
xrealloc(void *p, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		no_memory();
	p = realloc(p, bytes ? bytes : 1);
	if (p == NULL)
		no_memory();
	return p;
}

char *
xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

char *
xstrndup(const char *s, size_t max)
{
	size_t len = strnlen(s, max);
	char *p = xmalloc(len + 1);

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

char *
xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	if (vasprintf(&p, fmt, ap) < 0)
		no_memory();
	va_end(ap);
	return p;
}

void
str_replace(char **at, const char *text)
{
	char *copy = xstrdup(text != NULL ? text : "");

	free(*at);
	*at = copy;
}

size_t
str_copy(char *dst, const char *src, size_t cap)
{
	size_t len = strlen(src), n = len < cap ? len : cap - 1;

	if (cap == 0)
		return len;
	memcpy(dst, src, n);
	dst[n] = '\0';
	return len;
}

struct chunk {
	struct chunk *next;
	size_t used, size;
	max_align_t data[];
};

struct arena {
	struct chunk *chunks;
	size_t handed;
};

struct arena *
arena_new(void)
{
	return xcalloc(1, sizeof(struct arena));
}

void
arena_free(struct arena *a)
{
	struct chunk *c, *next;

	if (a == NULL)
		return;
	for (c = a->chunks; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	free(a);
}

/* As much again as was handed out, for small arenas are many. */
static size_t
chunk_room(const struct arena *a, size_t bytes)
{
	size_t room = CHUNK_FIRST;

	if (bytes > CHUNK / 4)
		return bytes;
	while (room < CHUNK && (room < a->handed || room < bytes))
		room *= 2;
	return room;
}

void *
arena_take(struct arena *a, size_t n, size_t size)
{
	struct chunk *c = a->chunks;
	size_t bytes, room;
	void *p;

	if (__builtin_mul_overflow(n, size, &bytes) || bytes > SIZE_MAX / 2)
		no_memory();
	bytes = (bytes + sizeof(void *) - 1) & ~(sizeof(void *) - 1);
	if (c == NULL || c->size - c->used < bytes) {
		room = chunk_room(a, bytes);
		c = xcalloc(1, sizeof(*c) + room);
		c->size = room;
		if (bytes > CHUNK / 4 && a->chunks != NULL) {
			/* a large piece goes behind the one still filling */
			c->next = a->chunks->next;
			a->chunks->next = c;
		} else {
			c->next = a->chunks;
			a->chunks = c;
		}
	}
	p = (char *)c->data + c->used;
	c->used += bytes;
	a->handed += bytes;
	return p;
}

char *
arena_textn(struct arena *a, const char *s, size_t len)
{
	char *p = arena_take(a, len + 1, 1);

	memcpy(p, s, len);
	return p;
}

char *
arena_text(struct arena *a, const char *s)
{
	return arena_textn(a, s, strlen(s));
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *tmp, *p;

	va_start(ap, fmt);
	if (vasprintf(&tmp, fmt, ap) < 0)
		no_memory();
	va_end(ap);
	p = arena_text(a, tmp);
	free(tmp);
	return p;
}

void *
arena_copy(struct arena *a, const void *items, size_t n, size_t size)
{
	void *p = arena_take(a, n, size);

	if (n > 0)
		memcpy(p, items, n * size);
	return p;
}

size_t
arena_size(const struct arena *a)
{
	return a->handed;
}
