/* SPDX-License-Identifier: ISC */
/*
 * program.h - what runs in the PLC: interlocks, sequences, loops, limits.
 *
 * It sees commands, setpoints, contacts and instruments, and sets outputs.
 * A PLC in STOP makes no scans; program_stop() is what its outputs do then.
 */
#ifndef SIM_PROGRAM_H
#define SIM_PROGRAM_H

#include "sim/works.h"

#define PROGRAM_IDENTITY 1042

void program_init(struct works *w);
void program_scan(struct works *w, double dt);
void program_stop(struct works *w);

#endif
