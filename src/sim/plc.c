/* SPDX-License-Identifier: ISC */
#include "sim/plc.h"

#include <assert.h>
#include <string.h>

#include "sim/program.h"


static void
put_bit(uint16_t *word, int bit, bool on)
{
	uint16_t mask = (uint16_t)(1u << bit);

	*word = on ? *word | mask : *word & (uint16_t)~mask;
}

static void
publish_row(struct plc *p, size_t i)
{
	const struct map_row *r = &p->make->map->rows[i];
	const struct plc_pin *pin = &p->pins[i];
	uint16_t words[CODEC_WORDS], *at = &p->memory[r->space][r->address];
	double value = pin->forced ? pin->force : map_value(r, p->works);

	if (r->cell == CELL_TEXT) {
		codec_put_text((const char *)p->works + r->at, WORD_TEXT, at);
		return;
	}
	if (r->bit != MAP_NO_BIT) {
		put_bit(at, r->bit, value != 0.0);
		return;
	}
	codec_encode(r->kind, r->order, map_to_raw(r, value), words);
	memcpy(at, words, map_words(r) * sizeof(words[0]));
}

static double
in_memory(const struct plc *p, const struct map_row *r)
{
	const uint16_t *at = &p->memory[r->space][r->address];

	if (r->cell == CELL_TEXT)
		return 0.0;
	if (r->bit != MAP_NO_BIT)
		return *at >> r->bit & 1;
	return map_from_raw(r, codec_decode(r->kind, r->order, at));
}

/* What was written into the memory of a row reaches the program. */
static void
take_row(struct plc *p, size_t i)
{
	const struct map_row *r = &p->make->map->rows[i];

	if (r->write != WRITE_NO && !p->pins[i].keep && !p->pins[i].forced)
		map_store(r, p->works, in_memory(p, r));
	publish_row(p, i);
}

void
plc_publish(struct plc *p)
{
	size_t i;

	for (i = 0; i < p->make->map->n; i++)
		publish_row(p, i);
	p->behind = false;
}

static void
catch_up(struct plc *p)
{
	if (p->behind)
		plc_publish(p);
}

void
plc_init(struct plc *p, const struct plc_make *make, struct works *w)
{
	assert(make->map->n <= PLC_ROWS);
	memset(p, 0, sizeof(*p));
	p->make = make;
	p->works = w;
	plc_publish(p);
}

/* A forced input is what the program sees, too. */
static void
apply_forces(struct plc *p)
{
	const struct map *m = p->make->map;
	size_t i;

	for (i = 0; i < m->n; i++)
		if (p->pins[i].forced && m->rows[i].measured)
			map_poke(&m->rows[i], p->works, p->pins[i].force);
}

void
plc_scan(struct plc *p, double dt)
{
	if (p->state != PLC_RUN)
		return;
	apply_forces(p);
	if (p->make->program != NULL)
		p->make->program->scan(p->works, dt);
	p->behind = true;
}

struct plc_word *
plc_word(struct plc *p)
{
	return (struct plc_word *)(void *)((char *)p->works + p->make->word);
}

void
plc_set_state(struct plc *p, enum plc_state state)
{
	const struct map *m = p->make->map;
	enum plc_state before = p->state;
	size_t i;

	catch_up(p);
	p->state = state;
	if (state == PLC_STOP && p->make->program != NULL)
		p->make->program->stop(p->works);
	if (state != PLC_RUN || before == PLC_RUN)
		return;
	/* The memory was written meanwhile. After STOP the program starts
	 * with all commands off; setpoints are retained. */
	for (i = 0; i < m->n; i++)
		if (before == PLC_FROZEN || m->rows[i].space == MAP_HR)
			take_row(p, i);
	plc_publish(p);
}

static bool
exists(const struct plc *p, enum map_space space, unsigned first, unsigned n)
{
	const struct plc_make *k = p->make;

	if (first + n > k->size[space])
		return false;
	return space != MAP_HR || k->hole_first > k->hole_last ||
	    first > k->hole_last || first + n <= k->hole_first;
}

enum plc_answer
plc_read(struct plc *p, enum map_space space, unsigned address,
    unsigned n, uint16_t out[])
{
	if (!exists(p, space, address, n))
		return PLC_BAD_ADDRESS;
	catch_up(p);
	memcpy(out, &p->memory[space][address], n * sizeof(out[0]));
	return PLC_OK;
}

static bool
overlaps(const struct map_row *r, enum map_space space, unsigned first,
    unsigned n)
{
	return r->space == space && r->address < first + n &&
	    r->address + map_words(r) > first;
}

static void
restore_kept(struct plc *p, enum map_space space, unsigned first, unsigned n)
{
	const struct map *m = p->make->map;
	size_t i;

	for (i = 0; i < m->n; i++)
		if (p->pins[i].keep &&
		    overlaps(&m->rows[i], space, first, n))
			publish_row(p, i);
}

enum plc_answer
plc_write(struct plc *p, enum map_space space, unsigned address, unsigned n,
    const uint16_t in[])
{
	const struct map *m = p->make->map;
	size_t i;

	if (!exists(p, space, address, n))
		return PLC_BAD_ADDRESS;
	catch_up(p);
	memcpy(&p->memory[space][address], in, n * sizeof(in[0]));
	if (p->state != PLC_RUN) {
		restore_kept(p, space, address, n);
		return PLC_OK;
	}
	for (i = 0; i < m->n; i++)
		if (overlaps(&m->rows[i], space, address, n))
			take_row(p, i);
	return PLC_OK;
}

struct plc_pin *
plc_pin(struct plc *p, const struct map_row *row)
{
	size_t i = (size_t)(row - p->make->map->rows);

	assert(i < p->make->map->n);
	return &p->pins[i];
}

double
plc_shown(struct plc *p, const struct map_row *r)
{
	catch_up(p);
	return in_memory(p, r);
}
