/* SPDX-License-Identifier: ISC */
/*
 * value.h - a value is never without its quality.
 *
 * A number or a short text, what is known about its truth, and when the reply
 * that brought it arrived (P22). On loss of the line the last value stays,
 * marked; before the first read it is bad(initial) and shown as ---.
 *
 * A value may be known to be wrong and still have a content (the last one, or
 * the one outside the fault limits), or have none: bad(initial), and a real
 * that is NaN (NaN or infinity from the device, a nibble that is no BCD digit,
 * a quotient by zero). value_known() tells; what has none prints as "" and
 * shows as ---, never as 0.
 *
 * P7: a bad(range) value that left through the upper fault limit keeps the
 * scaled content of its raw counts, so that ABOVE alarms can still compare
 * it. One that left through the lower fault limit never reads as a high one:
 * where the scaling falls, it has no content.
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
/* Good; not finite: bad(range) without content. */
struct value value_real(double real, struct wall t);
struct value value_int(int64_t n, struct wall t);
struct value value_uint(uint64_t n, struct wall t);
struct value value_bool(bool on, struct wall t);
struct value value_text(const char *text, struct wall t);

/* Good, of this type: the number, or the text. */
struct value value_make(
    enum value_type type, double number, const char *text, struct wall t);

/* As a double; a text is NaN. */
double value_number(const struct value *v);
bool value_true(const struct value *v);	/* not zero; a text: not empty */
static inline bool
value_is_good(const struct value *v)	/* good or uncertain: usable (P6) */
{
	return v->quality <= QUALITY_UNCERTAIN;
}
/* Has a content, right or wrong. */
bool value_known(const struct value *v);
/* Same type and content; time, quality and flags do not count. */
bool value_equal(const struct value *a, const struct value *b);
/* Content, quality, cause and flags: what a screen would show. */
bool value_same(const struct value *a, const struct value *b);
/* The worse quality of both, with its cause; flags joined. */
void value_taint(struct value *v, const struct value *by);

const char *quality_name(enum quality q);
const char *cause_name(enum cause c);
const char *flags_name(unsigned flags);	/* joined by '+', or "" */
bool quality_parse(enum quality *q, const char *name);

/*
 * The content for programs: bool true/false, integers exact, reals the
 * shortest text that reads back to the same double; text as it is.
 */
char *value_print(char dst[VALUE_CAP], const struct value *v);
/* For people: a real with decimals (0..15) digits behind the point, no
 * content cut, never a negative zero; --- without content. */
char *value_show(char dst[VALUE_CAP], const struct value *v, int decimals);
/*
 * Of a value that stands for one of n texts: which one, or -1 and what is
 * shown instead (P31): "?7", never blank and never another text.
 */
int value_code(const struct value *v, unsigned n, char unknown[VALUE_CAP]);
/*
 * The fewest digits that strtod() reads back to the same double: 0.1, 4.5,
 * 100000, 1e16, 2.5e-7. Positional from 1e-5 to below 1e16. Not finite: "".
 */
char *real_print(char dst[32], double real);

#endif
