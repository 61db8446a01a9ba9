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

#include "base/vec.h"
#include "server/fieldpast.h"
#include "server/fieldplan.h"
#include "wire/fieldwire.h"

struct core;
struct swap;

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
	struct fieldpast past;	/* before that one */
	VEC(struct field_bytes) queue;	/* that found no room; from sent on */
	size_t sent;
	struct mono moved;		/* when the last of them went */
};

void fieldlink_init(struct core *c);
void fieldlink_fini(struct core *c);
void fieldlink_open(struct core *c, int fd);	/* takes fd */
void fieldlink_close(struct core *c);
void fieldlink_read(struct core *c);
void fieldlink_beat(struct core *c);	/* every second */
/* P20: c->plant is another one; field is told without waiting for it. */
void fieldlink_swap(struct core *c, struct swap *s);
void fieldlink_pump(struct core *c);	/* TIMER_FIELD */
/* -1: there is no field, or it does not read. */
int fieldlink_job(struct core *c, const struct field_job *j);
bool fieldlink_is_alive(const struct core *c);

#endif
