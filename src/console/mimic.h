/* SPDX-License-Identifier: ISC */
/*
 * mimic.h - a process screen bound to what the console knows: drawn from
 * screen and things alone, without a core, so that it can be compared.
 */
#ifndef CONSOLE_MIMIC_H
#define CONSOLE_MIMIC_H

#include "console/things.h"
#include "project/screen.h"
#include "term/canvas.h"

struct mimic_bound {		/* one binding, resolved */
	uint32_t tags[SCREEN_TRENDS];
	unsigned n_tags;
	struct object_info *object;	/* or NULL */
	struct expr *when;
	struct expr *limits[BINDING_LIMITS];
};
struct mimic {
	const struct screen *screen;
	struct things *things;
	struct arena *arena;	/* of the conditions */
	struct mimic_bound *bound;
	const struct art *art;	/* drawn last */
	int row, col;		/* where it stood */
	int selected;		/* marker, or -1 */
	unsigned language;	/* of the project's, for the art */
};

/* screen and things outlive it. Makes the things it needs. */
void mimic_init(
    struct mimic *m, const struct screen *s, struct things *t);
void mimic_fini(struct mimic *m);
/* Objects may have become known: the tags of what is shown, without
 * repetition, into tags (cap of them); returns how many. */
size_t mimic_tags(struct mimic *m, uint32_t *tags, size_t cap);
void mimic_draw(struct mimic *m, struct canvas c);
/* Of a trend, in ms. */
int64_t mimic_trend_span(const struct binding *b);

/* The next (or, with -1, previous) marker that can be selected, in reading
 * order: what may be written or stands for an object, and the first value of
 * an object that nothing else stands for. False: there is none. */
bool mimic_select(struct mimic *m, int step);
/* By mouse any value of an object is. */
bool mimic_select_at(struct mimic *m, int row, int col);
const struct binding *mimic_selected(
    const struct mimic *m, struct mimic_bound **bound);
/* Name and title of what is selected, for the message line. */
void mimic_describe(const struct mimic *m, char *dst, size_t cap);

#endif
