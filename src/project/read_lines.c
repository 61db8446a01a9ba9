/* SPDX-License-Identifier: ISC */
/* read_lines.c - lines.conf: paths to devices, and devices. */
#include <string.h>

#include "project/reader.h"

static uint32_t
area_of(struct reader *r, const struct cell *c)
{
	uint32_t area = names_get(&r->areas, c->string, c->at, r->report);

	return area == UINT32_MAX ? 0 : area;
}

/*
 * Lines, devices and objects share one name space; a device that took the name
 * of a line is still known as a device, so that its tags are not complained of.
 */
static bool
is_new(struct reader *r, struct names *own, const char *name, uint32_t index,
    struct place at)
{
	bool fresh = names_add(&r->things, name, 0, at, r->report);

	if (names_find(own, name, strlen(name)) != NULL)
		return false;
	names_add(own, name, index, at, r->report);
	return fresh || own == &r->devices;
}

static void
take_paths(struct reader *r, struct line *line, const struct cell *to)
{
	struct err e;
	uint32_t i;

	for (i = 0; cell_is_set(to) && i < to->list.n; i++) {
		if (path_parse(&line->to[line->n_to], to->list.at[i].string,
			r->arena, &e) < 0)
			report_error(r->report, to->list.at[i].at,
			    "\"to\": %s", e.text);
		else
			line->n_to++;
	}
}

static void
add_line(struct reader *r, const struct item *x)
{
	const struct cell *name = &x->cells[LINE_NAME];
	const struct cell *backoff = &x->cells[LINE_BACKOFF];
	struct line line = {
		.timeout = x->cells[LINE_TIMEOUT].span,
		.connect_timeout = x->cells[LINE_CONNECT_TIMEOUT].span,
		.gap = x->cells[LINE_GAP].span,
		.backoff = { { 1000 }, { 30000 } },
		.area = area_of(r, &x->cells[LINE_AREA]),
	};

	take_paths(r, &line, &x->cells[LINE_TO]);
	if (cell_is_set(backoff)) {
		line.backoff[0] = backoff->list.at[0].span;
		line.backoff[1] = backoff->list.at[1].span;
		if (line.backoff[0].ms > line.backoff[1].ms)
			report_error(r->report, backoff->at,
			    "\"backoff\": the first pause is longer than the "
			    "longest");
	}
	if (!cell_is_set(name))
		return;
	line.name = keep(r, name->string);
	if (!is_new(r, &r->lines, line.name, (uint32_t)r->all_lines.n,
		name->at))
		return;
	vec_push(&r->all_lines, line);
}

/* A register of the device itself: alive, life, identity. */
static bool
take_register(struct reader *r, struct point *p, const struct cell *c,
    const char *key, uint32_t device, bool writes)
{
	struct tag_home home = { .device = device, .object = NONE,
		.name = r->all_devices.at[device].name };

	*p = (struct point){ .kind = KIND_UINT16, .registers = 1,
		.device = device, .bit = NO_BIT };
	if (!point_place(r, p, c->string, &home, key, c->at))
		return false;
	if (p->bit == NO_BIT &&
	    (p->space == SPACE_HR || (p->space == SPACE_IR && !writes)))
		return true;
	report_error(r->report, c->at, "\"%s\" must be a %sregister", key,
	    writes ? "holding " : "");
	return false;
}

static void
take_guards(struct reader *r, struct device *d, const struct item *x,
    uint32_t index)
{
	const struct cell *c = &x->cells[DEVICE_ALIVE];

	if (cell_is_set(c))
		d->has_alive = take_register(
		    r, &d->alive, c, "alive", index, false);
	c = &x->cells[DEVICE_LIFE];
	if (cell_is_set(c))
		d->has_life = take_register(
		    r, &d->life, c, "life", index, true);
	c = &x->cells[DEVICE_IDENTITY];
	if (!cell_is_set(c))
		return;
	d->has_identity = take_register(
	    r, &d->identity, &c->list.at[0], "identity", index, false);
	d->identity_value = c->list.at[1].integer;
}

static void
take_holes(struct reader *r, struct device *d, const struct item *x,
    unsigned first)
{
	const struct cell *c = &x->cells[DEVICE_HOLES];
	struct hole *holes;
	struct err e;
	uint32_t i;

	if (!cell_is_set(c))
		return;
	holes = arena_take(r->arena, c->list.n, sizeof(*holes));
	for (i = 0; i < c->list.n; i++) {
		if (hole_parse(&holes[d->n_holes], c->list.at[i].string,
			first, &e) < 0)
			report_error(r->report, c->at, "\"holes\": %s",
			    e.text);
		else
			d->n_holes++;
	}
	d->holes = holes;
}

static void
add_device(struct reader *r, const struct item *x)
{
	const struct cell *name = &x->cells[DEVICE_NAME];
	const struct cell *line = &x->cells[DEVICE_LINE];
	uint32_t index = (uint32_t)r->all_devices.n;
	unsigned first = (unsigned)x->cells[DEVICE_FIRST].integer;
	struct device d = {
		.unit = (uint8_t)x->cells[DEVICE_UNIT].integer,
		.area = area_of(r, &x->cells[DEVICE_AREA]),
		.order = (uint8_t)x->cells[DEVICE_ORDER].integer,
		.max_registers =
		    (uint16_t)x->cells[DEVICE_MAX_REGISTERS].integer,
		.max_bits = (uint16_t)x->cells[DEVICE_MAX_BITS].integer,
		.max_hole = (uint16_t)x->cells[DEVICE_MAX_HOLE].integer,
		.pipeline = (uint16_t)x->cells[DEVICE_PIPELINE].integer,
		.alive_within = x->cells[DEVICE_ALIVE_WITHIN].span,
		.life_every = x->cells[DEVICE_LIFE_EVERY].span,
		.probe = x->cells[DEVICE_PROBE].span,
	};

	if (cell_is_set(line))
		d.line = names_get(
		    &r->lines, line->string, line->at, r->report);
	if (!cell_is_set(name))
		return;
	d.name = keep(r, name->string);
	if (!is_new(r, &r->devices, d.name, index, name->at))
		return;
	d.title = cell_title(r, &x->cells[DEVICE_TITLE], d.name);
	take_holes(r, &d, x, first);
	vec_push(&r->firsts, first);
	vec_push(&r->all_devices, d);
	take_guards(r, &d, x, index);
	r->all_devices.at[index] = d;
}

/* Two devices of one line with one unit id answer the same requests. */
static void
check_units(struct reader *r)
{
	size_t i, j;

	for (i = 0; i < r->all_devices.n; i++) {
		const struct device *d = &r->all_devices.at[i];

		for (j = 0; j < i && d->line != NONE; j++) {
			const struct device *o = &r->all_devices.at[j];

			if (o->line == d->line && o->unit == d->unit)
				report_warning(r->report,
				    names_find(&r->devices, d->name,
					strlen(d->name))->at,
				    "device \"%s\" has the line and unit of "
				    "\"%s\"", d->name, o->name);
		}
	}
}

void
read_lines(struct reader *r)
{
	const struct item *x = reader_conf(r, "lines.conf", &schema_lines);
	const struct cell *lines, *devices;
	uint32_t i;

	if (x == NULL) {
		r->lines.unsure = r->devices.unsure =
		    project_files_find(r->files, "lines.conf") != NULL;
		return;
	}
	lines = &x->cells[LINES_LINES];
	devices = &x->cells[LINES_DEVICES];
	for (i = 0; cell_is_set(lines) && i < lines->items.n; i++)
		add_line(r, lines->items.at[i]);
	for (i = 0; cell_is_set(devices) && i < devices->items.n; i++)
		add_device(r, devices->items.at[i]);
	check_units(r);
}
