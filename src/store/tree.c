/* SPDX-License-Identifier: ISC */
#include "store/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

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

void
tree_remove(const char *path)
{
	struct dirent **all;
	char *one;
	int i, n;

	if (unlink(path) == 0 || (errno != EISDIR && errno != EPERM))
		return;
	n = scandir(path, &all, NULL, NULL);
	for (i = 0; i < n; i++) {
		one = xasprintf("%s/%s", path, all[i]->d_name);
		if (strcmp(all[i]->d_name, ".") != 0 &&
		    strcmp(all[i]->d_name, "..") != 0)
			tree_remove(one);
		free(one);
		free(all[i]);
	}
	if (n >= 0)
		free(all);
	rmdir(path);
}

int
tree_give(const char *path, const struct stat *to, struct err *e)
{
	struct dirent **all;
	char *one;
	int i, n, rc = lchown(path, to->st_uid, to->st_gid);

	if (rc < 0)
		return err_sys(e, "%s", path);
	n = scandir(path, &all, NULL, NULL);
	for (i = 0; i < n; i++) {
		one = xasprintf("%s/%s", path, all[i]->d_name);
		if (rc == 0 && strcmp(all[i]->d_name, ".") != 0 &&
		    strcmp(all[i]->d_name, "..") != 0)
			rc = tree_give(one, to, e);
		free(one);
		free(all[i]);
	}
	if (n >= 0)
		free(all);
	return rc;
}
