/* SPDX-License-Identifier: ISC */
#include "store/restore.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "store/copy.h"
#include "store/exchange.h"
#include "store/manifest.h"
#include "store/owner.h"
#include "store/restored.h"
#include "store/tree.h"
#include "store/verify.h"

#define OWNER_MS 100
#define SPARE (16 << 20)	/* bytes that must be left to the server */

struct job {
	const struct restore *o;
	struct restore_result *r;
	struct err *e;
	struct manifest manifest;
	char *part;		/* where the copy is made */
};

static char *
in_state(const struct job *j, const char *name)
{
	return xasprintf("%s/%s", j->o->state, name);
}

/* Parts are renamed: they must not be file systems of their own. */
static int
expect_one_file_system(struct job *j)
{
	const char *const *part;
	struct stat all, st;
	char *path;
	int rc;

	if (stat(j->o->state, &all) < 0)
		return err_sys(j->e, "%s", j->o->state);
	for (part = exchange_parts; *part != NULL; part++) {
		path = in_state(j, *part);
		rc = lstat(path, &st);
		free(path);
		if (rc == 0 && (st.st_dev != all.st_dev ||
				   S_ISLNK(st.st_mode)))
			return err_set(j->e, "%s/%s is a link or a file system "
			    "of its own: it cannot be exchanged", j->o->state,
			    *part);
	}
	return 0;
}

/* Both states stand there for a while. */
static int
expect_room(struct job *j)
{
	struct statvfs fs;
	uint64_t free, need = (uint64_t)j->manifest.bytes + SPARE;

	if (statvfs(j->o->state, &fs) < 0)
		return err_sys(j->e, "%s", j->o->state);
	free = (uint64_t)fs.f_bavail * fs.f_frsize;
	if (free >= need)
		return 0;
	return err_set(j->e, "not enough room at %s: %llu MB are needed beside "
	    "the present state, %llu MB are free", j->o->state,
	    (unsigned long long)(need >> 20), (unsigned long long)(free >> 20));
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

/* A plant that has a name is not replaced by another one unasked. */
static int
expect_same_plant(struct job *j)
{
	char here[256], there[256];

	if (record_setting(j->o->dir, "plant", there, sizeof(there), j->e) < 0)
		return err_prefix(j->e, "record.db");
	/* a record that cannot be read is a reason to be here */
	if (record_setting(j->o->state, "plant", here, sizeof(here),
		NULL) < 0 || *here == '\0' ||
	    *there == '\0' || strcmp(here, there) == 0 || j->o->other_plant)
		return 0;
	return err_set(j->e, "the backup is of the plant \"%s\", this is "
	    "\"%s\"; --other-plant if it is meant so", there, here);
}

static int
read_backup(struct job *j)
{
	if (manifest_read(&j->manifest, j->o->dir, j->e) < 0)
		return -1;
	if (!has_record(&j->manifest))
		return err_set(j->e, "MANIFEST: without record.db");
	if (expect_room(j) < 0 ||
	    manifest_check(&j->manifest, j->o->dir, j->e) < 0)
		return -1;
	return expect_same_plant(j);
}

/* --- the copy --- */

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

/* What lies there now is what was checked. */
static int
check_copy(struct job *j, const struct manifest_line *l)
{
	char hex[DIGEST_HEX];
	int fd = copy_open(j->part, l->path, j->e), rc;

	if (fd < 0)
		return -1;
	rc = copy_digest(fd, l->path, hex, j->e);
	close(fd);
	if (rc == 0 && strcmp(hex, l->digest) != 0)
		return err_set(j->e, "%s: changed while it was read", l->path);
	return rc;
}

static int
bring_one(struct job *j, const struct manifest_line *l)
{
	char *to = xasprintf("%s/%s", j->part, l->path);
	int in = copy_open(j->o->dir, l->path, j->e), rc = -1;

	if (in >= 0 && make_parents(j->part, l->path, j->e) == 0)
		rc = copy_bytes(in, l->path, to, j->e);
	fd_close(&in);
	free(to);
	if (rc == 0)
		rc = check_copy(j, l);
	j->r->files++;
	return rc;
}

static int
bring_files(struct job *j)
{
	size_t i;

	for (i = 0; i < j->manifest.lines.n; i++)
		if (strcmp(j->manifest.lines.at[i].path, "BACKUP") != 0 &&
		    bring_one(j, &j->manifest.lines.at[i]) < 0)
			return -1;
	j->r->bytes = j->manifest.bytes;
	return 0;
}

/* before-TIME, which no other has: empty, for the former state. */
static int
make_before(struct job *j)
{
	time_t s = (time_t)(j->o->now.ms / 1000);
	char stamp[32], name[64];
	struct stat st;
	struct tm tm;
	unsigned n = 1;

	gmtime_r(&s, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &tm);
	snprintf(name, sizeof(name), EXCHANGE_BEFORE "%s", stamp);
	do {
		snprintf(j->r->before, sizeof(j->r->before), "%s/%s",
		    j->o->state, name);
		if (lstat(j->r->before, &st) < 0)
			break;
		snprintf(name, sizeof(name), EXCHANGE_BEFORE "%s-%u", stamp,
		    ++n);
	} while (n < 1000);
	return make_dir(j->part, name, j->e);
}

/* What the server is to say of it (restored.h). */
static int
sign(struct job *j)
{
	struct restored about = { 0 };
	char *record = xasprintf("%s/record.db", j->part);
	char text[RESTORED_TEXT];
	int rc;

	str_copy(about.before, strrchr(j->r->before, '/') + 1,
	    sizeof(about.before));
	str_copy(about.digest, j->manifest.digest, sizeof(about.digest));
	str_copy(about.made, j->manifest.made, sizeof(about.made));
	str_copy(about.by, j->o->by, sizeof(about.by));
	str_copy(about.from, j->o->dir, sizeof(about.from));
	rc = copy_forget(record, restored_print(&about, text), j->e);
	free(record);
	return rc;
}

/* Each part to whom it belongs now, and what is in at last of all. */
static int
give_parts(struct job *j, int part, const struct stat *all)
{
	const char *const *name;
	struct stat st;
	char *now;
	int rc;

	for (name = exchange_parts; *name != NULL; name++) {
		now = in_state(j, *name);
		rc = lstat(now, &st);
		free(now);
		if (tree_give(part, *name, rc == 0 ? &st : all, j->e) < 0)
			return -1;
	}
	if (tree_give(part, strrchr(j->r->before, '/') + 1, all, j->e) < 0)
		return -1;
	return fchown(part, all->st_uid, all->st_gid) < 0
	    ? err_sys(j->e, "%s", j->part)
	    : 0;
}

/* Root brings what is somebody else's. */
static int
give(struct job *j)
{
	struct stat all;
	int part, rc = -1;

	if (geteuid() != 0)
		return 0;
	part = open(j->part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (part < 0 || stat(j->o->state, &all) < 0)
		err_sys(j->e, "%s", j->o->state);
	else
		rc = give_parts(j, part, &all);
	fd_close(&part);
	return rc;
}

static void
on_check(void *err, const struct verify_row *row)
{
	if (row->wrong != NULL)
		err_set(err, "%s: %s", row->part, row->wrong);
}

static int
prove(struct job *j)
{
	struct record_proof proof;

	if (record_verify(j->part, &proof, j->e) < 0)
		return err_prefix(j->e, "record.db");
	return history_verify(j->part, on_check, j->e) > 0 ? -1 : 0;
}

/* All of the backup beside the state, proved as what it will be. */
static int
make_copy(struct job *j)
{
	if (mkdir(j->part, 0700) < 0)
		return err_sys(j->e, "%s", j->part);
	if (bring_files(j) < 0 || make_dir(j->part, "history", j->e) < 0 ||
	    make_dir(j->part, "projects", j->e) < 0 ||
	    make_dir(j->part, "keys", j->e) < 0 || make_before(j) < 0 ||
	    sign(j) < 0 || prove(j) < 0)
		return -1;
	if (give(j) < 0 ||
	    (j->o->project != NULL && j->o->project(j->part, j->e) < 0))
		return -1;
	return tree_sync(j->part, j->e);
}

/* It becomes restore.new in one step. One that nobody wanted is renamed
 * before it is removed: what a core decides on meanwhile is whole. */
static int
offer(struct job *j)
{
	char *new = in_state(j, EXCHANGE_NEW), *old = in_state(j, EXCHANGE_OLD);
	int rc;

	rc = (rename(new, old) < 0 && errno != ENOENT) ||
		rename(j->part, new) < 0
	    ? err_sys(j->e, "%s", new)
	    : tree_sync(j->o->state, j->e);
	tree_remove(old);
	free(new);
	free(old);
	return rc;
}

/* One at a time; the directory itself is what is locked. */
static int
lock_state(const char *state, struct err *e)
{
	int fd = open(state, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return err_sys(e, "%s", state);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	close(fd);
	return err_set(e, "another restore is under way at %s", state);
}

/* What an interrupted one left takes room. */
static void
clear(struct job *j)
{
	char *old = in_state(j, EXCHANGE_OLD);

	tree_remove(old);
	tree_remove(j->part);
	free(old);
}

int
restore_stage(
    const struct restore *o, struct restore_result *r, struct err *e)
{
	struct job j = { .o = o, .r = r, .e = e };
	int lock, rc;

	memset(r, 0, sizeof(*r));
	lock = lock_state(o->state, e);
	if (lock < 0)
		return -1;
	j.part = in_state(&j, EXCHANGE_PART);
	clear(&j);
	rc = exchange_is_due(o->state)
	    ? err_set(e, "an earlier restore is not finished")
	    : 0;
	if (rc == 0)
		rc = expect_one_file_system(&j) < 0 || read_backup(&j) < 0 ||
			make_copy(&j) < 0 || offer(&j) < 0
		    ? -1
		    : 0;
	str_copy(r->digest, j.manifest.digest, sizeof(r->digest));
	if (rc < 0)
		tree_remove(j.part);
	free(j.part);
	manifest_fini(&j.manifest);
	close(lock);
	return rc;
}

void
restore_drop(const char *state, const char *before)
{
	char *new = xasprintf("%s/" EXCHANGE_NEW, state);
	char *old = xasprintf("%s/" EXCHANGE_OLD, state);
	char *ours = xasprintf("%s/%s", new, before);
	struct stat st;
	struct err e;
	int lock = lock_state(state, &e);

	/* a core that decides on it meanwhile has it wholly, or not at all */
	if (lock >= 0 && lstat(ours, &st) == 0 && rename(new, old) == 0)
		tree_remove(old);
	fd_close(&lock);
	free(ours);
	free(old);
	free(new);
}

/* --- while no server runs --- */

/* The lock that the parent of a server holds. */
static int
take_lock(const char *state, struct err *e)
{
	char *path = xasprintf("%s/lock", state);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		err_sys(e, "%s", path);
	else if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		err_set(e, "a server runs here: %s is held; without --data it "
		    "is restored while it runs", path);
		fd_close(&fd);
	}
	free(path);
	return fd;
}

/* On a machine that had none, it is the service's, if there is one. */
static int
make_state(const char *state, struct err *e)
{
	const struct passwd *pw;

	if (mkdir(state, 0700) < 0)
		return errno == EEXIST ? 0 : err_sys(e, "%s", state);
	pw = geteuid() == 0 ? getpwnam("sightglass") : NULL;
	if (pw != NULL && chown(state, pw->pw_uid, pw->pw_gid) < 0)
		return err_sys(e, "%s", state);
	return 0;
}

static int
restore_locked(
    const struct restore *o, struct restore_result *r, struct err *e)
{
	struct stat st;

	/* one that was interrupted comes to its end first */
	if (exchange_finish(o->state, OWNER_MS, e) < 0 ||
	    restore_stage(o, r, e) < 0 || exchange_decide(o->state, e) < 0)
		return -1;
	r->decided = true;
	if (exchange_finish(o->state, OWNER_MS, e) < 0)
		return -1;
	if (stat(r->before, &st) < 0)
		r->before[0] = '\0';	/* there was none */
	return 0;
}

int
restore_stopped(
    const struct restore *o, struct restore_result *r, struct err *e)
{
	struct manifest m = { 0 };
	int lock, owner, rc;

	memset(r, 0, sizeof(*r));
	rc = manifest_read(&m, o->dir, e);	/* before anything is made */
	manifest_fini(&m);
	if (rc < 0 || make_state(o->state, e) < 0)
		return -1;
	lock = take_lock(o->state, e);
	if (lock < 0)
		return -1;
	/* a core may be left over from a parent that was killed */
	owner = owner_take(o->state, OWNER_MS, e);
	rc = owner < 0 ? -1 : 0;
	fd_close(&owner);
	if (rc == 0)
		rc = restore_locked(o, r, e);
	fd_close(&lock);
	return rc;
}
