/* SPDX-License-Identifier: ISC */
#include "store/backup.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "store/copy.h"
#include "store/dayfile.h"
#include "store/exchange.h"
#include "store/manifest.h"
#include "store/tree.h"

struct job {
	const char *from, *to;
	struct manifest manifest;
	struct backup_result *result;
	struct err *e;
};

static int
count(struct job *j, const char *path)
{
	char *full = xasprintf("%s/%s", j->to, path);
	struct stat st;

	if (stat(full, &st) == 0)
		j->result->bytes += st.st_size;
	j->result->files++;
	free(full);
	return 0;
}

static bool
is_database(const char *path)
{
	return strcmp(path, "record.db") == 0 ||
	    (strncmp(path, "history/", 8) == 0 && day_parse(path + 8) >= 0);
}

static int
copy_one(struct job *j, const char *path)
{
	char *from = xasprintf("%s/%s", j->from, path);
	char *to = xasprintf("%s/%s", j->to, path);
	int rc = is_database(path) ? copy_database(from, to, j->e)
				   : copy_file(from, to, j->e);

	if (rc == 0 && strcmp(path, "record.db") == 0)
		rc = copy_forget(to, NULL, j->e);
	if (rc == 0)
		rc = manifest_add(&j->manifest, j->to, path, j->e);
	free(from);
	free(to);
	return rc == 0 ? count(j, path) : -1;
}

static int
make_dir(const char *base, const char *path, struct err *e)
{
	char *full = xasprintf("%s/%s", base, path);
	int rc = mkdir(full, 0700);

	if (rc < 0 && errno != EEXIST)
		err_sys(e, "%s", full);
	else
		rc = 0;
	free(full);
	return rc;
}

static int copy_tree(struct job *j, const char *path);

/* Files and directories; of the history days alone, not their logs. */
static int
copy_entry(struct job *j, const char *path)
{
	char *from = xasprintf("%s/%s", j->from, path);
	bool history = strncmp(path, "history/", 8) == 0;
	struct stat st;
	int rc = lstat(from, &st);

	free(from);
	if (rc < 0 && errno == ENOENT)
		return 0;	/* a day that was too old just now */
	if (rc < 0)
		return err_sys(j->e, "%s", path);
	if (S_ISDIR(st.st_mode))
		return copy_tree(j, path);
	if (!S_ISREG(st.st_mode) || (history && !is_database(path)))
		return 0;
	return copy_one(j, path);
}

static int
copy_tree(struct job *j, const char *path)
{
	char *full = xasprintf("%s/%s", j->from, path), *one;
	struct dirent **all;
	int i, n = scandir(full, &all, NULL, alphasort), rc = 0;

	free(full);
	if (n < 0)
		return errno == ENOENT ? 0 : err_sys(j->e, "%s", path);
	rc = make_dir(j->to, path, j->e);
	for (i = 0; i < n; i++) {
		one = xasprintf("%s/%s", path, all[i]->d_name);
		if (rc == 0 && strcmp(all[i]->d_name, ".") != 0 &&
		    strcmp(all[i]->d_name, "..") != 0)
			rc = copy_entry(j, one);
		free(one);
		free(all[i]);
	}
	free(all);
	return rc;
}

/* New, or empty. */
static int
begin_dir(const char *dir, struct err *e)
{
	struct dirent **all;
	int n, i;

	if (mkdir(dir, 0700) == 0)
		return 0;
	if (errno != EEXIST)
		return err_sys(e, "%s", dir);
	n = scandir(dir, &all, NULL, NULL);
	for (i = 0; i < n; i++)
		free(all[i]);
	if (n >= 0)
		free(all);
	if (n < 0)
		return err_sys(e, "%s", dir);
	return n == 2 ? 0 : err_set(e, "%s is not empty", dir);
}

/* Which record it is: the same at the end, or another state was copied. */
static int
look_at_record(const char *state, struct stat *st, struct err *e)
{
	char *path = xasprintf("%s/record.db", state);
	int rc = stat(path, st) < 0 ? err_sys(e, "%s", path) : 0;

	free(path);
	return rc < 0 ? rc : exchange_expect_none(state, e);
}

static int
expect_same_state(const char *state, const struct stat *first, struct err *e)
{
	struct stat now;

	if (look_at_record(state, &now, e) < 0)
		return -1;
	if (now.st_dev == first->st_dev && now.st_ino == first->st_ino)
		return 0;
	return err_set(e, "another state was restored at %s meanwhile", state);
}

int
backup_make(const char *state, const char *dir, struct wall now,
    struct backup_result *r, struct err *e)
{
	struct job j = { .from = state, .to = dir, .result = r, .e = e };
	struct stat first;
	int rc;

	memset(r, 0, sizeof(*r));
	/* the record last: what it tells of the history is there */
	rc = look_at_record(state, &first, e) < 0 ||
		begin_dir(dir, e) < 0 || copy_tree(&j, "keys") < 0 ||
		copy_tree(&j, "projects") < 0 || copy_tree(&j, "history") < 0 ||
		copy_one(&j, "record.db") < 0 ||
		expect_same_state(state, &first, e) < 0 || tree_sync(dir, e) < 0 ||
		manifest_write(&j.manifest, dir, now, e) < 0 ||
		tree_sync(dir, e) < 0
	    ? -1
	    : 0;
	manifest_fini(&j.manifest);
	return rc;
}
