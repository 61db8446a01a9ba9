/* SPDX-License-Identifier: ISC */
/*
 * What is done to an alarm, a value or an object beside commands: put it
 * aside, bring it back, reset it, override it, lock it out, bypass an
 * interlock, note something.
 * One dialog for each, from a table: what it is about, what must be typed,
 * and Enter, or y where nothing is typed. A refusal is said in the dialog,
 * which stays.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/act.h"
#include "console/sending.h"
#include "console/views.h"
#include "term/form.h"

enum { NOW, FIRST, LAST = FIRST + 2, HINT, RESULT, ROWS };
#define FIELDS 3

/* In the order of enum act. */
static const struct act_row {
	enum verb verb;
	const char *title;	/* "Shelve" */
	struct act_field {
		enum parameter which;	/* PARAMETERS_END: no such row */
		const char *label, *hint;
		int width;
		bool may_be_empty;
	} field[FIELDS];
	enum parameter flag;	/* said as well, without a value */
} acts[] = {
#define NO_FIELD { PARAMETERS_END, NULL, NULL, 0, false }
#define REASON { PARAMETER_REASON, N_("reason"), "", 40, false }
#define MAY_REASON { PARAMETER_REASON, N_("reason"), "", 40, true }
#define SPAN(hint, empty) { PARAMETER_FOR, N_("for"), hint, 8, empty }
	[ACT_SHELVE] = { VERB_SHELVE, N_("Shelve"),
	    { SPAN("10min 30min 1h 2h 8h", false), REASON, NO_FIELD },
	    PARAMETERS_END },
	[ACT_UNSHELVE] = { VERB_UNSHELVE, N_("No longer shelved"),
	    { MAY_REASON, NO_FIELD, NO_FIELD }, PARAMETERS_END },
	[ACT_UNSUPPRESS] = { VERB_UNSUPPRESS, N_("No longer suppressed"),
	    { MAY_REASON, NO_FIELD, NO_FIELD }, PARAMETERS_END },
	[ACT_OOS] = { VERB_OOS, N_("Out of service"),
	    { REASON, SPAN(N_("or nothing: until it is put back"), true),
		NO_FIELD }, PARAMETERS_END },
	[ACT_BACK] = { VERB_OOS, N_("Back in service"),
	    { MAY_REASON, NO_FIELD, NO_FIELD }, PARAMETERS_END },
	[ACT_RESET] = { VERB_RESET, N_("Reset"),
	    { { PARAMETER_NOTE, N_("note"), "", 40, true }, NO_FIELD,
		NO_FIELD }, PARAMETERS_END },
	[ACT_OVERRIDE] = { VERB_OVERRIDE, N_("Override"),
	    { { PARAMETER_VALUE, N_("value"), "", 14, false },
		SPAN("10min 1h 8h 2d", false), REASON }, PARAMETERS_END },
	[ACT_OVERRIDE_END] = { VERB_OVERRIDE, N_("Override no longer"),
	    { MAY_REASON, NO_FIELD, NO_FIELD }, PARAMETER_END },
	[ACT_LOCKOUT] = { VERB_LOCKOUT, N_("Lock out"),
	    { REASON, { PARAMETER_TICKET, N_("ticket"), "", 20, true },
		NO_FIELD }, PARAMETERS_END },
	[ACT_LOCKOUT_END] = { VERB_LOCKOUT, N_("Take the own tag away"),
	    { MAY_REASON, NO_FIELD, NO_FIELD }, PARAMETER_END },
	[ACT_NOTE] = { VERB_NOTE, N_("Note"),
	    { { PARAMETER_TEXT, N_("text"), "", 50, false }, NO_FIELD,
		NO_FIELD }, PARAMETERS_END },
	[ACT_BYPASS] = { VERB_BYPASS, N_("Bypass the interlock"),
	    { SPAN("10min 1h 8h", false), REASON, NO_FIELD },
	    PARAMETERS_END },
	[ACT_BYPASS_END] = { VERB_BYPASS, N_("Bypass no longer"),
	    { MAY_REASON, NO_FIELD, NO_FIELD }, PARAMETER_END },
};

struct acting {
	const struct act_row *act;
	enum act which;
	char name[PLANT_NAME_MAX + 1];	/* "": the plant */
	char title[160];
	struct sending *sending;
	struct input input[FIELDS];
	struct form form;
	struct form_row rows[ROWS];
};

static void
how_to(struct acting *s)
{
	str_copy(s->rows[HINT].text,
	    _("Enter send   Tab next field   Esc cancel"),
	    sizeof(s->rows[HINT].text));
	s->rows[HINT].style = STYLE_KEY;
}

/* What is said of the interlock of P-101A.start; NULL: it is no command. */
static const char *
of_command(const struct things *t, const char *name)
{
	char object[PLANT_NAME_MAX + 1];
	const char *command = command_split(name, object), *bypass;
	const struct object_info *o =
	    command != NULL ? things_find_object(t, object) : NULL;
	const struct object_command *k;

	if (o == NULL)
		return NULL;
	bypass = object_bypass(o, command);
	if (bypass != NULL)
		return bypass;
	k = object_command(o, command);
	return k != NULL ? k->label : "";
}

/* What stands there now: the state of the alarm, the value of the tag. */
static void
refresh(struct view *v)
{
	struct acting *s = v->data;
	struct app *a = v->app;
	const struct alarm_info *alarm =
	    things_find_alarm(&a->things, s->name);
	const struct tag_info *g = things_find_tag(&a->things, s->name);
	const struct object_info *o =
	    things_find_object(&a->things, s->name);
	char *text = s->rows[NOW].text, room[VALUE_CAP];

	if (s->act->verb == VERB_BYPASS && of_command(&a->things, s->name))
		snprintf(text, FORM_TEXT, "%s", of_command(&a->things, s->name));
	else if (alarm != NULL)
		snprintf(text, FORM_TEXT, "%s  %s", alarm_info_mark(alarm),
		    alarm->title);
	else if (g != NULL)
		snprintf(text, FORM_TEXT, "%s  %s",
		    tag_show(&a->things, g, room), g->title);
	else if (o != NULL && o->locked != NULL)
		snprintf(text, FORM_TEXT, "%s", o->locked);
	else
		snprintf(text, FORM_TEXT, "%s", o != NULL ? o->title : "");
}

static void
init(struct view *v, void *arg)
{
	const struct act_request *r = arg;
	struct acting *s = xcalloc(1, sizeof(*s));
	const struct act_field *f;
	int i;

	s->which = r->act;
	s->act = &acts[r->act];
	str_copy(s->name, r->name, sizeof(s->name));
	snprintf(s->title, sizeof(s->title), "%s  %s", _(s->act->title),
	    s->name);
	s->sending = sending_new(v, s->title);
	s->rows[NOW].label = _("now");
	for (i = 0; i < FIELDS; i++) {
		f = &s->act->field[i];
		if (f->which == PARAMETERS_END)
			continue;
		input_init(&s->input[i], INPUT_TEXT, 100);
		s->rows[FIRST + i] = (struct form_row){ .label = _(f->label),
			.input = &s->input[i], .width = f->width };
		str_copy(s->rows[FIRST + i].text,
		    *f->hint != '\0' ? _(f->hint) : "",
		    sizeof(s->rows[0].text));
	}
	how_to(s);
	form_init(&s->form, s->title, s->rows, ROWS);
	v->data = s;
	refresh(v);
}

static void
fini(struct view *v)
{
	struct acting *s = v->data;

	sending_leave(s->sending);
	free(s);
}

static bool
is_told(enum thing_state state)
{
	return state == THING_KNOWN || state == THING_REFUSED;
}

/* P20: what is bypassed, overridden or locked out is what was read when the
 * dialog was opened. */
static bool
closes(const struct acting *s)
{
	const struct things *t = &s->sending->app->things;
	char object[PLANT_NAME_MAX + 1];
	const char *command = NULL;
	const struct tag_info *g;
	const struct object_info *o;
	const struct object_command *k;

	if (s->act->verb == VERB_OVERRIDE) {
		g = things_find_tag(t, s->name);
		return g != NULL && is_told(g->state) &&
		    sending_close(s->sending, g->state == THING_KNOWN,
			g->changed);
	}
	if (s->act->verb == VERB_BYPASS)
		command = command_split(s->name, object);
	else if (s->act->verb != VERB_LOCKOUT)
		return false;
	o = things_find_object(t, command != NULL ? object : s->name);
	if (o == NULL || !is_told(o->state))
		return false;
	k = command != NULL ? object_command(o, command) : NULL;
	return sending_close(s->sending,
	    o->state == THING_KNOWN && (command == NULL || k != NULL),
	    k != NULL ? k->changed : 0);
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	struct acting *s = v->data;

	(void)now;
	view_dirty(v);
	/* all rows of the object have come when nothing is asked for */
	if ((what & CHANGE_THINGS) != 0 && s->sending->app->asking == 0 &&
	    closes(s))
		return;
	if (sending_done(s->sending) || s->sending->state != SENDING_ENDED)
		return;
	s->sending->state = SENDING_NOT;
	how_to(s);
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct acting *s = v->data;

	(void)now;
	refresh(v);
	sending_row(s->sending, &s->rows[RESULT]);
	form_draw(c, &s->form);
}

/* Nothing that must be typed is missing; else its field is marked. */
static bool
is_complete(struct acting *s)
{
	bool all = true;
	int i;

	for (i = 0; i < FIELDS; i++) {
		const struct act_field *f = &s->act->field[i];

		if (f->which == PARAMETERS_END)
			continue;
		s->input[i].bad = !f->may_be_empty && *s->input[i].text == '\0';
		all &= !s->input[i].bad;
	}
	if (!all) {
		str_copy(s->rows[HINT].text,
		    _("What is marked must be filled in"),
		    sizeof(s->rows[HINT].text));
		s->rows[HINT].style = STYLE_REFUSED;
	}
	return all;
}

/* P-101A.start is a command of P-101A. */
static void
send_name(const struct acting *s, struct client *c)
{
	char object[PLANT_NAME_MAX + 1];
	const char *command = s->act->verb == VERB_BYPASS
	    ? command_split(s->name, object)
	    : NULL;

	if (command != NULL)
		client_with(c, PARAMETER_COMMAND, command);
	if (*s->name != '\0')
		client_with(
		    c, PARAMETER_NAME, command != NULL ? object : s->name);
}

static void
send(struct view *v)
{
	struct acting *s = v->data;
	struct app *a = v->app;
	struct client *c;
	int i;

	if (!link_begin(&a->link, s->act->verb))
		return;
	c = a->link.client;
	send_name(s, c);
	for (i = 0; i < FIELDS; i++)
		if (s->act->field[i].which != PARAMETERS_END &&
		    *s->input[i].text != '\0')
			client_with(
			    c, s->act->field[i].which, s->input[i].text);
	if (s->act->flag != PARAMETERS_END)
		client_with(c, s->act->flag, "");
	if (s->act->verb == VERB_OOS)
		client_with(c, PARAMETER_STATE,
		    s->which == ACT_OOS ? "on" : "off");
	sending_send(s->sending);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct acting *s = v->data;

	view_dirty(v);
	if (key_is_cancel(k)) {
		view_pop(v->stack);
		return true;
	}
	if (s->sending->state == SENDING_UNDER_WAY)
		return true;
	if (k->code != K_ENTER) {
		form_key(&s->form, k);
		return true;
	}
	if (view_is_early(v, now) || !is_complete(s))
		return true;
	if (app_dead(v->app) == NULL)
		send(v);
	else
		app_say(v->app, REMARK_REFUSAL, _("not sent: %s"),
		    app_dead(v->app));
	return true;
}

const struct view_class view_act = { .name = "act",
	.modal = true,
	.init = init,
	.fini = fini,
	.update = update,
	.draw = draw,
	.key = key };

void
act_open(struct app *a, enum act act, const char *name)
{
	const char *why = seat_why_not_verb(a, acts[act].verb);

	if (why != NULL)
		app_say(a, REMARK_REFUSAL, "%s: %s", _(acts[act].title), why);
	else
		view_push(&a->views, &view_act,
		    &(struct act_request){ act, name });
}
