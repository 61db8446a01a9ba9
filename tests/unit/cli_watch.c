/* SPDX-License-Identifier: ISC */
/* Streams, and readers that leave or stand still. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli_scene.h"

static void
update(struct core *c, uint32_t n, uint32_t i, struct value v)
{
	struct put p = core_say(c, MESSAGE_UPDATE);

	put_u32(&p, n);
	put_u32(&p, c->id);
	put_u16(&p, 1);
	put_u32(&p, i);
	put_value(&p, &v);
	core_sent(c, &p);
	core_hear(c);
}

static void
describe(struct core *c)
{
	struct cell row[] = { cell_text("P-101A.run"), cell_text("Raw water"),
		cell_null(), cell_text("intake"), cell_text("P-101A"),
		cell_text("pump"), cell_null(), cell_null(), cell_null(),
		cell_text("STOP|RUN") };

	core_begin(c);
	core_rows(c, 1, 10, row);
	core_hear(c);
	core_end(c, EXIT_DONE, "");
	core_hear(c);
}

static void
changes(struct core *c)
{
	struct wall t = { 1795350790482 };
	struct value again = value_bool(true, t);

	describe(c);
	update(c, 1, 0, value_bool(false, t));
	update(c, 2, 0, again);
	update(c, 3, 0, again);	/* nothing new */
	again.quality = QUALITY_STALE;
	again.flags = VALUE_OVERRIDE;
	update(c, 4, 0, again);
	update(c, 5, 0, value_uint(7, t));
	update(c, 6, 9, again);	/* no such tag: ignored */
	core_end(c, EXIT_DONE, "");
}

static void
two_changes(struct core *c)
{
	describe(c);
	update(c, 1, 0, value_bool(false, (struct wall){ 1795350790482 }));
	update(c, 2, 0, value_bool(true, (struct wall){ 1795350790482 }));
}

static void
watch_prints_a_row_now_and_one_for_each_change(void **state)
{
	(void)state;
	scene_expect(changes, "watch P-101A.run -o csv", EXIT_DONE,
	    TAG_COLUMNS
	    "\n"
	    "P-101A.run,false,STOP,,good,,,2026-11-22T12:33:10.482Z,intake,"
	    "Raw water\n"
	    "P-101A.run,true,RUN,,good,,,2026-11-22T12:33:10.482Z,intake,"
	    "Raw water\n"
	    "P-101A.run,true,RUN,,stale,,override,2026-11-22T12:33:10.482Z,"
	    "intake,Raw water\n"
	    "P-101A.run,7,?7,,good,,,2026-11-22T12:33:10.482Z,intake,"
	    "Raw water\n",
	    "",
	    "HELLO sightglass\nCALL describe tag =P-101A.run\nMORE\n"
	    "CALL watch =P-101A.run\nDRAWN 1\nDRAWN 2\nDRAWN 3\nDRAWN 4\n"
	    "DRAWN 5\nDRAWN 6\n");
	scene_expect(two_changes, "watch P-101A.run -q -n 2", EXIT_DONE,
	    "false\ntrue\n", "",
	    "HELLO sightglass\nCALL describe tag =P-101A.run\nMORE\n"
	    "CALL watch =P-101A.run\nDRAWN 1\nCANCEL\n");
}

/* What the script does to the client once its first row is printed. */
static struct {
	int cancel, reader;
} meddle;

static void
one_change(struct core *c)
{
	describe(c);
	update(c, 1, 0, value_bool(true, (struct wall){ 1795350790482 }));
	if (meddle.cancel >= 0 && write(meddle.cancel, "x", 1) < 0)
		buf_text(&c->log, "(not cancelled)\n");
	fd_close(&meddle.reader);
}

static void
ctrl_c_cancels_and_what_was_seen_stays(void **state)
{
	struct scene s;
	int cancel[2];

	(void)state;
	assert_int_equal(pipe2(cancel, O_CLOEXEC), 0);
	meddle.cancel = cancel[1];
	meddle.reader = -1;
	scene_prepare(&s, one_change);
	s.app.cancel_fd = cancel[0];
	scene_run(&s, "watch P-101A.run --utc");
	assert_int_equal(s.code, EXIT_CANCELLED);
	assert_string_equal(buf_string(&s.out),
	    "TAG         VALUE  TEXT  UNIT  QUALITY  CAUSE  FLAGS  TIME"
	    "                 AREA    TITLE\n"
	    "P-101A.run  true   RUN         good                   "
	    "2026-11-22 12:33:10  intake  Raw water\n");
	assert_string_equal(buf_string(&s.err), "");
	assert_non_null(strstr(buf_string(&s.core.log), "CANCEL\n"));
	close(cancel[0]);
	close(cancel[1]);
	scene_finish(&s);
}

static void
takes_its_time(struct core *c)
{
	core_begin(c);
	if (write(meddle.cancel, "x", 1) < 0)
		buf_text(&c->log, "(not cancelled)\n");
}

static void
a_cancelled_command_may_still_happen(void **state)
{
	struct scene s;
	int cancel[2];

	(void)state;
	assert_int_equal(pipe2(cancel, O_CLOEXEC), 0);
	meddle.cancel = cancel[1];
	scene_prepare(&s, takes_its_time);
	s.app.cancel_fd = cancel[0];
	scene_run(&s, "do P-101A start");
	assert_int_equal(s.code, EXIT_CANCELLED);
	assert_string_equal(buf_string(&s.err),
	    "sightglass: cancelled before the result was known; see sightglass "
	    "audit, and check the plant\n");
	close(cancel[0]);
	close(cancel[1]);
	scene_finish(&s);
}

static void
a_closed_output_ends_quietly(void **state)
{
	struct scene s;
	int out[2];

	(void)state;
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	meddle.cancel = -1;
	meddle.reader = out[0];
	scene_prepare(&s, one_change);
	close(s.app.out_fd);
	s.app.out_fd = out[1];
	scene_run(&s, "watch P-101A.run");
	assert_int_equal(s.code, EXIT_CANCELLED);
	assert_string_equal(buf_string(&s.err), "");
	assert_non_null(strstr(buf_string(&s.core.log), "CANCEL\n"));
	scene_finish(&s);
}

#define LINE_BYTES 101
#define LINES 600
#define BEATS 3000		/* more than a socket holds */

/* Sends a beat and waits until the client takes some; false: it is deaf. */
static bool
send_beat(struct core *c)
{
	struct beat beat = { .now = { 1 } };
	struct put p = core_say(c, MESSAGE_BEAT);
	struct pollfd writable = { c->fd, POLLOUT, 0 };

	put_beat(&p, &beat);
	while (fd_send(c->fd, p.at, p.len, -1) < 0)
		if (poll(&writable, 1, 5000) != 1)
			return false;
	return true;
}

static void
beats_on(struct core *c)
{
	struct cell page[LINES];
	char text[LINE_BYTES];
	size_t left = LINES * LINE_BYTES;
	unsigned i;
	ssize_t n;

	memset(text, 'x', LINE_BYTES - 1);
	text[LINE_BYTES - 1] = '\0';
	for (i = 0; i < LINES; i++)
		page[i] = cell_text(text);
	core_begin(c);
	core_rows(c, LINES, 1, page);
	for (i = 0; i < BEATS && send_beat(c); i++)
		;
	buf_printf(&c->log, "%u beats\n", i);
	core_end(c, EXIT_DONE, "");
	/* now the pager goes on */
	while (left > 0 && (n = read(meddle.reader, c->in, left)) > 0)
		left -= (size_t)n;
	fd_close(&meddle.reader);
}

static void
a_pager_that_stands_still_does_not_make_us_deaf(void **state)
{
	struct scene s;
	int out[2];

	(void)state;
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	assert_true(fcntl(out[1], F_SETPIPE_SZ, 4096) > 0);
	meddle.reader = out[0];
	scene_prepare(&s, beats_on);
	close(s.app.out_fd);
	s.app.out_fd = out[1];
	scene_run(&s, "user list -q");
	assert_int_equal(s.code, EXIT_DONE);
	assert_string_equal(buf_string(&s.err), "");
	assert_non_null(strstr(buf_string(&s.core.log), "3000 beats\n"));
	scene_finish(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    watch_prints_a_row_now_and_one_for_each_change),
		cmocka_unit_test(ctrl_c_cancels_and_what_was_seen_stays),
		cmocka_unit_test(a_cancelled_command_may_still_happen),
		cmocka_unit_test(a_closed_output_ends_quietly),
		cmocka_unit_test(
		    a_pager_that_stands_still_does_not_make_us_deaf),
	};

	signal(SIGPIPE, SIG_IGN);	/* as every program of ours */
	alarm(60);			/* a client that waits for ever fails */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
