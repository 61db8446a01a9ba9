/* SPDX-License-Identifier: ISC */
/* What root gives in a directory where somebody else may have made links. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/directory.h"

#define OTHER 65534

static uid_t
owner_of(const char *path)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	return st.st_uid;
}

static void
make_file(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);

	assert_true(fd >= 0);
	close(fd);
}

static void
plain_files_are_given_and_nothing_behind_a_link(void **state)
{
	const struct child of = { .name = "ssh", .uid = OTHER, .gid = OTHER };
	char root[] = "/tmp/sg-directory-XXXXXX";
	struct err e;

	(void)state;
	if (geteuid() != 0)
		skip();
	assert_non_null(mkdtemp(root));
	assert_int_equal(chdir(root), 0);
	assert_int_equal(directory_make("keys", 0700, &of, 0, &e), 0);
	make_file("secret");
	make_file("keys/host");
	assert_int_equal(symlink("../secret", "keys/soft"), 0);
	assert_int_equal(link("secret", "keys/hard"), 0);
	assert_int_equal(mkfifo("keys/pipe", 0600), 0);
	directory_give_files("keys", &of);
	assert_int_equal(owner_of("keys"), OTHER);
	assert_int_equal(owner_of("keys/host"), OTHER);
	assert_int_equal(owner_of("secret"), 0);
	assert_int_equal(owner_of("keys/pipe"), 0);
	assert_int_equal(symlink("keys", "elsewhere"), 0);
	assert_int_equal(directory_make("elsewhere", 0700, &of, 0, &e), -1);
	unlink("keys/pipe");
	unlink("keys/hard");
	unlink("keys/soft");
	unlink("keys/host");
	rmdir("keys");
	unlink("elsewhere");
	unlink("secret");
	assert_int_equal(chdir("/"), 0);
	rmdir(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    plain_files_are_given_and_nothing_behind_a_link),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
