/* SPDX-License-Identifier: ISC */
/*
 * answer.h - answering a call: rows, page by page as the client asks for
 * more, then END with the exit code. Rows are made when they are sent, from
 * a cursor, so that a long answer costs no memory.
 */
#ifndef SERVER_ANSWER_H
#define SERVER_ANSWER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "wire/message.h"

struct core;
struct session;
struct answer;

#define ANSWER_CELLS 32

/* The next row into cells, or false when there is none. Moves a->cursor.
 * Texts may live in a->room. */
typedef bool answer_fn(struct core *c, struct session *s, struct answer *a,
    struct cell *cells);

/* Asks for the next page, which comes from a reader thread. */
typedef void answer_more_fn(
    struct core *c, struct session *s, struct answer *a);

struct answer {
	TAILQ_ENTRY(answer) next;
	struct call call;	/* what was asked; owned */
	answer_fn *fn;		/* NULL: pages come from elsewhere, .. */
	answer_more_fn *more;	/* .. and are asked for so */
	void *state;		/* freed by free() with the answer */
	void *owned;		/* freed by this, if it is set */
	void (*free_owned)(void *owned);
	uint64_t cursor, sub;
	uint64_t rows;		/* sent so far */
	int code;		/* of END, if rows were sent */
	int none;		/* of END, if there was no row */
	unsigned cells;
	bool credit, waits;	/* may send a page; a page is on its way */
	char text[256];		/* of END */
	char room[8192];
};

/* Takes the call. Pages are sent at once and after each MORE. */
struct answer *answer_new(struct core *c, struct session *s,
    struct call *call, answer_fn *fn);
void answer_pump(struct core *c, struct session *s, struct answer *a);
void answer_free(struct session *s, struct answer *a);
struct answer *answer_find(struct session *s, uint32_t id);
/*
 * Pages that a reader thread works out: answer_waits() makes what travels
 * with a question for the next one; NULL: none is due. If the question was
 * not taken, answer_refuse() ends the answer. Back in the core's thread
 * answer_back() finds the answer and its session; NULL: nobody waits any
 * more. Then answer_page() sends the rows, and asks on or ends.
 */
struct answer_wait {
	struct core *core;
	uint64_t session;
	uint32_t call;
};
struct answer_page {
	const void *rows;	/* of fill */
	size_t n;
	void (*fill)(const struct core *c, const struct answer *a,
	    const void *rows, size_t i, struct cell *cells);
	const char *failed;	/* why, or NULL */
	bool more;
};
struct answer_wait *answer_waits(
    struct core *c, const struct session *s, struct answer *a);
void answer_refuse(struct core *c, struct session *s, struct answer *a,
    struct answer_wait *w);
struct answer *answer_back(struct answer_wait *w, struct session **s);
void answer_page(struct core *c, struct session *s, struct answer *a,
    const struct answer_page *p);
/* A call without rows, or with one that is ready. */
void answer_end(struct core *c, struct session *s, uint32_t id, int code,
    const char *fmt, ...) __attribute__((format(printf, 5, 6)));
void answer_row(struct core *c, struct session *s, uint32_t id,
    const struct cell *cells, unsigned n);

#endif
