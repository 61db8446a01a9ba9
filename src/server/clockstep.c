/* SPDX-License-Identifier: ISC */
#include "server/clockstep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/when.h"
#include "server/core.h"
#include "store/load.h"

#define STEP_MS 1000	/* less is no step: the two are read one by one */
#define KEEP_MS 60000
#define KEY "clock"

static struct span
ahead(const struct core *c)
{
	return (struct span){ c->wall.ms - clock_boot().us / 1000 };
}

/* All that has an end goes along. */
static void
shift(struct core *c, struct span by, const char *when)
{
	char far[WHEN_CAP], text[96];
	struct notice n = { .time = c->wall, .name = "server" };

	snprintf(text, sizeof(text), "the clock was set %s by %s%s",
	    by.ms < 0 ? "back" : "forward",
	    span_print(far, (struct span){ llabs(by.ms) }), when);
	log_warn("%s", text);
	alarms_clock_set(c, by);
	overrides_clock_set(c, by);
	bypasses_clock_set(c, by);
	tickets_clock_set(c, by);
	n.seq = audit_event(
	    c, RECORD_SYSTEM, NONE, n.name, text, NULL, NULL, NULL);
	str_copy(n.text, text, sizeof(n.text));
	sessions_notice(c, &n, NONE);
}

static void
keep(struct core *c)
{
	char text[48];

	c->clockstep.kept = c->now;
	snprintf(text, sizeof(text), "%lld %lld", (long long)c->wall.ms,
	    (long long)c->logs.ahead.ms);
	record_put_setting(commit_batch(c), KEY, text);
}

/* What the record says of the clock. */
struct last {
	struct wall now;	/* it has been */
	struct wall written;	/* the history reaches; 0: not beyond it */
};

static void
load(void *arg, const struct record_setting *s)
{
	struct last *l = arg;
	char *rest;

	if (strcmp(s->key, KEY) != 0)
		return;
	l->now.ms = strtoll(s->text, &rest, 10);
	l->written.ms = strtoll(rest, NULL, 10);
}

void
clockstep_start(struct core *c)
{
	struct last last = { 0 };
	struct err e;

	if (record_load_settings(c->record, load, &last, &e) < 0)
		log_error("clock: %s", e.text);
	c->clockstep.known = true;
	c->clockstep.ahead = ahead(c);
	logs_wait(c, last.written);
	if (c->wall.ms < last.now.ms - STEP_MS) {
		logs_wait(c, wall_add(last.now, (struct span){ KEEP_MS }));
		shift(c, (struct span){ c->wall.ms - last.now.ms },
		    " while the server did not run");
	}
	keep(c);
}

void
clockstep_look(struct core *c)
{
	struct span by = { ahead(c).ms - c->clockstep.ahead.ms };

	if (!c->clockstep.known || llabs(by.ms) <= STEP_MS)
		return;
	c->clockstep.ahead = ahead(c);
	logs_clock_set(c, (struct wall){ c->wall.ms - by.ms });
	shift(c, by, "");
	keep(c);
}

void
clockstep_second(struct core *c)
{
	if (mono_since(c->now, c->clockstep.kept).ms >= KEEP_MS)
		keep(c);
}
