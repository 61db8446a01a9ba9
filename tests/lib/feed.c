/* SPDX-License-Identifier: ISC */
/*
 * feed - a client that applies a project without having looked at it.
 *
 *	feed SOCKET < TAR
 *
 * The command line checks a project before it sends it; whoever speaks the
 * protocol need not. Prints what the core found, a line each, then "CODE
 * TEXT" of the END.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "wire/client.h"

#define PIECE 32768

static void
next(struct client *c, struct client_event *ev)
{
	struct err e;

	do
		if (client_receive(c, ev, &e) != 1)
			fatal("the core is gone");
	while (ev->type == MESSAGE_BEAT || ev->type == MESSAGE_NOTICE);
}

static void
print_rows(struct client *c, const struct client_event *ev)
{
	struct cell cells[16];

	while (client_row(c, cells))
		printf("%s: %s\n",
		    cells[0].type == CELL_TEXT ? cells[0].as.text : "",
		    ev->cells > 1 && cells[1].type == CELL_TEXT
			? cells[1].as.text
			: "");
}

static uint32_t
send_project(struct client *c)
{
	static unsigned char piece[PIECE];
	uint32_t id;
	ssize_t n;

	client_call(c, VERB_PROJECT_APPLY);
	client_with(c, PARAMETER_NAME, "-");
	id = client_send(c);
	do {
		n = read(STDIN_FILENO, piece, sizeof(piece));
		if (n < 0 || client_feed(c, id, piece, (size_t)n) < 0)
			fatal("cannot send");
	} while (n > 0);
	return id;
}

int
main(int argc, char **argv)
{
	struct client_event ev;
	struct client *c;
	struct err e;

	log_open("feed", LOG_NOTE);
	if (argc != 2)
		fatal("usage: feed SOCKET < TAR");
	c = client_connect(argv[1], &e);
	if (c == NULL)
		fatal("%s", e.text);
	fd_nonblock(client_fd(c), false);
	client_hello(c, "feed");
	client_local(c, "", "");
	do
		next(c, &ev);
	while (ev.type == MESSAGE_GREETING);
	if (ev.type == MESSAGE_WELCOME)
		send_project(c);
	for (;;) {
		if (ev.type == MESSAGE_ROWS) {
			print_rows(c, &ev);
			client_more(c, ev.id);
		} else if (ev.type != MESSAGE_WELCOME)
			break;
		next(c, &ev);
	}
	printf("%d %s\n", ev.code, ev.text);
	client_free(c);
	return 0;
}
