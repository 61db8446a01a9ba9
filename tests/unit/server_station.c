/* SPDX-License-Identifier: ISC */
/* Where somebody sits, by where the connection comes from. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "server/core.h"
#include "server/station.h"

static const struct match rooms[] = {
	{ .tty = "/dev/tty1" },
	{ .net = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 5, 0 },
	    .bits = 96 + 24 },
};
static const struct match gates[] = {
	{ .net = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 9, 7 },
	    .bits = 128 },
	{ .net = { 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 },
	    .bits = 128 },
};
static const struct match anywhere[] = {
	{ .net = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10 },
	    .bits = 96 + 8 },
};
static struct station stations[] = {
	{ .name = "control-room", .matches = rooms, .n_matches = 2 },
	{ .name = "gate", .matches = gates, .n_matches = 2,
	    .only = 1u << FUNCTION_VIEW },
	{ .name = "net", .matches = anywhere, .n_matches = 1 },
};

static const char *
seat(const char *from, uint32_t *only)
{
	static struct session s;
	static struct plant plant;
	static struct core core;

	plant = (struct plant){ .stations = stations, .n_stations = 3 };
	core = (struct core){ .plant = &plant };
	memset(&s, 0, sizeof(s));
	str_copy(s.who.from, from, sizeof(s.who.from));
	station_seat(&core, &s);
	if (only != NULL)
		*only = s.only;
	return s.who.station;
}

static void
the_first_match_wins(void **state)
{
	uint32_t only;

	(void)state;
	assert_string_equal(seat("10.0.5.7:51234", NULL), "control-room");
	assert_string_equal(seat("10.0.9.7:51234", &only), "gate");
	assert_int_equal(only, 1u << FUNCTION_VIEW);
	assert_string_equal(seat("10.0.9.8:51234", &only), "net");
	assert_int_equal(only, 0);
}

static void
no_match_is_the_default_station(void **state)
{
	(void)state;
	assert_string_equal(seat("192.168.1.1:22", NULL), "default");
	assert_string_equal(seat("local", NULL), "default");
	assert_string_equal(seat("", NULL), "default");
	assert_string_equal(seat(":", NULL), "default");
	assert_string_equal(seat("10.0.5", NULL), "default");
	assert_string_equal(seat("10.0.5.7.9:1", NULL), "default");
	assert_string_equal(seat("[10.0.5.7", NULL), "control-room");
}

static void
a_tty_is_matched_by_its_whole_name(void **state)
{
	(void)state;
	assert_string_equal(seat("/dev/tty1", NULL), "control-room");
	assert_string_equal(seat("/dev/tty10", NULL), "default");
	assert_string_equal(seat("/dev/tty", NULL), "default");
}

static void
addresses_are_read_with_and_without_port(void **state)
{
	(void)state;
	assert_string_equal(seat("10.0.5.7", NULL), "control-room");
	assert_string_equal(seat("[fe80::1]:51234", NULL), "gate");
	assert_string_equal(seat("fe80::1", NULL), "gate");
	assert_string_equal(seat("[fe80::2]:51234", NULL), "default");
	/* an IPv4 address in the clothes of IPv6 is the same place */
	assert_string_equal(seat("[::ffff:10.0.9.7]:1", NULL), "gate");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_match_wins),
		cmocka_unit_test(no_match_is_the_default_station),
		cmocka_unit_test(a_tty_is_matched_by_its_whole_name),
		cmocka_unit_test(addresses_are_read_with_and_without_port),
	};

	return cmocka_run_group_tests_name("server_station", tests, NULL, NULL);
}
