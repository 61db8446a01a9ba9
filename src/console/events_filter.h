/* SPDX-License-Identifier: ISC */
/*
 * events_filter.h - which events a list shows: kinds, an area with those
 * below it, a time. The core reads areas and times and refuses wrong ones;
 * kinds are words that are known here, too.
 */
#ifndef CONSOLE_EVENTS_FILTER_H
#define CONSOLE_EVENTS_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct client;

struct events_filter {
	unsigned kinds;		/* bits; 0: all */
	char area[65], since[40], until[40];	/* "": none */
};

/* "alarm command", "alarm,plc": kinds, in English or as this screen says
 * them; "" is all. */
int events_filter_kinds(unsigned *kinds, const char *text, struct err *e);
/* Words behind ":events": kinds, then whatever is a time, else an area. */
int events_filter_parse(
    struct events_filter *f, const char *text, struct err *e);
void events_filter_print_kinds(unsigned kinds, char *dst, size_t cap);
/* For a title: "  alarm plc  intake  06:00 ..", "" without any filter. */
void events_filter_print(
    const struct events_filter *f, char *dst, size_t cap);
/* As parameters of the verb `events`. */
void events_filter_ask(const struct events_filter *f, struct client *c);

#endif
