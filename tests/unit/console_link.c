/* SPDX-License-Identifier: ISC */
/* The line to the core: calls and their answers, and coming back. */
#include "console/link.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "console_core.h"

#define AT(ms) ((struct mono){ (ms) * 1000LL })

struct heard {
	unsigned welcomes, lost, beats;
	char refused[200];
	unsigned rows, ends;
	int code;
};

static struct heard heard;

static void
on_welcome(void *arg, const struct welcome *w)
{
	(void)arg;
	(void)w;
	heard.welcomes++;
}

static void
on_beat(void *arg, const struct beat *b)
{
	(void)arg;
	(void)b;
	heard.beats++;
}

static void
on_notice(void *arg, const struct notice *n)
{
	(void)arg;
	(void)n;
}

static void
on_update(void *arg, uint32_t id, uint32_t n)
{
	(void)arg;
	(void)id;
	(void)n;
}

static void
on_lost(void *arg)
{
	(void)arg;
	heard.lost++;
}

static void
on_refused(void *arg, const char *why)
{
	(void)arg;
	str_copy(heard.refused, why, sizeof(heard.refused));
}

static void
on_answer(void *arg, struct link *l, const struct client_event *ev)
{
	(void)arg;
	(void)l;
	if (ev->type == MESSAGE_ROWS) {
		heard.rows++;
		return;
	}
	heard.ends++;
	heard.code = ev->code;
}

static const struct link_calls calls = { NULL, on_welcome, on_beat,
	on_notice, on_update, on_lost, on_refused };

struct bench {
	struct link link;
	struct core_end core;
	int listening;
	char dir[64], path[80];
};

static struct bench b;

static int
setup(void **state)
{
	int pair[2];
	struct err e;

	(void)state;
	memset(&heard, 0, sizeof(heard));
	snprintf(b.dir, sizeof(b.dir), "/tmp/sg-link-XXXXXX");
	assert_non_null(mkdtemp(b.dir));
	snprintf(b.path, sizeof(b.path), "%s/core.sock", b.dir);
	b.listening = fd_listen_unix(b.path, 0600, &e);
	assert_true(b.listening >= 0);
	assert_int_equal(fd_pair(pair), 0);
	b.core.fd = pair[0];
	link_init(&b.link, &calls, pair[1], b.path, "xterm");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	link_fini(&b.link);
	fd_close(&b.core.fd);
	fd_close(&b.listening);
	unlink(b.path);
	rmdir(b.dir);
	return 0;
}

/* The session is greeted and gets its ticket. */
static void
greet(void)
{
	struct cell ticket = cell_text(TICKET);
	uint32_t id;

	core_greets(&b.core, "olga");
	link_read(&b.link, AT(0));
	assert_int_equal(b.link.state, LINK_UP);
	id = core_finds_call(&b.core, VERB_TICKET);
	assert_int_not_equal(id, 0);
	core_row(&b.core, id, &ticket, 1);
	core_ends(&b.core, id, EXIT_DONE, "");
	link_read(&b.link, AT(1));
	assert_string_equal(b.link.ticket, TICKET);
}

static void
break_line(int64_t ms)
{
	fd_close(&b.core.fd);
	link_read(&b.link, AT(ms));
}

/* The core is there again: takes the connection that waits. */
static bool
accept_again(void)
{
	struct get g;

	b.core.fd = accept4(
	    b.listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (b.core.fd < 0)
		return false;
	assert_int_equal(core_hears(&b.core, &g), MESSAGE_HELLO);
	return true;
}

static void
a_session_is_welcomed_and_asks_for_its_ticket(void **state)
{
	(void)state;
	greet();
	assert_int_equal(heard.welcomes, 1);
	assert_int_equal(heard.lost, 0);
}

static void
nothing_can_be_asked_before_the_welcome(void **state)
{
	(void)state;
	assert_false(link_begin(&b.link, VERB_TAGS));
	greet();
	assert_true(link_begin(&b.link, VERB_TAGS));
	assert_int_not_equal(link_send(&b.link, on_answer, NULL), 0);
}

static void
rows_and_the_end_reach_who_asked(void **state)
{
	struct cell cell = cell_text("x");
	uint32_t id;

	(void)state;
	greet();
	link_begin(&b.link, VERB_TAGS);
	id = link_send(&b.link, on_answer, &heard);
	core_row(&b.core, id, &cell, 1);
	core_ends(&b.core, id, EXIT_REFUSED, "no");
	link_read(&b.link, AT(2));
	assert_int_equal(heard.rows, 1);
	assert_int_equal(heard.ends, 1);
	assert_int_equal(heard.code, EXIT_REFUSED);
	/* the call is over */
	core_ends(&b.core, id, EXIT_DONE, "");
	link_read(&b.link, AT(3));
	assert_int_equal(heard.ends, 1);
}

static void
who_has_gone_is_told_nothing(void **state)
{
	uint32_t id;

	(void)state;
	greet();
	link_begin(&b.link, VERB_TAGS);
	id = link_send(&b.link, on_answer, &heard);
	link_forget(&b.link, &heard);
	core_ends(&b.core, id, EXIT_DONE, "");
	link_read(&b.link, AT(2));
	assert_int_equal(heard.ends, 0);
}

static void
what_was_asked_when_the_line_ends_is_unknown(void **state)
{
	(void)state;
	greet();
	link_begin(&b.link, VERB_SET);
	link_send(&b.link, on_answer, &heard);
	break_line(10);
	assert_int_equal(heard.ends, 1);
	assert_int_equal(heard.code, EXIT_UNKNOWN);
	assert_int_equal(heard.lost, 1);
	assert_int_equal(b.link.state, LINK_DOWN);
}

static void
it_comes_back_with_its_ticket(void **state)
{
	struct get g;
	char text[200];

	(void)state;
	greet();
	break_line(10);
	link_turn(&b.link, AT(10));
	assert_false(accept_again());	/* not at once */
	link_turn(&b.link, AT(150));
	assert_true(accept_again());
	assert_int_equal(core_hears(&b.core, &g), MESSAGE_RESUME);
	get_text(&g, text, sizeof(text));
	assert_string_equal(text, TICKET);
	core_greets(&b.core, "olga");
	link_read(&b.link, AT(160));
	assert_int_equal(b.link.state, LINK_UP);
	assert_int_equal(heard.welcomes, 2);
	/* and asks for a new one */
	assert_int_not_equal(core_finds_call(&b.core, VERB_TICKET), 0);
}

static void
it_waits_longer_each_time_but_never_more_than_two_and_a_half_seconds(
    void **state)
{
	int64_t at = 10, due;
	int i;

	(void)state;
	greet();
	fd_close(&b.listening);
	unlink(b.path);
	break_line(at);
	for (i = 0; i < 12; i++) {
		due = link_due(&b.link).us / 1000;
		assert_true(due > at);
		assert_true(due - at <= 2500);
		if (i >= 6)
			assert_true(due - at >= 2000);
		at = due + 1;
		link_turn(&b.link, AT(at));
		assert_int_equal(b.link.state, LINK_DOWN);
	}
	assert_string_equal(heard.refused, "");
}

static void
a_refusal_is_for_good(void **state)
{
	(void)state;
	greet();
	break_line(10);
	link_turn(&b.link, AT(1000));
	assert_true(accept_again());
	core_refuses(&b.core, "olga is locked");
	link_read(&b.link, AT(1010));
	assert_string_equal(heard.refused, "olga is locked");
	fd_close(&b.core.fd);
	link_read(&b.link, AT(1020));
	link_turn(&b.link, AT(9000));
	assert_false(accept_again());
	assert_int_equal(link_due(&b.link).us, MONO_NEVER.us);
}

/* After an upgrade: what it would say is not for operators. */
static void
a_core_of_another_version_ends_it_with_a_clear_word(void **state)
{
	(void)state;
	greet();
	break_line(10);
	link_turn(&b.link, AT(1000));
	assert_true(accept_again());
	core_greets_as(&b.core, WIRE_VERSION + 1);
	core_refuses(&b.core, "protocol");
	link_read(&b.link, AT(1010));
	assert_string_equal(heard.refused,
	    "the server has another version now: log in again");
	fd_close(&b.core.fd);
	link_read(&b.link, AT(1020));
	link_turn(&b.link, AT(9000));
	assert_false(accept_again());
}

static void
without_a_ticket_it_cannot_come_back(void **state)
{
	(void)state;
	core_greets(&b.core, "olga");
	link_read(&b.link, AT(0));
	break_line(10);
	link_turn(&b.link, AT(1000));
	assert_string_equal(heard.refused, "the server is gone");
	assert_false(accept_again());
}

/* Somebody else sits here now: what looks has ended, what acts goes on. */
static void
another_welcome_ends_what_only_looks(void **state)
{
	struct cell cell = cell_text("x");
	uint32_t looks, acts;

	(void)state;
	greet();
	link_begin(&b.link, VERB_TAGS);
	looks = link_send(&b.link, on_answer, &heard);
	link_begin(&b.link, VERB_SET);
	acts = link_send(&b.link, on_answer, &heard);
	core_greets(&b.core, "sven");
	link_read(&b.link, AT(2));
	assert_int_equal(heard.welcomes, 2);
	assert_int_equal(heard.lost, 0);
	assert_int_equal(heard.ends, 1);
	assert_int_equal(heard.code, EXIT_CANCELLED);
	/* it is not whose it was that would come back */
	assert_string_equal(b.link.ticket, "");
	core_row(&b.core, looks, &cell, 1);
	core_ends(&b.core, acts, EXIT_DONE, "");
	link_read(&b.link, AT(3));
	assert_int_equal(heard.rows, 0);
	assert_int_equal(heard.ends, 2);
	assert_int_equal(heard.code, EXIT_DONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_session_is_welcomed_and_asks_for_its_ticket),
		TEST(nothing_can_be_asked_before_the_welcome),
		TEST(rows_and_the_end_reach_who_asked),
		TEST(who_has_gone_is_told_nothing),
		TEST(what_was_asked_when_the_line_ends_is_unknown),
		TEST(it_comes_back_with_its_ticket),
		TEST(it_waits_longer_each_time_but_never_more_than_two_and_a_half_seconds),
		TEST(another_welcome_ends_what_only_looks),
		TEST(a_refusal_is_for_good),
		TEST(a_core_of_another_version_ends_it_with_a_clear_word),
		TEST(without_a_ticket_it_cannot_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
