/* SPDX-License-Identifier: ISC */
/*
 * job.h - commands on a line (fieldwire.h, struct field_job): each gets exactly
 * one result, and nothing is ever written twice.
 *
 * WAITING jobs have sent nothing. To start one means, without a pause between:
 * read the point (the device answers; and the neighbours of a bit), test the
 * deadline, write. Then it is SETTLING: read back again and again until taken
 * or out of time, while the line goes on polling. A timed pulse is HOLDING
 * until the pulse ends, and then SETTLING on 0.
 */
#ifndef FIELD_JOB_H
#define FIELD_JOB_H

#include <sys/queue.h>

#include "wire/fieldwire.h"

struct channel;
struct unit;

enum job_phase { JOB_WAITING, JOB_SETTLING, JOB_HOLDING, JOB_RELEASING };

struct job {
	TAILQ_ENTRY(job) link;
	struct field_job order;
	struct field_result result;
	enum job_phase phase;
	struct mono next;	/* nothing to do before */
	struct mono until;	/* end of the taken window */
	struct mono release;	/* end of the pulse */
	struct span pause;	/* between read-backs, growing */
	uint16_t wanted[FIELD_REGISTERS];	/* read back, it is taken */
	uint16_t word;		/* of a bit: the whole word that was written */
	bool whole;		/* compare the word: neighbours are ours (P12) */
	bool confirmed;		/* the pulse was seen set */
};
TAILQ_HEAD(jobs, job);

/* P13: pulses whose clearing write is still owed. */
struct clear {
	TAILQ_ENTRY(clear) link;
	struct field_job order;
};
TAILQ_HEAD(clears, clear);

/* Takes j over; a safe one drops the unsent others of its object. */
void job_accept(struct channel *c, struct job *j, struct mono now);
struct job *job_new(const struct field_job *order, struct mono now);
/* Does the most urgent step; true if a request was made or a job ended. */
bool job_turn(struct channel *c, struct mono now, struct mono *next);
/* What was sent and not confirmed is unknown (P2). */
void job_line_lost(struct channel *c);
/* The channel stops: unsent jobs are refused; at once: the others are unknown,
 * but a pulse is cleared first. */
void job_wind_up(struct channel *c, bool at_once, struct mono now);
/*
 * Another plan (P20): jobs of plan from whose device had the number old get
 * the new one. NONE: there is no such device any more: what was sent is
 * unknown, the rest is refused.
 */
void job_adopt(struct channel *c, uint32_t from, uint32_t old, uint32_t plan,
    uint32_t device);
/* After that: jobs of any other plan were not begun, and are refused. */
void job_adopt_rest(struct channel *c, uint32_t plan);
void job_forget(struct channel *c);	/* gives up owed clears */
/* Ends j with a result; reason may be NULL. */
void job_finish(struct channel *c, struct job *j, enum field_outcome outcome,
    const char *reason);

#endif
