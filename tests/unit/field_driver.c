/* SPDX-License-Identifier: ISC */
/*
 * The transports beside plain Modbus TCP: a serial port (a pty here, through
 * libmodbus) and RTU frames over TCP, against a slave that misbehaves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "base/fd.h"
#include "field/driver.h"

enum mood { WELL, SILENT, LATE, BAD_CRC, OTHER_UNIT, HALF, OTHER_FUNCTION };

struct slave {
	pthread_t thread;
	int fd, listener;	/* the master's side; or a TCP listener */
	_Atomic enum mood mood;
	_Atomic bool stop;
	_Atomic unsigned writes;
	uint16_t hr[16];
};

static uint16_t
checksum(const uint8_t *p, size_t n)
{
	uint16_t crc = 0xffff;
	int i;

	for (; n-- > 0; p++)
		for (crc ^= *p, i = 0; i < 8; i++)
			crc = crc & 1 ? crc >> 1 ^ 0xa001 : crc >> 1;
	return crc;
}

static void
answer(struct slave *s, const uint8_t *in)
{
	uint8_t out[64] = { in[0], in[1] };
	uint16_t first = (uint16_t)(in[2] << 8 | in[3]), crc;
	uint16_t count = (uint16_t)(in[4] << 8 | in[5]), i;
	size_t n = 6;

	if (in[1] == 3) {
		out[2] = (uint8_t)(2 * count);
		for (i = 0; i < count; i++) {
			out[3 + 2 * i] = (uint8_t)(s->hr[first + i] >> 8);
			out[4 + 2 * i] = (uint8_t)s->hr[first + i];
		}
		n = 3u + out[2];
	} else {
		memcpy(out, in, 6);
		s->hr[first] = count;
		s->writes++;
	}
	if (s->mood == SILENT)
		return;
	if (s->mood == LATE)
		usleep(150000);
	if (s->mood == OTHER_UNIT)
		out[0]++;
	if (s->mood == OTHER_FUNCTION)
		out[1] = 4;
	crc = checksum(out, n);
	if (s->mood == BAD_CRC)
		crc ^= 1;
	out[n++] = (uint8_t)crc;
	out[n++] = (uint8_t)(crc >> 8);
	n = s->mood == HALF ? n / 2 : n;
	if (write(s->fd, out, n) < 0)
		return;
}

static void *
run(void *arg)
{
	struct slave *s = arg;
	uint8_t in[64];
	size_t n = 0;

	while (!s->stop) {
		struct pollfd pfd = { s->fd >= 0 ? s->fd : s->listener, POLLIN,
			0 };
		ssize_t got;

		if (poll(&pfd, 1, 20) <= 0)
			continue;
		if (s->fd < 0) {
			s->fd = accept(s->listener, NULL, NULL);
			continue;
		}
		got = read(s->fd, in + n, sizeof(in) - n);
		if (got <= 0 && s->listener >= 0) {
			fd_close(&s->fd);
			n = 0;
		}
		n += got > 0 ? (size_t)got : 0;
		if (n >= 8) {
			answer(s, in);
			n = 0;
		}
	}
	return NULL;
}

struct stage {
	struct slave slave;
	struct driver *driver;
	struct path path;
	char name[64];
};

static int
open_stage(void **state, bool serial)
{
	struct stage *st = test_calloc(1, sizeof(*st));
	struct termios raw;
	struct err e;
	int i;

	st->slave.fd = st->slave.listener = -1;
	for (i = 0; i < 16; i++)
		st->slave.hr[i] = (uint16_t)(100 + i);
	st->path = (struct path){ .host = st->name, .baud = 115200,
		.parity = 'N', .data_bits = 8, .stop_bits = 1, .text = "test" };
	if (serial) {
		st->slave.fd = posix_openpt(O_RDWR | O_NOCTTY);
		assert_int_equal(grantpt(st->slave.fd), 0);
		assert_int_equal(unlockpt(st->slave.fd), 0);
		tcgetattr(st->slave.fd, &raw);
		cfmakeraw(&raw);
		tcsetattr(st->slave.fd, TCSANOW, &raw);
		ptsname_r(st->slave.fd, st->name, sizeof(st->name));
		st->path.transport = TRANSPORT_RTU;
	} else {
		st->slave.listener =
		    fd_listen_tcp("127.0.0.1:0", &st->path.port, &e);
		strcpy(st->name, "127.0.0.1");
		st->path.transport = TRANSPORT_RTU_TCP;
	}
	st->driver = driver_new(st->path.transport);
	assert_int_equal(pthread_create(&st->slave.thread, NULL, run,
			     &st->slave), 0);
	*state = st;
	return 0;
}

static int
open_serial(void **state)
{
	return open_stage(state, true);
}

static int
open_gateway(void **state)
{
	return open_stage(state, false);
}

static int
close_stage(void **state)
{
	struct stage *st = *state;

	st->slave.stop = true;
	pthread_join(st->slave.thread, NULL);
	st->driver->ops->free(st->driver);
	fd_close(&st->slave.fd);
	fd_close(&st->slave.listener);
	test_free(st);
	return 0;
}

/* One request to unit 1, with a timeout of 100 ms. */
static struct exchange
ask(struct stage *st, const struct pdu *request)
{
	static struct exchange x;
	struct err e = { "" };

	exchange_reset(&x);
	x.request = *request;
	if (!st->driver->ops->is_open(st->driver))
		assert_int_equal(st->driver->ops->open(st->driver, &st->path,
				     (struct span){ 1000 }, &e), 0);
	st->driver->ops->exchange(
	    st->driver, 1, &x, 1, (struct span){ 100 });
	return x;
}

static struct exchange
ask_read(struct stage *st, uint16_t first, uint16_t n)
{
	struct pdu p;

	pdu_read(&p, SPACE_HR, first, n);
	return ask(st, &p);
}

static void
must_read(struct stage *st, uint16_t first)
{
	struct exchange x = ask_read(st, first, 2);
	uint16_t to[2];

	assert_int_equal(x.verdict, VERDICT_GOOD);
	pdu_content(&x.request, &x.reply, to);
	assert_int_equal(to[0], 100 + first);
	assert_int_equal(to[1], 101 + first);
}

static void
reads_and_writes_arrive(void **state)
{
	struct stage *st = *state;
	uint16_t word = 7;
	struct exchange x;
	struct pdu p;

	must_read(st, 3);
	pdu_write(&p, 0, &word, 1);
	x = ask(st, &p);
	assert_int_equal(x.verdict, VERDICT_GOOD);
	assert_int_equal(st->slave.writes, 1);
	assert_int_equal(st->slave.hr[0], 7);
	must_read(st, 5);
}

static void
survive(struct stage *st, enum mood mood, enum verdict verdict)
{
	struct exchange x;

	must_read(st, 1);
	st->slave.mood = mood;
	x = ask_read(st, 2, 2);
	assert_int_equal(x.verdict, verdict);
	st->slave.mood = WELL;
	usleep(120000);		/* the slave is through with what it did */
	must_read(st, 4);
	must_read(st, 5);
}

static void
silence_is_a_timeout(void **state)
{
	survive(*state, SILENT, VERDICT_TIMEOUT);
}

static void
half_a_frame_is_no_answer(void **state)
{
	survive(*state, HALF, VERDICT_TIMEOUT);
}

static void
a_wrong_checksum_is_garbage(void **state)
{
	survive(*state, BAD_CRC, VERDICT_GARBAGE);
}

static void
another_unit_is_garbage(void **state)
{
	survive(*state, OTHER_UNIT, VERDICT_GARBAGE);
}

static void
another_function_is_garbage(void **state)
{
	survive(*state, OTHER_FUNCTION, VERDICT_GARBAGE);
}

/* Both requests look alike: only the silence kept tells them apart. */
static void
a_late_answer_is_not_taken_for_the_next_one(void **state)
{
	struct stage *st = *state;
	struct exchange x;

	must_read(st, 1);
	st->slave.mood = LATE;
	x = ask_read(st, 2, 2);
	assert_int_equal(x.verdict, VERDICT_TIMEOUT);
	st->slave.mood = WELL;
	must_read(st, 7);
}

static void
a_deadline_is_tested_before_the_first_byte(void **state)
{
	struct stage *st = *state;
	struct exchange x;
	struct err e;
	uint16_t word = 7;

	must_read(st, 1);
	exchange_reset(&x);
	pdu_write(&x.request, 0, &word, 1);
	x.not_after = (struct mono){ clock_mono().us - 1 };
	st->driver->ops->exchange(
	    st->driver, 1, &x, 1, (struct span){ 100 });
	assert_int_equal(x.verdict, VERDICT_EXPIRED);
	assert_int_equal(x.sent.us, 0);
	must_read(st, 1);
	assert_int_equal(st->slave.writes, 0);
	st->driver->ops->close(st->driver);
	strcpy(st->name, "/nowhere");
	assert_int_equal(st->driver->ops->open(st->driver, &st->path,
			     (struct span){ 100 }, &e), -1);
}

int
main(void)
{
#define SERIAL(name)                                                           \
	{ "serial: " #name, name, open_serial, close_stage, NULL }
#define GATEWAY(name)                                                          \
	{ "rtu-tcp: " #name, name, open_gateway, close_stage, NULL }
	const struct CMUnitTest tests[] = {
		SERIAL(reads_and_writes_arrive),
		SERIAL(silence_is_a_timeout),
		SERIAL(half_a_frame_is_no_answer),
		SERIAL(a_wrong_checksum_is_garbage),
		SERIAL(another_unit_is_garbage),
		SERIAL(another_function_is_garbage),
		SERIAL(a_late_answer_is_not_taken_for_the_next_one),
		SERIAL(a_deadline_is_tested_before_the_first_byte),
		GATEWAY(reads_and_writes_arrive),
		GATEWAY(silence_is_a_timeout),
		GATEWAY(half_a_frame_is_no_answer),
		GATEWAY(a_wrong_checksum_is_garbage),
		GATEWAY(another_unit_is_garbage),
		GATEWAY(another_function_is_garbage),
		GATEWAY(a_late_answer_is_not_taken_for_the_next_one),
		GATEWAY(a_deadline_is_tested_before_the_first_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
