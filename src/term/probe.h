/* SPDX-License-Identifier: ISC */
/*
 * probe.h - how far the glass is behind us.
 *
 * Between us and the glass lie a pty, an SSH client with a window of
 * megabytes, sockets and modems; none of them tells what it holds. So a frame
 * ends with a question that every terminal answers as it comes to it
 * (DSR 5: "are you well?"), and the answer says that all bytes before it are
 * on the glass. Nobody ever waits for an answer: a terminal that gives none
 * is drawn to as if there were no questions; from one that does, no frame
 * begins while more than PROBE_FLIGHT bytes are on their way, but one each
 * PROBE_WAIT.
 */
#ifndef TERM_PROBE_H
#define TERM_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

#define PROBE_QUESTION "\033[5n"	/* the answer is ESC [ 0 n */
#define PROBE_FLIGHT 2048	/* bytes: 2 s of a line of 1 kB/s */
#define PROBE_FLYING 8		/* questions under way at most */
#define PROBE_WAIT ((struct span){ 5000 })
#define PROBE_SILENT ((struct span){ 30000 })

struct probe {
	bool answers;		/* this terminal does */
	uint64_t mark[PROBE_FLYING];	/* bytes up to each open question */
	unsigned first, open;
	uint64_t seen;		/* bytes known to be on the glass */
	struct mono since;	/* last answer, or first open question */
};

/* Should this frame end with a question? */
bool probe_wanted(const struct probe *p);
/* It does, and with it so many bytes were given out in all. */
void probe_asked(struct probe *p, uint64_t bytes, struct mono now);
void probe_answered(struct probe *p, struct mono now);
/* When the next frame may begin, if the last one was at drawn; now or
 * before: at once. */
struct mono probe_ready_at(const struct probe *p, uint64_t bytes,
    struct mono drawn, struct mono now);

#endif
