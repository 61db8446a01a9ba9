/* SPDX-License-Identifier: ISC */
#include "server/audit.h"

#include <stdio.h>

#include "server/core.h"

static struct record_audit
row(const struct core *c, const struct who *who,
    const struct audit_action *a)
{
	return (struct record_audit){
		.time = c->wall,
		.mono_ms = c->now.us / 1000,
		.user = who->user,
		.station = who->station,
		.from = who->from,
		.session = who->session,
		.verb = a->verb,
		.name = a->name,
		.old = a->old,
		.new = a->new,
		.reason = a->reason,
	};
}

uint64_t
audit_request(
    struct core *c, const struct who *who, const struct audit_action *a)
{
	struct record_audit r = row(c, who, a);

	return record_audit_request(commit_batch(c), &r);
}

void
audit_result(struct core *c, const struct who *who, uint64_t command,
    const struct audit_action *a, const char *result)
{
	struct record_audit r = row(c, who, a);

	r.result = result;
	record_audit_result(commit_batch(c), command, &r);
}

void
audit_refused(struct core *c, const struct who *who, enum verb v,
    const char *name, const char *reason)
{
	struct audit_action a = { .verb = verbs[v].name, .name = name };
	char result[420];

	snprintf(result, sizeof(result), "refused: %s", reason);
	audit_result(c, who, audit_request(c, who, &a), &a, result);
}

uint64_t
audit_event(struct core *c, int kind, uint32_t area, const char *name,
    const char *text, const char *user, const char *station,
    const char *result)
{
	struct record_event ev = {
		.time = c->wall,
		.mono_ms = c->now.us / 1000,
		.kind = (enum record_kind)kind,
		.area = c->plant->areas[area == NONE ? 0 : area].name,
		.name = name,
		.text = text,
		.user = user,
		.station = station,
		.result = result,
	};

	return record_event(commit_batch(c), &ev);
}
