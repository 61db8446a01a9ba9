/* SPDX-License-Identifier: ISC */
/*
 * making.h - a thread that makes what takes long, so that the loop does not
 * wait: a project's directory, its plant, the difference and the tables for
 * it; and gets rid of what was before. One at a time.
 */
#ifndef SERVER_MAKING_H
#define SERVER_MAKING_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/difference.h"
#include "project/server.h"
#include "server/export.h"
#include "server/swap.h"

struct core_io;

enum making_what {
	MAKING_TAR,	/* a tar that was checked becomes projects/ID */
	MAKING_AGAIN,	/* projects/ID once more */
	MAKING_DIFFERENCE,	/* of projects/FROM and projects/ID; no swap */
	MAKING_EXPORT	/* projects/ID as a tar, with the edits */
};

struct making_id {
	char id[65];
};

struct making {
	/* asked; stands still while the thread runs */
	enum making_what what;
	const struct server_config *config;
	struct plant *now;	/* that runs */
	int tar;
	bool keep;		/* write the directory, not only look */
	char from[65], id[65];	/* id: of a tar it is found out; from: what
				 * it is compared with, "" nothing */
	VEC(struct making_id) known;	/* of all revisions, in their order */
	VEC(struct export_edit) edits;
	/* made */
	int rc;			/* -1 with e */
	bool names_lost;	/* a revision between cannot be read */
	struct err e;
	struct swap *swap;
	struct plant *then, *plant;	/* of MAKING_DIFFERENCE */
	struct difference *d;
	struct buf out, left;	/* of MAKING_EXPORT */
	/* private */
	pthread_t thread;
	bool runs;
	_Atomic bool done;
	void (*wake)(void *arg);
	void *arg;
};

void making_start(struct making *m, const struct core_io *io);
/* Has it come to its end since it was started? Once. */
bool making_ended(struct making *m);
/* Frees what is left, in the thread; it then counts as running again. */
void making_clear(struct making *m);
void making_fini(struct making *m);	/* waits for it */

/* The plant of projects/ID, with this server's addresses. -1 and why. */
int making_read(const struct server_config *k, const char *id,
    struct plant **plant, struct err *e);

#endif
