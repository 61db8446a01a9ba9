/* SPDX-License-Identifier: ISC */
#include "config.h"

#include "cli/link.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "base/language.h"
#include "base/when.h"
#include "cli/output.h"

#define WELCOME_MS 10000	/* a server that is well answers at once */

enum link_wait
link_wait(struct app *app, bool writable, int timeout)
{
	struct pollfd p[3] = {
		{ client_fd(app->client),
		    (short)(POLLIN | (writable ? POLLOUT : 0)), 0 },
		{ app->cancel_fd, POLLIN, 0 },
		{ app->reader_gone ? -1 : app->out_fd, 0, 0 },
	};
	int n;

	do
		n = poll(p, 3, timeout);
	while (n < 0 && errno == EINTR);
	if (p[1].revents != 0)
		return LINK_CANCEL;
	if (p[0].revents & ~POLLOUT)
		return LINK_READY;
	if (p[2].revents & (POLLERR | POLLHUP))
		return LINK_READER_GONE;
	return p[0].revents != 0 ? LINK_WRITABLE : LINK_TIMEOUT;
}

enum link_wait
link_wait_input(struct app *app)
{
	struct pollfd p[2] = { { app->in_fd, POLLIN, 0 },
		{ app->cancel_fd, POLLIN, 0 } };

	while (poll(p, 2, -1) < 0 && errno == EINTR)
		;
	return p[1].revents != 0 ? LINK_CANCEL : LINK_READY;
}

static int
no_server(struct app *app, const char *path, int why, const struct err *e)
{
	if (why == EACCES || why == EPERM) {
		complain(app, _("you may not use this server's socket: %s"), path);
		return EXIT_NOT_ALLOWED;
	}
	complain(app, _("no server: %s; is sightglassd running?"), e->text);
	return EXIT_NO_SERVER;
}

static int
connect_client(struct app *app)
{
	const char *path =
	    app->request.socket != NULL ? app->request.socket : LINK_DEFAULT;
	struct err e;

	if (app->session_fd >= 0) {
		app->client = client_new(app->session_fd);
		app->session_fd = -1;
	} else {
		app->client = client_connect(path, &e);
		if (app->client == NULL)
			return no_server(app, path, errno, &e);
	}
	fd_nonblock(client_fd(app->client), true);
	return EXIT_DONE;
}

/* The next thing that the core says, within the time for a welcome. */
static int
receive(struct app *app, struct client_event *ev)
{
	struct err e;
	int rc;

	while ((rc = client_receive(app->client, ev, &e)) == 0) {
		switch (link_wait(app, false, WELCOME_MS)) {
		case LINK_CANCEL:
			return EXIT_CANCELLED;
		case LINK_TIMEOUT:
			complain(app, _("no server: it does not answer"));
			return EXIT_NO_SERVER;
		case LINK_READER_GONE:
			app->reader_gone = true;
			break;
		default:
			break;
		}
	}
	if (rc < 0) {
		complain(app, _("no server: %s"), e.text);
		return EXIT_NO_SERVER;
	}
	if (ev->type == MESSAGE_REFUSED) {
		complain_said(app, ev->text);
		return ev->code != 0 ? ev->code : EXIT_NOT_ALLOWED;
	}
	return EXIT_DONE;
}

/* Waits for this message; beats and notices may come between. */
static int
expect(struct app *app, enum message type, struct client_event *ev)
{
	int code;

	do {
		code = receive(app, ev);
		if (code != EXIT_DONE)
			return code;
	} while (ev->type == MESSAGE_BEAT || ev->type == MESSAGE_NOTICE);
	if (ev->type == type)
		return EXIT_DONE;
	complain(app, _("the server said something unexpected (%d)"), ev->type);
	return EXIT_INTERNAL;
}

/* Plant times of the command line, in the zone that is now known. */
static int
resolve(struct app *app, const char *text, struct wall *t)
{
	struct err e;
	bool odd;

	t->ms = 0;
	if (text == NULL)
		return EXIT_DONE;
	if (when_parse(t, &odd, text, clock_wall(), &e) < 0) {
		complain(app, "%s", e.text);
		return EXIT_USAGE;
	}
	if (odd)
		complain(app,
		    _("warning: \"%s\" exists twice or not at all on that day; "
		    "taken as %s"),
		    text, when_utc((char[WHEN_CAP]){ "" }, *t));
	return EXIT_DONE;
}

static int
settle_times(struct app *app)
{
	int code;

	if (!when_zone(app->welcome.zone))
		when_zone("UTC");
	code = resolve(app, app->request.since, &app->since);
	if (code == EXIT_DONE)
		code = resolve(app, app->request.until, &app->until);
	if (app->request.utc)
		when_zone("UTC");
	return code;
}

/* What a program reads does not depend on whose session it is. */
static void
settle_language(struct app *app)
{
	struct welcome *w = &app->welcome;
	size_t first = strcspn(w->languages, ",");

	if (app->request.format == FORMAT_TABLE && !app->request.quiet)
		return;
	app->plain = strlen(w->language) != first ||
	    strncmp(w->language, w->languages, first) != 0;
	str_copy(w->language, w->languages, sizeof(w->language));
	w->language[strcspn(w->language, ",")] = '\0';
}

int
link_open(struct app *app)
{
	bool local = app->session_fd < 0;
	struct client_event ev;
	int code = connect_client(app);

	if (code != EXIT_DONE)
		return code;
	/* why a message could not be sent is said by the next one received */
	client_hello(app->client, "sightglass");
	code = expect(app, MESSAGE_GREETING, &ev);
	if (code != EXIT_DONE)
		return code;
	if (ev.version != WIRE_VERSION) {
		complain(app, _("the server is %s, this program is %s"), ev.text,
		    PACKAGE_VERSION);
		return EXIT_INTERNAL;
	}
	if (local)
		client_local(app->client, app->tty, app->term);
	code = expect(app, MESSAGE_WELCOME, &ev);
	app->welcome = ev.welcome;
	if (code == EXIT_DONE)
		settle_language(app);
	return code != EXIT_DONE ? code : settle_times(app);
}
