/* SPDX-License-Identifier: ISC */
/*
 * fieldpast.h - P20: the plans before the one that holds. A line that has
 * not taken over the new plan yet speaks of the one before, by numbers that
 * may mean something else now.
 */
#ifndef SERVER_FIELDPAST_H
#define SERVER_FIELDPAST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

struct swap;

/* An earlier plan, in the slots of the one that holds; NONE: gone. As many
 * are kept as a line can be behind; field begins anew if it speaks of an older
 * one. */
struct field_before {
	uint32_t plan;
	uint32_t *tags, *lines, *devices;
	uint32_t n_tags, n_lines, n_devices;
};
struct fieldpast {
	VEC(struct field_before) before;
	const struct field_before *speaks;	/* of the message in hand; NULL:
						 * of the plan that holds */
};

/* Also empties it for the next field. */
void fieldpast_fini(struct fieldpast *p);
/* From here on the plan that was sent last is one before. */
void fieldpast_add(
    struct fieldpast *p, uint32_t last, const struct swap *s);
/*
 * The plan of a message holds or held; speaks is set. What is said of one that
 * is forgotten cannot be understood, but the line believes that it was told:
 * field must begin anew, or a changed value would stand as it was, and good.
 */
bool fieldpast_find(struct fieldpast *p, uint32_t last, uint32_t plan);
/* Its number now, below n (P20: a tag whose address changed is another one;
 * a line or device that was defined otherwise is of no interest). NONE: it is
 * no more, or was never one. */
uint32_t fieldpast_tag(const struct fieldpast *p, uint32_t tag, uint32_t n);
uint32_t fieldpast_line(
    const struct fieldpast *p, uint32_t line, uint32_t n);
uint32_t fieldpast_device(
    const struct fieldpast *p, uint32_t device, uint32_t n);

#endif
