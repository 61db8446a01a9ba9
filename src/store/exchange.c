/* SPDX-License-Identifier: ISC */
#include "store/exchange.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "store/owner.h"

#define READY "restore.ready"

const char *const exchange_parts[] = { "record.db", "record.db-wal",
	"record.db-shm", "record.db-journal", "record.reserve", "history",
	"projects", "keys", NULL };

struct exchange {
	int state, ready, before;	/* directories */
	char name[256];			/* before-TIME; "": it stands already */
	struct err *e;
};

static int
open_dir(int at, const char *path)
{
	return openat(at, path,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static bool
is_there(int dir, const char *name)
{
	struct stat st;

	return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

static int
sync_dirs(struct exchange *x)
{
	if (fsync(x->ready) < 0 || fsync(x->state) < 0 ||
	    (x->before >= 0 && fsync(x->before) < 0))
		return err_sys(x->e, READY);
	return 0;
}

/* What is not there has moved before, or never was. */
static int
move(struct exchange *x, int from, int to, const char *name)
{
	if (renameat(from, name, to, name) < 0 && errno != ENOENT)
		return err_sys(x->e, "%s", name);
	return 0;
}

static int
move_all(struct exchange *x, int from, int to)
{
	const char *const *part;

	for (part = exchange_parts; *part != NULL; part++)
		if (move(x, from, to, *part) < 0)
			return -1;
	return sync_dirs(x);
}

static void
find_before(struct exchange *x)
{
	DIR *d = fdopendir(open_dir(x->ready, "."));
	const struct dirent *one;

	while (d != NULL && (one = readdir(d)) != NULL)
		if (strncmp(one->d_name, EXCHANGE_BEFORE,
			strlen(EXCHANGE_BEFORE)) == 0)
			str_copy(x->name, one->d_name, sizeof(x->name));
	if (d != NULL)
		closedir(d);
	if (x->name[0] != '\0')
		x->before = open_dir(x->ready, x->name);
}

static int
put_aside(struct exchange *x)
{
	if (x->before < 0)
		return err_set(x->e, READY ": without " EXCHANGE_BEFORE "TIME");
	return move_all(x, x->state, x->before);
}

/* Its place is in the state, if anything stood there. */
static int
keep_before(struct exchange *x)
{
	if (x->name[0] == '\0' ||
	    unlinkat(x->ready, x->name, AT_REMOVEDIR) == 0)
		return 0;
	return move(x, x->ready, x->state, x->name);
}

static int
carry_out(struct exchange *x)
{
	find_before(x);
	if (is_there(x->ready, "record.db") &&
	    (put_aside(x) < 0 ||
		/* from here on, the new one is what stands there */
		move(x, x->ready, x->state, "record.db") < 0 ||
		sync_dirs(x) < 0))
		return -1;
	if (move_all(x, x->ready, x->state) < 0 || keep_before(x) < 0)
		return -1;
	if (unlinkat(x->state, READY, AT_REMOVEDIR) < 0)
		return err_sys(x->e, READY);
	return fsync(x->state) < 0 ? err_sys(x->e, READY) : 0;
}

int
exchange_decide(const char *state, struct err *e)
{
	int dir = open_dir(AT_FDCWD, state), rc = 0;

	if (dir < 0)
		return err_sys(e, "%s", state);
	if (renameat(dir, EXCHANGE_NEW, dir, READY) < 0 || fsync(dir) < 0)
		rc = err_sys(e, "%s/" EXCHANGE_NEW, state);
	close(dir);
	return rc;
}

bool
exchange_is_due(const char *state)
{
	char *path = xasprintf("%s/" READY, state);
	struct stat st;
	bool due = lstat(path, &st) == 0 || errno != ENOENT;

	free(path);
	return due;
}

int
exchange_expect_none(const char *state, struct err *e)
{
	if (!exchange_is_due(state))
		return 0;
	return err_set(e, "a restore was interrupted: it is finished when "
	    "sightglassd starts, or before the next restore");
}

int
exchange_finish(const char *state, int ms, struct err *e)
{
	struct exchange x = { .state = -1, .ready = -1, .before = -1, .e = e };
	int owner, rc = -1;

	if (!exchange_is_due(state))
		return 0;
	owner = owner_take(state, ms, e);
	if (owner < 0)
		return -1;
	x.state = open(state, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (x.state >= 0)
		x.ready = open_dir(x.state, READY);
	if (x.ready < 0)
		err_sys(e, "%s/" READY, state);
	else
		rc = carry_out(&x);
	fd_close(&x.before);
	fd_close(&x.ready);
	fd_close(&x.state);
	fd_close(&owner);
	return rc;
}
