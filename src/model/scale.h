/* SPDX-License-Identifier: ISC */
/*
 * scale.h - from raw counts to engineering values and back (P7, P12, P16).
 *
 * Registers come as they are on the wire: each uint16_t in host order. All
 * functions are pure. The float helpers of libmodbus are byte-swapped and
 * are not used.
 */
#ifndef MODEL_SCALE_H
#define MODEL_SCALE_H

#include "base/err.h"
#include "model/plant.h"
#include "model/value.h"

/*
 * Registers (or one bit in regs[0]) to a value with quality good, or
 * bad(range) outside the fault limits, for NaN and for a nibble that is no
 * BCD digit, or uncertain(range) when clamped. A text goes to text
 * (VALUE_TEXT_MAX + 1 bytes), clean, and the value borrows it. range may be
 * NULL: min and max of the instrument; outside is uncertain(range).
 */
struct value point_decode(const struct point *p, const uint16_t *regs,
    const double range[2], struct wall t, char *text);

/*
 * A value as the registers that would be written; returns how many, or -1
 * with e: not finite, outside what the kind can hold, not BCD.
 */
int point_encode(const struct point *p, const struct value *v, uint16_t *regs,
    struct err *e);

/* The value after rounding to raw counts: what a setpoint really becomes. */
int point_round(
    const struct point *p, double value, double *rounded, struct err *e);
/* The step of one raw count in the unit of the value. */
double point_step(const struct point *p);

/*
 * What a person typed (P16): `.` or `,` as decimal sign; no exponent, no
 * infinity; a sign followed by exactly three digits is ambiguous where
 * decimals < 3. texts (n) are accepted too, and true/false for a bool.
 */
int number_parse(double *number, const char *s, int decimals,
    const struct text *texts, unsigned n_texts, bool is_bool, struct err *e);

#endif
