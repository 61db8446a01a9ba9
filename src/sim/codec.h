/* SPDX-License-Identifier: ISC */
/*
 * codec.h - numbers in registers, as a PLC keeps them.
 *
 * Written independently of the field's decoder, so that the one proves the
 * other. ABCD is big-endian; CDAB swaps the registers, BADC the bytes in each,
 * DCBA both.
 */
#ifndef SIM_CODEC_H
#define SIM_CODEC_H

#include <stdint.h>

enum codec_kind {
	CODEC_BOOL, CODEC_INT16, CODEC_UINT16, CODEC_INT32, CODEC_UINT32,
	CODEC_INT64, CODEC_UINT64, CODEC_FLOAT32, CODEC_FLOAT64,
	CODEC_BCD16, CODEC_BCD32, CODEC_TEXT
};
enum codec_order { CODEC_ABCD, CODEC_CDAB, CODEC_BADC, CODEC_DCBA };

#define CODEC_WORDS 4

/* Registers that a number of this kind takes; 0 for text. */
unsigned codec_words(enum codec_kind kind);
/* Rounds and limits to what the kind can hold. */
void codec_encode(enum codec_kind kind, enum codec_order order, double raw,
    uint16_t words[CODEC_WORDS]);
double codec_decode(enum codec_kind kind, enum codec_order order,
    const uint16_t words[CODEC_WORDS]);
/* Two characters a register, the first in the high byte, padded with NUL. */
void codec_put_text(const char *text, unsigned length, uint16_t words[]);
const char *codec_kind_name(enum codec_kind kind);
const char *codec_order_name(enum codec_order order);

#endif
