/* SPDX-License-Identifier: ISC */
#include "store_help.h"

#include <pthread.h>

/* One page at a time, as the core does it, but waiting. */
struct inbox {
	pthread_mutex_t lock;
	pthread_cond_t came;
	struct record_page *page;
};

static void
take(void *arg, struct record_page *page)
{
	struct inbox *in = arg;

	pthread_mutex_lock(&in->lock);
	in->page = page;
	pthread_cond_signal(&in->came);
	pthread_mutex_unlock(&in->lock);
}

static struct record_page *
ask_page(struct record *r, const struct record_query *q)
{
	struct inbox in = { PTHREAD_MUTEX_INITIALIZER,
		PTHREAD_COND_INITIALIZER, NULL };
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_sec += SOON / 1000;
	assert_int_not_equal(record_query_submit(r, q, take, &in), 0);
	pthread_mutex_lock(&in.lock);
	while (in.page == NULL)
		assert_int_equal(
		    pthread_cond_timedwait(&in.came, &in.lock, &ts), 0);
	pthread_mutex_unlock(&in.lock);
	if (in.page->failed)
		fail_msg("%s", in.page->text);
	return in.page;
}

struct result {
	uint64_t rows, first, last, pages, sum;
	bool disorder;
};

/* All pages of q. */
static struct result
ask_all(struct record *r, struct record_query q)
{
	struct result res = { 0 };
	struct record_page *p;
	uint64_t seq;
	bool more;
	size_t i;

	do {
		p = ask_page(r, &q);
		res.pages++;
		for (i = 0; i < p->n; i++) {
			seq = q.list == RECORD_AUDIT ? p->audit[i].seq
						     : p->events[i].seq;
			res.disorder |= seq <= res.last;
			if (res.rows++ == 0)
				res.first = seq;
			res.last = seq;
			res.sum += seq;
		}
		more = p->more;
		q.after = p->after;
		q.upto = p->upto;
		q.limit = p->limit;
		q.last = 0;
		record_page_free(p);
	} while (more);
	return res;
}

#define ROWS 5000

/* Events 1..ROWS, a second apart: every 10th of vera, every 100th in the area
 * filtration.west, every 7th a command. */
static void
fill(struct record *r)
{
	static const char *const areas[] = { "intake", "filtration.west" };
	struct record_batch *b = record_batch_new(r);
	struct record_event row;
	char name[24];
	int i;

	for (i = 1; i <= ROWS; i++) {
		snprintf(name, sizeof(name), "P-%d.FAIL", i);
		row = event_row(areas[i % 100 == 0], name);
		row.time.ms = noon.ms + i * 1000;
		row.user = i % 10 == 0 ? "vera" : "olga";
		row.kind = i % 7 == 0 ? RECORD_COMMAND : RECORD_ALARM;
		assert_int_equal(record_event(b, &row), i);
	}
	assert_true(record_wait(r, record_submit(r, b, t0), SOON));
}

static struct record *
open_filled(const char *dir)
{
	struct record *r = record_must_open(dir);

	record_start(r, NULL, NULL);
	fill(r);
	return r;
}

static void
pages_hold_every_row_once_in_order_and_within_their_size(void **state)
{
	struct record *r = open_filled(*state);
	struct record_query q = { .list = RECORD_EVENTS };
	struct result res = ask_all(r, q);
	struct record_page *p;
	size_t i, bytes = 0;

	assert_int_equal(res.rows, ROWS);
	assert_int_equal(res.first, 1);
	assert_int_equal(res.last, ROWS);
	assert_false(res.disorder);
	assert_true(res.pages >= 10);

	p = ask_page(r, &q);
	for (i = 0; i < p->n; i++)
		bytes += 64 + strlen(p->events[i].area) +
		    strlen(p->events[i].name) + strlen(p->events[i].text);
	assert_in_range(bytes, RECORD_PAGE_MAX / 2, RECORD_PAGE_MAX);
	assert_string_equal(p->events[0].name, "P-1.FAIL");
	assert_string_equal(p->events[0].new, "unacknowledged");
	assert_string_equal(p->events[0].value, "true");
	assert_int_equal(p->events[0].occurrence, 7);
	assert_int_equal(p->events[0].priority, 2);
	assert_int_equal(p->events[0].kind, RECORD_ALARM);
	assert_int_equal(p->events[6].kind, RECORD_COMMAND);
	assert_int_equal(p->events[0].time.ms, noon.ms + 1000);
	record_page_free(p);
	record_must_close(r);
}

static void
limit_counts_over_all_pages(void **state)
{
	struct record *r = open_filled(*state);
	struct result res = ask_all(r,
	    (struct record_query){ .list = RECORD_EVENTS, .limit = 1234 });

	assert_int_equal(res.rows, 1234);
	assert_int_equal(res.last, 1234);
	record_must_close(r);
}

static void
the_last_rows_come_oldest_first(void **state)
{
	struct record *r = open_filled(*state);
	struct result res = ask_all(
	    r, (struct record_query){ .list = RECORD_EVENTS, .last = 1500 });

	assert_int_equal(res.rows, 1500);
	assert_int_equal(res.first, ROWS - 1499);
	assert_int_equal(res.last, ROWS);
	assert_false(res.disorder);
	res = ask_all(r,
	    (struct record_query){
		.list = RECORD_EVENTS, .last = 3, .user = "vera" });
	assert_int_equal(res.rows, 3);
	assert_int_equal(res.first, ROWS - 20);
	res = ask_all(
	    r, (struct record_query){ .list = RECORD_EVENTS, .last = 99999 });
	assert_int_equal(res.rows, ROWS);
	res = ask_all(r,
	    (struct record_query){
		.list = RECORD_EVENTS, .last = 5, .user = "nobody" });
	assert_int_equal(res.rows, 0);
	record_must_close(r);
}

static void
times_are_closed_at_the_start_and_open_at_the_end(void **state)
{
	struct record *r = open_filled(*state);
	struct result res = ask_all(r,
	    (struct record_query){ .list = RECORD_EVENTS,
		.since = { noon.ms + 1000 * 1000 },
		.until = { noon.ms + 1010 * 1000 } });

	assert_int_equal(res.rows, 10);
	assert_int_equal(res.first, 1000);
	assert_int_equal(res.last, 1009);
	res = ask_all(r,
	    (struct record_query){ .list = RECORD_EVENTS,
		.since = { noon.ms + ROWS * 1000 + 1 } });
	assert_int_equal(res.rows, 0);
	res = ask_all(r,
	    (struct record_query){
		.list = RECORD_EVENTS, .until = { noon.ms + 3000 } });
	assert_int_equal(res.rows, 2);
	record_must_close(r);
}

static void
filters_by_name_user_area_and_kind_join(void **state)
{
	static const char *const filtration[] = { "filtration" };
	static const char *const both[] = { "filter", "intake" };
	struct record *r = open_filled(*state);
	struct result res;

	res = ask_all(r,
	    (struct record_query){ .list = RECORD_EVENTS,
		.name = "P-4?.FAIL" });
	assert_int_equal(res.rows, 10);
	assert_int_equal(res.first, 40);
	res = ask_all(
	    r, (struct record_query){ .list = RECORD_EVENTS, .name = "P-4" });
	assert_int_equal(res.rows, 0);	/* the whole name */
	res = ask_all(r,
	    (struct record_query){ .list = RECORD_EVENTS,
		.name = "P-[4]*" });
	assert_int_equal(res.rows, 0);	/* [ is a character like any other */
	res = ask_all(r,
	    (struct record_query){ .list = RECORD_EVENTS,
		.areas = filtration,
		.area_count = 1 });
	assert_int_equal(res.rows, ROWS / 100);
	res = ask_all(r,
	    (struct record_query){
		.list = RECORD_EVENTS, .areas = both, .area_count = 2 });
	assert_int_equal(res.rows, ROWS - ROWS / 100);
	res = ask_all(r,
	    (struct record_query){ .list = RECORD_EVENTS,
		.kinds = 1u << RECORD_COMMAND,
		.user = "vera" });
	assert_int_equal(res.rows, ROWS / 70);
	res = ask_all(r, (struct record_query){ .list = RECORD_JOURNAL });
	assert_int_equal(res.rows, ROWS - ROWS / 7);
	record_must_close(r);
}

static void
after_asks_for_what_came_since(void **state)
{
	struct record *r = open_filled(*state);
	struct result res = ask_all(r,
	    (struct record_query){ .list = RECORD_EVENTS,
		.after = ROWS - 5 });

	assert_int_equal(res.rows, 5);
	assert_int_equal(res.first, ROWS - 4);
	res = ask_all(
	    r, (struct record_query){ .list = RECORD_EVENTS, .after = ROWS });
	assert_int_equal(res.rows, 0);
	record_must_close(r);
}

static void
an_audit_page_has_what_was_recorded_with_its_hash(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_page *p;
	struct record_query q = { .list = RECORD_AUDIT };
	uint64_t n, command, other;

	record_start(r, NULL, NULL);
	other = submit_request(r, "site.demand", false, &n);
	command = submit_request(r, "site.target", false, &n);
	submit_result(r, other, "refused: needs setpoint in intake");
	assert_true(record_wait(r, submit_result(r, command, "done"), SOON));
	p = ask_page(r, &q);
	assert_int_equal(p->n, 4);
	assert_string_equal(p->audit[1].name, "site.target");
	assert_string_equal(p->audit[1].from, "10.0.5.3");
	assert_string_equal(p->audit[1].result, "");
	assert_string_equal(p->audit[3].result, "done");
	assert_int_equal(p->audit[3].command, command);
	assert_int_equal(p->audit[3].mono_ms, 7);
	assert_int_equal(strlen(p->audit[3].hash), 64);
	assert_string_not_equal(p->audit[3].hash, p->audit[2].hash);
	record_page_free(p);
	q.command = command;
	p = ask_page(r, &q);
	assert_int_equal(p->n, 2);
	assert_int_equal(p->audit[0].seq, command);
	record_page_free(p);
	record_must_close(r);
}

static void
a_rare_match_far_back_is_found_through_many_windows(void **state)
{
	struct record *r = record_must_open(*state);
	struct record_event row = event_row("intake", "rare");
	struct record_batch *b = record_batch_new(r);
	struct result res;
	int i;

	record_start(r, NULL, NULL);
	record_event(b, &row);
	row.name = "common";
	for (i = 0; i < 70000; i++)
		record_event(b, &row);
	assert_true(record_wait(r, record_submit(r, b, t0), SOON));
	res = ask_all(r,
	    (struct record_query){
		.list = RECORD_EVENTS, .name = "rare", .last = 1 });
	assert_int_equal(res.rows, 1);
	assert_int_equal(res.first, 1);
	res = ask_all(r,
	    (struct record_query){ .list = RECORD_EVENTS, .name = "no" });
	assert_int_equal(res.rows, 0);
	record_must_close(r);
}

static void
queries_run_while_rows_are_written(void **state)
{
	struct record *r = open_filled(*state);
	struct record_event row = event_row("intake", "late");
	struct record_batch *b;
	struct result res;
	uint64_t n = 0;
	int i;

	for (i = 0; i < 200; i++) {
		b = record_batch_new(r);
		record_event(b, &row);
		n = record_submit(r, b, t0);
		if (i % 20 == 0) {
			res = ask_all(r,
			    (struct record_query){ .list = RECORD_EVENTS });
			assert_true(res.rows >= ROWS);
			assert_false(res.disorder);
		}
	}
	assert_true(record_wait(r, n, SOON));
	res = ask_all(
	    r, (struct record_query){ .list = RECORD_EVENTS, .name = "late" });
	assert_int_equal(res.rows, 200);
	record_must_close(r);
}

struct count {
	pthread_mutex_t lock;
	int answered, failed;
};

static void
count_page(void *arg, struct record_page *page)
{
	struct count *c = arg;

	pthread_mutex_lock(&c->lock);
	c->answered++;
	c->failed += page->failed;
	pthread_mutex_unlock(&c->lock);
	record_page_free(page);
}

static void
each_query_is_answered_once_even_when_the_record_closes(void **state)
{
	struct record *r = open_filled(*state);
	struct count c = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct record_query q = { .list = RECORD_EVENTS, .name = "no" };
	int i, taken = 0;

	for (i = 0; i < RECORD_QUERIES_MAX + 50; i++)
		taken += record_query_submit(r, &q, count_page, &c) != 0;
	assert_true(taken >= RECORD_QUERIES_MAX);
	record_must_close(r);
	assert_int_equal(c.answered, taken);
}

#define IN_DIR(test) cmocka_unit_test_setup_teardown(test, dir_make, dir_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DIR(pages_hold_every_row_once_in_order_and_within_their_size),
		IN_DIR(limit_counts_over_all_pages),
		IN_DIR(the_last_rows_come_oldest_first),
		IN_DIR(times_are_closed_at_the_start_and_open_at_the_end),
		IN_DIR(filters_by_name_user_area_and_kind_join),
		IN_DIR(after_asks_for_what_came_since),
		IN_DIR(an_audit_page_has_what_was_recorded_with_its_hash),
		IN_DIR(a_rare_match_far_back_is_found_through_many_windows),
		IN_DIR(queries_run_while_rows_are_written),
		IN_DIR(each_query_is_answered_once_even_when_the_record_closes),
	};

	return cmocka_run_group_tests_name("store_query", tests, NULL, NULL);
}
