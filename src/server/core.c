/* SPDX-License-Identifier: ISC */
#include "server/core.h"

#include <pthread.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/when.h"
#include "server/follow.h"
#include "server/requests.h"
#include "server/restore.h"
#include "server/swap.h"
#include "server/watch.h"
#include "store/load.h"

#define PUBLISH_MS 5		/* a fan-out yields after so long (I8) */

/* What reader threads brought waits here until the core's thread takes it. */
struct pages {
	pthread_mutex_t lock;
	VEC(struct page_in {
		core_take_fn *take;
		void *arg;
		void *page;
	}) all;
};

static void
load_setting(void *arg, const struct record_setting *s)
{
	struct core *c = arg;
	struct revision r = { 0 };
	unsigned n;
	long long ms;

	if (strcmp(s->key, "revision") == 0) {
		c->revision = (uint32_t)strtoul(s->text, NULL, 10);
		return;
	}
	if (sscanf(s->key, "revision %u", &n) != 1 || n == 0 || n > 100000 ||
	    sscanf(s->text, "%64s %lld %32s", r.id, &ms, r.user) != 3)
		return;
	r.applied.ms = ms;
	while (c->revisions.n < n)
		*vec_add(&c->revisions) = (struct revision){ 0 };
	c->revisions.at[n - 1] = r;
}

/* The project that was applied last; without one the plant is empty. */
static int
load_project(struct core *c, struct err *e)
{
	if (record_load_settings(c->record, load_setting, c, e) < 0)
		return -1;
	if (c->revision == 0 || c->revision > c->revisions.n) {
		c->revision = 0;
		c->plant = plant_empty();
		return 0;
	}
	str_copy(c->project, c->revisions.at[c->revision - 1].id,
	    sizeof(c->project));
	return making_read(c->config, c->project, &c->plant, e);
}

/* Retained values: out of a range that is new, they are bad(config) (P20). */
static void
load_value(void *arg, const struct record_value *row)
{
	struct core *c = arg;
	uint32_t tag = plant_tag(c->plant, row->tag);
	const struct tag *t = tag != NONE ? &c->plant->tags[tag] : NULL;
	struct value v = row->value;

	if (t == NULL)
		tallies_await(c, row);
	if (t == NULL || tallies_load(c, tag, row) || !t->retain ||
	    v.type != t->type)
		return;
	live_confine(t, &v);
	live_put(c, tag, &v);
}

static int
load_values(struct core *c, struct err *e)
{
	struct value v;
	uint32_t i;

	for (i = 0; i < c->plant->n_tags; i++)
		if (c->plant->tags[i].source == SOURCE_INTERNAL) {
			v = live_initial(&c->plant->tags[i], c->wall);
			live_put(c, i, &v);
		}
	if (record_load_values(c->record, load_value, c, e) < 0)
		return -1;
	for (i = 0; i < c->plant->n_calc; i++)
		c->live.tags[c->plant->calc[i]].queued = true;
	c->live.any_queued = true;
	return 0;
}

static void
on_done(void *arg, uint64_t upto)
{
	struct core *c = arg;

	(void)upto;
	c->io.wake(c->io.arg);
}

/* Core, field and terminals run as different users. */
static bool
is_separated(const struct server_config *k)
{
	struct passwd *pw;
	uid_t uid[3];
	int i;

	for (i = 0; i < 3; i++) {
		pw = getpwnam(k->users[i]);
		if (pw == NULL)
			return false;
		uid[i] = pw->pw_uid;
	}
	return geteuid() == uid[0] && uid[0] != uid[1] && uid[1] != uid[2] &&
	    uid[0] != uid[2];
}

struct core *
core_new(const struct server_config *config, const struct core_io *io,
    struct err *e)
{
	struct core *c = xcalloc(1, sizeof(*c));

	c->config = config;
	c->io = *io;
	c->separated = is_separated(config);
	c->commit.behind = MONO_NEVER;
	c->pages = xcalloc(1, sizeof(*c->pages));
	pthread_mutex_init(&c->pages->lock, NULL);
	core_time(c);
	c->started = c->now;
	c->started_wall = c->wall;
	c->record = record_open(config->state, e);
	if (c->record == NULL || load_project(c, e) < 0)
		return NULL;	/* the process ends: nothing is freed */
	if (!when_zone(c->plant->timezone))
		log_warn("unknown time zone %s: UTC", c->plant->timezone);
	control_load(c);
	if (restore_load(c, e) < 0 || tunables_load(c, e) < 0)
		return NULL;
	alarms_init(c);
	live_init(c);
	tallies_init(c);
	logs_init(c);
	swap_init(c);
	fieldlink_init(c);
	traces_init(c);
	peers_init(c);
	intake_init(c);
	passwords_init(c);
	if (users_load(c, e) < 0 || sessions_load(c, e) < 0 ||
	    load_values(c, e) < 0 || overrides_load(c, e) < 0 ||
	    lockouts_load(c, e) < 0 || commands_load(c, e) < 0 ||
	    bypasses_load(c, e) < 0)
		return NULL;
	clockstep_start(c);
	record_start(c->record, on_done, c);
	logs_start(c);
	audit_event(c, RECORD_SYSTEM, NONE, "server", "started", NULL, NULL,
	    NULL);
	return c;
}

static void
take_pages(struct core *c)
{
	struct page_in in;

	for (;;) {
		pthread_mutex_lock(&c->pages->lock);
		if (c->pages->all.n == 0) {
			pthread_mutex_unlock(&c->pages->lock);
			return;
		}
		in = c->pages->all.at[0];
		memmove(c->pages->all.at, c->pages->all.at + 1,
		    --c->pages->all.n * sizeof(in));
		pthread_mutex_unlock(&c->pages->lock);
		in.take(c, in.arg, in.page);
	}
}

void
core_free(struct core *c)
{
	struct err e;

	c->stopping = true;
	peers_fini(c);
	intake_fini(c);
	fieldlink_fini(c);
	tallies_keep(c);
	audit_event(c, RECORD_SYSTEM, NONE, "server", "stopped", NULL, NULL,
	    NULL);
	commit_submit(c);
	commands_fini(c);
	passwords_fini(c);
	vec_free(&c->places.all);
	logs_fini(c);		/* before others may own the directory */
	if (record_close(c->record, &e) < 0)
		log_error("record: %s", e.text);
	sessions_fini(c);
	take_pages(c);		/* their askers are gone */
	commit_fini(c);
	traces_fini(c);
	alarms_fini(c);
	tallies_fini(c);
	tunables_fini(c);
	horn_fini(c);
	overrides_fini(c);
	lockouts_fini(c);
	bypasses_fini(c);
	live_fini(c);
	users_fini(c);
	timers_fini(&c->timers);
	vec_free(&c->revisions);
	free(c->changed.tags);
	free(c->changed.commands);
	plant_free(c->plant);
	vec_free(&c->pages->all);
	pthread_mutex_destroy(&c->pages->lock);
	free(c->pages);
	free(c);
}

void
core_time(struct core *c)
{
	c->now = clock_mono();
	c->wall = clock_wall();
	clockstep_look(c);
}

void
core_path(struct core *c, int fd)
{
	peers_listen(c, fd);
}

void
core_child(
    struct core *c, const char *name, unsigned restarts, bool degraded)
{
	bool any = false;
	unsigned i, at = 0;

	for (i = 0; i < CORE_CHILDREN; i++)
		if (strcmp(c->children[i].name, name) == 0 ||
		    c->children[i].name[0] == '\0') {
			at = i;
			break;
		}
	if (restarts > c->children[at].restarts)
		audit_event(c, RECORD_SYSTEM, NONE, name, "restarted", NULL,
		    NULL, NULL);
	str_copy(c->children[at].name, name, sizeof(c->children[at].name));
	c->children[at].restarts = restarts;
	c->children[at].degraded = degraded;
	for (i = 0; i < CORE_CHILDREN; i++)
		any |= c->children[i].degraded;
	alarms_system(c, c->plant->restart_alarm, any);
}

bool
core_logins(const struct core *c)
{
	const struct user *u;

	for (u = c->users.by_name; u != NULL; u = u->hh.next)
		if (user_can_login(u, c->config->ssh.passwords))
			return true;
	return false;
}

void
core_arrived(struct core *c, core_take_fn *take, void *arg, void *page)
{
	pthread_mutex_lock(&c->pages->lock);
	vec_push(&c->pages->all, ((struct page_in){ take, arg, page }));
	pthread_mutex_unlock(&c->pages->lock);
	c->io.wake(c->io.arg);
}

void
core_readable(struct core *c, int fd)
{
	if (fd == c->field.fd)
		fieldlink_read(c);
	else if (!peers_readable(c, fd))
		intake_readable(c, fd);
}

static void
publish_later(struct core *c, uint64_t id)
{
	struct session *s = session_find(c, id);

	if (s != NULL && s->publish_planned)
		watch_publish(c, s);
}

static void
second(struct core *c)
{
	fieldlink_beat(c);
	sessions_beat(c);
	logs_second(c);
	clockstep_second(c);
	tallies_second(c);
	alarms_system(c, c->plant->store_alarm,
	    commit_is_behind(c) || logs_are_failing(c));
	alarms_system(c, c->plant->disk_alarm, record_disk_is_low(c->record));
}

static void
run_timers(struct core *c)
{
	struct timer t;

	while (timers_take(&c->timers, c->now, &t)) {
		switch ((enum timer_sort)t.sort) {
		case TIMER_ALARM:
			alarms_due(c, (uint32_t)t.slot);
			break;
		case TIMER_COMMAND:
			commands_due(c, t.slot);
			break;
		case TIMER_BEAT:
			second(c);
			break;
		case TIMER_STALE:
			live_sweep(c);
			break;
		case TIMER_PUBLISH:
			publish_later(c, t.slot);
			break;
		case TIMER_PEER:
			peers_timeout(c);
			break;
		case TIMER_PASSWORD:
			passwords_due(c, t.slot);
			break;
		case TIMER_AGE:
			live_age(c);
			break;
		case TIMER_LOG:
			logs_due(c, (uint32_t)t.slot);
			break;
		case TIMER_FIELD:
			fieldlink_pump(c);
			break;
		case TIMER_OVERRIDE:
			overrides_due(c);
			break;
		case TIMER_BYPASS:
			bypasses_due(c);
			break;
		}
	}
}

/* Alarms to those who follow; yields after 5 ms and goes on next turn. */
static void
publish_alarms(struct core *c)
{
	struct session *s, *first = TAILQ_FIRST(&c->sessions.list);
	struct mono until = mono_add(clock_mono(),
	    (struct span){ PUBLISH_MS });

	TAILQ_FOREACH(s, &c->sessions.list, next) {
		follow_publish(c, s);
		if (mono_before(clock_mono(), until))
			continue;
		/* those who were served go behind those who were not */
		while (first != NULL && first != TAILQ_NEXT(s, next)) {
			TAILQ_REMOVE(&c->sessions.list, first, next);
			TAILQ_INSERT_TAIL(&c->sessions.list, first, next);
			if (first == s)
				break;
			first = TAILQ_FIRST(&c->sessions.list);
		}
		c->io.wake(c->io.arg);
		return;
	}
}

void
core_turn(struct core *c)
{
	struct mono began = clock_mono();

	c->turns++;
	run_timers(c);
	take_pages(c);
	passwords_settle(c);
	intake_turn(c);
	commit_release(c);
	live_settle(c);
	commands_settle(c);
	alarms_settle(c);
	tallies_settle(c);
	horn_settle(c);
	publish_alarms(c);
	peers_sweep(c);
	logs_turn(c);
	commit_submit(c);
	c->turn_us[c->turns % 256] =
	    (uint32_t)(clock_mono().us - began.us);
}

static int
compare_us(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

double
core_turn_p99(const struct core *c)
{
	uint32_t us[256];
	size_t n = c->turns < 256 ? c->turns : 256;

	if (n == 0)
		return 0;
	memcpy(us, c->turn_us, sizeof(us));
	qsort(us, n, sizeof(us[0]), compare_us);
	return us[n * 99 / 100] / 1000.0;
}

struct mono
core_due(const struct core *c)
{
	return timers_due(&c->timers);
}
