/* SPDX-License-Identifier: ISC */
/*
 * walk.h - one tag through time: its samples and where knowledge ends, in
 * order, from chunk to chunk and from day to day.
 */
#ifndef STORE_WALK_H
#define STORE_WALK_H

#include "store/past.h"

struct walk {
	struct past *past;
	const char *tag;
	int64_t since, until;
	struct history_place *place;	/* behind what was given last */
	/* the day at hand */
	struct view view;
	bool in_day, in_memory;
	struct parts parts;
	size_t part;
	struct part *chunk;	/* or NULL: the next one is to be taken */
	struct chunk_reader reader;
	size_t mark;
	/* looked at, not given */
	struct value next;
	bool has_next;
	char text[2][VALUE_TEXT_MAX + 1];
	unsigned which;		/* of the texts holds next's */
};

/* From place on, if it has begun; moves it. All are borrowed. */
void walk_begin(struct walk *w, struct past *past, const char *tag,
    int64_t since, int64_t until, struct history_place *place);
/* 1: the next sample or gap (chunk_is_gap); its text lives until the next
 * call. 0: the end. -1: failed. */
int walk_next(struct walk *w, struct value *v, struct err *e);
void walk_end(struct walk *w);

/* What holds at t: the last sample before it, from whatever day, unless a
 * mark stands between. 1, 0 (nothing is known), -1. text has VALUE_TEXT_MAX
 * + 1 bytes. */
int walk_held(struct past *past, const char *tag, int64_t t, struct value *v,
    char *text, struct err *e);
/* When the last good sample before t was, whatever came between; 1, 0 (there
 * is none), -1. */
int walk_good(struct past *past, const char *tag, int64_t t, int64_t *time,
    struct err *e);
/* Moves place so that the last n rows follow. */
int walk_last(struct past *past, const char *tag, int64_t since, int64_t until,
    uint64_t n, struct history_place *place, struct err *e);

#endif
