/* SPDX-License-Identifier: ISC */
/*
 * cursor.h - writing and reading the fields of a message.
 *
 * Little-endian, packed by code, never a struct. Errors stick: put or get all
 * fields, then look once at put.full or get.bad; a bad get returns zeros and
 * empty texts. A message is at most FD_MESSAGE_MAX bytes (base/fd.h).
 */
#ifndef WIRE_CURSOR_H
#define WIRE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/value.h"

struct put {
	uint8_t *at;
	size_t len, cap;
	bool full;		/* something did not fit and was left out */
};
struct get {
	const uint8_t *at;
	size_t left;
	bool bad;		/* the message is too short or senseless */
};

struct put put_into(void *room, size_t cap);
void put_u8(struct put *p, uint8_t n);
void put_u16(struct put *p, uint16_t n);
void put_u32(struct put *p, uint32_t n);
void put_u64(struct put *p, uint64_t n);
void put_i64(struct put *p, int64_t n);
void put_real(struct put *p, double n);
void put_wall(struct put *p, struct wall t);
void put_bytes(struct put *p, const void *bytes, size_t n);
void put_text(struct put *p, const char *s);	/* NULL is "" */
void put_value(struct put *p, const struct value *v);
/* Overwrites a u16 written before at this offset. */
void put_u16_at(struct put *p, size_t offset, uint16_t n);

struct get get_from(const void *bytes, size_t n);
uint8_t get_u8(struct get *g);
uint16_t get_u16(struct get *g);
uint32_t get_u32(struct get *g);
uint64_t get_u64(struct get *g);
int64_t get_i64(struct get *g);
double get_real(struct get *g);
struct wall get_wall(struct get *g);
void get_bytes(struct get *g, void *dst, size_t n);
/* A text of at most cap - 1 bytes, cleaned (base/text.h); longer is bad. */
void get_text(struct get *g, char *dst, size_t cap);
/* A text where it stands in the message: *len bytes, not ended, not cleaned. */
const char *get_view(struct get *g, size_t *len);
/* text has VALUE_TEXT_MAX + 1 bytes and holds a text value's content. */
struct value get_value(struct get *g, char *text);
/* All bytes were read and none was missing. */
bool get_done(const struct get *g);

#endif
