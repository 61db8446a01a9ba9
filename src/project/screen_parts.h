/* SPDX-License-Identifier: ISC */
/* screen_parts.h - the steps of screen_parse(); shared by screen*.c only. */
#ifndef PROJECT_SCREEN_PARTS_H
#define PROJECT_SCREEN_PARTS_H

#include "project/item.h"
#include "project/screen.h"

/* A marker as it was found, before its key is known to mean something. */
struct found {
	const char *key;
	struct place at;
	struct marker marker;
	uint32_t art;
};

#define SCREEN_WORD 64		/* characters */
#define SCREEN_WORDS 500
/* What stands for a word of the arts in another language. */
struct screen_word {
	unsigned language, n_from, n_to;
	uint32_t from[SCREEN_WORD], to[SCREEN_WORD];
	struct place at;
	bool found;
};

struct screen_reading {
	struct reading g;	/* its arena is for the time of reading */
	struct screen *s;
	struct arena *arena;	/* the screen's */
	VEC(struct art) arts;
	VEC(struct found) found;
	VEC(struct screen_word) words;
	bool has_head, has_bind;
};

/* "@art 60x9" was read; text is what stands until @end, lines from at on. */
void art_read(struct screen_reading *x, unsigned width, unsigned height,
    const char *text, size_t len, struct place at);
/* Between @bind and @end. */
void bind_read(
    struct screen_reading *x, const char *text, size_t len, struct place at);
/* Gives each marker its binding; says what is unbound or unused. */
void bind_join(struct screen_reading *x);

/* Between "@words LANGUAGE" (at head) and @end. */
void words_read(struct screen_reading *x, const char *language,
    struct place head, const char *text, size_t len, struct place at);
/* Once markers are known: the arts in the other languages. */
void words_apply(struct screen_reading *x);

#endif
