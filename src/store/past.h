/* SPDX-License-Identifier: ISC */
/*
 * past.h - a reader thread's view: the day files, and what is in memory.
 *
 * Chunks of one tag and one day come in the order of their times, those of
 * the file first. What was in memory when the day was opened is copied then
 * and not read from the file again, however far the archive thread has come.
 */
#ifndef STORE_PAST_H
#define STORE_PAST_H

#include "base/vec.h"
#include "store/archive.h"

#define PAST_FILES 8		/* kept open by a thread */

/* A chunk as it is read. */
struct part {
	int64_t first, last, seq;
	uint32_t n;
	uint8_t type;
	void *body;		/* owned */
	size_t len;
};
struct parts {
	struct part *at;
	size_t n, cap;
};

struct past {
	struct history *h;
	int64_t now;		/* nothing is known from here on */
	int32_t *days;		/* that have a file, in order */
	size_t n_days;
	struct dayfile files[PAST_FILES];
	uint64_t used[PAST_FILES], turn;	/* 0: closed */
};

void past_refresh(struct past *p, struct history *h, int64_t now);
void past_close(struct past *p);
/* The first day from day on that has a file, or INT32_MAX; the last one
 * before it, or -1. */
int32_t past_day_from(const struct past *p, int32_t day);
int32_t past_day_before(const struct past *p, int32_t day);

/* One tag in one day. */
struct view {
	struct past *past;
	struct dayfile *file;
	int64_t id;		/* of the tag in the file; 0: not there */
	struct parts memory;	/* in order */
	int64_t begun;		/* seq of the first in memory; INT64_MAX */
	VEC(int64_t) marks;	/* of the day, in order */
};
int view_open(struct view *v, struct past *p, const char *tag, int32_t day,
    struct err *e);
void view_close(struct view *v);
/* Up to 64 chunks of the file behind (first, seq) with samples in since <= t
 * < until; none: there are no more. The caller frees them. */
int view_read(struct view *v, int64_t first, int64_t seq, int64_t since,
    int64_t until, struct parts *out, struct err *e);
/* The chunk that begins last before t, in file or memory; 0: there is none. */
int view_before(struct view *v, int64_t t, struct part *out, struct err *e);

void parts_free(struct parts *v);

#endif
