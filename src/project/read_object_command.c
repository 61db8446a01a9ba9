/* SPDX-License-Identifier: ISC */
/* read_object_command.c - the commands of an object. */
#include <string.h>

#include "project/making.h"

/* The kind that a command writes: a bit, or a plain register. */
static bool
command_point(struct reader *r, const struct making *m,
    const struct cell *writes, struct point *p)
{
	struct address a;
	struct err e;
	bool bit;

	*p = (struct point){ .device = m->object.device, .bit = NO_BIT,
		.registers = 1 };
	if (m->object.device == NONE) {
		if (!r->devices.unsure)
			report_error(r->report, m->at,
			    "%s has commands but no device", m->object.name);
		return false;
	}
	if (address_parse(&a, writes->string, &e) == 0) {
		bit = a.space == SPACE_COIL || a.bit != NO_BIT;
		p->kind = bit ? KIND_BOOL : KIND_UINT16;
		if (a.space == SPACE_DI || a.space == SPACE_IR) {
			report_error(r->report, writes->at,
			    "\"writes\": %s cannot be written",
			    space_name((enum space)a.space));
			return false;
		}
	}
	p->order = r->all_devices.at[m->object.device].order;
	return point_place(
	    r, p, writes->string, &m->home, "writes", writes->at);
}

/* Taken away by a cell: itself, or the signal that it names. */
static bool
feedback_is_gone(const struct making *m, const struct item *x)
{
	const struct cell *c = &x->cells[COMMAND_FEEDBACK];
	int i;

	if (!cell_is_set(c))
		return x->removed;
	i = making_signal(m, c->string, strlen(c->string));
	return i >= 0 && m->tags.at[i] == NONE &&
	    m->signals.at[i].item->removed;
}

void
making_command(struct reader *r, struct making *m, struct item *x)
{
	static const uint8_t place = COMMAND_WRITES;
	const struct cell *c = x->cells;
	struct command made = {
		.name = keep(r, c[COMMAND_NAME].string),
		.object = (uint32_t)r->all_objects.n,
		.value = c[COMMAND_VALUE].real,
		.kind = (uint8_t)c[COMMAND_KIND_KEY].integer,
		.function = (uint8_t)c[COMMAND_FUNCTION].integer,
		.confirm = (uint8_t)c[COMMAND_CONFIRM].integer,
		.safe = c[COMMAND_SAFE].on,
		.taken = c[COMMAND_TAKEN].span,
		.within = c[COMMAND_WITHIN].span,
		.pulse = c[COMMAND_PULSE].span,
		.feedback = making_tag(m, &c[COMMAND_FEEDBACK]),
		.expect = cell_is_set(&c[COMMAND_EXPECT])
		    ? c[COMMAND_EXPECT].real : c[COMMAND_VALUE].real,
	};
	struct pending interlock = { .target = TARGET_COMMAND,
		.index = (uint32_t)r->all_commands.n,
		.object = made.object };

	if (making_is_gone(r, x, &place, 1))
		return;
	m->home.name = making_name(r, m, x);
	if (made.kind != COMMAND_LEVEL && feedback_is_gone(m, x))
		report_error(r->report, m->at, "%s: a pulse must name a "
		    "feedback that is there", m->home.name);
	if (!reader_has_room(r, r->all_commands.n, "commands", m->at) ||
	    !cell_is_set(&c[COMMAND_WRITES]) ||
	    !command_point(r, m, &c[COMMAND_WRITES], &made.point))
		return;
	made.title = cell_title(r, &c[COMMAND_TITLE], made.name);
	if (cell_is_set(&c[COMMAND_INTERLOCK])) {
		pend_limit(r, &c[COMMAND_INTERLOCK], "interlock", interlock);
		m->interlocked |= !made.safe;
	}
	use_add(r, &made.point, NONE, m->home.name, m->at);
	vec_push(&r->all_commands, made);
}
