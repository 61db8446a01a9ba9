/* SPDX-License-Identifier: ISC */
/*
 * restore.h - a backup (backup.h) brought back into a state directory.
 *
 * First the whole backup is read: each file is as the MANIFEST says, nothing
 * but files, and there is room for it beside the present state. A copy is
 * made in the state directory and proved as what it will be; only then it may
 * take the place of what is there (exchange.h), which is kept. The copy
 * carries no right to command the plant (P1) and no sessions, and tells the
 * server that opens it next where it comes from (restored.h).
 */
#ifndef STORE_RESTORE_H
#define STORE_RESTORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/err.h"

struct restore {
	const char *dir, *state;
	const char *by;		/* a word: who brings it back */
	struct wall now;
	bool other_plant;	/* it may be that of another plant */
	/* Can the project of this state be read? What the store cannot know;
	 * NULL: it is not asked. -1 and why not. */
	int (*project)(const char *state, struct err *e);
};
struct restore_result {
	size_t files;
	int64_t bytes;
	char before[4096];	/* where the former state is, or will be */
	char digest[DIGEST_HEX];	/* of the MANIFEST */
	bool decided;		/* it will hold, whatever happens */
};

/* Up to restore.new, also beside a running server; whoever runs it says when
 * it is wanted (exchange_decide). -1: nothing is left of it. */
int restore_stage(
    const struct restore *o, struct restore_result *r, struct err *e);
/* What restore_stage() laid ready with this before-TIME is not wanted; what
 * another did since stays, and so does what is decided already. */
void restore_drop(const char *state, const char *before);
/* All of it, while no server runs: refused if one does. before: "" if there
 * was no state. -1 with decided: what failed is done at the next start. */
int restore_stopped(
    const struct restore *o, struct restore_result *r, struct err *e);

#endif
