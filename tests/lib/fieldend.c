/* SPDX-License-Identifier: ISC */
#include "fieldend.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fd.h"
#include "field/field.h"

static void *
run(void *arg)
{
	struct fieldend *f = arg;
	struct err e = { "" };

	f->rc = field_run(f->other, &e);
	if (f->rc < 0)
		fprintf(stderr, "# field: %s\n", e.text);
	fd_close(&f->other);
	return NULL;
}

static void
send_message(struct fieldend *f, const struct put *p)
{
	struct pollfd pfd = { f->fd, POLLOUT, 0 };

	if (p->full)
		abort();
	while (fd_send(f->fd, p->at, p->len, -1) < 0)
		poll(&pfd, 1, 100);
}

struct fieldend *
fieldend_new(void)
{
	struct fieldend *f = calloc(1, sizeof(*f));
	uint8_t room[16];
	struct put p = put_into(room, sizeof(room));
	int pair[2];

	if (f == NULL || fd_pair(pair) < 0)
		abort();
	f->fd = pair[0];
	f->other = pair[1];
	if (pthread_create(&f->thread, NULL, run, f) != 0)
		abort();
	put_u8(&p, FIELD_HELLO);
	put_u16(&p, FIELD_VERSION);
	send_message(f, &p);
	return f;
}

void
fieldend_free(struct fieldend *f)
{
	fd_close(&f->fd);
	pthread_join(f->thread, NULL);
	if (f->rc != 0)
		abort();
	free(f);
}

struct line *
fieldend_line(struct fieldend *f, const char *name, uint16_t port)
{
	struct line *l = &f->lines[f->n_lines++];

	*l = (struct line){ .name = name, .n_to = 1, .timeout = { 200 },
		.connect_timeout = { 500 }, .backoff = { { 50 }, { 200 } } };
	l->to[0] = (struct path){ .transport = TRANSPORT_TCP,
		.host = "127.0.0.1", .port = port, .text = "tcp:test" };
	return l;
}

struct device *
fieldend_device(struct fieldend *f, const char *name)
{
	struct device *d = &f->devices[f->n_devices++];

	*d = (struct device){ .name = name, .line = f->n_lines - 1, .unit = 1,
		.max_registers = 120, .max_bits = 2000, .max_hole = 8,
		.pipeline = 1, .probe = { 300 } };
	return d;
}

static unsigned
registers_of(enum kind kind)
{
	static const unsigned registers[] = {
#define X(id, name, n) n,
		KINDS(X)
#undef X
	};

	return registers[kind];
}

struct field_point *
fieldend_point(
    struct fieldend *f, enum space space, uint16_t address, enum kind kind)
{
	struct field_point *p = &f->points[f->n_points];

	*p = (struct field_point){ .slot = f->n_points, .period_ms = 20,
		.at = { .device = f->n_devices - 1, .address = address,
		    .space = (uint8_t)space, .bit = NO_BIT,
		    .kind = (uint8_t)kind,
		    .registers = (uint8_t)registers_of(kind) } };
	f->n_points++;
	return p;
}

static void
send_points(struct fieldend *f)
{
	static uint8_t room[FD_MESSAGE_MAX];
	struct put p = put_into(room, FIELD_ROOM);
	uint32_t i;

	put_u8(&p, FIELD_POINTS);
	put_u16(&p, (uint16_t)f->n_points);
	for (i = 0; i < f->n_points; i++)
		put_field_point(&p, &f->points[i]);
	send_message(f, &p);
}

void
fieldend_start(struct fieldend *f, uint32_t plan)
{
	uint8_t room[4096];
	struct put p = put_into(room, sizeof(room));
	uint32_t i;

	f->plan = plan;
	put_u8(&p, FIELD_PLAN);
	put_u32(&p, plan);
	put_u32(&p, f->n_lines);
	put_u32(&p, f->n_devices);
	put_u32(&p, f->n_points);
	send_message(f, &p);
	for (i = 0; i < f->n_lines; i++) {
		p = put_into(room, sizeof(room));
		put_u8(&p, FIELD_LINE);
		put_line(&p, i, &f->lines[i]);
		send_message(f, &p);
	}
	for (i = 0; i < f->n_devices; i++) {
		p = put_into(room, sizeof(room));
		put_u8(&p, FIELD_DEVICE);
		put_device(&p, i, &f->devices[i]);
		send_message(f, &p);
	}
	send_points(f);
	p = put_into(room, sizeof(room));
	put_u8(&p, FIELD_START);
	put_u32(&p, plan);
	send_message(f, &p);
}

void
fieldend_beat(struct fieldend *f, uint16_t life, bool control)
{
	uint8_t room[16];
	struct put p = put_into(room, sizeof(room));

	put_u8(&p, FIELD_BEAT);
	put_u16(&p, life);
	put_u8(&p, control);
	send_message(f, &p);
}

struct field_job
fieldend_job(
    const struct fieldend *f, uint64_t id, uint32_t slot, uint16_t value)
{
	struct field_job j = { .id = id, .plan = f->plan, .slot = slot,
		.object = NONE, .kind = FIELD_LEVEL, .taken_ms = 300,
		.at = f->points[slot].at };

	j.deadline = mono_add(clock_mono(), (struct span){ 5000 });
	j.registers[0] = value;
	return j;
}

void
fieldend_send(struct fieldend *f, const struct field_job *j)
{
	uint8_t room[1024];
	struct put p = put_into(room, sizeof(room));

	put_u8(&p, FIELD_JOB);
	put_field_job(&p, j);
	send_message(f, &p);
}

const struct field_result *
fieldend_result(const struct fieldend *f, uint64_t id)
{
	unsigned i;

	for (i = 0; i < f->n_results; i++) {
		if (f->results[i].id == id)
			return &f->results[i];
	}
	return NULL;
}

bool
fieldend_good(const struct fieldend *f, uint32_t slot, double value)
{
	const struct end_tag *t = &f->tags[slot];

	return t->n > 0 && value_is_good(&t->v) &&
	    value_number(&t->v) == value;
}

static void
on_values(struct fieldend *f, struct get *g)
{
	unsigned n = get_u16(g);

	while (n-- > 0 && !g->bad) {
		uint32_t slot = get_u32(g);
		char text[VALUE_TEXT_MAX + 1];
		struct value v = get_value(g, text);
		struct end_tag *t = &f->tags[slot % END_SLOTS];

		t->v = v;
		memcpy(t->text, text, sizeof(text));
		t->alive = v.time;
		t->n++;
		if (f->device[f->points[slot].at.device].condition !=
		    FIELD_DEVICE_OK)
			f->broken++;	/* no value before OK */
		if (f->truth != NULL && value_is_good(&v) &&
		    !f->truth(f->context, slot, value_number(&v)))
			f->lies++;
	}
}

static void
on_alive(struct fieldend *f, struct get *g)
{
	unsigned n = get_u16(g), i;

	while (n-- > 0 && !g->bad) {
		struct end_block *b = &f->blocks[get_u32(g) % END_BLOCKS];
		struct wall t = get_wall(g);

		f->alives++;
		for (i = 0; i < b->n; i++)
			f->tags[b->slots[i]].alive = t;
		if (b->n == 0)
			f->broken++;
	}
}

static void
on_blocks(struct fieldend *f, struct get *g)
{
	unsigned n = get_u16(g), i;

	while (n-- > 0 && !g->bad) {
		struct field_block w;
		struct end_block *b;

		get_field_block(g, &w);
		b = &f->blocks[w.block % END_BLOCKS];
		b->device = w.device;
		b->good_for_ms = w.good_for_ms;
		b->n = w.n_slots;
		for (i = 0; i < w.n_slots; i++)
			b->slots[i % END_SLOTS] = get_u32(g);
	}
}

static void
on_marks(struct fieldend *f, struct get *g)
{
	uint8_t quality = get_u8(g), cause = get_u8(g);
	struct wall t = get_wall(g);
	unsigned n = get_u16(g);

	(void)t;
	while (n-- > 0 && !g->bad) {
		struct end_tag *tag = &f->tags[get_u32(g) % END_SLOTS];

		tag->v.quality = quality;
		tag->v.cause = cause;
		f->marks++;
	}
}

static void
on_device(struct fieldend *f, struct get *g)
{
	struct field_device_state s;
	uint32_t i;

	get_field_device_state(g, &s);
	f->device[s.device] = s;
	f->device_messages[s.device]++;
	f->conditions[f->n_conditions++ % sizeof(f->conditions)] = s.condition;
	for (i = 0; i < f->n_points && s.condition != FIELD_DEVICE_OK; i++) {
		if (f->points[i].at.device != s.device)
			continue;
		f->tags[i].v.quality = QUALITY_BAD;
		f->tags[i].v.cause =
		    (uint8_t)field_condition_cause(s.condition);
	}
}

static void
on_line(struct fieldend *f, struct get *g)
{
	struct field_line_state s;

	get_field_line_state(g, &s);
	f->line[s.line] = s;
	f->line_messages[s.line]++;
}

static void
on_stats(struct fieldend *f, struct get *g)
{
	struct field_stats s;

	get_field_stats(g, &s);
	f->stats[s.line] = s;
}

/* Messages of a plan that does not hold any more are dropped. */
static bool
is_old(const struct fieldend *f, enum field_message type, struct get g)
{
	return (type >= FIELD_BLOCKS && type <= FIELD_STATE_DEVICE) &&
	    get_u32(&g) != f->plan;
}

static void
on_message(struct fieldend *f, struct get *g)
{
	enum field_message type = get_u8(g);

	if (is_old(f, type, *g))
		return;
	if (type >= FIELD_BLOCKS && type <= FIELD_MARKS)
		get_u32(g);
	switch (type) {
	case FIELD_READY:
		f->ready = get_u16(g) == FIELD_VERSION;
		break;
	case FIELD_BLOCKS:
		on_blocks(f, g);
		break;
	case FIELD_VALUES:
		on_values(f, g);
		break;
	case FIELD_ALIVE:
		on_alive(f, g);
		break;
	case FIELD_MARKS:
		on_marks(f, g);
		break;
	case FIELD_STATE_LINE:
		on_line(f, g);
		break;
	case FIELD_STATE_DEVICE:
		on_device(f, g);
		break;
	case FIELD_RESULT:
		get_field_result(g, &f->results[f->n_results++ % END_RESULTS]);
		break;
	case FIELD_CLEARED:
		get_field_cleared(g, &f->cleared[f->n_cleared++ % 8]);
		break;
	case FIELD_STATS:
		on_stats(f, g);
		break;
	case FIELD_PULSE:
		get_field_pulse(g, &f->pulse);
		break;
	default:
		f->broken++;
	}
	if (!get_done(g))
		f->broken++;
}

void
fieldend_take(struct fieldend *f, int ms)
{
	static uint8_t room[FD_MESSAGE_MAX];
	struct pollfd pfd = { f->fd, POLLIN, 0 };
	int64_t end = clock_mono().us + ms * 1000, left;
	int passed;

	while ((left = end - clock_mono().us) > 0) {
		ssize_t n;
		struct get g;

		if (poll(&pfd, 1, (int)(left / 1000 + 1)) <= 0)
			continue;
		n = fd_receive(f->fd, room, sizeof(room), &passed);
		if (n == 0) {
			f->closed = true;
			return;
		}
		g = get_from(room, n > 0 ? (size_t)n : 0);
		if (n > 0)
			on_message(f, &g);
	}
}
