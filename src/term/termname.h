/* SPDX-License-Identifier: ISC */
/*
 * termname.h - the name in TERM: what we accept and what stands in for a
 * terminal that terminfo does not know.
 */
#ifndef TERM_TERMNAME_H
#define TERM_TERMNAME_H

#include <stdbool.h>

#include "base/err.h"

/* [A-Za-z0-9._+-]{1,32} and able to draw; else -1 and e says why. */
int termname_check(const char *name, struct err *e);
/* A terminal that behaves alike and is always there. */
const char *termname_fallback(const char *name);
/* Has this terminal only a small character set? (vt*, linux) */
bool termname_small_font(const char *name);

#endif
