/* SPDX-License-Identifier: ISC */
/*
 * plc.h - the scenario plays sightglass-field: it answers a plan, sends
 * values, states and heartbeats, and keeps what was to be written. One block
 * for each device and poll class, read once a second of virtual time.
 */
#ifndef SCENARIO_PLC_H
#define SCENARIO_PLC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "wire/fieldwire.h"

struct world;

struct plc_tag {
	char name[PLANT_NAME_MAX + 1];
	struct point at;
	bool known;		/* the device has a value: it will be read */
	struct value value;
	char text[VALUE_TEXT_MAX + 1];
};
struct plc_write {
	struct point at;
	uint16_t first;		/* register, or coil; of a bit its mask or 0 */
};

struct plc {
	int fd;			/* -1: field does not run */
	uint32_t plan;
	bool silent;		/* it hangs: sends nothing */
	bool holds;		/* jobs wait for `answer` */
	struct plc_tag *tags;	/* by slot of the plan that holds */
	uint32_t n_tags;
	uint8_t *conditions;	/* of the devices */
	bool *down;		/* lines */
	char (*devices)[PLANT_NAME_MAX + 1], (*lines)[PLANT_NAME_MAX + 1];
	uint32_t n_devices, n_lines;
	VEC(struct field_job) jobs;	/* that wait */
	VEC(struct plc_write) writes;	/* that no expectation has used */
	int64_t next_ms;	/* its next second */
	uint64_t turns;
};

void plc_init(struct world *w);
void plc_fini(struct world *w);
void plc_start(struct world *w);
void plc_stop(struct world *w);	/* its end of the socket closes */
bool plc_take(struct world *w);	/* what the core sent; true if anything */
int64_t plc_due(const struct world *w);
void plc_tick(struct world *w);

void plc_read(struct world *w, uint32_t tag, const struct value *v);
/* The register is refused: content stays. */
void plc_mark(
    struct world *w, uint32_t tag, enum quality q, enum cause cause);
void plc_line(struct world *w, uint32_t line, bool up);
void plc_device(
    struct world *w, uint32_t device, enum field_device_condition state);
/* The oldest job that waits ends so; held: what is read back, or -1. */
void plc_answer(struct world *w, enum field_outcome outcome, int held,
    const char *reason);
/* The clearing half of a pulse was made after a loss (P13). */
void plc_cleared(struct world *w, bool ok);

#endif
