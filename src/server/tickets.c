/* SPDX-License-Identifier: ISC */
#include "server/tickets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "server/core.h"
#include "store/load.h"

#define TICKET_MS (24 * 3600000LL)

/* "olga SHA256:.. guest view" in the record. */
static void
put_limits(char dst[160], const struct ticket *t)
{
	snprintf(dst, 160, "%s %s%s%s", t->base,
	    *t->base_key != '\0' ? t->base_key : "-",
	    t->guest ? " guest" : "", t->view_only ? " view" : "");
}

static void
get_limits(struct ticket *t, const char *limits)
{
	char words[160], *rest = words, *word;

	str_copy(words, limits, sizeof(words));
	word = strsep(&rest, " ");
	str_copy(t->base, *word != '\0' ? word : t->user, sizeof(t->base));
	word = strsep(&rest, " ");
	if (word != NULL && strcmp(word, "-") != 0)
		str_copy(t->base_key, word, sizeof(t->base_key));
	while ((word = strsep(&rest, " ")) != NULL) {
		t->guest |= strcmp(word, "guest") == 0;
		t->view_only |= strcmp(word, "view") == 0;
	}
}

static void
load_ticket(void *arg, const struct record_session *row)
{
	struct core *c = arg;
	struct ticket *t = vec_add(&c->sessions.tickets);
	uint64_t id = strtoull(row->id, NULL, 10);

	memset(t, 0, sizeof(*t));
	str_copy(t->id, row->id, sizeof(t->id));
	str_copy(t->user, row->user, sizeof(t->user));
	str_copy(t->from, row->from, sizeof(t->from));
	str_copy(t->station, row->station, sizeof(t->station));
	str_copy(t->screen, row->screen, sizeof(t->screen));
	str_copy(t->login_key, row->key, sizeof(t->login_key));
	t->hash = row->ticket;
	t->previous = row->previous;
	t->since = row->since;
	get_limits(t, row->limits);
	if (id > c->sessions.last_id)
		c->sessions.last_id = id;
}

bool
ticket_holds(struct core *c, const struct ticket *t)
{
	return c->wall.ms - t->since.ms <= TICKET_MS &&
	    proof_holds(users_find(c, t->user), t->login_key) &&
	    proof_base_holds(c, t->base, t->base_key);
}

struct ticket *
ticket_of(struct core *c, const struct session *s)
{
	size_t i;

	for (i = 0; i < c->sessions.tickets.n; i++)
		if (strcmp(c->sessions.tickets.at[i].id, s->who.session) == 0)
			return &c->sessions.tickets.at[i];
	return NULL;
}

void
ticket_drop(struct core *c, struct ticket *t)
{
	if (t == NULL)
		return;
	record_remove_session(commit_batch(c), t->id);
	*t = c->sessions.tickets.at[--c->sessions.tickets.n];
}

void
ticket_record(struct core *c, const struct ticket *t)
{
	char limits[160];

	put_limits(limits, t);
	record_put_session(commit_batch(c),
	    &(struct record_session){ .id = t->id,
		.ticket = t->hash,
		.previous = t->previous,
		.user = t->user,
		.station = t->station,
		.from = t->from,
		.key = t->login_key,
		.limits = limits,
		.screen = t->screen,
		.since = t->since });
}

void
tickets_clock_set(struct core *c, struct span by)
{
	struct ticket *t;
	size_t i;

	for (i = 0; i < c->sessions.tickets.n; i++) {
		t = &c->sessions.tickets.at[i];
		t->since = wall_add(t->since, by);
		ticket_record(c, t);
	}
}

struct ticket *
ticket_find(struct core *c, const char *hex, bool *is_previous)
{
	struct digest raw, hash;
	struct ticket *t;
	size_t i;

	if (!digest_parse(&raw, hex))
		return NULL;
	hash = digest_of(&raw, sizeof(raw));
	for (i = 0; i < c->sessions.tickets.n; i++) {
		t = &c->sessions.tickets.at[i];
		*is_previous = digest_same(&t->previous, &hash);
		if (digest_same(&t->hash, &hash) || *is_previous)
			return t;
	}
	return NULL;
}

void
ticket_give(
    struct core *c, struct session *s, char hex[WIRE_TICKET + 1])
{
	struct digest raw, hash, none = { { 0 } };
	struct ticket *t = ticket_of(c, s);

	random_bytes(&raw, sizeof(raw));
	hash = digest_of(&raw, sizeof(raw));
	digest_hex(hex, &raw);
	if (t == NULL) {
		t = vec_add(&c->sessions.tickets);
		memset(t, 0, sizeof(*t));
		t->hash = none;
		str_copy(t->id, s->who.session, sizeof(t->id));
		t->since = s->since;
	}
	t->previous = t->hash;
	t->hash = hash;
	str_copy(t->user, s->who.user, sizeof(t->user));
	str_copy(t->from, s->who.from, sizeof(t->from));
	str_copy(t->station, s->who.station, sizeof(t->station));
	str_copy(t->screen, s->screen, sizeof(t->screen));
	str_copy(t->login_key, s->login_key, sizeof(t->login_key));
	str_copy(t->base, s->base, sizeof(t->base));
	str_copy(t->base_key, s->base_key, sizeof(t->base_key));
	t->guest = s->guest;
	t->view_only = s->view_only;
	ticket_record(c, t);
}

int
tickets_load(struct core *c, struct err *e)
{
	return record_load_sessions(c->record, load_ticket, c, e) < 0 ? -1 : 0;
}

void
tickets_withdraw(struct core *c, const char *user)
{
	const struct ticket *t;
	size_t i;

	for (i = c->sessions.tickets.n; i > 0; i--) {
		t = &c->sessions.tickets.at[i - 1];
		if (strcmp(t->user, user) == 0 || strcmp(t->base, user) == 0)
			ticket_drop(c, &c->sessions.tickets.at[i - 1]);
	}
}
