/* SPDX-License-Identifier: ISC */
/*
 * A server that is killed at any moment, again and again on the same record.
 * What it said was committed is there, once; the rest is there whole or not.
 */
#include "store_help.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#define ROUNDS 25

/* What the child tells as confirmed. */
struct word {
	uint64_t command, event;
};

static void
finish_open(void *arg, const struct record_audit *row)
{
	struct record_batch *b = arg;
	struct record_audit result = *row;

	result.result = "unknown: restart";
	record_audit_result(b, row->command, &result);
}

/* One command in two batches; each with its event and its alarm's state. */
static struct word
command_and_result(struct record *r)
{
	struct record_event event = event_row("intake", "P-101A.FAIL");
	struct alarm alarm = { .state = ALARM_UNACKNOWLEDGED };
	struct record_batch *b = record_batch_new(r);
	struct record_audit row = request_row("P-101A.start");
	struct word word;

	word.command = record_audit_request(b, &row);
	record_submit(r, b, t0);
	b = record_batch_new(r);
	row.result = "done";
	record_audit_result(b, word.command, &row);
	event.command = word.command;
	word.event = record_event(b, &event);
	alarm.occurrence = (uint32_t)word.event;
	record_put_alarm(b, "P-101A.FAIL", &alarm);
	if (!record_wait(r, record_submit(r, b, t0), SOON))
		_exit(3);
	return word;
}

static _Noreturn void
child(const char *dir, int out)
{
	struct err e = { "" };
	struct record *r = record_open(dir, &e);
	struct record_event begin = event_row("system", "server");
	struct record_batch *b;
	struct word word;

	if (r == NULL) {
		fprintf(stderr, "# %s\n", e.text);
		_exit(2);
	}
	b = record_batch_new(r);
	if (record_load_open_requests(r, finish_open, b, &e) == -1)
		_exit(2);
	/* as a server does: from here on numbers are others */
	begin.kind = RECORD_SYSTEM;
	begin.text = "started";
	record_event(b, &begin);
	record_submit(r, b, t0);
	record_start(r, NULL, NULL);
	for (;;) {
		word = command_and_result(r);
		if (write(out, &word, sizeof(word)) != sizeof(word))
			_exit(0);
	}
}

struct confirmed {
	struct word words[200000];
	size_t n;
};

/* Lets a child run until it confirmed about so many, then kills it. */
static void
run_and_kill(const char *dir, struct confirmed *c, size_t count)
{
	int pipes[2], status;
	size_t until = c->n + count;
	ssize_t n = 1;
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	assert_int_not_equal(pid, -1);
	if (pid == 0) {
		close(pipes[0]);
		child(dir, pipes[1]);
	}
	close(pipes[1]);
	while (n > 0 && c->n < until) {
		n = read(pipes[0], &c->words[c->n], sizeof(struct word));
		c->n += n == sizeof(struct word);
	}
	kill(pid, SIGKILL);
	while (read(pipes[0], &c->words[c->n], sizeof(struct word)) ==
	    sizeof(struct word))
		c->n++;
	close(pipes[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void
expect_each_once(const char *dir, const struct confirmed *c)
{
	char path[128];
	sqlite3_stmt *st;
	sqlite3 *db;
	size_t i;

	snprintf(path, sizeof(path), "%s/record.db", dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
			     "SELECT (SELECT group_concat(result) FROM"
			     " (SELECT result FROM audit WHERE command=?1"
			     " ORDER BY seq)),(SELECT command FROM events"
			     " WHERE seq=?2)",
			     -1, &st, NULL),
	    SQLITE_OK);
	for (i = 0; i < c->n; i++) {
		sqlite3_bind_int64(st, 1, (int64_t)c->words[i].command);
		sqlite3_bind_int64(st, 2, (int64_t)c->words[i].event);
		assert_int_equal(sqlite3_step(st), SQLITE_ROW);
		assert_string_equal(sqlite3_column_text(st, 0), ",done");
		assert_int_equal(
		    sqlite3_column_int64(st, 1), c->words[i].command);
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	sqlite3_close(db);
}

static void
what_was_confirmed_before_a_kill_is_there_once(void **state)
{
	struct confirmed *c = calloc(1, sizeof(*c));
	unsigned seed = (unsigned)time(NULL);
	struct record_proof p;
	int round;

	print_message("# seed %u\n", seed);
	for (round = 0; round < ROUNDS; round++) {
		run_and_kill(*state, c, 1 + (size_t)rand_r(&seed) % 40);
		p = must_verify(*state);
		assert_true(p.open <= 1);
		expect_each_once(*state, c);
	}
	/* the alarm's state is as new as its journal */
	ask_equals(*state,
	    "SELECT (SELECT max(seq) FROM events)="
	    "(SELECT occurrence FROM alarms)",
	    "1");
	ask_equals(*state,
	    "SELECT count(*)-count(DISTINCT command) FROM events"
	    " WHERE kind<>'system'",
	    "0");
	free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    what_was_confirmed_before_a_kill_is_there_once, dir_make,
		    dir_remove),
	};

	return cmocka_run_group_tests_name("store_kill", tests, NULL, NULL);
}
