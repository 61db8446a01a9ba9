/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wire/client.h"
#include "wire/verbs.h"

/* A client and the bare socket at its other end. */
struct wire {
	struct client *client;
	int core;
	uint8_t in[FD_MESSAGE_MAX], out[FD_MESSAGE_MAX];
	struct put put;
	struct get get;
};

static int
open_line(void **state)
{
	struct wire *l = calloc(1, sizeof(*l));
	int pair[2];

	assert_non_null(l);
	assert_int_equal(fd_pair(pair), 0);
	l->client = client_new(pair[0]);
	l->core = pair[1];
	*state = l;
	return 0;
}

static int
close_line(void **state)
{
	struct wire *l = *state;

	client_free(l->client);
	close(l->core);
	free(l);
	return 0;
}

/* What the client sent; its type. */
static enum message
heard(struct wire *l)
{
	ssize_t n = fd_receive(l->core, l->in, sizeof(l->in), NULL);

	assert_true(n > 0);
	l->get = get_from(l->in, (size_t)n);
	return (enum message)get_u8(&l->get);
}

static void
say(struct wire *l, enum message type)
{
	l->put = put_into(l->out, sizeof(l->out));
	put_u8(&l->put, (uint8_t)type);
}

static struct client_event
told(struct wire *l)
{
	struct client_event ev;
	struct err e;

	assert_false(l->put.full);
	assert_int_equal(
	    fd_send(l->core, l->out, l->put.len, -1), (ssize_t)l->put.len);
	assert_int_equal(client_receive(l->client, &ev, &e), 1);
	return ev;
}

static void
a_call_arrives_with_its_parameters_in_order(void **state)
{
	struct wire *l = *state;
	struct call c;
	uint32_t id;

	client_call(l->client, VERB_USER_ADD);
	client_with(l->client, PARAMETER_NAME, "felix");
	client_with(l->client, PARAMETER_ROLE, "operator@filtration");
	client_with(l->client, PARAMETER_ROLE, "viewer");
	client_with(l->client, PARAMETER_UNIX, NULL);	/* not given */
	id = client_send(l->client);
	assert_true(id != 0);
	assert_int_equal(heard(l), MESSAGE_CALL);
	assert_int_equal(call_get(&c, &l->get), 0);
	assert_int_equal(c.id, id);
	assert_int_equal(c.verb, VERB_USER_ADD);
	assert_int_equal(c.n, 3);
	assert_string_equal(call_text(&c, PARAMETER_NAME), "felix");
	assert_int_equal(call_count(&c, PARAMETER_ROLE), 2);
	assert_string_equal(call_nth(&c, PARAMETER_ROLE, 1), "viewer");
	assert_null(call_nth(&c, PARAMETER_ROLE, 2));
	assert_null(call_text(&c, PARAMETER_UNIX));
	call_free(&c);
}

static void
each_call_has_an_id_of_its_own(void **state)
{
	struct wire *l = *state;
	uint32_t first, second;

	client_call(l->client, VERB_STATUS);
	first = client_send(l->client);
	client_call(l->client, VERB_STATUS);
	second = client_send(l->client);
	assert_true(first != 0 && second != 0 && first != second);
}

static void
hostile_words_of_a_call_arrive_clean(void **state)
{
	struct wire *l = *state;
	struct call c;

	client_call(l->client, VERB_SET);
	client_with(l->client, PARAMETER_REASON, "\033]0;x\007\xff");
	client_send(l->client);
	heard(l);
	assert_int_equal(call_get(&c, &l->get), 0);
	assert_string_equal(call_text(&c, PARAMETER_REASON),
	    "\xc2\xb7]0;x\xc2\xb7\xc2\xb7");
	call_free(&c);
}

static void
a_call_that_does_not_fit_is_not_sent(void **state)
{
	static char text[40000];
	struct wire *l = *state;
	struct client_event ev;
	struct err e;
	int i;

	memset(text, 'x', sizeof(text) - 1);
	client_call(l->client, VERB_GET);
	client_with(l->client, PARAMETER_NAME, text);
	client_with(l->client, PARAMETER_NAME, text);
	assert_int_equal(client_send(l->client), 0);
	client_call(l->client, VERB_GET);
	for (i = 0; i <= WIRE_PARAMETERS; i++)
		client_with(l->client, PARAMETER_NAME, "x");
	assert_int_equal(client_send(l->client), 0);
	assert_int_equal(client_receive(l->client, &ev, &e), 0);
}

static void
a_torn_call_is_no_call(void **state)
{
	struct wire *l = *state;
	struct call c;
	struct get g;
	size_t len, whole;

	client_call(l->client, VERB_SET);
	client_with(l->client, PARAMETER_NAME, "site.target");
	client_with(l->client, PARAMETER_VALUE, "4.2");
	client_send(l->client);
	heard(l);
	whole = l->get.left;
	for (len = 0; len < whole; len++) {
		g = get_from(l->in + 1, len);
		assert_int_equal(call_get(&c, &g), -1);
	}
	l->in[1 + whole] = 0;
	g = get_from(l->in + 1, whole + 1);	/* a byte too many */
	assert_int_equal(call_get(&c, &g), -1);
	l->in[5] = 0xff;			/* a verb that there is not */
	g = get_from(l->in + 1, whole);
	assert_int_equal(call_get(&c, &g), -1);
}

static void
rows_are_read_one_after_the_other(void **state)
{
	struct wire *l = *state;
	struct cell cells[4] = { cell_text("a"), cell_uint(1), cell_text("b"),
		cell_null() };
	struct client_event ev;
	int i;

	say(l, MESSAGE_ROWS);
	put_u32(&l->put, 7);
	put_u8(&l->put, ROWS_SNAPSHOT_END);
	put_u16(&l->put, 2);
	put_u8(&l->put, 2);
	for (i = 0; i < 4; i++)
		put_cell(&l->put, &cells[i]);
	ev = told(l);
	assert_int_equal(ev.type, MESSAGE_ROWS);
	assert_int_equal(ev.id, 7);
	assert_int_equal(ev.flags, ROWS_SNAPSHOT_END);
	assert_int_equal(ev.rows, 2);
	assert_int_equal(ev.cells, 2);
	assert_true(client_row(l->client, cells));
	assert_string_equal(cells[0].as.text, "a");
	assert_int_equal(cells[1].as.uint, 1);
	assert_true(client_row(l->client, cells));
	assert_string_equal(cells[0].as.text, "b");
	assert_int_equal(cells[1].type, CELL_NULL);
	assert_false(client_row(l->client, cells));
}

static void
a_page_with_a_row_too_few_ends_early(void **state)
{
	struct wire *l = *state;
	struct cell cell = cell_uint(1);

	say(l, MESSAGE_ROWS);
	put_u32(&l->put, 7);
	put_u8(&l->put, 0);
	put_u16(&l->put, 2);
	put_u8(&l->put, 1);
	put_cell(&l->put, &cell);
	told(l);
	assert_true(client_row(l->client, &cell));
	assert_false(client_row(l->client, &cell));
}

static void
an_update_names_its_tags_by_number(void **state)
{
	struct wire *l = *state;
	struct value v = value_real(0.92, (struct wall){ 1795350790482 });
	struct client_event ev;
	uint32_t i;

	say(l, MESSAGE_UPDATE);
	put_u32(&l->put, 3);
	put_u32(&l->put, 7);
	put_u16(&l->put, 1);
	put_u32(&l->put, 5);
	put_value(&l->put, &v);
	ev = told(l);
	assert_int_equal(ev.n, 3);
	assert_true(client_value(l->client, &i, &v));
	assert_int_equal(i, 5);
	assert_true(v.as.real == 0.92);
	assert_false(client_value(l->client, &i, &v));
	client_drawn(l->client, ev.n);
	assert_int_equal(heard(l), MESSAGE_DRAWN);
	assert_int_equal(get_u32(&l->get), 3);
}

static void
who_one_is_comes_with_the_welcome(void **state)
{
	struct wire *l = *state;
	struct welcome w = { .session = 9,
		.user = "olga",
		.zone = "Europe/Berlin",
		.functions = 0x11,
		.revision = 17 };
	struct client_event ev;

	say(l, MESSAGE_WELCOME);
	put_welcome(&l->put, &w);
	ev = told(l);
	assert_int_equal(ev.type, MESSAGE_WELCOME);
	assert_int_equal(ev.welcome.session, 9);
	assert_string_equal(ev.welcome.user, "olga");
	assert_string_equal(ev.welcome.zone, "Europe/Berlin");
	assert_int_equal(ev.welcome.functions, 0x11);
	assert_int_equal(ev.welcome.revision, 17);
}

static void
send_beat(struct wire *l)
{
	struct beat b = { .now = { 1795350790482 }, .waiting = { 0, 1, 2, 0 } };

	say(l, MESSAGE_BEAT);
	put_beat(&l->put, &b);
	assert_true(fd_send(l->core, l->out, l->put.len, -1) > 0);
}

static void
beats_are_skipped_up_to_what_matters(void **state)
{
	struct wire *l = *state;
	struct client_event ev;
	struct err e;

	assert_false(client_skip_beats(l->client));
	send_beat(l);
	send_beat(l);
	assert_false(client_skip_beats(l->client));
	assert_int_equal(client_receive(l->client, &ev, &e), 0);
	send_beat(l);
	say(l, MESSAGE_END);
	put_u32(&l->put, 7);
	put_u8(&l->put, EXIT_NO_SUCH);
	put_text(&l->put, "no such tag");
	assert_true(fd_send(l->core, l->out, l->put.len, -1) > 0);
	assert_true(client_skip_beats(l->client));
	assert_int_equal(client_receive(l->client, &ev, &e), 1);
	assert_int_equal(ev.type, MESSAGE_END);
	assert_int_equal(ev.code, EXIT_NO_SUCH);
	assert_string_equal(ev.text, "no such tag");
}

static void
nothing_yet_is_not_the_end_and_the_end_is(void **state)
{
	struct wire *l = *state;
	struct client_event ev;
	struct err e;

	assert_int_equal(client_receive(l->client, &ev, &e), 0);
	fd_close(&l->core);
	assert_int_equal(client_receive(l->client, &ev, &e), -1);
	assert_string_equal(e.text, "the server closed the connection");
	assert_int_equal(client_more(l->client, 1), -1);
}

static void
what_the_core_must_not_say_is_refused(void **state)
{
	static const uint8_t wrong[][3] = { { 99, 0, 0 },
		{ MESSAGE_PROBED, 1, 1 }, { MESSAGE_END, 0, 0 },
		{ MESSAGE_ROWS, 0, 0 }, { MESSAGE_CALL, 0, 0 } };
	struct wire *l = *state;
	struct client_event ev;
	struct err e;
	size_t i;

	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(fd_send(l->core, wrong[i], 3, -1), 3);
		assert_int_equal(client_receive(l->client, &ev, &e), -1);
	}
}

static void
the_longest_name_of_a_verb_wins(void **state)
{
	const char *words[] = { "user", "key", "add", "olga" };
	size_t used;

	(void)state;
	assert_int_equal(verb_find(words, 4, &used), VERB_KEY_ADD);
	assert_int_equal(used, 3);
	words[1] = "list";
	assert_int_equal(verb_find(words, 2, &used), VERB_USER_LIST);
	assert_int_equal(verb_find(words, 1, &used), VERB_COUNT);
	assert_int_equal(used, 0);
}

static void
a_result_that_must_not_be_missed_stands_in_capitals(void **state)
{
	char shown[40];

	(void)state;
	assert_string_equal(result_show(shown, sizeof(shown),
	    "mismatch: the PLC holds 80"), "MISMATCH: the PLC holds 80");
	assert_string_equal(
	    result_show(shown, sizeof(shown), "unknown: line lost"),
	    "UNKNOWN: line lost");
	assert_string_equal(result_show(shown, sizeof(shown), "done"), "done");
	assert_string_equal(result_show(shown, sizeof(shown),
	    "refused: mismatch"), "refused: mismatch");
	assert_string_equal(result_show(shown, 5, "mismatch"), "mism");
}

int
main(void)
{
#define WITH_LINE(test)                                                        \
	cmocka_unit_test_setup_teardown(test, open_line, close_line)
	const struct CMUnitTest tests[] = {
		WITH_LINE(a_call_arrives_with_its_parameters_in_order),
		WITH_LINE(each_call_has_an_id_of_its_own),
		WITH_LINE(hostile_words_of_a_call_arrive_clean),
		WITH_LINE(a_call_that_does_not_fit_is_not_sent),
		WITH_LINE(a_torn_call_is_no_call),
		WITH_LINE(rows_are_read_one_after_the_other),
		WITH_LINE(a_page_with_a_row_too_few_ends_early),
		WITH_LINE(an_update_names_its_tags_by_number),
		WITH_LINE(who_one_is_comes_with_the_welcome),
		WITH_LINE(beats_are_skipped_up_to_what_matters),
		WITH_LINE(nothing_yet_is_not_the_end_and_the_end_is),
		WITH_LINE(what_the_core_must_not_say_is_refused),
		cmocka_unit_test(the_longest_name_of_a_verb_wins),
		cmocka_unit_test(
		    a_result_that_must_not_be_missed_stands_in_capitals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
