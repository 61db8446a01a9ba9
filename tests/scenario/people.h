/* SPDX-License-Identifier: ISC */
/*
 * people.h - operators as clients on sockets: each logs in as the SSH front
 * would let them, calls verbs in the words of the command line, and keeps
 * what was answered. One of them, the observer, follows all alarms: what an
 * expectation sees is what was sent to a screen.
 */
#ifndef SCENARIO_PEOPLE_H
#define SCENARIO_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/vec.h"
#include "wire/client.h"

struct world;
struct record_batch;
struct report_run;

/* An alarm as FOLLOW last told it. */
struct seen_alarm {
	char name[PLANT_NAME_MAX + 1], state[32], inhibit[64], by[33];
	uint64_t occurrence;
	bool verified, recorded, held, folded, quiet;
	unsigned told;		/* how often */
	bool before;		/* told under an earlier project, not since */
};

struct person {
	char name[33], from[65];
	struct client *client;
	bool in;		/* WELCOME came */
	uint32_t call, follow;	/* ids; 0: none */
	bool ended;		/* the last call */
	int code;
	char end[1200];		/* text of its END */
	char result[1200];	/* of the last row that has one */
	struct buf rows;	/* of the last call: cells behind tabs */
	unsigned n_rows;
	struct report_run *report;	/* that the rows are for, or NULL */
	struct beat beat;
	unsigned rung;		/* how often its console rang (P28) */
	char notice[600];	/* the last one: NAME TEXT */
};

struct people {
	char ticket[2][WIRE_TICKET + 1];	/* the last, the one before */
	VEC(struct person *) all;
	struct person *last;	/* who called last */
	VEC(struct seen_alarm) alarms;
};

void people_init(struct world *w);
void people_fini(struct world *w);
/* The users, into a record that is new. */
void people_enroll(struct record_batch *b);
void people_meet(struct world *w);	/* the observer logs in */
void people_part(struct world *w, const char *name);	/* logs out */
void people_leave(struct world *w);	/* all close their end */
bool people_take(struct world *w);	/* what the core told; true if any */

/* The person, logged in if need be; from "" is the default place. "local"
 * is whoever calls on the machine itself. */
struct person *people_get(
    struct world *w, const char *name, const char *from);
/* As a console: it says where it is, and follows the alarms. */
void people_sit(struct world *w, const char *name, const char *from);
/* The person asks for a ticket; later comes back with it, or with the one
 * before. False: was not let in. */
void people_ticket(struct world *w, const char *name);
bool people_resume(struct world *w, const char *name, bool before);
/* Calls a verb; words as on the command line, its name included. */
void people_call(struct world *w, struct person *p, const char *const *words,
    size_t n);
/* `report NAME ..`: works it out; its rows, with blanks between the cells. */
void people_report(struct world *w, struct person *p, const char *const *words,
    size_t n);
/* The observer asks and has its answer at once. */
struct person *people_ask(
    struct world *w, const char *verb, const char *name);
/* NULL: it was never told, so it is normal. */
const struct seen_alarm *people_alarm(
    const struct world *w, const char *name);

/* Sends the project as it was edited: verb is `project plan` or `apply`. */
void people_send(struct world *w, struct person *p, enum verb verb,
    bool retire);

#endif
