/* SPDX-License-Identifier: ISC */
/*
 * intake.h - a plan as it comes from the core, message by message, until it is
 * complete. Kept as long as a channel of it runs.
 */
#ifndef FIELD_INTAKE_H
#define FIELD_INTAKE_H

#include "base/vec.h"
#include "wire/fieldwire.h"

#define INTAKE_LINES 4096
#define INTAKE_DEVICES 65536
#define INTAKE_POINTS 4000000
#define INTAKE_SLOTS 16000000

struct intake {
	uint32_t plan;
	struct arena *arena;	/* texts and holes of lines and devices */
	struct line *lines;
	struct device *devices;
	uint32_t n_lines, n_devices, n_points;
	uint32_t got_lines, got_devices;
	VEC(struct field_point) points;	/* sorted by device at the end */
	unsigned users;		/* channels of it */
};

/* Behind the type byte; -1 with e if the message does not fit. */
struct intake *intake_new(struct get *g, struct err *e);	/* PLAN */
int intake_line(struct intake *in, struct get *g, struct err *e);
int intake_device(struct intake *in, struct get *g, struct err *e);
int intake_points(struct intake *in, struct get *g, struct err *e);
int intake_finish(struct intake *in, uint32_t plan, struct err *e);
void intake_free(struct intake *in);	/* NULL is fine */
/* The points of a device stand together: the first, and how many. */
const struct field_point *intake_of(
    const struct intake *in, uint32_t device, size_t *n);
uint32_t intake_slots(const struct intake *in);	/* one past the highest */

#endif
