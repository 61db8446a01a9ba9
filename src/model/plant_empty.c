/* SPDX-License-Identifier: ISC */
/* plant_empty.c - what holds where no project says anything. */
#include "model/plant.h"

static struct alarm_def
system_alarm(const char *name, const char *title, const char *action,
    uint8_t priority)
{
	return (struct alarm_def){ .name = name,
		.title = { { title } },
		.action = { { action } },
		.of = NONE,
		.object = NONE,
		.folded_by = NONE,
		.kind = ALARM_SYSTEM,
		.priority = priority };
}

#define MAY(f) (1u << FUNCTION_##f)
#define OPERATOR                                                               \
	(MAY(VIEW) | MAY(ACKNOWLEDGE) | MAY(RESET) | MAY(OPERATE) |            \
	    MAY(SETPOINT) | MAY(NOTE))

/* The roles of a server without a project, so that it can have users. */
static void
default_roles(struct plant *p)
{
	static const struct {
		const char *name;
		uint32_t may;
	} rows[] = {
		{ "viewer",	    MAY(VIEW) },
		{ "operator",	    OPERATOR },
		{ "shift-leader",
		    OPERATOR | MAY(SHELVE) | MAY(SUPPRESS) | MAY(LOCKOUT) |
			MAY(REPORT) | MAY(AUDIT) },
		{ "engineer",
		    MAY(VIEW) | MAY(TUNE) | MAY(OVERRIDE) | MAY(TRACE) |
			MAY(REPORT) | MAY(PROJECT) },
		{ "admin",	    MAY(USERS) | MAY(AUDIT) | MAY(CONTROL) },
	};
	static const uint32_t everywhere[] = { NONE };
	struct grant grant;
	size_t i;

	p->n_roles = sizeof(rows) / sizeof(rows[0]);
	p->roles = arena_take(p->arena, p->n_roles, sizeof(*p->roles));
	for (i = 0; i < p->n_roles; i++) {
		grant = (struct grant){ .functions = rows[i].may,
			.areas = arena_copy(p->arena, everywhere, 1,
			    sizeof(everywhere[0])),
			.n_areas = 1 };
		p->roles[i] = (struct role){ .name = rows[i].name,
			.grants = arena_copy(
			    p->arena, &grant, 1, sizeof(grant)),
			.n_grants = 1 };
	}
}

/* What holds where a project says nothing: FORMATS section 2. */
static void
defaults(struct plant *p)
{
	static const struct alarm_class class = { .name = "process",
		.ack = ACK_CAME,
		.horn = HORN_ONCE,
		.shelve = { 8 * 3600 * 1000 } };
	static const struct priority priorities[] = { { 1, "critical" },
		{ 2, "high" }, { 3, "medium" }, { 4, "low" } };
	const struct area area = { "system", { { "System" } }, NONE };
	const struct alarm_def alarms[] = {
		system_alarm("system.STORE", "Nothing is recorded",
		    "Look at the server's disk", 2),
		system_alarm("system.RESTART",
		    "A part of the server keeps failing",
		    "Look at the server's log", 4),
		system_alarm("system.DISK",
		    "The server's disk is nearly full",
		    "Look at the server's disk", 3),
	};

	p->areas = arena_copy(p->arena, &area, p->n_areas = 1, sizeof(area));
	p->classes =
	    arena_copy(p->arena, &class, p->n_classes = 1, sizeof(class));
	p->priorities = arena_copy(
	    p->arena, priorities, p->n_priorities = 4, sizeof(priorities[0]));
	p->alarms = arena_copy(
	    p->arena, alarms, p->n_alarms = 3, sizeof(alarms[0]));
	p->store_alarm = 0;
	p->restart_alarm = 1;
	p->disk_alarm = 2;
}

struct plant *
plant_empty(void)
{
	struct arena *a = arena_new();
	struct plant *p = arena_take(a, 1, sizeof(*p));

	p->arena = a;
	p->name.in[0] = "";
	p->languages[0] = "en";
	p->n_languages = 1;
	p->timezone = "UTC";
	defaults(p);
	default_roles(p);
	plant_index(p);
	return p;
}
