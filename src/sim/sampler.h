/* SPDX-License-Identifier: ISC */
/*
 * sampler.h - reads PLCs as a server does, by the points, poll classes and
 * logging rules of a project, and brings what becomes a sample into the
 * history of a server that does not run, and what such a server would have
 * written down into its record (chronicle.h). All is marked as simulated.
 *
 * It knows the plant's model and no simulator: registers come and go by
 * callbacks.
 */
#ifndef SIM_SAMPLER_H
#define SIM_SAMPLER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

struct sampler_source {
	void *arg;
	/* The number of a device; -1: there is none. */
	int (*find)(void *arg, const char *device);
	/* n registers or bits; space: 0 coil, 1 di, 2 ir, 3 hr. */
	bool (*read)(void *arg, int device, int space, unsigned address,
	    unsigned n, uint16_t words[]);
	bool (*write)(void *arg, int device, int space, unsigned address,
	    unsigned n, const uint16_t words[]);
};

struct sampler;

/* The project's directory, and an empty state directory of the server; this
 * process has the project's time zone from now on. NULL and why. */
struct sampler *sampler_open(const char *project, const char *state,
    const struct sampler_source *source, struct err *e);
/* Time has come to t, at wall. */
int sampler_step(
    struct sampler *m, struct mono t, struct wall wall, struct err *e);
/* user says so, as "do OBJECT COMMAND" or "set TAG VALUE REASON". What the
 * plant does not allow now nobody does; -1: there is no such thing. */
int sampler_act(
    struct sampler *m, const char *user, const char *words, struct err *e);
/* What holds is known until then. *samples: how many it were. */
int sampler_end(
    struct sampler *m, struct wall until, uint64_t *samples, struct err *e);
void sampler_free(struct sampler *m);

#endif
