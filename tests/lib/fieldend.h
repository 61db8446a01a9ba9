/* SPDX-License-Identifier: ISC */
/*
 * fieldend.h - the core's end of field's socket, for tests: field runs in a
 * thread of the test, a plan is built line by line, and what comes back is
 * kept as the core would keep it, with the rules of fieldwire.h.
 */
#ifndef TESTS_FIELDEND_H
#define TESTS_FIELDEND_H

#include <pthread.h>

#include "wire/fieldwire.h"

#define END_SLOTS 64
#define END_BLOCKS 64
#define END_RESULTS 64

struct end_tag {
	struct value v;
	char text[VALUE_TEXT_MAX + 1];
	unsigned n;		/* VALUES that came for it */
	struct wall alive;	/* last good read */
	bool bad_ever;		/* a value came that `bound` forbids */
};
struct end_block {
	uint32_t device, good_for_ms;
	uint32_t slots[END_SLOTS];
	unsigned n;
};
struct fieldend {
	int fd, other;
	pthread_t thread;
	int rc;			/* of field_run() */
	bool ready, closed;
	uint32_t plan;

	struct line lines[4];
	struct device devices[4];
	struct field_point points[END_SLOTS];
	uint32_t n_lines, n_devices, n_points;

	struct end_tag tags[END_SLOTS];
	struct end_block blocks[END_BLOCKS];
	struct field_line_state line[4];
	unsigned line_messages[4];
	struct field_device_state device[4];
	unsigned device_messages[4];
	uint8_t conditions[256];	/* in order */
	unsigned n_conditions;
	struct field_result results[END_RESULTS];
	unsigned n_results;
	struct field_cleared cleared[8];
	unsigned n_cleared;
	struct field_stats stats[4];
	struct field_pulse pulse;
	unsigned marks, alives, broken;
	/* every good number of every tag must satisfy it, if set */
	bool (*truth)(void *context, uint32_t slot, double value);
	void *context;
	unsigned lies;
};

struct fieldend *fieldend_new(void);
/* Closes the socket; field must end with rc 0. */
void fieldend_free(struct fieldend *f);

/* With defaults: timeout 200 ms, connect 500 ms, backoff 50..200 ms. */
struct line *fieldend_line(struct fieldend *f, const char *name, uint16_t port);
/* Unit 1 of the last line, limits of FORMATS. */
struct device *fieldend_device(struct fieldend *f, const char *name);
/* A point of the last device; the slot is its number. */
struct field_point *fieldend_point(
    struct fieldend *f, enum space space, uint16_t address, enum kind kind);
void fieldend_start(struct fieldend *f, uint32_t plan);
void fieldend_beat(struct fieldend *f, uint16_t life, bool control);

/* A level command to the point of a slot, valid 5 s, taken within 300 ms. */
struct field_job fieldend_job(
    const struct fieldend *f, uint64_t id, uint32_t slot, uint16_t value);
void fieldend_send(struct fieldend *f, const struct field_job *j);
const struct field_result *fieldend_result(
    const struct fieldend *f, uint64_t id);

/* Takes messages for at most ms. */
void fieldend_take(struct fieldend *f, int ms);
/* Takes messages until the condition holds, at most 10 s. */
#define FIELDEND_UNTIL(f, condition)                                           \
	do {                                                                   \
		int64_t end_ = clock_mono().us + 10000000;                     \
		while (!(condition) && clock_mono().us < end_)                 \
			fieldend_take((f), 5);                                 \
		assert_true(condition);                                        \
	} while (0)
bool fieldend_good(const struct fieldend *f, uint32_t slot, double value);

#endif
