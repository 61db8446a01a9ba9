/* SPDX-License-Identifier: ISC */
#include "server/control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "server/answer.h"
#include "server/core.h"
#include "server/requests.h"
#include "store/load.h"

/* The machine's identity and the very directory, not a copy of it. */
static void
identify(struct core *c)
{
	static const char *const files[] = { "/etc/machine-id",
		"/var/lib/dbus/machine-id", "/etc/hostname" };
	struct buf b = { 0 };
	struct digest d;
	struct stat st;
	size_t i;

	for (i = 0; i < 3; i++)
		if (buf_read_file(&b, files[i], 4096) == 0 && b.len > 1)
			break;
	memset(&st, 0, sizeof(st));
	stat(c->config->state, &st);
	buf_printf(&b, "%llu %llu", (unsigned long long)st.st_dev,
	    (unsigned long long)st.st_ino);
	d = digest_of(buf_string(&b), b.len);
	digest_hex(c->control.here, &d);
	buf_free(&b);
}

/* "control" is MACHINE TIME USER. */
static void
load(void *arg, const struct record_setting *s)
{
	struct core *c = arg;
	char here[DIGEST_HEX], by[33];
	long long ms;

	if (strcmp(s->key, "control") != 0 ||
	    sscanf(s->text, "%64s %lld %32s", here, &ms, by) != 3)
		return;
	c->control.taken = strcmp(here, c->control.here) == 0;
	c->control.since.ms = ms;
	str_copy(c->control.by, by, sizeof(c->control.by));
}

void
control_load(struct core *c)
{
	struct err e;

	identify(c);
	record_load_settings(c->record, load, c, &e);
}

bool
control_is_taken(const struct core *c)
{
	return c->control.taken;
}

struct change {
	uint64_t session;
	uint32_t call;
	bool take;
	struct who who;
};

/* Committed: now it holds. */
static void
changed(struct core *c, void *arg, uint64_t number)
{
	struct change *ch = arg;
	struct session *s = session_find(c, ch->session);
	struct cell cells[2] = { cell_text("control"), cell_text("done") };

	(void)number;
	c->control.taken = ch->take;
	c->control.since = c->wall;
	str_copy(c->control.by, ch->who.user, sizeof(c->control.by));
	if (s != NULL) {
		answer_row(c, s, ch->call, cells, 2);
		answer_end(c, s, ch->call, EXIT_DONE, "%s",
		    ch->take ? "this server commands the plant from now on"
			     : "this server only watches from now on");
	}
	free(ch);
}

static void
change(struct core *c, struct session *s, struct call *call, bool take)
{
	struct change *ch;
	struct audit_action a = { .verb = verbs[call->verb].name,
		.name = "control", .old = c->control.taken ? "taken" : "free",
		.new = take ? "taken" : "free" };
	char text[160];

	/* it must be said on this machine */
	if (!s->local) {
		request_refuse(c, s, call, EXIT_REFUSED, "control",
		    "control is taken and released on the server itself");
		return;
	}
	ch = xcalloc(1, sizeof(*ch));
	*ch = (struct change){ s->id, call->id, take, s->who };
	audit_result(c, &s->who, audit_request(c, &s->who, &a), &a, "done");
	audit_event(c, RECORD_SYSTEM, NONE, "control",
	    take ? "this server commands the plant" : "this server only watches",
	    s->who.user, s->who.station, "done");
	snprintf(text, sizeof(text), "%s %lld %s", c->control.here,
	    (long long)c->wall.ms, s->who.user);
	record_put_setting(commit_batch(c), "control", take ? text : NULL);
	commit_then(c, changed, ch);
}

void
on_CONTROL_TAKE(struct core *c, struct session *s, struct call *call)
{
	change(c, s, call, true);
}

void
on_CONTROL_RELEASE(struct core *c, struct session *s, struct call *call)
{
	change(c, s, call, false);
}

void
on_CONTROL_STATUS(struct core *c, struct session *s, struct call *call)
{
	struct cell cells[3] = {
		cell_text(c->control.taken ? "taken" : "free"),
		cell_time(c->control.since), cell_text(c->control.by) };

	answer_row(c, s, call->id, cells, 3);
	answer_end(c, s, call->id,
	    c->control.taken ? EXIT_DONE : EXIT_NEGATIVE, "");
}
