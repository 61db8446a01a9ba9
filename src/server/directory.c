/* SPDX-License-Identifier: ISC */
#include "server/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"

int
directory_make(const char *path, mode_t mode, const struct child *of,
    int follow, struct err *e)
{
	int fd, rc = 0;

	if (mkdir(path, mode) < 0 && errno != EEXIST)
		return err_sys(e, "%s", path);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC |
		(follow ? 0 : O_NOFOLLOW));
	if (fd < 0 ||
	    (of != NULL && of->uid != 0 &&
		fchown(fd, of->uid, of->gid) < 0) ||
	    fchmod(fd, mode) < 0)
		rc = err_sys(e, "%s", path);
	fd_close(&fd);
	return rc;
}

static void
give_file(int dir, const char *name, const struct child *of)
{
	int fd = openat(dir, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_nlink == 1 && st.st_uid != of->uid &&
	    fchown(fd, of->uid, of->gid) < 0)
		log_warn("%s is not given to %s: %s", name, of->name,
		    strerror(errno));
	fd_close(&fd);
}

void
directory_give_files(const char *path, const struct child *of)
{
	const struct dirent *one;
	DIR *d;
	int fd;

	if (of->uid == 0)	/* nobody has a user of its own */
		return;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	d = fd >= 0 ? fdopendir(fd) : NULL;
	if (d == NULL) {
		log_warn("%s: %s", path, strerror(errno));
		fd_close(&fd);
		return;
	}
	while ((one = readdir(d)) != NULL)
		give_file(dirfd(d), one->d_name, of);
	closedir(d);
}
