/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/received.h"
#include "sim/rtu.h"
#include "sim/serial.h"
#include "sim/watch.h"
#include "sim_plant.h"

static struct serial *line;
static int epoll_fd, record_fd, master;
static char dir[32], link_path[64], record_path[64];
static struct mono now;

static int
setup_line(void **state)
{
	struct err e;

	setup(state);
	strcpy(dir, "/tmp/sim_serial.XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(link_path, sizeof(link_path), "%s/ser1", dir);
	snprintf(record_path, sizeof(record_path), "%s/record", dir);
	record_fd = received_open(record_path, &e);
	epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	line = serial_new(&s, epoll_fd, record_fd, link_path, &e);
	assert_non_null(line);
	master = open(link_path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	assert_true(master >= 0);
	now = (struct mono){ 1000000 };
	clock_set(now, (struct wall){ 1700000000000 });
	return 0;
}

static int
teardown_line(void **state)
{
	clock_real();
	close(master);
	serial_free(line);
	assert_int_equal(access(link_path, F_OK), -1);
	close(epoll_fd);
	close(record_fd);
	unlink(record_path);
	rmdir(dir);
	return teardown(state);
}

static void
say_bytes(const uint8_t *bytes, size_t n)
{
	struct epoll_event ev;
	struct watch *to;

	assert_int_equal(write(master, bytes, n), n);
	assert_int_equal(epoll_wait(epoll_fd, &ev, 1, 1000), 1);
	to = ev.data.ptr;
	to->on_event(to, ev.events);
}

static void
say(uint8_t unit, uint8_t function, uint16_t address, uint16_t value)
{
	uint8_t frame[RTU_FRAME], pdu[5] = { function,
		(uint8_t)(address >> 8), (uint8_t)address,
		(uint8_t)(value >> 8), (uint8_t)value };

	say_bytes(frame, rtu_wrap(frame, unit, pdu, sizeof(pdu)));
}

/* So much later, what has come over the wire. */
static size_t
hear(int ms, uint8_t frame[RTU_FRAME])
{
	struct mono end = mono_add(now, (struct span){ ms });
	size_t have = 0;
	ssize_t n;

	while (mono_before(now, end)) {
		now = mono_add(now, (struct span){ 1 });
		clock_set(now, (struct wall){ 1700000000000 });
		serial_flush(line, now);
		n = read(master, frame + have, RTU_FRAME - have);
		have += n > 0 ? (size_t)n : 0;
	}
	return have;
}

static void
assert_identity(void)
{
	uint8_t f[RTU_FRAME];

	say(3, 3, 2, 1);
	assert_int_equal(hear(200, f), 7);
	assert_true(rtu_is_frame(f, 7));
	assert_int_equal(f[0], 3);
	assert_int_equal(f[3] << 8 | f[4], 611);
}

/* The example of the specification of Modbus over serial lines. */
static void
the_checksum_is_the_one_of_the_specification(void **state)
{
	static const uint8_t frame[] = { 0x01, 0x03, 0x00, 0x00, 0x00, 0x0a,
		0xc5, 0xcd };

	(void)state;
	assert_true(rtu_is_frame(frame, sizeof(frame)));
	assert_false(rtu_is_frame(frame, sizeof(frame) - 1));
}

static void
two_units_answer_on_one_line(void **state)
{
	uint8_t f[RTU_FRAME];

	(void)state;
	assert_identity();
	say(7, 4, 28, 2);		/* the meter's number, BCD */
	assert_int_equal(hear(200, f), 9);
	assert_int_equal(f[0], 7);
	assert_memory_equal(f + 3, "\x80\x41\x77\x23", 4);
}

static void
an_answer_takes_as_long_as_its_characters(void **state)
{
	uint8_t f[RTU_FRAME];
	size_t n;

	(void)state;
	/* 8 characters, a thought, and 45: 70 ms at 9600 baud */
	say(7, 4, 0, 20);
	n = hear(45, f);
	assert_in_range(n, 1, 30);
	n += hear(20, f + n);
	assert_in_range(n, 20, 44);
	n += hear(30, f + n);
	assert_int_equal(n, 45);
	assert_true(rtu_is_frame(f, n));
}

static void
what_is_no_frame_gets_no_answer(void **state)
{
	uint8_t f[RTU_FRAME], half[4] = { 3, 3, 0, 2 };

	(void)state;
	say_bytes(half, sizeof(half));
	assert_int_equal(hear(200, f), 0);
	say_bytes((const uint8_t *)"\3\3\0\2\0\1\0\0", 8);
	assert_int_equal(hear(200, f), 0);
	say(9, 3, 2, 1);		/* nobody has this unit */
	assert_int_equal(hear(200, f), 0);
	assert_identity();
}

static void
too_much_is_refused_and_a_hole_is_a_hole(void **state)
{
	uint8_t f[RTU_FRAME];

	(void)state;
	say(7, 4, 0, 126);
	assert_int_equal(hear(200, f), 5);
	assert_int_equal(f[1], 0x84);
	assert_int_equal(f[2], 3);
	say(7, 3, 39, 2);
	assert_int_equal(hear(200, f), 5);
	assert_int_equal(f[2], 2);
}

static void
a_write_is_on_record_with_its_device(void **state)
{
	struct buf b = { 0 };
	uint8_t f[RTU_FRAME];

	(void)state;
	say(3, 6, 40, 0);
	assert_int_equal(hear(200, f), 8);
	assert_true(w.hill.mode == HILL_MANUAL);
	assert_int_equal(buf_read_file(&b, record_path, 1000), 0);
	assert_non_null(strstr(buf_string(&b), "\thill\t3\t6\t40\t0\n"));
	buf_free(&b);
}

static void
another_baud_rate_is_not_understood(void **state)
{
	struct termios t;
	uint8_t f[RTU_FRAME];

	(void)state;
	tcgetattr(master, &t);
	cfsetspeed(&t, B19200);
	tcsetattr(master, TCSANOW, &t);
	say(3, 3, 2, 1);
	assert_int_equal(hear(200, f), 0);
	cfsetspeed(&t, B9600);
	tcsetattr(master, TCSANOW, &t);
	assert_identity();
}

static void
order(const char *text)
{
	struct sim_order o;
	struct err e;

	assert_int_equal(order_parse(&o, &s, text, &e), 0);
	order_apply(&o, &s);
}

static void
no_spoilt_answer_is_taken_for_the_right_one(void **state)
{
	uint8_t f[RTU_FRAME];
	size_t n;
	int i;

	(void)state;
	for (i = 0; i < 40; i++) {
		order(i & 1 ? "fault hill garbage" : "fault hill wrong-id");
		say(3, 3, 2, 1);
		n = hear(200, f);
		assert_int_equal(n, 7);
		assert_false(rtu_is_frame(f, n) && f[0] == 3);
	}
	order("fault hill silent");
	say(3, 3, 2, 1);
	assert_int_equal(hear(200, f), 0);
	order("fault hill off");
	assert_identity();
}

/* The devices are slow, and hear nothing while they are at it. */
static void
a_late_answer_is_late_and_what_came_meanwhile_is_lost(void **state)
{
	uint8_t f[RTU_FRAME];

	(void)state;
	order("fault hill late 800ms");
	say(3, 3, 2, 1);
	assert_int_equal(hear(700, f), 0);
	say(7, 4, 28, 2);
	assert_int_equal(hear(300, f), 7);
	assert_int_equal(f[0], 3);
	assert_int_equal(hear(300, f), 0);
}

/* A simulator with a line of its own at that link, until it is killed. */
static pid_t
start_another(const char *link)
{
	struct err e;
	int said[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(said), 0);
	pid = fork();
	if (pid == 0) {
		if (serial_new(&s, epoll_fd, -1, link, &e) != NULL &&
		    write(said[1], "", 1) == 1)
			pause();
		_exit(1);
	}
	close(said[1]);
	assert_int_equal(read(said[0], &byte, 1), 1);
	close(said[0]);
	return pid;
}

/* The kernel gives the terminal's name to the next one who asks: it may be an
 * operator's. Who still had the old link would write to his screen. */
static void
the_link_of_one_that_was_killed_leads_to_nobody(void **state)
{
	char link[64], name[64];
	int fd, heirs[64], n = 0;
	pid_t pid;

	(void)state;
	snprintf(link, sizeof(link), "%s/other", dir);
	pid = start_another(link);
	fd = open(link, O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(ttyname_r(fd, name, sizeof(name)), 0);
	close(fd);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	while (access(name, F_OK) != 0 && n < 64) {
		heirs[n] = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
		assert_true(heirs[n++] >= 0);
	}
	assert_int_equal(access(name, F_OK), 0);
	for (fd = 0; fd < n; fd++)
		assert_int_equal(unlockpt(heirs[fd]), 0);
	assert_int_equal(open(link, O_RDWR | O_NOCTTY | O_CLOEXEC), -1);
	while (n > 0)
		close(heirs[--n]);
	unlink(link);
}

#undef TEST
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup_line, teardown_line)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_checksum_is_the_one_of_the_specification),
		TEST(two_units_answer_on_one_line),
		TEST(an_answer_takes_as_long_as_its_characters),
		TEST(what_is_no_frame_gets_no_answer),
		TEST(too_much_is_refused_and_a_hole_is_a_hole),
		TEST(a_write_is_on_record_with_its_device),
		TEST(another_baud_rate_is_not_understood),
		TEST(no_spoilt_answer_is_taken_for_the_right_one),
		TEST(a_late_answer_is_late_and_what_came_meanwhile_is_lost),
		TEST(the_link_of_one_that_was_killed_leads_to_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
