/* SPDX-License-Identifier: ISC */
/*
 * err.h - why the outside world failed.
 *
 * A caller owns a struct err and passes it down; the place that knows fills
 * it once with err_set(), others may put context in front with err_prefix(),
 * and only the top that decides what to do logs or shows it. A bug is an
 * assert, lack of memory ends the process, bad data is a quality: none of
 * the three is an err.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

struct err {
	char text[512];		/* one line, no newline, terminal-safe */
};

/* Fills e (which may be NULL) and returns -1, so that a caller can return it. */
int err_set(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* As err_set, with ": " and the text of errno behind. */
int err_sys(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Puts context in front of what is there; returns -1. */
int err_prefix(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
