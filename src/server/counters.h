/* SPDX-License-Identifier: ISC */
/* counters.h - counters that were set back, or jumped, are events (P29). */
#ifndef SERVER_COUNTERS_H
#define SERVER_COUNTERS_H

#include <stdint.h>

#include "model/value.h"

struct core;

/* Before the live table takes a value that was read. */
void counters_sampled(struct core *c, uint32_t tag, const struct value *v);

#endif
