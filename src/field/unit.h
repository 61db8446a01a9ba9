/* SPDX-License-Identifier: ISC */
/*
 * unit.h - a device behind a line: may it be believed, may it be written?
 *
 * condition is what the core was told last (fieldwire.h). Blocks are polled in
 * OK only. A unit leaves OK by three failed requests in a row, by the end of
 * its line, by exceptions to everything, by standing still, by another
 * program; it comes back by a probe, and is then read anew as a whole.
 */
#ifndef FIELD_UNIT_H
#define FIELD_UNIT_H

#include "base/vec.h"
#include "field/plan.h"

struct channel;

struct block {
	struct plan_block of;
	uint32_t number;	/* as announced; NONE: not announced */
	struct mono due;
	bool seen;		/* image is what was read last */
	bool untold;		/* the core may know nothing of some slots: the
				 * next read tells all (P20) */
	bool guilty;		/* one thing that the device refuses (P24) */
	uint8_t exceptions;	/* of those that may pass by themselves */
	uint16_t *image;	/* of.count words; bits are 0 and 1 */
};

#define CONDITION_NEW FIELD_DEVICE_CONDITIONS	/* nothing was said yet */

struct unit {
	const struct device *def;
	uint32_t index;			/* of the plan's devices */
	struct field_point *points;	/* owned */
	size_t n_points;

	struct plan plan;
	VEC(struct block) blocks;
	uint8_t condition;
	char text[FIELD_TEXT];
	unsigned failed;	/* requests without an answer, in a row */
	unsigned faults;	/* polls answered "device failure", in a row */
	struct mono impatient_until;	/* it answers, so a block is at fault */
	struct mono probe_at;	/* when not OK */
	struct span probe_delay;
	uint16_t alive[4];	/* the last alive word */
	bool alive_known;
	struct mono alive_changed, alive_due;
	bool identified;	/* on this connection */
	struct mono identity_due;
	uint32_t life_beat;	/* number of the beat that was written */
	struct mono life_at;	/* when; 0: never */
};

void unit_init(struct channel *c, struct unit *u, struct mono now);
void unit_fini(struct channel *c, struct unit *u);

/* Tells the core, unless it knows. */
void unit_condition(struct channel *c, struct unit *u,
    enum field_device_condition to, const char *text, struct mono now);
/* What a request to it showed. */
void unit_answered(struct channel *c, struct unit *u, struct mono now);
void unit_failed(
    struct channel *c, struct unit *u, const char *why, struct mono now);
/* A poll was answered with this exception. True if it was the limit's in a row
 * that says something about the device: then that is in FAULT. */
bool unit_excepted(struct channel *c, struct unit *u, uint8_t code,
    unsigned limit, struct mono now);

/* Does what is due for trust; true if a request was made. *next becomes the
 * earliest time at which something will be due. */
bool unit_turn(
    struct channel *c, struct unit *u, struct mono now, struct mono *next);
/* May it be written (P4)? NULL, "" = not now, or why never. */
const char *unit_refuses(const struct unit *u, bool safe);

/* A value of registers (or a bit in regs[0]) of this point. */
struct value unit_value(const struct field_point *f, const uint16_t *regs,
    struct wall t, char *text);

#endif
