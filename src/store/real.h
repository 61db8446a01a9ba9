/* SPDX-License-Identifier: ISC */
/* real.h - the machine's monotonic clock: how long a disk takes is never
 * virtual, whatever clock_set() says. */
#ifndef STORE_REAL_H
#define STORE_REAL_H

#include <pthread.h>
#include <stdint.h>

int64_t real_ms(void);
void real_condition(pthread_cond_t *c);		/* initialises */
/* Until until (real_ms) or a signal; 0, or an error number at the end. */
int real_wait(pthread_cond_t *c, pthread_mutex_t *lock, int64_t until);

#endif
