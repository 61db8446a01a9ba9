/* SPDX-License-Identifier: ISC */
/*
 * channel.h - a line at work: one thread, one path, one request (or one
 * device's pipeline) at a time.
 *
 * A turn of the thread does the most urgent thing that is due: a command, then
 * what a device needs to be trusted (identity, alive, life, probe: unit.h),
 * then the poll that waits longest (poll.h). It connects only when something
 * is to be sent. Fields below "thread" belong to the thread alone; those below
 * "shared" to whoever holds the mutex.
 */
#ifndef FIELD_CHANNEL_H
#define FIELD_CHANNEL_H

#include <pthread.h>
#include <stdatomic.h>
#include <sys/queue.h>

#include "field/driver.h"
#include "field/job.h"
#include "field/numbers.h"
#include "field/outbox.h"
#include "field/stats.h"
#include "field/unit.h"

struct adoption;

/* What the core said last, read by all lines. */
struct beat {
	_Atomic int64_t at_us;		/* clock_mono(); 0: never */
	_Atomic uint32_t number;	/* of the beat, from 1 */
	_Atomic uint16_t life;
	_Atomic bool control;		/* this server commands the plant (P1) */
	_Atomic uint64_t life_writes;	/* counted by the lines */
};

enum channel_stop {
	CHANNEL_RUNS,
	CHANNEL_FINISHES,	/* what was sent gets its result, no more is */
	CHANNEL_ENDS		/* only set pulses are cleared */
};

struct channel {
	uint32_t plan, index;		/* set once, before the thread */
	const struct line *line;
	struct outbox *outbox;
	struct numbers *numbers;
	struct beat *beat;
	struct unit *units;
	unsigned n_units;

	/* thread */
	struct driver *drivers[LINE_PATHS];
	unsigned path;			/* of line->to, used or tried */
	unsigned refused;		/* paths that did not connect, in a row */
	bool up, announced;
	char text[FIELD_TEXT];		/* why it is down */
	struct mono retry_at;		/* no connect before */
	struct span delay;		/* between connects, growing */
	struct mono quiet_until;	/* line->gap */
	struct jobs jobs;		/* unsent and running ones */
	struct job *busy;		/* ends by itself, not by job_line_lost() */
	struct clears clears;
	unsigned seed;			/* of the jitter */
	struct exchange x[EXCHANGE_MOST];

	/* shared */
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t wake;
	struct jobs inbox;
	struct stats stats;
	char problem[FIELD_TEXT];
	enum channel_stop stop;
	bool ended;
	struct adoption *adoption;	/* to be taken, or NULL */
	uint32_t adopted;		/* number of the last one taken */
};

/* units are n, with def, index and points set; the channel owns them then. */
struct channel *channel_new(uint32_t plan, uint32_t index,
    const struct line *line, struct unit *units, unsigned n,
    struct outbox *outbox, struct numbers *numbers, struct beat *beat);
void channel_start(struct channel *c);
/* Any thread. False if the channel stops: then nothing was done. */
bool channel_job(struct channel *c, const struct field_job *j, struct mono now);
/* Another plan, taken over at the next turn (adopt.h), also in the place of
 * one that was not begun; a is owned by the channel then. */
void channel_adopt(struct channel *c, struct adoption *a);
/* The number of the adoption that is done, or 0: plans before it are not looked
 * at any longer. */
uint32_t channel_adopted(struct channel *c);
void channel_stop(struct channel *c, enum channel_stop how);
bool channel_ended(struct channel *c);
void channel_free(struct channel *c);	/* joins the thread */
/* What the last second was like, but for plan and line; begins the next. */
void channel_report(struct channel *c, struct field_stats *s);

/* The rest is for the thread. */
void channel_turn(struct channel *c);	/* one thing, or a wait */
/* Is there a connection? Tries to get one, not before retry_at. */
bool channel_connect(struct channel *c, struct mono now);
/* c->x[0..n) to a unit; accounts for what came back. True if all were
 * answered, be it with an exception. */
bool channel_exchange(struct channel *c, struct unit *u, unsigned n);
/* Connected, but no device answers: the other path is tried. */
void channel_silent(struct channel *c, const char *why, struct mono now);
void channel_up(struct channel *c, struct mono now);
/* For the status line; "" when all is well. */
void channel_problem(struct channel *c, const char *text);
void channel_message(struct channel *c, const struct put *message);
void channel_overrun(struct channel *c);

#endif
