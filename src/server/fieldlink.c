/* SPDX-License-Identifier: ISC */
#include "server/fieldlink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/log.h"
#include "server/changes.h"
#include "server/core.h"
#include "server/counters.h"
#include "server/swap.h"

#define MESSAGES_PER_TURN 64
#define PULSE_MS 5000
#define PLAN_S 2	/* that one message of a plan may wait for its reader */
#define PLANS_KEPT 16	/* that slow lines may still speak of */
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

static void
forget_before(struct fieldlink *f, size_t i)
{
	struct field_before *b = &f->before.at[i];

	free(b->tags);
	free(b->lines);
	free(b->devices);
	memmove(b, b + 1, (--f->before.n - i) * sizeof(*b));
}

void
fieldlink_fini(struct core *c)
{
	fieldlink_close(c);
	free(c->field.lines);
	free(c->field.devices);
	while (c->field.before.n > 0)
		forget_before(&c->field, 0);
	vec_free(&c->field.before);
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
	forget_queue(&c->field);
	while (c->field.before.n > 0)
		forget_before(&c->field, 0);
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

/* P20: a line that has not taken over the new plan yet speaks of the one
 * before. NONE: it is no more, or another one now. */
static uint32_t
now_called(const uint32_t *map, uint32_t n, uint32_t old, uint32_t most)
{
	uint32_t slot = map == NULL ? old : old < n ? map[old] : NONE;

	return slot < most ? slot : NONE;
}

static uint32_t
tag_now(const struct core *c, uint32_t tag)
{
	const struct field_before *b = c->field.speaks;

	return now_called(b != NULL ? b->tags : NULL, b != NULL ? b->n_tags : 0,
	    tag, c->live.n_tags);
}

/*
 * The plan of a message holds or held; speaks is set. What is said of one that
 * is forgotten cannot be understood, but the line believes that it was told:
 * field must begin anew, or a changed value would stand as it was, and good.
 */
static bool
find_plan(struct core *c, struct get *g, uint32_t plan)
{
	size_t i;

	c->field.speaks = NULL;
	if (g->bad || plan == c->field.plan)
		return !g->bad;
	for (i = 0; i < c->field.before.n; i++)
		if (c->field.before.at[i].plan == plan)
			c->field.speaks = &c->field.before.at[i];
	if (c->field.speaks == NULL) {
		log_warn("field speaks of plan %u, the last one is %u", plan,
		    c->field.plan);
		g->bad = true;
	}
	return !g->bad;
}

static void
on_blocks(struct core *c, struct get *g)
{
	uint32_t block, *tags, good_for, n_tags;
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
		for (i = 0, n_tags = 0; i < k; i++) {
			tags[n_tags] = tag_now(c, get_u32(g));
			if (tags[n_tags] != NONE)
				n_tags++;
			else
				g->bad |= c->field.speaks == NULL;
		}
		if (!g->bad)
			live_block(c, block, tags, n_tags,
			    (struct span){ good_for });
		free(tags);
	}
}

/* In the plan that holds every tag is one; in one before it may be gone. */
static bool
is_known(const struct core *c, struct get *g, uint32_t tag)
{
	g->bad |= tag == NONE && c->field.speaks == NULL;
	return !g->bad;
}

static void
on_values(struct core *c, struct get *g)
{
	char text[VALUE_TEXT_MAX + 1];
	struct value v;
	uint32_t tag;
	uint16_t n;

	for (n = get_u16(g); n > 0; n--) {
		tag = tag_now(c, get_u32(g));
		v = get_value(g, text);
		if (!is_known(c, g, tag))
			return;
		if (tag == NONE)
			continue;
		changes_sampled(c, tag, &v);
		counters_sampled(c, tag, &v);
		live_put(c, tag, &v);
		commands_shown(c, tag);
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
		tag = tag_now(c, get_u32(g));
		if (!is_known(c, g, tag))
			return;
		if (tag != NONE)
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

static uint32_t
line_now(const struct core *c, uint32_t line)
{
	const struct field_before *b = c->field.speaks;

	return now_called(b != NULL ? b->lines : NULL,
	    b != NULL ? b->n_lines : 0, line, c->plant->n_lines);
}

static uint32_t
device_now(const struct core *c, uint32_t device)
{
	const struct field_before *b = c->field.speaks;

	return now_called(b != NULL ? b->devices : NULL,
	    b != NULL ? b->n_devices : 0, device, c->plant->n_devices);
}

static void
on_line(struct core *c, struct get *g)
{
	struct field_line_state s;
	struct field_line *l;

	get_field_line_state(g, &s);
	if (!find_plan(c, g, s.plan))
		return;
	s.line = line_now(c, s.line);
	if (s.line == NONE)
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
	if (!find_plan(c, g, s.plan))
		return;
	s.device = device_now(c, s.device);
	if (s.device == NONE)
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

/* planned: begins with the number of its plan. */
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
		c->field.speaks = NULL;
		if (!table[i].planned || find_plan(c, g, get_u32(g)))
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

static uint32_t *
map_of(const struct slots *s, bool (*ends)(const struct slots *s, uint32_t new))
{
	uint32_t *map = xcalloc(s->n_old + 1, sizeof(*map)), i;

	for (i = 0; i < s->n_old; i++)
		map[i] = s->to[i] != NONE && ends(s, s->to[i]) ? NONE
							       : s->to[i];
	return map;
}

static bool
address_ends(const struct slots *s, uint32_t new)
{
	return difference_is(s, new, DIFFERENCE_OF_ADDRESS);
}

/* What a line or device that was defined otherwise says is of no interest. */
static bool
definition_ends(const struct slots *s, uint32_t new)
{
	return difference_is(s, new, DIFFERENCE_OF_DEFINITION);
}

static void
compose(uint32_t *map, uint32_t n, const uint32_t *next, uint32_t n_next)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		map[i] = map[i] < n_next ? next[map[i]] : NONE;
}

/* From here on the plan that was sent last is one before. */
static void
remember_plan(struct fieldlink *f, const struct swap *s)
{
	const struct slots *tags = swap_slots(s, DIFFERENCE_TAG),
			   *lines = swap_slots(s, DIFFERENCE_LINE),
			   *devices = swap_slots(s, DIFFERENCE_DEVICE);
	struct field_before now = { .plan = f->plan,
		.tags = map_of(tags, address_ends),
		.lines = map_of(lines, definition_ends),
		.devices = map_of(devices, definition_ends),
		.n_tags = tags->n_old,
		.n_lines = lines->n_old,
		.n_devices = devices->n_old };
	struct field_before *b;
	size_t i;

	for (i = 0; i < f->before.n; i++) {
		b = &f->before.at[i];
		compose(b->tags, b->n_tags, now.tags, now.n_tags);
		compose(b->lines, b->n_lines, now.lines, now.n_lines);
		compose(b->devices, b->n_devices, now.devices, now.n_devices);
	}
	if (f->before.n >= PLANS_KEPT)
		forget_before(f, 0);
	vec_push(&f->before, now);
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
		remember_plan(f, s);
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
