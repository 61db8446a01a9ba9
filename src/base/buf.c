/* SPDX-License-Identifier: ISC */
#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static void
grow(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 64;

	while (cap - b->len <= n)
		cap *= 2;
	if (cap == b->cap)
		return;
	b->at = xrealloc(b->at, cap, 1);
	b->cap = cap;
}

void
buf_add(struct buf *b, const void *bytes, size_t n)
{
	grow(b, n);
	if (n > 0)
		memcpy(b->at + b->len, bytes, n);
	b->len += n;
	b->at[b->len] = '\0';
}

void
buf_text(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n > 0) {
		grow(b, (size_t)n + 1);
		vsnprintf(b->at + b->len, (size_t)n + 1, fmt, again);
		b->len += (size_t)n;
	}
	va_end(again);
}

void
buf_drop(struct buf *b, size_t n)
{
	if (n >= b->len) {
		buf_clear(b);
		return;
	}
	memmove(b->at, b->at + n, b->len - n + 1);
	b->len -= n;
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->at != NULL)
		b->at[0] = '\0';
}

void
buf_free(struct buf *b)
{
	free(b->at);
	memset(b, 0, sizeof(*b));
}

const char *
buf_string(const struct buf *b)
{
	return b->at != NULL ? b->at : "";
}

int
buf_read_fd(struct buf *b, int fd, size_t max)
{
	ssize_t n;

	for (;;) {
		grow(b, 8192);
		n = read(fd, b->at + b->len, 8192);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		b->len += (size_t)n;
		if (b->len > max) {
			errno = EFBIG;
			n = -1;
			break;
		}
	}
	b->at[b->len] = '\0';
	return n < 0 ? -1 : 0;
}

int
buf_read_file(struct buf *b, const char *path, size_t max)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc, saved;

	if (fd < 0)
		return -1;
	rc = buf_read_fd(b, fd, max);
	saved = errno;
	close(fd);
	errno = saved;
	return rc;
}
