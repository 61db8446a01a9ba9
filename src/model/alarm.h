/* SPDX-License-Identifier: ISC */
/*
 * alarm.h - the alarm machine: two independent parts (P8).
 *
 * The process part moves by what the process does and by acknowledgement:
 *
 *   normal --came--> unacknowledged --ack--> acknowledged --gone--> normal
 *                    unacknowledged --gone--> returned --ack--> normal
 *                    returned --came--> unacknowledged (a new occurrence)
 *   a latching class goes to latched instead of normal; reset ends that and
 *   is refused while the condition holds. ack = none skips the unacknowledged
 *   states; ack = both wants an acknowledgement for coming and for going.
 *   Where a class says rearm, an alarm that is acknowledged and active for so
 *   long is unacknowledged again.
 *
 * alarm_table.c has the whole table. Active is the same as unacknowledged or
 * acknowledged, always.
 *
 * The inhibit part is three flags, each with owner, reason and end: shelved,
 * suppressed by design, out of service. The process part always runs; an
 * inhibited alarm only leaves banner, horn and counts. When the last flag
 * goes: active becomes unacknowledged with horn as new; not active and
 * acknowledged becomes normal. No inhibit ever acknowledges.
 *
 * Suppression by design is logic of the project (P14): it begins when its
 * expression is good and true, and ends when that is good and false, or not
 * good, in which case nothing is waited for. It has no owner; what a person
 * suppressed is the person's, and only a person ends it.
 *
 * Start (P5): nothing is evaluated before the first good sample; what it
 * finds is noted as found at start or as gone during the outage. Bad quality
 * (P6): an input that is bad or stale holds the alarm, cancels its delays and
 * is marked. A class may alarm instead when the value is bad(range), but not
 * before the first good sample; a silent line or device has an alarm of its own.
 * A value that left through the upper fault limit (P7) counts as above every
 * limit below its content. A limit that is not good suspends. Delays run on
 * the monotonic clock and start anew after a start; inhibitions end by wall
 * time, through restarts too. Nothing here reads a clock or does I/O: the same
 * code runs in the server, in scenarios and in tests.
 */
#ifndef MODEL_ALARM_H
#define MODEL_ALARM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "model/plant.h"

#define ALARM_USER_MAX 32
#define ALARM_REASON_MAX 200

#define ALARM_STATES(X)                                                        \
	X(NORMAL, "normal", "---")                                             \
	X(UNACKNOWLEDGED, "unacknowledged", "UNA")                             \
	X(ACKNOWLEDGED, "acknowledged", "ACK")                                 \
	X(RETURNED, "returned", "RTN")                                         \
	X(LATCHED, "latched", "LAT")
enum alarm_state {
#define X(id, name, short) ALARM_##id,
	ALARM_STATES(X)
#undef X
	ALARM_STATE_COUNT
};

enum inhibit { INHIBIT_SHELVED, INHIBIT_SUPPRESSED, INHIBIT_OUT_OF_SERVICE,
	INHIBITS };

struct inhibition {
	bool on;		/* else the rest means nothing */
	char owner[ALARM_USER_MAX + 1];
	char reason[ALARM_REASON_MAX + 1];
	struct wall since, until;	/* until 0: no end by time */
};

enum alarm_pending { PENDING_NONE, PENDING_ON, PENDING_OFF };

/*
 * All that is known about one alarm at run time. Persistent but for the
 * fields marked (run). Belongs to one thread; ended by alarm_fini(). A copy
 * is only good for looking at while the original stands.
 */
struct alarm {
	uint8_t state;		/* enum alarm_state */
	bool active;		/* the held side of the condition */
	bool verified;		/* (run) a good sample since start (P5) */
	bool held;		/* (run) input not good: holds (P6) */
	bool limit_unknown;	/* (run) */
	uint8_t pending;	/* (run) a delay runs */
	uint8_t note;		/* (run) of what the delay leads to */
	struct mono pending_since;	/* (run) */
	uint32_t occurrence;	/* number of the last coming; 0 = never */
	uint32_t count;		/* comings since it last was normal */
	struct wall raised, acked, returned;	/* 0 = not */
	char acked_by[ALARM_USER_MAX + 1];
	struct value at;	/* value and limit when it came; NaN: none */
	double limit;
	struct wall last_good;	/* (run) of its input; may be restored */
	struct wall outage;	/* (run) last_good when the input went bad */
	struct value seen;	/* (run) what was evaluated last */
	double seen_limit;	/* (run) */
	struct wall rearm;	/* (run) sounds again then; 0 = never */
	bool lifting;		/* (run) suppressed by design, but no more .. */
	struct mono lift;	/* (run) .. from then on */
	struct inhibition *inhibitions;	/* [INHIBITS], or NULL: none on */
};

/* What happened; goes to journal and screens. */
enum alarm_event {
	ALARM_EVENT_NONE,
	ALARM_EVENT_CAME,
	ALARM_EVENT_GONE,
	ALARM_EVENT_ACKED,
	ALARM_EVENT_RESET,
	ALARM_EVENT_INHIBITED,
	ALARM_EVENT_FREED,	/* an inhibit ended */
	ALARM_EVENT_HELD,	/* marks changed, state not: screens only */
	ALARM_EVENT_REARMED	/* acknowledged too long: sounds as new */
};
/* How it came to be found so (P5, P6). */
enum alarm_note {
	ALARM_NOTE_NONE,
	ALARM_NOTE_AT_START,	/* found at start */
	ALARM_NOTE_OUTAGE	/* during outage; between since and now */
};

struct alarm_change {
	uint8_t event, note;
	uint8_t from, to;	/* enum alarm_state */
	bool horn;		/* annunciate as new */
	bool persist;		/* goes to journal and state */
	struct wall since;	/* ALARM_NOTE_OUTAGE: last good */
};

/* Is this a step of the journal? For checks of stored data. */
bool alarm_path_legal(const struct alarm_class *c, enum alarm_state from,
    enum alarm_state to, enum alarm_event event);

/* A new alarm, nothing known: normal, not verified. */
struct alarm alarm_new(void);
/*
 * After a restart: call when the persistent fields stand as they were stored.
 * Not verified, delays not running.
 */
void alarm_restored(struct alarm *a);
/* Puts a stored inhibition (copied) in place; i->on false removes it. */
void alarm_restore_inhibition(
    struct alarm *a, enum inhibit which, const struct inhibition *i);
void alarm_fini(struct alarm *a);

/*
 * One sample of the input and of the limit (limit.quality good for constants;
 * ignored, and may be NULL, for ALARM_IS). At most one transition: a delay
 * that had ended before this sample comes first, and what the sample itself
 * makes is then due at once. So ask alarm_due() after each call.
 */
struct alarm_change alarm_feed(struct alarm *a, const struct alarm_def *d,
    const struct alarm_class *c, const struct value *input,
    const struct value *limit, struct mono now, struct wall wall);
/* ALARM_SYSTEM, whose condition the server knows. */
struct alarm_change alarm_set(struct alarm *a, const struct alarm_def *d,
    const struct alarm_class *c, bool active, struct mono now,
    struct wall wall);
/* When a running delay or an inhibition ends, or it sounds again; MONO_NEVER
 * if nothing does. Never in the past without alarm_expire() having to do. */
struct mono alarm_due(const struct alarm *a, const struct alarm_def *d,
    struct mono now, struct wall wall);
/* Call when due: one thing ends, at most one transition. Ask for due again. */
struct alarm_change alarm_expire(struct alarm *a, const struct alarm_def *d,
    const struct alarm_class *c, struct mono now, struct wall wall);

/*
 * Operator actions. Checked first with can (nothing changes; -1 and why), and
 * applied after the audit row has been committed. occurrence is the one that
 * was drawn (P9).
 */
int alarm_can_ack(const struct alarm *a, const struct alarm_class *c,
    uint32_t occurrence, struct err *e);
struct alarm_change alarm_ack(struct alarm *a, const struct alarm_class *c,
    const char *user, struct wall wall);
int alarm_can_reset(
    const struct alarm *a, const struct alarm_class *c, struct err *e);
struct alarm_change alarm_reset(
    struct alarm *a, const struct alarm_class *c, struct wall wall);
int alarm_can_inhibit(const struct alarm *a, const struct alarm_class *c,
    enum inhibit which, struct span length, struct err *e);
struct alarm_change alarm_inhibit(struct alarm *a, const struct alarm_class *c,
    enum inhibit which, const char *owner, const char *reason,
    struct wall until, struct wall wall);
struct alarm_change alarm_free(struct alarm *a, const struct alarm_class *c,
    enum inhibit which, struct wall wall);

/*
 * What the alarm's suppression says now; NULL: it has none any more. Before
 * its first good value after a start what was restored goes on as long as the
 * alarm itself is not verified (P5), and for ALARM_UNKNOWN_MS then.
 */
#define ALARM_UNKNOWN_MS 15000	/* polls are every 10 s or more often */
struct alarm_change alarm_suppress(struct alarm *a, const struct alarm_def *d,
    const struct alarm_class *c, const struct value *when, struct mono now,
    struct wall wall);
/* When a suppression that is true no more ends; MONO_NEVER. */
struct mono alarm_lift(const struct alarm *a);
/* Suppressed, and by nobody. */
bool alarm_is_suppressed_by_design(const struct alarm *a);

bool alarm_is_shown(const struct alarm *a);	/* not normal: in the list */
bool alarm_is_inhibited(const struct alarm *a);
/* The wall clock was set: what is still to come keeps its distance from now. */
void alarm_clock_set(struct alarm *a, struct span by);
/* Borrowed until it ends; NULL if it is not on. */
const struct inhibition *alarm_inhibition(
    const struct alarm *a, enum inhibit which);
bool alarm_waits(const struct alarm *a);	/* for an acknowledgement */
/* For people: "---" UNA .. with OOS, SUP, SHL before them by precedence. */
const char *alarm_mark(const struct alarm *a);
const char *alarm_state_name(enum alarm_state s);
const char *alarm_inhibit_name(enum inhibit which);	/* "shelved" */
/* "", "found at start", "during outage" */
const char *alarm_note_text(enum alarm_note n);
bool alarm_state_parse(enum alarm_state *s, const char *name);
/* "shelved+suppressed", or "". */
char *alarm_inhibit_print(char dst[64], const struct alarm *a);

#endif
