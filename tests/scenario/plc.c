/* SPDX-License-Identifier: ISC */
#include "scenario/plc.h"

#include <string.h>
#include <sys/socket.h>

#include "model/scale.h"
#include "scenario/world.h"

#define SECOND 1000

static uint8_t room[FD_MESSAGE_MAX];

static struct put
begin(enum field_message type)
{
	struct put m = put_into(room, sizeof(room));

	put_u8(&m, (uint8_t)type);
	return m;
}

static struct put
begin_planned(const struct world *w, enum field_message type)
{
	struct put m = begin(type);

	put_u32(&m, w->plc.plan);
	return m;
}

static void
transmit(struct world *w, const struct put *m)
{
	if (w->plc.fd >= 0 && !w->plc.silent &&
	    fd_send(w->plc.fd, m->at, m->len, -1) < 0)
		world_fail(w, "the core does not read what field sends");
}

void
plc_init(struct world *w)
{
	w->plc.fd = -1;
}

void
plc_fini(struct world *w)
{
	plc_stop(w);
	free(w->plc.tags);
	free(w->plc.conditions);
	free(w->plc.down);
	free(w->plc.devices);
	free(w->plc.lines);
	vec_free(&w->plc.jobs);
	vec_free(&w->plc.writes);
}

void
plc_stop(struct world *w)
{
	fd_close(&w->plc.fd);
	vec_clear(&w->plc.jobs);
}

/* The tag as it was called before, and stood where it stands; or NULL. */
static struct plc_tag *
tag_before(const struct plc *plc, const struct tag *t)
{
	struct plc_tag *b;
	uint32_t i;

	for (i = 0; i < plc->n_tags; i++) {
		b = &plc->tags[i];
		if ((strcmp(b->name, t->name) == 0 ||
			(t->was != NULL && strcmp(b->name, t->was) == 0)) &&
		    b->at.address == t->point->address &&
		    b->at.space == t->point->space)
			return b;
	}
	return NULL;
}

static void
take_tags(struct plc *plc, const struct plant *p)
{
	struct plc_tag *now = xcalloc(p->n_tags + 1, sizeof(*now)), *b;
	uint32_t i;

	for (i = 0; i < p->n_tags; i++) {
		if (p->tags[i].point == NULL)
			continue;
		b = tag_before(plc, &p->tags[i]);
		if (b != NULL)
			now[i] = *b;
		if (now[i].value.type == VALUE_TEXT)
			now[i].value.as.text = now[i].text;
		str_copy(now[i].name, p->tags[i].name, sizeof(now[i].name));
		now[i].at = *p->tags[i].point;
	}
	free(plc->tags);
	plc->tags = now;
	plc->n_tags = p->n_tags;
}

static uint32_t
index_of(char (*names)[PLANT_NAME_MAX + 1], uint32_t n, const char *name)
{
	uint32_t i;

	for (i = 0; i < n && strcmp(names[i], name) != 0; i++)
		;
	return i < n ? i : NONE;
}

/* The core may have another plant than the last time: by name. */
static void
take_plan(struct world *w)
{
	const struct plant *p = w->core->plant;
	struct plc *plc = &w->plc;
	uint8_t *conditions = xcalloc(p->n_devices + 1, 1);
	bool *down = xcalloc(p->n_lines + 1, sizeof(*down));
	char(*devices)[PLANT_NAME_MAX + 1] =
	    xcalloc(p->n_devices + 1, sizeof(*devices));
	char(*lines)[PLANT_NAME_MAX + 1] =
	    xcalloc(p->n_lines + 1, sizeof(*lines));
	uint32_t i, old;

	take_tags(plc, p);
	for (i = 0; i < p->n_devices; i++) {
		str_copy(devices[i], p->devices[i].name, sizeof(devices[i]));
		old = index_of(plc->devices, plc->n_devices, devices[i]);
		conditions[i] = old != NONE ? plc->conditions[old] : 0;
	}
	for (i = 0; i < p->n_lines; i++) {
		str_copy(lines[i], p->lines[i].name, sizeof(lines[i]));
		old = index_of(plc->lines, plc->n_lines, lines[i]);
		down[i] = old != NONE && plc->down[old];
	}
	free(plc->conditions);
	free(plc->down);
	free(plc->devices);
	free(plc->lines);
	plc->conditions = conditions;
	plc->down = down;
	plc->devices = devices;
	plc->lines = lines;
	plc->n_devices = p->n_devices;
	plc->n_lines = p->n_lines;
}

void
plc_start(struct world *w)
{
	int pair[2];

	if (fd_pair(pair) < 0)
		world_fail(w, "no socket for field");
	if (w->plc.tags == NULL)
		take_plan(w);
	w->plc.fd = pair[1];
	w->plc.next_ms = w->at_ms + SECOND;
	core_time(w->core);
	fieldlink_open(w->core, pair[0]);
}

static uint32_t
block_of(const struct plant *p, uint32_t tag)
{
	return p->tags[tag].point->device * p->n_polls + p->tags[tag].poll;
}

static void
send_alive(struct world *w, uint32_t device)
{
	const struct plant *p = w->core->plant;
	struct put m = begin_planned(w, FIELD_ALIVE);
	uint32_t k;

	put_u16(&m, (uint16_t)p->n_polls);
	for (k = 0; k < p->n_polls; k++) {
		put_u32(&m, device * p->n_polls + k);
		put_wall(&m, clock_wall());
	}
	transmit(w, &m);
}

static void
send_value(struct world *w, uint32_t tag)
{
	struct put m = begin_planned(w, FIELD_VALUES);

	put_u16(&m, 1);
	put_u32(&m, tag);
	put_value(&m, &w->plc.tags[tag].value);
	transmit(w, &m);
}

static bool
answers(const struct world *w, uint32_t device)
{
	return w->plc.conditions[device] == FIELD_DEVICE_OK;
}

/* All that the device holds, as after it came back. */
static void
send_values(struct world *w, uint32_t device)
{
	const struct plant *p = w->core->plant;
	uint32_t i;

	for (i = 0; i < p->n_tags; i++)
		if (p->tags[i].point != NULL && w->plc.tags[i].known &&
		    p->tags[i].point->device == device) {
			w->plc.tags[i].value.time = clock_wall();
			send_value(w, i);
		}
	send_alive(w, device);
}

static void
send_blocks(struct world *w)
{
	const struct plant *p = w->core->plant;
	struct put m = begin_planned(w, FIELD_BLOCKS);
	struct field_block b;
	uint32_t i, k;

	put_u16(&m, (uint16_t)(p->n_devices * p->n_polls));
	for (k = 0; k < p->n_devices * p->n_polls; k++) {
		int64_t every = p->polls[k % p->n_polls].every.ms;

		b = (struct field_block){ .block = k,
			.device = k / p->n_polls,
			.good_for_ms =
			    (uint32_t)(3 * every > 2000 ? 3 * every : 2000) };
		for (i = 0; i < p->n_tags; i++)
			b.n_slots += p->tags[i].point != NULL &&
			    block_of(p, i) == k;
		put_field_block(&m, &b);
		for (i = 0; i < p->n_tags; i++)
			if (p->tags[i].point != NULL && block_of(p, i) == k)
				put_u32(&m, i);
	}
	transmit(w, &m);
}

static void
send_device(struct world *w, uint32_t device)
{
	struct put m = begin(FIELD_STATE_DEVICE);
	struct field_device_state s = { w->plc.plan, device,
		w->plc.conditions[device], clock_wall(), "" };

	str_copy(s.text,
	    field_condition_name(
		(enum field_device_condition)s.condition),
	    sizeof(s.text));
	put_field_device_state(&m, &s);
	transmit(w, &m);
	if (answers(w, device))
		send_values(w, device);
}

static void
send_line(struct world *w, uint32_t line)
{
	struct put m = begin(FIELD_STATE_LINE);
	struct field_line_state s = { .plan = w->plc.plan,
		.line = line,
		.up = !w->plc.down[line],
		.time = clock_wall() };

	put_field_line_state(&m, &s);
	transmit(w, &m);
}

static void
on_start(struct world *w, struct get *g)
{
	struct put m = begin(FIELD_READY);
	uint32_t i;

	w->plc.plan = get_u32(g);
	take_plan(w);
	put_u16(&m, FIELD_VERSION);
	transmit(w, &m);
	send_blocks(w);
	for (i = 0; i < w->core->plant->n_lines; i++)
		send_line(w, i);
	for (i = 0; i < w->core->plant->n_devices; i++)
		send_device(w, i);
}

static void
on_job(struct world *w, struct get *g)
{
	struct field_job *j = vec_add(&w->plc.jobs);

	get_field_job(g, j);
	if (!w->plc.holds && answers(w, j->at.device))
		plc_answer(w, FIELD_DONE, j->registers[0], "");
}

bool
plc_take(struct world *w)
{
	static uint8_t in[FD_MESSAGE_MAX];
	bool any = false;
	struct get g;
	uint8_t type;
	ssize_t n;

	while (w->plc.fd >= 0 &&
	    (n = fd_receive(w->plc.fd, in, sizeof(in), NULL)) > 0) {
		any = true;
		g = get_from(in, (size_t)n);
		type = get_u8(&g);
		if (type == FIELD_START)
			on_start(w, &g);
		else if (type == FIELD_JOB)
			on_job(w, &g);
	}
	return any;
}

int64_t
plc_due(const struct world *w)
{
	return w->plc.fd >= 0 ? w->plc.next_ms : INT64_MAX;
}

void
plc_tick(struct world *w)
{
	struct field_pulse pulse = { .turns = ++w->plc.turns };
	struct put m;
	uint32_t i;

	if (w->plc.fd < 0 || w->at_ms < w->plc.next_ms)
		return;
	w->plc.next_ms = w->at_ms + SECOND;
	m = begin(FIELD_PULSE);
	put_field_pulse(&m, &pulse);
	transmit(w, &m);
	for (i = 0; i < w->core->plant->n_devices; i++)
		if (answers(w, i))
			send_alive(w, i);
}

void
plc_read(struct world *w, uint32_t tag, const struct value *v)
{
	struct plc_tag *t = &w->plc.tags[tag];
	uint32_t device = w->core->plant->tags[tag].point->device;

	t->known = true;
	t->value = *v;
	if (v->type == VALUE_TEXT) {
		str_copy(t->text, v->as.text, sizeof(t->text));
		t->value.as.text = t->text;
	}
	if (w->plc.fd < 0 || !answers(w, device))
		return;
	send_value(w, tag);
	send_alive(w, device);
}

void
plc_mark(struct world *w, uint32_t tag, enum quality q, enum cause cause)
{
	struct put m = begin_planned(w, FIELD_MARKS);

	put_u8(&m, (uint8_t)q);
	put_u8(&m, (uint8_t)cause);
	put_wall(&m, clock_wall());
	put_u16(&m, 1);
	put_u32(&m, tag);
	transmit(w, &m);
}

void
plc_device(struct world *w, uint32_t device, enum field_device_condition state)
{
	w->plc.conditions[device] = (uint8_t)state;
	send_device(w, device);
}

/* As fieldwire.h says: a line that is down takes its devices with it. */
void
plc_line(struct world *w, uint32_t line, bool up)
{
	const struct plant *p = w->core->plant;
	uint32_t i;

	w->plc.down[line] = !up;
	send_line(w, line);
	for (i = 0; i < p->n_devices; i++)
		if (p->devices[i].line == line)
			plc_device(
			    w, i, up ? FIELD_DEVICE_OK : FIELD_DEVICE_LINE);
}

/* What the register holds now is read, before the result is told. */
static void
hold(struct world *w, const struct field_job *j, int held)
{
	uint16_t registers[FIELD_REGISTERS];
	char text[VALUE_TEXT_MAX + 1];
	struct value v;

	if (j->slot == NONE || held < 0)
		return;
	memcpy(registers, j->registers, sizeof(registers));
	registers[0] = (uint16_t)held;
	v = point_decode(&j->at, registers, NULL, clock_wall(), text);
	plc_read(w, j->slot, &v);
}

void
plc_answer(struct world *w, enum field_outcome outcome, int held,
    const char *reason)
{
	struct put m;
	struct field_job j;
	struct field_result r;

	if (w->plc.jobs.n == 0) {
		world_fail(w, "no command waits in field");
		return;
	}
	j = w->plc.jobs.at[0];
	memmove(w->plc.jobs.at, w->plc.jobs.at + 1,
	    --w->plc.jobs.n * sizeof(j));
	if (outcome != FIELD_EXPIRED && outcome != FIELD_REFUSED)
		vec_push(&w->plc.writes,
		    ((struct plc_write){ j.at, j.registers[0] }));
	if (held < 0 && outcome == FIELD_DONE)
		held = j.registers[0];
	hold(w, &j, held);
	r = (struct field_result){ .id = j.id,
		.outcome = (uint8_t)outcome,
		.time = clock_wall() };
	str_copy(r.reason, reason, sizeof(r.reason));
	if (held >= 0) {
		r.n_held = j.at.registers;
		memcpy(r.held, j.registers, sizeof(r.held));
		r.held[0] = (uint16_t)held;
	}
	m = begin(FIELD_RESULT);
	put_field_result(&m, &r);
	transmit(w, &m);
}

void
plc_cleared(struct world *w, bool ok)
{
	struct field_cleared r = { .id = 1, .ok = ok, .time = clock_wall() };
	struct put m = begin(FIELD_CLEARED);

	put_field_cleared(&m, &r);
	transmit(w, &m);
}
