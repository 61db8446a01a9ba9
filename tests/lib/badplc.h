/* SPDX-License-Identifier: ISC */
/*
 * badplc.h - a Modbus TCP device for tests that misbehaves as told.
 *
 * One thread, any number of clients on a free port of 127.0.0.1. It shares no
 * code with field/. Every write that arrives is in its record, obeyed or not.
 */
#ifndef TESTS_BADPLC_H
#define TESTS_BADPLC_H

#include <stdbool.h>
#include <stdint.h>

enum bad {
	BAD_NOTHING,
	BAD_SILENT,	/* reads requests, never answers */
	BAD_LATE,	/* answers after arg ms */
	BAD_DROP,	/* closes at each request */
	BAD_ID,		/* the transaction before */
	BAD_UNIT,	/* another unit */
	BAD_FUNCTION,	/* another function */
	BAD_COUNT,	/* a wrong byte count, right length */
	BAD_SHORT,	/* one register less than asked */
	BAD_GARBAGE,	/* random bytes */
	BAD_HALF,	/* half a frame, then silence */
	BAD_TWICE,	/* the answer, and a stale one with other content behind */
	BAD_EXCEPTION,	/* exception arg */
	BAD_ECHO,	/* writes: obeyed, but the echo is wrong */
	BAD_DEAF,	/* does not even read: requests wait in the kernel */
	BAD_REFUSES,	/* no connection is accepted; those there are closed */
	BAD_PIECES	/* good answers, byte by byte */
};

struct badplc_write {
	int64_t at_us;		/* when it was read */
	uint8_t unit, function;
	uint16_t address, n, values[123];
	uint16_t and_mask, or_mask;
};

struct badplc;
struct badplc *badplc_new(void);
void badplc_free(struct badplc *p);
uint16_t badplc_port(const struct badplc *p);
void badplc_behave(struct badplc *p, enum bad how, int arg);
/* Only for requests of this unit; 0: all. */
void badplc_behave_unit(struct badplc *p, uint8_t unit, enum bad how, int arg);
/* Only writes misbehave. */
void badplc_behave_writes(struct badplc *p, enum bad how, int arg);
void badplc_set(struct badplc *p, uint16_t hr, uint16_t value);
uint16_t badplc_get(struct badplc *p, uint16_t hr);
void badplc_set_coil(struct badplc *p, uint16_t coil, bool on);
bool badplc_coil(struct badplc *p, uint16_t coil);
/* Reads that touch [first, last] get exception 2 (or another). */
void badplc_forbid(
    struct badplc *p, uint16_t first, uint16_t last, uint8_t exception);
/* Writes are answered, but the old value stays. */
void badplc_overrule(struct badplc *p, bool on);
/* Function 22 is unknown. */
void badplc_no_mask(struct badplc *p, bool on);
/* What is written is 0 again after ms: it took a command. */
void badplc_clears(struct badplc *p, int ms);
/* This word counts up with every request. */
void badplc_alive(struct badplc *p, uint16_t hr, bool on);
/* After each write of a register this bit of it is flipped. */
void badplc_meddle(struct badplc *p, int bit);

unsigned badplc_requests(struct badplc *p);
unsigned badplc_connections(struct badplc *p);	/* accepted, since the start */
unsigned badplc_writes(struct badplc *p);
struct badplc_write badplc_write_at(struct badplc *p, unsigned i);

#endif
