/* SPDX-License-Identifier: ISC */
#include "field/channel.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "field/adopt.h"
#include "field/poll.h"

struct channel *
channel_new(uint32_t plan, uint32_t index, const struct line *line,
    struct unit *units, unsigned n, struct outbox *outbox,
    struct numbers *numbers, struct beat *beat)
{
	struct channel *c = xcalloc(1, sizeof(*c));
	pthread_condattr_t attr;
	unsigned i;

	c->plan = plan;
	c->index = index;
	c->line = line;
	c->units = units;
	c->n_units = n;
	c->outbox = outbox;
	c->numbers = numbers;
	c->beat = beat;
	c->delay = line->backoff[0];
	c->seed = (unsigned)clock_mono().us + index;
	TAILQ_INIT(&c->jobs);
	TAILQ_INIT(&c->inbox);
	TAILQ_INIT(&c->clears);
	for (i = 0; i < line->n_to; i++)
		c->drivers[i] = driver_new(line->to[i].transport);
	pthread_mutex_init(&c->mutex, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&c->wake, &attr);
	pthread_condattr_destroy(&attr);
	return c;
}

static enum channel_stop
stopping(struct channel *c)
{
	enum channel_stop stop;

	pthread_mutex_lock(&c->mutex);
	stop = c->stop;
	pthread_mutex_unlock(&c->mutex);
	return stop;
}

/* No job is left, not even one that was just handed over. */
static bool
is_idle(struct channel *c)
{
	bool idle;

	pthread_mutex_lock(&c->mutex);
	idle = TAILQ_EMPTY(&c->inbox);
	pthread_mutex_unlock(&c->mutex);
	return idle && TAILQ_EMPTY(&c->jobs);
}

static void *
run(void *arg)
{
	struct channel *c = arg;
	struct mono now = clock_mono();
	unsigned i;

	for (i = 0; i < c->n_units; i++)
		unit_init(c, &c->units[i], now);
	while (stopping(c) == CHANNEL_RUNS || !is_idle(c))
		channel_turn(c);
	for (i = 0; i < c->line->n_to; i++)
		c->drivers[i]->ops->close(c->drivers[i]);
	for (i = 0; i < c->n_units; i++)
		unit_fini(c, &c->units[i]);
	job_forget(c);
	pthread_mutex_lock(&c->mutex);
	c->ended = true;
	pthread_mutex_unlock(&c->mutex);
	outbox_open(c->outbox);
	outbox_knock(c->outbox);
	outbox_close(c->outbox);
	return NULL;
}

void
channel_start(struct channel *c)
{
	pthread_attr_t attr;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 256 * 1024);
	if (pthread_create(&c->thread, &attr, run, c) != 0)
		fatal("no thread for line %s", c->line->name);
	pthread_attr_destroy(&attr);
}

void
channel_free(struct channel *c)
{
	unsigned i;

	pthread_join(c->thread, NULL);
	for (i = 0; i < c->line->n_to; i++)
		c->drivers[i]->ops->free(c->drivers[i]);
	pthread_mutex_destroy(&c->mutex);
	pthread_cond_destroy(&c->wake);
	adoption_free(c->adoption);
	free(c->units);
	free(c);
}

void
channel_stop(struct channel *c, enum channel_stop how)
{
	pthread_mutex_lock(&c->mutex);
	if (how > c->stop)
		c->stop = how;
	pthread_cond_signal(&c->wake);
	pthread_mutex_unlock(&c->mutex);
}

void
channel_adopt(struct channel *c, struct adoption *a)
{
	struct adoption *before;

	pthread_mutex_lock(&c->mutex);
	before = c->adoption;
	c->adoption = a;
	pthread_cond_signal(&c->wake);
	pthread_mutex_unlock(&c->mutex);
	adoption_free(before);
}

uint32_t
channel_adopted(struct channel *c)
{
	uint32_t adopted;

	pthread_mutex_lock(&c->mutex);
	adopted = c->adopted;
	pthread_mutex_unlock(&c->mutex);
	return adopted;
}

bool
channel_ended(struct channel *c)
{
	bool ended;

	pthread_mutex_lock(&c->mutex);
	ended = c->ended;
	pthread_mutex_unlock(&c->mutex);
	return ended;
}

bool
channel_job(struct channel *c, const struct field_job *order, struct mono now)
{
	struct job *j = job_new(order, now);
	bool taken;

	pthread_mutex_lock(&c->mutex);
	taken = c->stop == CHANNEL_RUNS;
	if (taken) {
		TAILQ_INSERT_TAIL(&c->inbox, j, link);
		pthread_cond_signal(&c->wake);
	}
	pthread_mutex_unlock(&c->mutex);
	if (!taken)
		free(j);
	return taken;
}

void
channel_report(struct channel *c, struct field_stats *s)
{
	memset(s, 0, sizeof(*s));
	pthread_mutex_lock(&c->mutex);
	s->requests = c->stats.requests;
	s->p50_us = stats_percentile(&c->stats, 0.5);
	s->p99_us = stats_percentile(&c->stats, 0.99);
	s->timeouts = c->stats.timeouts;
	s->overruns = c->stats.overruns;
	s->bad_replies = c->stats.bad_replies;
	str_copy(s->text, c->problem, sizeof(s->text));
	stats_roll(&c->stats);
	pthread_mutex_unlock(&c->mutex);
}

void
channel_problem(struct channel *c, const char *text)
{
	pthread_mutex_lock(&c->mutex);
	str_copy(c->problem, text, sizeof(c->problem));
	pthread_mutex_unlock(&c->mutex);
}

void
channel_overrun(struct channel *c)
{
	pthread_mutex_lock(&c->mutex);
	c->stats.overruns++;
	pthread_mutex_unlock(&c->mutex);
}

void
channel_message(struct channel *c, const struct put *message)
{
	assert(!message->full);
	outbox_open(c->outbox);
	outbox_event(c->outbox, message);
	outbox_close(c->outbox);
}

/* Tells the core that the line is up or down. */
static void
announce(struct channel *c, const char *why)
{
	struct field_line_state s = { .plan = c->plan, .line = c->index,
		.up = c->up, .path = (uint8_t)c->path, .time = clock_wall() };
	uint8_t room[512];
	struct put p = put_into(room, sizeof(room));

	str_copy(s.text, why, sizeof(s.text));
	put_u8(&p, FIELD_STATE_LINE);
	put_field_line_state(&p, &s);
	channel_message(c, &p);
	channel_problem(c, why);
	c->announced = true;
	if (c->up)
		log_note("line %s: up on %s", c->line->name,
		    c->line->to[c->path].text);
	else
		log_warn("line %s: down: %s", c->line->name, why);
}

void
channel_up(struct channel *c, struct mono now)
{
	unsigned i;

	c->delay = c->line->backoff[0];
	if (c->up)
		return;
	c->up = true;
	announce(c, "");
	for (i = 0; i < c->n_units; i++) {
		if (c->units[i].condition == FIELD_DEVICE_LINE) {
			c->units[i].failed = 0;
			c->units[i].probe_at = now;
		}
	}
}

/* Another path may do better; who answers there has to be seen anew. */
static void
next_path(struct channel *c)
{
	struct driver *d = c->drivers[c->path];

	if (c->line->n_to < 2)
		return;
	d->ops->close(d);
	c->path = (c->path + 1) % c->line->n_to;
}

static void
down(struct channel *c, const char *why, struct mono now)
{
	unsigned i;

	if (c->up || !c->announced) {
		c->up = false;
		announce(c, why);
	} else {
		channel_problem(c, why);
	}
	job_line_lost(c);
	for (i = 0; i < c->n_units; i++)
		unit_condition(
		    c, &c->units[i], FIELD_DEVICE_LINE, why, now);
}

void
channel_silent(struct channel *c, const char *why, struct mono now)
{
	down(c, why, now);
	next_path(c);
}

/* Between half and the whole of the delay, so that lines do not move in step;
 * the next one is longer. */
static void
back_off(struct channel *c, struct mono now)
{
	int64_t ms = c->delay.ms;

	ms = ms / 2 + rand_r(&c->seed) % (ms / 2 + 1);
	c->retry_at = mono_add(now, (struct span){ ms });
	c->delay.ms *= 2;
	if (c->delay.ms > c->line->backoff[1].ms)
		c->delay = c->line->backoff[1];
}

bool
channel_connect(struct channel *c, struct mono now)
{
	struct err e;
	unsigned i, tries;

	if (c->drivers[c->path]->ops->is_open(c->drivers[c->path]))
		return true;
	if (mono_before(now, c->retry_at))
		return false;
	for (tries = 0; tries < c->line->n_to; tries++) {
		struct driver *d = c->drivers[c->path];

		if (d->ops->open(d, &c->line->to[c->path],
			c->line->connect_timeout, &e) == 0) {
			for (i = 0; i < c->n_units; i++)
				c->units[i].identified = false;
			return true;
		}
		next_path(c);
	}
	now = clock_mono();
	back_off(c, now);
	down(c, e.text, now);
	return false;
}

static void
sleep_until(struct mono t)
{
	struct timespec ts = { t.us / 1000000, t.us % 1000000 * 1000 };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL) ==
	    EINTR)
		;
}

static void
count(struct channel *c, const struct exchange *x)
{
	if (x->sent.us == 0)
		return;
	if (x->answered.us != 0)
		stats_trip(&c->stats, x->answered.us - x->sent.us);
	else
		c->stats.requests++;
	if (x->verdict == VERDICT_TIMEOUT)
		c->stats.timeouts++;
	if (x->verdict == VERDICT_GARBAGE)
		c->stats.bad_replies++;
}

/* An exception of the gateway, not of the device. */
static bool
is_gateway(const struct exchange *x)
{
	return x->verdict == VERDICT_EXCEPTION &&
	    (x->exception == 10 || x->exception == 11);
}

static const char *
failure(const struct exchange *x)
{
	switch (x->verdict) {
	case VERDICT_GARBAGE:
		return "garbled answer from";
	case VERDICT_LOST:
		return "connection lost, no answer from";
	default:
		return "no answer from";
	}
}

bool
channel_exchange(struct channel *c, struct unit *u, unsigned n)
{
	struct driver *d = c->drivers[c->path];
	struct mono now = clock_mono();
	const struct exchange *bad = NULL;
	char why[FIELD_TEXT];
	unsigned i;

	if (mono_before(now, c->quiet_until))
		sleep_until(c->quiet_until);
	d->ops->exchange(d, u->def->unit, c->x, n, c->line->timeout);
	now = clock_mono();
	c->quiet_until = mono_add(now, c->line->gap);
	pthread_mutex_lock(&c->mutex);
	for (i = 0; i < n; i++)
		count(c, &c->x[i]);
	pthread_mutex_unlock(&c->mutex);
	for (i = 0; i < n && bad == NULL; i++) {
		if (c->x[i].verdict > VERDICT_EXCEPTION || is_gateway(&c->x[i]))
			bad = &c->x[i];
	}
	if (bad == NULL) {
		unit_answered(c, u, now);
	} else if (bad->verdict != VERDICT_EXPIRED) {
		snprintf(why, sizeof(why), "%s unit %u", failure(bad),
		    u->def->unit);
		unit_failed(c, u, why, now);
	}
	return bad == NULL;
}

/* Until then, or a job comes, or the channel is to stop otherwise. */
static void
wait_until(struct channel *c, struct mono t, enum channel_stop stop)
{
	struct timespec ts = { t.us / 1000000, t.us % 1000000 * 1000 };

	pthread_mutex_lock(&c->mutex);
	if (TAILQ_EMPTY(&c->inbox) && c->stop == stop && c->adoption == NULL) {
		if (t.us == INT64_MAX)
			pthread_cond_wait(&c->wake, &c->mutex);
		else
			pthread_cond_timedwait(&c->wake, &c->mutex, &ts);
	}
	pthread_mutex_unlock(&c->mutex);
}

/* Says that the plans before are not looked at any more. */
static void
tell_adopted(struct channel *c, uint32_t number)
{
	pthread_mutex_lock(&c->mutex);
	c->adopted = number;
	pthread_mutex_unlock(&c->mutex);
	outbox_open(c->outbox);
	outbox_knock(c->outbox);
	outbox_close(c->outbox);
}

/* Jobs and a new plan, in the order in which they were handed over: jobs say
 * of which plan they are. */
static void
take_inbox(struct channel *c, struct mono now)
{
	struct adoption *a;
	struct jobs inbox;
	struct job *j;

	TAILQ_INIT(&inbox);
	pthread_mutex_lock(&c->mutex);
	TAILQ_CONCAT(&inbox, &c->inbox, link);
	a = c->adoption;
	c->adoption = NULL;
	pthread_mutex_unlock(&c->mutex);
	while ((j = TAILQ_FIRST(&inbox)) != NULL) {
		TAILQ_REMOVE(&inbox, j, link);
		job_accept(c, j, now);
	}
	if (a != NULL) {
		adopt(c, a, now);
		tell_adopted(c, a->number);
		free(a);
	}
}

void
channel_turn(struct channel *c)
{
	struct mono now = clock_mono(), next = MONO_NEVER;
	enum channel_stop stop = stopping(c);
	unsigned i;

	take_inbox(c, now);
	if (stop != CHANNEL_RUNS)
		job_wind_up(c, stop == CHANNEL_ENDS, now);
	if (job_turn(c, now, &next))
		return;
	for (i = 0; i < c->n_units; i++) {
		if (unit_turn(c, &c->units[i], now, &next))
			return;
	}
	if (stop == CHANNEL_RUNS && poll_turn(c, now, &next))
		return;
	if (mono_before(now, next) && (stop == CHANNEL_RUNS ||
		!TAILQ_EMPTY(&c->jobs)))
		wait_until(c, next, stop);
}
