/* SPDX-License-Identifier: ISC */
/*
 * fieldlink.h - the core's end of the channel to sightglass-field
 * (wire/fieldwire.h): sends plan and jobs, takes values, states and results.
 * When field ends, every job in flight is unknown (P2) and every tag of a
 * device is bad(comm).
 */
#ifndef SERVER_FIELDLINK_H
#define SERVER_FIELDLINK_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/fieldwire.h"

struct core;

struct field_device {
	uint8_t condition;	/* enum field_device_condition */
	struct wall since;
	char text[FIELD_TEXT];
};
struct field_line {
	bool up;
	uint8_t path;
	struct wall since;
	char text[FIELD_TEXT];
	struct field_stats stats;
};

struct fieldlink {
	int fd;			/* -1: no field */
	uint32_t plan;		/* number of the plan that was sent last */
	bool planning, lost;	/* it is being sent; it did not go */
	uint16_t life;
	struct mono pulsed;	/* its last heartbeat */
	struct field_pulse pulse;
	struct field_line *lines;
	struct field_device *devices;
};

void fieldlink_init(struct core *c);
void fieldlink_fini(struct core *c);
void fieldlink_open(struct core *c, int fd);	/* takes fd */
void fieldlink_close(struct core *c);
void fieldlink_read(struct core *c);
void fieldlink_beat(struct core *c);	/* every second */
/* Sends the plan of c->plant. */
void fieldlink_plan(struct core *c);
/* -1: there is no field, or it does not read. */
int fieldlink_job(struct core *c, const struct field_job *j);
bool fieldlink_is_alive(const struct core *c);

#endif
