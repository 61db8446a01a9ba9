/* SPDX-License-Identifier: ISC */
/*
 * rtu.h - Modbus frames of a serial line, and how long they are on it.
 *
 * A frame is a unit, a PDU and a checksum; only silence parts it from the
 * next. Written independently of the field's master, so that the one proves
 * the other. Pure.
 */
#ifndef SIM_RTU_H
#define SIM_RTU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/modbus.h"

#define RTU_HEAD  1
#define RTU_TAIL  2
#define RTU_FRAME (RTU_HEAD + MODBUS_PDU + RTU_TAIL)

/* 9600 baud, 8N1: start, 8 data, stop. (A pseudo terminal has no parity, and
 * the C library refuses to set one on it for a second time.) */
#define RTU_BAUD    9600
#define RTU_CHAR_US (10 * 1000000 / RTU_BAUD)
/* Silence that ends a frame: 3.5 characters. */
#define RTU_SILENCE_US (RTU_CHAR_US * 7 / 2)

/* Whether these bytes are one frame, whole and right. */
bool rtu_is_frame(const uint8_t *bytes, size_t n);
/* Puts the unit before and the checksum behind a PDU; the length. */
size_t rtu_wrap(uint8_t frame[RTU_FRAME], uint8_t unit, const uint8_t *pdu,
    size_t n);

#endif
