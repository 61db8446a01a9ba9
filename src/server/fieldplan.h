/* SPDX-License-Identifier: ISC */
/*
 * fieldplan.h - the plan of a plant as messages to field (wire/fieldwire.h),
 * made ahead: all that stands between PLAN and START. (any thread)
 */
#ifndef SERVER_FIELDPLAN_H
#define SERVER_FIELDPLAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "wire/cursor.h"

struct plant;

struct field_bytes {
	uint8_t *at;
	size_t len;
};
struct fieldplan {
	uint32_t lines, devices, points;
	VEC(struct field_bytes) messages;
};

void fieldplan_make(struct fieldplan *f, const struct plant *p);
void fieldplan_free(struct fieldplan *f);
/* PLAN and START, which carry the plan's number. */
void fieldplan_head(const struct fieldplan *f, uint32_t number, struct put *m);
void fieldplan_start(uint32_t number, struct put *m);
/* An object as field knows it: the same in every plan, whatever its slot. */
uint32_t fieldplan_object(const char *name);

#endif
