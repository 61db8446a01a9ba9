/* SPDX-License-Identifier: ISC */
#include "server/fieldlink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/log.h"
#include "server/core.h"

#define MESSAGES_PER_TURN 64
#define PULSE_MS 5000
#define PLAN_S 2	/* that one message of a plan may wait for its reader */

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
}

static int
transmit(struct core *c, const struct put *m)
{
	if (c->field.fd < 0 || m->full || c->field.lost)
		return -1;
	if (fd_send(c->field.fd, m->at, m->len, -1) < 0) {
		log_error("field does not read: %s", strerror(errno));
		c->field.lost = c->field.planning;
		return -1;
	}
	return 0;
}

static void
send_points(struct core *c)
{
	const struct plant *p = c->plant;
	static uint8_t room[FD_MESSAGE_MAX];
	struct put m = put_into(room, FIELD_ROOM);
	struct field_point f;
	uint16_t n = 0;
	uint32_t i;

	put_u8(&m, FIELD_POINTS);
	put_u16(&m, 0);
	for (i = 0; i < p->n_tags; i++) {
		const struct tag *t = &p->tags[i];

		if (t->source != SOURCE_DEVICE)
			continue;
		if (m.cap - m.len < FIELD_POINT_MAX) {
			put_u16_at(&m, 1, n);
			transmit(c, &m);
			m.len = 3;
			n = 0;
		}
		f = (struct field_point){ .slot = i,
			.group = t->point->together == 0 || t->object == NONE
			    ? 0
			    : t->object * 64 + (uint32_t)t->point->together,
			.period_ms = (uint32_t)p->polls[t->poll].every.ms,
			.has_range = t->has_range,
			.range = { t->min, t->max },
			.at = *t->point };
		put_field_point(&m, &f);
		n++;
	}
	put_u16_at(&m, 1, n);
	if (n > 0)
		transmit(c, &m);
}

void
fieldlink_plan(struct core *c)
{
	const struct plant *p = c->plant;
	static uint8_t room[FD_MESSAGE_MAX];
	struct put m = put_into(room, sizeof(room));
	uint32_t i, points = 0;

	for (i = 0; i < p->n_tags; i++)
		points += p->tags[i].source == SOURCE_DEVICE;
	live_no_blocks(c);
	put_u8(&m, FIELD_PLAN);
	put_u32(&m, ++c->field.plan);
	put_u32(&m, p->n_lines);
	put_u32(&m, p->n_devices);
	put_u32(&m, points);
	transmit(c, &m);
	for (i = 0; i < p->n_lines; i++) {
		m.len = 0;
		put_u8(&m, FIELD_LINE);
		put_line(&m, i, &p->lines[i]);
		transmit(c, &m);
	}
	for (i = 0; i < p->n_devices; i++) {
		m.len = 0;
		put_u8(&m, FIELD_DEVICE);
		put_device(&m, i, &p->devices[i]);
		transmit(c, &m);
	}
	send_points(c);
	m.len = 0;
	put_u8(&m, FIELD_START);
	put_u32(&m, c->field.plan);
	transmit(c, &m);
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
	fieldlink_plan(c);
	c->field.planning = false;
	fd_nonblock(fd, true);
	c->io.watch(c->io.arg, fd);
	if (c->field.lost)
		fieldlink_close(c);
}

static bool
of_device(const struct core *c, uint32_t tag, uint32_t device)
{
	const struct point *p = c->plant->tags[tag].point;

	return p != NULL && (device == NONE || p->device == device);
}

static void
worsen_device(struct core *c, uint32_t device, enum cause cause)
{
	uint32_t i;

	for (i = 0; i < c->plant->n_tags; i++)
		if (of_device(c, i, device))
			live_worsen(c, i, QUALITY_BAD, cause);
}

void
fieldlink_close(struct core *c)
{
	uint32_t i;

	if (c->field.fd < 0)
		return;
	c->io.forget(c->io.arg, c->field.fd);
	fd_close(&c->field.fd);
	worsen_device(c, NONE, CAUSE_COMM);
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

static void
on_blocks(struct core *c, struct get *g)
{
	uint32_t block, *tags, good_for;
	uint16_t n, k, i;

	for (n = get_u16(g); n > 0 && !g->bad; n--) {
		block = get_u32(g);
		get_u32(g);	/* its device */
		good_for = get_u32(g);
		k = get_u16(g);
		if (g->bad || (size_t)k * 4 > g->left || block > 1000000) {
			g->bad = true;
			return;
		}
		tags = xcalloc(k, sizeof(*tags));
		for (i = 0; i < k; i++) {
			tags[i] = get_u32(g);
			g->bad |= tags[i] >= c->live.n_tags;
		}
		if (!g->bad)
			live_block(c, block, tags, k,
			    (struct span){ good_for });
		free(tags);
	}
}

static void
on_values(struct core *c, struct get *g)
{
	char text[VALUE_TEXT_MAX + 1];
	struct value v;
	uint32_t tag;
	uint16_t n;

	for (n = get_u16(g); n > 0; n--) {
		tag = get_u32(g);
		v = get_value(g, text);
		if (g->bad || tag >= c->live.n_tags) {
			g->bad = true;
			return;
		}
		commands_sampled(c, tag, &v);
		live_put(c, tag, &v);
		live_block_value(c, tag);
	}
}

static void
on_alive(struct core *c, struct get *g)
{
	uint32_t block;
	uint16_t n;

	for (n = get_u16(g); n > 0; n--) {
		block = get_u32(g);
		live_block_alive(c, block, get_wall(g));
	}
}

static void
on_marks(struct core *c, struct get *g)
{
	enum quality q = (enum quality)get_u8(g);
	enum cause cause = (enum cause)get_u8(g);
	uint32_t tag;
	uint16_t n;

	get_wall(g);
	if (q > QUALITY_BAD || cause > CAUSE_RANGE) {
		g->bad = true;
		return;
	}
	for (n = get_u16(g); n > 0; n--) {
		tag = get_u32(g);
		if (g->bad || tag >= c->live.n_tags) {
			g->bad = true;
			return;
		}
		live_worsen(c, tag, q, cause);
	}
}

/* A device that was not asked since its line came is not silent. */
static bool
is_silent(const struct field_device *d)
{
	return d->condition != FIELD_DEVICE_OK &&
	    d->condition != FIELD_DEVICE_LINE;
}

/* P6: a silent line is one alarm; a device alone its own. */
static void
comm_alarms(struct core *c, uint32_t line)
{
	const struct plant *p = c->plant;
	bool up = c->field.lines[line].up;
	uint32_t i;

	alarms_system(c, p->lines[line].comm_alarm, !up);
	for (i = 0; i < p->n_devices; i++)
		if (p->devices[i].line == line)
			alarms_system(c, p->devices[i].comm_alarm,
			    up && is_silent(&c->field.devices[i]));
}

static void
on_line(struct core *c, struct get *g)
{
	struct field_line_state s;
	struct field_line *l;

	get_field_line_state(g, &s);
	if (g->bad || s.plan != c->field.plan || s.line >= c->plant->n_lines)
		return;
	l = &c->field.lines[s.line];
	l->up = s.up;
	l->path = s.path;
	l->since = s.time;
	str_copy(l->text, s.text, sizeof(l->text));
	comm_alarms(c, s.line);
}

static void
on_device(struct core *c, struct get *g)
{
	struct field_device_state s;
	struct field_device *d;

	get_field_device_state(g, &s);
	if (g->bad || s.plan != c->field.plan ||
	    s.device >= c->plant->n_devices)
		return;
	d = &c->field.devices[s.device];
	d->condition = s.condition;
	d->since = s.time;
	str_copy(d->text, s.text, sizeof(d->text));
	if (s.condition != FIELD_DEVICE_OK)
		worsen_device(c, s.device,
		    field_condition_cause(
			(enum field_device_condition)s.condition));
	comm_alarms(c, c->plant->devices[s.device].line);
}

static void
on_result(struct core *c, struct get *g)
{
	struct field_result r;

	get_field_result(g, &r);
	if (!g->bad)
		commands_result(c, &r);
}

static void
on_cleared(struct core *c, struct get *g)
{
	struct field_cleared r;

	get_field_cleared(g, &r);
	if (!g->bad)
		commands_cleared(c, &r);
}

static void
on_stats(struct core *c, struct get *g)
{
	struct field_stats s;

	get_field_stats(g, &s);
	if (!g->bad && s.plan == c->field.plan && s.line < c->plant->n_lines)
		c->field.lines[s.line].stats = s;
}

static void
on_pulse(struct core *c, struct get *g)
{
	get_field_pulse(g, &c->field.pulse);
	c->field.pulsed = c->now;
}

static void
on_ready(struct core *c, struct get *g)
{
	(void)c;
	g->bad |= get_u16(g) != FIELD_VERSION;
}

/* planned: begins with the number of its plan; of an old one it is dropped. */
static const struct {
	enum field_message type;
	bool planned;
	void (*take)(struct core *c, struct get *g);
} table[] = {
	{ FIELD_READY, false, on_ready },
	{ FIELD_BLOCKS, true, on_blocks },
	{ FIELD_VALUES, true, on_values },
	{ FIELD_ALIVE, true, on_alive },
	{ FIELD_MARKS, true, on_marks },
	{ FIELD_STATE_LINE, false, on_line },
	{ FIELD_STATE_DEVICE, false, on_device },
	{ FIELD_RESULT, false, on_result },
	{ FIELD_CLEARED, false, on_cleared },
	{ FIELD_STATS, false, on_stats },
	{ FIELD_PULSE, false, on_pulse },
};

static bool
take(struct core *c, struct get *g)
{
	uint8_t type = get_u8(g);
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].type != type)
			continue;
		if (table[i].planned && get_u32(g) != c->field.plan)
			return !g->bad;
		table[i].take(c, g);
		return !g->bad;
	}
	return false;
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
		if (n > 0 && take(c, &g))
			continue;
		if (n > 0)
			log_error("field sent a wrong message %u", room[0]);
		fieldlink_close(c);
	}
}
