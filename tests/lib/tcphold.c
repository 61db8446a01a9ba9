/* SPDX-License-Identifier: ISC */
/*
 * tcphold - opens connections and holds them, for tests of limits.
 *
 *	tcphold FROM PORT COUNT [TEXT]
 *
 * COUNT connections from the address FROM to 127.0.0.1:PORT; each sends TEXT
 * and a line's end, if there is one, and nothing more. Prints "open COUNT",
 * then "closed N" whenever the peer has closed more of them; ends with the
 * last, or with its standard input.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

static int
dial(const char *from, uint16_t port, const char *text)
{
	struct sockaddr_in us = { .sin_family = AF_INET },
			   peer = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	peer.sin_port = htons(port);
	peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (inet_pton(AF_INET, from, &us.sin_addr) != 1 ||
	    bind(fd, (struct sockaddr *)&us, sizeof(us)) < 0 ||
	    connect(fd, (struct sockaddr *)&peer, sizeof(peer)) < 0)
		fatal("cannot connect from %s", from);
	if (text != NULL)
		dprintf(fd, "%s\r\n", text);
	return fd;
}

/* How many of them have been closed by the peer, and are so by us now. */
static unsigned
count_closed(struct pollfd *p, unsigned n)
{
	char bytes[4096];
	unsigned i, closed = 0;

	for (i = 0; i < n; i++)
		if (p[i].fd >= 0 && p[i].revents != 0 &&
		    read(p[i].fd, bytes, sizeof(bytes)) <= 0) {
			close(p[i].fd);
			p[i].fd = -1;
			closed++;
		}
	return closed;
}

int
main(int argc, char **argv)
{
	unsigned i, n, now, closed = 0;
	struct pollfd *p;
	char byte;

	if (argc < 4)
		fatal("usage: tcphold FROM PORT COUNT [TEXT]");
	setvbuf(stdout, NULL, _IOLBF, 0);
	n = (unsigned)atoi(argv[3]);
	p = xcalloc(n + 1, sizeof(*p));
	for (i = 0; i < n; i++)
		p[i] = (struct pollfd){
			dial(argv[1], (uint16_t)atoi(argv[2]), argv[4]), POLLIN
		};
	p[n] = (struct pollfd){ STDIN_FILENO, POLLIN };
	printf("open %u\n", n);
	while (closed < n && poll(p, n + 1, -1) >= 0) {
		if (p[n].revents != 0 && read(STDIN_FILENO, &byte, 1) <= 0)
			break;
		now = count_closed(p, n);
		closed += now;
		if (now > 0)
			printf("closed %u\n", closed);
	}
	free(p);
	return 0;
}
