/* SPDX-License-Identifier: ISC */
/* Keys and names. The fingerprints are those that ssh-keygen -l prints. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "server/users.h"

#define ED25519                                                                \
	"AAAAC3NzaC1lZDI1NTE5AAAAIEY8E9g7hyGMB6TpTyb1gr9UOivRQEy/"             \
	"UzIouuu6TV93"
#define ED25519_PRINT "SHA256:ec+nL59GbpsfYJxFVdD6CUn4GXoI1sYvyc+SAYjx24c"
#define ECDSA                                                                  \
	"AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBM1FCc6c1FXBjGE1" \
	"kPYs2+aT6BNJQedw/"                                                    \
	"JMB/KtEQQwx0EeJSxCZMoeS+GiILj3UDii7ypjZ+pIgFNGJpD7wPWA="
#define ECDSA_PRINT "SHA256:5s8EDVAKJNHAeZDny7EClfvNQHIPsCqFdgddUE75+Ho"
#define RSA_2048                                                               \
	"AAAAB3NzaC1yc2EAAAADAQABAAABAQCygBD92jFHlSehRckDvXia34mkfsYFt+"       \
	"cDLcza8NB5jr5Mg89tMcH2L0CJyn9JLchFvgfTCiyoi7im9hLubMo0JmK3GDtPYwFVcl" \
	"dICUlHuoImX3r98H9RxsaKPU0pFNBedKmgEgDC7YYILBfRHs1VDT6XNGQRnCuJ8k7auac" \
	"dieasvxpTILQVF46FF2PrX14cMWMO5MAZ1YOph4LKmr09zB9zXAaZGIlT3G34r4Gq62Iu" \
	"+VUT4dpEtCCxwE1fd5hoK/"                                               \
	"A32uMSNi7mKho2fgHSynMRf2HPtB8l8inymSdVQfarhil+"                       \
	"ohnRgc0Z7jksdRwmCAWv2OTwFaMOlIiwKDp/"
#define RSA_3072                                                               \
	"AAAAB3NzaC1yc2EAAAADAQABAAABgQDTy2dOjABcZxJq4n/hQxadZ37IlD4ZrXj2vKbMk" \
	"GvyIEuU4GIM1eTWNd1Let402U/36SH2MYth1hpL0EzN+/hlkIMfO/"                \
	"vLYJ9RZZeBtHgn1+i822a3s3OCqBzIkS+x+"                                  \
	"FVZciHUiK0PdWQS9pDMJQEba9zEGtJtlbPtbjlp1GPF9E4hn+YYGUg/vjm/"          \
	"FPLLoHwgvuGHxQLiIy2rlbJQ8bIbSTQXgr1KFAbmnCMvIfO3SFkPTO5DpaCxiEEKbisR" \
	"N9WlAljcq8bG9xKMviCJbeP9YTKQLC4ldYyjGBmTGz51NBkySOV6xJ4OYqqcU64LQga9n" \
	"3qDzE4hwGbEklteJcJGPUlX/"                                             \
	"T71GUp8Q2AfxWn2i/"                                                    \
	"d2QDym1tVfkXmSaVPgeNO5dET977QLEiJpeWNQ4LxbeTi2zt4Vuit7e4KaIeBSJO6Fill" \
	"g1svILK+tWC/"                                                         \
	"X9d3dyMKwNH/M2i1vCCj23EQ2yoDOAzJYuqL9CA4CPwIwtrJyPcblLxXcrC4x1sli5gc="
#define RSA_3072_PRINT "SHA256:tKb1KL9wnSRz99vGqO4ZfAXPThanYxv1MEurVB8A4KY"

static void
fingerprints_are_those_of_ssh_keygen(void **state)
{
	static const struct {
		const char *line, *print;
	} all[] = {
		{ "ssh-ed25519 " ED25519 " test", ED25519_PRINT },
		{ "ssh-ed25519 " ED25519, ED25519_PRINT },
		{ "ssh-ed25519 " ED25519 "\n", ED25519_PRINT },
		{ "ecdsa-sha2-nistp256 " ECDSA " a comment of words",
		    ECDSA_PRINT },
		{ "ssh-rsa " RSA_3072, RSA_3072_PRINT },
	};
	char print[64];
	struct err e = { "" };

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (key_fingerprint(print, all[i].line, &e) < 0)
			fail_msg("row %zu: %s", i, e.text);
		assert_string_equal(print, all[i].print);
	}
}

static void
what_is_no_key_is_refused(void **state)
{
	static const char *const all[] = {
		"",
		" ",
		"ssh-ed25519",
		"ssh-ed25519 ",
		"ssh-ed25519 AAAA",
		"ssh-ed25519  " ED25519,	/* two blanks */
		"ssh-ed25519\t" ED25519,
		"ssh-ed25519 " ED25519 "!",
		"ssh-ed25519 *" ED25519,
		"ssh-rsa " ED25519,		/* not what it says */
		"ssh-ed25519 " ECDSA,
		"ssh-dss " ED25519,
		"ssh-ed2551 " ED25519,
		"-----BEGIN OPENSSH PRIVATE KEY-----",
		"command=\"sh\" ssh-ed25519 " ED25519,
	};
	char print[64];
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (key_fingerprint(print, all[i], &e) == 0)
			fail_msg("row %zu was taken", i);
}

static void
a_short_rsa_key_is_refused_with_the_reason(void **state)
{
	char print[64];
	struct err e;

	(void)state;
	assert_int_equal(key_fingerprint(print, "ssh-rsa " RSA_2048, &e), -1);
	assert_non_null(strstr(e.text, "3072"));
}

static void
a_blob_that_never_ends_is_refused(void **state)
{
	char line[9000], print[64];
	struct err e;

	(void)state;
	strcpy(line, "ssh-ed25519 ");
	memset(line + 12, 'A', sizeof(line) - 13);
	line[sizeof(line) - 1] = '\0';
	assert_int_equal(key_fingerprint(print, line, &e), -1);
}

static void
a_user_without_a_key_or_locked_cannot_log_in(void **state)
{
	struct user *u = user_copy(NULL, "olga");

	(void)state;
	assert_false(user_can_login(u, true));
	vec_push(&u->keys,
	    ((struct user_key){ xstrdup(ED25519_PRINT), xstrdup(""), { 0 } }));
	assert_true(user_can_login(u, true));
	assert_true(user_has_key(u, ED25519_PRINT));
	assert_false(user_has_key(u, ECDSA_PRINT));
	assert_false(user_has_key(u, ""));
	u->locked = true;
	assert_false(user_can_login(u, true));
	user_free(u);
}

static void
a_password_counts_where_passwords_are_taken(void **state)
{
	struct user *u = user_copy(NULL, "olga");

	(void)state;
	user_set_password(u, "$y$j9T$x");
	assert_true(user_can_login(u, true));
	assert_false(user_can_login(u, false));
	user_set_password(u, NULL);
	assert_false(user_can_login(u, true));
	user_free(u);
}

static void
a_copy_stands_for_itself(void **state)
{
	struct user *u = user_copy(NULL, "olga"), *copy;

	(void)state;
	user_set(&u->roles, "operator@filtration");
	user_set(&u->full_name, "Olga Petrova");
	vec_push(&u->keys,
	    ((struct user_key){ xstrdup(ED25519_PRINT), xstrdup("line"),
		{ 7 } }));
	copy = user_copy(u, u->name);
	user_free(u);
	assert_string_equal(copy->name, "olga");
	assert_string_equal(copy->roles, "operator@filtration");
	assert_string_equal(copy->full_name, "Olga Petrova");
	assert_true(user_has_key(copy, ED25519_PRINT));
	assert_int_equal(copy->keys.at[0].added.ms, 7);
	user_free(copy);
}

static void
names_that_could_be_mistaken_are_refused(void **state)
{
	(void)state;
	assert_true(user_name_valid("olga"));
	assert_true(user_name_valid("olga-2"));
	assert_false(user_name_valid("local"));
	assert_false(user_name_valid(""));
	assert_false(user_name_valid("Olga"));
	assert_false(user_name_valid("olga petrova"));
	assert_false(user_name_valid("olga\x1b[2J"));
	assert_false(user_name_valid("a23456789012345678901234567890123"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fingerprints_are_those_of_ssh_keygen),
		cmocka_unit_test(what_is_no_key_is_refused),
		cmocka_unit_test(a_short_rsa_key_is_refused_with_the_reason),
		cmocka_unit_test(a_blob_that_never_ends_is_refused),
		cmocka_unit_test(a_user_without_a_key_or_locked_cannot_log_in),
		cmocka_unit_test(a_password_counts_where_passwords_are_taken),
		cmocka_unit_test(a_copy_stands_for_itself),
		cmocka_unit_test(names_that_could_be_mistaken_are_refused),
	};

	return cmocka_run_group_tests_name("server_users", tests, NULL, NULL);
}
