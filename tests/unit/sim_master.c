/* SPDX-License-Identifier: ISC */
#include "sim_master.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "model/alarm_look.h"
#include "model/scale.h"
#include "project/read.h"
#include "sim/modbus.h"

#define BEGAN_MS 1700000000000	/* of the virtual wall clock */

static const uint8_t read_function[] = { [SPACE_COIL] = 1, [SPACE_DI] = 2,
	[SPACE_IR] = 4, [SPACE_HR] = 3 };

static struct wall
wall_now(const struct master *m)
{
	return (struct wall){ BEGAN_MS + (int64_t)(m->sim.time * 1000.0) };
}

static struct mono
mono_now(const struct master *m)
{
	return (struct mono){ 1000000 + (int64_t)(m->sim.time * 1e6) };
}

static struct plc *
plc_of(struct master *m, uint32_t device)
{
	int i = sim_plc_find(&m->sim, m->plant->devices[device].name);

	assert_true(i >= 0);
	return &m->sim.plcs[i];
}

static size_t
ask(struct master *m, uint32_t device, const uint8_t *pdu, size_t n,
    uint8_t *answer)
{
	size_t got = modbus_serve(plc_of(m, device), pdu, n, answer);

	if (answer[0] != pdu[0])
		fail_msg("%s answers %u with exception %u",
		    m->plant->devices[device].name, pdu[0], answer[1]);
	return got;
}

static bool
in_hole(const struct device *d, unsigned space, unsigned address)
{
	unsigned i;

	for (i = 0; i < d->n_holes; i++)
		if (d->holes[i].space == space &&
		    address >= d->holes[i].first &&
		    address <= d->holes[i].last)
			return true;
	return false;
}

/* One request for each run of wanted registers, holes left out. */
static void
plan_space(struct master *m, uint32_t device, unsigned space,
    const bool wanted[MASTER_SPACE])
{
	const struct device *d = &m->plant->devices[device];
	struct master_request *r = NULL;
	unsigned i, gap = 0;

	for (i = 0; i < MASTER_SPACE; i++) {
		if (r != NULL && (gap > 8 || in_hole(d, space, i)))
			r = NULL;
		gap = wanted[i] ? 0 : gap + 1;
		if (!wanted[i])
			continue;
		if (r == NULL || i - r->first >= 100) {
			r = &m->requests[m->n_requests++];
			assert_true(m->n_requests < 128);
			*r = (struct master_request){ device, (uint8_t)space,
				(uint16_t)i, 0 };
		}
		r->n = (uint16_t)(i - r->first + 1);
	}
}

static void
plan(struct master *m)
{
	bool wanted[8][4][MASTER_SPACE] = { 0 };
	const struct point *p;
	uint32_t i;
	unsigned k;

	assert_true(m->plant->n_devices <= 8);
	for (i = 0; i < m->plant->n_tags; i++) {
		p = m->plant->tags[i].point;
		for (k = 0; p != NULL && k < p->registers; k++)
			wanted[p->device][p->space][p->address + k] = true;
	}
	for (i = 0; i < m->plant->n_devices; i++)
		for (k = 0; k < 4; k++)
			plan_space(m, i, k, wanted[i][k]);
}

static void
read_project(struct master *m)
{
	struct report problems;
	char dir[4096];

	snprintf(dir, sizeof(dir), "%s/conf/riverside", getenv("SG_SRC"));
	report_init(&problems);
	assert_int_equal(project_read(dir, &m->plant, &problems), 0);
	report_fini(&problems);
}

void
master_init(struct master *m, uint64_t seed)
{
	const struct tag *t;
	uint32_t i;

	memset(m, 0, sizeof(*m));
	read_project(m);
	works_init(&m->works, seed);
	sim_init(&m->sim, &m->works, seed);
	m->values = xcalloc(m->plant->n_tags, sizeof(m->values[0]));
	m->texts = xcalloc(m->plant->n_tags, sizeof(m->texts[0]));
	m->alarms = xcalloc(m->plant->n_alarms, sizeof(m->alarms[0]));
	m->came = xcalloc(m->plant->n_alarms, sizeof(m->came[0]));
	for (i = 0; i < m->plant->n_alarms; i++)
		m->alarms[i] = alarm_new();
	for (i = 0; i < m->plant->n_tags; i++) {
		t = &m->plant->tags[i];
		m->values[i] = t->source == SOURCE_INTERNAL
		    ? value_real(t->initial, wall_now(m))
		    : value_initial(t->type);
	}
	plan(m);
	master_read(m);
}

void
master_fini(struct master *m)
{
	uint32_t i;

	for (i = 0; i < m->plant->n_alarms; i++)
		alarm_fini(&m->alarms[i]);
	free(m->values);
	free(m->texts);
	free(m->alarms);
	free(m->came);
	sim_fini(&m->sim);
	plant_free(m->plant);
}

void
master_run(struct master *m, double seconds)
{
	sim_step(&m->sim, seconds);
}

static void
put16(uint8_t *at, unsigned n)
{
	at[0] = (uint8_t)(n >> 8);
	at[1] = (uint8_t)n;
}

static void
fetch(struct master *m, const struct master_request *r)
{
	uint8_t pdu[5], answer[MODBUS_PDU];
	uint16_t *to = &m->image[r->device][r->space][r->first];
	unsigned i;

	pdu[0] = read_function[r->space];
	put16(pdu + 1, r->first);
	put16(pdu + 3, r->n);
	ask(m, r->device, pdu, sizeof(pdu), answer);
	for (i = 0; i < r->n; i++)
		to[i] = r->space <= SPACE_DI
		    ? answer[2 + i / 8] >> i % 8 & 1
		    : (uint16_t)(answer[2 + 2 * i] << 8 | answer[3 + 2 * i]);
}

static const struct value *
operand(void *arg, uint32_t tag)
{
	const struct master *m = arg;

	return &m->values[tag];
}

void
master_read(struct master *m)
{
	const struct plant *p = m->plant;
	const struct point *at;
	size_t k;
	uint32_t i;

	for (k = 0; k < m->n_requests; k++)
		fetch(m, &m->requests[k]);
	for (i = 0; i < p->n_tags; i++) {
		at = p->tags[i].point;
		if (at != NULL)
			m->values[i] = point_decode(at,
			    &m->image[at->device][at->space][at->address],
			    NULL, wall_now(m), m->texts[i]);
	}
	for (i = 0; i < p->n_calc; i++)
		m->values[p->calc[i]] = expr_eval(
		    p->tags[p->calc[i]].expr, operand, m, wall_now(m));
}

static uint32_t
tag_of(const struct master *m, const char *name)
{
	uint32_t tag = plant_tag(m->plant, name);

	if (tag == NONE)
		fail_msg("no tag %s", name);
	return tag;
}

double
master_get(struct master *m, const char *name)
{
	const struct value *v = &m->values[tag_of(m, name)];

	if (v->quality != QUALITY_GOOD)
		fail_msg("%s is not good", name);
	return value_number(v);
}

const char *
master_text(struct master *m, const char *name)
{
	return m->texts[tag_of(m, name)];
}

static void
write_point(struct master *m, const struct point *p, double value)
{
	uint8_t pdu[16] = { 0 }, answer[MODBUS_PDU];
	struct value v = value_real(value, wall_now(m));
	uint16_t words[8];
	struct err e;
	int i, n;

	put16(pdu + 1, p->address);
	if (p->space == SPACE_COIL) {
		pdu[0] = 5;
		put16(pdu + 3, value != 0.0 ? 0xff00 : 0);
		ask(m, p->device, pdu, 5, answer);
		return;
	}
	n = point_encode(p, &v, words, &e);
	assert_true(n > 0);
	pdu[0] = 16;
	put16(pdu + 3, (unsigned)n);
	pdu[5] = (uint8_t)(2 * n);
	for (i = 0; i < n; i++)
		put16(pdu + 6 + 2 * i, words[i]);
	ask(m, p->device, pdu, 6 + 2 * (size_t)n, answer);
}

void
master_set(struct master *m, const char *name, double value)
{
	const struct tag *t = &m->plant->tags[tag_of(m, name)];

	if (t->write == NULL)
		fail_msg("%s is not to be written", name);
	write_point(m, t->point, value);
}

void
master_do(struct master *m, const char *object, const char *name)
{
	const struct command *c;
	uint32_t i;

	for (i = 0; i < m->plant->n_commands; i++) {
		c = &m->plant->commands[i];
		if (strcmp(c->name, name) != 0 ||
		    strcmp(m->plant->objects[c->object].name, object) != 0)
			continue;
		write_point(m, &c->point, c->value);
		return;
	}
	fail_msg("no command %s %s", object, name);
}

bool
master_wait(struct master *m, const char *tag, double value, double seconds)
{
	master_read(m);
	for (; master_get(m, tag) != value; seconds -= 1.0) {
		if (seconds <= 0.0)
			return false;
		master_run(m, 1.0);
		master_read(m);
	}
	return true;
}

struct looking {
	struct master *m;
	uint32_t alarm;
};

static void
count(void *arg, const struct alarm_change *ch, const char *why)
{
	const struct looking *k = arg;
	struct master *m = k->m;

	(void)why;
	if (ch->event != ALARM_EVENT_CAME)
		return;
	m->came[k->alarm]++;
	if (m->on_alarm != NULL)
		m->on_alarm(m, k->alarm, m->sim.time);
}

static void
alarm_turn(struct master *m, uint32_t i)
{
	const struct alarm_def *d = &m->plant->alarms[i];
	struct looking k = { m, i };
	struct alarm_look l = { .plant = m->plant,
		.def = d,
		.class = &m->plant->classes[d->class],
		.operand = operand,
		.values = m,
		.now = mono_now(m),
		.wall = wall_now(m),
		.took = count,
		.arg = &k };
	struct alarm *a = &m->alarms[i];

	alarm_look(a, &l);
	while (!mono_before(l.now, alarm_due(a, d, l.now, l.wall)))
		alarm_wake(a, &l);
}

void
master_alarms(struct master *m)
{
	uint32_t i;

	for (i = 0; i < m->plant->n_alarms; i++)
		if (m->plant->alarms[i].kind != ALARM_SYSTEM)
			alarm_turn(m, i);
}
