/* SPDX-License-Identifier: ISC */
/*
 * mb - a small Modbus TCP client for tests.
 *
 *	mb HOST:PORT[/UNIT] read   SPACE:ADDRESS [COUNT]
 *	mb HOST:PORT[/UNIT] write  SPACE:ADDRESS VALUE...
 *	mb HOST:PORT[/UNIT] mask   hr:ADDRESS AND OR
 *	mb HOST:PORT[/UNIT] expect SPACE:ADDRESS VALUE [SECONDS]
 *	mb HOST:PORT[/UNIT] loop   SPACE:ADDRESS COUNT SECONDS
 *	mb HOST:PORT        raw    HEX...
 *
 * SPACE is coil, di, ir or hr. `read` prints the values on one line; `expect`
 * reads until the value is there, for 10 s if not said otherwise; `loop`
 * reads as fast as it goes and prints how often; `raw` sends bytes and prints
 * in hex what comes back until the peer is silent for 0.5 s or closes.
 * Status: 0 done, 1 an exception or not what was expected, 2 usage, 3 no
 * answer. An answer that does not belong to the request counts as none.
 */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include "base/clock.h"

#define ANSWER_MS 2000
#define FRAME	  260
#define MOST	  2000

enum { DONE, REFUSED, USAGE, SILENT };

struct target {
	int fd;
	uint8_t unit;
	uint16_t transaction;
};

struct place {
	const char *space;
	uint8_t read, write_one, write_many;
	bool bits;
	unsigned address;
};

static _Noreturn void
usage(void)
{
	fputs("usage: mb HOST:PORT[/UNIT] "
	      "read|write|mask|expect|loop|raw ...\n", stderr);
	exit(USAGE);
}

static long
integer(const char *s, long low, long high)
{
	char *end;
	long n = strtol(s, &end, 0);

	if (end == s || *end != '\0' || n < low || n > high)
		usage();
	return n;
}

static struct place
parse_place(const char *s)
{
	static const struct place spaces[] = { { "coil", 1, 5, 15, true, 0 },
		{ "di", 2, 0, 0, true, 0 }, { "ir", 4, 0, 0, false, 0 },
		{ "hr", 3, 6, 16, false, 0 } };
	const char *colon = strchr(s, ':');
	struct place p;
	size_t i;

	for (i = 0; colon != NULL && i < 4; i++)
		if (strncmp(s, spaces[i].space, (size_t)(colon - s)) == 0 &&
		    strlen(spaces[i].space) == (size_t)(colon - s)) {
			p = spaces[i];
			p.address = (unsigned)integer(colon + 1, 0, 65535);
			return p;
		}
	usage();
}

static int
dial(struct target *t, char *where)
{
	struct sockaddr_in sa = { .sin_family = AF_INET };
	char *colon = strrchr(where, ':'), *slash = strchr(where, '/');
	int one = 1;

	if (colon == NULL)
		usage();
	if (slash != NULL)
		*slash = '\0';
	*colon = '\0';
	t->unit = slash != NULL ? (uint8_t)integer(slash + 1, 0, 255) : 1;
	sa.sin_port = htons((uint16_t)integer(colon + 1, 1, 65535));
	if (inet_pton(AF_INET, where, &sa.sin_addr) != 1)
		usage();
	t->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(t->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (connect(t->fd, (struct sockaddr *)&sa, sizeof(sa)) < 0) {
		perror("mb: connect");
		return SILENT;
	}
	return DONE;
}

/* Reads exactly n bytes; false at the end or after ms without any. */
static bool
read_exactly(int fd, uint8_t *at, size_t n, int ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	ssize_t got;

	while (n > 0) {
		if (poll(&p, 1, ms) <= 0)
			return false;
		got = read(fd, at, n);
		if (got <= 0)
			return false;
		at += got;
		n -= (size_t)got;
	}
	return true;
}

/* Sends a PDU; the answer's PDU in pdu, its length in *n. */
static int
ask(struct target *t, uint8_t *pdu, size_t *n)
{
	uint8_t frame[FRAME] = { 0 }, head[7];
	uint8_t function = pdu[0];
	size_t length;

	t->transaction++;
	frame[0] = (uint8_t)(t->transaction >> 8);
	frame[1] = (uint8_t)t->transaction;
	frame[4] = (uint8_t)((*n + 1) >> 8);
	frame[5] = (uint8_t)(*n + 1);
	frame[6] = t->unit;
	memcpy(frame + 7, pdu, *n);
	if (write(t->fd, frame, *n + 7) != (ssize_t)*n + 7 ||
	    !read_exactly(t->fd, head, 7, ANSWER_MS))
		return SILENT;
	length = (size_t)head[4] << 8 | head[5];
	if (memcmp(head, frame, 4) != 0 || head[6] != t->unit || length < 3 ||
	    length > FRAME - 6 ||
	    !read_exactly(t->fd, pdu, length - 1, ANSWER_MS))
		return SILENT;
	*n = length - 1;
	if (pdu[0] == (function | 0x80)) {
		fprintf(stderr, "mb: exception %u\n", pdu[1]);
		return REFUSED;
	}
	return pdu[0] == function ? DONE : SILENT;
}

static void
put16(uint8_t *at, unsigned v)
{
	at[0] = (uint8_t)(v >> 8);
	at[1] = (uint8_t)v;
}

static int
read_values(struct target *t, const struct place *p, unsigned count,
    unsigned values[])
{
	uint8_t pdu[FRAME];
	size_t n = 5;
	unsigned i;
	int rc;

	pdu[0] = p->read;
	put16(pdu + 1, p->address);
	put16(pdu + 3, count);
	rc = ask(t, pdu, &n);
	if (rc != DONE)
		return rc;
	if (n < 2 || pdu[1] != n - 2 ||
	    n - 2 != (p->bits ? (count + 7) / 8 : 2 * count))
		return SILENT;
	for (i = 0; i < count; i++)
		values[i] = p->bits
		    ? pdu[2 + i / 8] >> i % 8 & 1u
		    : (unsigned)pdu[2 + 2 * i] << 8 | pdu[3 + 2 * i];
	return DONE;
}

static int
do_read(struct target *t, char **arg, int n)
{
	struct place p = parse_place(arg[0]);
	unsigned i, values[MOST];
	unsigned count = n > 1 ? (unsigned)integer(arg[1], 1, MOST) : 1;
	int rc = read_values(t, &p, count, values);

	for (i = 0; rc == DONE && i < count; i++)
		printf("%u%s", values[i], i + 1 < count ? " " : "\n");
	return rc;
}

static int
do_write(struct target *t, char **arg, int n)
{
	struct place p = parse_place(arg[0]);
	unsigned i, v, count = (unsigned)n - 1;
	uint8_t pdu[FRAME] = { 0 };
	size_t length;

	if (p.write_one == 0 || n < 2 || count > 120)
		usage();
	put16(pdu + 1, p.address);
	if (count == 1) {
		pdu[0] = p.write_one;
		v = (unsigned)integer(arg[1], -32768, 65535) & 0xffff;
		put16(pdu + 3, p.bits ? (v ? 0xff00 : 0) : v);
		length = 5;
		return ask(t, pdu, &length);
	}
	pdu[0] = p.write_many;
	put16(pdu + 3, count);
	pdu[5] = (uint8_t)(p.bits ? (count + 7) / 8 : 2 * count);
	for (i = 0; i < count; i++) {
		v = (unsigned)integer(arg[i + 1], -32768, 65535) & 0xffff;
		if (!p.bits)
			put16(pdu + 6 + 2 * i, v);
		else if (v)
			pdu[6 + i / 8] |= (uint8_t)(1u << i % 8);
	}
	length = 6u + pdu[5];
	return ask(t, pdu, &length);
}

static int
do_mask(struct target *t, char **arg, int n)
{
	struct place p = parse_place(arg[0]);
	uint8_t pdu[FRAME] = { 22 };
	size_t length = 7;

	if (n != 3)
		usage();
	put16(pdu + 1, p.address);
	put16(pdu + 3, (unsigned)integer(arg[1], 0, 65535));
	put16(pdu + 5, (unsigned)integer(arg[2], 0, 65535));
	return ask(t, pdu, &length);
}

static int
do_expect(struct target *t, char **arg, int n)
{
	struct place p = parse_place(arg[0]);
	long want, seconds = n > 2 ? integer(arg[2], 0, 3600) : 10;
	unsigned value = 0;
	struct mono end =
	    mono_add(clock_mono(), (struct span){ seconds * 1000 });
	int rc;

	if (n < 2)
		usage();
	want = integer(arg[1], 0, 65535);
	for (;;) {
		rc = read_values(t, &p, 1, &value);
		if (rc != DONE || value == want)
			return rc;
		if (!mono_before(clock_mono(), end))
			break;
		poll(NULL, 0, 20);
	}
	fprintf(stderr, "mb: %s is %u, want %ld\n", arg[0], value, want);
	return REFUSED;
}

static int
do_loop(struct target *t, char **arg, int n)
{
	struct place p = parse_place(arg[0]);
	unsigned values[MOST], done = 0;
	unsigned count = n == 3 ? (unsigned)integer(arg[1], 1, MOST) : 0;
	struct mono end;
	int rc = DONE;

	if (n != 3)
		usage();
	end = mono_add(clock_mono(),
	    (struct span){ integer(arg[2], 1, 3600) * 1000 });
	while (rc == DONE && mono_before(clock_mono(), end)) {
		rc = read_values(t, &p, count, values);
		done += rc == DONE;
	}
	printf("%u\n", done);
	return rc;
}

static int
do_raw(struct target *t, char **arg, int n)
{
	uint8_t bytes[4096];
	unsigned byte;
	size_t len = 0;
	int i;

	for (i = 0; i < n; i++)
		for (; arg[i][0] != '\0' && len < sizeof(bytes); arg[i] += 2) {
			if (sscanf(arg[i], "%2x", &byte) != 1 ||
			    arg[i][1] == '\0')
				usage();
			bytes[len++] = (uint8_t)byte;
		}
	if (write(t->fd, bytes, len) != (ssize_t)len)
		return SILENT;
	for (i = 0; read_exactly(t->fd, bytes, 1, 500); i++)
		printf("%02x", bytes[0]);
	printf("\n");
	return i > 0 ? DONE : SILENT;
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct target *t, char **arg, int n);
	} verbs[] = { { "read", do_read }, { "write", do_write },
		{ "mask", do_mask }, { "expect", do_expect },
		{ "loop", do_loop }, { "raw", do_raw } };
	struct target t = { -1, 1, 0 };
	size_t i;
	int rc;

	if (argc < 4)
		usage();
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(argv[2], verbs[i].name) != 0)
			continue;
		rc = dial(&t, argv[1]);
		if (rc == DONE)
			rc = verbs[i].run(&t, argv + 3, argc - 3);
		if (rc == SILENT)
			fprintf(stderr, "mb: no answer\n");
		return rc;
	}
	usage();
}
