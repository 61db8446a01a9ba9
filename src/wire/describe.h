/* SPDX-License-Identifier: ISC */
/*
 * describe.h - what a screen must know of a tag or an object, as the rows of
 * the verbs `describe` and `object` (verbs.h): the core answers with them, a
 * preview without a core makes them itself.
 */
#ifndef WIRE_DESCRIBE_H
#define WIRE_DESCRIBE_H

#include "model/expr.h"
#include "model/plant.h"
#include "wire/cell.h"

#define DESCRIBE_CELLS 21
#define OBJECT_CELLS 14
#define FOLLOW_CELLS 28		/* of an alarm that is followed */

struct describe {		/* whose eyes see it */
	const struct plant *plant;
	unsigned language;	/* of the plant's */
	expr_value_fn *operand;	/* limits may be made of tags */
	void *arg;
	struct wall now;
	const struct alarm_def *const *tuned;	/* by slot, or NULL (P21) */
	/* revisions since which they are defined so; NULL: not known */
	const uint32_t *tags_changed, *commands_changed;
};

/* Texts are the plant's or stand in room. */
void describe_tag(const struct describe *d, uint32_t tag, struct cell *cells,
    char *room, size_t cap);
/* Row 0, 1 ..; false behind the last, with only the object itself told. */
bool describe_object(const struct describe *d, uint32_t object, uint32_t row,
    struct cell *cells, char *room, size_t cap);

#endif
