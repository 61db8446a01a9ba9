/* SPDX-License-Identifier: ISC */
/*
 * forge - what a console could say if somebody had broken into it. The SSH
 * front starts it in place of sightglass-console (tests put it there under
 * that name), with a logged-in session on descriptor 3 and the path of the
 * core's socket in its arguments. It sends every verb of wire/verbs.h, each
 * with parameters that would do something,
 *
 *	own	on its session
 *	mute	on the path socket, without a HELLO
 *	none	on the path socket, as nobody
 *	login	there, behind a LOGIN as another user
 *	resume	there, behind a RESUME with a ticket of its own making
 *	other	on its session, behind a LOGIN as another user
 *
 * and prints a line for each: STAGE CODE FUNCTION VERB: TEXT. CODE is the
 * exit code of END or REFUSED, or "gone" if the core only closed; FUNCTION is
 * the right that the verb demands. Ends with the line "done".
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "wire/client.h"
#include "wire/frontwire.h"

#define PATIENCE_MS 5000

/* Parameters that would make a difference; (which, text) pairs. */
struct bait {
	enum verb verb;
	struct {
		enum parameter which;
		const char *text;
	} with[5];
};
#define WITH(p, text) { PARAMETER_##p, text }

static const char key[] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJFZBz0dcCW"
			  "b1q0Zt0iYxTDKjL9QKkrYc1M9dJZ5kq8X forged";

static const struct bait baits[] = {
	{ VERB_SET,
	    { WITH(NAME, "P-101A.sp"), WITH(VALUE, "55"),
		WITH(CONFIRM, "55") } },
	{ VERB_DO, { WITH(NAME, "P-101A"), WITH(COMMAND, "stop") } },
	{ VERB_ACK, { WITH(NAME, "filter.interval.H") } },
	{ VERB_RESET, { WITH(NAME, "filter.interval.H") } },
	{ VERB_USER_ADD,
	    { WITH(NAME, "mallory"), WITH(FULL_NAME, "Mallory"),
		WITH(ROLE, "admin"), WITH(ROLE, "operator") } },
	{ VERB_USER_ROLE, { WITH(NAME, "vera"), WITH(ROLE, "+admin") } },
	{ VERB_USER_LOCK, { WITH(NAME, "olga") } },
	{ VERB_USER_UNLOCK, { WITH(NAME, "olga") } },
	{ VERB_USER_REMOVE, { WITH(NAME, "felix") } },
	{ VERB_KEY_ADD, { WITH(NAME, "olga"), WITH(KEY, key) } },
	{ VERB_KEY_LIST, { WITH(NAME, "olga") } },
	{ VERB_KEY_REMOVE, { WITH(NAME, "olga"), WITH(KEY, "SHA256:x") } },
	{ VERB_SESSION_KILL, { WITH(NAME, "1") } },
	{ VERB_SHELVE, { WITH(NAME, "P-101B.FAIL"), WITH(FOR, "1h"),
		WITH(REASON, "forged") } },
	{ VERB_UNSHELVE, { WITH(NAME, "P-101B.FAIL") } },
	{ VERB_SUPPRESS, { WITH(NAME, "P-101B.FAIL"), WITH(REASON, "forged") } },
	{ VERB_UNSUPPRESS, { WITH(NAME, "P-101B.FAIL") } },
	{ VERB_OOS, { WITH(NAME, "P-101B.FAIL"), WITH(STATE, "on"),
		WITH(REASON, "forged") } },
	{ VERB_TUNE, { WITH(NAME, "LT-501.HH.limit"), WITH(VALUE, "5.9") } },
	{ VERB_OVERRIDE, { WITH(NAME, "LT-501.pv"), WITH(VALUE, "1"),
		WITH(FOR, "1h"), WITH(REASON, "forged") } },
	{ VERB_BYPASS, { WITH(NAME, "P-101B"), WITH(COMMAND, "start"),
		WITH(FOR, "1h"), WITH(REASON, "forged") } },
	{ VERB_LOCKOUT, { WITH(NAME, "P-101B"), WITH(REASON, "forged") } },
	{ VERB_STATE_RESTORE, { WITH(NAME, "/tmp"), WITH(EXPECT, "before-x") } },
	{ VERB_OBJECT, { WITH(NAME, "P-101A") } },
	{ VERB_SCREEN, { WITH(NAME, "overview") } },
	{ VERB_HERE, { WITH(SCREEN, "forged") } },
	{ VERB_TAGS, { WITH(NAME, "*") } },
	{ VERB_AUDIT_SHOW, { WITH(TRACE, "") } },
};
static const struct bait other = { 0, { WITH(NAME, "LT-501.pv") } };

static const struct bait *
bait_for(enum verb v)
{
	size_t i;

	for (i = 0; i < sizeof(baits) / sizeof(baits[0]); i++)
		if (baits[i].verb == v)
			return &baits[i];
	return &other;
}

static uint32_t
send_verb(struct client *c, enum verb v)
{
	const struct bait *b = bait_for(v);
	size_t i;

	client_call(c, v);
	for (i = 0; i < 5 && b->with[i].text != NULL; i++)
		client_with(c, b->with[i].which, b->with[i].text);
	return client_send(c);
}

static void
say(const char *stage, enum verb v, int code, const char *text)
{
	char number[16] = "gone";

	if (code >= 0)
		snprintf(number, sizeof(number), "%d", code);
	printf("%s %s %s %s: %s\n", stage, number,
	    function_name(verbs[v].function), verbs[v].name, text);
}

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

/* Until the answer to id has ended, or the connection. */
static void
await(struct client *c, const char *stage, enum verb v, uint32_t id)
{
	struct client_event ev;

	while (next(c, &ev)) {
		if (ev.type == MESSAGE_REFUSED ||
		    (ev.type == MESSAGE_END && ev.id == id)) {
			say(stage, v, ev.code, ev.text);
			return;
		}
		if (ev.type == MESSAGE_ROWS || ev.type == MESSAGE_UPDATE)
			client_cancel(c, id);
	}
	say(stage, v, -1, "");
}

static void
own(struct client *c)
{
	struct client_event ev;
	int v;

	client_hello(c, "forge");
	do
		if (!next(c, &ev))
			fatal("no session");
	while (ev.type != MESSAGE_WELCOME);
	for (v = 0; v < VERB_COUNT; v++)
		await(c, "own", (enum verb)v, send_verb(c, (enum verb)v));
}

static void
claim_login(struct client *c)
{
	client_hello(c, "forge");
	client_login(c, "olga", "SHA256:x", "127.0.0.1:1", "vt100");
}

static void
claim_resume(struct client *c)
{
	char ticket[WIRE_TICKET + 1];

	memset(ticket, 'a', WIRE_TICKET);
	ticket[WIRE_TICKET] = '\0';
	client_hello(c, "forge");
	client_resume(c, ticket, "127.0.0.1:1", "vt100");
}

static void
claim_nothing(struct client *c)
{
	client_hello(c, "forge");
}

/* Each verb on a connection of its own, behind what the claim says. */
static void
outside(const char *path, const char *stage, void (*claim)(struct client *))
{
	struct client *c;
	struct err e;
	int v;

	for (v = 0; v < VERB_COUNT; v++) {
		c = client_connect(path, &e);
		if (c == NULL)
			fatal("%s", e.text);
		if (claim != NULL)
			claim(c);
		await(c, stage, (enum verb)v, send_verb(c, (enum verb)v));
		client_free(c);
	}
}

/* All of it in one burst: whatever is read before the end must not count. */
static void
other_user(struct client *c)
{
	int v;

	client_login(c, "olga", "SHA256:x", "127.0.0.1:1", "vt100");
	for (v = 0; v < VERB_COUNT; v++)
		if (send_verb(c, (enum verb)v) == 0)
			break;
	await(c, "other", VERB_SET, 0);
}

int
main(int argc, char **argv)
{
	struct client *c;

	log_open("forge", LOG_NOTE);
	if (argc < 5)
		fatal("usage: --session 3 --socket PATH");
	setvbuf(stdout, NULL, _IOLBF, 0);
	fd_nonblock(FRONT_SESSION, false);
	c = client_new(FRONT_SESSION);
	own(c);
	outside(argv[4], "mute", NULL);
	outside(argv[4], "none", claim_nothing);
	outside(argv[4], "login", claim_login);
	outside(argv[4], "resume", claim_resume);
	other_user(c);
	client_free(c);
	puts("done");
	return 0;
}
