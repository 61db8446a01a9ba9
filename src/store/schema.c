/* SPDX-License-Identifier: ISC */
#include "config.h"

#include "store/schema.h"

#include <stdint.h>
#include <stdio.h>

/*
 * Times are milliseconds since 1970 in UTC. The views show audit and events
 * as the csv output does, for people with nothing but sqlite3.
 */
#define WHEN(column)                                                           \
	"CASE " column " WHEN 0 THEN '' ELSE "                                 \
	"strftime('%Y-%m-%dT%H:%M:%S'," column "/1000,'unixepoch')"            \
	"||printf('.%03dZ'," column "%1000) END AS " column

static const char version_1[] =
	"CREATE TABLE schema(version INTEGER PRIMARY KEY,"
	" program TEXT NOT NULL, applied INTEGER NOT NULL) STRICT;"

	/* How far everything is; written in each transaction. event_limit:
	 * after a crash events go on behind it. */
	"CREATE TABLE position(one INTEGER PRIMARY KEY CHECK(one=1),"
	" batch INTEGER NOT NULL, audit_seq INTEGER NOT NULL,"
	" audit_hash TEXT NOT NULL, event_seq INTEGER NOT NULL,"
	" event_limit INTEGER NOT NULL) STRICT;"
	"INSERT INTO position VALUES(1,0,0,"
	"'0000000000000000000000000000000000000000000000000000000000000000',"
	"0,0);"

	"CREATE TABLE audit(seq INTEGER PRIMARY KEY, time INTEGER NOT NULL,"
	" mono_ms INTEGER NOT NULL, user TEXT NOT NULL, station TEXT NOT NULL,"
	" \"from\" TEXT NOT NULL, session TEXT NOT NULL, verb TEXT NOT NULL,"
	" name TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,"
	" reason TEXT NOT NULL, result TEXT NOT NULL, hash TEXT NOT NULL,"
	" command INTEGER NOT NULL) STRICT;"
	/* One request and one result for each command. */
	"CREATE UNIQUE INDEX audit_command ON audit(command,(result=''));"
	"CREATE INDEX audit_time ON audit(time);"
	"CREATE TABLE open_requests(command INTEGER PRIMARY KEY) STRICT;"
	"CREATE VIEW audit_text AS SELECT seq," WHEN("time") ",mono_ms,user,"
	"station,\"from\",session,verb,name,old,new,reason,result,hash,command"
	" FROM audit ORDER BY seq;"

	"CREATE TABLE events(seq INTEGER PRIMARY KEY, time INTEGER NOT NULL,"
	" mono_ms INTEGER NOT NULL, kind TEXT NOT NULL, area TEXT NOT NULL,"
	" name TEXT NOT NULL, text TEXT NOT NULL, user TEXT NOT NULL,"
	" station TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,"
	" result TEXT NOT NULL, occurrence INTEGER NOT NULL,"
	" priority INTEGER NOT NULL, value TEXT NOT NULL, cause TEXT NOT NULL,"
	" command INTEGER NOT NULL) STRICT;"
	"CREATE INDEX events_time ON events(time);"
	"CREATE VIEW events_text AS SELECT seq," WHEN("time") ",kind,area,name,"
	"text,user,station,old,new,result FROM events ORDER BY seq;"

	"CREATE TABLE alarms(name TEXT PRIMARY KEY, state TEXT NOT NULL,"
	" active INTEGER NOT NULL, occurrence INTEGER NOT NULL,"
	" count INTEGER NOT NULL, raised INTEGER NOT NULL,"
	" acked INTEGER NOT NULL, returned INTEGER NOT NULL,"
	" acked_by TEXT NOT NULL, \"limit\" REAL, type TEXT NOT NULL,"
	" value ANY, quality TEXT NOT NULL, cause TEXT NOT NULL,"
	" flags INTEGER NOT NULL, time INTEGER NOT NULL) STRICT;"
	"CREATE TABLE inhibitions(alarm TEXT NOT NULL, which TEXT NOT NULL,"
	" owner TEXT NOT NULL, reason TEXT NOT NULL, since INTEGER NOT NULL,"
	" until INTEGER NOT NULL, PRIMARY KEY(alarm,which))"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE tags(tag TEXT PRIMARY KEY, type TEXT NOT NULL,"
	" value ANY, quality TEXT NOT NULL, cause TEXT NOT NULL,"
	" flags INTEGER NOT NULL, time INTEGER NOT NULL) STRICT;"

	"CREATE TABLE users(name TEXT PRIMARY KEY, full_name TEXT NOT NULL,"
	" roles TEXT NOT NULL, language TEXT NOT NULL,"
	" unix_name TEXT NOT NULL, password TEXT, locked INTEGER NOT NULL,"
	" created INTEGER NOT NULL, last_login INTEGER NOT NULL) STRICT;"
	"CREATE TABLE keys(user TEXT NOT NULL, fingerprint TEXT NOT NULL,"
	" line TEXT NOT NULL, added INTEGER NOT NULL,"
	" PRIMARY KEY(user,fingerprint)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE sessions(id TEXT PRIMARY KEY, ticket TEXT NOT NULL,"
	" previous TEXT NOT NULL, user TEXT NOT NULL, station TEXT NOT NULL,"
	" \"from\" TEXT NOT NULL, \"key\" TEXT NOT NULL, limits TEXT NOT NULL,"
	" screen TEXT NOT NULL, since INTEGER NOT NULL) STRICT;"
	"CREATE TABLE settings(\"key\" TEXT PRIMARY KEY, text TEXT NOT NULL)"
	" STRICT;";

/* What persons put over the plant: values that are not read (P18), tags on
 * objects (P25). */
static const char version_2[] =
	"CREATE TABLE overrides(tag TEXT PRIMARY KEY, type TEXT NOT NULL,"
	" value ANY, quality TEXT NOT NULL, cause TEXT NOT NULL,"
	" flags INTEGER NOT NULL, time INTEGER NOT NULL,"
	" user TEXT NOT NULL, station TEXT NOT NULL, reason TEXT NOT NULL,"
	" until INTEGER NOT NULL) STRICT;"
	"CREATE TABLE lockouts(object TEXT NOT NULL, user TEXT NOT NULL,"
	" station TEXT NOT NULL, reason TEXT NOT NULL, ticket TEXT NOT NULL,"
	" since INTEGER NOT NULL, PRIMARY KEY(object,user))"
	" STRICT, WITHOUT ROWID;";

/* What nobody lived through says so (enum value_flag). */
static const char version_3[] =
	"ALTER TABLE events ADD COLUMN flags INTEGER NOT NULL DEFAULT 0;"
	"DROP VIEW events_text;"
	"CREATE VIEW events_text AS SELECT seq," WHEN("time") ",kind,area,name,"
	"text,user,station,old,new,result,"
	"CASE flags WHEN 0 THEN '' ELSE 'simulated' END AS flags"
	" FROM events ORDER BY seq;";

/* Interlocks that persons bypass (P14). */
static const char version_4[] =
	"CREATE TABLE bypasses(object TEXT NOT NULL, command TEXT NOT NULL,"
	" interlock TEXT NOT NULL, user TEXT NOT NULL, station TEXT NOT NULL,"
	" reason TEXT NOT NULL, since INTEGER NOT NULL,"
	" until INTEGER NOT NULL, PRIMARY KEY(object,command))"
	" STRICT, WITHOUT ROWID;";

/* Which steps of alarms called somebody (P8, P27). */
static const char version_5[] =
	"ALTER TABLE events ADD COLUMN announced INTEGER NOT NULL DEFAULT 0;";

static const char *const steps[SCHEMA_VERSION] = { version_1, version_2,
	version_3, version_4, version_5 };

int
schema_check(struct db *db, struct err *e)
{
	bool fresh;

	return db_identify(
	    db, "record", SCHEMA_APPLICATION, SCHEMA_VERSION, &fresh, e);
}

static int
apply_step(struct db *db, int version, struct err *e)
{
	char mark[256];

	snprintf(mark, sizeof(mark),
	    "INSERT INTO schema VALUES(%d,'%s',"
	    "CAST(strftime('%%s','now') AS INTEGER)*1000);"
	    "PRAGMA application_id=%d; PRAGMA user_version=%d;",
	    version, PACKAGE_VERSION, SCHEMA_APPLICATION, version);
	if (db_exec(db, "BEGIN IMMEDIATE", e) == -1)
		return -1;
	if (db_exec(db, steps[version - 1], e) == 0 &&
	    db_exec(db, mark, e) == 0 && db_exec(db, "COMMIT", e) == 0)
		return 0;
	db_exec(db, "ROLLBACK", NULL);
	return -1;
}

int
schema_apply(struct db *db, struct err *e)
{
	int64_t version;

	if (db_number(db, "PRAGMA user_version", &version, e) == -1)
		return -1;
	for (; version < SCHEMA_VERSION; version++) {
		if (apply_step(db, (int)version + 1, e) == -1)
			return err_prefix(e, "schema %d", (int)version + 1);
	}
	return 0;
}
