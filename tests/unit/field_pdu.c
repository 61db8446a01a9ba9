/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "field/pdu.h"
#include "field/stats.h"
#include "model/plant.h"

static struct pdu
bytes(const char *at, size_t n)
{
	struct pdu p = { .n = (uint8_t)n };

	memcpy(p.at, at, n);
	return p;
}
#define PDU(text) bytes(text, sizeof(text) - 1)

static enum pdu_answer
judge(const struct pdu *request, struct pdu reply)
{
	uint8_t code = 0;

	return pdu_judge(request, &reply, &code);
}

static void
requests_are_as_the_specification_prints_them(void **state)
{
	uint16_t two[] = { 10, 258 };
	struct pdu p;

	(void)state;
	pdu_read(&p, SPACE_HR, 107, 3);
	assert_int_equal(p.n, 5);
	assert_memory_equal(p.at, "\x03\x00\x6b\x00\x03", 5);
	pdu_read(&p, SPACE_COIL, 19, 19);
	assert_memory_equal(p.at, "\x01\x00\x13\x00\x13", 5);
	pdu_write_coil(&p, 172, true);
	assert_memory_equal(p.at, "\x05\x00\xac\xff\x00", 5);
	pdu_write(&p, 1, two, 2);
	assert_int_equal(p.n, 10);
	assert_memory_equal(
	    p.at, "\x10\x00\x01\x00\x02\x04\x00\x0a\x01\x02", 10);
	pdu_write(&p, 1, two, 1);
	assert_memory_equal(p.at, "\x06\x00\x01\x00\x0a", 5);
	pdu_mask(&p, 4, 0, true);
	assert_memory_equal(p.at, "\x16\x00\x04\xff\xfe\x00\x01", 7);
}

static void
only_the_exact_answer_to_a_read_is_good(void **state)
{
	struct pdu r;

	(void)state;
	pdu_read(&r, SPACE_HR, 0, 2);
	assert_int_equal(judge(&r, PDU("\3\4\0\1\0\2")), PDU_GOOD);
	assert_int_equal(judge(&r, PDU("\4\4\0\1\0\2")), PDU_BAD);
	assert_int_equal(judge(&r, PDU("\3\2\0\1")), PDU_BAD);
	assert_int_equal(judge(&r, PDU("\3\4\0\1\0")), PDU_BAD);
	assert_int_equal(judge(&r, PDU("\3\4\0\1\0\2\0")), PDU_BAD);
	assert_int_equal(judge(&r, PDU("\3\5\0\1\0\2")), PDU_BAD);
	assert_int_equal(judge(&r, PDU("\3")), PDU_BAD);
	assert_int_equal(judge(&r, PDU("")), PDU_BAD);
}

static void
exceptions_are_told_from_noise(void **state)
{
	struct pdu r, reply = PDU("\x83\x02");
	uint8_t code = 0;

	(void)state;
	pdu_read(&r, SPACE_HR, 0, 2);
	assert_int_equal(pdu_judge(&r, &reply, &code), PDU_EXCEPTION);
	assert_int_equal(code, 2);
	assert_int_equal(judge(&r, PDU("\x84\x02")), PDU_BAD);
	assert_int_equal(judge(&r, PDU("\x83\x00")), PDU_BAD);
	assert_int_equal(judge(&r, PDU("\x83\x02\x00")), PDU_BAD);
}

static void
a_write_is_good_only_with_its_echo(void **state)
{
	uint16_t v[] = { 7, 8, 9 };
	struct pdu r;

	(void)state;
	pdu_write(&r, 5, v, 1);
	assert_int_equal(judge(&r, PDU("\6\0\5\0\7")), PDU_GOOD);
	assert_int_equal(judge(&r, PDU("\6\0\5\0\6")), PDU_BAD);
	assert_int_equal(judge(&r, PDU("\6\0\4\0\7")), PDU_BAD);
	pdu_write(&r, 5, v, 3);
	assert_int_equal(judge(&r, PDU("\x10\0\5\0\3")), PDU_GOOD);
	assert_int_equal(judge(&r, PDU("\x10\0\5\0\2")), PDU_BAD);
	assert_int_equal(judge(&r, PDU("\x10\0\6\0\3")), PDU_BAD);
	pdu_mask(&r, 5, 3, false);
	assert_int_equal(judge(&r, PDU("\x16\0\5\xff\xf7\0\0")), PDU_GOOD);
	assert_int_equal(judge(&r, PDU("\x16\0\5\xff\xf7\0\1")), PDU_BAD);
}

static void
content_is_registers_or_single_bits(void **state)
{
	uint16_t to[16] = { 0 };
	struct pdu r, reply = PDU("\3\4\x12\x34\xff\xfe");

	(void)state;
	pdu_read(&r, SPACE_HR, 0, 2);
	pdu_content(&r, &reply, to);
	assert_int_equal(to[0], 0x1234);
	assert_int_equal(to[1], 0xfffe);
	pdu_read(&r, SPACE_DI, 0, 10);
	reply = PDU("\2\2\x05\x02");
	assert_int_equal(judge(&r, reply), PDU_GOOD);
	pdu_content(&r, &reply, to);
	assert_int_equal(to[0], 1);
	assert_int_equal(to[1], 0);
	assert_int_equal(to[2], 1);
	assert_int_equal(to[9], 1);
}

static void
the_greatest_requests_fit(void **state)
{
	static uint16_t many[PDU_WRITE_REGISTERS];
	struct pdu r;

	(void)state;
	pdu_read(&r, SPACE_HR, 65411, 125);
	assert_int_equal(pdu_reply_length(&r), 252);
	pdu_read(&r, SPACE_COIL, 0, 2000);
	assert_int_equal(pdu_reply_length(&r), 252);
	pdu_write(&r, 0, many, PDU_WRITE_REGISTERS);
	assert_int_equal(r.n, 252);
}

static void
noise_is_never_good(void **state)
{
	struct pdu r, reply;
	unsigned i, k;

	(void)state;
	srand(11);
	for (i = 0; i < 20000; i++) {
		pdu_read(&r, SPACE_HR, (uint16_t)(rand() % 60000),
		    (uint16_t)(1 + rand() % 125));
		reply.n = (uint8_t)(rand() % 253);
		for (k = 0; k < reply.n; k++)
			reply.at[k] = (uint8_t)rand();
		if (reply.n >= 2 && reply.at[0] == 3 &&
		    reply.at[1] == reply.n - 2)
			continue;	/* by chance an answer */
		assert_int_not_equal(judge(&r, reply), PDU_GOOD);
	}
}

static void
percentiles_are_within_a_quarter(void **state)
{
	struct stats s = { 0 };
	unsigned i;

	(void)state;
	assert_int_equal(stats_percentile(&s, 0.5), 0);
	for (i = 0; i < 990; i++)
		stats_trip(&s, 1000);
	for (i = 0; i < 10; i++)
		stats_trip(&s, 100000);
	assert_in_range(stats_percentile(&s, 0.5), 1000, 1250);
	assert_in_range(stats_percentile(&s, 0.99), 1000, 1250);
	assert_in_range(stats_percentile(&s, 0.999), 100000, 125000);
	stats_trip(&s, 0);
	stats_trip(&s, INT64_MAX);
	stats_roll(&s);
	assert_int_equal(s.requests, 0);
	assert_int_equal(stats_percentile(&s, 0.99), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_are_as_the_specification_prints_them),
		cmocka_unit_test(only_the_exact_answer_to_a_read_is_good),
		cmocka_unit_test(exceptions_are_told_from_noise),
		cmocka_unit_test(a_write_is_good_only_with_its_echo),
		cmocka_unit_test(content_is_registers_or_single_bits),
		cmocka_unit_test(the_greatest_requests_fit),
		cmocka_unit_test(noise_is_never_good),
		cmocka_unit_test(percentiles_are_within_a_quarter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
