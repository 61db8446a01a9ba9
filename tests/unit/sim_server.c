/* SPDX-License-Identifier: ISC */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/fd.h"
#include "sim/received.h"
#include "sim/server.h"
#include "sim/sim.h"
#include "sim/watch.h"

#define TURNS 200

static struct works w;
static struct sim s;
static struct server *server;
static int epoll_fd, record_fd;
static char dir[] = "/tmp/sim_server.XXXXXX";
static char record_path[64];
static uint16_t port;

static int
setup(void **state)
{
	struct buf b = { 0 };
	struct err e;

	(void)state;
	strcpy(dir, "/tmp/sim_server.XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(record_path, sizeof(record_path), "%s/record", dir);
	works_init(&w, 1);
	sim_init(&s, &w, 1);
	epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	record_fd = received_open(record_path, &e);
	server = server_new(&s, epoll_fd, record_fd);
	assert_int_equal(server_listen(server, 0, "127.0.0.1:0", &e), 0);
	server_print_ports(server, &b);
	assert_int_equal(
	    sscanf(buf_string(&b), "plc1 127.0.0.1:%hu\n", &port), 1);
	buf_free(&b);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	clock_real();
	server_free(server);
	sim_fini(&s);
	close(epoll_fd);
	close(record_fd);
	unlink(record_path);
	rmdir(dir);
	return 0;
}

/* One turn of the simulator's loop. */
static void
turn(void)
{
	struct epoll_event ev[16];
	struct watch *watch;
	int i, n = epoll_wait(epoll_fd, ev, 16, 1);

	for (i = 0; i < n; i++) {
		watch = ev[i].data.ptr;
		watch->on_event(watch, ev[i].events);
	}
	server_flush(server, clock_mono());
}

static int
dial(void)
{
	struct sockaddr_in sa = { .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(connect(fd, (struct sockaddr *)&sa, sizeof(sa)), 0);
	assert_int_equal(fd_nonblock(fd, true), 0);
	turn();
	return fd;
}

/* Reads one answer; its length, 0 if none came, -1 if the end did. */
static ssize_t
hear(int fd, uint8_t frame[MODBUS_FRAME])
{
	size_t have = 0;
	ssize_t n;
	int i;

	for (i = 0; i < TURNS; i++) {
		n = recv(fd, frame + have,
		    have < 6 ? 6 - have
			     : 6 + frame[5] + 256u * frame[4] - have, 0);
		if (n == 0 || (n < 0 && errno != EAGAIN))
			return -1;
		if (n < 0)
			turn();
		if (n > 0)
			have += (size_t)n;
		if (have >= 6 && have == 6 + frame[5] + 256u * frame[4])
			return (ssize_t)have;
	}
	return 0;
}

static void
say(int fd, uint8_t transaction, uint8_t unit, uint8_t function,
    uint16_t address, uint16_t value)
{
	uint8_t f[12] = { 0, transaction, 0, 0, 0, 6, unit, function,
		(uint8_t)(address >> 8), (uint8_t)address,
		(uint8_t)(value >> 8), (uint8_t)value };

	assert_int_equal(send(fd, f, sizeof(f), MSG_NOSIGNAL), sizeof(f));
}

static void
assert_identity(int fd)
{
	uint8_t f[MODBUS_FRAME];

	say(fd, 77, 1, 3, 2, 1);
	assert_int_equal(hear(fd, f), 11);
	assert_int_equal(f[1], 77);
	assert_int_equal(f[9] << 8 | f[10], 1042);
}

static void
order(const char *line)
{
	struct sim_order o;
	struct err e;

	assert_int_equal(order_parse(&o, &s, line, &e), 0);
	order_apply(&o, &s);
}

/* The record without its times. */
static void
assert_record(const char *want)
{
	struct buf b = { 0 }, got = { 0 };
	char *line, *tab, *save;

	assert_int_equal(buf_read_file(&b, record_path, 65536), 0);
	for (line = b.len ? strtok_r(b.at, "\n", &save) : NULL; line != NULL;
	    line = strtok_r(NULL, "\n", &save)) {
		tab = strchr(line, '\t');
		assert_int_equal(tab - line, 24);
		buf_printf(&got, "%s|", tab + 1);
	}
	assert_string_equal(buf_string(&got), want);
	buf_free(&b);
	buf_free(&got);
}

static void
a_write_is_on_record_when_its_answer_comes(void **state)
{
	uint8_t f[MODBUS_FRAME];
	int fd = dial();

	(void)state;
	say(fd, 1, 1, 6, 100, 13824);
	assert_int_equal(hear(fd, f), 12);
	assert_record("plc1\t1\t6\t100\t13824|");
	say(fd, 2, 1, 5, 1, 0xff00);
	assert_int_equal(hear(fd, f), 12);
	say(fd, 3, 1, 6, 60, 5);		/* refused, but it arrived */
	assert_int_equal(hear(fd, f), 9);
	assert_int_equal(f[7], 0x86);
	assert_identity(fd);			/* reads are not recorded */
	assert_record("plc1\t1\t6\t100\t13824|plc1\t1\t5\t1\t1|"
		      "plc1\t1\t6\t60\t5|");
	close(fd);
}

static void
a_unit_that_is_not_there_gets_an_exception(void **state)
{
	uint8_t f[MODBUS_FRAME];
	int fd = dial();

	(void)state;
	say(fd, 1, 9, 6, 100, 1);
	assert_int_equal(hear(fd, f), 9);
	assert_int_equal(f[8], 11);
	assert_record("-\t9\t6\t100\t1|");
	say(fd, 2, 255, 3, 2, 1);		/* a PLC alone on its address */
	assert_int_equal(hear(fd, f), 11);
	close(fd);
}

static void
many_requests_at_once_are_answered_in_order(void **state)
{
	uint8_t f[MODBUS_FRAME];
	int fd = dial(), i;

	(void)state;
	for (i = 0; i < 100; i++)
		say(fd, (uint8_t)i, 1, 3, 2, 1);
	for (i = 0; i < 100; i++) {
		assert_int_equal(hear(fd, f), 11);
		assert_int_equal(f[1], i);
	}
	close(fd);
}

static void
half_a_frame_delays_nobody(void **state)
{
	int half = dial(), fd = dial();

	(void)state;
	assert_int_equal(send(half, "\0\1\0\0\0", 5, 0), 5);
	assert_identity(fd);
	assert_int_equal(send(half, "\6\1\3\0\2\0\1", 7, 0), 7);
	assert_identity(fd);
	close(half);
	assert_identity(fd);
	close(fd);
}

static void
who_fetches_no_answers_delays_nobody(void **state)
{
	uint8_t ask[12] = { 0, 1, 0, 0, 0, 6, 1, 3, 0, 70, 0, 120 };
	int deaf = dial(), fd = dial(), i, sent = 0, size = 4096;

	(void)state;
	setsockopt(deaf, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	/* Until neither side's buffers take any more. */
	for (i = 0; i < 200000; i++) {
		if (send(deaf, ask, sizeof(ask), MSG_NOSIGNAL) < 0)
			break;
		if (++sent % 500 == 0)
			turn();
	}
	assert_int_equal(errno, EAGAIN);
	for (i = 0; i < 10; i++)
		assert_identity(fd);
	close(deaf);
	assert_identity(fd);
	close(fd);
}

static void
a_broken_frame_ends_its_connection_alone(void **state)
{
	uint8_t f[MODBUS_FRAME];
	int broken = dial(), fd = dial();

	(void)state;
	say(broken, 5, 1, 3, 2, 1);
	assert_int_equal(
	    send(broken, "GET / HTTP/1.1\r\n\r\n", 18, MSG_NOSIGNAL), 18);
	assert_int_equal(hear(broken, f), 11);	/* what was right before */
	assert_int_equal(hear(broken, f), -1);
	assert_identity(fd);
	close(broken);
	close(fd);
}

static void
one_client_too_many_takes_the_place_of_the_quietest(void **state)
{
	uint8_t f[MODBUS_FRAME];
	int fds[SERVER_CLIENTS + 1], i;
	struct mono now = { 1000000 };

	(void)state;
	for (i = 0; i < SERVER_CLIENTS; i++) {
		now.us += 1000;
		clock_set(now, (struct wall){ 1700000000000 });
		fds[i] = dial();
	}
	now.us += 1000;
	clock_set(now, (struct wall){ 1700000000000 });
	assert_identity(fds[0]);	/* so the quietest is the second */
	fds[SERVER_CLIENTS] = dial();
	assert_identity(fds[SERVER_CLIENTS]);
	assert_int_equal(hear(fds[1], f), -1);
	assert_identity(fds[0]);
	assert_identity(fds[2]);
	for (i = 0; i <= SERVER_CLIENTS; i++)
		close(fds[i]);
}

/*
 * All places taken: one client stops in the middle of a frame, one asks for
 * more registers than fit, one says nothing. Each of the others gets a hundred
 * answers before those three come on.
 */
static void
three_bad_clients_delay_none_of_the_other_forty_seven(void **state)
{
	static const uint8_t whole[12] = { 0, 9, 0, 0, 0, 6, 1, 3, 0, 2, 0, 1 };
	uint8_t f[MODBUS_FRAME];
	int half = dial(), greedy = dial(), silent = dial();
	int fds[SERVER_CLIENTS - 3], i, round;

	(void)state;
	assert_int_equal(send(half, whole, 9, 0), 9);
	say(greedy, 8, 1, 3, 0, 126);
	for (i = 0; i < SERVER_CLIENTS - 3; i++)
		fds[i] = dial();
	for (round = 1; round <= 100; round++) {
		for (i = 0; i < SERVER_CLIENTS - 3; i++)
			say(fds[i], (uint8_t)round, 1, 3, 2, 1);
		for (i = 0; i < SERVER_CLIENTS - 3; i++) {
			assert_int_equal(hear(fds[i], f), 11);
			assert_int_equal(f[1], round);
			assert_int_equal(f[9] << 8 | f[10], 1042);
		}
	}
	assert_int_equal(recv(half, f, sizeof(f), 0), -1);
	assert_int_equal(send(half, whole + 9, 3, 0), 3);
	assert_int_equal(hear(half, f), 11);
	assert_int_equal(f[1], 9);
	assert_int_equal(hear(greedy, f), 9);
	assert_int_equal(f[8], 3);		/* illegal value */
	assert_identity(greedy);
	assert_identity(silent);
	for (i = 0; i < SERVER_CLIENTS - 3; i++)
		close(fds[i]);
	close(half);
	close(greedy);
	close(silent);
}

static void
a_late_answer_comes_when_it_is_due(void **state)
{
	uint8_t f[MODBUS_FRAME];
	int fd = dial();

	(void)state;
	clock_set((struct mono){ 5000000 }, (struct wall){ 1700000000000 });
	order("fault plc1 late 800ms");
	say(fd, 1, 1, 6, 100, 13824);
	assert_int_equal(hear(fd, f), 0);
	assert_record("plc1\t1\t6\t100\t13824|");
	assert_true(w.p101[0].sp < 51.0);	/* carried out already */
	clock_set((struct mono){ 5799000 }, (struct wall){ 1700000000000 });
	assert_int_equal(hear(fd, f), 0);
	clock_set((struct mono){ 5800000 }, (struct wall){ 1700000000000 });
	assert_int_equal(hear(fd, f), 12);
	close(fd);
}

static void
a_silent_device_records_and_does_nothing(void **state)
{
	uint8_t f[MODBUS_FRAME];
	int fd = dial();

	(void)state;
	order("fault plc1 silent");
	say(fd, 1, 1, 6, 100, 13824);
	assert_int_equal(hear(fd, f), 0);
	assert_record("plc1\t1\t6\t100\t13824|");
	order("fault plc1 off");
	assert_identity(fd);
	assert_true(w.p101[0].sp > 79.0);
	close(fd);
}

static void
a_resetting_device_breaks_the_connection(void **state)
{
	uint8_t f[MODBUS_FRAME];
	int fd = dial();

	(void)state;
	order("fault plc1 reset");
	say(fd, 1, 1, 3, 2, 1);
	assert_int_equal(hear(fd, f), -1);
	assert_int_equal(errno, ECONNRESET);
	order("fault plc1 off");
	close(fd);
	fd = dial();
	assert_identity(fd);
	close(fd);
}

static void
dropped_answers_are_about_as_many_as_asked(void **state)
{
	uint8_t f[MODBUS_FRAME];
	int fd = dial(), i, got = 0;

	(void)state;
	order("fault plc1 drop 30%");
	for (i = 0; i < 200; i++)
		say(fd, (uint8_t)i, 1, 3, 2, 1);
	while (hear(fd, f) > 0)
		got++;
	assert_in_range(got, 115, 165);
	close(fd);
}

static void
no_answer_of_a_wrong_id_belongs_to_its_request(void **state)
{
	static const uint8_t right[2] = { 0x04, 0x12 };	/* RWW-P1 is 1042 */
	uint8_t f[MODBUS_FRAME];
	int fd = dial(), i, units = 0, transactions = 0, others = 0;

	(void)state;
	order("fault plc1 wrong-id");
	for (i = 0; i < 40; i++) {
		say(fd, 7, 1, 3, 2, 1);
		assert_int_equal(hear(fd, f), 11);
		units += f[6] != 1;
		transactions += f[1] != 7;
		assert_true(f[6] != 1 || f[1] != 7);
		others += memcmp(f + 9, right, 2) != 0;
	}
	assert_true(units > 5 && transactions > 5);
	assert_true(others > 35);
	close(fd);
}

static void
a_share_of_the_answers_suffers_if_so_said(void **state)
{
	uint8_t f[MODBUS_FRAME];
	int fd = dial(), i, refused = 0;

	(void)state;
	order("fault plc1 exception:4 30%");
	for (i = 0; i < 200; i++) {
		say(fd, 7, 1, 3, 2, 1);
		assert_true(hear(fd, f) >= 9);
		refused += f[7] == 0x83;
	}
	assert_in_range(refused, 35, 85);
	close(fd);
}

static void
garbage_is_garbage_and_exceptions_are_as_asked(void **state)
{
	uint8_t f[MODBUS_FRAME], right[11] = { 0, 7, 0, 0, 0, 5, 1, 3, 2, 4,
		0x12 };
	int fd = dial(), i;
	ssize_t n;

	(void)state;
	order("fault plc1 garbage");
	for (i = 0; i < 20; i++) {
		say(fd, 7, 1, 3, 2, 1);
		for (n = 0; n == 0;) {
			turn();
			n = recv(fd, f, sizeof(f), 0);
			n = n < 0 ? 0 : n;
		}
		assert_false(n == 11 && memcmp(f, right, 11) == 0);
	}
	order("fault plc1 exception:6");
	say(fd, 7, 1, 6, 100, 13824);
	assert_int_equal(hear(fd, f), 9);
	assert_int_equal(f[7], 0x86);
	assert_int_equal(f[8], 6);
	assert_true(w.p101[0].sp > 79.0);
	close(fd);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_write_is_on_record_when_its_answer_comes),
		TEST(a_unit_that_is_not_there_gets_an_exception),
		TEST(many_requests_at_once_are_answered_in_order),
		TEST(half_a_frame_delays_nobody),
		TEST(who_fetches_no_answers_delays_nobody),
		TEST(a_broken_frame_ends_its_connection_alone),
		TEST(one_client_too_many_takes_the_place_of_the_quietest),
		TEST(three_bad_clients_delay_none_of_the_other_forty_seven),
		TEST(a_late_answer_comes_when_it_is_due),
		TEST(a_silent_device_records_and_does_nothing),
		TEST(a_resetting_device_breaks_the_connection),
		TEST(dropped_answers_are_about_as_many_as_asked),
		TEST(no_answer_of_a_wrong_id_belongs_to_its_request),
		TEST(a_share_of_the_answers_suffers_if_so_said),
		TEST(garbage_is_garbage_and_exceptions_are_as_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
