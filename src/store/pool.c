/* SPDX-License-Identifier: ISC */
#include "store/pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/proc.h"

#define THREADS_MAX 4

struct pool {
	const struct pool_work *work;
	pthread_mutex_t lock;
	pthread_cond_t some;
	STAILQ_HEAD(, pool_job) jobs;
	size_t waiting;
	bool stop;
	int n;
	pthread_t threads[THREADS_MAX];
};

/* The next job, or NULL when it is time to end. */
static struct pool_job *
next_job(struct pool *p)
{
	struct pool_job *job;

	pthread_mutex_lock(&p->lock);
	while (STAILQ_EMPTY(&p->jobs) && !p->stop)
		pthread_cond_wait(&p->some, &p->lock);
	job = p->stop ? NULL : STAILQ_FIRST(&p->jobs);
	if (job != NULL) {
		STAILQ_REMOVE_HEAD(&p->jobs, next);
		p->waiting--;
	}
	pthread_mutex_unlock(&p->lock);
	return job;
}

static void
put_back(struct pool *p, struct pool_job *job)
{
	pthread_mutex_lock(&p->lock);
	STAILQ_INSERT_TAIL(&p->jobs, job, next);
	p->waiting++;
	pthread_mutex_unlock(&p->lock);
}

static void *
pool_main(void *pool)
{
	struct pool *p = pool;
	void *mine = xcalloc(1, p->work->mine);
	struct pool_job *job;

	while ((job = next_job(p)) != NULL)
		if (!p->work->run(mine, job))
			put_back(p, job);
	p->work->end(mine);
	free(mine);
	return NULL;
}

struct pool *
pool_start(const struct pool_work *work)
{
	struct pool *p = xcalloc(1, sizeof(*p));

	p->work = work;
	STAILQ_INIT(&p->jobs);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->some, NULL);
	for (; p->n < work->threads; p->n++)
		proc_thread(&p->threads[p->n], work->name, pool_main, p);
	return p;
}

void
pool_stop(struct pool *p)
{
	struct pool_job *job;
	int i;

	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_broadcast(&p->some);
	pthread_mutex_unlock(&p->lock);
	for (i = 0; i < p->n; i++)
		pthread_join(p->threads[i], NULL);
	while ((job = STAILQ_FIRST(&p->jobs)) != NULL) {
		STAILQ_REMOVE_HEAD(&p->jobs, next);
		p->work->drop(job);
	}
	pthread_cond_destroy(&p->some);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

bool
pool_submit(struct pool *p, struct pool_job *job)
{
	bool room;

	pthread_mutex_lock(&p->lock);
	room = p->waiting < p->work->max;
	if (room) {
		STAILQ_INSERT_TAIL(&p->jobs, job, next);
		p->waiting++;
		pthread_cond_signal(&p->some);
	}
	pthread_mutex_unlock(&p->lock);
	return room;
}
