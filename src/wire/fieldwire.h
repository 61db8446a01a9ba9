/* SPDX-License-Identifier: ISC */
/*
 * fieldwire.h - the messages between the core and sightglass-field.
 *
 * field is started with one SOCK_SEQPACKET socket to the core as fd 3 and
 * ends when it closes: no write without a core. One message is one datagram
 * of at most FD_MESSAGE_MAX bytes: a u8 type, then its fields as listed here.
 * Neither side answers a broken message: it ends the connection. Numbers are
 * never used again; FIELD_VERSION changes when a meaning does.
 *
 * The plan. The core says PLAN, LINE, DEVICE and POINTS in this order, then
 * START. Everything before START is only collected; START makes it the plan
 * that holds. The same again later replaces it (P20). A line that is defined
 * as before goes on, connected: a device that is the same keeps its state,
 * and if its points are the same, too, only BLOCKS with their new slots come;
 * else all its points are read anew. A line that is not the same ends when
 * its jobs in flight have their results, the line of the same name in the new
 * plan begins then. Every message that names slots, lines or devices carries
 * the number of its plan: a line that has not taken over yet speaks of the
 * plan before, and the core translates. Block numbers belong to no plan.
 * field answers START with BLOCKS. What is new is read as a whole: its first
 * VALUES are complete.
 *
 * Order. What field sends about one line is in the order in which it happened:
 * values that stood before a write in VALUES before its RESULT; a device is OK
 * before its values are. What was read back and differs from what the core
 * knows comes as VALUES before the RESULT, if the point is polled.
 *
 * Quality, who does what (P15, P24):
 *   field, a value it decoded     VALUES: good, uncertain(range), bad(range)
 *   field, a register that the
 *     device refuses to show      MARKS: keep the content, it is bad(device)
 *   field, all tags of a device   STATE_DEVICE: not OK = all its tags keep their
 *                                 content and are bad(cause of the state) from
 *                                 this message on. OK changes no tag: all
 *                                 values of the device follow in VALUES.
 *                                 While it is not OK none come.
 *   core, age                     BLOCKS says which tags a block brings and for
 *                                 how long a read is good (good_for_ms). After
 *                                 every good read of a block comes ALIVE with
 *                                 its time, after the values that changed in
 *                                 it. A tag is stale when neither VALUES nor
 *                                 ALIVE came for good_for_ms. The core counts:
 *                                 field may hang.
 * MARKS and STATE_DEVICE are never merged or dropped; a value may be replaced by a
 * newer one of the same quality when the core does not keep up (PULSE.merged).
 *
 * Alarms (P6): STATE_LINE down is LINE.COMM; STATE_DEVICE neither OK nor LINE
 * is DEVICE.COMM; nothing has to be combined. A line is down when no path
 * connects, or when no device on it answers: then each of its devices goes to
 * LINE, also one that was silent before. When the line comes back a device
 * stays in LINE until it was asked.
 *
 * Commands (P2, P12, P13): every JOB is answered by exactly one RESULT, unless
 * field ends: then all jobs in flight are unknown. A write is never repeated.
 */
#ifndef WIRE_FIELDWIRE_H
#define WIRE_FIELDWIRE_H

#include "base/fd.h"
#include "base/mem.h"
#include "model/plant.h"
#include "wire/cursor.h"

#define FIELD_VERSION 3
#define FIELD_FD 3		/* the descriptor of field's end */
#define FIELD_ROOM 61440	/* POINTS, VALUES, ALIVE, MARKS, BLOCKS stay below */
#define FIELD_REGISTERS 125	/* most in one point or job */
#define FIELD_TEXT 160		/* bytes of a state or a reason, with the NUL */

enum field_message {
	/* core to field */
	FIELD_HELLO = 1,	/* u16 version */
	FIELD_PLAN = 2,		/* u32 plan, u32 lines, u32 devices, u32 points */
	FIELD_LINE = 3,		/* u32 index, line */
	FIELD_DEVICE = 4,	/* u32 index, device */
	FIELD_POINTS = 5,	/* u16 n, n x field_point */
	FIELD_START = 6,	/* u32 plan */
	FIELD_BEAT = 7,		/* u16 life, u8 control; every second */
	FIELD_JOB = 8,		/* field_job */
	/* field to core */
	FIELD_READY = 64,	/* u16 version */
	FIELD_BLOCKS = 65,	/* u32 plan, u16 n, n x field_block */
	FIELD_VALUES = 66,	/* u32 plan, u16 n, n x (u32 slot, value) */
	FIELD_ALIVE = 67,	/* u32 plan, u16 n, n x (u32 block, wall) */
	FIELD_MARKS = 68,	/* u32 plan, u8 quality, u8 cause, wall, u16 n, n x u32 slot */
	FIELD_STATE_LINE = 69,	/* field_line_state */
	FIELD_STATE_DEVICE = 70,	/* field_device_state */
	FIELD_RESULT = 71,	/* field_result */
	FIELD_CLEARED = 72,	/* field_cleared */
	FIELD_STATS = 73,	/* field_stats; per line, every second */
	FIELD_PULSE = 74	/* field_pulse; every second */
};

/*
 * BEAT: life is what the life words of the devices are to become (the core
 * counts); control says that this server commands the plant (P1): without it
 * field writes no life word. The life word is written at most once per BEAT
 * and only while the BEAT is younger than 2 s (P4).
 */

/* One point to read. slot is the tag's. */
struct field_point {
	uint32_t slot;
	uint32_t group;		/* points of one device with the same group come
				 * in one request (together); 0: none */
	uint32_t period_ms;	/* 0: as fast as it goes */
	bool has_range;
	double range[2];	/* of the instrument (P7) */
	struct point at;
};

/*
 * A request that is repeated. n_slots 0: the block is no more (it was split
 * around registers that the device refuses, or put together again); its
 * number may come again with other slots. Numbers are dense, from 0.
 */
struct field_block {
	uint32_t block;
	uint32_t device;
	uint32_t good_for_ms;	/* P15: max(3 periods, period + timeout, 2 s) */
	uint16_t n_slots;	/* then so many u32 */
};

enum field_job_kind { FIELD_LEVEL, FIELD_PLC_RESET, FIELD_TIMED };

/*
 * One command. What is written is registers[0..at.registers), as they go over
 * the wire and as point_encode() makes them: a coil is 0 or 1, a bit of a
 * register its mask or 0. The same point is read back. It is
 *   done      LEVEL: read back equal within taken_ms
 *             PLC_RESET: read back as all 0 (the PLC took it) within taken_ms
 *             TIMED: read back equal, held for pulse_ms, written 0, read
 *             back 0
 *   mismatch  answered by the device, but read back otherwise; also when the
 *             device answered with an exception. held is what it holds
 *   unknown   the bytes left, or perhaps left, and no answer or no read-back
 *   expired   the deadline passed before the first byte. Until then a job
 *             waits for a device that does not answer
 *   refused   never sent: the device runs another program, stands still (safe
 *             jobs go), the plan changed, the point cannot be written, the bit
 *             has neighbours that are not ours and the device no mask write,
 *             a safe job overtook it
 * Before the first byte the point is read once: a device that is silent is not
 * written to, and no write waits in its buffers for its return.
 */
struct field_job {
	uint64_t id;		/* unique for the life of the core */
	uint32_t plan;
	uint32_t slot;		/* the tag that shows this point, or NONE; not
				 * used by field, for traces */
	uint32_t object;	/* a safe job drops unsent others of it; or NONE */
	uint8_t kind;		/* enum field_job_kind */
	bool safe;		/* P3 */
	struct mono deadline;	/* on clock_mono(), the same for all processes */
	uint32_t taken_ms, pulse_ms;
	struct point at;	/* at.device tells the line */
	uint16_t registers[FIELD_REGISTERS];
};

#define FIELD_OUTCOMES(X)                                                      \
	X(DONE, "done")                                                        \
	X(MISMATCH, "mismatch")                                                \
	X(UNKNOWN, "unknown")                                                  \
	X(EXPIRED, "expired")                                                  \
	X(REFUSED, "refused")
enum field_outcome {
#define X(id, name) FIELD_##id,
	FIELD_OUTCOMES(X)
#undef X
	FIELD_OUTCOME_COUNT
};

/* The steps of a job, each on clock_mono(); 0 us: not reached. */
#define FIELD_STEPS(X)                                                         \
	X(RECEIVED, "received")		/* by field */                         \
	X(CHECKED, "checked")		/* the device answered the first read */ \
	X(SENT, "sent")			/* deadline held, first byte left */   \
	X(ANSWERED, "answered")		/* the device answered the write */    \
	X(ASKED, "asked")		/* the last read-back left */          \
	X(READ, "read back")		/* and was answered */
enum field_step {
#define X(id, name) FIELD_STEP_##id,
	FIELD_STEPS(X)
#undef X
	FIELD_STEP_COUNT
};

/* What went over the wire, with its envelope. */
#define FIELD_FRAME 260
struct field_frame {
	uint16_t n;		/* 0: nothing did */
	uint8_t at[FIELD_FRAME];
};

struct field_result {
	uint64_t id;
	uint8_t outcome;		/* enum field_outcome */
	char reason[FIELD_TEXT];	/* "" for done */
	struct wall time;
	struct mono steps[FIELD_STEP_COUNT];
	uint16_t n_held;		/* 0: nothing was read back */
	uint16_t held[FIELD_REGISTERS];	/* for point_decode(): of a bit the
					 * whole register */
	struct field_frame request, reply;	/* of the write */
	struct field_frame back_request, back_reply;	/* the last read-back */
};

/*
 * P13: the link was lost between the two halves of a timed pulse (its RESULT
 * was unknown). The clearing write was made at the reconnect, or given up.
 */
struct field_cleared {
	uint64_t id;		/* of the job */
	bool ok;		/* written and read back as 0 */
	struct wall time;
	char reason[FIELD_TEXT];
};

struct field_line_state {
	uint32_t plan, line;
	bool up;
	uint8_t path;		/* of line.to, that is used or tried */
	struct wall time;	/* since */
	char text[FIELD_TEXT];	/* why not: "10.1.0.11:502: Connection refused" */
};

#define FIELD_DEVICE_STATES(X)                                                 \
	X(OK, "ok", NONE)                                                      \
	X(LINE, "line is down", COMM)	/* or not asked since it came back */  \
	X(SILENT, "no answer", COMM)	/* three failed; its line is up */     \
	X(FAULT, "answers with exceptions", DEVICE)                            \
	X(STOPPED, "stands still", DEVICE)	/* alive, P4 */                \
	X(PROGRAM, "another program", CONFIG)	/* identity, P4: no write */
enum field_device_condition {
#define X(id, name, cause) FIELD_DEVICE_##id,
	FIELD_DEVICE_STATES(X)
#undef X
	FIELD_DEVICE_CONDITIONS
};
/* The cause that all tags of a device get in this condition. */
enum cause field_condition_cause(enum field_device_condition c);
const char *field_condition_name(enum field_device_condition c);
const char *field_outcome_name(enum field_outcome o);

struct field_device_state {
	uint32_t plan, device;
	uint8_t condition;	/* enum field_device_condition */
	struct wall time;	/* since */
	char text[FIELD_TEXT];	/* "no answer from unit 7" */
};

struct field_stats {
	uint32_t plan, line;
	uint32_t requests;	/* in the last second */
	uint32_t p50_us, p99_us;	/* round trip, in the last second; 0: none */
	uint64_t timeouts, overruns;	/* since the plan began */
	uint64_t bad_replies;	/* wrong id, garbage, wrong length */
	char text[FIELD_TEXT];	/* "" or what is wrong: "no answer from unit 7" */
};

/* field's heartbeat, and how far behind the core is. */
struct field_pulse {
	uint64_t turns;		/* of its main thread */
	uint32_t waiting;	/* entries not sent yet */
	uint64_t merged;	/* values replaced by newer ones, since the start */
	uint64_t life_writes;	/* system writes, counted (P4) */
};

/* Lines and devices as the model has them; their texts live in the arena.
 * A get refuses what the model would not allow: check get.bad. */
void put_line(struct put *p, uint32_t index, const struct line *l);
void get_line(
    struct get *g, uint32_t *index, struct line *l, struct arena *a);
void put_device(struct put *p, uint32_t index, const struct device *d);
void get_device(
    struct get *g, uint32_t *index, struct device *d, struct arena *a);

#define FIELD_POINT_MAX 96	/* bytes of one point in a message, at most */
void put_point(struct put *p, const struct point *at);
void get_point(struct get *g, struct point *at);
void put_field_point(struct put *p, const struct field_point *f);
void get_field_point(struct get *g, struct field_point *f);
void put_field_job(struct put *p, const struct field_job *j);
void get_field_job(struct get *g, struct field_job *j);

void put_field_block(struct put *p, const struct field_block *b);
void get_field_block(struct get *g, struct field_block *b);
void put_field_result(struct put *p, const struct field_result *r);
void get_field_result(struct get *g, struct field_result *r);
void put_field_cleared(struct put *p, const struct field_cleared *c);
void get_field_cleared(struct get *g, struct field_cleared *c);
void put_field_line_state(struct put *p, const struct field_line_state *s);
void get_field_line_state(struct get *g, struct field_line_state *s);
void put_field_device_state(struct put *p, const struct field_device_state *s);
void get_field_device_state(struct get *g, struct field_device_state *s);
void put_field_stats(struct put *p, const struct field_stats *s);
void get_field_stats(struct get *g, struct field_stats *s);
void put_field_pulse(struct put *p, const struct field_pulse *s);
void get_field_pulse(struct get *g, struct field_pulse *s);

#endif
