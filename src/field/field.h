/* SPDX-License-Identifier: ISC */
/*
 * field.h - the process between the core and the lines: takes the plan, starts
 * and ends the channels, hands them their jobs, sends what they found out.
 *
 * One thread, one socket. It never waits for a line and never parses a byte
 * that came from a device.
 */
#ifndef FIELD_FIELD_H
#define FIELD_FIELD_H

#include "base/err.h"

/* Serves until the core closes the socket (0) or breaks the protocol (-1). All
 * lines have ended then. The descriptor stays the caller's. */
int field_run(int fd, struct err *e);

#endif
