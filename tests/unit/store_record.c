/* SPDX-License-Identifier: ISC */
#include "store_help.h"

#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

#include "store/journal.h"
#include "store/owner.h"
#include "store/schema.h"

#define TEXT(number) TEXT_OF(number)
#define TEXT_OF(number) #number

static int
count_row(int *n)
{
	return ++*n;
}

static void
count_request(void *arg, const struct record_audit *row)
{
	(void)row;
	count_row(arg);
}

static void
a_new_record_is_empty_and_opens_again(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_proof p;
	int n = 0;

	assert_int_equal(record_load_users(r, NULL, NULL, NULL), 0);
	assert_int_equal(record_load_alarms(r, NULL, NULL, NULL), 0);
	assert_int_equal(
	    record_load_open_requests(r, count_request, &n, NULL), 0);
	record_must_close(r);
	p = must_verify(*state);
	assert_int_equal(p.rows, 0);
	record_must_close(record_must_open(*state));
	ask_equals(*state, "PRAGMA user_version", TEXT(SCHEMA_VERSION));
	ask_equals(*state, "PRAGMA journal_mode", "wal");
	ask_equals(*state, "SELECT max(version) FROM schema",
	    TEXT(SCHEMA_VERSION));
}

struct seen {
	struct record_user user;
	struct record_key key;
	struct record_session session;
	struct record_alarm alarm;
	struct record_value value[8];
	int users, keys, sessions, alarms, values, settings;
	char text[8][100];
	char setting[200];
};

static void
see_user(void *arg, const struct record_user *u)
{
	struct seen *s = arg;

	s->users++;
	assert_string_equal(u->name, "olga");
	assert_string_equal(u->full_name, "Olga Petrova");
	assert_string_equal(u->roles, "operator@filtration,viewer");
	assert_string_equal(u->language, "en");
	assert_string_equal(u->unix_name, "");
	assert_null(u->password);
	assert_true(u->locked);
	assert_int_equal(u->created.ms, noon.ms);
	assert_int_equal(u->last_login.ms, 0);
}

static void
see_key(void *arg, const struct record_key *k)
{
	struct seen *s = arg;

	s->keys++;
	assert_string_equal(k->user, "olga");
	assert_string_equal(k->fingerprint, "SHA256:abc");
	assert_string_equal(k->line, "ssh-ed25519 AAAA olga@desk");
}

static void
see_session(void *arg, const struct record_session *x)
{
	struct seen *s = arg;
	struct digest ticket = digest_of("ticket", 6), none = { { 0 } };

	s->sessions++;
	assert_string_equal(x->id, "s1");
	assert_true(digest_same(&x->ticket, &ticket));
	assert_true(digest_same(&x->previous, &none));
	assert_string_equal(x->screen, "clearwater");
}

static void
see_alarm(void *arg, struct record_alarm *row)
{
	struct seen *s = arg;

	s->alarms++;
	s->alarm = *row;
	s->alarm.name = s->text[7];
	str_copy(s->text[7], row->name, sizeof(s->text[7]));
	s->alarm.alarm.at.as.text = NULL;
}

static void
see_value(void *arg, const struct record_value *v)
{
	struct seen *s = arg;
	int i = s->values++;

	s->value[i] = *v;
	if (v->value.type == VALUE_TEXT)
		str_copy(s->text[i], v->value.as.text, sizeof(s->text[i]));
}

static void
see_setting(void *arg, const struct record_setting *x)
{
	struct seen *s = arg;

	s->settings++;
	snprintf(s->setting, sizeof(s->setting), "%s=%s", x->key, x->text);
}

static uint64_t
put_all(struct record *r)
{
	struct record_batch *b = record_batch_new(r);
	struct digest ticket = digest_of("ticket", 6);
	struct alarm a = { .state = ALARM_RETURNED,
		.active = false,
		.occurrence = 31,
		.count = 3,
		.raised = { noon.ms - 5 },
		.acked_by = "vera",
		.limit = NAN };
	struct inhibition shelf = { .on = true,
		.owner = "sven",
		.reason = "wire broken",
		.since = noon,
		.until = { noon.ms + 1000 } };

	alarm_restore_inhibition(&a, INHIBIT_SHELVED, &shelf);
	a.at = (struct value){ .as.uint = UINT64_MAX,
		.type = VALUE_UINT,
		.quality = QUALITY_BAD,
		.cause = CAUSE_DEVICE,
		.flags = VALUE_SIMULATED,
		.time = noon };
	record_put_user(b,
	    &(struct record_user){ .name = "olga",
		.full_name = "Olga Petrova",
		.roles = "operator@filtration,viewer",
		.language = "en",
		.locked = true,
		.created = noon });
	record_put_key(b,
	    &(struct record_key){ .user = "olga",
		.fingerprint = "SHA256:abc",
		.line = "ssh-ed25519 AAAA olga@desk",
		.added = noon });
	record_put_session(b,
	    &(struct record_session){ .id = "s1",
		.ticket = ticket,
		.user = "olga",
		.screen = "clearwater",
		.since = noon });
	record_put_alarm(b, "LT-501.L", &a);
	alarm_fini(&a);
	record_put_value(b, "a.bool",
	    &(struct value){ .type = VALUE_BOOL, .as.uint = 1 });
	record_put_value(b, "b.int",
	    &(struct value){ .type = VALUE_INT, .as.sint = -5 });
	record_put_value(b, "c.real",
	    &(struct value){
		.type = VALUE_REAL, .as.real = 0.1 + 0.2, .time = noon });
	record_put_value(b, "d.text",
	    &(struct value){ .type = VALUE_TEXT, .as.text = "Größe 7" });
	record_put_setting(b, "control", "taken");
	record_put_override(b,
	    &(struct record_override){ .tag = "LT-501.pv",
		.value = { .type = VALUE_REAL, .as.real = 3.5,
		    .quality = QUALITY_UNCERTAIN, .flags = VALUE_OVERRIDE,
		    .time = noon },
		.user = "emma", .station = "office", .reason = "wire broken",
		.until = wall_add(noon, (struct span){ 60000 }) });
	record_put_override(
	    b, &(struct record_override){ .tag = "LT-502.pv" });
	record_remove_override(b, "LT-502.pv");
	record_put_lockout(b,
	    &(struct record_lockout){ .object = "P-101A", .user = "lena",
		.station = "gate", .reason = "coupling", .ticket = "W-17",
		.since = noon });
	record_put_lockout(b,
	    &(struct record_lockout){ .object = "P-101A", .user = "sven",
		.reason = "also me" });
	record_remove_lockout(b, "P-101A", "sven");
	record_put_bypass(b,
	    &(struct record_bypass){ .object = "P-101A", .command = "start",
		.interlock = "not fault", .user = "lena", .station = "gate",
		.reason = "wire", .since = noon,
		.until = wall_add(noon, (struct span){ 60000 }) });
	record_put_bypass(b,
	    &(struct record_bypass){ .object = "P-101B", .command = "start" });
	record_remove_bypass(b, "P-101B", "start");
	return record_submit(r, b, t0);
}

static void
see_override(void *arg, const struct record_override *o)
{
	(void)arg;
	assert_string_equal(o->tag, "LT-501.pv");
	assert_int_equal(o->value.type, VALUE_REAL);
	assert_true(o->value.as.real == 3.5);
	assert_int_equal(o->value.quality, QUALITY_UNCERTAIN);
	assert_int_equal(o->value.flags, VALUE_OVERRIDE);
	assert_int_equal(o->value.time.ms, noon.ms);
	assert_string_equal(o->user, "emma");
	assert_string_equal(o->station, "office");
	assert_string_equal(o->reason, "wire broken");
	assert_int_equal(o->until.ms, noon.ms + 60000);
}

static void
see_lockout(void *arg, const struct record_lockout *l)
{
	(void)arg;
	assert_string_equal(l->object, "P-101A");
	assert_string_equal(l->user, "lena");
	assert_string_equal(l->station, "gate");
	assert_string_equal(l->reason, "coupling");
	assert_string_equal(l->ticket, "W-17");
	assert_int_equal(l->since.ms, noon.ms);
}

static void
see_bypass(void *arg, const struct record_bypass *p)
{
	(void)arg;
	assert_string_equal(p->object, "P-101A");
	assert_string_equal(p->command, "start");
	assert_string_equal(p->interlock, "not fault");
	assert_string_equal(p->user, "lena");
	assert_string_equal(p->station, "gate");
	assert_string_equal(p->reason, "wire");
	assert_int_equal(p->since.ms, noon.ms);
	assert_int_equal(p->until.ms, noon.ms + 60000);
}

static void
all_that_was_put_comes_back(void **state)
{
	struct record *r = record_must_open(*state);
	struct seen s = { 0 };
	const struct inhibition *in;

	record_start(r, NULL, NULL);
	assert_true(record_wait(r, put_all(r), SOON));
	record_must_close(r);
	r = record_must_open(*state);
	assert_int_equal(record_load_users(r, see_user, &s, NULL), 1);
	assert_int_equal(record_load_keys(r, see_key, &s, NULL), 1);
	assert_int_equal(record_load_sessions(r, see_session, &s, NULL), 1);
	assert_int_equal(record_load_alarms(r, see_alarm, &s, NULL), 1);
	assert_int_equal(record_load_values(r, see_value, &s, NULL), 4);
	assert_int_equal(record_load_settings(r, see_setting, &s, NULL), 1);
	assert_string_equal(s.setting, "control=taken");
	assert_int_equal(record_load_overrides(r, see_override, &s, NULL), 1);
	assert_int_equal(record_load_lockouts(r, see_lockout, &s, NULL), 1);
	assert_int_equal(record_load_bypasses(r, see_bypass, &s, NULL), 1);

	assert_string_equal(s.alarm.name, "LT-501.L");
	assert_int_equal(s.alarm.alarm.state, ALARM_RETURNED);
	assert_int_equal(s.alarm.alarm.occurrence, 31);
	assert_int_equal(s.alarm.alarm.count, 3);
	assert_int_equal(s.alarm.alarm.raised.ms, noon.ms - 5);
	assert_string_equal(s.alarm.alarm.acked_by, "vera");
	assert_true(isnan(s.alarm.alarm.limit));
	in = alarm_inhibition(&s.alarm.alarm, INHIBIT_SHELVED);
	assert_non_null(in);
	assert_string_equal(in->owner, "sven");
	assert_string_equal(in->reason, "wire broken");
	assert_int_equal(in->until.ms, noon.ms + 1000);
	assert_null(alarm_inhibition(&s.alarm.alarm, INHIBIT_SUPPRESSED));
	alarm_fini(&s.alarm.alarm);

	assert_int_equal(s.value[0].value.as.uint, 1);
	assert_int_equal(s.value[1].value.as.sint, -5);
	assert_true(s.value[2].value.as.real == 0.1 + 0.2);
	assert_int_equal(s.value[2].value.time.ms, noon.ms);
	assert_string_equal(s.text[3], "Größe 7");
	record_must_close(r);
}

static void
an_alarm_keeps_quality_cause_and_an_unsigned_value(void **state)
{
	struct record *r = record_must_open(*state);
	struct seen s = { 0 };

	record_start(r, NULL, NULL);
	assert_true(record_wait(r, put_all(r), SOON));
	record_must_close(r);
	ask_equals(*state,
	    "SELECT state||' '||quality||' '||cause FROM alarms",
	    "returned bad device");
	r = record_must_open(*state);
	assert_int_equal(record_load_alarms(r, see_alarm, &s, NULL), 1);
	assert_int_equal(s.alarm.alarm.at.type, VALUE_UINT);
	assert_int_equal(s.alarm.alarm.at.quality, QUALITY_BAD);
	assert_int_equal(s.alarm.alarm.at.cause, CAUSE_DEVICE);
	assert_int_equal(s.alarm.alarm.at.flags, VALUE_SIMULATED);
	alarm_fini(&s.alarm.alarm);
	record_must_close(r);
}

static void
removing_a_user_removes_keys_and_sessions(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_batch *b;

	record_start(r, NULL, NULL);
	put_all(r);
	b = record_batch_new(r);
	record_remove_user(b, "olga");
	record_remove_alarm(b, "LT-501.L");
	record_remove_value(b, "a.bool");
	record_put_setting(b, "control", NULL);
	assert_true(record_wait(r, record_submit(r, b, t0), SOON));
	record_must_close(r);
	ask_equals(*state,
	    "SELECT (SELECT count(*) FROM users)||(SELECT count(*) FROM keys)"
	    "||(SELECT count(*) FROM sessions)||(SELECT count(*) FROM alarms)"
	    "||(SELECT count(*) FROM inhibitions)||"
	    "(SELECT count(*) FROM tags)||(SELECT count(*) FROM settings)",
	    "0000030");
}

static void
a_command_has_one_request_and_one_result(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_proof p;
	struct record_health h;
	uint64_t n, command, other;
	int open = 0;

	record_start(r, NULL, NULL);
	command = submit_request(r, "site.target", false, &n);
	other = submit_request(r, "site.demand", false, &n);
	submit_result(r, command, "done");
	n = submit_result(r, command, "mismatch: 4");
	assert_true(record_wait(r, n, SOON));
	record_health(r, &h);
	assert_int_equal(h.skipped, 1);	/* the second result */
	record_must_close(r);
	p = must_verify(*state);
	assert_int_equal(p.requests, 2);
	assert_int_equal(p.results, 1);
	assert_int_equal(p.open, 1);
	r = record_must_open(*state);
	assert_int_equal(
	    record_load_open_requests(r, count_request, &open, NULL), 1);
	record_start(r, NULL, NULL);
	submit_result(r, other, "unknown: restart");
	record_must_close(r);
	p = must_verify(*state);
	assert_int_equal(p.open, 0);
	ask_equals(*state, "SELECT group_concat(result,'|') FROM audit",
	    "||done|unknown: restart");
	ask_equals(*state,
	    "SELECT time||' '||verb||' '||name FROM audit_text",
	    "2026-11-22T12:03:10.482Z set site.target");
}

static void
numbers_go_on_after_a_close_and_behind_a_gap_after_a_crash(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_event row = event_row("intake", "P-101A.FAIL");
	struct record_batch *b = record_batch_new(r);
	char dead[] = "/tmp/sg-store-XXXXXX", command[256];
	uint64_t n;

	record_start(r, NULL, NULL);
	assert_int_equal(record_event(b, &row), 1);
	assert_true(record_wait(r, record_submit(r, b, t0), SOON));
	/* what a crash would leave behind */
	assert_non_null(mkdtemp(dead));
	snprintf(command, sizeof(command), "cp %s/record.db* %s/",
	    (char *)*state, dead);
	assert_int_equal(system(command), 0);
	record_must_close(r);

	r = record_must_open(*state);
	assert_int_equal(record_event_seq(r), 1);
	record_must_close(r);
	r = record_must_open(dead);
	assert_int_equal(record_event_seq(r), 1 + RECORD_SEQ_AHEAD);
	assert_int_equal(record_audit_seq(r), 0);
	record_start(r, NULL, NULL);
	assert_int_equal(submit_request(r, "x", false, &n), 1);
	record_must_close(r);
	snprintf(command, sizeof(command), "rm -r %s", dead);
	assert_int_equal(system(command), 0);
}

struct told {
	pthread_mutex_t lock;
	uint64_t last;
	int calls;
	bool fell;
};

static void
hear(void *arg, uint64_t upto)
{
	struct told *t = arg;

	pthread_mutex_lock(&t->lock);
	t->fell |= upto < t->last;
	t->last = upto;
	t->calls++;
	pthread_mutex_unlock(&t->lock);
}

static void
batches_that_wait_are_committed_together_and_in_order(void **state)
{
	struct record *r = record_must_open(*state);
	struct told told = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct record_event row = event_row("intake", "P-101A.FAIL");
	struct record_batch *b;
	struct record_health h;
	uint64_t n = 0;
	int i;

	/* before the thread runs: all of these wait */
	for (i = 0; i < 1000; i++) {
		char text[16];

		b = record_batch_new(r);
		snprintf(text, sizeof(text), "%d", i);
		row.text = text;
		record_event(b, &row);
		assert_int_equal(record_submit(r, b, t0), n + 1);
		n++;
	}
	assert_int_equal(record_committed(r), 0);
	record_start(r, hear, &told);
	assert_true(record_wait(r, n, SOON));
	record_health(r, &h);
	assert_true(h.ok);
	assert_int_equal(h.commits, 1);
	assert_int_equal(h.ops, 0);
	assert_int_equal(h.bytes, 0);
	assert_int_equal(h.behind.us, MONO_NEVER.us);
	record_must_close(r);
	assert_int_equal(told.last, n);
	assert_false(told.fell);
	ask_equals(*state,
	    "SELECT count(*)||' '||sum(text=seq-1) FROM events", "1000 1000");
}

static void
ten_thousand_audit_rows_take_less_than_ten_seconds(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_health h;
	uint64_t n = 0, command;
	struct record_proof p;
	int i;

	record_start(r, NULL, NULL);
	for (i = 0; i < 5000; i++) {
		command = submit_request(r, "site.target", false, &n);
		n = submit_result(r, command, "done");
	}
	assert_true(record_wait(r, n, SOON));
	record_health(r, &h);
	assert_true(h.commits < 10000);
	record_must_close(r);
	p = must_verify(*state);
	assert_int_equal(p.requests, 5000);
	assert_int_equal(p.results, 5000);
	assert_int_equal(p.open, 0);
}

static void
a_long_text_is_cut_between_two_characters(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_batch *b = record_batch_new(r);
	char text[2 * RECORD_TEXT_MAX + 1];
	struct record_event row = event_row("intake", text);
	size_t i;

	text[0] = 'x';
	for (i = 1; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "ö", 2);
	text[i] = '\0';
	record_event(b, &row);
	record_start(r, NULL, NULL);
	record_submit(r, b, t0);
	record_must_close(r);
	ask_equals(*state, "SELECT length(CAST(name AS BLOB)) FROM events",
	    "999");
}

static void
a_full_queue_takes_only_safe_commands(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_batch *b = record_batch_new(r);
	char text[RECORD_LONG_MAX + 1];
	int i;

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	for (i = 0; i < RECORD_QUEUE_BYTES / RECORD_LONG_MAX; i++)
		record_put_setting(b, "large", text);
	assert_int_equal(record_submit(r, b, t0), 0);
	record_batch_free(b);
	/* until nothing fits any more */
	for (i = 0;; i++) {
		b = record_batch_new(r);
		for (int k = 0; k < 100; k++)
			record_put_setting(b, "large", text);
		if (record_submit(r, b, t0) == 0)
			break;
	}
	assert_in_range(i, 100, RECORD_QUEUE_BYTES / RECORD_LONG_MAX / 100);
	assert_int_not_equal(record_submit_safe(r, b, t0), 0);
	record_start(r, NULL, NULL);
	record_must_close(r);
	ask_equals(*state, "SELECT length(text) FROM settings", "4096");
}

static void
refuses(const char *dir, const char *sql, const char *why)
{
	struct err e = { "" };

	free(ask(dir, sql));
	assert_null(record_open(dir, &e));
	if (strstr(e.text, why) == NULL)
		fail_msg("%s", e.text);
}

static void
see_announced(void *arg, const struct record_announced *a)
{
	char *seen = arg;

	strcat(seen, a->area);
	strcat(seen, "/");
	strcat(seen, a->name);
	strcat(seen, " ");
}

static void
steps_that_called_somebody_are_told_after_a_restart(void **state)
{
	struct alarm_def d = { .name = "LT-501.H", .of = NONE,
		.title = { { "High" } } };
	struct alarm a = alarm_new();
	struct alarm_change ch = { .event = ALARM_EVENT_CAME };
	struct journal_step s = { .def = &d, .area = "clearwater",
		.alarm = &a, .change = &ch, .time = noon, .announced = true };
	struct record *r = record_must_open(*state);
	struct record_batch *b;
	struct wall from = { 0 };
	char seen[100] = "";

	record_start(r, NULL, NULL);
	b = record_batch_new(r);
	journal_step(b, &s);
	d.name = "LT-501.HH";
	s.announced = false;	/* shelved */
	journal_step(b, &s);
	d.name = "LT-501.L";
	s.announced = true;
	s.time.ms -= 600001;	/* too long ago */
	journal_step(b, &s);
	assert_true(record_wait(r, record_submit(r, b, t0), SOON));
	record_must_close(r);
	r = record_must_open(*state);
	assert_int_equal(record_load_announced(r,
	    (struct wall){ noon.ms - 600000 }, see_announced, seen, &from,
	    NULL), 1);
	assert_string_equal(seen, "clearwater/LT-501.H ");
	assert_true(from.ms > 0);
	record_must_close(r);
}

static void
a_record_of_the_first_version_gets_what_is_missing(void **state)
{
	record_must_close(record_must_open(*state));
	free(ask(*state, "DROP TABLE overrides"));
	free(ask(*state, "DROP TABLE lockouts"));
	free(ask(*state, "DROP VIEW events_text"));
	free(ask(*state, "ALTER TABLE events DROP COLUMN flags"));
	free(ask(*state, "ALTER TABLE events DROP COLUMN announced"));
	free(ask(*state, "CREATE VIEW events_text AS SELECT seq FROM events"));
	free(ask(*state, "DROP TABLE bypasses"));
	free(ask(*state, "DELETE FROM schema WHERE version>1"));
	free(ask(*state, "PRAGMA user_version=1"));
	record_must_close(record_must_open(*state));
	ask_equals(*state,
	    "SELECT (SELECT count(*) FROM overrides)"
	    "||(SELECT count(*) FROM lockouts)"
	    "||(SELECT count(*) FROM bypasses)",
	    "000");
	ask_equals(*state, "SELECT count(flags) FROM events_text", "0");
	ask_equals(*state, "SELECT count(announced) FROM events", "0");
	ask_equals(*state, "PRAGMA user_version", TEXT(SCHEMA_VERSION));
}

static void
a_newer_schema_is_refused_untouched(void **state)
{
	record_must_close(record_must_open(*state));
	refuses(*state, "PRAGMA user_version=99", "newer sightglass");
	ask_equals(*state, "PRAGMA user_version", "99");
	free(ask(*state, "PRAGMA user_version=" TEXT(SCHEMA_VERSION)));
	record_must_close(record_must_open(*state));
}

static void
a_state_directory_behind_a_symbolic_link_is_fine(void **state)
{
	char link[64];

	snprintf(link, sizeof(link), "%s-link", (char *)*state);
	assert_int_equal(symlink(*state, link), 0);
	record_must_close(record_must_open(link));
	unlink(link);
}

static void
a_file_of_somebody_else_is_refused(void **state)
{
	char path[128];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/record.db", (char *)*state);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_exec(db, "CREATE TABLE t(a)", NULL, NULL, NULL);
	sqlite3_close(db);
	refuses(*state, "SELECT 1", "not a record");
	ask_equals(*state, "PRAGMA journal_mode", "delete");
}

static void
a_changed_audit_row_is_found(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_proof p;
	struct err e = { "" };
	uint64_t n;
	int i;

	record_start(r, NULL, NULL);
	for (i = 0; i < 5; i++)
		submit_request(r, "site.target", false, &n);
	record_must_close(r);
	free(ask(*state, "UPDATE audit SET user='vera' WHERE seq=3"));
	assert_int_equal(record_verify(*state, &p, &e), -1);
	assert_non_null(strstr(e.text, "audit row 3"));
	refuses(*state, "SELECT 1", "audit row 3");
	free(ask(*state, "UPDATE audit SET user='olga' WHERE seq=3"));
	must_verify(*state);
	free(ask(*state, "DELETE FROM audit WHERE seq=2"));
	refuses(*state, "SELECT 1", "audit row 3");
}

static void
a_tail_that_was_cut_off_is_found(void **state)
{
	struct record *r = record_must_open(*state);
	uint64_t n;

	record_start(r, NULL, NULL);
	submit_request(r, "site.target", false, &n);
	submit_request(r, "site.target", false, &n);
	record_must_close(r);
	refuses(*state, "DELETE FROM audit WHERE seq=2", "missing");
}

static void
the_hash_is_what_the_manual_says(void **state)
{
	/* sha256 over 64:0..0 and each column as length:text */
	static const char text[] =
	    "64:000000000000000000000000000000000000000000000000000000000000"
	    "00001:124:2026-11-22T12:03:10.482Z1:74:olga12:control-room"
	    "8:10.0.5.32:s13:set11:site.target1:43:4.20:0:1:1";
	struct record *r = record_must_open(*state);
	struct digest d = digest_of(text, sizeof(text) - 1);
	char hex[DIGEST_HEX];
	uint64_t n;

	record_start(r, NULL, NULL);
	submit_request(r, "site.target", false, &n);
	record_must_close(r);
	ask_equals(*state, "SELECT hash FROM audit", digest_hex(hex, &d));
}

/* A core that a killed parent left over still commits and closes. */
static void
the_next_writer_waits_until_the_last_has_ended(void **state)
{
	struct err e = { "" };
	char want[64], byte;
	int ready[2], fd;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		fd = owner_take(*state, 0, &e);
		if (write(ready[1], fd == -1 ? "-" : "+", 1) == 1)
			pause();
		_exit(0);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(byte, '+');
	assert_int_equal(owner_take(*state, 0, &e), -1);
	snprintf(want, sizeof(want),
	    "the record is still open in process %d", (int)pid);
	assert_string_equal(e.text, want);
	kill(pid, SIGKILL);
	fd = owner_take(*state, SOON, &e);
	assert_true(fd >= 0);
	close(fd);
	waitpid(pid, NULL, 0);
	close(ready[0]);
	close(ready[1]);
}

#define IN_DIR(test) cmocka_unit_test_setup_teardown(test, dir_make, dir_remove)

static void
a_disk_is_low_below_a_tenth_and_one_gigabyte(void **state)
{
	const uint64_t mb = 1 << 20;

	(void)state;
	assert_true(disk_is_low(399 * mb, 4000 * mb));
	assert_false(disk_is_low(401 * mb, 4000 * mb));
	assert_true(disk_is_low(1023 * mb, 1000000 * mb));
	assert_false(disk_is_low(1024 * mb, 1000000 * mb));
	assert_false(disk_is_low(0, 0));	/* not known */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DIR(a_new_record_is_empty_and_opens_again),
		IN_DIR(all_that_was_put_comes_back),
		IN_DIR(an_alarm_keeps_quality_cause_and_an_unsigned_value),
		IN_DIR(removing_a_user_removes_keys_and_sessions),
		IN_DIR(a_command_has_one_request_and_one_result),
		IN_DIR(numbers_go_on_after_a_close_and_behind_a_gap_after_a_crash),
		IN_DIR(batches_that_wait_are_committed_together_and_in_order),
		IN_DIR(ten_thousand_audit_rows_take_less_than_ten_seconds),
		IN_DIR(a_long_text_is_cut_between_two_characters),
		IN_DIR(a_full_queue_takes_only_safe_commands),
		IN_DIR(steps_that_called_somebody_are_told_after_a_restart),
		IN_DIR(a_record_of_the_first_version_gets_what_is_missing),
		IN_DIR(a_newer_schema_is_refused_untouched),
		IN_DIR(a_state_directory_behind_a_symbolic_link_is_fine),
		IN_DIR(a_file_of_somebody_else_is_refused),
		IN_DIR(a_changed_audit_row_is_found),
		IN_DIR(a_tail_that_was_cut_off_is_found),
		IN_DIR(the_hash_is_what_the_manual_says),
		IN_DIR(the_next_writer_waits_until_the_last_has_ended),
		cmocka_unit_test(a_disk_is_low_below_a_tenth_and_one_gigabyte),
	};

	return cmocka_run_group_tests_name("store_record", tests, NULL, NULL);
}
