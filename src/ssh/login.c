/* SPDX-License-Identifier: ISC */
#include "ssh/login.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "wire/client.h"

struct login {
	struct client *core;
	bool greeted;
	char language[9];
};

struct login *
login_new(int fd)
{
	struct login *l = xcalloc(1, sizeof(*l));

	l->core = client_new(fd);
	return l;
}

void
login_free(struct login *l)
{
	if (l == NULL)
		return;
	client_free(l->core);
	free(l);
}

/* One event, or -1. */
static int
next(struct login *l, struct client_event *ev, struct mono deadline,
    struct err *e)
{
	struct pollfd p = { client_fd(l->core), POLLIN, 0 };
	struct span left;
	int rc;

	for (;;) {
		left = mono_since(deadline, clock_mono());
		if (left.ms <= 0)
			return err_set(e, "the server does not answer");
		if (poll(&p, 1, (int)left.ms) < 0 && errno != EINTR)
			return err_sys(e, "poll");
		if (p.revents == 0)
			continue;
		rc = client_receive(l->core, ev, e);
		if (rc != 0)
			return rc < 0 ? -1 : 0;
	}
}

static int
welcomed(struct login *l, const struct client_event *ev)
{
	str_copy(l->language, ev->welcome.language, sizeof(l->language));
	return 1;
}

const char *
login_language(const struct login *l)
{
	return l->language;
}

/* Waits for an event of this type; REFUSED is one of any type. */
static int
await(struct login *l, enum message type, struct client_event *ev,
    struct err *e)
{
	struct mono deadline = mono_add(clock_mono(), LOGIN_PATIENCE);

	do
		if (next(l, ev, deadline, e) < 0)
			return -1;
	while (ev->type != type && ev->type != MESSAGE_REFUSED);
	return 0;
}

static int
greet(struct login *l, struct err *e)
{
	struct client_event ev;

	if (l->greeted)
		return 0;
	if (client_hello(l->core, "sightglass-sshd") < 0)
		return err_set(e, "the server is gone");
	if (await(l, MESSAGE_GREETING, &ev, e) < 0)
		return -1;
	if (ev.type == MESSAGE_REFUSED)
		return err_set(e, "%s", ev.text);
	if (ev.version != WIRE_VERSION)
		return err_set(e, "the server speaks version %u, not %u",
		    ev.version, WIRE_VERSION);
	l->greeted = true;
	return 0;
}

int
login_probe(
    struct login *l, const char *user, const char *key, struct err *e)
{
	struct client_event ev;

	if (greet(l, e) < 0)
		return -1;
	if (client_probe(l->core, user, key) < 0)
		return err_set(e, "the server is gone");
	if (await(l, MESSAGE_PROBED, &ev, e) < 0)
		return -1;
	return ev.type == MESSAGE_PROBED && ev.code == 1;
}

int
login_key(struct login *l, const char *user, const char *key,
    const char *from, const char *term, struct err *e)
{
	struct client_event ev;

	if (greet(l, e) < 0)
		return -1;
	if (client_login(l->core, user, key, from, term) < 0)
		return err_set(e, "the server is gone");
	if (await(l, MESSAGE_WELCOME, &ev, e) < 0)
		return -1;
	if (ev.type == MESSAGE_WELCOME)
		return welcomed(l, &ev);
	err_set(e, "%s", ev.text);
	return 0;
}

int
login_password(struct login *l, const char *user, const char *password,
    const char *from, struct mono deadline, struct err *e)
{
	struct client_event ev;

	if (greet(l, e) < 0)
		return -1;
	/* one that is too long for anybody is as wrong as any other */
	if (strlen(password) > WIRE_SECRET)
		password = "";
	if (client_password(l->core, user, from, "", password) < 0)
		return err_set(e, "the server is gone");
	do
		if (next(l, &ev, deadline, e) < 0)
			return -1;
	while (ev.type != MESSAGE_WELCOME && ev.type != MESSAGE_PROBED &&
	    ev.type != MESSAGE_REFUSED);
	if (ev.type == MESSAGE_WELCOME)
		return welcomed(l, &ev);
	if (ev.type == MESSAGE_REFUSED)
		return err_set(e, "%s", ev.text);
	err_set(e, "wrong password");
	return 0;
}

int
login_take(struct login *l)
{
	return client_take_fd(l->core);
}
