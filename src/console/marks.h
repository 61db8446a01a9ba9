/* SPDX-License-Identifier: ISC */
/*
 * marks.h - the lock-outs and bypasses that are, as the core lists them. They
 * are asked for whenever a beat says that some changed; what is shown stands
 * until the whole answer is there, and only the last question counts.
 */
#ifndef CONSOLE_MARKS_H
#define CONSOLE_MARKS_H

#include <stdint.h>

#include "base/vec.h"

struct app;

enum { MARKS_LOCKOUT, MARKS_BYPASS, MARKS_KINDS };

struct mark {
	char *name;		/* of an object, or P-101A.start */
	char *text;		/* "lena until 14:05: why" */
};
struct marks {			/* of one kind */
	uint32_t call;		/* the last question; 0: it is answered */
	VEC(struct mark) coming;
};

void marks_ask(struct app *a);
void marks_fini(struct app *a);

#endif
