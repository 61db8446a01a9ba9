/* SPDX-License-Identifier: ISC */
#include "store/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int
sync_by(int (*how)(int fd), const char *path, int flags, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags), rc;

	if (fd < 0)
		return err_sys(e, "%s", path);
	rc = how(fd) < 0 ? err_sys(e, "%s", path) : 0;
	close(fd);
	return rc;
}

int
tree_sync(const char *dir, struct err *e)
{
	return sync_by(syncfs, dir, O_DIRECTORY, e);
}

int
tree_sync_file(const char *path, struct err *e)
{
	return sync_by(fsync, path, 0, e);
}

/* NULL: it is no directory, or cannot be read. */
static DIR *
open_at(int at, const char *name)
{
	int fd = openat(at, name,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;

	if (d == NULL && fd >= 0)
		close(fd);
	return d;
}

static const char *
next(DIR *d)
{
	const struct dirent *one;

	while ((one = readdir(d)) != NULL)
		if (strcmp(one->d_name, ".") != 0 &&
		    strcmp(one->d_name, "..") != 0)
			return one->d_name;
	return NULL;
}

static void
remove_at(int at, const char *name)
{
	const char *one;
	DIR *d;

	if (unlinkat(at, name, 0) == 0 || (errno != EISDIR && errno != EPERM))
		return;
	d = open_at(at, name);
	while (d != NULL && (one = next(d)) != NULL)
		remove_at(dirfd(d), one);
	if (d != NULL)
		closedir(d);
	unlinkat(at, name, AT_REMOVEDIR);
}

void
tree_remove(const char *path)
{
	remove_at(AT_FDCWD, path);
}

int
tree_give(int at, const char *name, const struct stat *to, struct err *e)
{
	struct stat st;
	const char *one;
	DIR *d = NULL;
	int rc = 0;

	if (fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : err_sys(e, "%s", name);
	if (S_ISDIR(st.st_mode) && (d = open_at(at, name)) == NULL)
		return err_sys(e, "%s", name);
	while (d != NULL && rc == 0 && (one = next(d)) != NULL)
		rc = tree_give(dirfd(d), one, to, e);
	if (d != NULL)
		closedir(d);
	if (rc == 0 && fchownat(at, name, to->st_uid, to->st_gid,
			   AT_SYMLINK_NOFOLLOW) < 0)
		rc = err_sys(e, "%s", name);
	return rc;
}
