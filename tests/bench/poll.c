/* SPDX-License-Identifier: ISC */
/*
 * Figure field.poll.cpu: 10,000 int16 tags polled flat out, with 0, 1 and
 * 100 % of them changing between two reads: processor time per million values
 * of the field process, of the receiving end that takes its messages apart,
 * and of a bare libmodbus loop that reads the same blocks.
 *
 * The device is a process of its own, so that its time does not count. Each
 * measured side is one, too: its time is what the kernel says of it.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <modbus.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/log.h"
#include "field/field.h"
#include "wire/fieldwire.h"

#define TAGS 10000
#define BLOCK 125
#define SECONDS 3

static uint16_t registers[TAGS];

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

/* Changes share (of 100) of the registers of a block that is about to be
 * read. */
static void
change(uint16_t first, uint16_t n, int share)
{
	static unsigned step;
	unsigned i;

	for (i = 0; i < n; i++) {
		step += (unsigned)share;
		if (step >= 100) {
			step -= 100;
			registers[first + i]++;
		}
	}
}

/* Answers reads of holding registers for ever. */
static void
serve(int fd, int share)
{
	uint8_t in[260], out[260];
	size_t have = 0;
	ssize_t n;

	while ((n = recv(fd, in + have, sizeof(in) - have, 0)) > 0) {
		have += (size_t)n;
		while (have >= 12) {
			uint16_t first = (uint16_t)(in[8] << 8 | in[9]);
			uint16_t count = (uint16_t)(in[10] << 8 | in[11]), i;

			change(first, count, share);
			memcpy(out, in, 8);
			out[4] = 0;
			out[5] = (uint8_t)(3 + 2 * count);
			out[8] = (uint8_t)(2 * count);
			for (i = 0; i < count; i++) {
				out[9 + 2 * i] =
				    (uint8_t)(registers[first + i] >> 8);
				out[10 + 2 * i] = (uint8_t)registers[first + i];
			}
			send(fd, out, 9u + out[8], MSG_NOSIGNAL);
			have -= 12;
			memmove(in, in + 12, have);
		}
	}
}

static pid_t
start_device(int share, uint16_t *port)
{
	struct err e;
	int listener = fd_listen_tcp("127.0.0.1:0", port, &e), one = 1, fd;
	pid_t pid;

	if (listener < 0)
		die(e.text);
	fd_nonblock(listener, false);
	pid = fork();
	if (pid != 0) {
		close(listener);
		return pid;
	}
	for (;;) {
		fd = accept(listener, NULL, NULL);
		if (fd < 0)
			die("accept");
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		serve(fd, share);
		close(fd);
	}
}

static double
seconds_of(const struct rusage *r)
{
	return (double)(r->ru_utime.tv_sec + r->ru_stime.tv_sec) +
	    (double)(r->ru_utime.tv_usec + r->ru_stime.tv_usec) / 1e6;
}

/* Ends a process and says how much processor time it took. */
static double
end(pid_t pid)
{
	struct rusage r;

	kill(pid, SIGTERM);
	if (wait4(pid, NULL, 0, &r) < 0)
		die("wait4");
	return seconds_of(&r);
}

/* The bare loop: seconds of processor per million values. */
static double
measure_bare(uint16_t port)
{
	modbus_t *m = modbus_new_tcp("127.0.0.1", port);
	struct mono start = clock_mono();
	uint16_t to[BLOCK], first = 0;
	struct rusage before, after;
	double values = 0;

	if (m == NULL || modbus_set_slave(m, 1) < 0 || modbus_connect(m) < 0)
		die("libmodbus");
	getrusage(RUSAGE_SELF, &before);
	while (mono_since(clock_mono(), start).ms < SECONDS * 1000) {
		if (modbus_read_registers(m, first, BLOCK, to) != BLOCK)
			die("modbus_read_registers");
		values += BLOCK;
		first = (uint16_t)((first + BLOCK) % TAGS);
	}
	getrusage(RUSAGE_SELF, &after);
	modbus_close(m);
	modbus_free(m);
	return (seconds_of(&after) - seconds_of(&before)) / values * 1e6;
}

static void
send_put(int fd, const struct put *p)
{
	if (p->full || fd_send(fd, p->at, p->len, -1) < 0)
		die("plan");
}

static void
send_tags(int fd)
{
	static uint8_t room[FD_MESSAGE_MAX];
	struct put p = put_into(room, FIELD_ROOM);
	struct field_point f = { .at = { .space = SPACE_HR, .bit = NO_BIT,
				     .kind = KIND_INT16, .registers = 1 } };
	uint16_t n = 0;
	uint32_t i;

	put_u8(&p, FIELD_POINTS);
	put_u16(&p, 0);
	for (i = 0; i < TAGS; i++) {
		f.slot = i;
		f.at.address = (uint16_t)i;
		put_field_point(&p, &f);
		n++;
		if (p.cap - p.len < FIELD_POINT_MAX || i == TAGS - 1) {
			put_u16_at(&p, 1, n);
			send_put(fd, &p);
			p.len = 3;
			n = 0;
		}
	}
}

static void
send_plan(int fd, uint16_t port)
{
	struct line l = { .name = "net1", .n_to = 1, .timeout = { 1000 },
		.connect_timeout = { 1000 }, .backoff = { { 100 }, { 100 } } };
	struct device d = { .name = "plc1", .unit = 1, .max_registers = BLOCK,
		.max_bits = 2000, .probe = { 1000 }, .pipeline = 1 };
	uint8_t room[2048];
	struct put p = put_into(room, sizeof(room));

	l.to[0] = (struct path){ .transport = TRANSPORT_TCP,
		.host = "127.0.0.1", .port = port, .text = "tcp" };
	put_u8(&p, FIELD_PLAN);
	put_u32(&p, 1);
	put_u32(&p, 1);
	put_u32(&p, 1);
	put_u32(&p, TAGS);
	send_put(fd, &p);
	p.len = 0;
	put_u8(&p, FIELD_LINE);
	put_line(&p, 0, &l);
	send_put(fd, &p);
	p.len = 0;
	put_u8(&p, FIELD_DEVICE);
	put_device(&p, 0, &d);
	send_put(fd, &p);
	send_tags(fd);
	p.len = 0;
	put_u8(&p, FIELD_START);
	put_u32(&p, 1);
	send_put(fd, &p);
}

struct taken {
	double values, requests, seconds;	/* of the taking end */
	unsigned reports;
	uint64_t merged;
	struct value live[TAGS];
};

static void
take_message(struct taken *t, struct get *g)
{
	uint8_t type = get_u8(g);
	struct field_stats s;
	struct field_pulse u;
	char text[VALUE_TEXT_MAX + 1];
	unsigned n;

	if (type == FIELD_VALUES) {
		get_u32(g);
		for (n = get_u16(g); n > 0; n--) {
			uint32_t slot = get_u32(g);

			t->live[slot % TAGS] = get_value(g, text);
			t->values++;
		}
	} else if (type == FIELD_STATS) {
		get_field_stats(g, &s);
		t->requests += s.requests;
		t->reports++;
	} else if (type == FIELD_PULSE) {
		get_field_pulse(g, &u);
		t->merged = u.merged;
	}
}

/* Takes messages up to the report of the last second; the time of this process
 * counts. */
static void
take_all(int fd, struct taken *t)
{
	static uint8_t room[FD_MESSAGE_MAX];
	struct pollfd pfd = { fd, POLLIN, 0 };
	struct rusage before, after;
	int passed;
	ssize_t n;

	getrusage(RUSAGE_SELF, &before);
	while (t->reports < SECONDS + 1) {
		poll(&pfd, 1, 100);
		while ((n = fd_receive(fd, room, sizeof(room), &passed)) > 0) {
			struct get g = get_from(room, (size_t)n);

			take_message(t, &g);
		}
	}
	getrusage(RUSAGE_SELF, &after);
	t->seconds = seconds_of(&after) - seconds_of(&before);
}

/* Processor seconds per million values read: field, and the taking end. */
static void
measure_field(uint16_t port, double *field, double *taker, struct taken *t)
{
	int pair[2];
	struct err e;
	double used;
	pid_t pid;

	if (fd_pair(pair) < 0)
		die("socketpair");
	pid = fork();
	if (pid == 0) {
		close(pair[0]);
		signal(SIGTERM, SIG_IGN);	/* it ends with the socket */
		exit(field_run(pair[1], &e) < 0);
	}
	close(pair[1]);
	fd_nonblock(pair[0], false);
	send_plan(pair[0], port);
	fd_nonblock(pair[0], true);
	memset(t, 0, sizeof(*t));
	take_all(pair[0], t);
	close(pair[0]);
	used = end(pid);
	*field = used / (t->requests * BLOCK) * 1e6;
	*taker = t->seconds / (t->requests * BLOCK) * 1e6;
}

static void
print(const char *what, int share, double value, double bare)
{
	printf("figure\tfield.poll.%s.%d%%\t%.4f\ts per 1e6 values\t"
	       "bare libmodbus loop %.4f\t%.2f\n",
	    what, share, value, bare, value / bare);
	fflush(stdout);
}

int
main(void)
{
	static const int shares[] = { 0, 1, 100 };
	double bare, field, taker;
	static struct taken t;
	uint16_t port;
	pid_t device;
	size_t i;

	log_open("bench", LOG_WARN);
	for (i = 0; i < 3; i++) {
		device = start_device(shares[i], &port);
		bare = measure_bare(port);
		measure_field(port, &field, &taker, &t);
		end(device);
		print("cpu", shares[i], field, bare);
		print("cpu+taker", shares[i], field + taker, bare);
		fprintf(stderr, "# %.0f requests, %.0f values told, %.0f merged\n",
		    t.requests, t.values, (double)t.merged);
	}
	return 0;
}
