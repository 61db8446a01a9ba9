/* SPDX-License-Identifier: ISC */
#include "store/owner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "store/inside.h"

#define PACE 10000000		/* ns between two attempts */

static int
write_pid(int fd)
{
	char pid[16];
	int n = snprintf(pid, sizeof(pid), "%d\n", (int)getpid());

	return ftruncate(fd, 0) == 0 && pwrite(fd, pid, (size_t)n, 0) == n
	    ? 0 : -1;
}

/* Root makes it for the server's user, whose directory this is. */
static void
give(int fd, const char *dir)
{
	struct stat st;

	if (geteuid() == 0 && stat(dir, &st) == 0 &&
	    fchown(fd, st.st_uid, st.st_gid) < 0)
		return;		/* the server says so when it cannot open it */
}

static int
refuse(int fd, struct err *e)
{
	char pid[16];
	ssize_t n = pread(fd, pid, sizeof(pid) - 1, 0);

	pid[n > 0 ? n : 0] = '\0';
	return err_set(e, "the record is still open in process %d", atoi(pid));
}

int
owner_take(const char *dir, int ms, struct err *e)
{
	struct timespec pace = { .tv_nsec = PACE };
	int64_t until = real_ms() + ms;
	char *path = xasprintf("%s/record.lock", dir);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	free(path);
	if (fd == -1)
		return err_sys(e, "record.lock");
	give(fd, dir);
	while (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			err_sys(e, "record.lock");
		else if (real_ms() >= until)
			refuse(fd, e);
		else {
			nanosleep(&pace, NULL);
			continue;
		}
		fd_close(&fd);
		return -1;
	}
	/* a full disk is no reason to fail: the number is for people */
	(void)write_pid(fd);
	return fd;
}
