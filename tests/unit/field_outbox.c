/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fd.h"
#include "field/sender.h"

#define BOUND 4096	/* of a plan with few tags */

static const struct wall t = { 1000 };
static unsigned wakes;

static void
wake(void *context)
{
	(void)context;
	wakes++;
}

static struct outbox *
new_outbox(void)
{
	struct outbox *o = outbox_new(wake, NULL);

	wakes = 0;
	outbox_slots(o, 16, 16);
	return o;
}

static void
put_number(struct outbox *o, uint32_t slot, double n)
{
	struct value v = value_real(n, t);

	outbox_open(o);
	outbox_value(o, 1, slot, &v);
	outbox_close(o);
}

static void
put_event(struct outbox *o, uint8_t byte)
{
	struct put p = put_into(&byte, 1);

	p.len = 1;
	outbox_open(o);
	outbox_event(o, &p);
	outbox_close(o);
}

static void
below_the_bound_every_value_is_kept_in_order(void **state)
{
	struct outbox *o = new_outbox();
	struct batch b = { 0 };
	unsigned i;

	(void)state;
	for (i = 0; i < 100; i++)
		put_number(o, 3, i);
	outbox_take(o, &b);
	assert_int_equal(b.n, 100);
	for (i = 0; i < 100; i++)
		assert_true(b.at[i].value.as.real == i);
	assert_int_equal(outbox_merged(o), 0);
	batch_free(&b);
	outbox_free(o);
}

static void
above_the_bound_the_newest_value_stays(void **state)
{
	struct outbox *o = new_outbox();
	struct batch b = { 0 };
	double last[4] = { 0 };
	unsigned i, kept = 0;

	(void)state;
	for (i = 0; i < 50000; i++)
		put_number(o, i % 4, i);
	assert_int_equal(outbox_waiting(o), BOUND);
	assert_int_equal(outbox_merged(o), 50000 - BOUND);
	outbox_take(o, &b);
	assert_true(b.n <= 3 * BOUND);
	for (i = 0; i < b.n; i++) {
		if (b.at[i].kind == ENTRY_NONE)
			continue;
		kept++;
		assert_true(b.at[i].value.as.real >= last[b.at[i].id]);
		last[b.at[i].id] = b.at[i].value.as.real;
	}
	assert_int_equal(kept, BOUND);
	for (i = 0; i < 4; i++)
		assert_true(last[i] == 49996 + i);
	batch_free(&b);
	outbox_free(o);
}

static void
changes_of_quality_and_events_are_never_merged(void **state)
{
	struct outbox *o = new_outbox();
	struct batch b = { 0 };
	struct value bad = value_real(1, t);
	unsigned i, changes = 0, events = 0;
	int quality = -1;

	(void)state;
	bad.quality = QUALITY_BAD;
	bad.cause = CAUSE_RANGE;
	for (i = 0; i < 2 * BOUND; i++)
		put_number(o, 0, i);
	for (i = 0; i < 100; i++) {
		outbox_open(o);
		outbox_value(o, 1, 1, &bad);
		outbox_close(o);
		put_number(o, 1, i);
		put_event(o, (uint8_t)i);
	}
	outbox_take(o, &b);
	for (i = 0; i < b.n; i++) {
		if (b.at[i].kind == ENTRY_EVENT)
			assert_int_equal(b.at[i].bytes[0], events++);
		if (b.at[i].kind != ENTRY_VALUE || b.at[i].id != 1)
			continue;
		changes += b.at[i].value.quality != quality;
		quality = b.at[i].value.quality;
	}
	assert_int_equal(events, 100);
	assert_int_equal(changes, 200);
	batch_free(&b);
	outbox_free(o);
}

static void
a_merged_text_gives_its_memory_back(void **state)
{
	struct outbox *o = new_outbox();
	struct batch b = { 0 };
	struct value v;
	unsigned i;

	(void)state;
	for (i = 0; i < 3 * BOUND; i++) {
		v = value_text(i % 2 ? "odd" : "even", t);
		outbox_open(o);
		outbox_value(o, 1, 0, &v);
		outbox_close(o);
	}
	outbox_take(o, &b);
	assert_string_equal(b.at[b.n - 1].value.as.text, "odd");
	batch_free(&b);
	outbox_free(o);
}

static void
stamps_of_one_block_become_one_between_events(void **state)
{
	struct outbox *o = new_outbox();
	struct batch b = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 10; i++) {
		outbox_open(o);
		outbox_alive(o, 1, 5, (struct wall){ i });
		outbox_close(o);
		if (i == 4)
			put_event(o, 0);
	}
	outbox_take(o, &b);
	assert_int_equal(b.n, 3);
	assert_int_equal(b.at[0].value.time.ms, 4);
	assert_int_equal(b.at[2].value.time.ms, 9);
	batch_free(&b);
	outbox_free(o);
}

static void
it_wakes_for_the_first_entry_and_for_events(void **state)
{
	struct outbox *o = new_outbox();
	struct batch b = { 0 };

	(void)state;
	put_number(o, 0, 1);
	assert_int_equal(wakes, 1);
	put_number(o, 1, 1);
	assert_int_equal(wakes, 1);
	put_event(o, 0);
	assert_int_equal(wakes, 2);
	outbox_take(o, &b);
	put_number(o, 0, 2);
	assert_int_equal(wakes, 3);
	batch_free(&b);
	outbox_free(o);
}

static void *
pusher(void *arg)
{
	unsigned i;

	for (i = 0; i < 5 * BOUND; i++)
		put_event(arg, 0);
	return NULL;
}

static void
a_line_waits_when_nothing_is_taken_and_loses_nothing(void **state)
{
	struct outbox *o = new_outbox();
	struct batch b = { 0 };
	pthread_t thread;
	size_t n = 0;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, pusher, o), 0);
	while (n < 5 * BOUND) {
		assert_true(outbox_waiting(o) <= 4 * BOUND + 1);
		outbox_take(o, &b);
		n += b.n;
		batch_clear(&b);
	}
	pthread_join(thread, NULL);
	assert_int_equal(n, 5 * BOUND);
	batch_free(&b);
	outbox_free(o);
}

struct received {
	char order[64];
	size_t n;
	unsigned values, alive;
};

/* Takes all messages: v values, a stamps, e an event. */
static void
drain(int fd, struct received *r)
{
	static uint8_t room[FD_MESSAGE_MAX];
	int passed;
	ssize_t n;

	while ((n = fd_receive(fd, room, sizeof(room), &passed)) > 0) {
		struct get g = get_from(room, (size_t)n);
		uint8_t type = get_u8(&g);

		assert_true(n <= FIELD_ROOM);
		if (type != FIELD_VALUES && type != FIELD_ALIVE) {
			r->order[r->n++ % 63] = 'e';
			continue;
		}
		assert_int_equal(get_u32(&g), 1);
		r->order[r->n++ % 63] = type == FIELD_VALUES ? 'v' : 'a';
		*(type == FIELD_VALUES ? &r->values : &r->alive) += get_u16(&g);
	}
}

static void
values_go_before_stamps_and_events_keep_their_place(void **state)
{
	struct outbox *o = new_outbox();
	struct received r = { "" };
	static struct sender s;
	int pair[2];

	(void)state;
	assert_int_equal(fd_pair(pair), 0);
	sender_init(&s, pair[0]);
	outbox_open(o);
	outbox_alive(o, 1, 0, t);
	outbox_close(o);
	put_number(o, 0, 1);
	put_event(o, 255);
	put_number(o, 0, 2);
	put_event(o, 255);
	outbox_take(o, &s.batch);
	assert_int_equal(sender_pump(&s), 1);
	drain(pair[1], &r);
	assert_string_equal(r.order, "vaeve");
	sender_fini(&s);
	outbox_free(o);
	close(pair[0]);
	close(pair[1]);
}

static void
a_full_socket_is_resumed_where_it_stopped(void **state)
{
	struct outbox *o = new_outbox();
	struct received r = { "" };
	static struct sender s;
	unsigned i, turns = 0;
	int pair[2], rc;

	(void)state;
	assert_int_equal(fd_pair(pair), 0);
	sender_init(&s, pair[0]);
	outbox_slots(o, 30000, 16);
	for (i = 0; i < 30000; i++)
		put_number(o, i, i);
	outbox_take(o, &s.batch);
	while ((rc = sender_pump(&s)) == 0) {
		drain(pair[1], &r);
		turns++;
	}
	assert_int_equal(rc, 1);
	drain(pair[1], &r);
	assert_int_equal(r.values, 30000);
	assert_true(turns > 0);
	assert_true(sender_idle(&s));
	close(pair[1]);
	put_number(o, 0, 1);
	outbox_take(o, &s.batch);
	assert_int_equal(sender_pump(&s), -1);
	sender_fini(&s);
	outbox_free(o);
	close(pair[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(below_the_bound_every_value_is_kept_in_order),
		cmocka_unit_test(above_the_bound_the_newest_value_stays),
		cmocka_unit_test(changes_of_quality_and_events_are_never_merged),
		cmocka_unit_test(a_merged_text_gives_its_memory_back),
		cmocka_unit_test(stamps_of_one_block_become_one_between_events),
		cmocka_unit_test(it_wakes_for_the_first_entry_and_for_events),
		cmocka_unit_test(
		    a_line_waits_when_nothing_is_taken_and_loses_nothing),
		cmocka_unit_test(
		    values_go_before_stamps_and_events_keep_their_place),
		cmocka_unit_test(a_full_socket_is_resumed_where_it_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
