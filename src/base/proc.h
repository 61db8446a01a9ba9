/* SPDX-License-Identifier: ISC */
/* proc.h - what every process of ours does to itself at its start. */
#ifndef BASE_PROC_H
#define BASE_PROC_H

#include <pthread.h>

/* Not traceable, no new privileges, SIGPIPE and SIGXFSZ ignored, umask 077. */
void proc_harden(void);
/* Closes every descriptor from first on. */
void proc_close_from(int first);
/* Starts a thread with a name (at most 15 bytes) and with all signals blocked:
 * they are the first thread's. Ends the process if it cannot. */
void proc_thread(
    pthread_t *thread, const char *name, void *(*run)(void *), void *arg);

#endif
