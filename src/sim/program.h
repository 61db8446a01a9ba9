/* SPDX-License-Identifier: ISC */
/*
 * program.h - what runs in the PLCs: interlocks, sequences, loops, limits.
 *
 * A program sees commands, setpoints, contacts and instruments, and sets
 * outputs. A PLC in STOP makes no scans; stop() is what its outputs do then.
 */
#ifndef SIM_PROGRAM_H
#define SIM_PROGRAM_H

#include "sim/works.h"

struct program {
	void (*init)(struct works *w);
	void (*scan)(struct works *w, double dt);
	void (*stop)(struct works *w);
};
extern const struct program program_plc1, program_plc2a, program_plc2b,
    program_plc3, program_hill;

/* Of all PLCs, in the order of plc_makes; an instrument has none. */
void program_init(struct works *w);
void program_scan(struct works *w, double dt);

#endif
