/* SPDX-License-Identifier: ISC */
/* What the tests of src/store share: a directory, a record, short rows. */
#ifndef TESTS_STORE_HELP_H
#define TESTS_STORE_HELP_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/batch.h"
#include "store/load.h"
#include "store/query.h"
#include "store/record.h"
#include "store/verify.h"

#define SOON 10000		/* ms: the deadline of every wait */

static const struct mono t0 = { 1000000 };
static const struct wall noon = { 1795348990482 };

__attribute__((unused)) static int
dir_make(void **state)
{
	char *dir = strdup("/tmp/sg-store-XXXXXX");

	*state = mkdtemp(dir);
	return *state == NULL;
}

__attribute__((unused)) static int
dir_remove(void **state)
{
	static const char *const names[] = { "record.db", "record.db-wal",
		"record.db-shm", "record.reserve", "record.db-journal",
		"record.lock" };
	char path[128];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", (char *)*state, names[i]);
		unlink(path);
	}
	rmdir(*state);
	free(*state);
	return 0;
}

__attribute__((unused)) static struct record *
record_must_open(const char *dir)
{
	struct err e = { "" };
	struct record *r = record_open(dir, &e);

	if (r == NULL)
		fail_msg("%s", e.text);
	return r;
}

__attribute__((unused)) static void
record_must_close(struct record *r)
{
	struct err e = { "" };

	if (record_close(r, &e) == -1)
		fail_msg("%s", e.text);
}

__attribute__((unused)) static struct record_proof
must_verify(const char *dir)
{
	struct record_proof p;
	struct err e = { "" };

	if (record_verify(dir, &p, &e) == -1)
		fail_msg("%s", e.text);
	return p;
}

__attribute__((unused)) static struct record_audit
request_row(const char *name)
{
	return (struct record_audit){ .time = noon,
		.mono_ms = 7,
		.user = "olga",
		.station = "control-room",
		.from = "10.0.5.3",
		.session = "s1",
		.verb = "set",
		.name = name,
		.old = "4",
		.new = "4.2" };
}

/* One batch with one request; its command id. */
__attribute__((unused)) static uint64_t
submit_request(struct record *r, const char *name, bool safe, uint64_t *n)
{
	struct record_batch *b = record_batch_new(r);
	struct record_audit row = request_row(name);
	uint64_t command = record_audit_request(b, &row);

	*n = safe ? record_submit_safe(r, b, t0) : record_submit(r, b, t0);
	assert_int_not_equal(*n, 0);
	return command;
}

__attribute__((unused)) static uint64_t
submit_result(struct record *r, uint64_t command, const char *result)
{
	struct record_batch *b = record_batch_new(r);
	struct record_audit row = request_row("site.target");
	uint64_t n;

	row.result = result;
	record_audit_result(b, command, &row);
	n = record_submit(r, b, t0);
	assert_int_not_equal(n, 0);
	return n;
}

__attribute__((unused)) static struct record_event
event_row(const char *area, const char *name)
{
	return (struct record_event){ .time = noon,
		.mono_ms = 8,
		.kind = RECORD_ALARM,
		.area = area,
		.name = name,
		.text = "Pump tripped",
		.old = "normal",
		.new = "unacknowledged",
		.occurrence = 7,
		.priority = 2,
		.value = "true" };
}

/* What stock sqlite3 would say: the first column of the first row. */
__attribute__((unused)) static char *
ask(const char *dir, const char *sql)
{
	sqlite3_stmt *st = NULL;
	sqlite3 *db = NULL;
	char path[128], *text;

	snprintf(path, sizeof(path), "%s/record.db", dir);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL),
	    SQLITE_OK);
	sqlite3_busy_timeout(db, SOON);
	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	text = sqlite3_step(st) == SQLITE_ROW
	    ? strdup((const char *)sqlite3_column_text(st, 0))
	    : strdup("");
	sqlite3_finalize(st);
	sqlite3_close(db);
	return text;
}

__attribute__((unused)) static void
ask_equals(const char *dir, const char *sql, const char *expected)
{
	char *text = ask(dir, sql);

	assert_string_equal(text, expected);
	free(text);
}

#endif
