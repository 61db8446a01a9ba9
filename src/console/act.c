/* SPDX-License-Identifier: ISC */
#include "console/act.h"

#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "console/actions.h"
#include "console/chosen.h"
#include "wire/said.h"

static void
nothing(struct app *a, const char *what)
{
	app_say(a, REMARK_INFO, "%s", what);
}

/* One at a time: shelved, then suppressed, then out of service. Who may not
 * hears it from the server. */
static void
bring_back(struct app *a, const char *name)
{
	const struct alarm_info *alarm = things_find_alarm(&a->things, name);

	if (alarm == NULL || *alarm->inhibit == '\0')
		nothing(a, _(" nothing is put aside here"));
	else if (strstr(alarm->inhibit, "shelved") != NULL)
		act_open(a, ACT_UNSHELVE, name);
	else if (strstr(alarm->inhibit, "suppressed") != NULL)
		act_open(a, ACT_UNSUPPRESS, name);
	else
		act_open(a, ACT_BACK, name);
}

static void
override(struct app *a, const char *name)
{
	const struct tag_info *g = things_find_tag(&a->things, name);

	if (g == NULL)
		nothing(a, _(" select a value first"));
	else if (g->writable)
		nothing(a, _(" what is written by people is not overridden"));
	else
		act_open(a,
		    g->value.flags & VALUE_OVERRIDE ? ACT_OVERRIDE_END
						    : ACT_OVERRIDE,
		    name);
}

static void
lock_out(struct app *a, const char *name)
{
	const struct object_info *o =
	    *name != '\0' ? things_find_object(&a->things, name) : NULL;
	size_t len = strlen(a->welcome.user);
	bool own = false;

	if (o == NULL) {
		nothing(a, _(" select an object first"));
		return;
	}
	if (o->locked != NULL)
		own = strncmp(o->locked, a->welcome.user, len) == 0 &&
		    o->locked[len] == ':';
	act_open(a, own ? ACT_LOCKOUT_END : ACT_LOCKOUT, name);
}

static void
bypass(struct app *a, const char *name)
{
	char object[PLANT_NAME_MAX + 1];
	const char *command = command_split(name, object);
	const struct object_info *o =
	    command != NULL ? things_find_object(&a->things, object) : NULL;

	if (o == NULL)
		nothing(a, _(" select a command of an object first"));
	else
		act_open(a,
		    object_bypass(o, command) != NULL ? ACT_BYPASS_END
						      : ACT_BYPASS,
		    name);
}

static void
on_alarm(struct app *a, int action, const char *name)
{
	if (*name == '\0')
		nothing(a, _(" select an alarm first"));
	else if (action == ACTION_SHELVE)
		act_open(a, ACT_SHELVE, name);
	else if (action == ACTION_OOS)
		act_open(a, ACT_OOS, name);
	else if (action == ACTION_RESET)
		act_open(a, ACT_RESET, name);
	else
		bring_back(a, name);
}

static void
on_silenced(void *arg, struct link *l, const struct client_event *ev)
{
	struct app *a = arg;
	char text[240];

	(void)l;
	if (ev->type != MESSAGE_END)
		return;
	if (ev->code == EXIT_DONE)
		app_say(a, REMARK_NOTICE, _("horn silenced"));
	else
		app_say(a, REMARK_REFUSAL, "%s",
		    said_show(text, sizeof(text), ev->text));
}

static void
silence(struct app *a)
{
	a->bell = false;
	if (link_begin(&a->link, VERB_SILENCE))
		link_send(&a->link, on_silenced, a);
}

bool
act_key(struct app *a, int action)
{
	struct chosen c;

	chosen_get(a, &c);
	switch (action) {
	case ACTION_SHELVE:
	case ACTION_OOS:
	case ACTION_RESET:
	case ACTION_BRING_BACK:
		on_alarm(a, action, c.alarm);
		return true;
	case ACTION_OVERRIDE:
		override(a, c.tag);
		return true;
	case ACTION_LOCKOUT:
		lock_out(a, c.object);
		return true;
	case ACTION_BYPASS:
		bypass(a, c.command);
		return true;
	case ACTION_NOTE:
		act_open(a, ACT_NOTE,
		    *c.alarm != '\0' ? c.alarm
			: *c.object != '\0' ? c.object
					    : c.tag);
		return true;
	case ACTION_SILENCE:
		silence(a);
		return true;
	default:
		return false;
	}
}
