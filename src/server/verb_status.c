/* SPDX-License-Identifier: ISC */
/* status: one row for each part (STATUS_COLUMNS in wire/verbs.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"

enum column {
	AT_PART,
	AT_KIND,
	AT_STATE,
	AT_NAME,
	AT_SINCE,
	AT_DETAIL,
	AT_REVISION,
	AT_VERSION,
	AT_P99_MS,
	AT_USED_MB,
	AT_LIMIT_MB,
	AT_COUNT,
	AT_OF,
	AT_REQUESTS_S,
	AT_OVERRUNS,
	AT_TIMEOUTS,
	AT_BEHIND_S,
	AT_GOOD,
	AT_UNCERTAIN,
	AT_STALE,
	AT_BAD,
	AT_OVERRIDES,
	AT_UNACKNOWLEDGED,
	AT_PRIORITY_1,
	AT_BYPASSES = AT_PRIORITY_1 + 4
};

static void
begin(struct cell *cells, const char *part, const char *kind,
    const char *state)
{
	unsigned i;

	for (i = 0; i < ANSWER_CELLS; i++)
		cells[i] = cell_null();
	cells[AT_PART] = cell_text(part);
	cells[AT_KIND] = cell_text(kind);
	cells[AT_STATE] = cell_text(state);
}

static double
memory_mb(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	unsigned long pages = 0;

	if (f == NULL)
		return 0;
	if (fscanf(f, "%*u %lu", &pages) != 1)
		pages = 0;
	fclose(f);
	return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1048576.0;
}

static const char *
child_detail(const struct core *c, const char *name, char *room, size_t cap)
{
	unsigned i;

	room[0] = '\0';
	for (i = 0; i < CORE_CHILDREN; i++)
		if (strcmp(c->children[i].name, name) == 0 &&
		    c->children[i].degraded)
			snprintf(room, cap, "degraded: %u restarts in 60 s",
			    c->children[i].restarts);
	return room;
}

static bool
line_ok(const struct core *c, uint32_t line)
{
	uint32_t i;

	if (!c->field.lines[line].up)
		return false;
	for (i = 0; i < c->plant->n_devices; i++)
		if (c->plant->devices[i].line == line &&
		    c->field.devices[i].condition != FIELD_DEVICE_OK)
			return false;
	return true;
}

static unsigned
lines_ok(const struct core *c)
{
	unsigned n = 0;
	uint32_t i;

	for (i = 0; i < c->plant->n_lines; i++)
		n += line_ok(c, i);
	return n;
}

static bool
server_row(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	char bypassed[48] = "";
	bool degraded = false;
	unsigned i;

	for (i = 0; i < CORE_CHILDREN; i++)
		degraded |= c->children[i].degraded;
	begin(cells, "server", "server", degraded ? "degraded" : "running");
	cells[AT_NAME] = cell_text(text_in(&c->plant->name, s->language));
	cells[AT_SINCE] = cell_time(c->started_wall);
	cells[AT_REVISION] = cell_uint(c->revision);
	cells[AT_VERSION] = cell_text(PACKAGE_VERSION);
	if (c->bypasses.all.n > 0)
		snprintf(bypassed, sizeof(bypassed),
		    "interlocks bypassed: %zu, ", c->bypasses.all.n);
	snprintf(a->room, sizeof(a->room), "%s%s%s",
	    control_is_taken(c) ? "" : "view only, ", bypassed,
	    c->separated ? "" : "separation: none, ");
	if (*a->room != '\0')
		a->room[strlen(a->room) - 2] = '\0';
	cells[AT_DETAIL] = cell_text(a->room);
	return true;
}

static bool
core_row(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	(void)s;
	begin(cells, "core", "core", "ok");
	cells[AT_P99_MS] = cell_real(core_turn_p99(c), 1);
	cells[AT_USED_MB] = cell_real(memory_mb(), 0);
	if (*child_detail(c, "core", a->room, sizeof(a->room)) != '\0')
		cells[AT_DETAIL] = cell_text(a->room);
	return true;
}

static bool
field_row(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	uint64_t overruns = 0, requests = 0;
	uint32_t i;

	(void)s;
	begin(cells, "field", "field",
	    fieldlink_is_alive(c) ? "ok" : "failed");
	for (i = 0; i < c->plant->n_lines; i++) {
		overruns += c->field.lines[i].stats.overruns;
		requests += c->field.lines[i].stats.requests;
	}
	cells[AT_COUNT] = cell_uint(lines_ok(c));
	cells[AT_OF] = cell_uint(c->plant->n_lines);
	cells[AT_REQUESTS_S] = cell_uint(requests);
	cells[AT_OVERRUNS] = cell_uint(overruns);
	if (*child_detail(c, "field", a->room, sizeof(a->room)) != '\0')
		cells[AT_DETAIL] = cell_text(a->room);
	return true;
}

static void
line_row(struct core *c, struct answer *a, uint32_t line, struct cell *cells)
{
	const struct line *l = &c->plant->lines[line];
	const struct field_line *f = &c->field.lines[line];
	size_t at = 0;
	uint32_t i, first = NONE;

	begin(cells, l->name, "line", line_ok(c, line) ? "ok" : "failed");
	a->room[0] = '\0';
	for (i = 0; i < c->plant->n_devices; i++) {
		if (c->plant->devices[i].line != line)
			continue;
		at += (size_t)snprintf(a->room + at, sizeof(a->room) - at,
		    "%s%s", at > 0 ? " " : "", c->plant->devices[i].name);
		if (first == NONE &&
		    c->field.devices[i].condition != FIELD_DEVICE_OK)
			first = i;
		if (at >= sizeof(a->room) / 2)
			break;
	}
	cells[AT_NAME] = cell_text(a->room);
	cells[AT_REQUESTS_S] = cell_uint(f->stats.requests);
	cells[AT_P99_MS] = cell_real(f->stats.p99_us / 1000.0, 0);
	cells[AT_TIMEOUTS] = cell_uint(f->stats.timeouts);
	if (line_ok(c, line))
		return;
	cells[AT_SINCE] = cell_time(f->up && first != NONE
		? c->field.devices[first].since
		: f->since);
	cells[AT_DETAIL] = cell_text(f->up && first != NONE
		? c->field.devices[first].text
		: f->text);
}

/* Record and history: how far behind the one that is further, in s. */
static int64_t
store_behind(const struct core *c, const struct record_health *r,
    const struct history_health *h)
{
	int64_t record = 0, history = 0;

	if (r->behind.us != MONO_NEVER.us)
		record = mono_since(c->now, r->behind).ms / 1000;
	if (h->behind.ms != 0)	/* a second is its pace */
		history = (c->wall.ms - h->behind.ms) / 1000 - 1;
	return record > history ? record : history > 0 ? history : 0;
}

/* What takes the room, and how much is left. */
static void
sizes(struct answer *a, const struct record_health *r,
    const struct history_health *h)
{
	snprintf(a->room, sizeof(a->room), "record %llu MB, history %lld MB, "
	    "free %llu MB", (unsigned long long)(r->size >> 20),
	    (long long)(h->bytes >> 20),
	    (unsigned long long)(r->disk_free >> 20));
}

static bool
store_row(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	struct record_health r;
	struct history_health h;

	(void)s;
	record_health(c->record, &r);
	history_health(c->logs.history, &h);
	begin(cells, "store", "store",
	    !r.ok || !h.ok || h.losing ? "failed"
		: commit_is_behind(c)  ? "behind"
		: disk_is_low(r.disk_free, r.disk_bytes) ? "low"
				       : "ok");
	cells[AT_BEHIND_S] = cell_int(store_behind(c, &r, &h));
	cells[AT_USED_MB] =
	    cell_real((double)(r.size + (uint64_t)h.bytes) / 1048576.0, 0);
	cells[AT_LIMIT_MB] = cell_uint((uint64_t)c->config->history.size_mb);
	cells[AT_P99_MS] = cell_int(r.p99_ms);
	snprintf(a->room, sizeof(a->room), "%s%s%s", r.text,
	    !h.ok || h.losing ? "history: " : "",
	    !h.ok ? h.text : h.losing ? "samples are being lost" : "");
	if (r.ok && h.ok && !h.losing)
		sizes(a, &r, &h);
	cells[AT_DETAIL] = cell_text(a->room);
	return true;
}

static bool
ssh_row(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	(void)s;
	begin(cells, "ssh", "ssh",
	    *c->listening != '\0'	? "ok"
		: c->config->n_listen == 0 ? "off"
					   : "closed");
	cells[AT_NAME] = cell_text(c->listening);
	cells[AT_COUNT] = cell_uint(c->sessions.n);
	cells[AT_OF] = cell_uint(c->config->ssh.sessions);
	if (*child_detail(c, "ssh", a->room, sizeof(a->room)) != '\0')
		cells[AT_DETAIL] = cell_text(a->room);
	return true;
}

static bool
tags_row(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	uint64_t by[QUALITY_BAD + 1] = { 0 }, n = 0;
	uint32_t i;

	(void)s;
	(void)a;
	for (i = 0; i < c->plant->n_tags; i++) {
		if (c->plant->tags[i].name == NULL)
			continue;
		n++;
		by[c->live.tags[i].value.quality]++;
	}
	begin(cells, "tags", "tags", NULL);
	cells[AT_COUNT] = cell_uint(n);
	cells[AT_GOOD] = cell_uint(by[QUALITY_GOOD]);
	cells[AT_UNCERTAIN] = cell_uint(by[QUALITY_UNCERTAIN]);
	cells[AT_STALE] = cell_uint(by[QUALITY_STALE]);
	cells[AT_BAD] = cell_uint(by[QUALITY_BAD]);
	cells[AT_OVERRIDES] = cell_uint(c->overrides.all.n);
	cells[AT_BYPASSES] = cell_uint(c->bypasses.all.n);
	return true;
}

static bool
alarms_row(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	uint64_t n = 0, waiting = 0;
	uint32_t i;

	(void)s;
	(void)a;
	for (i = 0; i < c->alarms.n; i++)
		n += alarm_is_shown(&c->alarms.at[i].alarm);
	begin(cells, "alarms", "alarms", NULL);
	for (i = 0; i < 4; i++) {
		waiting += c->alarms.waiting[i];
		cells[AT_PRIORITY_1 + i] = cell_uint(c->alarms.waiting[i]);
	}
	cells[AT_COUNT] = cell_uint(n);
	cells[AT_UNACKNOWLEDGED] = cell_uint(waiting);
	return true;
}

static answer_fn *const before_lines[] = { server_row, core_row, field_row };
static answer_fn *const behind_lines[] = { store_row, ssh_row, tags_row,
	alarms_row };

static bool
next_part(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	uint64_t i = a->cursor++;

	if (i < 3)
		return before_lines[i](c, s, a, cells);
	i -= 3;
	if (i < c->plant->n_lines) {
		line_row(c, a, (uint32_t)i, cells);
		return true;
	}
	i -= c->plant->n_lines;
	return i < 4 ? behind_lines[i](c, s, a, cells) : false;
}

static bool
all_well(struct core *c)
{
	struct record_health h;
	unsigned i;

	record_health(c->record, &h);
	for (i = 0; i < CORE_CHILDREN; i++)
		if (c->children[i].degraded)
			return false;
	return h.ok && !logs_are_failing(c) && !commit_is_behind(c) && fieldlink_is_alive(c) &&
	    lines_ok(c) == c->plant->n_lines;
}

void
on_STATUS(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_part);

	a->code = all_well(c) ? EXIT_DONE : EXIT_NEGATIVE;
	answer_pump(c, s, a);
}
