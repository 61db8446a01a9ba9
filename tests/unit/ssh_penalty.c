/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "ssh/penalty.h"

static struct penalty table;

static struct mono
at(int64_t s)
{
	return (struct mono){ s * 1000000 };
}

static struct sockaddr_storage
address(const char *text, uint16_t port)
{
	struct sockaddr_storage ss = { 0 };
	struct sockaddr_in *four = (void *)&ss;
	struct sockaddr_in6 *six = (void *)&ss;

	if (inet_pton(AF_INET, text, &four->sin_addr) == 1) {
		four->sin_family = AF_INET;
		four->sin_port = htons(port);
	} else {
		assert_int_equal(inet_pton(AF_INET6, text, &six->sin6_addr), 1);
		six->sin6_family = AF_INET6;
		six->sin6_port = htons(port);
	}
	return ss;
}

static struct source
source(const char *text)
{
	struct sockaddr_storage ss = address(text, 1);

	return source_of(&ss);
}

static int
empty(void **state)
{
	(void)state;
	memset(&table, 0, sizeof(table));
	return 0;
}

static void
a_slip_costs_nothing(void **state)
{
	struct source s = source("192.0.2.7");

	(void)state;
	assert_false(penalty_holds(&table, &s, at(0)));
	assert_false(penalty_add(&table, &s, OFFENCE_LOGIN, at(0)));
	assert_false(penalty_add(&table, &s, OFFENCE_LOGIN, at(0)));
	assert_false(penalty_holds(&table, &s, at(0)));
}

static void
the_third_login_in_vain_shuts_out_until_it_has_run_off(void **state)
{
	struct source s = source("192.0.2.7"), other = source("192.0.2.8");

	(void)state;
	penalty_add(&table, &s, OFFENCE_LOGIN, at(0));
	penalty_add(&table, &s, OFFENCE_LOGIN, at(0));
	assert_true(penalty_add(&table, &s, OFFENCE_LOGIN, at(0)));
	assert_false(penalty_add(&table, &s, OFFENCE_LOGIN, at(1)));
	assert_true(penalty_holds(&table, &s, at(19)));
	assert_false(penalty_holds(&table, &s, at(20)));
	assert_false(penalty_holds(&table, &other, at(1)));
}

static void
what_has_run_off_is_forgotten(void **state)
{
	struct source s = source("192.0.2.7");
	int i;

	(void)state;
	for (i = 0; i < 100; i++)
		assert_false(penalty_add(
		    &table, &s, OFFENCE_LOGIN, at(10 + i * 10)));
	assert_false(penalty_holds(&table, &s, at(1001)));
}

static void
a_crash_shuts_out_at_once_and_ten_minutes_are_the_most(void **state)
{
	struct source s = source("192.0.2.7");
	int i;

	(void)state;
	assert_true(penalty_add(&table, &s, OFFENCE_CRASH, at(0)));
	assert_true(penalty_holds(&table, &s, at(89)));
	assert_false(penalty_holds(&table, &s, at(90)));
	for (i = 0; i < 100; i++)
		penalty_add(&table, &s, OFFENCE_CRASH, at(100));
	assert_true(penalty_holds(&table, &s, at(699)));
	assert_false(penalty_holds(&table, &s, at(700)));
}

static void
the_machine_itself_is_never_shut_out(void **state)
{
	static const char *const local[] = { "127.0.0.1", "::1",
		"::ffff:127.0.0.1" };
	struct source s;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		s = source(local[i]);
		assert_false(penalty_add(&table, &s, OFFENCE_CRASH, at(0)));
		assert_false(penalty_holds(&table, &s, at(0)));
	}
	s = source("127.0.0.2");
	assert_true(penalty_add(&table, &s, OFFENCE_CRASH, at(0)));
}

static void
a_full_table_forgets_who_is_free_first(void **state)
{
	struct source s = { .key = { 4 } }, first = { .key = { 4 } };
	uint32_t i;

	(void)state;
	for (i = 0; i <= PENALTY_SOURCES; i++) {
		memcpy(s.key + 1, &i, sizeof(i));
		penalty_add(&table, &s, OFFENCE_CRASH, at((int64_t)i / 100));
	}
	assert_int_equal(table.n, PENALTY_SOURCES);
	assert_false(penalty_holds(&table, &first, at(11)));
	assert_true(penalty_holds(&table, &s, at(11)));
}

static void
a_source_is_an_address_or_a_network_of_64_bits(void **state)
{
	struct source a = source("2001:db8::1"), b = source("2001:db8::ffff:2"),
		      c = source("2001:db8:0:1::1");
	struct source four = source("192.0.2.7"),
		      mapped = source("::ffff:192.0.2.7");

	(void)state;
	assert_true(source_same(&a, &b));
	assert_false(source_same(&a, &c));
	assert_true(source_same(&four, &mapped));
}

static void
a_source_is_printed_with_its_port(void **state)
{
	struct sockaddr_storage ss = address("192.0.2.7", 4022);
	char text[SOURCE_TEXT];

	(void)state;
	source_print(text, &ss);
	assert_string_equal(text, "192.0.2.7:4022");
	ss = address("2001:db8::1", 22);
	source_print(text, &ss);
	assert_string_equal(text, "[2001:db8::1]:22");
	ss = address("::ffff:192.0.2.7", 22);
	source_print(text, &ss);
	assert_string_equal(text, "192.0.2.7:22");
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup(name, empty)
	const struct CMUnitTest tests[] = {
		T(a_slip_costs_nothing),
		T(the_third_login_in_vain_shuts_out_until_it_has_run_off),
		T(what_has_run_off_is_forgotten),
		T(a_crash_shuts_out_at_once_and_ten_minutes_are_the_most),
		T(the_machine_itself_is_never_shut_out),
		T(a_full_table_forgets_who_is_free_first),
		T(a_source_is_an_address_or_a_network_of_64_bits),
		T(a_source_is_printed_with_its_port),
	};

	return cmocka_run_group_tests_name("penalty", tests, NULL, NULL);
}
