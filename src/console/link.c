/* SPDX-License-Identifier: ISC */
#include "console/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/digest.h"
#include "base/fd.h"
#include "base/language.h"
#include "base/mem.h"

#define PAUSE_FIRST_MS 100
#define PAUSE_MOST_MS 2000

void
link_init(struct link *l, const struct link_calls *calls, int fd,
    const char *path, const char *term)
{
	memset(l, 0, sizeof(*l));
	l->calls = *calls;
	l->local = fd < 0;
	l->pause_ms = PAUSE_FIRST_MS;
	str_copy(l->path, path, sizeof(l->path));
	str_copy(l->term, term, sizeof(l->term));
	l->next_try = (struct mono){ 0 };
	if (fd < 0)
		return;
	fd_nonblock(fd, true);
	l->client = client_new(fd);
	client_hello(l->client, "console");
	l->state = LINK_GREETING;
	l->next_try = MONO_NEVER;
}

void
link_fini(struct link *l)
{
	explicit_bzero(l->ticket, sizeof(l->ticket));
	client_free(l->client);
	l->client = NULL;
	vec_free(&l->open);
}

int
link_fd(const struct link *l)
{
	return l->client != NULL ? client_fd(l->client) : -1;
}

/* Nobody answers any more: what was asked for is unknown (P2). */
static void
abandon(struct link *l)
{
	struct client_event end = { .type = MESSAGE_END, .code = EXIT_UNKNOWN,
		.text = _("unknown: CHECK THE PLANT - the server went away") };
	struct link_call c;

	while (l->open.n > 0) {
		c = l->open.at[--l->open.n];
		end.id = c.id;
		if (c.fn != NULL)
			c.fn(c.arg, l, &end);
	}
}

/* Another person: of what was asked for, the core has dropped what looks. */
static void
forget_looks(struct link *l)
{
	struct client_event end = { .type = MESSAGE_END,
		.code = EXIT_CANCELLED, .text = "" };
	struct link_call c;
	size_t i;

	for (i = l->open.n; i-- > 0;) {
		c = l->open.at[i];
		if (c.acts)
			continue;
		l->open.at[i] = l->open.at[--l->open.n];
		end.id = c.id;
		if (c.fn != NULL)
			c.fn(c.arg, l, &end);
	}
}

static void
drop(struct link *l, struct mono now)
{
	uint8_t jitter;
	bool was_up = l->state == LINK_UP;

	client_free(l->client);
	l->client = NULL;
	l->state = LINK_DOWN;
	abandon(l);
	random_bytes(&jitter, 1);
	l->next_try = mono_add(now,
	    (struct span){ l->pause_ms + l->pause_ms * jitter / 1024 });
	l->pause_ms *= 2;
	if (l->pause_ms > PAUSE_MOST_MS)
		l->pause_ms = PAUSE_MOST_MS;
	if (was_up)
		l->calls.lost(l->calls.arg);
}

static void
introduce(struct link *l)
{
	if (l->ticket[0] != '\0')
		client_resume(l->client, l->ticket, l->from, l->term);
	else if (l->local)
		client_local(l->client, l->tty, l->term);
	/* else it is a session already: WELCOME follows by itself */
}

void
link_turn(struct link *l, struct mono now)
{
	struct err e;

	if (l->client != NULL || l->refused || mono_before(now, l->next_try))
		return;
	if (!l->local && l->ticket[0] == '\0') {
		l->refused = true;
		l->calls.refused(l->calls.arg, _("the server is gone"));
		return;
	}
	l->client = client_connect(l->path, &e);
	if (l->client == NULL) {
		drop(l, now);
		return;
	}
	fd_nonblock(client_fd(l->client), true);
	client_hello(l->client, "console");
	introduce(l);
	l->state = LINK_GREETING;
	l->next_try = MONO_NEVER;
}

struct mono
link_due(const struct link *l)
{
	return l->client == NULL && !l->refused ? l->next_try : MONO_NEVER;
}

static void
on_ticket(void *arg, struct link *l, const struct client_event *ev)
{
	struct cell cell;

	(void)arg;
	if (ev->type != MESSAGE_ROWS || ev->cells != 1 ||
	    !client_row(l->client, &cell) || cell.type != CELL_TEXT ||
	    strlen(cell.as.text) != WIRE_TICKET)
		return;
	str_copy(l->ticket, cell.as.text, sizeof(l->ticket));
}

static void
on_welcome(struct link *l, const struct welcome *w)
{
	if (l->state == LINK_UP && w->person != l->person) {
		forget_looks(l);
		explicit_bzero(l->ticket, sizeof(l->ticket));
	}
	l->person = w->person;
	l->state = LINK_UP;
	l->pause_ms = PAUSE_FIRST_MS;
	/* a local caller who is nobody's user gets none and simply comes again */
	if (link_begin(l, VERB_TICKET))
		link_send(l, on_ticket, NULL);
	l->calls.welcome(l->calls.arg, w);
}

static struct link_call *
find(struct link *l, uint32_t id)
{
	size_t i;

	for (i = 0; i < l->open.n; i++)
		if (l->open.at[i].id == id)
			return &l->open.at[i];
	return NULL;
}

static void
answer(struct link *l, const struct client_event *ev)
{
	struct link_call *c = find(l, ev->id), call;

	if (c == NULL && ev->type == MESSAGE_ROWS)
		client_cancel(l->client, ev->id);
	if (c == NULL)
		return;
	call = *c;
	if (ev->type == MESSAGE_END)
		*c = l->open.at[--l->open.n];
	if (call.fn != NULL)
		call.fn(call.arg, l, ev);
	if (ev->type == MESSAGE_ROWS && !call.drawn && l->client != NULL)
		client_more(l->client, ev->id);
}

/* For good, but for a ticket at a local terminal: that stays a console, to
 * look on. */
static void
refuse(struct link *l, const char *why)
{
	if (l->local && l->ticket[0] != '\0' && l->state != LINK_UP) {
		explicit_bzero(l->ticket, sizeof(l->ticket));
		return;		/* the end of the line follows */
	}
	l->refused = true;
	l->calls.refused(l->calls.arg, why);
}

void
link_misunderstood(struct link *l)
{
	refuse(l, _("the server has another version now: log in again"));
}

static void
take(struct link *l, const struct client_event *ev)
{
	switch (ev->type) {
	case MESSAGE_GREETING:
		l->stranger = ev->version != WIRE_VERSION;
		break;
	case MESSAGE_WELCOME:
		on_welcome(l, &ev->welcome);
		break;
	case MESSAGE_REFUSED:
		refuse(l, l->stranger
			? _("the server has another version now: log in again")
			: ev->text);
		break;
	case MESSAGE_BEAT:
		l->calls.beat(l->calls.arg, &ev->beat);
		break;
	case MESSAGE_NOTICE:
		l->calls.notice(l->calls.arg, &ev->notice);
		break;
	case MESSAGE_UPDATE:
		l->calls.update(l->calls.arg, ev->id, ev->n);
		break;
	case MESSAGE_ROWS:
	case MESSAGE_END:
		answer(l, ev);
		break;
	default:
		break;
	}
}

void
link_read(struct link *l, struct mono now)
{
	struct client_event ev;
	struct err e;
	int rc = 0, i;

	for (i = 0; i < 64 && l->client != NULL; i++) {
		rc = client_receive(l->client, &ev, &e);
		if (rc <= 0)
			break;
		take(l, &ev);
	}
	if (rc < 0)
		drop(l, now);
}

bool
link_begin(struct link *l, enum verb verb)
{
	if (l->state != LINK_UP)
		return false;
	client_call(l->client, verb);
	l->acts = verbs[verb].audit == AUDIT_ALWAYS;
	return true;
}

void
link_pressed(struct link *l, struct mono key)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)key.us);
	client_with(l->client, PARAMETER_PRESSED, text);
}

uint32_t
link_send(struct link *l, link_answer_fn *fn, void *arg)
{
	uint32_t id = client_send(l->client);

	if (id != 0)
		vec_push(&l->open, ((struct link_call){ id, fn, arg, l->acts, false }));
	return id;
}

void
link_forget(struct link *l, const void *arg)
{
	size_t i;

	for (i = 0; i < l->open.n; i++)
		if (l->open.at[i].arg == arg)
			l->open.at[i].fn = NULL;
}

void
link_cancel(struct link *l, uint32_t id)
{
	if (l->state == LINK_UP && id != 0)
		client_cancel(l->client, id);
}

void
link_paced(struct link *l, uint32_t id)
{
	struct link_call *c = find(l, id);

	if (c != NULL)
		c->drawn = true;
}

void
link_more(struct link *l, uint32_t id)
{
	if (l->state == LINK_UP && find(l, id) != NULL)
		client_more(l->client, id);
}

void
link_drawn(struct link *l, uint32_t n)
{
	if (l->state == LINK_UP)
		client_drawn(l->client, n);
}
