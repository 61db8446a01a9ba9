/* SPDX-License-Identifier: ISC */
#include "scenario/world.h"

#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "server/auth.h"

#define NOON 1795348800000	/* 2026-11-22T12:00:00Z */
#define SOON 10000		/* ms of real time that a commit may take */

static const char *const files[] = { "record.db", "record.db-wal",
	"record.reserve" };

void
world_fail(struct world *w, const char *fmt, ...)
{
	va_list ap;

	w->failures++;
	printf("# %s:%u: ", w->file, w->line);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

static void
set_clock(struct world *w)
{
	clock_set((struct mono){ (1000000 + w->at_ms) * 1000 },
	    (struct wall){ w->began.ms + w->at_ms });
}

static void
watch(void *arg, int fd)
{
	struct world *w = arg;

	vec_push(&w->fds, fd);
}

static void
forget(void *arg, int fd)
{
	struct world *w = arg;
	size_t i;

	for (i = 0; i < w->fds.n; i++)
		if (w->fds.at[i] == fd)
			w->fds.at[i--] = w->fds.at[--w->fds.n];
}

/* world_settle() asks anyway. */
static void
wake(void *arg)
{
	(void)arg;
}

static void
done(void *arg, uint64_t upto)
{
	(void)arg;
	(void)upto;
}

static void
start_core(struct world *w)
{
	struct core_io io = { w, watch, forget, wake };
	struct err e = { "" };
	char path[96];

	w->core = core_new(&w->config, &io, &e);
	if (w->core == NULL) {
		printf("Bail out! %s: no core: %s\n", w->file, e.text);
		exit(1);
	}
	snprintf(path, sizeof(path), "%s/core.sock", w->dir);
	unlink(path);
	core_path(w->core, fd_listen_unix(path, 0600, &e));
	people_meet(w);
}

static void
stop_core(struct world *w)
{
	people_leave(w);
	plc_stop(w);
	core_free(w->core);
	w->core = NULL;
	vec_clear(&w->fds);
}

/* The plant as if it had been applied, before the first start. */
static void
install(struct world *w, const char *plant)
{
	struct err e = { "" };
	char path[4096];
	struct record *r;
	struct record_batch *b;

	snprintf(path, sizeof(path), "%s/projects", w->dir);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/projects/scenario", w->dir);
	if (symlink(plant, path) < 0)
		perror(path);
	r = record_open(w->dir, &e);
	if (r == NULL) {
		printf("Bail out! %s\n", e.text);
		exit(1);
	}
	record_start(r, done, NULL);
	b = record_batch_new(r);
	record_put_setting(b, "revision", "1");
	record_put_setting(b, "revision 1", "scenario 1795348800000 emma");
	people_enroll(b);
	record_wait(r, record_submit(r, b, clock_mono()), SOON);
	record_close(r, &e);
}

static void
read_project(struct world *w, const char *plant)
{
	struct report problems;
	struct err e = { "" };

	report_init(&problems);
	if (project_files_read(&w->project, plant, &problems, &e) < 0) {
		printf("Bail out! %s\n", e.text);
		exit(1);
	}
	report_fini(&problems);
}

void
world_init(struct world *w, const char *file, const char *plant)
{
	const char *tmp = getenv("TMPDIR");

	memset(w, 0, sizeof(*w));
	w->file = file;
	w->began.ms = NOON;
	snprintf(w->dir, sizeof(w->dir), "%s/sg-scenario-XXXXXX",
	    tmp != NULL && strlen(tmp) < 40 ? tmp : "/tmp");
	if (mkdtemp(w->dir) == NULL) {
		perror(w->dir);
		exit(1);
	}
	server_config_init(&w->config);
	w->config.state = w->dir;
	set_clock(w);
	plc_init(w);
	people_init(w);
	install(w, plant);
	read_project(w, plant);
	start_core(w);
	plc_start(w);
	world_settle(w);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *f)
{
	(void)st;
	(void)type;
	(void)f;
	return remove(path);
}

void
world_fini(struct world *w)
{
	world_hold_disk(w, false);
	stop_core(w);
	people_fini(w);
	plc_fini(w);
	project_files_fini(&w->project);
	vec_free(&w->fds);
	vec_free(&w->seen);
	server_config_fini(&w->config);
	nftw(w->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* One round of reading; true if there was something. */
static bool
read_some(struct world *w)
{
	struct pollfd ready[64];
	nfds_t i, n = w->fds.n < 64 ? w->fds.n : 64;

	for (i = 0; i < n; i++)
		ready[i] = (struct pollfd){ w->fds.at[i], POLLIN, 0 };
	if (poll(ready, n, 0) <= 0)
		return false;
	for (i = 0; i < n; i++)
		if (ready[i].revents != 0)
			core_readable(w->core, ready[i].fd);
	return true;
}

/* A safe command's row goes to the reserve while the disk is held (P3). */
static bool
await_reserve(struct world *w)
{
	const struct commit *m = &w->core->commit;
	bool any = false;
	size_t i;
	int ms;

	for (i = 0; i < m->waiters.n; i++) {
		if (!m->waiters.at[i].safe || m->waiters.at[i].number == 0)
			continue;
		for (ms = 0; ms < SOON; ms++) {
			if (record_is_safe(
				w->core->record, m->waiters.at[i].number))
				break;
			usleep(1000);
		}
		any = ms < SOON;
		if (!any)
			world_fail(w, "the reserve takes no row");
	}
	return any;
}

/* The record thread has nothing left, and the core knows it. */
static bool
await_idle(struct world *w)
{
	int ms;

	for (ms = 0; ms < SOON; ms++) {
		if (record_behind(w->core->record).us == MONO_NEVER.us)
			return w->core->commit.behind.us != MONO_NEVER.us;
		usleep(1000);
	}
	world_fail(w, "the record does not commit");
	return false;
}

/* A project is checked by a process and made by a thread, in real time. */
static bool
await_project(struct world *w)
{
	const struct intake *in = &w->core->intake;
	int ms;

	if (in->step != INTAKE_CHECKING && in->step != INTAKE_MAKING &&
	    in->step != INTAKE_CLEARING)
		return false;
	for (ms = 0; ms < SOON; ms++) {
		if (in->step == INTAKE_CHECKING && read_some(w))
			return true;
		if (in->step != INTAKE_CHECKING &&
		    atomic_load(&in->making.done))
			return true;
		usleep(1000);
	}
	world_fail(w, "the project is not ready");
	return false;
}

/* Commits that somebody waits for. */
static bool
await_commits(struct world *w)
{
	const struct commit *m = &w->core->commit;
	uint64_t last = 0;
	size_t i;

	for (i = 0; i < m->waiters.n; i++)
		if (m->waiters.at[i].number > last)
			last = m->waiters.at[i].number;
	if (w->disk != NULL)
		return await_reserve(w);
	if (last <= record_committed(w->core->record))
		return last != 0 || await_idle(w);
	if (!record_wait(w->core->record, last, SOON)) {
		world_fail(w, "the record does not commit");
		return false;
	}
	return true;
}

/* A password that the auth thread looks at; those that wait, wait. */
static bool
await_passwords(struct world *w)
{
	const struct attempt *a;

	TAILQ_FOREACH(a, &w->core->passwords.list, next)
		if (a->begun)
			break;
	if (a == NULL)
		return false;
	if (!auth_wait(w->core->passwords.auth, SOON))
		world_fail(w, "no password is looked at");
	return true;
}

void
world_settle(struct world *w)
{
	bool more;

	set_clock(w);
	do {
		core_time(w->core);
		more = read_some(w);
		core_turn(w->core);
		more |= plc_take(w);
		more |= people_take(w);
		more |= await_commits(w);
		more |= await_project(w);
		more |= await_passwords(w);
	} while (more);
}

void
world_until(struct world *w, int64_t ms)
{
	int64_t due;

	while (w->at_ms < ms) {
		due = core_due(w->core).us / 1000 - 1000000 + 1;
		if (plc_due(w) < due)
			due = plc_due(w);
		if (due <= w->at_ms)
			due = w->at_ms + 1;
		w->at_ms = due < ms ? due : ms;
		set_clock(w);
		plc_tick(w);
		world_settle(w);
	}
}

static void
committed(struct core *c, void *arg, uint64_t number)
{
	(void)c;
	(void)number;
	*(bool *)arg = true;
}

void
world_commit(struct world *w)
{
	bool done = false;

	commit_then(w->core, committed, &done);
	world_settle(w);
	if (!done)
		world_fail(w, "the record is not committed");
}

static void
copy_file(const char *from, const char *to)
{
	struct buf b = { 0 };
	struct err e;

	unlink(to);
	if (buf_read_file(&b, from, 256 << 20) == 0 &&
	    fd_write_file(to, b.at, b.len, 0600, &e) < 0)
		printf("# %s\n", e.text);
	buf_free(&b);
}

/* Keeps aside (or puts back) the files of the state. */
static void
copy_state(const char *from, const char *suffix_from, const char *to,
    const char *suffix_to)
{
	char a[4096], b[4096];
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(a, sizeof(a), "%s/%s%s", from, files[i], suffix_from);
		snprintf(b, sizeof(b), "%s/%s%s", to, files[i], suffix_to);
		copy_file(a, b);
	}
}

void
world_restart(struct world *w, struct wall again)
{
	world_settle(w);
	stop_core(w);
	w->began.ms = again.ms - w->at_ms;
	set_clock(w);
	start_core(w);
	world_settle(w);
}

void
world_kill(struct world *w, struct wall again)
{
	char shm[96];

	world_settle(w);
	copy_state(w->dir, "", w->dir, ".kept");
	world_hold_disk(w, false);
	stop_core(w);
	copy_state(w->dir, ".kept", w->dir, "");
	snprintf(shm, sizeof(shm), "%s/record.db-shm", w->dir);
	unlink(shm);
	w->began.ms = again.ms - w->at_ms;
	set_clock(w);
	start_core(w);
	world_settle(w);
}

void
world_move(struct world *w)
{
	char to[80], cmd[4096];

	world_settle(w);
	stop_core(w);
	snprintf(to, sizeof(to), "%s-copy", w->dir);
	mkdir(to, 0700);
	copy_state(w->dir, "", to, "");
	snprintf(cmd, sizeof(cmd), "%s/projects", w->dir);
	snprintf(to + strlen(to), sizeof(to) - strlen(to), "/projects");
	if (rename(cmd, to) < 0)
		perror(to);
	*strrchr(to, '/') = '\0';
	nftw(w->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	str_copy(w->dir, to, sizeof(w->dir));
	start_core(w);
	world_settle(w);
}

void
world_hold_disk(struct world *w, bool hold)
{
	char path[96];

	if (hold == (w->disk != NULL))
		return;
	if (!hold) {
		sqlite3_exec(w->disk, "ROLLBACK", NULL, NULL, NULL);
		sqlite3_close(w->disk);
		w->disk = NULL;
		return;
	}
	world_commit(w);
	snprintf(path, sizeof(path), "%s/record.db", w->dir);
	if (sqlite3_open(path, &w->disk) != SQLITE_OK ||
	    sqlite3_exec(w->disk, "BEGIN IMMEDIATE", NULL, NULL, NULL) !=
		SQLITE_OK)
		world_fail(w, "the lock: %s", sqlite3_errmsg(w->disk));
}
