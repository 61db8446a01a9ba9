/* SPDX-License-Identifier: ISC */
/*
 * sim_master.h - a Modbus master that knows of the plant what the project
 * says, and nothing else: it asks for registers, decodes and writes them by
 * the signal list, works the calculated tags out, and runs the alarms. It
 * reaches the simulator by requests, without a socket, on virtual time.
 */
#ifndef SIM_MASTER_H
#define SIM_MASTER_H

#include "model/alarm.h"
#include "model/expr.h"
#include "model/plant.h"
#include "sim/sim.h"

#define MASTER_SPACE 512	/* registers of a space it asks for at most */

struct master_request {
	uint32_t device;
	uint8_t space;
	uint16_t first, n;
};

struct master {
	struct plant *plant;
	struct works works;
	struct sim sim;
	struct master_request requests[128];
	size_t n_requests;
	uint16_t image[8][4][MASTER_SPACE];	/* by device and space */
	struct value *values;		/* by tag */
	char (*texts)[VALUE_TEXT_MAX + 1];
	struct alarm *alarms;
	unsigned *came;			/* by alarm, how often */
	void (*on_alarm)(struct master *m, uint32_t alarm, double at_s);
};

/* A fresh plant and the demonstration project. */
void master_init(struct master *m, uint64_t seed);
void master_fini(struct master *m);
/* Lets the plant go on without looking. */
void master_run(struct master *m, double seconds);
/* Reads all signals now, and works out what is calculated. */
void master_read(struct master *m);
/* What was read last; dies if there is no such tag, or it is not good. */
double master_get(struct master *m, const char *tag);
const char *master_text(struct master *m, const char *tag);
/* Writes the register of a tag, or the command of an object. */
void master_set(struct master *m, const char *tag, double value);
void master_do(struct master *m, const char *object, const char *command);
/* Runs and reads each second until tag is value; whether it came to it. */
bool master_wait(
    struct master *m, const char *tag, double value, double seconds);
/* Feeds all alarms with what was read. */
void master_alarms(struct master *m);

#endif
