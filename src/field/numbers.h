/* SPDX-License-Identifier: ISC */
/* numbers.h - small numbers that are in use once, for blocks. Any thread. */
#ifndef FIELD_NUMBERS_H
#define FIELD_NUMBERS_H

#include <stdint.h>

struct numbers;
struct numbers *numbers_new(void);
void numbers_free(struct numbers *n);
uint32_t numbers_take(struct numbers *n);
void numbers_give(struct numbers *n, uint32_t number);

#endif
