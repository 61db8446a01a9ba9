/* SPDX-License-Identifier: ISC */
/*
 * A name and a password: of another person who takes over this console, or
 * who confirms what somebody else does. The password is never shown, not even
 * how long it is; it is overwritten when it was sent, was wrong, or Esc was
 * pressed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "wire/said.h"
#include "console/views.h"
#include "term/form.h"

enum { WHO, PASSWORD, HINT, RESULT, ROWS };

struct login_view {
	struct login_request request;
	struct input who, password;
	struct form form;
	struct form_row rows[ROWS];
	bool asking;		/* the core looks at it */
};

static void
say(struct login_view *s, int row, const char *text, enum style style)
{
	str_copy(s->rows[row].text, text, sizeof(s->rows[row].text));
	s->rows[row].style = style;
}

static void
init(struct view *v, void *arg)
{
	struct login_view *s = xcalloc(1, sizeof(*s));
	const struct login_request *r = arg;

	s->request = *r;
	input_init(&s->who, INPUT_NAME, 32);
	input_init(&s->password, INPUT_SECRET, INPUT_MAX);
	s->rows[WHO] = (struct form_row){
		.label = _("name"), .input = &s->who, .width = 26 };
	s->rows[PASSWORD] = (struct form_row){
		.label = _("password"), .input = &s->password, .width = 26 };
	say(s, HINT, _("Enter go on   Esc cancel"), STYLE_KEY);
	form_init(&s->form, r->title, s->rows, ROWS);
	if (*r->name != '\0') {
		input_set(&s->who, r->name);
		s->form.focus = PASSWORD;
	}
	v->data = s;
}

static void
fini(struct view *v)
{
	struct login_view *s = v->data;
	struct app *a = v->app;

	link_forget(&a->link, v);
	explicit_bzero(s, sizeof(*s));
	free(s);
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct login_view *s = v->data;

	(void)now;
	form_draw(c, &s->form);
}

/* Whose console it is then, the welcome says. */
static void
on_answer(void *arg, struct link *l, const struct client_event *ev)
{
	struct view *v = arg;
	struct login_view *s = v->data;

	(void)l;
	if (ev->type != MESSAGE_END)
		return;
	s->asking = false;
	view_dirty(v);
	if (ev->code == EXIT_DONE) {
		view_pop(v->stack);
		return;
	}
	said_show(s->rows[RESULT].text, sizeof(s->rows[RESULT].text),
	    ev->text);
	s->rows[RESULT].style = STYLE_REFUSED;
	s->form.focus = PASSWORD;
}

static void
send(struct view *v)
{
	struct login_view *s = v->data;
	struct app *a = v->app;
	struct link *l = &a->link;

	say(s, RESULT, app_dead(a) != NULL ? app_dead(a) : "", STYLE_REFUSED);
	if (app_dead(a) == NULL && link_begin(l, VERB_LOGIN)) {
		client_with(l->client, PARAMETER_NAME, s->who.text);
		client_secret(l->client, SECRET_OTHER, s->password.text);
		s->asking = link_send(l, on_answer, v) != 0;
		view_sent(v);
		if (s->asking)
			say(s, RESULT, _("looking at it .."), STYLE_PENDING);
	}
	input_wipe(&s->password);
}

/* What it is for goes on below. */
static void
hand_over(struct view *v)
{
	struct login_view *s = v->data;
	struct login_view kept = *s;

	view_pop(v->stack);
	kept.request.given(
	    kept.request.arg, kept.who.text, kept.password.text);
	explicit_bzero(&kept, sizeof(kept));
}

static void
enter(struct view *v)
{
	struct login_view *s = v->data;

	if (*s->who.text == '\0')
		s->form.focus = WHO;
	else if (s->form.focus == WHO || *s->password.text == '\0')
		s->form.focus = PASSWORD;
	else if (s->request.given != NULL)
		hand_over(v);
	else
		send(v);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct login_view *s = v->data;

	(void)now;
	view_dirty(v);
	if (key_is_cancel(k))
		view_pop(v->stack);
	else if (s->asking)
		return true;
	else if (k->code == K_ENTER)
		enter(v);
	else
		form_key(&s->form, k);
	return true;
}

const struct view_class view_login = { .name = "login",
	.modal = true,
	.init = init,
	.fini = fini,
	.draw = draw,
	.key = key };
