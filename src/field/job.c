/* SPDX-License-Identifier: ISC */
#include "field/job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "field/channel.h"
#include "field/poll.h"

#define TRY_AGAIN ((struct span){ 100 })	/* nothing was sent yet */
#define LOOK_AGAIN ((struct span){ 20 })
#define PAUSE_FIRST ((struct span){ 10 })	/* between read-backs */
#define PAUSE_MOST 200
#define EXCEPTION_LATER 5	/* "acknowledge": it takes its time */

struct job *
job_new(const struct field_job *order, struct mono now)
{
	struct job *j = xcalloc(1, sizeof(*j));

	j->order = *order;
	j->result.id = order->id;
	j->result.steps[FIELD_STEP_RECEIVED] = now;
	return j;
}

static void
tell_result(struct channel *c, const struct field_result *r)
{
	uint8_t room[2048];
	struct put p = put_into(room, sizeof(room));

	put_u8(&p, FIELD_RESULT);
	put_field_result(&p, r);
	channel_message(c, &p);
}

void
job_finish(struct channel *c, struct job *j, enum field_outcome outcome,
    const char *reason)
{
	j->result.outcome = (uint8_t)outcome;
	j->result.time = clock_wall();
	if (reason != NULL)
		str_copy(j->result.reason, reason, sizeof(j->result.reason));
	tell_result(c, &j->result);
	TAILQ_REMOVE(&c->jobs, j, link);
	free(j);
}

/* The pulse may stand set in the device: clearing it is all that is left. */
static void
owe_clear(struct channel *c, const struct job *j)
{
	struct clear *k;

	if (j->order.kind != FIELD_TIMED)
		return;
	k = xcalloc(1, sizeof(*k));
	k->order = j->order;
	memset(k->order.registers, 0, sizeof(k->order.registers));
	TAILQ_INSERT_TAIL(&c->clears, k, link);
}

static void
finish_unknown(struct channel *c, struct job *j, const char *reason)
{
	owe_clear(c, j);
	job_finish(c, j, FIELD_UNKNOWN, reason);
}

static void
drop_opposite(struct channel *c, const struct job *safe)
{
	struct job *j, *next;

	for (j = TAILQ_FIRST(&c->jobs); j != NULL; j = next) {
		next = TAILQ_NEXT(j, link);
		if (j->phase == JOB_WAITING && !j->order.safe &&
		    j->order.object == safe->order.object)
			job_finish(c, j, FIELD_REFUSED,
			    "a safe command came before it was sent");
	}
}

void
job_accept(struct channel *c, struct job *j, struct mono now)
{
	j->next = now;
	if (!j->order.safe) {
		TAILQ_INSERT_TAIL(&c->jobs, j, link);
		return;
	}
	if (j->order.object != NONE)
		drop_opposite(c, j);
	TAILQ_INSERT_HEAD(&c->jobs, j, link);
}

static struct unit *
find_unit(struct channel *c, uint32_t device)
{
	unsigned i;

	for (i = 0; i < c->n_units; i++) {
		if (c->units[i].index == device)
			return &c->units[i];
	}
	return NULL;
}

static bool
is_bit_of_word(const struct point *at)
{
	return at->space == SPACE_HR && at->bit != NO_BIT;
}

static bool
writable(const struct point *at)
{
	return at->space == SPACE_COIL ||
	    (at->space == SPACE_HR && at->registers <= PDU_WRITE_REGISTERS);
}

/* Reads the point; true if it was answered. With a good answer *good is true
 * and words hold it. */
static bool
read_point(struct channel *c, struct unit *u, const struct point *at,
    uint16_t *words, bool *good)
{
	struct exchange *x = &c->x[0];

	exchange_reset(x);
	pdu_read(&x->request, at->space, at->address, at->registers);
	if (!channel_exchange(c, u, 1))
		return false;
	*good = x->verdict == VERDICT_GOOD;
	if (*good) {
		pdu_content(&x->request, &x->reply, words);
		poll_patch(c, u, at, words, x->time);
	}
	return true;
}

/*
 * The request that writes. A bit of a register is written under a mask, or,
 * if the word is ours, as the word just read with the bit changed: *word.
 */
static void
build(struct pdu *request, const struct field_job *o, uint16_t *word)
{
	uint16_t mask = (uint16_t)(1u << (o->at.bit & 15));

	if (o->at.space == SPACE_COIL) {
		pdu_write_coil(request, o->at.address, o->registers[0] != 0);
	} else if (!is_bit_of_word(&o->at)) {
		pdu_write(request, o->at.address, o->registers, o->at.registers);
	} else if (!o->at.ours) {
		pdu_mask(request, o->at.address, o->at.bit,
		    o->registers[0] != 0);
	} else {
		*word = (uint16_t)((*word & ~mask) | o->registers[0]);
		pdu_write(request, o->at.address, word, 1);
	}
}

static void
keep_frames(const struct exchange *x, struct field_frame *request,
    struct field_frame *reply)
{
	request->n = x->n_request_frame;
	memcpy(request->at, x->request_frame, x->n_request_frame);
	reply->n = x->n_reply_frame;
	memcpy(reply->at, x->reply_frame, x->n_reply_frame);
}

static void
explain_exception(struct job *j, uint8_t code)
{
	if (code == 1 && is_bit_of_word(&j->order.at) && !j->order.at.ours)
		str_copy(j->result.reason,
		    "the device cannot write a single bit, and the word is "
		    "not declared ours",
		    sizeof(j->result.reason));
	else
		snprintf(j->result.reason, sizeof(j->result.reason),
		    "the device answered: %s", pdu_exception_name(code));
}

/* The device answered the write; now it is watched until it is taken. */
static void
settle_from(struct job *j, const struct exchange *x, struct mono now)
{
	struct span taken = { j->order.taken_ms };

	j->result.steps[FIELD_STEP_ANSWERED] = x->answered;
	j->until = mono_add(now, taken);
	j->release =
	    mono_add(x->sent, (struct span){ (int64_t)j->order.pulse_ms });
	j->phase = JOB_SETTLING;
	j->pause = PAUSE_FIRST;
	j->next = now;
	memset(j->wanted, 0, sizeof(j->wanted));
	if (j->order.kind != FIELD_PLC_RESET)
		memcpy(j->wanted, j->order.registers, sizeof(j->wanted));
	if (x->verdict == VERDICT_EXCEPTION) {
		explain_exception(j, x->exception);
		if (x->exception != EXCEPTION_LATER)
			j->until = now;
	}
}

/* Another job of this point was sent and is not finished. */
static struct job *
find_running(struct channel *c, const struct job *of)
{
	const struct point *a = &of->order.at;
	struct job *j;

	TAILQ_FOREACH(j, &c->jobs, link) {
		const struct point *b = &j->order.at;

		if (j != of && j->phase != JOB_WAITING &&
		    a->device == b->device && a->space == b->space &&
		    a->address < b->address + b->registers &&
		    b->address < a->address + a->registers &&
		    (a->bit == b->bit || a->bit == NO_BIT ||
			b->bit == NO_BIT))
			return j;
	}
	return NULL;
}

/* Reads, then writes. The job ends, settles, or waits on if nothing left. */
static void
send_job(struct channel *c, struct unit *u, struct job *j)
{
	struct exchange *x = &c->x[0];
	struct job *overtaken;
	uint16_t words[FIELD_REGISTERS] = { 0 };
	bool good = false;
	struct mono now;

	j->next = mono_add(clock_mono(), TRY_AGAIN);
	if (!read_point(c, u, &j->order.at, words, &good))
		return;
	j->result.steps[FIELD_STEP_CHECKED] = clock_mono();
	j->whole = is_bit_of_word(&j->order.at) && j->order.at.ours;
	if (j->whole && !good) {
		job_finish(c, j, FIELD_REFUSED, "its word cannot be read");
		return;
	}
	j->word = words[0];
	exchange_reset(x);
	x->not_after = j->order.deadline;
	build(&x->request, &j->order, &j->word);
	channel_exchange(c, u, 1);
	now = clock_mono();
	keep_frames(x, &j->result.request, &j->result.reply);
	j->result.steps[FIELD_STEP_SENT] = x->sent;
	if (x->verdict == VERDICT_EXPIRED) {
		job_finish(c, j, FIELD_EXPIRED, "not sent in time");
		return;
	}
	if (x->sent.us == 0)
		return;
	if (x->verdict > VERDICT_EXCEPTION) {
		finish_unknown(c, j, "sent, but no answer");
		return;
	}
	while ((overtaken = find_running(c, j)) != NULL)
		job_finish(c, overtaken, FIELD_MISMATCH,
		    "a safe command overtook it");
	settle_from(j, x, now);
}

/* A job that has sent nothing. True if something was done. */
static bool
start(struct channel *c, struct job *j, struct mono now)
{
	struct unit *u = find_unit(c, j->order.at.device);
	const char *why;

	if (mono_before(j->order.deadline, now)) {
		job_finish(c, j, FIELD_EXPIRED,
		    u != NULL && u->text[0] ? u->text : "not sent in time");
		return true;
	}
	if (u == NULL || !writable(&j->order.at)) {
		job_finish(c, j, FIELD_REFUSED, "this cannot be written");
		return true;
	}
	why = unit_refuses(u, j->order.safe);
	if (why != NULL && *why != '\0') {
		job_finish(c, j, FIELD_REFUSED, why);
		return true;
	}
	if (why != NULL || !channel_connect(c, now) ||
	    unit_refuses(u, j->order.safe) != NULL ||
	    (!j->order.safe && find_running(c, j) != NULL))
		return false;
	send_job(c, u, j);
	return true;
}

static bool
is_taken(const struct job *j, const uint16_t *words)
{
	uint16_t mask = (uint16_t)(1u << (j->order.at.bit & 15));

	if (is_bit_of_word(&j->order.at))
		return (words[0] & mask) == j->wanted[0];
	return memcmp(words, j->wanted,
		   j->order.at.registers * sizeof(*words)) == 0;
}

/* P12: in a word that is ours nobody else may change a bit meanwhile. */
static bool
neighbour_changed(const struct job *j, const uint16_t *words)
{
	uint16_t mask = (uint16_t)(1u << (j->order.at.bit & 15));

	return j->whole && ((words[0] ^ j->word) & ~mask) != 0;
}

/* Of the read-back, answered or not. */
static void
keep_asked(struct job *j, const struct exchange *x)
{
	j->result.steps[FIELD_STEP_ASKED] = x->sent;
	j->result.steps[FIELD_STEP_READ] = x->answered;
	keep_frames(x, &j->result.back_request, &j->result.back_reply);
}

static void
keep_held(struct job *j, const uint16_t *words)
{
	j->result.n_held = j->order.at.registers;
	memcpy(j->result.held, words, j->order.at.registers * sizeof(*words));
}

/* The register is as wanted. */
static void
taken(struct channel *c, struct job *j)
{
	if (j->order.kind != FIELD_TIMED) {
		j->result.reason[0] = '\0';
		job_finish(c, j, FIELD_DONE, NULL);
		return;
	}
	if (j->phase == JOB_SETTLING) {
		j->confirmed = true;
		j->phase = JOB_HOLDING;
		j->next = j->release;
		return;
	}
	if (j->confirmed)
		job_finish(c, j, FIELD_DONE, NULL);
	else
		job_finish(c, j, FIELD_MISMATCH,
		    j->result.reason[0] ? j->result.reason
					: "the pulse was not seen in the device");
}

/* It is not as wanted, and no time is left. */
static void
not_taken(struct channel *c, struct job *j)
{
	if (j->order.kind == FIELD_TIMED && j->phase == JOB_SETTLING) {
		j->phase = JOB_HOLDING;	/* it must be cleared all the same */
		j->next = j->release;
		return;
	}
	/* what a level holds now says it all */
	if (j->result.reason[0] != '\0' || j->order.kind == FIELD_LEVEL)
		job_finish(c, j, FIELD_MISMATCH, NULL);
	else
		job_finish(c, j, FIELD_MISMATCH, "the device did not clear it");
}

/* One read-back. */
static void
read_back(struct channel *c, struct unit *u, struct job *j)
{
	uint16_t words[FIELD_REGISTERS] = { 0 };
	bool good = false;
	struct mono now, until = j->until;
	bool answered = read_point(c, u, &j->order.at, words, &good);

	keep_asked(j, &c->x[0]);
	if (!answered || !good) {
		finish_unknown(
		    c, j, "sent and answered, but it cannot be read back");
		return;
	}
	now = clock_mono();
	keep_held(j, words);
	if (j->order.kind == FIELD_TIMED && j->phase == JOB_SETTLING)
		until = mono_first(until, j->release);
	if (neighbour_changed(j, words))
		job_finish(c, j, FIELD_MISMATCH,
		    "another bit of its word changed meanwhile");
	else if (is_taken(j, words))
		taken(c, j);
	else if (!mono_before(now, until))
		not_taken(c, j);
	else {
		j->next = mono_first(mono_add(now, j->pause), until);
		j->pause.ms *= 2;
		j->pause.ms = j->pause.ms > PAUSE_MOST ? PAUSE_MOST
						       : j->pause.ms;
	}
}

/* Writes 0 to the point of this order; it was answered if true. */
static bool
write_zero(struct channel *c, struct unit *u, const struct field_job *order)
{
	struct exchange *x = &c->x[0];
	struct field_job zero = *order;
	uint16_t words[FIELD_REGISTERS] = { 0 };
	bool good = false;

	memset(zero.registers, 0, sizeof(zero.registers));
	if (is_bit_of_word(&zero.at) && zero.at.ours &&
	    (!read_point(c, u, &zero.at, words, &good) || !good))
		return false;
	exchange_reset(x);
	build(&x->request, &zero, &words[0]);
	return channel_exchange(c, u, 1);
}

/* The end of the pulse. */
static void
release(struct channel *c, struct unit *u, struct job *j)
{
	const char *why = unit_refuses(u, true);

	if (why == NULL && !channel_connect(c, clock_mono()))
		why = "no connection";
	if (why == NULL)
		why = unit_refuses(u, true);
	if (why != NULL || !write_zero(c, u, &j->order)) {
		finish_unknown(c, j, "the pulse was set, but not cleared yet");
		return;
	}
	memset(j->wanted, 0, sizeof(j->wanted));
	j->phase = JOB_RELEASING;
	j->whole = false;
	j->pause = PAUSE_FIRST;
	j->next = clock_mono();
	j->until = mono_add(
	    j->next, (struct span){ (int64_t)j->order.taken_ms });
}

/* A job that was sent. */
static void
go_on(struct channel *c, struct job *j, struct mono now)
{
	struct unit *u = find_unit(c, j->order.at.device);

	c->busy = j;
	if (j->phase == JOB_HOLDING)
		release(c, u, j);
	else if (!channel_connect(c, now))
		finish_unknown(c, j, "the connection was lost");
	else
		read_back(c, u, j);
	c->busy = NULL;
}

static bool
step(struct channel *c, struct job *j, struct mono now, struct mono *next)
{
	bool expired = j->phase == JOB_WAITING &&
	    mono_before(j->order.deadline, now);

	if (mono_before(now, j->next) && !expired) {
		*next = mono_first(*next, j->next);
		return false;
	}
	if (j->phase != JOB_WAITING) {
		go_on(c, j, now);
		return true;
	}
	if (start(c, j, now))
		return true;
	/* until the device answers, or the deadline is over */
	*next = mono_first(*next, mono_add(now, LOOK_AGAIN));
	return false;
}

static void
tell_cleared(struct channel *c, struct clear *k, bool ok, const char *reason)
{
	struct field_cleared f = { .id = k->order.id, .ok = ok,
		.time = clock_wall() };
	uint8_t room[512];
	struct put p = put_into(room, sizeof(room));

	str_copy(f.reason, reason, sizeof(f.reason));
	put_u8(&p, FIELD_CLEARED);
	put_field_cleared(&p, &f);
	channel_message(c, &p);
	TAILQ_REMOVE(&c->clears, k, link);
	free(k);
}

/* P13: the clearing half of a pulse whose connection was lost. */
static bool
clear(struct channel *c, struct clear *k, struct mono now)
{
	struct unit *u = find_unit(c, k->order.at.device);
	const char *why = unit_refuses(u, true);
	uint16_t words[FIELD_REGISTERS] = { 0 };
	bool good = false;

	if (why != NULL && *why != '\0') {
		tell_cleared(c, k, false, why);
		return true;
	}
	if (why != NULL || !channel_connect(c, now) ||
	    unit_refuses(u, true) != NULL)
		return false;
	if (!write_zero(c, u, &k->order))
		return true;	/* the next connection, then */
	if (c->x[0].verdict != VERDICT_GOOD) {
		tell_cleared(c, k, false, pdu_exception_name(c->x[0].exception));
		return true;
	}
	if (!read_point(c, u, &k->order.at, words, &good) || !good)
		tell_cleared(c, k, false, "written, but not read back");
	else if (is_bit_of_word(&k->order.at)
		? (words[0] >> k->order.at.bit & 1) != 0
		: words[0] != 0)
		tell_cleared(c, k, false, "written, but the device holds it");
	else
		tell_cleared(c, k, true, "");
	return true;
}

bool
job_turn(struct channel *c, struct mono now, struct mono *next)
{
	struct clear *k = TAILQ_FIRST(&c->clears);
	struct job *j;

	if (k != NULL && clear(c, k, now))
		return true;
	TAILQ_FOREACH(j, &c->jobs, link) {
		if (j->order.safe && j->phase == JOB_WAITING &&
		    step(c, j, now, next))
			return true;
	}
	TAILQ_FOREACH(j, &c->jobs, link) {
		if (step(c, j, now, next))
			return true;
	}
	return false;
}

void
job_line_lost(struct channel *c)
{
	struct job *j, *next;

	for (j = TAILQ_FIRST(&c->jobs); j != NULL; j = next) {
		next = TAILQ_NEXT(j, link);
		if (j->phase != JOB_WAITING && j != c->busy)
			finish_unknown(c, j, "the line was lost");
	}
}

void
job_wind_up(struct channel *c, bool at_once, struct mono now)
{
	struct job *j, *next;

	for (j = TAILQ_FIRST(&c->jobs); j != NULL; j = next) {
		next = TAILQ_NEXT(j, link);
		if (j->phase == JOB_WAITING)
			job_finish(c, j, FIELD_REFUSED, "the plan changed");
		else if (at_once && j->order.kind != FIELD_TIMED)
			job_finish(c, j, FIELD_UNKNOWN, "the server ended");
		else if (at_once && j->phase == JOB_RELEASING)
			j->until = now;		/* one look is enough */
		else if (at_once) {
			j->phase = JOB_HOLDING;
			j->next = now;
		}
	}
}

static void
lose_device(struct channel *c, struct job *j)
{
	if (j->phase == JOB_WAITING)
		job_finish(c, j, FIELD_REFUSED, "the plan changed");
	else
		job_finish(c, j, FIELD_UNKNOWN,
		    "its device is not in the plan any more");
}

void
job_adopt(struct channel *c, uint32_t from, uint32_t old, uint32_t plan,
    uint32_t device)
{
	struct clear *k, *next_clear;
	struct job *j, *next;

	for (j = TAILQ_FIRST(&c->jobs); j != NULL; j = next) {
		next = TAILQ_NEXT(j, link);
		if (j->order.plan != from || j->order.at.device != old)
			continue;
		j->order.plan = plan;
		j->order.at.device = device;
		if (device == NONE)
			lose_device(c, j);
	}
	for (k = TAILQ_FIRST(&c->clears); k != NULL; k = next_clear) {
		next_clear = TAILQ_NEXT(k, link);
		if (k->order.plan != from || k->order.at.device != old)
			continue;
		k->order.plan = plan;
		k->order.at.device = device;
		if (device == NONE)
			tell_cleared(c, k, false, "given up: the device is "
			    "not in the plan any more");
	}
}

void
job_adopt_rest(struct channel *c, uint32_t plan)
{
	struct job *j, *next;

	for (j = TAILQ_FIRST(&c->jobs); j != NULL; j = next) {
		next = TAILQ_NEXT(j, link);
		if (j->order.plan != plan)
			lose_device(c, j);
	}
}

void
job_forget(struct channel *c)
{
	struct clear *k;

	while ((k = TAILQ_FIRST(&c->clears)) != NULL)
		tell_cleared(c, k, false, "given up: the line ended");
}
