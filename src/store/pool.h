/* SPDX-License-Identifier: ISC */
/*
 * pool.h - a few threads that answer jobs, in the order in which they came.
 *
 * A job is a struct that begins with a struct pool_job and belongs to the
 * pool from pool_submit() to the end of run() or drop().
 */
#ifndef STORE_POOL_H
#define STORE_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

struct pool_job {
	STAILQ_ENTRY(pool_job) next;
};

struct pool_work {
	const char *name;	/* of the threads */
	int threads;
	size_t max;		/* jobs that may wait */
	size_t mine;		/* bytes of what each thread has for itself */
	/* mine is zeroed at first. False: the job has its turn again later. */
	bool (*run)(void *mine, struct pool_job *job);
	void (*drop)(struct pool_job *job);	/* the pool is stopping */
	void (*end)(void *mine);
};

struct pool;
struct pool *pool_start(const struct pool_work *work);
void pool_stop(struct pool *p);		/* drops what waits; NULL is fine */
/* False: too many wait; the job stays the caller's. */
bool pool_submit(struct pool *p, struct pool_job *job);

#endif
