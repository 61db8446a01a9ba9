/* SPDX-License-Identifier: ISC */
/*
 * past.h - what was logged of a few tags, as curves need it: one call of
 * `history --every` for all of them, so many spans as there is room to draw,
 * each with its least and greatest value. Whoever asks again before the
 * answer has come gets the later one only.
 */
#ifndef CONSOLE_PAST_H
#define CONSOLE_PAST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "model/plant.h"
#include "term/trend.h"

#define PAST_TAGS 8

struct app;

struct past {
	struct app *app;
	void (*arrived)(void *arg);	/* a whole answer is here */
	void *arg;
	uint32_t call;			/* 0: none under way */
	unsigned n;
	char names[PAST_TAGS][PLANT_NAME_MAX + 1];
	int64_t asked_from, asked_to;	/* of the call under way */
	int64_t from_ms, to_ms;		/* of what is here; equal: nothing */
	struct past_curve {
		VEC(struct trend_sample) coming, here;
		double last;	/* of the call under way; NAN: not known */
	} curve[PAST_TAGS];
};

void past_init(struct past *p, struct app *app, void (*arrived)(void *arg),
    void *arg);
void past_fini(struct past *p);
/* Other tags: what was here is gone. */
void past_name(struct past *p, const char *const *names, unsigned n);
/* From here to there, in so many spans. False: it cannot be asked now. */
bool past_ask(struct past *p, int64_t from_ms, int64_t to_ms, int spans);
/* The core is another one: no answer will come. */
void past_lost(struct past *p);

#endif
