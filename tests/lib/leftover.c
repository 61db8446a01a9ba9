/* SPDX-License-Identifier: ISC */
/*
 * leftover - a console that a killed server left behind, and what it could
 * try. The SSH front starts it in place of sightglass-console, with a session
 * on descriptor 3 and the path of the core's socket in its arguments. It
 * takes a ticket, says "waits", and when the core has gone it prints a line
 * for each attempt: WHAT and whom the core takes it for, or the exit code of
 * the refusal, or "gone" if the core only closed.
 *
 *	login	LOGIN as another user on the path socket
 *	back	RESUME with its ticket; then set, as itself
 *	again	RESUME with the ticket that it got in exchange
 *	old	RESUME with the one that it had before
 *	forged	RESUME with one that differs in a digit
 *	other	LOGIN as another user on the session it came back to
 *	left	RESUME with its ticket when that session has ended
 *
 * Ends with the line "done".
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/mem.h"
#include "wire/client.h"
#include "wire/frontwire.h"

#define PATIENCE_MS 10000

/* The next event, or false if the core has closed; silence is fatal. */
static bool
next(struct client *c, struct client_event *ev)
{
	struct pollfd p = { client_fd(c), POLLIN, 0 };
	struct err e;

	if (poll(&p, 1, PATIENCE_MS) != 1)
		fatal("the core says nothing");
	return client_receive(c, ev, &e) == 1;
}

/* Until WELCOME, a refusal or the end of id; says which. */
static void
await(struct client *c, const char *what, uint32_t id)
{
	struct client_event ev;

	while (next(c, &ev)) {
		if (ev.type == MESSAGE_WELCOME) {
			printf("%s %s\n", what, ev.welcome.user);
			return;
		}
		if (ev.type == MESSAGE_REFUSED ||
		    (id != 0 && ev.type == MESSAGE_END && ev.id == id)) {
			printf("%s %d\n", what, ev.code);
			return;
		}
	}
	printf("%s gone\n", what);
}

static void
take_ticket(struct client *c, char ticket[WIRE_TICKET + 1])
{
	struct client_event ev;
	struct cell cell;
	uint32_t id;

	client_call(c, VERB_TICKET);
	id = client_send(c);
	while (next(c, &ev)) {
		if (ev.type == MESSAGE_ROWS && ev.id == id &&
		    client_row(c, &cell) && cell.type == CELL_TEXT)
			str_copy(ticket, cell.as.text, WIRE_TICKET + 1);
		if (ev.type == MESSAGE_END && ev.id == id)
			return;
	}
	fatal("no ticket");
}

/* On the path socket, as soon as a core greets there: the one that was killed
 * may still take connections while it dies. */
static struct client *
outside(const char *path)
{
	const struct timespec pause = { 0, 50000000 };
	struct client_event ev;
	struct client *c;
	struct err e;
	int i;

	for (i = 0; i < PATIENCE_MS / 50; i++) {
		c = client_connect(path, &e);
		if (c != NULL) {
			client_hello(c, "leftover");
			if (next(c, &ev) && ev.type == MESSAGE_GREETING)
				return c;
			client_free(c);
		}
		nanosleep(&pause, NULL);
	}
	fatal("no core greets at %s", path);
}

static struct client *
resume(const char *path, const char *what, const char *ticket)
{
	struct client *c = outside(path);

	client_resume(c, ticket, "127.0.0.1:1", "vt100");
	await(c, what, 0);
	return c;
}

static void
set_something(struct client *c)
{
	client_call(c, VERB_SET);
	client_with(c, PARAMETER_NAME, "P-101A.sp");
	client_with(c, PARAMETER_VALUE, "55");
	client_with(c, PARAMETER_CONFIRM, "55");
	await(c, "set", client_send(c));
}

static void
claim_other(struct client *c)
{
	client_login(c, "olga", "SHA256:x", "127.0.0.1:1", "vt100");
	await(c, "other", 0);
}

static void
try_all(const char *path, const char *ticket)
{
	char fresh[WIRE_TICKET + 1] = "", forged[WIRE_TICKET + 1];
	struct client *c = outside(path), *back, *again;

	client_login(c, "olga", "SHA256:x", "127.0.0.1:1", "vt100");
	await(c, "login", 0);
	client_free(c);
	back = resume(path, "back", ticket);
	set_something(back);
	take_ticket(back, fresh);
	again = resume(path, "again", fresh);
	client_free(resume(path, "old", ticket));
	str_copy(forged, fresh, sizeof(forged));
	forged[0] = forged[0] == '0' ? '1' : '0';
	client_free(resume(path, "forged", forged));
	claim_other(again);
	client_free(again);
	client_free(back);
	client_free(resume(path, "left", fresh));
}

int
main(int argc, char **argv)
{
	char ticket[WIRE_TICKET + 1] = "";
	struct client_event ev;
	struct client *c;

	log_open("leftover", LOG_NOTE);
	if (argc < 5)
		fatal("usage: --session 3 --socket PATH");
	setvbuf(stdout, NULL, _IOLBF, 0);
	fd_nonblock(FRONT_SESSION, false);
	c = client_new(FRONT_SESSION);
	client_hello(c, "leftover");
	await(c, "own", 0);
	take_ticket(c, ticket);
	puts("waits");
	while (next(c, &ev))
		;
	client_free(c);
	try_all(argv[4], ticket);
	puts("done");
	return 0;
}
