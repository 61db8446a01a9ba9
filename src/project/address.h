/* SPDX-License-Identifier: ISC */
/*
 * address.h - where a value stands, as people write it (FORMATS section 1).
 *
 *   coil:12 di:7 ir:30 hr:100   as on the wire; with first = 1 from 1
 *   hr:100.3                    bit 3 of a register
 *   40101 400101                hr:100, whatever first is
 *   hr+2 hr+0.3                 in a type: from the object's base
 */
#ifndef PROJECT_ADDRESS_H
#define PROJECT_ADDRESS_H

#include "base/err.h"
#include "model/plant.h"

struct address {
	uint8_t space;		/* enum space */
	uint8_t bit;		/* or NO_BIT */
	bool relative;
	bool counted;		/* as people count in 40101: first is done */
	uint32_t number;	/* offset, if relative */
};

int address_parse(struct address *a, const char *s, struct err *e);
/* "hr:40-59" */
int hole_parse(struct hole *h, const char *s, unsigned first, struct err *e);
/*
 * Kind and width of a value: "uint16", "text:20" into p (kind, length,
 * registers).
 */
int point_set_kind(struct point *p, const char *s, struct err *e);
/*
 * Puts the address into p, whose kind is known. base: the object's base of
 * that space as written, or NONE; first: of the device. Says in e what does
 * not fit: beyond 65535, a bit of a coil, a word in a coil.
 */
int address_place(struct point *p, const struct address *a, uint32_t base,
    unsigned first, struct err *e);
const char *space_name(enum space s);
/* "tcp:10.1.0.11:502", "tcp:[::1]:502", "rtu:/dev/ttyUSB0:19200:8E1". */
int path_parse(struct path *p, const char *s, struct arena *a, struct err *e);

#endif
