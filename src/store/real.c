/* SPDX-License-Identifier: ISC */
#include "store/real.h"

#include <time.h>

int64_t
real_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void
real_condition(pthread_cond_t *c)
{
	pthread_condattr_t a;

	pthread_condattr_init(&a);
	pthread_condattr_setclock(&a, CLOCK_MONOTONIC);
	pthread_cond_init(c, &a);
	pthread_condattr_destroy(&a);
}

int
real_wait(pthread_cond_t *c, pthread_mutex_t *lock, int64_t until)
{
	struct timespec ts = { .tv_sec = until / 1000,
		.tv_nsec = until % 1000 * 1000000 };

	return pthread_cond_timedwait(c, lock, &ts);
}
