/* SPDX-License-Identifier: ISC */
/*
 * plc.h - one PLC as Modbus sees it: memory, limits, exceptions.
 *
 * Clients read and write the memory. After each scan the program's results
 * are published into it, when somebody looks; a written register is taken
 * from it at once, limited, and published back, so that the next read shows
 * what the PLC made of it.
 * A program that does not run (frozen, STOP) neither publishes nor takes:
 * reads and writes go on, on memory that stands still.
 */
#ifndef SIM_PLC_H
#define SIM_PLC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/map.h"
#include "sim/works.h"

#define PLC_WORDS 500		/* registers and bits 0..499 of each space */
#define PLC_ROWS  256

/* Modbus exception codes. */
enum plc_answer {
	PLC_OK = 0, PLC_BAD_FUNCTION = 1, PLC_BAD_ADDRESS = 2,
	PLC_BAD_VALUE = 3, PLC_FAILURE = 4, PLC_NO_TARGET = 11
};
enum plc_state { PLC_RUN, PLC_FROZEN, PLC_STOP };

struct program;

struct plc_make {
	const char *name;
	uint8_t unit;
	const struct map *map;
	uint16_t size[4];		/* by map_space: addresses that exist */
	uint16_t hole_first, hole_last;	/* holding registers that do not;
					 * none if the first is behind */
	const struct program *program;	/* NULL: an instrument, it measures */
	size_t word;			/* its struct plc_word in the works,
					 * if it has a program */
};
extern const struct plc_make plc_makes[];
extern const size_t plc_makes_n;

struct plc_pin {
	bool keep;		/* writes are answered and have no effect */
	bool forced;
	double force;
};

struct plc {
	const struct plc_make *make;
	struct works *works;
	enum plc_state state;
	bool behind;		/* the last scan is not in the memory yet */
	uint16_t memory[4][PLC_WORDS];	/* coils and inputs: one each */
	struct plc_pin pins[PLC_ROWS];	/* by row of the map */
};

void plc_init(struct plc *p, const struct plc_make *make, struct works *w);
/* One scan of dt seconds, if it runs. */
void plc_scan(struct plc *p, double dt);
void plc_publish(struct plc *p);
void plc_set_state(struct plc *p, enum plc_state state);
/* Not of an instrument. */
struct plc_word *plc_word(struct plc *p);

/* n registers or bits; the caller has checked n. An exception or PLC_OK. */
enum plc_answer plc_read(struct plc *p, enum map_space space,
    unsigned address, unsigned n, uint16_t out[]);
enum plc_answer plc_write(struct plc *p, enum map_space space,
    unsigned address, unsigned n, const uint16_t in[]);

/* The row's pin; row must be of this PLC's map. */
struct plc_pin *plc_pin(struct plc *p, const struct map_row *row);
/* What a reader of the registers gets now. */
double plc_shown(struct plc *p, const struct map_row *row);

#endif
