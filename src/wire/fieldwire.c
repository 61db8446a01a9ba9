/* SPDX-License-Identifier: ISC */
#include "wire/fieldwire.h"

#include <math.h>
#include <string.h>

static const struct {
	const char *name;
	enum cause cause;
} conditions[] = {
#define X(id, name, cause) { name, CAUSE_##cause },
	FIELD_DEVICE_STATES(X)
#undef X
};

enum cause
field_condition_cause(enum field_device_condition c)
{
	return conditions[c].cause;
}

const char *
field_condition_name(enum field_device_condition c)
{
	return conditions[c].name;
}

const char *
field_outcome_name(enum field_outcome o)
{
	static const char *const names[] = {
#define X(id, name) name,
		FIELD_OUTCOMES(X)
#undef X
	};

	return names[o];
}

static void
put_span(struct put *p, struct span d)
{
	put_i64(p, d.ms);
}

/* A duration between 0 and a day. */
static struct span
get_span(struct get *g)
{
	struct span d = { get_i64(g) };

	if (d.ms < 0 || d.ms > 86400000) {
		g->bad = true;
		d.ms = 0;
	}
	return d;
}

static bool
get_bool(struct get *g)
{
	uint8_t n = get_u8(g);

	if (n > 1)
		g->bad = true;
	return n == 1;
}

/* A number below end, else the message is bad. */
static uint8_t
get_below(struct get *g, unsigned end)
{
	uint8_t n = get_u8(g);

	if (n >= end) {
		g->bad = true;
		n = 0;
	}
	return n;
}

static const char *
get_kept(struct get *g, struct arena *a)
{
	char text[512];

	get_text(g, text, sizeof(text));
	return arena_text(a, text);
}

static void
put_path(struct put *p, const struct path *to)
{
	put_u8(p, (uint8_t)to->transport);
	put_text(p, to->host);
	put_u16(p, to->port);
	put_u32(p, to->baud);
	put_u8(p, (uint8_t)to->parity);
	put_u8(p, to->data_bits);
	put_u8(p, to->stop_bits);
	put_text(p, to->text);
}

static void
get_path(struct get *g, struct path *to, struct arena *a)
{
	to->transport = get_below(g, TRANSPORT_RTU_TCP + 1);
	to->host = get_kept(g, a);
	to->port = get_u16(g);
	to->baud = get_u32(g);
	to->parity = (char)get_u8(g);
	to->data_bits = get_u8(g);
	to->stop_bits = get_u8(g);
	to->text = get_kept(g, a);
}

void
put_line(struct put *p, uint32_t index, const struct line *l)
{
	unsigned i;

	put_u32(p, index);
	put_text(p, l->name);
	put_u8(p, (uint8_t)l->n_to);
	for (i = 0; i < l->n_to; i++)
		put_path(p, &l->to[i]);
	put_span(p, l->timeout);
	put_span(p, l->connect_timeout);
	put_span(p, l->gap);
	put_span(p, l->backoff[0]);
	put_span(p, l->backoff[1]);
}

void
get_line(struct get *g, uint32_t *index, struct line *l, struct arena *a)
{
	unsigned i;

	memset(l, 0, sizeof(*l));
	*index = get_u32(g);
	l->name = get_kept(g, a);
	l->n_to = get_below(g, LINE_PATHS + 1);
	if (l->n_to == 0)
		g->bad = true;
	for (i = 0; i < l->n_to; i++)
		get_path(g, &l->to[i], a);
	l->timeout = get_span(g);
	l->connect_timeout = get_span(g);
	l->gap = get_span(g);
	l->backoff[0] = get_span(g);
	l->backoff[1] = get_span(g);
	if (l->timeout.ms == 0 || l->connect_timeout.ms == 0 ||
	    l->backoff[0].ms == 0 || l->backoff[1].ms < l->backoff[0].ms)
		g->bad = true;
}

void
put_point(struct put *p, const struct point *at)
{
	int i;

	put_u32(p, at->device);
	put_u16(p, at->address);
	put_u8(p, at->space);
	put_u8(p, at->bit);
	put_u8(p, at->kind);
	put_u8(p, at->order);
	put_u8(p, at->registers);
	put_u8(p, at->length);
	put_u8(p, (uint8_t)at->together);
	put_u8(p,
	    (uint8_t)(at->ours | at->clamp << 1 | at->scaled << 2 |
		at->has_fault << 3));
	for (i = 0; at->scaled && i < 2; i++) {
		put_real(p, at->raw[i]);
		put_real(p, at->value[i]);
	}
	for (i = 0; at->has_fault && i < 2; i++)
		put_real(p, at->fault[i]);
}

static double
get_finite(struct get *g)
{
	double n = get_real(g);

	if (!isfinite(n)) {
		g->bad = true;
		n = 0;
	}
	return n;
}

/* As many registers as the kind needs. */
static bool
covers(const struct point *at)
{
	if (at->kind == KIND_TEXT)
		return 2 * at->registers >= at->length;
	return at->registers == kind_registers(at->kind);
}

/* What every reader of a point relies on. */
static bool
point_sane(const struct point *at)
{
	bool is_bit = at->space == SPACE_COIL || at->space == SPACE_DI;

	return covers(at) && at->registers >= 1 && at->registers <= FIELD_REGISTERS &&
	    (!is_bit || at->registers == 1) &&
	    at->address + at->registers <= 65536 &&
	    (at->bit < 16 || at->bit == NO_BIT) &&
	    (at->bit == NO_BIT || (!is_bit && at->registers == 1)) &&
	    at->length <= VALUE_TEXT_MAX &&
	    (!at->scaled || at->raw[0] != at->raw[1]);
}

void
get_point(struct get *g, struct point *at)
{
	uint8_t flags;
	int i;

	memset(at, 0, sizeof(*at));
	at->device = get_u32(g);
	at->address = get_u16(g);
	at->space = get_below(g, SPACE_HR + 1);
	at->bit = get_u8(g);
	at->kind = get_below(g, KIND_TEXT + 1);
	at->order = get_below(g, ORDER_DCBA + 1);
	at->registers = get_u8(g);
	at->length = get_u8(g);
	at->together = (char)get_u8(g);
	flags = get_below(g, 16);
	at->ours = flags & 1;
	at->clamp = flags & 2;
	at->scaled = flags & 4;
	at->has_fault = flags & 8;
	for (i = 0; at->scaled && i < 2; i++) {
		at->raw[i] = get_finite(g);
		at->value[i] = get_finite(g);
	}
	for (i = 0; at->has_fault && i < 2; i++)
		at->fault[i] = get_finite(g);
	if (!point_sane(at))
		g->bad = true;
}

static void
put_hole(struct put *p, const struct hole *h)
{
	put_u8(p, h->space);
	put_u16(p, h->first);
	put_u16(p, h->last);
}

void
put_device(struct put *p, uint32_t index, const struct device *d)
{
	unsigned i;

	put_u32(p, index);
	put_text(p, d->name);
	put_u32(p, d->line);
	put_u8(p, d->unit);
	put_u16(p, d->max_registers);
	put_u16(p, d->max_bits);
	put_u16(p, d->max_hole);
	put_u16(p, d->pipeline);
	put_u16(p, (uint16_t)d->n_holes);
	for (i = 0; i < d->n_holes; i++)
		put_hole(p, &d->holes[i]);
	put_u8(p,
	    (uint8_t)(d->has_alive | d->has_life << 1 | d->has_identity << 2));
	if (d->has_alive)
		put_point(p, &d->alive);
	if (d->has_life)
		put_point(p, &d->life);
	if (d->has_identity)
		put_point(p, &d->identity);
	put_i64(p, d->identity_value);
	put_span(p, d->alive_within);
	put_span(p, d->life_every);
	put_span(p, d->probe);
}

static void
get_holes(struct get *g, struct device *d, struct arena *a)
{
	struct hole *holes;
	unsigned i, n = get_u16(g);

	if (n > g->left / 5)
		g->bad = true;
	if (g->bad)
		return;
	holes = arena_take(a, n, sizeof(*holes));
	for (i = 0; i < n; i++) {
		holes[i].space = get_below(g, SPACE_HR + 1);
		holes[i].first = get_u16(g);
		holes[i].last = get_u16(g);
		if (holes[i].first > holes[i].last)
			g->bad = true;
	}
	d->holes = holes;
	d->n_holes = n;
}

void
get_device(struct get *g, uint32_t *index, struct device *d, struct arena *a)
{
	uint8_t has;

	memset(d, 0, sizeof(*d));
	*index = get_u32(g);
	d->name = get_kept(g, a);
	d->line = get_u32(g);
	d->unit = get_u8(g);
	d->max_registers = get_u16(g);
	d->max_bits = get_u16(g);
	d->max_hole = get_u16(g);
	d->pipeline = get_u16(g);
	get_holes(g, d, a);
	has = get_below(g, 8);
	d->has_alive = has & 1;
	d->has_life = has & 2;
	d->has_identity = has & 4;
	if (d->has_alive)
		get_point(g, &d->alive);
	if (d->has_life)
		get_point(g, &d->life);
	if (d->has_identity)
		get_point(g, &d->identity);
	d->identity_value = get_i64(g);
	d->alive_within = get_span(g);
	d->life_every = get_span(g);
	d->probe = get_span(g);
	if (d->max_registers < 1 || d->max_registers > 125 ||
	    d->max_bits < 1 || d->max_bits > 2000 || d->probe.ms == 0 ||
	    (d->has_alive && d->alive_within.ms == 0))
		g->bad = true;
}

void
put_field_point(struct put *p, const struct field_point *f)
{
	put_u32(p, f->slot);
	put_u32(p, f->group);
	put_u32(p, f->period_ms);
	put_u8(p, f->has_range);
	if (f->has_range) {
		put_real(p, f->range[0]);
		put_real(p, f->range[1]);
	}
	put_point(p, &f->at);
}

void
get_field_point(struct get *g, struct field_point *f)
{
	memset(f, 0, sizeof(*f));
	f->slot = get_u32(g);
	f->group = get_u32(g);
	f->period_ms = get_u32(g);
	f->has_range = get_bool(g);
	if (f->has_range) {
		f->range[0] = get_finite(g);
		f->range[1] = get_finite(g);
	}
	get_point(g, &f->at);
}

/* A coil is written as 0 or 1, a bit as its mask or 0. */
static bool
job_sane(const struct field_job *j)
{
	uint16_t word = j->registers[0];

	if (j->at.space == SPACE_COIL)
		return word <= 1;
	return j->at.bit == NO_BIT || word == 0 || word == 1u << j->at.bit;
}

void
put_field_job(struct put *p, const struct field_job *j)
{
	unsigned i;

	put_u64(p, j->id);
	put_u32(p, j->plan);
	put_u32(p, j->slot);
	put_u32(p, j->object);
	put_u8(p, j->kind);
	put_u8(p, j->safe);
	put_i64(p, j->deadline.us);
	put_u32(p, j->taken_ms);
	put_u32(p, j->pulse_ms);
	put_point(p, &j->at);
	for (i = 0; i < j->at.registers; i++)
		put_u16(p, j->registers[i]);
}

void
get_field_job(struct get *g, struct field_job *j)
{
	unsigned i;

	memset(j, 0, sizeof(*j));
	j->id = get_u64(g);
	j->plan = get_u32(g);
	j->slot = get_u32(g);
	j->object = get_u32(g);
	j->kind = get_below(g, FIELD_TIMED + 1);
	j->safe = get_bool(g);
	j->deadline.us = get_i64(g);
	j->taken_ms = get_u32(g);
	j->pulse_ms = get_u32(g);
	get_point(g, &j->at);
	if (g->bad)
		return;
	for (i = 0; i < j->at.registers; i++)
		j->registers[i] = get_u16(g);
	if (!job_sane(j))
		g->bad = true;
}

void
put_field_block(struct put *p, const struct field_block *b)
{
	put_u32(p, b->block);
	put_u32(p, b->device);
	put_u32(p, b->good_for_ms);
	put_u16(p, b->n_slots);
}

void
get_field_block(struct get *g, struct field_block *b)
{
	b->block = get_u32(g);
	b->device = get_u32(g);
	b->good_for_ms = get_u32(g);
	b->n_slots = get_u16(g);
	if (b->n_slots > g->left / 4)
		g->bad = true;
}

static void
put_frame(struct put *p, const struct field_frame *f)
{
	put_u16(p, f->n);
	put_bytes(p, f->at, f->n);
}

static void
get_frame(struct get *g, struct field_frame *f)
{
	f->n = get_u16(g);
	if (f->n > sizeof(f->at)) {
		g->bad = true;
		f->n = 0;
	}
	get_bytes(g, f->at, f->n);
}

void
put_field_result(struct put *p, const struct field_result *r)
{
	unsigned i;

	put_u64(p, r->id);
	put_u8(p, r->outcome);
	put_text(p, r->reason);
	put_wall(p, r->time);
	for (i = 0; i < FIELD_STEP_COUNT; i++)
		put_i64(p, r->steps[i].us);
	put_u16(p, r->n_held);
	for (i = 0; i < r->n_held; i++)
		put_u16(p, r->held[i]);
	put_frame(p, &r->request);
	put_frame(p, &r->reply);
	put_frame(p, &r->back_request);
	put_frame(p, &r->back_reply);
}

void
get_field_result(struct get *g, struct field_result *r)
{
	unsigned i;

	memset(r, 0, sizeof(*r));
	r->id = get_u64(g);
	r->outcome = get_below(g, FIELD_OUTCOME_COUNT);
	get_text(g, r->reason, sizeof(r->reason));
	r->time = get_wall(g);
	for (i = 0; i < FIELD_STEP_COUNT; i++)
		r->steps[i].us = get_i64(g);
	r->n_held = get_u16(g);
	if (r->n_held > FIELD_REGISTERS) {
		g->bad = true;
		r->n_held = 0;
	}
	for (i = 0; i < r->n_held; i++)
		r->held[i] = get_u16(g);
	get_frame(g, &r->request);
	get_frame(g, &r->reply);
	get_frame(g, &r->back_request);
	get_frame(g, &r->back_reply);
}

void
put_field_cleared(struct put *p, const struct field_cleared *c)
{
	put_u64(p, c->id);
	put_u8(p, c->ok);
	put_wall(p, c->time);
	put_text(p, c->reason);
}

void
get_field_cleared(struct get *g, struct field_cleared *c)
{
	c->id = get_u64(g);
	c->ok = get_bool(g);
	c->time = get_wall(g);
	get_text(g, c->reason, sizeof(c->reason));
}

void
put_field_line_state(struct put *p, const struct field_line_state *s)
{
	put_u32(p, s->plan);
	put_u32(p, s->line);
	put_u8(p, s->up);
	put_u8(p, s->path);
	put_wall(p, s->time);
	put_text(p, s->text);
}

void
get_field_line_state(struct get *g, struct field_line_state *s)
{
	s->plan = get_u32(g);
	s->line = get_u32(g);
	s->up = get_bool(g);
	s->path = get_below(g, LINE_PATHS);
	s->time = get_wall(g);
	get_text(g, s->text, sizeof(s->text));
}

void
put_field_device_state(struct put *p, const struct field_device_state *s)
{
	put_u32(p, s->plan);
	put_u32(p, s->device);
	put_u8(p, s->condition);
	put_wall(p, s->time);
	put_text(p, s->text);
}

void
get_field_device_state(struct get *g, struct field_device_state *s)
{
	s->plan = get_u32(g);
	s->device = get_u32(g);
	s->condition = get_below(g, FIELD_DEVICE_CONDITIONS);
	s->time = get_wall(g);
	get_text(g, s->text, sizeof(s->text));
}

void
put_field_stats(struct put *p, const struct field_stats *s)
{
	put_u32(p, s->plan);
	put_u32(p, s->line);
	put_u32(p, s->requests);
	put_u32(p, s->p50_us);
	put_u32(p, s->p99_us);
	put_u64(p, s->timeouts);
	put_u64(p, s->overruns);
	put_u64(p, s->bad_replies);
	put_text(p, s->text);
}

void
get_field_stats(struct get *g, struct field_stats *s)
{
	s->plan = get_u32(g);
	s->line = get_u32(g);
	s->requests = get_u32(g);
	s->p50_us = get_u32(g);
	s->p99_us = get_u32(g);
	s->timeouts = get_u64(g);
	s->overruns = get_u64(g);
	s->bad_replies = get_u64(g);
	get_text(g, s->text, sizeof(s->text));
}

void
put_field_pulse(struct put *p, const struct field_pulse *s)
{
	put_u64(p, s->turns);
	put_u32(p, s->waiting);
	put_u64(p, s->merged);
	put_u64(p, s->life_writes);
}

void
get_field_pulse(struct get *g, struct field_pulse *s)
{
	s->turns = get_u64(g);
	s->waiting = get_u32(g);
	s->merged = get_u64(g);
	s->life_writes = get_u64(g);
}
