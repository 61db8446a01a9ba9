/* SPDX-License-Identifier: ISC */
#include "server/child.h"

#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/proc.h"

#define WINDOW_US 60000000
#define PAUSE_MS 100	/* before an ordinary restart */
#define DEGRADED_MS 10000

static void
forget_old(struct child *c, struct mono now)
{
	unsigned i, kept = 0;

	for (i = 0; i < c->n_starts; i++)
		if (now.us - c->starts[i].us < WINDOW_US)
			c->starts[kept++] = c->starts[i];
	c->n_starts = kept;
}

/* In the child: become what it should be and execute it. */
static _Noreturn void
become(const struct child *c, char *const argv[], int fd)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_PDEATHSIG, 0);
	if (fd != 3 && dup2(fd, 3) < 0)
		_exit(127);
	fd_cloexec(3, false);
	proc_close_from(4);
	if (c->uid != 0 &&
	    (initgroups(c->user, c->gid) < 0 ||
		setresgid(c->gid, c->gid, c->gid) < 0 ||
		setresuid(c->uid, c->uid, c->uid) < 0)) {
		log_error("%s: cannot become its user: %s", c->name,
		    strerror(errno));
		_exit(127);
	}
	execv(argv[0], argv);
	log_error("%s: %s: %s", c->name, argv[0], strerror(errno));
	_exit(127);
}

pid_t
child_start(struct child *c, char *const argv[], int fd, struct mono now)
{
	pid_t pid;

	forget_old(c, now);
	if (c->n_starts == CHILD_STARTS)
		memmove(c->starts, c->starts + 1,
		    --c->n_starts * sizeof(c->starts[0]));
	c->starts[c->n_starts++] = now;
	pid = fork();
	if (pid == 0)
		become(c, argv, fd);
	if (pid < 0)
		log_error("%s: cannot fork: %s", c->name, strerror(errno));
	c->pid = pid > 0 ? pid : 0;
	return pid;
}

void
child_ended(struct child *c, unsigned most, struct mono now)
{
	c->pid = 0;
	forget_old(c, now);
	c->degraded = c->n_starts > most;
	c->not_before = mono_add(
	    now, (struct span){ c->degraded ? DEGRADED_MS : PAUSE_MS });
	if (c->n_starts == 1)
		c->not_before = now;
}

bool
child_settle(struct child *c, unsigned most, struct mono now)
{
	if (!c->degraded || c->pid == 0)
		return false;
	forget_old(c, now);
	c->degraded = c->n_starts > most;
	return !c->degraded;
}

unsigned
child_restarts(struct child *c, struct mono now)
{
	forget_old(c, now);
	return c->n_starts > 0 ? c->n_starts - 1 : 0;
}
