/* SPDX-License-Identifier: ISC */
/*
 * seat.h - what the station makes of the console: which keys the footer
 * shows, which lead to screens, which do nothing, the title of the window.
 * It comes with the welcome; without anything it is the built-in station.
 * Never a source of rights: the core refuses blocked verbs by itself.
 */
#ifndef CONSOLE_SEAT_H
#define CONSOLE_SEAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/message.h"
#include "wire/verbs.h"

#define SEAT_KEYS 32
#define SEAT_FOOTER 24

struct app;
struct key;

struct seat {
	struct seat_key {
		uint32_t code;
		unsigned mods;
		char name[9], screen[65];
	} keys[SEAT_KEYS];	/* lead to screens */
	size_t n_keys;
	char names[256];	/* what footer points to */
	const char *footer[SEAT_FOOTER + 1];	/* NULL behind the last */
	bool may_not_leave;	/* the console, back is possible */
	bool blocked[VERB_COUNT];
};

/* Makes keys, footer, theme of what the welcome says. What is not understood
 * is said in the message line. */
void seat_take(struct app *a);
/* The screen that a key leads to here, or NULL. */
const char *seat_screen(const struct app *a, const struct key *k);
/* NULL, or why this station does not do it. */
const char *seat_why_not(const struct app *a, int action);
const char *seat_why_not_verb(const struct app *a, enum verb verb);
/* Names of the footer's keys; NULL: those that it has by default. */
const char *const *seat_footer(const struct app *a);
/* What stands on a wide glass: 1 the process screen alone, up to PANES_MOST;
 * as the person wishes, else the station. */
unsigned seat_panes(const struct app *a);
/* The title of the window as the station wants it; "": it has no wish. */
void seat_title(const struct app *a, char *dst, size_t cap);

#endif
