/* SPDX-License-Identifier: ISC */
/* length.h - how long something is to last: --for SPAN or --until T. */
#ifndef SERVER_LENGTH_H
#define SERVER_LENGTH_H

#include "base/clock.h"
#include "base/err.h"
#include "wire/message.h"

struct core;

/* One of the two, and it lies ahead. The exit code, and why not. */
int length_given(const struct core *c, const struct call *call,
    struct span *length, struct err *e);

#endif
