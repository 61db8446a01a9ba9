/* SPDX-License-Identifier: ISC */
/*
 * A command: it says in words what will happen and to what. A safe one goes
 * with one key (P3); others by y, or by typing the object's name.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/sending.h"
#include "console/views.h"
#include "term/form.h"

enum { BYPASS, STATE, AGAIN, HINT, RESULT, ROWS };

struct giving {
	struct object_info *object;
	char name[64];		/* of its command */
	struct sending *sending;
	struct input again;
	struct form form;
	struct form_row rows[ROWS];
	char title[200];
	char seen[64];		/* the state as drawn (P17) */
	char *bypass;		/* of the interlock, as asked; NULL: none */
};

static const struct object_command *
command_of(const struct giving *s)
{
	return object_command(s->object, s->name);
}

static void
refresh(struct giving *s)
{
	struct app *a = s->sending->app;
	const struct object_state_info *now =
	    object_state_now(&a->things, s->object, NULL);

	str_copy(s->seen, now != NULL ? now->name : "", sizeof(s->seen));
	snprintf(s->rows[STATE].text, sizeof(s->rows[STATE].text), "%s",
	    now != NULL ? now->text : _("? (not known)"));
}

/* P14: whoever gives the command knows that its interlock does not count. */
static void
ask(struct giving *s)
{
	const char *bypass = object_bypass(s->object, s->name);
	int first = bypass != NULL ? BYPASS : STATE;

	free(s->bypass);
	s->bypass = NULL;
	if (bypass != NULL) {
		s->bypass = xstrdup(bypass);
		s->rows[BYPASS].label = _("interlock");
		s->rows[BYPASS].style = STYLE_REFUSED;
		snprintf(s->rows[BYPASS].text, sizeof(s->rows[BYPASS].text),
		    _("BYPASSED by %s"), bypass);
	}
	form_init(&s->form, s->title, s->rows + first, ROWS - first);
	refresh(s);
}

/* Since it was asked no bypass began or ended; else it is not what was read
 * that would go: the dialog closes. */
static bool
is_as_asked(struct giving *s)
{
	const char *now = object_bypass(s->object, s->name);

	if (now == NULL ? s->bypass == NULL
			: s->bypass != NULL && strcmp(now, s->bypass) == 0)
		return true;
	sending_withdraw(
	    s->sending, _("a bypass began or ended, open it again"));
	return false;
}

static void
init(struct view *v, void *arg)
{
	struct app *a = v->app;
	const struct command_request *r = arg;
	struct giving *s = xcalloc(1, sizeof(*s));
	const struct object_command *k;
	char what[160];

	s->object = things_object(&a->things, r->object);
	if (r->command < s->object->commands.n)
		str_copy(s->name, s->object->commands.at[r->command].name,
		    sizeof(s->name));
	k = command_of(s);
	snprintf(what, sizeof(what), "%s %s", k != NULL ? k->label : "?",
	    s->object->name);
	s->sending = sending_new(v, what);
	snprintf(s->title, sizeof(s->title), "%s  %s", what,
	    s->object->title);
	s->rows[STATE].label = _("state now");
	input_init(&s->again, INPUT_NAME, 24);
	s->again.no_paste = true;
	if (k != NULL && k->confirm == CONFIRM_RETYPE && !k->safe) {
		s->rows[AGAIN] = (struct form_row){ .label = _("type"),
			.input = &s->again, .width = 26 };
		str_copy(s->rows[AGAIN].text, s->object->name,
		    sizeof(s->rows[AGAIN].text));
		str_copy(s->rows[HINT].text, _("then Enter   Esc cancel"),
		    sizeof(s->rows[HINT].text));
	} else {
		snprintf(s->rows[HINT].text, sizeof(s->rows[HINT].text),
		    _("%s?   y yes   Esc no"), what);
	}
	s->rows[HINT].style = STYLE_KEY;
	v->data = s;
	ask(s);
}

static void
fini(struct view *v)
{
	struct giving *s = v->data;

	sending_leave(s->sending);
	free(s->bypass);
	free(s);
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	struct giving *s = v->data;
	const struct object_command *k = command_of(s);

	(void)now;
	view_dirty(v);
	/* all rows of the object have come when nothing is asked for */
	if ((what & CHANGE_THINGS) != 0 && ((struct app *)v->app)->asking == 0 &&
	    sending_close(s->sending, k != NULL, k != NULL ? k->changed : 0))
		return;
	if (sending_done(s->sending))
		return;
	if (s->sending->state != SENDING_ENDED) {
		is_as_asked(s);
		return;
	}
	s->sending->state = SENDING_NOT;
	ask(s);
	view_renew(v);
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct giving *s = v->data;

	(void)now;
	if (v->drawn_at.us == MONO_NEVER.us)
		refresh(s);
	sending_row(s->sending, &s->rows[RESULT]);
	form_draw(c, &s->form);
}

static void
send(struct view *v)
{
	struct giving *s = v->data;
	const struct object_command *k = command_of(s);
	struct app *a = v->app;

	if (k == NULL || !is_as_asked(s) || !link_begin(&a->link, VERB_DO))
		return;
	client_with(a->link.client, PARAMETER_NAME, s->object->name);
	client_with(a->link.client, PARAMETER_COMMAND, k->name);
	if (!k->safe) {
		if (k->confirm == CONFIRM_RETYPE)
			client_with(a->link.client, PARAMETER_CONFIRM,
			    s->again.text);
		else
			client_with(a->link.client, PARAMETER_CONFIRM,
			    s->object->name);
		if (*s->seen != '\0')
			client_with(
			    a->link.client, PARAMETER_EXPECT, s->seen);
	}
	sending_send(s->sending);
}

static void
confirmed(struct view *v, const struct object_command *c)
{
	struct giving *s = v->data;

	if (c->confirm == CONFIRM_SECOND && !c->safe)
		sending_ask_second(s->sending, send);
	else
		send(v);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct giving *s = v->data;
	const struct object_command *c = command_of(s);
	struct app *a = v->app;
	bool typed = s->rows[AGAIN].input != NULL, yes;

	view_dirty(v);
	if (key_is_cancel(k)) {
		view_pop(v->stack);
		return true;
	}
	if (s->sending->state == SENDING_UNDER_WAY || c == NULL)
		return true;
	yes = typed ? k->code == K_ENTER &&
		strcmp(s->again.text, s->object->name) == 0
		    : k->code == 'y' && k->mods == 0;
	if (yes && !view_is_early(v, now)) {
		if (app_dead(a) == NULL)
			confirmed(v, c);
		else
			app_say(a, REMARK_REFUSAL, _("not sent: %s"),
			    app_dead(a));
	} else if (typed && k->code == K_ENTER) {
		s->again.bad = true;
	} else if (typed) {
		form_key(&s->form, k);
	}
	return true;
}

const struct view_class view_do = { .name = "do",
	.modal = true,
	.init = init,
	.fini = fini,
	.update = update,
	.draw = draw,
	.key = key };
