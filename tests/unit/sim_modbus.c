/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/modbus.h"
#include "sim/sim.h"

#include "sim_plant.h"

/* Asks in hex, compares in hex; a want that ends in .. may go on. */
static void
assert_answer(const char *ask, const char *want)
{
	uint8_t pdu[MODBUS_PDU], answer[MODBUS_PDU];
	char got[2 * MODBUS_PDU + 1];
	unsigned byte;
	size_t i, n = strlen(ask) / 2, len = strcspn(want, ".");

	for (i = 0; i < n; i++) {
		assert_int_equal(sscanf(ask + 2 * i, "%2x", &byte), 1);
		pdu[i] = (uint8_t)byte;
	}
	n = modbus_serve(&s.plcs[0], pdu, n, answer);
	for (i = 0; i < n; i++)
		snprintf(got + 2 * i, 3, "%02x", answer[i]);
	if (want[len] == '.')
		got[len] = '\0';
	if (strncmp(got, want, len) != 0 || strlen(got) != len)
		fail_msg("%s: %s, want %s", ask, got, want);
}

static const struct {
	const char *ask, *want;
} good[] = {
	{ "0100000003", "010105" },	/* P-101A, P-501A commanded */
	{ "0200000001", "020101" },
	{ "0300020001", "03020412" },	/* 1042 */
	{ "040000007d", "04fa.." },
	{ "0500010000", "0500010000" },
	{ "0600643600", "0600643600" },
	{ "0f0000000201" "00", "0f00000002" },
	{ "1000640001023600", "1000640001" },
	{ "16000afff00002", "16000afff00002" },
};

static void
good_requests_are_answered(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_answer(good[i].ask, good[i].want);
}

static void
the_mask_write_changes_only_its_bits(void **state)
{
	(void)state;
	assert_answer("16000afffc0002", "16000afffc0002");
	assert_answer("03000a0001", "03020002");
	assert_true(w.raw.mode == MODE_AUTO);
}

static const struct {
	const char *ask, *want;
} bad[] = {
	{ "07", "8701" },			/* unknown function */
	{ "2b0e0100", "ab01" },
	{ "03", "8303" },			/* cut */
	{ "0300020000", "8303" },		/* quantity 0 */
	{ "030000007e", "8303" },		/* 126 registers */
	{ "01000007d1", "8103" },		/* 2001 bits */
	{ "030002000100", "8303" },		/* a byte too many */
	{ "0301f30002", "8302" },		/* over the end */
	{ "03003c0001", "8302" },		/* the hole */
	{ "0300000080", "8303" },
	{ "03ffff007d", "8302" },
	{ "0500010001", "8503" },		/* neither on nor off */
	{ "0600", "8603" },
	{ "10006400020236003600", "9003" },	/* byte count is wrong */
	{ "1000640001043600", "9003" },
	{ "100064007cf8", "9003" },		/* 124 registers */
	{ "0f000007b1f6", "8f03" },
	{ "16000afff0", "9603" },
};

static void
bad_requests_get_an_exception_and_change_nothing(void **state)
{
	static struct works before;
	size_t i;

	(void)state;
	before = w;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_answer(bad[i].ask, bad[i].want);
	assert_memory_equal(&before, &w, sizeof(w));
}

static void
a_frame_is_known_by_its_header(void **state)
{
	uint8_t f[12] = { 0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1 };

	(void)state;
	assert_int_equal(modbus_frame(f, 12), 12);
	assert_int_equal(modbus_frame(f, 11), 0);
	assert_int_equal(modbus_frame(f, 3), 0);
	f[5] = 1;			/* no function */
	assert_int_equal(modbus_frame(f, 12), -1);
	f[5] = 255;			/* longer than any */
	assert_int_equal(modbus_frame(f, 12), -1);
	f[5] = 254;
	assert_int_equal(modbus_frame(f, 12), 0);
	f[2] = 1;			/* not Modbus */
	assert_int_equal(modbus_frame(f, 4), -1);
}

static void
no_request_breaks_it(void **state)
{
	uint8_t pdu[MODBUS_PDU], answer[MODBUS_PDU];
	struct rng r;
	size_t i, k, n;

	(void)state;
	rng_seed(&r, 99);
	for (i = 0; i < 200000; i++) {
		n = 1 + rng_next(&r) % (i % 8 ? 12 : MODBUS_PDU);
		for (k = 0; k < n; k++)
			pdu[k] = (uint8_t)rng_next(&r);
		if (i & 1)
			pdu[0] = (uint8_t)(1 + pdu[0] % 23);
		if (i & 2 && n > 3)
			pdu[1] = pdu[3] = 0;
		n = modbus_serve(i % 5 ? &s.plcs[0] : NULL, pdu, n, answer);
		assert_in_range(n, 2, MODBUS_PDU);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(good_requests_are_answered),
		TEST(the_mask_write_changes_only_its_bits),
		TEST(bad_requests_get_an_exception_and_change_nothing),
		TEST(a_frame_is_known_by_its_header),
		TEST(no_request_breaks_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
