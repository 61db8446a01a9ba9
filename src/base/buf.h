/* SPDX-License-Identifier: ISC */
/*
 * buf.h - bytes that grow; also the way to build a text. Zeroed is empty.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
	char *at;	/* ended by a NUL that does not count, if not NULL */
	size_t len, cap;
};

void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_text(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void buf_drop(struct buf *b, size_t n);	/* removes the first n bytes */
void buf_clear(struct buf *b);
void buf_free(struct buf *b);
/* The text, "" when empty; owned by b. */
const char *buf_string(const struct buf *b);
/* Reads fd to its end; fails above max bytes. 0, or -1 with errno. */
int buf_read_fd(struct buf *b, int fd, size_t max);
/* Reads a file of at most max bytes. */
int buf_read_file(struct buf *b, const char *path, size_t max);

#endif
