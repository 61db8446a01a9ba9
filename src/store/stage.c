/* SPDX-License-Identifier: ISC */
#include "store/stage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/tree.h"

/* Nothing in it, or nothing there. */
static int
expect_empty(const char *state, struct err *e)
{
	DIR *d = opendir(state);
	const struct dirent *one;
	bool empty = true;

	if (d == NULL)
		return errno == ENOENT ? 0 : err_sys(e, "%s", state);
	while (empty && (one = readdir(d)) != NULL)
		empty = strcmp(one->d_name, ".") == 0 ||
		    strcmp(one->d_name, "..") == 0;
	closedir(d);
	return empty ? 0
		     : err_set(e, "%s is not empty: a past is not mixed with "
		       "what is there", state);
}

char *
stage_path(const char *state)
{
	size_t len = strlen(state);

	while (len > 1 && state[len - 1] == '/')
		len--;
	return xasprintf("%.*s.past", (int)len, state);
}

char *
stage_begin(const char *state, struct err *e)
{
	char *stage;

	if (expect_empty(state, e) < 0)
		return NULL;
	stage = stage_path(state);
	tree_remove(stage);
	if (mkdir(stage, 0700) == 0)
		return stage;
	err_sys(e, "%s", stage);
	free(stage);
	return NULL;
}

static int
sync_parent(const char *path, struct err *e)
{
	char *copy = xstrdup(path);
	int rc = tree_sync(dirname(copy), e);

	free(copy);
	return rc;
}

int
stage_keep(const char *stage, const char *state, struct err *e)
{
	struct stat was;

	if (stat(state, &was) == 0 &&
	    (chmod(stage, was.st_mode & 07777) < 0 ||
		(geteuid() == 0 && tree_give(AT_FDCWD, stage, &was, e) < 0)))
		return err_sys(e, "%s", stage);
	if (tree_sync(stage, e) < 0)
		return -1;
	if (rename(stage, state) < 0)
		return err_sys(e, "%s: %s", stage, state);
	return sync_parent(stage, e) < 0 ? 1 : 0;
}
