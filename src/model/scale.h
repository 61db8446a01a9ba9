/* SPDX-License-Identifier: ISC */
/*
 * scale.h - from raw counts to engineering values and back (P7, P12, P16).
 *
 * Registers come as they are on the wire: each uint16_t in host order. All
 * functions are pure. The float helpers of libmodbus are byte-swapped and
 * are not used.
 *
 *   order   a register of 16 bits   two registers   four registers
 *   ABCD    AB                      ABCD            ABCDEFGH
 *   CDAB    AB                      CDAB            GHEFCDAB
 *   BADC    BA                      BADC            BADCFEHG
 *   DCBA    BA                      DCBA            HGFEDCBA
 *
 * A text keeps the order of its registers; BADC and DCBA swap its bytes. A bit
 * counts in the register as it is on the wire, whatever the order. A float32
 * becomes the double of its shortest decimal text (0.92, not
 * 0.9200000166893005), which is the same float32 on the way back.
 */
#ifndef MODEL_SCALE_H
#define MODEL_SCALE_H

#include <stdbool.h>

#include "base/err.h"
#include "model/plant.h"
#include "model/value.h"

/*
 * Registers (or one bit in regs[0]; of a register with a bit number the whole
 * register) to a value with quality good, or bad(range) outside the fault
 * limits, for NaN, infinity and for a nibble that is no BCD digit (these have
 * no content), or uncertain(range) when outside range, clamped if the point
 * says so. range may be NULL: min and max of the instrument. A text goes to
 * text (VALUE_TEXT_MAX + 1 bytes; NULL is fine for other kinds), clean, and
 * the value borrows it. The type is VALUE_REAL when scaled, else that of
 * kind_type(). Which side a bad(range) value left by: value.h.
 */
struct value point_decode(const struct point *p, const uint16_t *regs,
    const double range[2], struct wall t, char *text);

/*
 * A value as the registers that would be written (room for p->registers);
 * returns how many, or -1 with e: not finite, outside what the kind can hold,
 * not BCD, too long. A bit of a register is its mask or 0: to be written under
 * the mask (P12). A coil is 1 or 0.
 */
int point_encode(const struct point *p, const struct value *v, uint16_t *regs,
    struct err *e);

/* The value after rounding to raw counts: what a setpoint really becomes. */
int point_round(
    const struct point *p, double value, double *rounded, struct err *e);
/* The step of one raw count in the unit of the value; 0 for floats. */
double point_step(const struct point *p);

/*
 * What a person typed (P16): `.` or `,` as decimal sign; no exponent, no
 * infinity; a sign followed by exactly three digits is ambiguous where
 * decimals < 3. One of texts (n, in any language, in any case) is its index; a
 * bool is true, false, 1, 0 or one of its texts.
 */
int number_parse(double *number, const char *s, int decimals,
    const struct text *texts, unsigned n_texts, bool is_bool, struct err *e);

#endif
