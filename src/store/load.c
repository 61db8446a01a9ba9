/* SPDX-License-Identifier: ISC */
#include "store/load.h"

#include <assert.h>
#include <math.h>

#include "store/inside.h"
#include "store/names.h"
#include "store/read.h"

/* What a load does with each row. */
typedef void row_fn(struct record *r, sqlite3_stmt *st, const void *call);

static int
load(struct record *r, enum statement id, row_fn *row, const void *call,
    struct err *e)
{
	sqlite3_stmt *st = db_statement(&r->db, id, e);
	int rc, n = 0;

	assert(!r->started);
	if (st == NULL)
		return -1;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		row(r, st, call);
		n++;
	}
	if (rc != SQLITE_DONE)
		db_fail(&r->db, "record.db", e);
	sqlite3_reset(st);
	return rc == SQLITE_DONE ? n : -1;
}

static struct wall
column_wall(sqlite3_stmt *st, int column)
{
	return (struct wall){ sqlite3_column_int64(st, column) };
}

static struct digest
column_digest(sqlite3_stmt *st, int column)
{
	struct digest d;

	if (!digest_parse(&d, column_text(st, column)))
		return (struct digest){ { 0 } };
	return d;
}

/* type, value, quality, cause, flags, time from column c on */
static struct value
column_value(sqlite3_stmt *st, int c)
{
	struct value v = { .type = (uint8_t)name_number(NAME_VALUE_TYPE,
			       column_text(st, c)) };

	switch ((enum value_type)v.type) {
	case VALUE_REAL:
		v.as.real = sqlite3_column_type(st, c + 1) == SQLITE_NULL
		    ? NAN
		    : sqlite3_column_double(st, c + 1);
		break;
	case VALUE_TEXT:
		v.as.text = column_text(st, c + 1);
		break;
	default:
		v.as.sint = sqlite3_column_int64(st, c + 1);
	}
	v.quality =
	    (uint8_t)name_number(NAME_QUALITY, column_text(st, c + 2));
	v.cause = (uint8_t)name_number(NAME_CAUSE, column_text(st, c + 3));
	v.flags = (uint8_t)sqlite3_column_int(st, c + 4);
	v.time = column_wall(st, c + 5);
	return v;
}

/* record_load_PLURAL(): the statement's rows, as NOUN_of() reads them. */
#define LOADER(plural, noun, statement)                                        \
	struct noun##_call {                                                   \
		void (*fn)(void *arg, const struct record_##noun *row);        \
		void *arg;                                                     \
	};                                                                     \
	static void noun##_row(                                                \
	    struct record *r, sqlite3_stmt *st, const void *call)              \
	{                                                                      \
		const struct noun##_call *c = call;                            \
		struct record_##noun row = noun##_of(st);                      \
                                                                               \
		(void)r;                                                       \
		c->fn(c->arg, &row);                                           \
	}                                                                      \
	int record_load_##plural(struct record *r,                             \
	    void (*fn)(void *arg, const struct record_##noun *row), void *arg, \
	    struct err *e)                                                     \
	{                                                                      \
		struct noun##_call c = { fn, arg };                            \
                                                                               \
		return load(                                                   \
		    r, STATEMENT_LOAD_##statement, noun##_row, &c, e);         \
	}

static struct record_user
user_of(sqlite3_stmt *st)
{
	return (struct record_user){ .name = column_text(st, 0),
		.full_name = column_text(st, 1),
		.roles = column_text(st, 2),
		.language = column_text(st, 3),
		.unix_name = column_text(st, 4),
		.password = (const char *)sqlite3_column_text(st, 5),
		.locked = sqlite3_column_int(st, 6) != 0,
		.created = column_wall(st, 7),
		.last_login = column_wall(st, 8) };
}
LOADER(users, user, USERS)

static struct record_key
key_of(sqlite3_stmt *st)
{
	return (struct record_key){ .user = column_text(st, 0),
		.fingerprint = column_text(st, 1),
		.line = column_text(st, 2),
		.added = column_wall(st, 3) };
}
LOADER(keys, key, KEYS)

static struct record_session
session_of(sqlite3_stmt *st)
{
	return (struct record_session){ .id = column_text(st, 0),
		.ticket = column_digest(st, 1),
		.previous = column_digest(st, 2),
		.user = column_text(st, 3),
		.station = column_text(st, 4),
		.from = column_text(st, 5),
		.key = column_text(st, 6),
		.limits = column_text(st, 7),
		.screen = column_text(st, 8),
		.since = column_wall(st, 9) };
}
LOADER(sessions, session, SESSIONS)

struct alarm_call {
	void (*fn)(void *arg, struct record_alarm *a);
	void *arg;
};

static void
load_inhibitions(struct record *r, const char *name, struct alarm *a)
{
	sqlite3_stmt *st =
	    db_statement(&r->db, STATEMENT_LOAD_INHIBITIONS, NULL);
	struct inhibition in;

	if (st == NULL)
		return;
	sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	while (sqlite3_step(st) == SQLITE_ROW) {
		in = (struct inhibition){ .on = true,
			.since = column_wall(st, 3),
			.until = column_wall(st, 4) };
		str_copy(in.owner, column_text(st, 1), sizeof(in.owner));
		str_copy(in.reason, column_text(st, 2), sizeof(in.reason));
		alarm_restore_inhibition(
		    a, name_number(NAME_INHIBIT, column_text(st, 0)), &in);
	}
	sqlite3_reset(st);
}

static void
alarm_row(struct record *r, sqlite3_stmt *st, const void *call)
{
	const struct alarm_call *c = call;
	struct record_alarm row = { .name = column_text(st, 0) };
	struct alarm *a = &row.alarm;

	a->state =
	    (uint8_t)name_number(NAME_ALARM_STATE, column_text(st, 1));
	a->active = sqlite3_column_int(st, 2) != 0;
	a->occurrence = (uint32_t)sqlite3_column_int64(st, 3);
	a->count = (uint32_t)sqlite3_column_int64(st, 4);
	a->raised = column_wall(st, 5);
	a->acked = column_wall(st, 6);
	a->returned = column_wall(st, 7);
	str_copy(a->acked_by, column_text(st, 8), sizeof(a->acked_by));
	a->limit = sqlite3_column_type(st, 9) == SQLITE_NULL
	    ? NAN
	    : sqlite3_column_double(st, 9);
	a->at = column_value(st, 10);
	load_inhibitions(r, row.name, a);
	c->fn(c->arg, &row);
}

int
record_load_alarms(struct record *r,
    void (*fn)(void *arg, struct record_alarm *a), void *arg, struct err *e)
{
	struct alarm_call c = { fn, arg };

	return load(r, STATEMENT_LOAD_ALARMS, alarm_row, &c, e);
}

struct announced_call {
	void (*fn)(void *arg, const struct record_announced *a);
	void *arg;
};

static void
announced_row(struct record *r, sqlite3_stmt *st, const void *call)
{
	const struct announced_call *c = call;
	struct record_announced row = { .time = column_wall(st, 0),
		.area = column_text(st, 1),
		.name = column_text(st, 2) };

	(void)r;
	c->fn(c->arg, &row);
}

static void
from_row(struct record *r, sqlite3_stmt *st, const void *call)
{
	const struct announced_call *c = call;

	(void)r;
	*(struct wall *)c->arg = column_wall(st, 0);
}

int
record_load_announced(struct record *r, struct wall since,
    void (*fn)(void *arg, const struct record_announced *a), void *arg,
    struct wall *from, struct err *e)
{
	struct announced_call c = { fn, arg }, when = { NULL, from };
	sqlite3_stmt *st = db_statement(&r->db, STATEMENT_LOAD_ANNOUNCED, e);

	if (st == NULL ||
	    load(r, STATEMENT_ANNOUNCED_SINCE, from_row, &when, e) < 0)
		return -1;
	sqlite3_bind_int64(st, 1, since.ms);
	return load(r, STATEMENT_LOAD_ANNOUNCED, announced_row, &c, e);
}

static struct record_value
value_of(sqlite3_stmt *st)
{
	return (struct record_value){ .tag = column_text(st, 0),
		.value = column_value(st, 1) };
}
LOADER(values, value, VALUES)

static struct record_override
override_of(sqlite3_stmt *st)
{
	return (struct record_override){ .tag = column_text(st, 0),
		.value = column_value(st, 1),
		.user = column_text(st, 7),
		.station = column_text(st, 8),
		.reason = column_text(st, 9),
		.until = column_wall(st, 10) };
}
LOADER(overrides, override, OVERRIDES)

static struct record_lockout
lockout_of(sqlite3_stmt *st)
{
	return (struct record_lockout){ .object = column_text(st, 0),
		.user = column_text(st, 1),
		.station = column_text(st, 2),
		.reason = column_text(st, 3),
		.ticket = column_text(st, 4),
		.since = column_wall(st, 5) };
}
LOADER(lockouts, lockout, LOCKOUTS)

static struct record_bypass
bypass_of(sqlite3_stmt *st)
{
	return (struct record_bypass){ .object = column_text(st, 0),
		.command = column_text(st, 1),
		.interlock = column_text(st, 2),
		.user = column_text(st, 3),
		.station = column_text(st, 4),
		.reason = column_text(st, 5),
		.since = column_wall(st, 6),
		.until = column_wall(st, 7) };
}
LOADER(bypasses, bypass, BYPASSES)

static struct record_setting
setting_of(sqlite3_stmt *st)
{
	return (struct record_setting){ .key = column_text(st, 0),
		.text = column_text(st, 1) };
}
LOADER(settings, setting, SETTINGS)

struct audit_call {
	void (*fn)(void *arg, const struct record_audit *row);
	void *arg;
};

static void
audit_row(struct record *r, sqlite3_stmt *st, const void *call)
{
	const struct audit_call *c = call;
	struct record_audit row;

	(void)r;
	read_audit(st, &row);
	c->fn(c->arg, &row);
}

/* Those that wait in the queue because they come from the reserve. */
static int
reserved_requests(struct record *r, const struct audit_call *c)
{
	const struct record_batch *b;
	struct record_audit row;
	int n = 0;
	size_t i;

	STAILQ_FOREACH(b, &r->queue, next) {
		for (i = 0; b->reserved && i < b->ops.n; i++) {
			if (b->ops.at[i].st != STATEMENT_ADD_AUDIT)
				continue;
			audit_from_cells(b->ops.at[i].cells, &row);
			c->fn(c->arg, &row);
			n++;
		}
	}
	return n;
}

int
record_load_open_requests(struct record *r,
    void (*fn)(void *arg, const struct record_audit *row), void *arg,
    struct err *e)
{
	struct audit_call c = { fn, arg };
	int n = load(r, STATEMENT_LOAD_OPEN, audit_row, &c, e);

	return n == -1 ? -1 : n + reserved_requests(r, &c);
}
