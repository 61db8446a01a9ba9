/* SPDX-License-Identifier: ISC */
#include "store/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "store/copy.h"
#include "store/dayfile.h"
#include "store/manifest.h"
#include "store/owner.h"
#include "store/tree.h"
#include "store/verify.h"

#define OWNER_MS 100
#define NEW "restore.new"

/* What a state consists of; the rest is made anew (locks, logs). */
static const char *const parts[] = { "record.db", "record.db-wal",
	"record.db-shm", "record.db-journal", "record.reserve", "history",
	"projects", "keys" };

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
		rc = copy_forget(to, j->e);
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

int
backup_make(const char *state, const char *dir, struct wall now,
    struct backup_result *r, struct err *e)
{
	struct job j = { .from = state, .to = dir, .result = r, .e = e };
	int rc;

	memset(r, 0, sizeof(*r));
	/* the record last: what it tells of the history is there */
	rc = begin_dir(dir, e) < 0 || copy_tree(&j, "keys") < 0 ||
		copy_tree(&j, "projects") < 0 || copy_tree(&j, "history") < 0 ||
		copy_one(&j, "record.db") < 0 || tree_sync(dir, e) < 0 ||
		manifest_write(&j.manifest, dir, now, e) < 0 ||
		tree_sync(dir, e) < 0
	    ? -1
	    : 0;
	manifest_fini(&j.manifest);
	return rc;
}

/* --- and back --- */

/* The lock that the parent of a server holds. */
static int
take_lock(const char *state, struct err *e)
{
	char *path = xasprintf("%s/lock", state);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		err_sys(e, "%s", path);
	else if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		err_set(e, "a server runs here: %s is held; stop it first",
		    path);
		fd_close(&fd);
	}
	free(path);
	return fd;
}

/* The directories of a path: history, projects/ID. */
static int
make_parents(const char *base, const char *path, struct err *e)
{
	char *dir = xstrdup(path), *s;
	int rc = 0;

	for (s = strchr(dir, '/'); s != NULL && rc == 0;
	     s = strchr(s + 1, '/')) {
		*s = '\0';
		rc = make_dir(base, dir, e);
		*s = '/';
	}
	free(dir);
	return rc;
}

static int
bring_one(struct job *j, const struct manifest_line *l)
{
	char *from = xasprintf("%s/%s", j->from, l->path);
	char *to = xasprintf("%s/%s", j->to, l->path), hex[DIGEST_HEX];
	int rc = make_parents(j->to, l->path, j->e);

	if (rc == 0)
		rc = copy_file(from, to, j->e);
	if (rc == 0)
		rc = copy_digest(to, hex, j->e);
	if (rc == 0 && strcmp(hex, l->digest) != 0)
		rc = err_set(j->e, "%s: changed while it was read", l->path);
	if (rc == 0 && strcmp(l->path, "record.db") == 0)
		rc = copy_forget(to, j->e);
	free(from);
	free(to);
	return rc == 0 ? count(j, l->path) : -1;
}

/* All of the backup beside the state, checked as what it will be. */
static int
bring_all(struct job *j, const char *state)
{
	struct record_proof proof;
	struct stat owner;
	size_t i;

	tree_remove(j->to);
	if (mkdir(j->to, 0700) < 0 || stat(state, &owner) < 0)
		return err_sys(j->e, "%s", j->to);
	for (i = 0; i < j->manifest.lines.n; i++)
		if (strcmp(j->manifest.lines.at[i].path, "BACKUP") != 0 &&
		    bring_one(j, &j->manifest.lines.at[i]) < 0)
			return -1;
	if (record_verify(j->to, &proof, j->e) < 0)
		return err_prefix(j->e, "record.db");
	if (geteuid() == 0 && tree_give(j->to, &owner, j->e) < 0)
		return -1;
	return tree_sync(j->to, j->e);
}

static int
move(const char *from, const char *to, const char *name, struct err *e)
{
	char *a = xasprintf("%s/%s", from, name);
	char *b = xasprintf("%s/%s", to, name);
	int rc = rename(a, b);

	if (rc < 0 && errno == ENOENT)
		rc = 0;
	else if (rc < 0)
		err_sys(e, "%s", a);
	free(a);
	free(b);
	return rc;
}

/* The former state aside, the new one in its place. */
static int
exchange(const char *new, const char *state, struct wall now,
    struct backup_result *r, struct err *e)
{
	time_t s = (time_t)(now.ms / 1000);
	char stamp[32];
	struct tm tm;
	size_t i;

	gmtime_r(&s, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &tm);
	snprintf(r->before, sizeof(r->before), "%s/before-%s", state, stamp);
	if (mkdir(r->before, 0700) < 0)
		return err_sys(e, "%s", r->before);
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (move(state, r->before, parts[i], e) < 0)
			return -1;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (move(new, state, parts[i], e) < 0)
			return err_prefix(e, "the former state is in %s",
			    r->before);
	if (rmdir(r->before) == 0)
		r->before[0] = '\0';	/* there was none */
	rmdir(new);
	return tree_sync(state, e);
}

static int
restore_locked(struct job *j, const char *state, struct wall now)
{
	char *new = xasprintf("%s/" NEW, state);
	int rc;

	j->to = new;
	rc = bring_all(j, state);
	if (rc == 0)
		rc = exchange(new, state, now, j->result, j->e);
	else
		tree_remove(new);
	free(new);
	return rc;
}

static bool
has_record(const struct manifest *m)
{
	size_t i;

	for (i = 0; i < m->lines.n; i++)
		if (strcmp(m->lines.at[i].path, "record.db") == 0)
			return true;
	return false;
}

int
backup_restore(const char *dir, const char *state, struct wall now,
    struct backup_result *r, struct err *e)
{
	struct job j = { .from = dir, .result = r, .e = e };
	int lock = -1, owner = -1, rc;

	memset(r, 0, sizeof(*r));
	rc = manifest_read(&j.manifest, dir, e);
	if (rc == 0 && !has_record(&j.manifest))
		rc = err_set(e, "MANIFEST: without record.db");
	if (rc == 0 && mkdir(state, 0700) < 0 && errno != EEXIST)
		rc = err_sys(e, "%s", state);
	if (rc == 0 && ((lock = take_lock(state, e)) < 0 ||
			   (owner = owner_take(state, OWNER_MS, e)) < 0))
		rc = -1;
	if (rc == 0)
		rc = restore_locked(&j, state, now);
	fd_close(&owner);
	fd_close(&lock);
	manifest_fini(&j.manifest);
	return rc;
}
