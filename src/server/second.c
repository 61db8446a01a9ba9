/* SPDX-License-Identifier: ISC */
#include "server/second.h"

#include <stdlib.h>
#include <string.h>

#include "server/core.h"
#include "server/door.h"

struct second {
	uint64_t session;
	uint32_t person;	/* who gave the command, sits there still */
	struct call call;
	char user[USER_NAME_MAX + 1];
};

/* A user's right, without a session. */
static bool
user_may(const struct core *c, const struct user *u, enum function f,
    uint32_t area)
{
	struct rights rights = { .n = 0 };
	char roles[512], *word, *rest = roles;
	struct err ignored;

	str_copy(roles, u->roles, sizeof(roles));
	while ((word = strsep(&rest, ",")) != NULL)
		if (*word != '\0')
			right_add(&rights, c->plant, word, &ignored);
	return right_has(&rights, c->plant, f, area);
}

int
second_check(struct core *c, const struct session *s,
    const struct call *call, struct command_run *r, enum function f,
    struct err *e)
{
	const char *name = call_text(call, PARAMETER_SECOND);
	const struct user *u;

	if (name == NULL)
		return REFUSE(EXIT_REFUSED,
		    "needs a second person (--second NAME)");
	if (strcmp(name, s->who.user) == 0)
		return REFUSE(EXIT_REFUSED,
		    "needs a second person, and that is not %s", name);
	if (r->second[0] == '\0') {
		r->asks_second = true;
		return EXIT_DONE;
	}
	u = users_find(c, r->second);
	if (u == NULL || !user_may(c, u, f, r->area))
		return REFUSE(EXIT_NOT_ALLOWED,
		    "the second person needs %s in %s", function_name(f),
		    c->plant->areas[r->area].name);
	return EXIT_DONE;
}

static void
decided(struct core *c, void *arg, bool good)
{
	struct second *t = arg;
	struct session *s = session_find(c, t->session);

	if (s != NULL && s->person == t->person)
		commands_give(c, s, &t->call, good ? t->user : NULL);
	call_free(&t->call);
	free(t);
}

bool
second_ask(struct core *c, struct session *s, struct call *call)
{
	struct second *t = xcalloc(1, sizeof(*t));

	t->session = s->id;
	t->person = s->person;
	str_copy(t->user, call_text(call, PARAMETER_SECOND), sizeof(t->user));
	if (!password_check(c, t->user, s->secrets[SECRET_OTHER],
		s->who.from, false, decided, t)) {
		free(t);
		return false;
	}
	t->call = *call;
	memset(call, 0, sizeof(*call));
	return true;
}
