/* SPDX-License-Identifier: ISC */
#include "wire/client.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"

struct client {
	int fd;
	uint32_t next_id;
	uint16_t n_parameters;
	bool broken;		/* the call under construction is too long */
	struct put call;
	struct get body;	/* of the last event */
	unsigned left, cells;	/* rows or values not yet read */
	char text[1024];	/* of the last event */
	char *row;		/* texts of the last row */
	uint8_t out[FD_MESSAGE_MAX], in[FD_MESSAGE_MAX];
};

#define CALL_COUNT_AT 7		/* offset of n in a CALL */
#define ROW_ROOM (2 * FD_MESSAGE_MAX)

struct client *
client_new(int fd)
{
	struct client *c = xcalloc(1, sizeof(*c));

	c->fd = fd;
	c->next_id = 1;
	c->row = xmalloc(ROW_ROOM);
	return c;
}

struct client *
client_connect(const char *path, struct err *e)
{
	int fd = fd_connect_unix(path, e);

	return fd < 0 ? NULL : client_new(fd);
}

void
client_free(struct client *c)
{
	if (c == NULL)
		return;
	fd_close(&c->fd);
	free(c->row);
	free(c);
}

int
client_fd(const struct client *c)
{
	return c->fd;
}

int
client_take_fd(struct client *c)
{
	int fd = c->fd;

	c->fd = -1;
	return fd;
}

static struct put
start(struct client *c, enum message type)
{
	struct put p = put_into(c->out, sizeof(c->out));

	put_u8(&p, (uint8_t)type);
	return p;
}

static int
transmit(struct client *c, const struct put *p)
{
	if (p->full || c->fd < 0)
		return -1;
	return fd_send(c->fd, p->at, p->len, -1) == (ssize_t)p->len ? 0 : -1;
}

int
client_hello(struct client *c, const char *program)
{
	struct put p = start(c, MESSAGE_HELLO);

	put_u16(&p, WIRE_VERSION);
	put_text(&p, program);
	return transmit(c, &p);
}

int
client_probe(struct client *c, const char *user, const char *key)
{
	struct put p = start(c, MESSAGE_PROBE);

	put_text(&p, user);
	put_text(&p, key);
	return transmit(c, &p);
}

int
client_login(struct client *c, const char *user, const char *key,
    const char *from, const char *term)
{
	struct put p = start(c, MESSAGE_LOGIN);

	put_text(&p, user);
	put_text(&p, key);
	put_text(&p, from);
	put_text(&p, term);
	return transmit(c, &p);
}

/* Sends, and leaves no trace of it here. */
static int
transmit_secret(struct client *c, uint8_t *room, size_t cap, struct put *p)
{
	int rc = transmit(c, p);

	explicit_bzero(room, cap);
	return rc;
}

int
client_password(struct client *c, const char *user, const char *from,
    const char *term, const char *password)
{
	uint8_t room[1024];
	struct put p = put_into(room, sizeof(room));

	put_u8(&p, MESSAGE_PASSWORD);
	put_text(&p, user);
	put_text(&p, from);
	put_text(&p, term);
	put_text(&p, password);
	return transmit_secret(c, room, sizeof(room), &p);
}

int
client_secret(struct client *c, enum secret which, const char *text)
{
	uint8_t room[512];	/* a call is being built in c->out */
	struct put p = put_into(room, sizeof(room));

	put_u8(&p, MESSAGE_SECRET);
	put_u8(&p, (uint8_t)which);
	put_text(&p, text);
	return transmit_secret(c, room, sizeof(room), &p);
}

int
client_local(struct client *c, const char *tty, const char *term)
{
	struct put p = start(c, MESSAGE_LOCAL);

	put_text(&p, tty);
	put_text(&p, term);
	return transmit(c, &p);
}

int
client_resume(struct client *c, const char *ticket, const char *from,
    const char *term)
{
	struct put p = start(c, MESSAGE_RESUME);

	put_text(&p, ticket);
	put_text(&p, from);
	put_text(&p, term);
	return transmit(c, &p);
}

/* The messages that are a type and one number. */
static int
number(struct client *c, enum message type, uint32_t n)
{
	struct put p = start(c, type);

	put_u32(&p, n);
	return transmit(c, &p);
}

int
client_more(struct client *c, uint32_t id)
{
	return number(c, MESSAGE_MORE, id);
}

int
client_cancel(struct client *c, uint32_t id)
{
	return number(c, MESSAGE_CANCEL, id);
}

int
client_drawn(struct client *c, uint32_t n)
{
	return number(c, MESSAGE_DRAWN, n);
}

int
client_feed(struct client *c, uint32_t id, const void *bytes, size_t n)
{
	struct put p = start(c, MESSAGE_FEED);

	put_u32(&p, id);
	put_bytes(&p, bytes, n);
	return transmit(c, &p);
}

void
client_call(struct client *c, enum verb verb)
{
	c->call = start(c, MESSAGE_CALL);
	c->n_parameters = 0;
	c->broken = false;
	put_u32(&c->call, c->next_id);
	put_u16(&c->call, (uint16_t)verb);
	put_u16(&c->call, 0);
}

void
client_with(struct client *c, enum parameter which, const char *text)
{
	if (text == NULL)
		return;
	if (c->n_parameters == WIRE_PARAMETERS)
		c->broken = true;
	put_u8(&c->call, (uint8_t)which);
	put_text(&c->call, text);
	c->n_parameters++;
}

uint32_t
client_send(struct client *c)
{
	uint32_t id = c->next_id++;

	put_u16_at(&c->call, CALL_COUNT_AT, c->n_parameters);
	if (c->broken || transmit(c, &c->call) < 0)
		return 0;
	return id;
}

/* Decodes what stands in c->in behind the type byte. */
static int
decode(struct client *c, struct client_event *ev, struct err *e)
{
	struct get *g = &c->body;

	ev->text = c->text;
	c->text[0] = '\0';
	c->left = 0;
	switch (ev->type) {
	case MESSAGE_GREETING:
		ev->version = get_u16(g);
		get_text(g, c->text, 200);
		get_text(g, ev->welcome.plant, sizeof(ev->welcome.plant));
		break;
	case MESSAGE_PROBED:
		ev->code = get_u8(g);
		break;
	case MESSAGE_WELCOME:
		get_welcome(g, &ev->welcome);
		break;
	case MESSAGE_REFUSED:
		ev->code = get_u8(g);
		get_text(g, c->text, sizeof(c->text));
		break;
	case MESSAGE_END:
		ev->id = get_u32(g);
		ev->code = get_u8(g);
		get_text(g, c->text, sizeof(c->text));
		break;
	case MESSAGE_ROWS:
		ev->id = get_u32(g);
		ev->flags = get_u8(g);
		ev->rows = c->left = get_u16(g);
		ev->cells = c->cells = get_u8(g);
		return g->bad ? err_set(e, "the server sent a torn page") : 0;
	case MESSAGE_UPDATE:
		ev->n = get_u32(g);
		ev->id = get_u32(g);
		ev->rows = c->left = get_u16(g);
		return g->bad ? err_set(e, "the server sent a torn update") : 0;
	case MESSAGE_BEAT:
		get_beat(g, &ev->beat);
		break;
	case MESSAGE_NOTICE:
		get_notice(g, &ev->notice);
		break;
	default:
		return err_set(
		    e, "the server sent an unknown message %d", ev->type);
	}
	return get_done(g) ? 0
			   : err_set(e, "the server sent a wrong message %d",
				 ev->type);
}

int
client_receive(struct client *c, struct client_event *ev, struct err *e)
{
	ssize_t n;

	memset(ev, 0, sizeof(*ev));
	if (c->fd < 0)
		return err_set(e, "not connected");
	n = fd_receive(c->fd, c->in, sizeof(c->in), NULL);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return 0;
	if (n <= 0)
		return n == 0 ? err_set(e, "the server closed the connection")
			      : err_sys(e, "the server is gone");
	c->body = get_from(c->in, (size_t)n);
	ev->type = (enum message)get_u8(&c->body);
	return decode(c, ev, e) < 0 ? -1 : 1;
}

bool
client_skip_beats(struct client *c)
{
	uint8_t type;
	ssize_t n;

	for (;;) {
		n = recv(c->fd, &type, 1, MSG_PEEK | MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return false;
		if (n <= 0 || (type != MESSAGE_BEAT && type != MESSAGE_NOTICE))
			return true;
		recv(c->fd, &type, 1, MSG_DONTWAIT);	/* all of it goes */
	}
}

bool
client_row(struct client *c, struct cell *cells)
{
	size_t at = 0;
	unsigned i;

	if (c->left == 0)
		return false;
	c->left--;
	for (i = 0; i < c->cells; i++) {
		cells[i] = get_cell(&c->body, c->row + at, ROW_ROOM - at);
		if (cells[i].type == CELL_TEXT || cells[i].type == CELL_FLAGS)
			at += strlen(cells[i].as.text) + 1;
	}
	return !c->body.bad;
}

bool
client_value(struct client *c, uint32_t *i, struct value *v)
{
	if (c->left == 0)
		return false;
	c->left--;
	*i = get_u32(&c->body);
	*v = get_value(&c->body, c->row);
	return !c->body.bad;
}
