/* SPDX-License-Identifier: ISC */
/*
 * fault.h - what can be wrong with a device's answers.
 *
 * cut: the next coil that is written is the last thing that arrives; its
 * answer and all that follow are lost.
 * silent, reset and exception: the request arrives (and a write is recorded)
 * but is not carried out. late, drop, garbage and wrong-id: it is carried
 * out, and only the answer suffers.
 */
#ifndef SIM_FAULT_H
#define SIM_FAULT_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/err.h"
#include "sim/rng.h"

#define FAULTS(X)                                                              \
	X(NONE, "none") X(LATE, "late") X(DROP, "drop") X(SILENT, "silent")    \
	X(RESET, "reset") X(GARBAGE, "garbage") X(WRONG_ID, "wrong-id")        \
	X(EXCEPTION, "exception") X(CUT, "cut")
enum fault_kind {
#define X(id, name) FAULT_##id,
	FAULTS(X)
#undef X
};

struct fault {
	enum fault_kind kind;
	struct span late;	/* of late; real time, not the plant's */
	double share;		/* of drop, garbage, wrong-id, exception: how
				 * many answers suffer, 0..1 */
	int code;		/* of exception */
	bool struck;		/* cut: it is */
};

/* "late 800ms", "drop", "drop 30%", "silent", "exception:4 10%" ... argument is
 * NULL if there is none. */
int fault_parse(
    struct fault *f, const char *word, const char *argument, struct err *e);

/* Whether this answer is one of those that suffer. */
bool fault_strikes(const struct fault *f, struct rng *r);

#endif
