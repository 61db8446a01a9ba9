/* SPDX-License-Identifier: ISC */
/*
 * trace.h - one command's journey, in microseconds: from the key to the
 * device and back, and to the other screens. Of an acknowledgement (or a
 * reset): from the key to the disk, and to all screens that follow the
 * alarms; what it did to the alarm is its value.
 *
 * The traces of the last TRACES_KEPT of those that the door let through stand
 * in memory, oldest overwritten first; a restart of the core forgets them.
 * Nothing here decides anything: a command whose trace is gone goes on all
 * the same. Times are clock_mono(), the same for all processes of the
 * machine, and taken when a step happens, not once per round. What came from
 * elsewhere (the key's time from a console, the steps and bytes from field)
 * is believed only within the command's own time.
 */
#ifndef SERVER_TRACE_H
#define SERVER_TRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/plant.h"
#include "wire/fieldwire.h"

struct call;
struct core;
struct session;
struct watch;

#define TRACES_KEPT 256
#define TRACE_KEY_MS 60000	/* a key is not older than that */
#define TRACE_SCREEN_MS 10000	/* what a screen shows later counts no more */

/* In the order in which they mostly come; rows are in that of their times. */
#define TRACE_STEPS(X)                                                         \
	X(KEY, "key")			/* the last one, at the console */     \
	X(RECEIVED, "received")		/* the core has the call */            \
	X(DECIDED, "decided")		/* the door let it through */          \
	X(REQUESTED, "audit request")	/* its row is on the disk (I5) */      \
	X(HANDED, "to field")                                                  \
	X(FIELD, "field")		/* field has it */                     \
	X(CHECKED, "checked")		/* the device answered a read */       \
	X(WRITTEN, "write")		/* deadline held, first byte left */   \
	X(ANSWERED, "reply")                                                   \
	X(ASKED, "read-back")		/* the last one */                     \
	X(READ, "read-back reply")                                             \
	X(VALUE, "value")		/* the core shows the new value */     \
	X(RESULT, "result")		/* the one result (P2) */              \
	X(RECORDED, "audit result")	/* its row is on the disk */           \
	X(TOLD, "told")			/* whoever asked */                    \
	X(ACHIEVED, "achieved")		/* the feedback has its value (P13) */ \
	X(OWN_SENT, "own screen sent")                                         \
	X(OWN_DRAWN, "own screen drawn")                                       \
	X(FIRST_SENT, "first screen sent")	/* of the others */            \
	X(LAST_SENT, "last screen sent")                                       \
	X(FIRST_DRAWN, "first screen drawn")                                   \
	X(LAST_DRAWN, "last screen drawn")
enum trace_step {
#define X(id, name) TRACE_##id,
	TRACE_STEPS(X)
#undef X
	TRACE_STEP_COUNT
};
const char *trace_step_name(enum trace_step s);

struct trace {
	uint64_t id;		/* of the command in the audit; 0: none */
	uint64_t session;	/* who asked */
	char area[PLANT_NAME_MAX + 1];
	char what[400];		/* "set P-101A.sp 60 -> 80, olga, gate" */
	char result[240];
	struct mono at[TRACE_STEP_COUNT];	/* 0: not reached */
	struct field_frame request, reply, back_request, back_reply;
	/* Other screens that were to get the new value, and got it. */
	uint32_t screens, sent, drawn;
	uint32_t alarm;		/* that was acknowledged, or NONE */
};

/* Which traces of alarms a session has yet to be told, which stand in the
 * page that is being made, which in the one that it draws: bits of the ring. */
#define TRACE_WORDS (TRACES_KEPT / 64)
struct trace_marks {
	uint64_t awaited[TRACE_WORDS], put[TRACE_WORDS], drawing[TRACE_WORDS];
};

struct traces {
	struct trace *ring;	/* TRACES_KEPT of them */
	uint32_t next;		/* the one to be overwritten */
};

void traces_init(struct core *c);
void traces_fini(struct core *c);
/* A command that was let through; received: when its call was taken. */
void trace_begin(struct core *c, const struct session *s,
    const struct call *call, uint64_t id, uint32_t area, struct mono received,
    const char *what);
/* It happens now; the first time counts. Without a trace: nothing. */
void trace_step(struct core *c, uint64_t id, enum trace_step step);
void trace_step_at(struct core *c, uint64_t id, enum trace_step step,
    struct mono when);
void trace_result(struct core *c, uint64_t id, const char *result);
void trace_field(struct core *c, const struct field_result *r);
/* The tag has the new value: it is now for each session that watches it. */
void trace_value(struct core *c, uint64_t id, uint32_t tag);
/* The alarm is now what the acknowledgement made of it: so for each session
 * that follows it. */
void trace_alarm(struct core *c, uint64_t id, uint32_t alarm);
/* It stands in the session's page; the page has left; it was drawn. */
void trace_alarm_put(struct core *c, struct session *s, uint32_t alarm);
void trace_alarms_sent(struct core *c, struct session *s);
void trace_alarms_drawn(struct core *c, struct session *s);
/* An UPDATE of this watch has left; the session has drawn it. */
void trace_sent(struct core *c, const struct watch *w);
void trace_drawn(struct core *c, struct session *s);
/* NULL: none, or no longer. */
const struct trace *trace_find(const struct core *c, uint64_t id);
/* The n-th newest, from 0. */
const struct trace *trace_newest(const struct core *c, uint32_t n);

#endif
