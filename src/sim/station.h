/* SPDX-License-Identifier: ISC */
/*
 * station.h - a line of the plant: which devices answer on it, and how a
 * request fares with one of them under its fault, whatever carries it.
 */
#ifndef SIM_STATION_H
#define SIM_STATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/modbus.h"
#include "sim/sim.h"

#define STATION_DEVICES 3

struct station {
	const char *address;	/* where it is if nobody says; serial: NULL */
	const char *devices[STATION_DEVICES];
	/* The device that is alone also answers to units 0 and 255. */
};

/* Lines on TCP, and the serial one. */
extern const struct station stations[];
extern const size_t stations_n;
extern const struct station station_serial;

struct asked {
	int plc;			/* -1: no device has this unit */
	const struct fault *fault;	/* never NULL */
	bool reset;			/* the connection is to be broken */
	size_t n;			/* of the answer; 0: none */
	uint8_t pdu[MODBUS_PDU];
};

/* A request to a unit: it comes on record (a descriptor, or -1), and the
 * device does what its fault lets it do. What becomes of the answer on its
 * way is left to the transport. */
void station_ask(struct sim *s, const struct station *line, int record,
    uint8_t unit, const uint8_t *pdu, size_t n, struct asked *a);

#endif
