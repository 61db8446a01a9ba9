/* SPDX-License-Identifier: ISC */
/* chronicle_inside.h - a chronicle as its own files see it. */
#ifndef SIM_CHRONICLE_INSIDE_H
#define SIM_CHRONICLE_INSIDE_H

#include "base/vec.h"
#include "model/alarm_look.h"
#include "model/dependents.h"
#include "sim/chronicle.h"
#include "sim/rng.h"
#include "store/journal.h"
#include "store/record_import.h"

struct told {			/* an alarm */
	struct alarm alarm;
	struct mono due;	/* it moves by itself */
	struct mono answer;	/* somebody acknowledges or resets it */
	bool looked;		/* stands in the queue */
};
struct given {			/* a command whose feedback is awaited */
	uint32_t command;	/* of the plant */
	uint64_t id;
	const char *user;
	struct mono until;
};

struct chronicle {
	const struct plant *plant;
	expr_value_fn *value;
	void *values;
	struct record_import *record;
	struct told *alarms;
	uint32_t *queue, n_queue;
	struct dependents dependents;
	VEC(struct given) given;
	struct rng rng;
	struct mono now;
	struct wall wall;
	struct mono next;	/* the first that is due of all alarms */
	uint32_t ours;		/* the tag whose next change we made; NONE */
	unsigned events;	/* since the last flush */
};

/* Where rows go now. */
struct record_batch *chronicle_batch(struct chronicle *h);
/* Of what this user does now. */
struct record_audit chronicle_audit(
    const struct chronicle *h, const char *user);
/* The server knows whether this alarm of its own is active. */
void chronicle_set_alarm(struct chronicle *h, uint32_t alarm, bool active);
/* Feedbacks that are there now, or do not come (P13). */
void chronicle_settle_given(struct chronicle *h);

#endif
