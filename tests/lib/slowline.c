/* SPDX-License-Identifier: ISC */
/*
 * slowline - a slow line in front of a TCP port, for tests.
 *
 *	slowline PORT FILE RATE
 *
 * Listens on a free port of 127.0.0.1, written to FILE, and joins each
 * connection to 127.0.0.1:PORT. What comes back from there passes at RATE
 * bytes a second, in pieces of 20 ms; the other way is free. Its own buffers
 * are as small as the kernel lets them be, so that what it has not passed on
 * is with the sender. One connection at a time; ends when killed.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/log.h"

#define PIECE_MS 20

static void
small_buffers(int fd)
{
	int bytes = 1024, one = 1;

	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
}

static int
dial(uint16_t port)
{
	struct sockaddr_in sa = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	sa.sin_port = htons(port);
	sa.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	small_buffers(fd);
	if (connect(fd, (struct sockaddr *)&sa, sizeof(sa)) < 0)
		fatal("connect: %s", strerror(errno));
	return fd;
}

/* 0: one of them has closed. */
static int
pass(int from, int to, size_t most)
{
	char bytes[65536];
	ssize_t n = read(from, bytes, most < sizeof(bytes) ? most : sizeof(bytes));

	return n > 0 && fd_write_all(to, bytes, (size_t)n) == 0;
}

static void
join(int client, int server, size_t rate)
{
	struct mono now, next = clock_mono();
	struct pollfd p[2] = { { client, POLLIN, 0 }, { server, POLLIN, 0 } };
	size_t piece = rate * PIECE_MS / 1000;
	int64_t wait;

	for (;;) {
		now = clock_mono();
		wait = mono_before(now, next) ? mono_since(next, now).ms + 1 : 0;
		p[1].fd = wait > 0 ? -1 : server;
		if (poll(p, 2, wait > 0 ? (int)wait : -1) < 0)
			return;
		if (p[0].revents != 0 && !pass(client, server, 65536))
			return;
		if (p[1].fd < 0 || p[1].revents == 0)
			continue;
		if (!pass(server, client, piece > 0 ? piece : 1))
			return;
		next = mono_add(clock_mono(), (struct span){ PIECE_MS });
	}
}

int
main(int argc, char **argv)
{
	uint16_t port;
	char text[16];
	struct err e;
	int listening, client, server;

	if (argc != 4)
		fatal("usage: slowline PORT FILE RATE");
	listening = fd_listen_tcp("127.0.0.1:0", &port, &e);
	snprintf(text, sizeof(text), "%u", port);
	if (listening < 0 ||
	    fd_write_file(argv[2], text, strlen(text), 0600, &e) < 0)
		fatal("%s", e.text);
	fd_nonblock(listening, false);
	while ((client = accept(listening, NULL, NULL)) >= 0) {
		small_buffers(client);
		server = dial((uint16_t)atoi(argv[1]));
		join(client, server, (size_t)atol(argv[3]));
		close(client);
		close(server);
	}
	return 0;
}
