/* SPDX-License-Identifier: ISC */
/*
 * state backup: where the state is, for a program on this machine that copies
 * it (store/backup.h). The core writes nothing outside its own directories;
 * who may read the state the file system decides besides.
 */
#include "server/answer.h"
#include "server/audit.h"
#include "server/core.h"
#include "server/requests.h"

void
on_STATE_BACKUP(struct core *c, struct session *s, struct call *call)
{
	const char *dir = call_text(call, PARAMETER_NAME);
	struct audit_action a = { .verb = verbs[call->verb].name, .name = dir };
	struct cell cell = cell_text(c->config->state);

	if (dir == NULL) {
		answer_end(c, s, call->id, EXIT_USAGE, "%s DIR", a.verb);
		return;
	}
	audit_result(c, &s->who, audit_request(c, &s->who, &a), &a, "done");
	audit_event(c, RECORD_SYSTEM, NONE, "backup", dir, s->who.user,
	    s->who.station, NULL);
	answer_row(c, s, call->id, &cell, 1);
	answer_end(c, s, call->id, EXIT_DONE, "");
}
