/* SPDX-License-Identifier: ISC */
#include "field/poll.h"

#include <stdlib.h>
#include <string.h>

#define RETRY_REFUSED ((struct span){ 5 * 60 * 1000 })	/* P24 */
#define PATIENCE 3	/* exceptions that may pass by themselves */
#define DEEPEST 12	/* cuts that it takes to find one bit of 2000 */
#define SLOW_MS 2000	/* a new plan does not wait for such a block (P20) */
/* What is due within this is read now: a sleep costs more than a request. */
#define SLACK ((struct span){ 1 })

static struct block
new_block(const struct plan_block *of, struct mono now)
{
	return (struct block){ .of = *of, .number = NONE, .due = now,
		.image = xcalloc(of->count, sizeof(uint16_t)) };
}

static void
put_blocks_head(struct put *p, uint32_t plan)
{
	put_u8(p, FIELD_BLOCKS);
	put_u32(p, plan);
	put_u16(p, 1);
}

/* Says which tags a block brings; n 0: it is no more. */
static void
tell_block(struct channel *c, struct unit *u, struct block *b, uint16_t n)
{
	struct field_block f = { .block = b->number, .device = u->index,
		.good_for_ms =
		    plan_good_for(b->of.period_ms, c->line->timeout),
		.n_slots = n };
	size_t size = 64 + 4 * (size_t)n;
	uint8_t *room = xmalloc(size);
	struct put p = put_into(room, size);
	uint16_t i;

	put_blocks_head(&p, c->plan);
	put_field_block(&p, &f);
	for (i = 0; i < n; i++)
		put_u32(&p, u->points[u->plan.order[b->of.lo + i]].slot);
	channel_message(c, &p);
	free(room);
}

/* What the device refuses is bad(device). */
static void
tell_refused(struct channel *c, const struct unit *u, const struct block *b)
{
	size_t size = 64 + 4 * (size_t)b->of.n;
	uint8_t *room = xmalloc(size);
	struct put p = put_into(room, size);
	uint32_t i;

	put_u8(&p, FIELD_MARKS);
	put_u32(&p, c->plan);
	put_u8(&p, QUALITY_BAD);
	put_u8(&p, CAUSE_DEVICE);
	put_wall(&p, clock_wall());
	put_u16(&p, (uint16_t)b->of.n);
	for (i = 0; i < b->of.n; i++)
		put_u32(&p, u->points[u->plan.order[b->of.lo + i]].slot);
	channel_message(c, &p);
	free(room);
}

static void
announce(struct channel *c, struct unit *u, struct block *b)
{
	b->number = numbers_take(c->numbers);
	tell_block(c, u, b, (uint16_t)b->of.n);
}

static void
withdraw(struct channel *c, struct unit *u, struct block *b)
{
	if (b->number == NONE)
		return;
	tell_block(c, u, b, 0);
	numbers_give(c->numbers, b->number);
	b->number = NONE;
}

static void
add_blocks(struct channel *c, struct unit *u, struct mono now)
{
	size_t i;

	for (i = 0; i < u->plan.n_blocks; i++) {
		vec_push(&u->blocks, new_block(&u->plan.blocks[i], now));
		announce(c, u, &u->blocks.at[i]);
	}
}

void
poll_begin(struct channel *c, struct unit *u, struct mono now)
{
	plan_build(&u->plan, u->def, u->points, u->n_points);
	add_blocks(c, u, now);
}

static void
drop_blocks(struct channel *c, struct unit *u)
{
	size_t i;

	for (i = 0; i < u->blocks.n; i++) {
		if (u->blocks.at[i].number != NONE)
			numbers_give(c->numbers, u->blocks.at[i].number);
		free(u->blocks.at[i].image);
	}
	vec_clear(&u->blocks);
}

void
poll_end(struct channel *c, struct unit *u)
{
	drop_blocks(c, u);
	vec_free(&u->blocks);
	plan_free(&u->plan);
}

void
poll_withdraw(struct channel *c, struct unit *u)
{
	size_t i;

	for (i = 0; i < u->blocks.n; i++)
		withdraw(c, u, &u->blocks.at[i]);
}

static bool
is_slow(const struct block *b)
{
	return b->of.period_ms > SLOW_MS;
}

void
poll_renumber(struct channel *c, struct unit *u, struct mono now)
{
	struct block *b;
	size_t i;

	for (i = 0; i < u->blocks.n; i++) {
		b = &u->blocks.at[i];
		b->untold = true;
		/* of a silent one the core knows what its values are */
		if (b->guilty && u->condition == FIELD_DEVICE_OK)
			tell_refused(c, u, b);
		if (b->number != NONE)
			tell_block(c, u, b, (uint16_t)b->of.n);
		if (!b->guilty && is_slow(b))
			b->due = now;
	}
}

void
poll_replan(struct channel *c, struct unit *u, struct mono now)
{
	poll_withdraw(c, u);
	poll_end(c, u);
	poll_begin(c, u, now);
}

void
poll_afresh(struct channel *c, struct unit *u, struct mono now)
{
	size_t i;

	if (u->blocks.n != u->plan.n_blocks) {	/* some were cut */
		for (i = 0; i < u->blocks.n; i++)
			withdraw(c, u, &u->blocks.at[i]);
		drop_blocks(c, u);
		add_blocks(c, u, now);
	}
	for (i = 0; i < u->blocks.n; i++) {
		u->blocks.at[i].seen = false;
		u->blocks.at[i].due = now;
	}
}

/* Did the registers (or the bit) of a point change between two images? */
static bool
changed(const struct block *b, const struct point *at, const uint16_t *words)
{
	size_t i = (size_t)(at->address - b->of.first);

	if (at->bit != NO_BIT)
		return ((b->image[i] ^ words[i]) >> at->bit & 1) != 0;
	return memcmp(b->image + i, words + i,
		   at->registers * sizeof(*words)) != 0;
}

/* Tells the values that differ from the image, or all; the image becomes
 * words. */
static void
tell_values(struct channel *c, struct unit *u, struct block *b,
    const uint16_t *words, struct wall t, bool all)
{
	char text[VALUE_TEXT_MAX + 1];
	uint32_t i;

	for (i = b->of.lo; i < b->of.lo + b->of.n; i++) {
		const struct field_point *f = &u->points[u->plan.order[i]];
		struct value v;

		if (!all && !changed(b, &f->at, words))
			continue;
		v = unit_value(
		    f, words + (f->at.address - b->of.first), t, text);
		outbox_value(c->outbox, c->plan, f->slot, &v);
	}
	memcpy(b->image, words, b->of.count * sizeof(*words));
}

static bool
same(const struct block *b, const uint16_t *words)
{
	return memcmp(b->image, words, b->of.count * sizeof(*words)) == 0;
}

/* A good reply. */
static void
take(struct channel *c, struct unit *u, struct block *b,
    const struct exchange *x)
{
	uint16_t words[PDU_READ_BITS];
	bool all = !b->seen || b->untold;

	pdu_content(&x->request, &x->reply, words);
	u->faults = 0;
	b->exceptions = 0;
	b->guilty = false;
	if (b->number == NONE)
		announce(c, u, b);
	outbox_open(c->outbox);
	if (all || !same(b, words))
		tell_values(c, u, b, words, x->time, all);
	b->seen = true;
	b->untold = false;
	outbox_alive(c->outbox, c->plan, b->number, x->time);
	outbox_close(c->outbox);
}

void
poll_patch(struct channel *c, struct unit *u, const struct point *at,
    const uint16_t *words, struct wall t)
{
	uint16_t image[PDU_READ_BITS];
	size_t i;

	if (u->condition != FIELD_DEVICE_OK)
		return;
	outbox_open(c->outbox);
	for (i = 0; i < u->blocks.n; i++) {
		struct block *b = &u->blocks.at[i];

		if (!b->seen || b->of.space != at->space ||
		    at->address < b->of.first ||
		    at->address + at->registers > b->of.first + b->of.count)
			continue;
		memcpy(image, b->image, b->of.count * sizeof(*image));
		memcpy(image + (at->address - b->of.first), words,
		    at->registers * sizeof(*image));
		if (!same(b, image))
			tell_values(c, u, b, image, t, false);
	}
	outbox_close(c->outbox);
}

/* The registers that the device refuses are bad(device); nothing else is. */
static void
mark(struct channel *c, struct unit *u, struct block *b, struct mono now)
{
	withdraw(c, u, b);
	b->guilty = true;
	b->seen = false;
	b->due = mono_add(now, RETRY_REFUSED);
	tell_refused(c, u, b);
}

/* Is anything but this block still read? */
static bool
is_last(const struct unit *u, const struct block *b)
{
	size_t i;

	for (i = 0; i < u->blocks.n; i++) {
		if (&u->blocks.at[i] != b && !u->blocks.at[i].guilty)
			return false;
	}
	return true;
}

/* One half takes the place of the block, the other is added. False if it
 * cannot be cut. */
static bool
halve(struct channel *c, struct unit *u, size_t index, struct mono now)
{
	struct plan_block left, right;
	struct block *b = &u->blocks.at[index], *other;
	uint8_t exceptions = b->exceptions;

	if (!plan_split(&u->plan, u->points, &b->of, &left, &right))
		return false;
	withdraw(c, u, b);
	free(b->image);
	*b = new_block(&left, now);
	b->exceptions = exceptions;
	other = vec_add(&u->blocks);
	*other = new_block(&right, now);
	other->exceptions = exceptions;
	return true;
}

/*
 * "illegal address" is about the block: cut it. Anything else may be about the
 * device and may pass: it is cut only after a while, or when the device was
 * just seen to answer otherwise; and not if nothing else is answered at all.
 */
static void
refuse(struct channel *c, struct unit *u, size_t index, uint8_t code,
    struct mono now)
{
	struct block *b = &u->blocks.at[index];
	bool cut = code <= 3 || mono_before(now, u->impatient_until);

	if (code > 3 && b->exceptions < PATIENCE)
		b->exceptions++;
	cut = cut || b->exceptions >= PATIENCE;
	if (unit_excepted(c, u, code, cut ? DEEPEST : PATIENCE, now) || !cut ||
	    halve(c, u, index, now))
		return;
	if (code > 3 && is_last(u, b))
		unit_excepted(c, u, code, 0, now);
	else
		mark(c, u, b, now);
}

/* The next time of a block that was read. The first reads of all blocks come
 * at once; then they are spread over their period. */
static void
schedule(struct channel *c, struct block *b, bool first, struct mono now)
{
	uint32_t share = b->number * 2654435761u >> 16 & 0xffff;
	struct span period = { b->of.period_ms };

	if (first) {
		b->due.us = now.us + period.ms * 1000 * (share + 1) / 65536;
		return;
	}
	b->due = mono_add(b->due, period);
	if (mono_before(b->due, now)) {
		if (period.ms > 0)
			channel_overrun(c);
		b->due = now;
	}
}

/* The unit and block that wait longest, of those that may be read. */
static struct block *
find_due(struct channel *c, struct unit **unit)
{
	struct block *best = NULL;
	unsigned i;
	size_t k;

	for (i = 0; i < c->n_units; i++) {
		struct unit *u = &c->units[i];

		if (u->condition != FIELD_DEVICE_OK)
			continue;
		for (k = 0; k < u->blocks.n; k++) {
			if (best != NULL &&
			    !mono_before(u->blocks.at[k].due, best->due))
				continue;
			best = &u->blocks.at[k];
			*unit = u;
		}
	}
	return best;
}

/* With a pipeline: more blocks of this unit that are due. */
static unsigned
gather(struct unit *u, struct block *first, size_t *which, struct mono now)
{
	unsigned n = 0, most = u->def->pipeline;
	size_t i;

	which[n++] = (size_t)(first - u->blocks.at);
	most = most > EXCHANGE_MOST ? EXCHANGE_MOST : most;
	for (i = 0; i < u->blocks.n && n < most; i++) {
		if (i != which[0] && !mono_before(now, u->blocks.at[i].due))
			which[n++] = i;
	}
	return n;
}

static void
read_blocks(struct channel *c, struct unit *u, const size_t *which, unsigned n)
{
	struct mono now;
	unsigned i;

	for (i = 0; i < n; i++) {
		const struct plan_block *of = &u->blocks.at[which[i]].of;

		exchange_reset(&c->x[i]);
		pdu_read(&c->x[i].request, of->space, of->first, of->count);
	}
	channel_exchange(c, u, n);
	now = clock_mono();
	for (i = 0; i < n; i++) {
		struct block *b = &u->blocks.at[which[i]];
		bool first = !b->seen || (b->untold && is_slow(b));

		if (u->condition != FIELD_DEVICE_OK)
			return;
		if (c->x[i].verdict == VERDICT_GOOD)
			take(c, u, b, &c->x[i]);
		schedule(c, b, first, now);
		if (c->x[i].verdict == VERDICT_EXCEPTION)
			refuse(c, u, which[i], c->x[i].exception, now);
	}
}

bool
poll_turn(struct channel *c, struct mono now, struct mono *next)
{
	struct unit *u = NULL;
	struct block *b = find_due(c, &u);
	size_t which[EXCHANGE_MOST];

	if (b == NULL)
		return false;
	if (mono_before(mono_add(now, SLACK), b->due)) {
		*next = mono_first(*next, b->due);
		return false;
	}
	if (!channel_connect(c, now)) {
		*next = mono_first(*next, c->retry_at);
		return false;
	}
	if (u->def->has_identity && !u->identified)
		return true;	/* a new connection: unit_turn() asks first */
	read_blocks(c, u, which, gather(u, b, which, now));
	return true;
}

bool
poll_probe(const struct unit *u, struct pdu *request)
{
	const struct point *at = NULL;
	size_t i;

	if (u->def->has_alive)
		at = &u->def->alive;
	for (i = 0; i < u->blocks.n && at == NULL; i++) {
		if (!u->blocks.at[i].guilty)
			at = &u->points[u->plan.order[u->blocks.at[i].of.lo]].at;
	}
	if (at == NULL && u->n_points > 0)
		at = &u->points[0].at;
	if (at != NULL)
		pdu_read(request, at->space, at->address, at->registers);
	return at != NULL;
}
