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

struct screen_reading {
	struct reading g;	/* its arena is for the time of reading */
	struct screen *s;
	struct arena *arena;	/* the screen's */
	VEC(struct art) arts;
	VEC(struct found) found;
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

#endif
