/* SPDX-License-Identifier: ISC */
#include "server/intake.h"

#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "project/read.h"
#include "server/answer.h"
#include "server/confine.h"
#include "server/core.h"
#include "server/moving.h"
#include "server/requests.h"
#include "server/restore.h"
#include "server/told.h"

#define INTAKE_MAX (20 << 20)	/* 16 MiB of files and their tar headers */
#define PROBLEMS_MAX (1 << 20)

void
intake_init(struct core *c)
{
	c->intake = (struct intake){ .tar = -1, .out = -1, .pidfd = -1 };
}

static void
forget_check(struct core *c)
{
	struct intake *in = &c->intake;

	if (in->pidfd < 0)
		return;
	c->io.forget(c->io.arg, in->pidfd);
	kill(in->pid, SIGKILL);
	waitpid(in->pid, NULL, 0);
	fd_close(&in->pidfd);
}

/* Ready for the next, once the thread has freed what is left. */
static void
clear(struct core *c)
{
	struct intake *in = &c->intake;

	forget_check(c);
	fd_close(&in->tar);
	fd_close(&in->out);
	call_free(&in->call);
	memset(&in->call, 0, sizeof(in->call));
	told_free(in->told);
	in->told = NULL;
	in->step = INTAKE_IDLE;
	vec_free(&in->making.known);
	if (in->making.swap == NULL && in->making.d == NULL &&
	    in->making.then == NULL && in->making.plant == NULL)
		return;
	in->step = INTAKE_CLEARING;
	making_clear(&in->making);
}

void
intake_fini(struct core *c)
{
	struct intake *in = &c->intake;

	making_fini(&in->making);
	in->making.swap = NULL;
	clear(c);
}

void
intake_session_gone(struct core *c, uint64_t session)
{
	struct intake *in = &c->intake;

	if (in->step == INTAKE_IDLE || in->session != session)
		return;
	in->session = 0;
	if (in->step == INTAKE_COLLECTING || in->step == INTAKE_CHECKING)
		clear(c);	/* a thread comes to its end first */
}

static bool
is_audited(const struct intake *in)
{
	return verbs[in->call.verb].audit == AUDIT_ALWAYS;
}

/* Nothing came of it. The rows, if there are any, say why. */
static void
refuse(struct core *c, int code, const char *text)
{
	struct intake *in = &c->intake;
	struct session *s = session_find(c, in->session);
	struct audit_action a = { .verb = verbs[in->call.verb].name,
		.name = "project" };
	char result[400];

	snprintf(result, sizeof(result), "refused: %s", text);
	if (is_audited(in))
		audit_result(c, &in->who, audit_request(c, &in->who, &a), &a,
		    result);
	if (s != NULL && in->told != NULL) {
		told_answer(c, s, &in->call, in->told, code, text);
		in->told = NULL;
	} else if (s != NULL) {
		answer_end(c, s, in->call.id, code, "%s", text);
	}
	clear(c);
}

static void
know_revisions(struct core *c)
{
	struct making_id known;
	size_t i;

	for (i = 0; i < c->revisions.n; i++) {
		str_copy(known.id, c->revisions.at[i].id, sizeof(known.id));
		vec_push(&c->intake.making.known, known);
	}
}

/* Takes the call; false if another project is on its way. */
static bool
begin(struct core *c, struct session *s, struct call *call)
{
	struct intake *in = &c->intake;

	if (in->step != INTAKE_IDLE) {
		request_refuse(c, s, call, EXIT_REFUSED, "project",
		    "another project is being looked at");
		return false;
	}
	intake_init(c);
	in->session = s->id;
	in->call = *call;
	memset(call, 0, sizeof(*call));
	in->who = s->who;
	in->making.config = c->config;
	in->making.now = c->plant;
	str_copy(in->making.from, c->project, sizeof(in->making.from));
	know_revisions(c);
	return true;
}

static void
collect(struct core *c, struct session *s, struct call *call)
{
	struct intake *in = &c->intake;

	if (!begin(c, s, call))
		return;
	in->step = INTAKE_COLLECTING;
	in->tar = memfd_create("project", MFD_CLOEXEC);
	if (in->tar < 0)
		refuse(c, EXIT_INTERNAL, "no memory");
}

void
on_PROJECT_PLAN(struct core *c, struct session *s, struct call *call)
{
	collect(c, s, call);
}

void
on_PROJECT_APPLY(struct core *c, struct session *s, struct call *call)
{
	collect(c, s, call);
}

/* The number of a revision that is there, or 0. */
static uint32_t
parse_revision(const struct core *c, const char *word)
{
	char *end;
	unsigned long n = strtoul(word, &end, 10);

	return *end == '\0' && n >= 1 && n <= c->revisions.n &&
		*c->revisions.at[n - 1].id != '\0'
	    ? (uint32_t)n
	    : 0;
}

/* The i-th revision that the call names, else this one. 0 after it was said
 * that there is none. */
static uint32_t
named_revision(struct core *c, struct session *s, const struct call *call,
    unsigned i, uint32_t otherwise)
{
	const char *word = call_nth(call, PARAMETER_NAME, i);
	uint32_t n = word != NULL ? parse_revision(c, word) : otherwise;

	if (n == 0 || n > c->revisions.n)
		answer_end(c, s, call->id, EXIT_NO_SUCH, "no revision %s",
		    word != NULL ? word : "before this one");
	return n <= c->revisions.n ? n : 0;
}

static void
make(struct core *c, enum making_what what)
{
	c->intake.making.what = what;
	c->intake.step = INTAKE_MAKING;
	making_start(&c->intake.making, &c->io);
}

void
on_PROJECT_ROLLBACK(struct core *c, struct session *s, struct call *call)
{
	uint32_t to = named_revision(c, s, call, 0,
	    c->revision > 0 ? c->revision - 1 : 0);

	if (to == 0 || !begin(c, s, call))
		return;
	str_copy(c->intake.making.id, c->revisions.at[to - 1].id,
	    sizeof(c->intake.making.id));
	make(c, MAKING_AGAIN);
}

void
on_PROJECT_DIFF(struct core *c, struct session *s, struct call *call)
{
	bool one = call_count(call, PARAMETER_NAME) == 1;
	uint32_t from = named_revision(c, s, call, 0,
	    c->revision > 0 ? c->revision - 1 : 0);
	uint32_t to = from == 0 ? 0
	    : one		? c->revision
				: named_revision(c, s, call, 1, c->revision);

	if (from == 0 || to == 0 || !begin(c, s, call))
		return;
	str_copy(c->intake.making.from, c->revisions.at[from - 1].id,
	    sizeof(c->intake.making.from));
	str_copy(c->intake.making.id, c->revisions.at[to - 1].id,
	    sizeof(c->intake.making.id));
	make(c, MAKING_DIFFERENCE);
}

void
on_PROJECT_EXPORT(struct core *c, struct session *s, struct call *call)
{
	if (*c->project == '\0') {
		answer_end(c, s, call->id, EXIT_NO_SUCH,
		    "no project was applied yet");
		return;
	}
	if (!begin(c, s, call))
		return;
	str_copy(c->intake.making.id, c->project,
	    sizeof(c->intake.making.id));
	tunables_edits(c, &c->intake.making);
	make(c, MAKING_EXPORT);
}

_Noreturn void
intake_check(void)
{
	struct plant *plant = NULL;
	struct report problems;
	struct buf out = { 0 };
	int rc;

	confine_check();
	report_init(&problems);
	rc = project_read_fd(STDIN_FILENO, &plant, &problems);
	report_print(&problems, NULL, &out);
	fwrite(buf_string(&out), 1, out.len, stdout);
	fflush(stdout);
	_exit(rc < 0 ? 1 : 0);	/* what runs at an exit has no rights */
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

	in->step = INTAKE_CHECKING;
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
		refuse(c, EXIT_INTERNAL, "the check could not be started");
		return;
	}
	c->io.watch(c->io.arg, in->pidfd);
}

void
intake_feed(
    struct core *c, struct session *s, uint32_t id, struct get *g)
{
	struct intake *in = &c->intake;

	if (in->step != INTAKE_COLLECTING || in->session != s->id ||
	    in->call.id != id) {
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
		refuse(c, EXIT_REFUSED, "the project is larger than 16 MiB");
	else if (fd_write_all(in->tar, g->at, g->left) < 0)
		refuse(c, EXIT_INTERNAL, "no room for the project");
	g->left = 0;
}

/* Each line of the check becomes a row: place and what is wrong there. */
static void
tell_problems(struct core *c)
{
	struct intake *in = &c->intake;
	struct buf b = { 0 };
	char *rest, *line, *mid;

	in->told = told_new(false);
	lseek(in->out, 0, SEEK_SET);
	buf_read_fd(&b, in->out, PROBLEMS_MAX);
	rest = b.at;
	while ((line = strsep(&rest, "\n")) != NULL) {
		mid = strstr(line, ": ");
		if (*line == '\0' || mid == NULL)
			continue;
		*mid = '\0';
		told_row(in->told, "problem", "file", line, NULL, NULL,
		    mid + 2, NULL);
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
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		in->making.tar = in->tar;
		in->making.keep = in->call.verb == VERB_PROJECT_APPLY;
		make(c, MAKING_TAR);
		return true;
	}
	tell_problems(c);
	refuse(c, EXIT_NEGATIVE,
	    WIFEXITED(status) && WEXITSTATUS(status) == 1
		? "the project has errors"
		: "the check ended by itself");
	return true;
}

/* plan and diff: that was all. */
static void
only_tell(struct core *c)
{
	struct intake *in = &c->intake;
	struct session *s = session_find(c, in->session);
	char text[200];
	size_t at;
	int code = told_rows(in->told) > 0 ? EXIT_DONE : EXIT_NEGATIVE;

	told_summary(in->told, text, sizeof(text));
	at = strlen(text);
	if (told_retired(in->told) > 0)
		snprintf(text + at, sizeof(text) - at,
		    "; %u need --retire", told_retired(in->told));
	if (s != NULL) {
		told_answer(c, s, &in->call, in->told, code, text);
		in->told = NULL;
	}
	clear(c);
}

/* Everybody sees that it is another project. */
static void
announce(struct core *c)
{
	struct notice n = { .time = c->wall };
	char summary[160];

	n.seq = audit_event(c, RECORD_PROJECT, NONE, "project", "in operation",
	    c->intake.who.user, c->intake.who.station, "done");
	str_copy(n.user, c->intake.who.user, sizeof(n.user));
	str_copy(n.name, "project", sizeof(n.name));
	snprintf(n.text, sizeof(n.text), "revision %u: %s", c->revision,
	    told_summary(c->intake.told, summary, sizeof(summary)));
	sessions_notice(c, &n, NONE);
}

/* It is on the disk: from here on it holds. */
static void
recorded(struct core *c, void *arg, uint64_t number)
{
	struct intake *in = &c->intake;
	struct session *s;

	(void)arg;
	if (number == 0)
		return;		/* the core ends: the next one begins with it */
	while (c->revisions.n < c->revision + 1)
		*vec_add(&c->revisions) = (struct revision){ 0 };
	c->revision++;
	c->revisions.at[c->revision - 1] = (struct revision){
		.applied = c->wall };
	str_copy(c->revisions.at[c->revision - 1].id, in->making.id, 65);
	str_copy(c->revisions.at[c->revision - 1].user, in->who.user, 33);
	str_copy(c->project, in->making.id, sizeof(c->project));
	swap_run(c, in->making.swap);
	announce(c);
	s = session_find(c, in->session);
	if (s != NULL) {
		told_answer(c, s, &in->call, in->told, EXIT_DONE, "");
		in->told = NULL;
	}
	clear(c);
}

static void
record(struct core *c)
{
	struct intake *in = &c->intake;
	struct audit_action a = { .verb = verbs[in->call.verb].name,
		.name = "project", .old = c->project, .new = in->making.id };
	struct swap *swap = in->making.swap;
	char key[40], text[160];

	str_copy(swap->by, in->who.user, sizeof(swap->by));
	str_copy(swap->station, in->who.station, sizeof(swap->station));
	audit_result(c, &in->who, audit_request(c, &in->who, &a), &a, "done");
	audit_event(c, RECORD_PROJECT, NONE, "project",
	    in->call.verb == VERB_PROJECT_ROLLBACK ? "rolled back" : "applied",
	    in->who.user, in->who.station, "done");
	snprintf(key, sizeof(key), "revision %u", c->revision + 1);
	snprintf(text, sizeof(text), "%s %lld %s", in->making.id,
	    (long long)c->wall.ms, in->who.user);
	record_put_setting(commit_batch(c), key, text);
	snprintf(text, sizeof(text), "%u", c->revision + 1);
	record_put_setting(commit_batch(c), "revision", text);
	restore_name_plant(c, swap->plant);
	moving_record(c, swap);
	commit_then(c, recorded, in);
}

/* What was asked for before by names holds or has ended: it can move. */
static void
settled(struct core *c, void *arg, uint64_t number)
{
	(void)arg;
	if (number != 0)
		record(c);
}

/* The same project again changes nothing and is no revision. */
static void
nothing_new(struct core *c)
{
	struct intake *in = &c->intake;
	struct audit_action a = { .verb = verbs[in->call.verb].name,
		.name = "project", .old = c->project, .new = c->project };
	struct session *s = session_find(c, in->session);

	audit_result(c, &in->who, audit_request(c, &in->who, &a), &a, "done");
	if (s != NULL)
		answer_end(c, s, in->call.id, EXIT_DONE,
		    "nothing is different: revision %u stays", c->revision);
	clear(c);
}

#define PIECE 6000		/* bytes of a tar in one row: 8000 digits */

/* A piece of the tar, in base 64. */
static bool
next_piece(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const struct buf *tar = a->owned;
	size_t n = tar->len - a->cursor, i, k = 0;
	uint32_t x;

	(void)c;
	(void)s;
	n = n < PIECE ? n : PIECE;
	if (n == 0)
		return false;
	for (i = 0; i < n; i += 3) {	/* a tar is of whole 512 bytes, and
					 * the last piece is filled up */
		x = (uint32_t)(uint8_t)tar->at[a->cursor + i] << 16;
		if (i + 1 < n)
			x |= (uint32_t)(uint8_t)tar->at[a->cursor + i + 1] << 8;
		if (i + 2 < n)
			x |= (uint8_t)tar->at[a->cursor + i + 2];
		a->room[k++] = digits[x >> 18];
		a->room[k++] = digits[x >> 12 & 63];
		a->room[k++] = i + 1 < n ? digits[x >> 6 & 63] : '=';
		a->room[k++] = i + 2 < n ? digits[x & 63] : '=';
	}
	a->room[k] = '\0';
	a->cursor += n;
	cells[0] = (struct cell){ .type = CELL_TEXT, .as.text = a->room };
	return true;
}

static void
free_tar(void *tar)
{
	buf_free(tar);
	free(tar);
}

static void
hand_out(struct core *c)
{
	struct intake *in = &c->intake;
	struct session *s = session_find(c, in->session);
	struct answer *a;
	struct buf *tar;

	if (s != NULL) {
		a = answer_new(c, s, &in->call, next_piece);
		tar = xcalloc(1, sizeof(*tar));
		*tar = in->making.out;
		memset(&in->making.out, 0, sizeof(in->making.out));
		a->owned = tar;
		a->free_owned = free_tar;
		if (in->making.left.len > 0)
			snprintf(a->text, sizeof(a->text),
			    "not written back: %s",
			    buf_string(&in->making.left));
		answer_pump(c, s, a);
	}
	buf_free(&in->making.left);
	vec_free(&in->making.edits);
	clear(c);
}

/* What people left standing and tuned. */
static void
tell_standing(
    struct told *t, const struct core *c, const struct swap *s)
{
	overrides_tell(t, c, s);
	lockouts_tell(t, c, s);
	bypasses_tell(t, c, s);
	tunables_tell(t, c, s);
}

static void
made(struct core *c)
{
	struct intake *in = &c->intake;
	const struct difference *d =
	    in->making.swap != NULL ? in->making.swap->d : in->making.d;

	if (in->making.rc < 0) {
		refuse(c, EXIT_INTERNAL, in->making.e.text);
		return;
	}
	if (in->session == 0) {
		clear(c);	/* whoever asked is gone */
		return;
	}
	if (in->making.what == MAKING_EXPORT) {
		hand_out(c);
		return;
	}
	in->told = told_new(call_text(&in->call, PARAMETER_RETIRE) != NULL);
	told_difference(in->told, c, d, in->making.swap != NULL);
	if (in->making.names_lost)
		told_row(in->told, "not followed", "project", "renames", NULL,
		    NULL, NULL, "a revision between cannot be read: what it "
		    "renamed is removed and added");
	if (in->making.swap != NULL)
		tell_standing(in->told, c, in->making.swap);
	if (in->making.swap == NULL || in->call.verb == VERB_PROJECT_PLAN)
		only_tell(c);
	else if (strcmp(in->making.id, c->project) == 0)
		nothing_new(c);
	else if (told_retired(in->told) > 0 &&
	    call_text(&in->call, PARAMETER_RETIRE) == NULL)
		refuse(c, EXIT_REFUSED, "what is not normal would be taken "
		    "away: see the rows, then --retire");
	else {
		in->step = INTAKE_RECORDING;
		commit_then(c, settled, in);
	}
}

void
intake_turn(struct core *c)
{
	struct intake *in = &c->intake;

	if (!making_ended(&in->making))
		return;
	if (in->step == INTAKE_CLEARING)
		in->step = INTAKE_IDLE;
	else
		made(c);
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
