/* SPDX-License-Identifier: ISC */
/*
 * value.h - a value is never without its quality.
 *
 * A number or a short text, what is known about its truth, and when the reply
 * that brought it arrived (P22). On loss of the line the last value stays,
 * marked; before the first read it is bad(initial) and shown as ---.
 */
#ifndef MODEL_VALUE_H
#define MODEL_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

#define VALUE_TEXT_MAX 80	/* bytes of a text value, without the NUL */
#define VALUE_CAP 400		/* room for any printed value */

/* In the order of getting worse: the worst operand decides. */
#define QUALITIES(X)                                                           \
	X(GOOD, "good")                                                        \
	X(UNCERTAIN, "uncertain")                                              \
	X(STALE, "stale")                                                      \
	X(BAD, "bad")
#define CAUSES(X)                                                              \
	X(NONE, "")                                                            \
	X(INITIAL, "initial")	/* not read yet */                             \
	X(COMM, "comm")		/* no answer */                                \
	X(CONFIG, "config")	/* another program, a value out of a new range */ \
	X(DEVICE, "device")	/* the device says so, or stands still */      \
	X(RANGE, "range")	/* outside what is possible or meant */

enum quality {
#define X(id, name) QUALITY_##id,
	QUALITIES(X)
#undef X
};
enum cause {
#define X(id, name) CAUSE_##id,
	CAUSES(X)
#undef X
};
enum value_flag { VALUE_OVERRIDE = 1, VALUE_SIMULATED = 2 };

enum value_type {
	VALUE_BOOL,	/* as.uint 0 or 1 */
	VALUE_INT,	/* as.sint */
	VALUE_UINT,	/* as.uint */
	VALUE_REAL,	/* as.real, always finite if the quality is not bad */
	VALUE_TEXT	/* as.text: clean, at most VALUE_TEXT_MAX bytes */
};

struct value {
	union {
		double real;
		int64_t sint;
		uint64_t uint;
		const char *text;	/* borrowed from where the value lives */
	} as;
	struct wall time;	/* when the reply arrived; 0 = never */
	uint8_t type, quality, cause, flags;
};

struct value value_initial(enum value_type type);	/* bad(initial), 0 */
struct value value_real(double real, struct wall t);	/* good, or bad(range) */
struct value value_int(int64_t n, struct wall t);
struct value value_uint(uint64_t n, struct wall t);
struct value value_bool(bool on, struct wall t);
struct value value_text(const char *text, struct wall t);

/* As a double; a text is NaN. */
double value_number(const struct value *v);
bool value_true(const struct value *v);	/* not zero; a text: not empty */
static inline bool
value_is_good(const struct value *v)	/* good or uncertain: usable (P6) */
{
	return v->quality <= QUALITY_UNCERTAIN;
}
/* Same type and content; time, quality and flags do not count. */
bool value_equal(const struct value *a, const struct value *b);
/* Content, quality, cause and flags: what a screen would show. */
bool value_same(const struct value *a, const struct value *b);
/* The worse quality of both, with its cause; flags joined. */
void value_taint(struct value *v, const struct value *by);

const char *quality_name(enum quality q);
const char *cause_name(enum cause c);
bool quality_parse(enum quality *q, const char *name);

/*
 * The content for programs: bool true/false, integers exact, reals the
 * shortest text that reads back to the same double; text as it is.
 */
char *value_print(char dst[VALUE_CAP], const struct value *v);
/* For people: decimals digits behind the point, no content cut. */
char *value_show(char dst[VALUE_CAP], const struct value *v, int decimals);
/* The shortest text that strtod() reads back to the same double. */
char *real_print(char dst[32], double real);

#endif
