/* SPDX-License-Identifier: ISC */
/*
 * map.h - the register map: which quantity of the works stands where in a PLC.
 *
 * One row per signal, by name as in the project (P-101A.run); the project's
 * tables are written by hand too, and a test compares the two. A row without
 * a place (MAP_NONE) is a quantity that no PLC knows (works.tank), for the
 * control socket and for scenarios.
 */
#ifndef SIM_MAP_H
#define SIM_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "sim/codec.h"
#include "sim/works.h"

enum map_space { MAP_COIL, MAP_DI, MAP_IR, MAP_HR, MAP_NONE };
enum map_cell { CELL_FLAG, CELL_REAL, CELL_COUNT, CELL_TEXT };
enum map_write {
	WRITE_NO,	/* the program writes it, others in vain */
	WRITE_CLAMP,	/* limited to low..high by the PLC */
	WRITE_KEEP	/* out of low..high: the old value stays */
};
#define MAP_NO_BIT (-1)

struct map_row {
	const char *name;
	enum map_space space;
	uint16_t address;
	int bit;		/* of the register, or MAP_NO_BIT */
	enum codec_kind kind;
	enum codec_order order;
	double raw[2], value[2];	/* linear; raw[0] == raw[1]: none */
	enum map_cell cell;
	size_t at;		/* offset in struct works */
	uint32_t mask;		/* CELL_COUNT as a bit: which one */
	enum map_write write;
	double low, high;	/* limits of a written value */
	bool measured;		/* the program takes it from here: a force
				 * changes what it sees */
};

struct map {
	const struct map_row *rows;
	size_t n;
};

extern const struct map map_plc1, map_plc2a, map_plc2b, map_plc3, map_hill,
    map_meter1, map_works;

/* Registers, or bits of coils and inputs, that a row covers. */
unsigned map_words(const struct map_row *r);
/* The quantity as a number; for text 0. */
double map_value(const struct map_row *r, const struct works *w);
/* Stores a value, limited as the PLC does; false if it kept the old one. */
bool map_store(const struct map_row *r, struct works *w, double value);
/* Stores whatever comes, without limits. */
void map_poke(const struct map_row *r, struct works *w, double value);
double map_to_raw(const struct map_row *r, double value);
double map_from_raw(const struct map_row *r, double raw);
/* NULL if there is none. */
const struct map_row *map_find(const struct map *m, const char *name);
/* CSV with a header: device,name,space,address,bit,kind,order,... */
void map_print(const struct map *m, const char *device, FILE *out);

#endif
