/* SPDX-License-Identifier: ISC */
/* A backup of a state that is in use, and the way back. */
#include "store_help.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "store/backup.h"
#include "store/batch.h"
#include "store/history.h"
#include "store/load.h"
#include "store/record.h"
#include "store/restore.h"
#include "store/tree.h"
#include "store/verify.h"

#define NOW ((struct wall){ 1795348800000 })

struct scene {
	char root[64], state[80], copy[80], other[80];
	struct record *record;
	struct history *history;
};

static void
ignore_done(void *arg, uint64_t upto)
{
	(void)arg;
	(void)upto;
}

static void
write_text(const char *dir, const char *name, const char *text)
{
	char path[400];
	struct err e;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(fd_write_file(path, text, strlen(text), 0600, &e), 0);
}

static void
make_dirs(struct scene *s)
{
	char path[200];

	assert_int_equal(mkdir(s->state, 0700), 0);
	snprintf(path, sizeof(path), "%s/projects", s->state);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/projects/abc", s->state);
	mkdir(path, 0700);
	write_text(path, "plant.conf", "format = 1;\n");
	snprintf(path, sizeof(path), "%s/keys", s->state);
	mkdir(path, 0700);
	write_text(path, "ssh_host_ed25519_key", "secret\n");
	write_text(s->state, "lock", "1\n");
}

static void
fill(struct scene *s)
{
	struct record_batch *b = record_batch_new(s->record);
	struct record_audit row = { .time = NOW, .user = "olga", .verb = "set",
		.name = "site.target" };
	struct value v = value_real(4.5, NOW);
	uint64_t n;

	n = record_audit_request(b, &row);
	row.result = "done";
	record_audit_result(b, n, &row);
	record_put_setting(b, "control", "here 1 anna");
	record_put_setting(b, "revision", "7");
	record_put_session(b,
	    &(struct record_session){ .id = "1", .user = "olga" });
	assert_true(record_wait(s->record,
	    record_submit(s->record, b, (struct mono){ 0 }), 10000));
	history_put(s->history, history_tag(s->history, "LT-501.pv"), &v);
	history_flush(s->history, wall_add(NOW, (struct span){ 1000 }));
	assert_true(history_wait(s->history, 10000));
}

static int
setup(void **state)
{
	static const struct history_limits limits = { { INT64_MAX / 2 },
		INT64_MAX / 2 };
	struct scene *s = calloc(1, sizeof(*s));
	struct err e;

	strcpy(s->root, "/tmp/sg-backup-XXXXXX");
	assert_non_null(mkdtemp(s->root));
	snprintf(s->state, sizeof(s->state), "%s/state", s->root);
	snprintf(s->copy, sizeof(s->copy), "%s/copy", s->root);
	snprintf(s->other, sizeof(s->other), "%s/other", s->root);
	make_dirs(s);
	s->record = record_open(s->state, &e);
	assert_non_null(s->record);
	record_start(s->record, ignore_done, NULL);
	s->history = history_open(s->state, &limits);
	history_start(s->history, NOW);
	fill(s);
	*state = s;
	return 0;
}

static void
stop(struct scene *s)
{
	struct err e;

	history_close(s->history, wall_add(NOW, (struct span){ 2000 }));
	if (s->record != NULL)
		record_close(s->record, &e);
	s->history = NULL;
	s->record = NULL;
}

static int
teardown(void **state)
{
	struct scene *s = *state;
	char command[200];

	stop(s);
	snprintf(command, sizeof(command), "rm -rf '%s'", s->root);
	assert_int_equal(system(command), 0);
	free(s);
	return 0;
}

static void
make(struct scene *s)
{
	struct backup_result r;
	struct err e = { "" };

	if (backup_make(s->state, s->copy, NOW, &r, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(r.files, 4);	/* record, a day, a file, a key */
}

static int
restore_to(
    struct scene *s, const char *state, struct restore_result *r, struct err *e)
{
	struct restore o = { .dir = s->copy, .state = state, .by = "root",
		.now = NOW };

	return restore_stopped(&o, r, e);
}

static void
expect_refused(struct scene *s, const char *why)
{
	struct restore_result r;
	struct stat st;
	char path[200];
	struct err e = { "" };

	assert_int_equal(restore_to(s, s->other, &r, &e), -1);
	if (strstr(e.text, why) == NULL)
		fail_msg("expected %s, is %s", why, e.text);
	snprintf(path, sizeof(path), "%s/record.db", s->other);
	assert_int_equal(stat(path, &st), -1);
	snprintf(path, sizeof(path), "%s/restore.part", s->other);
	assert_int_equal(stat(path, &st), -1);
}

struct found {
	int control, revision, sessions;
};

static void
on_setting(void *arg, const struct record_setting *set)
{
	struct found *f = arg;

	f->control += strcmp(set->key, "control") == 0;
	f->revision += strcmp(set->key, "revision") == 0 &&
	    strcmp(set->text, "7") == 0;
}

static void
on_session(void *arg, const struct record_session *session)
{
	(void)session;
	((struct found *)arg)->sessions++;
}

static void
a_state_in_use_comes_back_without_control_and_sessions(void **state)
{
	struct scene *s = *state;
	struct restore_result r;
	struct record_proof proof;
	struct found f = { 0 };
	struct record *copy;
	struct stat st;
	struct err e = { "" };
	char path[200];

	make(s);
	if (restore_to(s, s->other, &r, &e) < 0)
		fail_msg("%s", e.text);
	assert_string_equal(r.before, "");
	assert_int_equal(record_verify(s->other, &proof, &e), 0);
	assert_int_equal(proof.rows, 2);
	copy = record_open(s->other, &e);
	assert_non_null(copy);
	record_load_settings(copy, on_setting, &f, &e);
	record_load_sessions(copy, on_session, &f, &e);
	record_close(copy, &e);
	assert_int_equal(f.control, 0);
	assert_int_equal(f.sessions, 0);
	assert_int_equal(f.revision, 1);
	snprintf(path, sizeof(path), "%s/projects/abc/plant.conf", s->other);
	assert_int_equal(stat(path, &st), 0);
	snprintf(path, sizeof(path), "%s/keys/ssh_host_ed25519_key", s->other);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	snprintf(path, sizeof(path), "%s/history/2026-11-22.db", s->other);
	assert_int_equal(stat(path, &st), 0);
}

static void
a_backup_goes_into_an_empty_place_only(void **state)
{
	struct scene *s = *state;
	struct restore_result back;
	struct backup_result r;
	struct err e;

	make(s);
	assert_int_equal(backup_make(s->state, s->copy, NOW, &r, &e), -1);
	assert_non_null(strstr(e.text, "is not empty"));
	assert_int_equal(
	    backup_make("/nowhere/at/all", s->other, NOW, &r, &e), -1);
	/* which leaves no MANIFEST, and so no backup */
	strcpy(s->copy, s->other);
	assert_int_equal(restore_to(s, s->root, &back, &e), -1);
	assert_non_null(strstr(e.text, "no backup"));
}

/* The tool of a test that damages: a sed expression on a file of the copy. */
static void
edit(struct scene *s, const char *file, const char *how)
{
	char command[400];

	snprintf(command, sizeof(command), "sed -i '%s' '%s/%s'", how, s->copy,
	    file);
	assert_int_equal(system(command), 0);
}

static void
what_is_damaged_is_refused_before_anything_is_touched(void **state)
{
	struct scene *s = *state;

	make(s);
	edit(s, "projects/abc/plant.conf", "s/1/2/");
	expect_refused(s, "plant.conf: damaged");
	edit(s, "projects/abc/plant.conf", "s/2/1/");
	edit(s, "MANIFEST", "/ssh_host/d");
	expect_refused(s, "has 3 files of 4");
	edit(s, "MANIFEST", "s,projects/abc/plant.conf,../../etc/passwd,");
	expect_refused(s, "not a file of a state");
	edit(s, "MANIFEST", "s,../../etc/passwd,projects/../lock,");
	expect_refused(s, "not a file of a state");
	edit(s, "MANIFEST", "1s/^./x/");
	expect_refused(s, "no digest");
}

static void
a_day_that_is_missing_is_noticed(void **state)
{
	struct scene *s = *state;
	char path[200];

	make(s);
	snprintf(path, sizeof(path), "%s/history/2026-11-22.db", s->copy);
	assert_int_equal(unlink(path), 0);
	expect_refused(s, "2026-11-22.db");
}

/* Who can make a backup anew gets no control by it all the same. */
static void
a_forged_backup_carries_no_control(void **state)
{
	struct scene *s = *state;
	struct restore_result r;
	struct found f = { 0 };
	struct record *copy;
	struct err e = { "" };
	char command[600];

	make(s);
	snprintf(command, sizeof(command), "cd '%s' && sqlite3 record.db "
	    "\"INSERT INTO settings VALUES('control', 'here 1 mallory')\" && "
	    "sha256sum record.db > new && grep -v record.db MANIFEST >> new && "
	    "mv new MANIFEST", s->copy);
	assert_int_equal(system(command), 0);
	if (restore_to(s, s->other, &r, &e) < 0)
		fail_msg("%s", e.text);
	copy = record_open(s->other, &e);
	assert_non_null(copy);
	record_load_settings(copy, on_setting, &f, &e);
	record_close(copy, &e);
	assert_int_equal(f.control, 0);
	assert_int_equal(f.revision, 1);
}

static void
a_running_server_is_not_written_over(void **state)
{
	struct scene *s = *state;
	struct restore_result r;
	char path[200];
	struct err e;
	int lock;

	make(s);
	/* its core has the record */
	assert_int_equal(restore_to(s, s->state, &r, &e), -1);
	stop(s);
	/* its parent has the lock */
	snprintf(path, sizeof(path), "%s/lock", s->state);
	lock = open(path, O_RDWR | O_CLOEXEC);
	assert_int_equal(flock(lock, LOCK_EX | LOCK_NB), 0);
	assert_int_equal(restore_to(s, s->state, &r, &e), -1);
	assert_non_null(strstr(e.text, "a server runs here"));
	close(lock);
	assert_int_equal(restore_to(s, s->state, &r, &e), 0);
}

static void
the_former_state_is_kept(void **state)
{
	struct scene *s = *state;
	struct restore_result r;
	struct record_proof proof;
	struct err e = { "" };

	make(s);
	stop(s);
	if (restore_to(s, s->state, &r, &e) < 0)
		fail_msg("%s", e.text);
	assert_non_null(strstr(r.before, "/before-20261122T120000Z"));
	assert_int_equal(record_verify(r.before, &proof, &e), 0);
	assert_int_equal(record_verify(s->state, &proof, &e), 0);
}

static int
stage(struct scene *s, struct restore_result *r)
{
	struct restore o = { .dir = s->copy, .state = s->state, .by = "root",
		.now = NOW };
	struct err e = { "" };

	if (restore_stage(&o, r, &e) < 0)
		fail_msg("%s", e.text);
	return 0;
}

static bool
is_there(const struct scene *s, const char *name)
{
	struct stat st;
	char path[200];

	snprintf(path, sizeof(path), "%s/%s", s->state, name);
	return lstat(path, &st) == 0;
}

static void
what_another_laid_ready_is_not_dropped(void **state)
{
	struct scene *s = *state;
	struct restore_result r;

	make(s);
	stage(s, &r);
	restore_drop(s->state, "before-19700101T000000Z");
	assert_true(is_there(s, "restore.new/record.db"));
	stage(s, &r);		/* takes its place */
	assert_true(is_there(s, "restore.new/record.db"));
	assert_false(is_there(s, "restore.old"));
	restore_drop(s->state, strrchr(r.before, '/') + 1);
	assert_false(is_there(s, "restore.new"));
	assert_false(is_there(s, "restore.old"));
}

/* Whoever may write in the tree must not lead root out of it. */
static void
no_link_is_followed_while_it_is_given_or_removed(void **state)
{
	struct scene *s = *state;
	struct stat st, to = { .st_uid = 65534, .st_gid = 65534 };
	struct err e = { "" };
	char path[200];

	snprintf(path, sizeof(path), "%s/keys", s->state);
	assert_int_equal(chdir(s->root), 0);
	assert_int_equal(mkdir("tree", 0700), 0);
	assert_int_equal(symlink(path, "tree/keys"), 0);
	assert_int_equal(symlink("tree", "link"), 0);
	if (geteuid() == 0) {
		assert_int_equal(tree_give(AT_FDCWD, "tree", &to, &e), 0);
		assert_int_equal(tree_give(AT_FDCWD, "link", &to, &e), 0);
		assert_int_equal(lstat("tree/keys", &st), 0);
		assert_int_equal(st.st_uid, 65534);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_uid, 0);
	}
	tree_remove("link");
	assert_int_equal(stat("tree", &st), 0);
	tree_remove("tree");
	assert_int_equal(stat("tree", &st), -1);
	assert_true(is_there(s, "keys/ssh_host_ed25519_key"));
}

static void
a_state_that_is_being_exchanged_is_not_copied(void **state)
{
	struct scene *s = *state;
	struct backup_result r;
	struct err e = { "" };
	char path[200];

	snprintf(path, sizeof(path), "%s/restore.ready", s->state);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(backup_make(s->state, s->copy, NOW, &r, &e), -1);
	assert_non_null(strstr(e.text, "a restore was interrupted"));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_state_in_use_comes_back_without_control_and_sessions),
		TEST(a_backup_goes_into_an_empty_place_only),
		TEST(what_is_damaged_is_refused_before_anything_is_touched),
		TEST(a_day_that_is_missing_is_noticed),
		TEST(a_forged_backup_carries_no_control),
		TEST(a_running_server_is_not_written_over),
		TEST(the_former_state_is_kept),
		TEST(what_another_laid_ready_is_not_dropped),
		TEST(no_link_is_followed_while_it_is_given_or_removed),
		TEST(a_state_that_is_being_exchanged_is_not_copied),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
