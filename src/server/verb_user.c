/* SPDX-License-Identifier: ISC */
/*
 * user ..: each change is recorded first and holds when it is committed; the
 * sessions of the user get their new rights in the same turn.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/answer.h"
#include "server/audit.h"
#include "server/core.h"
#include "server/requests.h"

struct change {
	uint64_t session;
	uint32_t call;
	char name[USER_NAME_MAX + 1];
	struct user *user;	/* what holds from now on; NULL: removed */
};

static void
changed(struct core *c, void *arg, uint64_t number)
{
	struct change *ch = arg;
	struct session *s = session_find(c, ch->session);
	struct cell cells[2] = { cell_text(ch->name), cell_text("done") };

	(void)number;
	if (ch->user != NULL)
		users_replace(c, ch->user);
	else
		users_remove(c, ch->name);
	if (s != NULL) {
		answer_row(c, s, ch->call, cells, 2);
		answer_end(c, s, ch->call, EXIT_DONE, "");
	}
	sessions_refresh(c, ch->name);
	free(ch);
}

/* Audit, and the change when all of this turn is committed. Takes u. */
static void
commit(struct core *c, struct session *s, const struct call *call,
    struct user *u, const char *name, const char *old, const char *new)
{
	struct audit_action a = { .verb = verbs[call->verb].name,
		.name = name, .old = old, .new = new };
	struct change *ch = xcalloc(1, sizeof(*ch));
	struct user *now = users_find(c, name);

	/* it ends with the old user, when the new one takes its place */
	if (now != NULL)
		now->busy = true;
	*ch = (struct change){ .session = s->id, .call = call->id, .user = u };
	str_copy(ch->name, name, sizeof(ch->name));
	audit_result(c, &s->who, audit_request(c, &s->who, &a), &a, "done");
	if (u != NULL)
		user_record(c, u);
	else
		record_remove_user(commit_batch(c), name);
	commit_then(c, changed, ch);
}

/* The user that a call names, or NULL after it was refused. */
static const struct user *
named(struct core *c, struct session *s, const struct call *call)
{
	const char *name = call_text(call, PARAMETER_NAME);
	const struct user *u = name != NULL ? users_find(c, name) : NULL;

	if (name == NULL)
		answer_end(c, s, call->id, EXIT_USAGE, "%s %s",
		    verbs[call->verb].name, verbs[call->verb].parameters);
	else if (u == NULL)
		request_refuse(
		    c, s, call, EXIT_NO_SUCH, name, "no user %s", name);
	else if (u->busy) {
		request_refuse(c, s, call, EXIT_REFUSED, name,
		    "busy: another change of %s is being recorded", name);
		return NULL;
	}
	return u;
}

/* Adds (or with '-' takes) one role in a comma list; false: senseless. */
static bool
change_role(struct core *c, char **roles, const char *role, struct err *e)
{
	bool take = *role == '-';
	const char *word = role + (*role == '-' || *role == '+');
	char old[512], *rest = old, *part, new[512] = "";
	struct rights probe = { .n = 0 };
	bool found = false;

	if (!take && right_add(&probe, c->plant, word, e) < 0)
		return false;
	str_copy(old, *roles, sizeof(old));
	while ((part = strsep(&rest, ",")) != NULL) {
		if (*part == '\0')
			continue;
		if (strcmp(part, word) == 0) {
			found = true;
			if (take)
				continue;
		}
		snprintf(new + strlen(new), sizeof(new) - strlen(new), "%s%s",
		    *new != '\0' ? "," : "", part);
	}
	if (take && !found) {
		err_set(e, "has no role %s", word);
		return false;
	}
	if (!take && !found)
		snprintf(new + strlen(new), sizeof(new) - strlen(new), "%s%s",
		    *new != '\0' ? "," : "", word);
	if (strlen(new) > 400) {
		err_set(e, "too many roles");
		return false;
	}
	user_set(roles, new);
	return true;
}

void
on_USER_ADD(struct core *c, struct session *s, struct call *call)
{
	const char *name = call_text(call, PARAMETER_NAME);
	const char *role, *full = call_text(call, PARAMETER_FULL_NAME);
	struct user *u;
	struct err e;
	unsigned i;

	if (name == NULL || full == NULL) {
		answer_end(c, s, call->id, EXIT_USAGE, "user add %s",
		    verbs[VERB_USER_ADD].parameters);
		return;
	}
	if (!user_name_valid(name)) {
		request_refuse(c, s, call, EXIT_REFUSED, name,
		    "a user's name is [a-z][a-z0-9-]*, at most %d, and not "
		    "local",
		    USER_NAME_MAX);
		return;
	}
	if (users_find(c, name) != NULL) {
		request_refuse(c, s, call, EXIT_REFUSED, name,
		    "there is a user %s already", name);
		return;
	}
	u = user_copy(NULL, name);
	user_set(&u->full_name, full);
	user_set(&u->language, call_text(call, PARAMETER_LANGUAGE));
	user_set(&u->unix_name, call_text(call, PARAMETER_UNIX));
	u->created = c->wall;
	for (i = 0; (role = call_nth(call, PARAMETER_ROLE, i)) != NULL; i++)
		if (!change_role(c, &u->roles, role, &e)) {
			request_refuse(
			    c, s, call, EXIT_REFUSED, name, "%s", e.text);
			user_free(u);
			return;
		}
	commit(c, s, call, u, u->name, "", u->roles);
}

void
on_USER_ROLE(struct core *c, struct session *s, struct call *call)
{
	const struct user *now = named(c, s, call);
	struct user *u;
	const char *role;
	struct err e;
	unsigned i;

	if (now == NULL)
		return;
	u = user_copy(now, now->name);
	for (i = 0; (role = call_nth(call, PARAMETER_ROLE, i)) != NULL; i++)
		if (!change_role(c, &u->roles, role, &e)) {
			request_refuse(c, s, call, EXIT_REFUSED, now->name,
			    "%s", e.text);
			user_free(u);
			return;
		}
	if (i == 0) {
		answer_end(c, s, call->id, EXIT_USAGE, "user role %s",
		    verbs[VERB_USER_ROLE].parameters);
		user_free(u);
		return;
	}
	commit(c, s, call, u, u->name, now->roles, u->roles);
}

static void
set_lock(struct core *c, struct session *s, struct call *call, bool locked)
{
	const struct user *now = named(c, s, call);
	struct user *u;

	if (now == NULL)
		return;
	u = user_copy(now, now->name);
	u->locked = locked;
	commit(c, s, call, u, u->name, now->locked ? "locked" : "open",
	    locked ? "locked" : "open");
}

void
on_USER_LOCK(struct core *c, struct session *s, struct call *call)
{
	set_lock(c, s, call, true);
}

void
on_USER_UNLOCK(struct core *c, struct session *s, struct call *call)
{
	set_lock(c, s, call, false);
}

void
on_USER_REMOVE(struct core *c, struct session *s, struct call *call)
{
	const struct user *now = named(c, s, call);

	if (now != NULL)
		commit(c, s, call, NULL, now->name, now->roles, "removed");
}

struct new_password {
	uint64_t session;
	struct call call;
};

/* The hash is made; the user may have changed meanwhile. */
static void
password_made(struct core *c, void *arg, const char *hash)
{
	struct new_password *n = arg;
	struct session *s = session_find(c, n->session);
	const struct user *now = s != NULL ? named(c, s, &n->call) : NULL;
	struct user *u;

	if (now != NULL && hash == NULL) {
		request_refuse(c, s, &n->call, EXIT_INTERNAL, now->name,
		    "this password cannot be used");
	} else if (now != NULL) {
		u = user_copy(now, now->name);
		user_set_password(u, hash);
		commit(c, s, &n->call, u, u->name,
		    now->password != NULL ? "password" : "none", "password");
	}
	call_free(&n->call);
	free(n);
}

static void
set_password(struct core *c, struct session *s, struct call *call,
    const struct user *now)
{
	const char *password = s->secrets[SECRET_OTHER];
	const char *weak = password_weak(now->name, password);
	struct new_password *n;

	if (weak != NULL) {
		request_refuse(
		    c, s, call, EXIT_REFUSED, now->name, "%s", weak);
		return;
	}
	n = xcalloc(1, sizeof(*n));
	n->session = s->id;
	n->call = *call;
	if (password_make(c, password, password_made, n)) {
		memset(call, 0, sizeof(*call));
		return;
	}
	free(n);
	request_refuse(c, s, call, EXIT_REFUSED, now->name,
	    "too many passwords at once: try again later");
}

void
on_USER_PASSWORD(struct core *c, struct session *s, struct call *call)
{
	const struct user *now = named(c, s, call);
	struct user *u;

	if (now == NULL)
		return;
	if (call_count(call, PARAMETER_REMOVE) == 0) {
		set_password(c, s, call, now);
		return;
	}
	if (now->password == NULL) {
		request_refuse(c, s, call, EXIT_NO_SUCH, now->name,
		    "%s has no password", now->name);
		return;
	}
	u = user_copy(now, now->name);
	user_set_password(u, NULL);
	commit(c, s, call, u, u->name, "password", "none");
}

void
on_KEY_ADD(struct core *c, struct session *s, struct call *call)
{
	const char *line = call_text(call, PARAMETER_KEY);
	const struct user *now = named(c, s, call);
	char fingerprint[64];
	struct user *u;
	struct err e;

	if (now == NULL)
		return;
	if (line == NULL || key_fingerprint(fingerprint, line, &e) < 0) {
		request_refuse(c, s, call, EXIT_REFUSED, now->name, "%s",
		    line == NULL ? "no key on standard input" : e.text);
		return;
	}
	if (user_has_key(now, fingerprint) || now->keys.n >= USER_KEYS_MAX) {
		request_refuse(c, s, call, EXIT_REFUSED, now->name,
		    now->keys.n >= USER_KEYS_MAX ? "too many keys"
						 : "has this key already");
		return;
	}
	u = user_copy(now, now->name);
	vec_push(&u->keys,
	    ((struct user_key){ xstrdup(fingerprint), xstrdup(line),
		c->wall }));
	record_put_key(commit_batch(c),
	    &(struct record_key){ now->name, fingerprint, line, c->wall });
	commit(c, s, call, u, u->name, "", fingerprint);
}

void
on_KEY_REMOVE(struct core *c, struct session *s, struct call *call)
{
	const char *fingerprint = call_text(call, PARAMETER_KEY);
	const struct user *now = named(c, s, call);
	struct user *u;
	size_t i;

	if (now == NULL)
		return;
	if (fingerprint == NULL || !user_has_key(now, fingerprint)) {
		request_refuse(c, s, call, EXIT_NO_SUCH, now->name,
		    "no key %s", fingerprint != NULL ? fingerprint : "");
		return;
	}
	u = user_copy(now, now->name);
	for (i = 0; strcmp(u->keys.at[i].fingerprint, fingerprint) != 0; i++)
		;
	free(u->keys.at[i].fingerprint);
	free(u->keys.at[i].line);
	u->keys.at[i] = u->keys.at[--u->keys.n];
	record_remove_key(commit_batch(c), now->name, fingerprint);
	commit(c, s, call, u, u->name, fingerprint, "");
}

static bool
next_user(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct user *u = c->users.by_name;
	uint64_t i;

	(void)s;
	for (i = 0; u != NULL && i < a->cursor; i++)
		u = u->hh.next;
	if (u == NULL)
		return false;
	a->cursor++;
	snprintf(a->room, sizeof(a->room), "%s", u->roles);
	for (i = 0; a->room[i] != '\0'; i++)
		if (a->room[i] == ',')
			a->room[i] = '+';
	cells[0] = cell_text(u->name);
	cells[1] = cell_text(u->full_name);
	cells[2] = cell_flags(a->room);
	cells[3] = cell_text(u->language);
	cells[4] = cell_uint(u->keys.n);
	cells[5] = cell_bool(u->password != NULL);
	cells[6] = cell_text(u->unix_name);
	cells[7] = cell_bool(u->locked);
	cells[8] = cell_time(u->last_login);
	cells[9] = cell_time(u->created);
	return true;
}

void
on_USER_LIST(struct core *c, struct session *s, struct call *call)
{
	struct answer *a = answer_new(c, s, call, next_user);

	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}

static bool
next_key(struct core *c, struct session *s, struct answer *a,
    struct cell *cells)
{
	const struct user *u =
	    users_find(c, call_text(&a->call, PARAMETER_NAME));
	const struct user_key *k;
	char *rest, *type, *comment;

	(void)s;
	if (u == NULL || a->cursor >= u->keys.n)
		return false;
	k = &u->keys.at[a->cursor++];
	rest = a->room;
	str_copy(a->room, k->line, sizeof(a->room));
	type = strsep(&rest, " ");
	strsep(&rest, " ");
	comment = rest;
	cells[0] = cell_text(u->name);
	cells[1] = cell_text(k->fingerprint);
	cells[2] = cell_text(type);
	cells[3] = cell_text(comment);
	cells[4] = cell_time(k->added);
	return true;
}

void
on_KEY_LIST(struct core *c, struct session *s, struct call *call)
{
	struct answer *a;

	if (named(c, s, call) == NULL)
		return;
	a = answer_new(c, s, call, next_key);
	a->none = EXIT_NEGATIVE;
	answer_pump(c, s, a);
}
