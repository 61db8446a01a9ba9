/* SPDX-License-Identifier: ISC */
#include "field/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "field/channel.h"
#include "field/poll.h"
#include "model/scale.h"

#define FAILED_MOST 3		/* in a row, P15 */
#define FIRST_PROBE ((struct span){ 1000 })
#define IDENTITY_EVERY ((struct span){ 60000 })
#define IMPATIENT_FOR ((struct span){ 10000 })
#define BEAT_YOUNG_MS 2000	/* P4 */
#define BEAT_LATE_MS  500
#define ALIVE_MOST_MS 10000	/* a stopped one is found again by it */

void
unit_init(struct channel *c, struct unit *u, struct mono now)
{
	u->condition = CONDITION_NEW;
	u->probe_at = now;
	u->probe_delay = FIRST_PROBE;
	poll_begin(c, u, now);
}

void
unit_fini(struct channel *c, struct unit *u)
{
	poll_end(c, u);
	free(u->points);
}

static void
announce(struct channel *c, struct unit *u)
{
	struct field_device_state s = { .plan = c->plan, .device = u->index,
		.condition = u->condition, .time = clock_wall() };
	uint8_t room[512];
	struct put p = put_into(room, sizeof(room));

	str_copy(s.text, u->text, sizeof(s.text));
	put_u8(&p, FIELD_STATE_DEVICE);
	put_field_device_state(&p, &s);
	channel_message(c, &p);
	log_note("device %s: %s%s%s", u->def->name,
	    field_condition_name(u->condition), u->text[0] ? ": " : "",
	    u->text);
}

/* What the status line says of a line: its first device that is not well. */
static void
show_problem(struct channel *c)
{
	unsigned i;

	for (i = 0; i < c->n_units && c->up; i++) {
		const struct unit *u = &c->units[i];

		if (u->condition != FIELD_DEVICE_OK &&
		    u->condition != CONDITION_NEW && u->text[0] != '\0') {
			channel_problem(c, u->text);
			return;
		}
	}
	if (c->up)
		channel_problem(c, "");
}

void
unit_condition(struct channel *c, struct unit *u,
    enum field_device_condition to, const char *text, struct mono now)
{
	if (u->condition == to)
		return;
	u->condition = (uint8_t)to;
	str_copy(u->text, text, sizeof(u->text));
	u->probe_delay = FIRST_PROBE;
	u->probe_at = mono_add(now, u->probe_delay);
	u->faults = 0;
	if (to == FIELD_DEVICE_OK) {
		u->alive_changed = u->alive_due = now;
		u->identity_due = mono_add(now, IDENTITY_EVERY);
		poll_afresh(c, u, now);
	}
	announce(c, u);
	show_problem(c);
}

void
unit_answered(struct channel *c, struct unit *u, struct mono now)
{
	u->failed = 0;
	channel_up(c, now);
}

/* Is there a device on the line that answers, or was not asked yet? */
static bool
others_answer(const struct channel *c, const struct unit *u)
{
	unsigned i;

	for (i = 0; i < c->n_units; i++) {
		const struct unit *o = &c->units[i];

		if (o != u && o->condition != FIELD_DEVICE_SILENT &&
		    o->condition != FIELD_DEVICE_LINE)
			return true;
	}
	return false;
}

static void
probe_later(struct unit *u, struct mono now)
{
	u->probe_at = mono_add(now, u->probe_delay);
	u->probe_delay.ms *= 2;
	if (u->probe_delay.ms > u->def->probe.ms)
		u->probe_delay = u->def->probe;
}

void
unit_failed(
    struct channel *c, struct unit *u, const char *why, struct mono now)
{
	if (++u->failed < FAILED_MOST) {
		u->probe_at = now;
		return;
	}
	if (u->condition == FIELD_DEVICE_SILENT) {
		probe_later(u, now);
		return;
	}
	if (others_answer(c, u))
		unit_condition(c, u, FIELD_DEVICE_SILENT, why, now);
	else
		channel_silent(c, why, now);
	probe_later(u, now);
}

static void
fault(struct channel *c, struct unit *u, uint8_t code, struct mono now)
{
	char text[FIELD_TEXT];

	snprintf(text, sizeof(text), "unit %u answers: %s", u->def->unit,
	    pdu_exception_name(code));
	unit_condition(c, u, FIELD_DEVICE_FAULT, text, now);
	probe_later(u, now);
}

/* Exceptions that say something about the device, not about an address. */
static bool
is_fault(uint8_t exception)
{
	return exception > 3;
}

bool
unit_excepted(struct channel *c, struct unit *u, uint8_t code, unsigned limit,
    struct mono now)
{
	if (!is_fault(code))
		u->faults = 0;
	else if (++u->faults >= limit)
		fault(c, u, code, now);
	return u->condition == FIELD_DEVICE_FAULT;
}

/* Reads a point of the device into regs. True if it was answered; *ok if it
 * was a good answer. */
static bool
read_point(struct channel *c, struct unit *u, const struct point *at,
    uint16_t *regs, bool *ok)
{
	struct exchange *x = &c->x[0];

	exchange_reset(x);
	pdu_read(&x->request, at->space, at->address, at->registers);
	if (!channel_exchange(c, u, 1))
		return false;
	*ok = x->verdict == VERDICT_GOOD;
	if (*ok)
		pdu_content(&x->request, &x->reply, regs);
	return true;
}

static void
wrong_program(
    struct channel *c, struct unit *u, const char *text, struct mono now)
{
	unit_condition(c, u, FIELD_DEVICE_PROGRAM, text, now);
	u->identified = false;
	u->probe_at = mono_add(now, u->def->probe);
}

/* True if the device is the one that the project means. */
static bool
check_identity(struct channel *c, struct unit *u, struct mono now)
{
	struct field_point f = { .at = u->def->identity };
	uint16_t regs[FIELD_REGISTERS];
	char text[FIELD_TEXT], content[VALUE_TEXT_MAX + 1];
	struct value v;
	bool ok;

	u->identity_due = mono_add(now, IDENTITY_EVERY);
	if (!read_point(c, u, &f.at, regs, &ok))
		return false;
	if (!ok && is_fault(c->x[0].exception)) {
		fault(c, u, c->x[0].exception, now);
		return false;
	}
	if (!ok) {
		wrong_program(c, u, "its program cannot be identified", now);
		return false;
	}
	v = unit_value(&f, regs, c->x[0].time, content);
	if (value_number(&v) == (double)u->def->identity_value) {
		u->identified = true;
		return true;
	}
	snprintf(text, sizeof(text), "it runs program %.15g, not %" PRId64,
	    value_number(&v), u->def->identity_value);
	wrong_program(c, u, text, now);
	return false;
}

/* Four times in its time: the longer that is, the less a slow line is asked. */
static struct span
alive_period(const struct unit *u)
{
	int64_t ms = u->def->alive_within.ms / 4;

	ms = ms > ALIVE_MOST_MS ? ALIVE_MOST_MS : ms;
	return (struct span){ ms < 50 ? 50 : ms };
}

/* The word that its program changes (P4). */
static void
check_alive(struct channel *c, struct unit *u, struct mono now)
{
	const struct point *at = &u->def->alive;
	unsigned n = at->registers < 4 ? at->registers : 4;
	uint16_t regs[FIELD_REGISTERS];
	char text[FIELD_TEXT];
	bool ok;

	u->alive_due = mono_add(now, alive_period(u));
	if (!read_point(c, u, at, regs, &ok))
		return;
	now = clock_mono();
	if (ok && (!u->alive_known || memcmp(regs, u->alive, 2 * n) != 0)) {
		memcpy(u->alive, regs, 2 * n);
		u->alive_known = true;
		u->alive_changed = now;
		if (u->condition == FIELD_DEVICE_STOPPED)
			unit_condition(c, u, FIELD_DEVICE_OK, "", now);
	}
	if (u->condition == FIELD_DEVICE_OK &&
	    mono_since(now, u->alive_changed).ms > u->def->alive_within.ms) {
		snprintf(text, sizeof(text), "its program stands still");
		unit_condition(c, u, FIELD_DEVICE_STOPPED, text, now);
	}
}

/* P4: our counter, with a beat, while that is young; not with each where the
 * line is slow. Beats come a second apart, more or less. */
static bool
life_due(struct channel *c, struct unit *u, struct mono now)
{
	struct mono beat = { atomic_load(&c->beat->at_us) };

	if (!u->def->has_life ||
	    (u->life_at.us != 0 && mono_since(now, u->life_at).ms +
			BEAT_LATE_MS < u->def->life_every.ms))
		return false;
	return atomic_load(&c->beat->control) &&
	    u->life_beat != atomic_load(&c->beat->number) && beat.us != 0 &&
	    mono_since(now, beat).ms < BEAT_YOUNG_MS;
}

static void
write_life(struct channel *c, struct unit *u, struct mono now)
{
	struct exchange *x = &c->x[0];
	uint16_t word = atomic_load(&c->beat->life);

	u->life_beat = atomic_load(&c->beat->number);
	u->life_at = now;
	exchange_reset(x);
	x->not_after = mono_add((struct mono){ atomic_load(&c->beat->at_us) },
	    (struct span){ BEAT_YOUNG_MS });
	pdu_write(&x->request, u->def->life.address, &word, 1);
	if (channel_exchange(c, u, 1) && x->verdict == VERDICT_GOOD)
		atomic_fetch_add(&c->beat->life_writes, 1);
}

/* One request that tells whether it answers. */
static void
probe(struct channel *c, struct unit *u, struct mono now)
{
	struct exchange *x = &c->x[0];

	exchange_reset(x);
	if (!poll_probe(u, &x->request)) {	/* nothing is read from it */
		channel_up(c, now);
		unit_condition(c, u, FIELD_DEVICE_OK, "", now);
		return;
	}
	if (!channel_exchange(c, u, 1))
		return;
	now = clock_mono();
	if (x->verdict == VERDICT_EXCEPTION && is_fault(x->exception)) {
		fault(c, u, x->exception, now);
		return;
	}
	if (u->condition == FIELD_DEVICE_FAULT)
		u->impatient_until = mono_add(now, IMPATIENT_FOR);
	unit_condition(c, u, FIELD_DEVICE_OK, "", now);
}

/* A device that is not OK is asked whether it is again. */
static bool
wake(struct channel *c, struct unit *u, struct mono now, struct mono *next)
{
	struct mono due = u->condition == FIELD_DEVICE_STOPPED ? u->alive_due
							       : u->probe_at;

	if (mono_before(now, due)) {
		*next = mono_first(*next, due);
		return false;
	}
	if (!channel_connect(c, now)) {
		u->probe_at = u->alive_due = c->retry_at;
		*next = mono_first(*next, c->retry_at);
		return false;
	}
	if (u->def->has_identity && !u->identified &&
	    !check_identity(c, u, now))
		return true;
	if (u->condition == FIELD_DEVICE_STOPPED)
		check_alive(c, u, now);
	else
		probe(c, u, now);
	return true;
}

/* Of a device that is OK: true if it was asked. */
static bool
watch(struct channel *c, struct unit *u, struct mono now, struct mono *next)
{
	bool identity = u->def->has_identity &&
	    (!u->identified || !mono_before(now, u->identity_due));
	bool alive = u->def->has_alive && !mono_before(now, u->alive_due);
	bool life = life_due(c, u, now);

	if (identity || alive || life) {
		if (!channel_connect(c, now)) {
			*next = mono_first(*next, c->retry_at);
			return false;
		}
		if (identity || (u->def->has_identity && !u->identified))
			check_identity(c, u, now);
		else if (alive)
			check_alive(c, u, now);
		else
			write_life(c, u, now);
		return true;
	}
	if (u->def->has_identity)
		*next = mono_first(*next, u->identity_due);
	if (u->def->has_alive)
		*next = mono_first(*next, u->alive_due);
	if (u->def->has_life)
		*next = mono_first(
		    *next, mono_add(now, (struct span){ 100 }));
	return false;
}

bool
unit_turn(struct channel *c, struct unit *u, struct mono now, struct mono *next)
{
	if (u->condition == FIELD_DEVICE_OK)
		return watch(c, u, now, next);
	return wake(c, u, now, next);
}

const char *
unit_refuses(const struct unit *u, bool safe)
{
	if (u->def->unit == 0)
		return "unit 0 is a broadcast";
	switch (u->condition) {
	case FIELD_DEVICE_PROGRAM:
		return u->text;
	case FIELD_DEVICE_STOPPED:
		if (!safe)
			return u->text;
		break;
	case FIELD_DEVICE_OK:
	case FIELD_DEVICE_FAULT:
		break;
	default:
		return "";
	}
	return u->def->has_identity && !u->identified ? "" : NULL;
}

struct value
unit_value(const struct field_point *f, const uint16_t *regs, struct wall t,
    char *text)
{
	return point_decode(
	    &f->at, regs, f->has_range ? f->range : NULL, t, text);
}
