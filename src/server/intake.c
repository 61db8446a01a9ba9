/* SPDX-License-Identifier: ISC */
#include "server/intake.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "project/files.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"

#define INTAKE_MAX (20 << 20)	/* 16 MiB of files and their tar headers */
#define PROBLEMS_MAX (1 << 20)

void
intake_init(struct core *c)
{
	c->intake = (struct intake){ .tar = -1, .out = -1, .pidfd = -1 };
}

static void
clear(struct core *c)
{
	struct intake *in = &c->intake;

	if (in->pidfd >= 0) {
		c->io.forget(c->io.arg, in->pidfd);
		kill(in->pid, SIGKILL);
		waitpid(in->pid, NULL, 0);
		fd_close(&in->pidfd);
	}
	fd_close(&in->tar);
	fd_close(&in->out);
	in->busy = false;
}

void
intake_fini(struct core *c)
{
	clear(c);
}

void
intake_session_gone(struct core *c, uint64_t session)
{
	if (c->intake.busy && c->intake.session == session &&
	    !c->intake.kept)
		clear(c);
}

void
on_PROJECT_APPLY(struct core *c, struct session *s, struct call *call)
{
	struct intake *in = &c->intake;

	if (in->busy) {
		request_refuse(c, s, call, EXIT_REFUSED, "project",
		    "another project is being applied");
		return;
	}
	*in = (struct intake){ .busy = true, .session = s->id,
		.call = call->id, .out = -1, .pidfd = -1 };
	in->tar = memfd_create("project", MFD_CLOEXEC);
	str_copy(in->user, s->who.user, sizeof(in->user));
	str_copy(in->station, s->who.station, sizeof(in->station));
	if (in->tar < 0) {
		answer_end(c, s, call->id, EXIT_INTERNAL, "no memory");
		clear(c);
	}
}

static void
finish(struct core *c, int code, const char *text)
{
	struct session *s = session_find(c, c->intake.session);
	struct audit_action a = { .verb = verbs[VERB_PROJECT_APPLY].name,
		.name = "project" };
	char result[300];

	snprintf(result, sizeof(result), "refused: %s", text);
	if (s != NULL) {
		audit_result(
		    c, &s->who, audit_request(c, &s->who, &a), &a, result);
		answer_end(c, s, c->intake.call, code, "%s", text);
	}
	clear(c);
}

/* Starts ourselves as the check: a process without rights, tar on 0. */
static void
start_check(struct core *c)
{
	static char self[] = "/proc/self/exe", name[] = "sightglassd",
		    check[] = "-K";
	char *argv[] = { name, check, NULL }, *env[] = { NULL };
	struct intake *in = &c->intake;
	posix_spawn_file_actions_t fa;
	pid_t pid;
	int rc;

	in->out = memfd_create("problems", MFD_CLOEXEC);
	lseek(in->tar, 0, SEEK_SET);
	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_adddup2(&fa, in->tar, 0);
	posix_spawn_file_actions_adddup2(&fa, in->out, 1);
	rc = posix_spawn(&pid, self, &fa, NULL, argv, env);
	posix_spawn_file_actions_destroy(&fa);
	in->pid = pid;
	in->pidfd = rc == 0 ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;
	if (in->pidfd < 0) {
		finish(c, EXIT_INTERNAL, "the check could not be started");
		return;
	}
	c->io.watch(c->io.arg, in->pidfd);
}

void
intake_feed(
    struct core *c, struct session *s, uint32_t id, struct get *g)
{
	struct intake *in = &c->intake;

	if (!in->busy || in->session != s->id || in->call != id ||
	    in->pidfd >= 0) {
		/* what comes behind a refusal is thrown away */
		g->left = 0;
		return;
	}
	if (g->left == 0) {
		start_check(c);
		return;
	}
	in->bytes += g->left;
	if (in->bytes > INTAKE_MAX)
		finish(c, EXIT_REFUSED, "the project is larger than 16 MiB");
	else if (fd_write_all(in->tar, g->at, g->left) < 0)
		finish(c, EXIT_INTERNAL, "no room for the project");
	g->left = 0;
}

static int
write_project(struct core *c, const struct project_files *files,
    const char *id, struct err *e)
{
	char dir[4096], path[8192];
	size_t i;

	snprintf(dir, sizeof(dir), "%s/projects", c->config->state);
	mkdir(dir, 0700);
	snprintf(dir, sizeof(dir), "%s/projects/%s", c->config->state, id);
	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return err_sys(e, "%s", dir);
	for (i = 0; i < files->all.n; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir,
		    files->all.at[i].name);
		/* names are those that files.h lets in: at most one slash */
		if (strchr(files->all.at[i].name, '/') != NULL) {
			char *slash = strrchr(path, '/');

			*slash = '\0';
			mkdir(path, 0700);
			*slash = '/';
		}
		if (fd_write_file(path, files->all.at[i].text,
			files->all.at[i].len, 0400, e) < 0)
			return -1;
	}
	return 0;
}

static void
loaded(struct core *c, void *arg, uint64_t number)
{
	struct session *s = session_find(c, c->intake.session);
	struct cell cells[2] = { cell_text("project"), cell_text("done") };

	(void)number;
	(void)arg;
	if (s != NULL) {
		answer_row(c, s, c->intake.call, cells, 2);
		answer_end(c, s, c->intake.call, EXIT_DONE, "");
	}
	log_note("project %.12s applied by %s: loading it", c->project,
	    c->intake.user);
	c->stopping = true;
}

static void
keep(struct core *c, const char *id)
{
	struct audit_action a = { .verb = verbs[VERB_PROJECT_APPLY].name,
		.name = "project", .old = c->project, .new = id };
	struct session *s = session_find(c, c->intake.session);
	char key[40], text[160];

	if (s != NULL)
		audit_result(
		    c, &s->who, audit_request(c, &s->who, &a), &a, "done");
	audit_event(c, RECORD_PROJECT, NONE, "project", "applied",
	    c->intake.user, c->intake.station, "done");
	snprintf(key, sizeof(key), "revision %u", c->revision + 1);
	snprintf(text, sizeof(text), "%s %lld %s", id,
	    (long long)c->wall.ms, c->intake.user);
	record_put_setting(commit_batch(c), key, text);
	snprintf(text, sizeof(text), "%u", c->revision + 1);
	record_put_setting(commit_batch(c), "revision", text);
	str_copy(c->project, id, sizeof(c->project));
	c->intake.kept = true;
	commit_then(c, loaded, &c->intake);
}

/* The check said yes: what it read becomes projects/ID. */
static void
take(struct core *c)
{
	struct project_files files = { 0 };
	struct report problems;
	struct err e = { "" };
	char id[65];
	int rc;

	report_init(&problems);
	lseek(c->intake.tar, 0, SEEK_SET);
	rc = project_files_read_tar(&files, c->intake.tar, &problems, &e);
	if (rc == 0) {
		project_files_id(&files, id);
		rc = write_project(c, &files, id, &e);
	}
	if (rc < 0)
		finish(c, EXIT_INTERNAL, e.text);
	else
		keep(c, id);
	project_files_fini(&files);
	report_fini(&problems);
}

/* Each line of the check becomes a row: place and what is wrong there. */
static void
tell_problems(struct core *c)
{
	struct session *s = session_find(c, c->intake.session);
	struct buf b = { 0 };
	struct cell cells[2];
	char *rest, *line, *mid;

	lseek(c->intake.out, 0, SEEK_SET);
	buf_read_fd(&b, c->intake.out, PROBLEMS_MAX);
	rest = b.at;
	while (s != NULL && (line = strsep(&rest, "\n")) != NULL) {
		mid = strstr(line, ": ");
		if (*line == '\0' || mid == NULL)
			continue;
		*mid = '\0';
		cells[0] = cell_text(line);
		cells[1] = cell_text(mid + 2);
		answer_row(c, s, c->intake.call, cells, 2);
	}
	buf_free(&b);
}

bool
intake_readable(struct core *c, int fd)
{
	struct intake *in = &c->intake;
	int status = -1;

	if (fd != in->pidfd || fd < 0)
		return false;
	waitpid(in->pid, &status, 0);
	c->io.forget(c->io.arg, in->pidfd);
	fd_close(&in->pidfd);
	tell_problems(c);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		take(c);
	else
		finish(c, EXIT_NEGATIVE,
		    WIFEXITED(status) && WEXITSTATUS(status) == 1
			? "the project has errors"
			: "the check ended by itself");
	return true;
}

static bool
next_revision(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct revision *r;

	(void)s;
	if (a->cursor >= c->revisions.n)
		return false;
	r = &c->revisions.at[a->cursor++];
	cells[0] = cell_uint(a->cursor);
	cells[1] = cell_text(r->id);
	cells[2] = cell_time(r->applied);
	cells[3] = cell_text(r->user);
	cells[4] = cell_bool(a->cursor == c->revision);
	return true;
}

void
on_PROJECT_LOG(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_revision);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}
