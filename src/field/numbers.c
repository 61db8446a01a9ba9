/* SPDX-License-Identifier: ISC */
#include "field/numbers.h"

#include <pthread.h>

#include "base/vec.h"

struct numbers {
	pthread_mutex_t mutex;
	VEC(uint32_t) free;
	uint32_t next;
};

struct numbers *
numbers_new(void)
{
	struct numbers *n = xcalloc(1, sizeof(*n));

	pthread_mutex_init(&n->mutex, NULL);
	return n;
}

void
numbers_free(struct numbers *n)
{
	vec_free(&n->free);
	pthread_mutex_destroy(&n->mutex);
	free(n);
}

uint32_t
numbers_take(struct numbers *n)
{
	uint32_t number;

	pthread_mutex_lock(&n->mutex);
	number = n->free.n > 0 ? n->free.at[--n->free.n] : n->next++;
	pthread_mutex_unlock(&n->mutex);
	return number;
}

void
numbers_give(struct numbers *n, uint32_t number)
{
	pthread_mutex_lock(&n->mutex);
	vec_push(&n->free, number);
	pthread_mutex_unlock(&n->mutex);
}
