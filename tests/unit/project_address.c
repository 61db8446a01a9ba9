/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "project/address.h"

static const struct {
	const char *text;
	uint8_t space, bit;
	bool relative, counted;
	uint32_t number;
} good[] = {
	{ "coil:12", SPACE_COIL, NO_BIT, false, false, 12 },
	{ "di:7", SPACE_DI, NO_BIT, false, false, 7 },
	{ "ir:30", SPACE_IR, NO_BIT, false, false, 30 },
	{ "hr:100", SPACE_HR, NO_BIT, false, false, 100 },
	{ "hr:0", SPACE_HR, NO_BIT, false, false, 0 },
	{ "hr:100.3", SPACE_HR, 3, false, false, 100 },
	{ "hr:100.15", SPACE_HR, 15, false, false, 100 },
	{ "hr+2", SPACE_HR, NO_BIT, true, false, 2 },
	{ "hr+0.3", SPACE_HR, 3, true, false, 0 },
	{ "40101", SPACE_HR, NO_BIT, false, true, 100 },
	{ "400101", SPACE_HR, NO_BIT, false, true, 100 },
	{ "465536", SPACE_HR, NO_BIT, false, true, 65535 },
	{ "30001", SPACE_IR, NO_BIT, false, true, 0 },
	{ "10008", SPACE_DI, NO_BIT, false, true, 7 },
	{ "00013", SPACE_COIL, NO_BIT, false, true, 12 },
	{ "40101.3", SPACE_HR, 3, false, true, 100 },
};

static void
addresses_are_read_as_people_write_them(void **state)
{
	struct address a;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(address_parse(&a, good[i].text, NULL), 0);
		assert_int_equal(a.space, good[i].space);
		assert_int_equal(a.bit, good[i].bit);
		assert_int_equal(a.relative, good[i].relative);
		assert_int_equal(a.counted, good[i].counted);
		assert_int_equal(a.number, good[i].number);
	}
}

static void
what_is_no_address_is_refused(void **state)
{
	static const char *const bad[] = { "", "hr", "hr:", "hr:x", "hr:1.16",
		"hr:1.", "hr:1.2.3", "hr: 1", "HR:1", "xy:1", "50001", "20001",
		"40000", "4010", "4001011", "hr:-1", "hr:1x", "40101x" };
	struct address a;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (address_parse(&a, bad[i], NULL) == 0)
			fail_msg("\"%s\" was taken", bad[i]);
	}
}

/* The address on the wire, or -1. */
static int
placed(const char *text, const char *kind, uint32_t base, unsigned first)
{
	struct point p = { .bit = NO_BIT };
	struct address a;

	assert_int_equal(address_parse(&a, text, NULL), 0);
	assert_int_equal(point_set_kind(&p, kind, NULL), 0);
	return address_place(&p, &a, base, first, NULL) < 0 ? -1 : p.address;
}

static void
first_is_taken_off_plain_numbers_and_bases_only(void **state)
{
	(void)state;
	assert_int_equal(placed("hr:100", "uint16", NONE, 0), 100);
	assert_int_equal(placed("hr:100", "uint16", NONE, 1), 99);
	assert_int_equal(placed("40101", "uint16", NONE, 0), 100);
	assert_int_equal(placed("40101", "uint16", NONE, 1), 100);
	assert_int_equal(placed("hr+2", "uint16", 100, 0), 102);
	assert_int_equal(placed("hr+2", "uint16", 100, 1), 101);
	assert_int_equal(placed("hr:0", "uint16", NONE, 1), -1);
}

static void
a_value_must_end_within_the_address_space(void **state)
{
	(void)state;
	assert_int_equal(placed("hr:65535", "uint16", NONE, 0), 65535);
	assert_int_equal(placed("hr:65535", "uint32", NONE, 0), -1);
	assert_int_equal(placed("hr:65532", "float64", NONE, 0), 65532);
	assert_int_equal(placed("hr:65533", "float64", NONE, 0), -1);
	assert_int_equal(placed("hr+10", "uint16", 65530, 0), -1);
	assert_int_equal(placed("hr:65536", "uint16", NONE, 1), 65535);
	assert_int_equal(placed("hr:99999999999", "uint16", NONE, 0), -1);
}

static void
one_bit_holds_a_bool_only(void **state)
{
	(void)state;
	assert_int_equal(placed("coil:1", "bool", NONE, 0), 1);
	assert_int_equal(placed("coil:1", "uint16", NONE, 0), -1);
	assert_int_equal(placed("hr:1.3", "uint16", NONE, 0), -1);
	assert_int_equal(placed("hr:1.3", "bool", NONE, 0), 1);
	assert_int_equal(placed("di:1.3", "bool", NONE, 0), -1);
}

static void
kinds_know_their_width(void **state)
{
	struct point p = { 0 };

	(void)state;
	assert_int_equal(point_set_kind(&p, "float64", NULL), 0);
	assert_int_equal(p.registers, 4);
	assert_int_equal(point_set_kind(&p, "text:7", NULL), 0);
	assert_int_equal(p.registers, 4);
	assert_int_equal(p.length, 7);
	assert_int_equal(point_set_kind(&p, "text:80", NULL), 0);
	assert_int_equal(point_set_kind(&p, "text:81", NULL), -1);
	assert_int_equal(point_set_kind(&p, "text:0", NULL), -1);
	assert_int_equal(point_set_kind(&p, "text", NULL), -1);
	assert_int_equal(point_set_kind(&p, "uint17", NULL), -1);
}

static void
holes_are_ranges(void **state)
{
	struct hole h;

	(void)state;
	assert_int_equal(hole_parse(&h, "hr:40-59", 0, NULL), 0);
	assert_int_equal(h.space, SPACE_HR);
	assert_int_equal(h.first, 40);
	assert_int_equal(h.last, 59);
	assert_int_equal(hole_parse(&h, "hr:40-59", 1, NULL), 0);
	assert_int_equal(h.first, 39);
	assert_int_equal(hole_parse(&h, "hr:40", 0, NULL), -1);
	assert_int_equal(hole_parse(&h, "hr:59-40", 0, NULL), -1);
	assert_int_equal(hole_parse(&h, "hr:0-4", 1, NULL), -1);
	assert_int_equal(hole_parse(&h, "hr:0-65536", 0, NULL), -1);
}

static void
paths_name_host_or_serial_line(void **state)
{
	static const char *const bad[] = { "", "tcp:", "tcp:host", "tcp:h:0",
		"tcp:h:65536", "tcp::502", "udp:h:502", "rtu:/dev/x",
		"rtu:/dev/x:9600", "rtu:/dev/x:9601:8E1", "rtu:/dev/x:9600:9E1",
		"rtu:ttyS0:9600:8E1", "rtu:/dev/x:9600:8X1" };
	struct arena *a = arena_new();
	struct path p;
	size_t i;

	(void)state;
	assert_int_equal(path_parse(&p, "tcp:10.1.0.11:502", a, NULL), 0);
	assert_int_equal(p.transport, TRANSPORT_TCP);
	assert_string_equal(p.host, "10.1.0.11");
	assert_int_equal(p.port, 502);
	assert_int_equal(path_parse(&p, "rtu-tcp:[fd00::1]:4001", a, NULL), 0);
	assert_int_equal(p.transport, TRANSPORT_RTU_TCP);
	assert_string_equal(p.host, "fd00::1");
	assert_int_equal(
	    path_parse(&p, "rtu:/dev/ttyUSB0:19200:8E1", a, NULL), 0);
	assert_string_equal(p.host, "/dev/ttyUSB0");
	assert_int_equal(p.baud, 19200);
	assert_int_equal(p.parity, 'E');
	assert_int_equal(p.data_bits, 8);
	assert_int_equal(p.stop_bits, 1);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (path_parse(&p, bad[i], a, NULL) == 0)
			fail_msg("\"%s\" was taken", bad[i]);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_read_as_people_write_them),
		cmocka_unit_test(what_is_no_address_is_refused),
		cmocka_unit_test(
		    first_is_taken_off_plain_numbers_and_bases_only),
		cmocka_unit_test(a_value_must_end_within_the_address_space),
		cmocka_unit_test(one_bit_holds_a_bool_only),
		cmocka_unit_test(kinds_know_their_width),
		cmocka_unit_test(holes_are_ranges),
		cmocka_unit_test(paths_name_host_or_serial_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
