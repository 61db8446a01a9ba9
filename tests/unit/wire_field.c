/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "wire/fieldwire.h"

static uint8_t room[4096];

static struct point
point(void)
{
	return (struct point){ .device = 3, .address = 100, .space = SPACE_HR,
		.bit = NO_BIT, .kind = KIND_FLOAT32, .order = ORDER_CDAB,
		.registers = 2, .scaled = true, .raw = { 0, 27648 },
		.value = { 0, 100 }, .has_fault = true, .fault = { 0, 32500 } };
}

static void
a_line_arrives_as_it_was(void **state)
{
	struct line l = { .name = "net1", .n_to = 2, .timeout = { 500 },
		.connect_timeout = { 2000 }, .gap = { 5 },
		.backoff = { { 1000 }, { 30000 } } }, m;
	struct put p = put_into(room, sizeof(room));
	struct arena *a = arena_new();
	uint32_t index;
	struct get g;

	(void)state;
	l.to[0] = (struct path){ TRANSPORT_TCP, "10.1.0.11", 502, 0, 0, 0, 0,
		"tcp:10.1.0.11:502" };
	l.to[1] = (struct path){ TRANSPORT_RTU, "/dev/ttyUSB0", 0, 19200, 'E',
		8, 1, "rtu:/dev/ttyUSB0:19200:8E1" };
	put_line(&p, 9, &l);
	g = get_from(p.at, p.len);
	get_line(&g, &index, &m, a);
	assert_true(get_done(&g));
	assert_int_equal(index, 9);
	assert_string_equal(m.name, "net1");
	assert_int_equal(m.n_to, 2);
	assert_string_equal(m.to[0].host, "10.1.0.11");
	assert_int_equal(m.to[0].port, 502);
	assert_int_equal(m.to[1].transport, TRANSPORT_RTU);
	assert_int_equal(m.to[1].baud, 19200);
	assert_int_equal(m.to[1].parity, 'E');
	assert_int_equal(m.backoff[1].ms, 30000);
	assert_int_equal(m.gap.ms, 5);
	arena_free(a);
}

static void
a_device_arrives_as_it_was(void **state)
{
	struct hole holes[] = { { SPACE_HR, 40, 59 }, { SPACE_IR, 1, 1 } };
	struct device d = { .name = "plc1", .line = 2, .unit = 7,
		.max_registers = 120, .max_bits = 2000, .max_hole = 8,
		.pipeline = 4, .holes = holes, .n_holes = 2, .has_alive = true,
		.has_identity = true, .identity_value = -1042,
		.alive_within = { 5000 }, .life_every = { 2000 },
		.probe = { 10000 } }, e;
	struct put p = put_into(room, sizeof(room));
	struct arena *a = arena_new();
	uint32_t index;
	struct get g;

	(void)state;
	d.alive = d.identity = point();
	put_device(&p, 1, &d);
	g = get_from(p.at, p.len);
	get_device(&g, &index, &e, a);
	assert_true(get_done(&g));
	assert_int_equal(e.unit, 7);
	assert_int_equal(e.n_holes, 2);
	assert_int_equal(e.holes[0].last, 59);
	assert_true(e.has_alive && e.has_identity && !e.has_life);
	assert_int_equal(e.identity_value, -1042);
	assert_int_equal(e.life_every.ms, 2000);
	assert_memory_equal(&e.identity, &d.identity, sizeof(e.identity));
	arena_free(a);
}

static void
a_point_and_a_job_arrive_as_they_were(void **state)
{
	struct field_point f = { .slot = 70000, .group = 8, .period_ms = 250,
		.has_range = true, .range = { -1, 6 } }, h;
	struct field_job j = { .id = UINT64_MAX, .plan = 4, .slot = 5,
		.object = NONE, .kind = FIELD_TIMED, .safe = true,
		.deadline = { 123456789012 }, .taken_ms = 2000,
		.pulse_ms = 500, .registers = { 1, 65535 } }, k;
	struct put p = put_into(room, sizeof(room));
	struct get g;

	(void)state;
	f.at = j.at = point();
	put_field_point(&p, &f);
	assert_true(p.len <= FIELD_POINT_MAX);
	put_field_job(&p, &j);
	g = get_from(p.at, p.len);
	get_field_point(&g, &h);
	get_field_job(&g, &k);
	assert_true(get_done(&g));
	assert_int_equal(h.slot, 70000);
	assert_true(h.has_range && h.range[1] == 6);
	assert_true(h.at.raw[1] == 27648 && h.at.fault[1] == 32500);
	assert_int_equal(k.id, UINT64_MAX);
	assert_true(k.safe);
	assert_int_equal(k.deadline.us, 123456789012);
	assert_int_equal(k.registers[1], 65535);
}

/* A point with one field wrong is refused. */
static bool
refused(struct point at)
{
	struct put p = put_into(room, sizeof(room));
	struct get g;

	put_point(&p, &at);
	g = get_from(p.at, p.len);
	get_point(&g, &at);
	return g.bad;
}

static void
what_no_point_can_be_is_refused(void **state)
{
	struct point at = point();

	(void)state;
	assert_false(refused(at));
	at.address = 65535;
	assert_true(refused(at));
	at = point();
	at.registers = 0;
	assert_true(refused(at));
	at.registers = 126;
	assert_true(refused(at));
	at = point();
	at.space = 4;
	assert_true(refused(at));
	at = point();
	at.kind = KIND_TEXT + 1;
	assert_true(refused(at));
	at = point();
	at.bit = 3;	/* of two registers */
	assert_true(refused(at));
	at.registers = 1;
	assert_true(refused(at));	/* a float32 has two */
	at.kind = KIND_BOOL;
	assert_false(refused(at));
	at.space = SPACE_COIL;
	assert_true(refused(at));
	at = point();
	at.raw[0] = 1.0 / 0.0;
	assert_true(refused(at));
	at = point();
	at.raw[1] = at.raw[0];
	assert_true(refused(at));
	at = point();
	at.kind = KIND_TEXT;
	at.length = 5;		/* in two registers */
	assert_true(refused(at));
	at.length = 4;
	assert_false(refused(at));
	at = point();
	at.kind = KIND_TEXT;
	at.registers = 41;
	at.length = 81;
	assert_true(refused(at));
}

static bool
job_refused(uint8_t space, uint8_t bit, uint16_t word)
{
	struct field_job j = { .at = point() };
	struct put p = put_into(room, sizeof(room));
	struct get g;

	j.at.space = space;
	j.at.bit = bit;
	j.at.kind = bit == NO_BIT ? KIND_UINT16 : KIND_BOOL;
	j.at.registers = 1;
	j.registers[0] = word;
	put_field_job(&p, &j);
	g = get_from(p.at, p.len);
	get_field_job(&g, &j);
	return g.bad;
}

static void
a_job_writes_a_bit_as_its_mask_and_a_coil_as_one(void **state)
{
	(void)state;
	assert_false(job_refused(SPACE_HR, 4, 16));
	assert_false(job_refused(SPACE_HR, 4, 0));
	assert_true(job_refused(SPACE_HR, 4, 1));
	assert_true(job_refused(SPACE_HR, 4, 17));
	assert_false(job_refused(SPACE_COIL, NO_BIT, 1));
	assert_true(job_refused(SPACE_COIL, NO_BIT, 2));
	assert_false(job_refused(SPACE_HR, NO_BIT, 9999));
}

static void
what_field_says_arrives_as_it_was(void **state)
{
	struct field_result r = { .id = 7, .outcome = FIELD_MISMATCH,
		.reason = "no", .time = { 5 }, .n_held = 2, .held = { 1, 2 },
		.request = { 3, { 9, 8, 7 } }, .reply = { 1, { 6 } },
		.back_request = { 2, { 5, 4 } }, .back_reply = { 1, { 3 } } },
		r2;
	struct field_line_state l = { 1, 2, true, 1, { 3 }, "x" }, l2;
	struct field_device_state d = { 1, 2, FIELD_DEVICE_STOPPED, { 3 },
		"y" }, d2;
	struct field_stats s = { 1, 2, 3, 4, 5, 6, 7, 8, "z" }, s2;
	struct field_pulse u = { 1, 2, 3, 4 }, u2;
	struct field_cleared c = { 1, true, { 2 }, "w" }, c2;
	struct field_block b = { 1, 2, 3, 0 }, b2;
	struct put p = put_into(room, sizeof(room));
	struct get g;

	(void)state;
	r.steps[FIELD_STEP_SENT].us = 77;
	put_field_result(&p, &r);
	put_field_line_state(&p, &l);
	put_field_device_state(&p, &d);
	put_field_stats(&p, &s);
	put_field_pulse(&p, &u);
	put_field_cleared(&p, &c);
	put_field_block(&p, &b);
	g = get_from(p.at, p.len);
	get_field_result(&g, &r2);
	get_field_line_state(&g, &l2);
	get_field_device_state(&g, &d2);
	get_field_stats(&g, &s2);
	get_field_pulse(&g, &u2);
	get_field_cleared(&g, &c2);
	get_field_block(&g, &b2);
	assert_true(get_done(&g));
	assert_int_equal(r2.outcome, FIELD_MISMATCH);
	assert_int_equal(r2.steps[FIELD_STEP_SENT].us, 77);
	assert_int_equal(r2.held[1], 2);
	assert_int_equal(r2.request.at[2], 7);
	assert_int_equal(r2.reply.at[0], 6);
	assert_int_equal(r2.back_request.n, 2);
	assert_int_equal(r2.back_request.at[1], 4);
	assert_int_equal(r2.back_reply.at[0], 3);
	assert_string_equal(r2.reason, "no");
	assert_true(l2.up && l2.path == 1);
	assert_int_equal(d2.condition, FIELD_DEVICE_STOPPED);
	assert_int_equal(s2.bad_replies, 8);
	assert_string_equal(s2.text, "z");
	assert_int_equal(u2.life_writes, 4);
	assert_true(c2.ok);
	assert_int_equal(b2.good_for_ms, 3);
}

/* Each of the four as long as can be, or one byte longer. */
static void
a_frame_is_whole_or_the_message_is_bad(void **state)
{
	struct field_result r = { .id = 7 }, r2;
	struct field_frame *const frames[] = { &r.request, &r.reply,
		&r.back_request, &r.back_reply };
	struct put p = put_into(room, sizeof(room));
	struct get g;
	size_t end;
	int i;

	(void)state;
	for (i = 0; i < 4; i++) {
		frames[i]->n = FIELD_FRAME;
		memset(frames[i]->at, i + 1, FIELD_FRAME);
	}
	put_field_result(&p, &r);
	assert_false(p.full);
	g = get_from(p.at, p.len);
	get_field_result(&g, &r2);
	assert_true(get_done(&g));
	assert_memory_equal(&r2.back_reply, &r.back_reply, sizeof(r.reply));
	for (i = 0; i < 4; i++) {
		end = p.len - (3 - i) * (FIELD_FRAME + 2);
		g = get_from(p.at, end - 1);
		get_field_result(&g, &r2);
		assert_true(g.bad);
		put_u16_at(&p, end - FIELD_FRAME - 2, FIELD_FRAME + 1);
		g = get_from(p.at, p.len);
		get_field_result(&g, &r2);
		assert_true(g.bad);
		put_u16_at(&p, end - FIELD_FRAME - 2, FIELD_FRAME);
	}
}

/* Whatever bytes come: no crash, and texts are ended. */
static void
noise_breaks_nothing(void **state)
{
	struct arena *a = arena_new();
	unsigned i, k;

	(void)state;
	srand(3);
	for (i = 0; i < 20000; i++) {
		size_t n = (size_t)rand() % 200;
		struct field_result r;
		struct field_job j;
		struct field_point f;
		struct field_block b;
		struct device d;
		struct line l;
		uint32_t index;
		struct get g;

		for (k = 0; k < n; k++)
			room[k] = (uint8_t)(rand() % 4 ? rand() % 8 : rand());
		g = get_from(room, n);
		get_field_result(&g, &r);
		assert_true(r.n_held <= FIELD_REGISTERS);
		assert_true(r.request.n <= FIELD_FRAME);
		assert_true(r.back_reply.n <= FIELD_FRAME);
		g = get_from(room, n);
		get_field_job(&g, &j);
		g = get_from(room, n);
		get_field_point(&g, &f);
		if (!g.bad)
			assert_in_range(f.at.registers, 1, FIELD_REGISTERS);
		g = get_from(room, n);
		get_field_block(&g, &b);
		g = get_from(room, n);
		get_line(&g, &index, &l, a);
		g = get_from(room, n);
		get_device(&g, &index, &d, a);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_arrives_as_it_was),
		cmocka_unit_test(a_device_arrives_as_it_was),
		cmocka_unit_test(a_point_and_a_job_arrive_as_they_were),
		cmocka_unit_test(what_no_point_can_be_is_refused),
		cmocka_unit_test(a_job_writes_a_bit_as_its_mask_and_a_coil_as_one),
		cmocka_unit_test(what_field_says_arrives_as_it_was),
		cmocka_unit_test(a_frame_is_whole_or_the_message_is_bad),
		cmocka_unit_test(noise_breaks_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
