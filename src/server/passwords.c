/* SPDX-License-Identifier: ISC */
#include "server/passwords.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "server/auth.h"
#include "server/core.h"

static void
done(void *arg)
{
	struct core *c = arg;

	c->io.wake(c->io.arg);
}

void
passwords_init(struct core *c)
{
	TAILQ_INIT(&c->passwords.list);
	c->passwords.auth = auth_new(done, c);
}

static void
attempt_free(struct core *c, struct attempt *a)
{
	TAILQ_REMOVE(&c->passwords.list, a, next);
	explicit_bzero(a, sizeof(*a));
	free(a);
}

void
passwords_fini(struct core *c)
{
	struct attempt *a;

	auth_free(c->passwords.auth);
	c->passwords.auth = NULL;
	while ((a = TAILQ_FIRST(&c->passwords.list)) != NULL) {
		if (a->fn != NULL)
			a->fn(c, a->arg, false);
		if (a->made != NULL)
			a->made(c, a->arg, NULL);
		attempt_free(c, a);
	}
}

static struct attempt *
find(struct core *c, uint64_t id)
{
	struct attempt *a;

	TAILQ_FOREACH(a, &c->passwords.list, next)
		if (a->id == id)
			return a;
	return NULL;
}

/* Is there room for one more from there? */
static bool
has_room(const struct core *c, const char *place, bool stranger)
{
	const struct attempt *a;
	unsigned all = 0, strangers = 0, here = 0;

	TAILQ_FOREACH(a, &c->passwords.list, next) {
		all++;
		strangers += a->stranger;
		here += a->stranger && strcmp(a->place, place) == 0;
	}
	return all < PASSWORDS_WAIT &&
	    (!stranger ||
		(strangers < PASSWORDS_STRANGERS && here < PASSWORDS_PLACE));
}

static struct attempt *
attempt_new(struct core *c, const char *password, void *arg)
{
	struct attempt *a = xcalloc(1, sizeof(*a));

	a->id = ++c->passwords.last;
	a->arg = arg;
	str_copy(a->password, password, sizeof(a->password));
	TAILQ_INSERT_TAIL(&c->passwords.list, a, next);
	return a;
}

/* The wait is over: the thread looks at it. */
static void
begin(struct core *c, struct attempt *a)
{
	const struct user *u = users_find(c, a->user);
	bool taken = a->made != NULL
	    ? auth_make(c->passwords.auth, a->id, a->password)
	    : auth_check(c->passwords.auth, a->id, a->password,
		  u != NULL ? u->password : NULL);

	a->begun = taken;
	explicit_bzero(a->password, sizeof(a->password));
	if (taken)
		return;
	/* cannot be: there is room for as many as may wait */
	if (a->fn != NULL)
		a->fn(c, a->arg, false);
	if (a->made != NULL)
		a->made(c, a->arg, NULL);
	attempt_free(c, a);
}

bool
password_check(struct core *c, const char *user, const char *password,
    const char *from, bool stranger, password_fn *fn, void *arg)
{
	char place[ATTEMPTS_KEY];
	struct attempt *a;
	struct span wait;

	attempts_place(place, from);
	if (!has_room(c, place, stranger))
		return false;
	a = attempt_new(c, password, arg);
	a->fn = fn;
	a->stranger = stranger;
	str_copy(a->user, user, sizeof(a->user));
	str_copy(a->place, place, sizeof(a->place));
	wait = attempts_begin(&c->passwords.attempts, user, place, c->now);
	/* always by the timer: the caller is not called back at once */
	timers_add(&c->timers, TIMER_PASSWORD, a->id, mono_add(c->now, wait));
	return true;
}

bool
password_make(struct core *c, const char *password, password_made_fn *made,
    void *arg)
{
	struct attempt *a;

	if (!has_room(c, "", false))
		return false;
	a = attempt_new(c, password, arg);
	a->made = made;
	timers_add(&c->timers, TIMER_PASSWORD, a->id, c->now);
	return true;
}

void
password_forget(struct core *c, const void *arg)
{
	struct attempt *a;

	TAILQ_FOREACH(a, &c->passwords.list, next)
		if (a->arg == arg) {
			a->fn = NULL;
			/* one whose user has changed his mind still counts */
			a->arg = NULL;
		}
}

void
passwords_due(struct core *c, uint64_t id)
{
	struct attempt *a = find(c, id);

	if (a != NULL && !a->begun)
		begin(c, a);
}

/* The user as he is now: what was compared with may be another's by now. */
static bool
is_right(struct core *c, const struct attempt *a, const struct auth_result *r)
{
	const struct user *u = users_find(c, a->user);

	return r->good && u != NULL && !u->locked && u->password != NULL &&
	    strcmp(u->password, r->hash) == 0;
}

static void
finish(struct core *c, struct attempt *a, const struct auth_result *r)
{
	bool right = a->made == NULL && is_right(c, a, r);

	if (right)
		attempts_right(&c->passwords.attempts, a->user, a->place);
	if (a->fn != NULL)
		a->fn(c, a->arg, right);
	if (a->made != NULL)
		a->made(c, a->arg, r->good ? r->hash : NULL);
	attempt_free(c, a);
}

void
passwords_settle(struct core *c)
{
	struct auth_result r;
	struct attempt *a;

	while (auth_take(c->passwords.auth, &r)) {
		a = find(c, r.id);
		if (a != NULL)
			finish(c, a, &r);
	}
	explicit_bzero(&r, sizeof(r));
}

const char *
password_weak(const char *user, const char *password)
{
	size_t len = strlen(password), n = 0, at, step;
	uint32_t code;

	if (!text_is_clean(password, len))
		return "a password has no control or invisible characters";
	for (at = 0; at < len; at += step, n++)
		if ((step = text_next(password + at, len - at, &code)) == 0)
			break;
	if (n < PASSWORD_MIN)
		return "a password has at least 10 characters";
	if (strcasecmp(password, user) == 0)
		return "a password is not the name of its user";
	return NULL;
}
