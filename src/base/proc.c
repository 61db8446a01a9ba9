/* SPDX-License-Identifier: ISC */
#include "base/proc.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

void
proc_harden(void)
{
	umask(077);
	signal(SIGPIPE, SIG_IGN);
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
