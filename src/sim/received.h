/* SPDX-License-Identifier: ISC */
/*
 * received.h - every write request that arrived at the plant, for evidence.
 *
 * One line each, in the file before the answer leaves:
 * 2026-11-22T12:33:10.482Z<TAB>plc1<TAB>unit<TAB>fc<TAB>address<TAB>values
 * values separated by one blank: registers in decimal, coils 0 or 1, for
 * function 22 the and-mask and the or-mask. The device is "-" if no device
 * has the unit. Appended to, never truncated.
 */
#ifndef SIM_RECEIVED_H
#define SIM_RECEIVED_H

#include "base/clock.h"
#include "base/err.h"
#include "sim/modbus.h"

/* A descriptor, or -1. */
int received_open(const char *path, struct err *e);
int received_add(int fd, struct wall now, const char *device, uint8_t unit,
    const struct modbus_write *w, struct err *e);

#endif
