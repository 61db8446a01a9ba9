/* SPDX-License-Identifier: ISC */
#include "server/fieldlink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/log.h"
#include "server/core.h"
#include "server/fieldheard.h"
#include "server/swap.h"

#define MESSAGES_PER_TURN 64
#define PULSE_MS 5000
#define PLAN_S 2	/* that one message of a plan may wait for its reader */
#define PUMP_MS 2	/* between attempts to send what found no room */

void
fieldlink_init(struct core *c)
{
	struct fieldlink *f = &c->field;
	uint32_t i;

	f->fd = -1;
	f->lines = xcalloc(c->plant->n_lines, sizeof(*f->lines));
	f->devices = xcalloc(c->plant->n_devices, sizeof(*f->devices));
	for (i = 0; i < c->plant->n_devices; i++)
		f->devices[i].condition = FIELD_DEVICE_LINE;
}

void
fieldlink_fini(struct core *c)
{
	fieldlink_close(c);
	free(c->field.lines);
	free(c->field.devices);
	fieldpast_fini(&c->field.past);
}

/* Messages that found no room wait, in order; others behind them. */
static void
queue(struct core *c, uint8_t *bytes, size_t len)
{
	struct fieldlink *f = &c->field;

	if (f->queue.n == f->sent) {
		f->queue.n = f->sent = 0;
		f->moved = c->now;
	}
	vec_push(&f->queue, ((struct field_bytes){ bytes, len }));
}

static bool
is_queued(const struct core *c)
{
	return c->field.sent < c->field.queue.n;
}

static int
transmit(struct core *c, const struct put *m)
{
	uint8_t *copy;

	if (c->field.fd < 0 || m->full || c->field.lost)
		return -1;
	if (is_queued(c)) {
		copy = xmalloc(m->len);
		memcpy(copy, m->at, m->len);
		queue(c, copy, m->len);
		return 0;
	}
	if (fd_send(c->field.fd, m->at, m->len, -1) < 0) {
		log_error("field does not read: %s", strerror(errno));
		c->field.lost = c->field.planning;
		return -1;
	}
	return 0;
}

static void
forget_queue(struct fieldlink *f)
{
	for (; f->sent < f->queue.n; f->sent++)
		free(f->queue.at[f->sent].at);
	vec_free(&f->queue);
	f->sent = 0;
}

void
fieldlink_pump(struct core *c)
{
	struct fieldlink *f = &c->field;
	struct field_bytes *b;

	while (f->fd >= 0 && is_queued(c)) {
		b = &f->queue.at[f->sent];
		if (fd_send(f->fd, b->at, b->len, -1) < 0)
			break;
		free(b->at);
		f->sent++;
		f->moved = c->now;
	}
	if (!is_queued(c))
		return;
	if (mono_since(c->now, f->moved).ms > PLAN_S * 1000) {
		log_error("field does not read its new plan");
		fieldlink_close(c);
		return;
	}
	timers_add(&c->timers, TIMER_FIELD, 0,
	    mono_add(c->now, (struct span){ PUMP_MS }));
}

static void
transmit_bytes(struct core *c, const struct field_bytes *b)
{
	struct put m = put_into(b->at, b->len);

	m.len = b->len;
	transmit(c, &m);
}

/* The whole plan at once: field has just started and reads nothing else. */
static void
send_plan(struct core *c)
{
	uint8_t room[32];
	struct put m = put_into(room, sizeof(room));
	struct fieldplan plan;
	size_t i;

	fieldplan_make(&plan, c->plant);
	live_no_blocks(c);
	fieldplan_head(&plan, ++c->field.plan, &m);
	transmit(c, &m);
	for (i = 0; i < plan.messages.n; i++)
		transmit_bytes(c, &plan.messages.at[i]);
	m.len = 0;
	fieldplan_start(c->field.plan, &m);
	transmit(c, &m);
	fieldplan_free(&plan);
}

void
fieldlink_open(struct core *c, int fd)
{
	uint8_t room[8];
	struct put m = put_into(room, sizeof(room));
	struct timeval patience = { .tv_sec = PLAN_S };
	int bytes = 4 << 20;

	fieldlink_close(c);
	c->field.fd = fd;
	c->field.planning = true;
	c->field.lost = false;
	/* a plan of 100,000 points must fit while field starts */
	setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof(bytes));
	setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
	c->field.pulsed = c->now;
	/* the plan waits for its reader, but not for one that hangs (I8) */
	setsockopt(
	    fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	fd_nonblock(fd, false);
	put_u8(&m, FIELD_HELLO);
	put_u16(&m, FIELD_VERSION);
	transmit(c, &m);
	send_plan(c);
	c->field.planning = false;
	fd_nonblock(fd, true);
	c->io.watch(c->io.arg, fd);
	if (c->field.lost)
		fieldlink_close(c);
}

void
fieldlink_close(struct core *c)
{
	uint32_t i;

	if (c->field.fd < 0)
		return;
	c->io.forget(c->io.arg, c->field.fd);
	fd_close(&c->field.fd);
	forget_queue(&c->field);
	fieldpast_fini(&c->field.past);
	live_worsen_device(c, NONE, CAUSE_COMM);
	live_no_blocks(c);
	for (i = 0; i < c->plant->n_devices; i++)
		c->field.devices[i].condition = FIELD_DEVICE_LINE;
	for (i = 0; i < c->plant->n_lines; i++)
		c->field.lines[i].up = false;
	commands_lost(c, "the field process ended");
}

void
fieldlink_beat(struct core *c)
{
	uint8_t room[8];
	struct put m = put_into(room, sizeof(room));

	put_u8(&m, FIELD_BEAT);
	put_u16(&m, ++c->field.life);
	put_u8(&m, control_is_taken(c));
	if (c->field.fd >= 0)
		transmit(c, &m);
}

int
fieldlink_job(struct core *c, const struct field_job *j)
{
	uint8_t room[1024];
	struct put m = put_into(room, sizeof(room));

	put_u8(&m, FIELD_JOB);
	put_field_job(&m, j);
	return transmit(c, &m);
}

bool
fieldlink_is_alive(const struct core *c)
{
	return c->field.fd >= 0 &&
	    mono_since(c->now, c->field.pulsed).ms < PULSE_MS;
}

void
fieldlink_read(struct core *c)
{
	static uint8_t room[FD_MESSAGE_MAX];
	struct get g;
	ssize_t n;
	int i;

	for (i = 0; i < MESSAGES_PER_TURN && c->field.fd >= 0; i++) {
		n = fd_receive(c->field.fd, room, sizeof(room), NULL);
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		g = get_from(room, n > 0 ? (size_t)n : 0);
		if (n > 0 && fieldheard_take(c, &g))
			continue;
		if (n > 0)
			log_error("field sent a wrong message %u", room[0]);
		fieldlink_close(c);
	}
}

/* What is known of lines and devices goes on under their new numbers. */
static void
move_states(struct fieldlink *f, const struct swap *s)
{
	const struct slots *lines = swap_slots(s, DIFFERENCE_LINE),
			   *devices = swap_slots(s, DIFFERENCE_DEVICE);
	struct field_line *l = xcalloc(lines->n_new, sizeof(*l));
	struct field_device *d = xcalloc(devices->n_new, sizeof(*d));
	uint32_t i;

	for (i = 0; i < lines->n_new; i++)
		if (lines->from[i] != NONE)
			l[i] = f->lines[lines->from[i]];
	for (i = 0; i < devices->n_new; i++)
		if (devices->from[i] != NONE)
			d[i] = f->devices[devices->from[i]];
		else
			d[i].condition = FIELD_DEVICE_LINE;
	free(f->lines);
	free(f->devices);
	f->lines = l;
	f->devices = d;
}

static void
queue_put(struct core *c, const struct put *m)
{
	uint8_t *copy = xmalloc(m->len);

	memcpy(copy, m->at, m->len);
	queue(c, copy, m->len);
}

void
fieldlink_swap(struct core *c, struct swap *s)
{
	struct fieldlink *f = &c->field;
	uint8_t room[32];
	struct put m = put_into(room, sizeof(room));
	size_t i;

	if (f->fd >= 0)
		fieldpast_add(&f->past, f->plan, s);
	move_states(f, s);
	f->plan++;
	if (f->fd < 0)
		return;		/* the next field gets it when it comes */
	fieldplan_head(&s->field, f->plan, &m);
	queue_put(c, &m);
	for (i = 0; i < s->field.messages.n; i++) {
		queue(c, s->field.messages.at[i].at,
		    s->field.messages.at[i].len);
		s->field.messages.at[i].at = NULL;
	}
	m.len = 0;
	fieldplan_start(f->plan, &m);
	queue_put(c, &m);
	fieldlink_pump(c);
}
