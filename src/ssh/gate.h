/* SPDX-License-Identifier: ISC */
/*
 * gate.h - how many connections that have not logged in may exist, and whose
 * turn it is.
 *
 * Pure: no sockets, no processes, times are arguments. A connection takes a
 * seat. WAITING costs a descriptor only; CALLED has its turn and waits for
 * the core; RUNNING has a process; KEYED has finished its key exchange; LIVE
 * has logged in and counts for nothing here any more. CALLED, RUNNING and
 * KEYED are said to run.
 *
 * Rules, with the default numbers:
 *  - one source runs at most 4;
 *  - up to 10 run whoever they are; up to 60 if their source runs none yet;
 *  - the others wait, at most 256 in all and 192 of a source; who has spoken
 *    goes first (clients do, without being asked), then the one whose source
 *    runs fewest, then the oldest;
 *  - where no more may wait, one that has waited 20 ms without a word makes
 *    room, of the same source if that is what is full;
 *  - who waits or runs longer than the login grace (30 s) is overdue;
 *  - while somebody waits because of it, a connection that has not finished
 *    its key exchange within 3 s is overdue: this frees the seats that
 *    silent connections hold, within seconds and without dice. Who waits
 *    for the core is not silent.
 */
#ifndef SSH_GATE_H
#define SSH_GATE_H

#include "base/clock.h"
#include "ssh/source.h"

struct gate_rules {
	unsigned seats;		/* all of them, live ones included */
	unsigned per_source, first, most;	/* running */
	unsigned waiting, waiting_per_source;
	struct span grace, hurry, speak;
};

enum gate_stage {
	GATE_FREE,
	GATE_WAITING,
	GATE_CALLED,
	GATE_RUNNING,
	GATE_KEYED,
	GATE_LIVE
};

struct gate {
	struct gate_rules rules;
	struct gate_seat {
		enum gate_stage stage;
		struct source source;
		struct mono since;	/* arrived; from RUNNING on: runs */
		bool spoke;	/* while it waited */
		unsigned own;	/* connections of its source that run */
	} *seats;
	unsigned running;
};

struct gate_rules gate_rules_default(unsigned sessions, struct span grace);
void gate_init(struct gate *g, const struct gate_rules *r);
void gate_fini(struct gate *g);
/* Who has to leave before gate_arrive() can succeed; -1: nobody, or nobody
 * may be asked to. */
int gate_in_the_way(
    const struct gate *g, const struct source *s, struct mono now);
/* A seat in WAITING, or -1: turned away. */
int gate_arrive(struct gate *g, const struct source *s, struct mono now);
/* The client has sent something. */
void gate_spoke(struct gate *g, int seat);
/* The seat that may run now, or -1. */
int gate_next(const struct gate *g);
void gate_call(struct gate *g, int seat);
void gate_run(struct gate *g, int seat, struct mono now);
void gate_keyed(struct gate *g, int seat);
void gate_live(struct gate *g, int seat);
void gate_leave(struct gate *g, int seat);
/* A seat whose time is up, or -1. The caller ends it and lets it leave. */
int gate_overdue(const struct gate *g, struct mono now);
/* When gate_overdue must be asked again. */
struct mono gate_wake(const struct gate *g);

#endif
