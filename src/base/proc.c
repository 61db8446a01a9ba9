/* SPDX-License-Identifier: ISC */
#include "base/proc.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

void
proc_harden(void)
{
	umask(077);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);	/* a limit of files is as a full disk */
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#ifndef SG_SANITIZE		/* the leak checker must trace us */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

void
proc_close_from(int first)
{
	close_range((unsigned)first, ~0U, 0);
}

void
proc_thread(
    pthread_t *thread, const char *name, void *(*run)(void *), void *arg)
{
	sigset_t all, before;
	int rc;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(thread, NULL, run, arg);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (rc != 0)
		fatal("thread %s: %s", name, strerror(rc));
	pthread_setname_np(*thread, name);
}
