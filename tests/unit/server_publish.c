/* SPDX-License-Identifier: ISC */
/*
 * What a session is sent of values (watch) and alarms (follow): merged, at
 * most one in flight, nothing forgotten. A core made by hand, with one
 * session on a socket.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/core.h"
#include "server/follow.h"
#include "server/watch.h"
#include "wire/client.h"

#define TAGS 8
#define ALARMS 700	/* more than one page, not a multiple of 64 */

struct world {
	struct core c;
	struct plant plant;
	struct area area;
	struct alarm_class class;
	struct peer peer;
	struct session s;
	struct client *client;
};

static const char long_text[] =
    "a text that is as long as texts for people are: it says what happened, "
    "where, and what an operator is to do about it before anything else";

static struct world *
world_new(void)
{
	struct world *w = xcalloc(1, sizeof(*w));
	struct core *c = &w->c;
	int pair[2];
	uint32_t i;

	assert_int_equal(fd_pair(pair), 0);
	w->client = client_new(pair[1]);
	w->area.name = "system";
	w->plant = (struct plant){ .areas = &w->area, .n_areas = 1,
		.classes = &w->class, .n_classes = 1,
		.n_tags = TAGS, .n_alarms = ALARMS };
	w->plant.tags = xcalloc(TAGS, sizeof(struct tag));
	w->plant.alarms = xcalloc(ALARMS, sizeof(struct alarm_def));
	c->plant = &w->plant;
	c->now = (struct mono){ 1000000000 };
	c->live.n_tags = TAGS;
	c->live.tags = xcalloc(TAGS, sizeof(*c->live.tags));
	for (i = 0; i < TAGS; i++) {
		c->live.tags[i].block = NONE;
		c->live.tags[i].value = value_real(0, (struct wall){ 1 });
	}
	c->alarms.n = ALARMS;
	c->alarms.at = xcalloc(ALARMS, sizeof(*c->alarms.at));
	c->commit.behind = MONO_NEVER;
	for (i = 0; i < ALARMS; i++) {
		c->alarms.at[i].alarm = alarm_new();
		c->alarms.at[i].alarm.occurrence = i + 1;
		w->plant.alarms[i] = (struct alarm_def){ .name = "A",
			.title.in[0] = long_text, .cause.in[0] = long_text,
			.action.in[0] = long_text, .of = NONE, .object = NONE,
			.folded_by = NONE, .kind = ALARM_SYSTEM };
	}
	w->peer = (struct peer){ .fd = pair[0], .session = &w->s };
	w->s = (struct session){ .id = 1, .peer = &w->peer,
		.everywhere = 1u << FUNCTION_VIEW, .deaf_since = MONO_NEVER };
	TAILQ_INIT(&c->sessions.list);
	TAILQ_INSERT_TAIL(&c->sessions.list, &w->s, next);
	LIST_INIT(&w->s.watches);
	return w;
}

static void
world_free(struct world *w)
{
	uint32_t i;

	while (LIST_FIRST(&w->s.watches) != NULL)
		watch_free(&w->c, LIST_FIRST(&w->s.watches));
	follow_free(&w->s);
	timers_fini(&w->c.timers);
	for (i = 0; i < TAGS; i++)
		vec_free(&w->c.live.tags[i].watchers);
	free(w->c.live.tags);
	free(w->c.alarms.at);
	free(w->plant.tags);
	free(w->plant.alarms);
	client_free(w->client);
	close(w->peer.fd);
	free(w);
}

/* As the live table does it. */
static void
change(struct world *w, uint32_t tag, double number)
{
	struct live_tag *t = &w->c.live.tags[tag];
	size_t i;

	t->value = value_real(number, (struct wall){ 2 });
	for (i = 0; i < t->watchers.n; i++)
		watch_mark(
		    &w->c, t->watchers.at[i].watch, t->watchers.at[i].index);
}

/* Time passes; timers that are due publish. */
static void
pass(struct world *w, int64_t ms)
{
	struct timer t;

	w->c.now = mono_add(w->c.now, (struct span){ ms });
	while (timers_take(&w->c.timers, w->c.now, &t))
		if (w->s.publish_planned)
			watch_publish(&w->c, &w->s);
}

/* The next UPDATE: its values by index, and how many; 0: none came. */
static unsigned
update(struct world *w, double values[TAGS], uint32_t *number)
{
	struct client_event ev;
	struct value v;
	struct err e;
	unsigned n = 0;
	uint32_t i;

	if (client_receive(w->client, &ev, &e) <= 0)
		return 0;
	assert_int_equal(ev.type, MESSAGE_UPDATE);
	*number = ev.n;
	while (client_value(w->client, &i, &v)) {
		assert_true(i < TAGS);
		values[i] = value_number(&v);
		n++;
	}
	return n;
}

static void
drawn(struct world *w)
{
	w->s.in_flight = false;
	watch_publish(&w->c, &w->s);
}

static void
values_are_merged_while_one_update_is_in_flight(void **state)
{
	const uint32_t tags[] = { 0, 1, 2 };
	struct world *w = world_new();
	double v[TAGS];
	uint32_t n;
	int i;

	(void)state;
	assert_int_equal(
	    watch_new(&w->c, &w->s, 5, tags, 3, (struct span){ 500 }), 0);
	pass(w, 0);
	assert_int_equal(update(w, v, &n), 3);	/* the first shows all */
	for (i = 1; i <= 100; i++) {
		change(w, 1, i);
		pass(w, 100);
	}
	assert_int_equal(update(w, v, &n), 0);	/* not drawn yet */
	drawn(w);
	assert_int_equal(update(w, v, &n), 1);	/* the newest alone */
	assert_true(v[1] == 100);
	drawn(w);
	assert_int_equal(update(w, v, &n), 0);
	world_free(w);
}

static void
updates_keep_the_pace_that_was_asked_for(void **state)
{
	const uint32_t tags[] = { 3 };
	struct world *w = world_new();
	double v[TAGS];
	uint32_t n;

	(void)state;
	watch_new(&w->c, &w->s, 5, tags, 1, (struct span){ 500 });
	pass(w, 0);
	assert_int_equal(update(w, v, &n), 1);
	drawn(w);
	change(w, 3, 1);
	pass(w, 499);
	assert_int_equal(update(w, v, &n), 0);
	change(w, 3, 2);
	pass(w, 1);
	assert_int_equal(update(w, v, &n), 1);
	assert_true(v[0] == 2);
	/* after quiet the first change goes at once */
	drawn(w);
	pass(w, 10000);
	change(w, 3, 3);
	pass(w, 0);
	assert_int_equal(update(w, v, &n), 1);
	world_free(w);
}

static void
what_could_not_be_sent_is_sent_later(void **state)
{
	const uint32_t tags[] = { 0, 1 };
	struct world *w = world_new();
	uint8_t junk[1024] = { 0 };
	char drain[2048];
	double v[TAGS];
	uint32_t n;

	(void)state;
	watch_new(&w->c, &w->s, 5, tags, 2, (struct span){ 500 });
	while (fd_send(w->peer.fd, junk, sizeof(junk), -1) > 0)
		;
	pass(w, 0);
	assert_false(w->s.in_flight);
	assert_true(w->s.deaf_since.us != MONO_NEVER.us);
	while (recv(client_fd(w->client), drain, sizeof(drain),
		   MSG_DONTWAIT) > 0)
		;
	pass(w, 500);
	assert_int_equal(update(w, v, &n), 2);
	assert_true(w->s.deaf_since.us == MONO_NEVER.us);
	world_free(w);
}

static void
a_watch_that_ended_is_not_marked_any_more(void **state)
{
	const uint32_t tags[] = { 0, 0, 1 };
	struct world *w = world_new();

	(void)state;
	watch_new(&w->c, &w->s, 5, tags, 3, (struct span){ 500 });
	watch_new(&w->c, &w->s, 6, tags, 3, (struct span){ 500 });
	watch_free(&w->c, LIST_FIRST(&w->s.watches));
	assert_int_equal(w->c.live.tags[0].watchers.n, 2);
	watch_free(&w->c, LIST_FIRST(&w->s.watches));
	assert_int_equal(w->c.live.tags[0].watchers.n, 0);
	assert_int_equal(w->c.live.tags[1].watchers.n, 0);
	change(w, 0, 1);
	world_free(w);
}

static void
a_session_cannot_watch_without_end(void **state)
{
	const uint32_t tags[] = { 0 };
	struct world *w = world_new();
	int i;

	(void)state;
	for (i = 0; i < WATCHES_MOST; i++)
		assert_int_equal(watch_new(&w->c, &w->s, (uint32_t)i, tags, 1,
				     (struct span){ 500 }),
		    0);
	assert_int_equal(
	    watch_new(&w->c, &w->s, 99, tags, 1, (struct span){ 500 }), -1);
	world_free(w);
}

/* Takes a page of FOLLOW: marks the occurrences that came. */
static unsigned
follow_page(struct world *w, unsigned char seen[ALARMS], bool *all)
{
	struct cell cells[32];
	struct client_event ev;
	struct err e;
	unsigned n = 0;

	follow_publish(&w->c, &w->s);
	if (client_receive(w->client, &ev, &e) <= 0)
		return 0;
	*all |= (ev.flags & ROWS_SNAPSHOT_END) != 0;
	while (client_row(w->client, cells)) {
		seen[cells[1].as.uint - 1]++;
		n++;
	}
	return n;
}

static void
alarms_of_many_pages_all_come_once(void **state)
{
	struct world *w = world_new();
	unsigned char seen[ALARMS] = { 0 };
	unsigned i, n = 0, page, pages = 0;
	bool all = false;

	(void)state;
	for (i = 0; i < ALARMS; i++)
		w->c.alarms.at[i].alarm.state = ALARM_UNACKNOWLEDGED;
	follow_new(&w->c, &w->s, 7);
	while ((page = follow_page(w, seen, &all)) > 0) {
		n += page;
		pages++;
		assert_int_equal(follow_page(w, seen, &all), 0);
		follow_more(&w->c, &w->s);
	}
	assert_true(pages > 1);
	assert_true(all);
	assert_int_equal(n, ALARMS);
	for (i = 0; i < ALARMS; i++)
		assert_int_equal(seen[i], 1);
	world_free(w);
}

/* Where a page ended is where the next begins; what is before it comes, too. */
static void
after_a_full_page_an_alarm_of_any_place_still_comes(void **state)
{
	unsigned i, first;

	(void)state;
	for (first = 0; first < ALARMS; first += 37) {
		struct world *w = world_new();
		unsigned char seen[ALARMS] = { 0 };
		bool all = false;

		for (i = 0; i < ALARMS; i++)
			w->c.alarms.at[i].alarm.state = ALARM_UNACKNOWLEDGED;
		follow_new(&w->c, &w->s, 7);
		while (follow_page(w, seen, &all) > 0)
			follow_more(&w->c, &w->s);
		memset(seen, 0, sizeof(seen));
		follow_mark(&w->c, first);
		assert_int_equal(follow_page(w, seen, &all), 1);
		assert_int_equal(seen[first], 1);
		world_free(w);
	}
}

static void
an_alarm_that_may_not_be_shown_yet_waits_and_then_comes(void **state)
{
	struct world *w = world_new();
	unsigned char seen[ALARMS] = { 0 };
	bool all = false;

	(void)state;
	follow_new(&w->c, &w->s, 7);
	follow_page(w, seen, &all);
	assert_true(all);
	follow_more(&w->c, &w->s);
	w->c.alarms.at[9].waits = 1;
	follow_mark(&w->c, 9);
	follow_mark(&w->c, 10);
	assert_int_equal(follow_page(w, seen, &all), 1);
	follow_more(&w->c, &w->s);
	assert_int_equal(follow_page(w, seen, &all), 0);
	w->c.alarms.at[9].waits = 0;
	assert_int_equal(follow_page(w, seen, &all), 1);
	assert_int_equal(seen[9], 1);
	world_free(w);
}

static void
a_follower_that_does_not_read_gets_the_newest_state_once(void **state)
{
	struct world *w = world_new();
	unsigned char seen[ALARMS] = { 0 };
	bool all = false;
	int i;

	(void)state;
	follow_new(&w->c, &w->s, 7);
	follow_page(w, seen, &all);
	for (i = 0; i < 1000; i++)
		follow_mark(&w->c, 3);
	assert_int_equal(follow_page(w, seen, &all), 0);
	follow_more(&w->c, &w->s);
	assert_int_equal(follow_page(w, seen, &all), 1);
	follow_more(&w->c, &w->s);
	assert_int_equal(follow_page(w, seen, &all), 0);
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    values_are_merged_while_one_update_is_in_flight),
		cmocka_unit_test(updates_keep_the_pace_that_was_asked_for),
		cmocka_unit_test(what_could_not_be_sent_is_sent_later),
		cmocka_unit_test(a_watch_that_ended_is_not_marked_any_more),
		cmocka_unit_test(a_session_cannot_watch_without_end),
		cmocka_unit_test(alarms_of_many_pages_all_come_once),
		cmocka_unit_test(
		    after_a_full_page_an_alarm_of_any_place_still_comes),
		cmocka_unit_test(
		    an_alarm_that_may_not_be_shown_yet_waits_and_then_comes),
		cmocka_unit_test(
		    a_follower_that_does_not_read_gets_the_newest_state_once),
	};

	return cmocka_run_group_tests_name("server_publish", tests, NULL, NULL);
}
