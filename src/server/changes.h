/* SPDX-License-Identifier: ISC */
/* changes.h - what the process does by itself and people want to read later:
 * declared changes of state, and setpoints that changed at the PLC (P23). */
#ifndef SERVER_CHANGES_H
#define SERVER_CHANGES_H

#include <stdint.h>

struct core;
struct value;

/* The tag was read; the live table still has what it was before. */
void changes_sampled(struct core *c, uint32_t tag, const struct value *v);

#endif
