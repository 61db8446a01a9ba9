/* SPDX-License-Identifier: ISC */
#include "console/sending.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "wire/said.h"
#include "console/views.h"
#include "term/form.h"

struct sending *
sending_new(struct view *v, const char *what)
{
	struct sending *s = xcalloc(1, sizeof(*s));

	s->app = v->app;
	s->view = v;
	s->revision = s->app->welcome.revision;
	str_copy(s->what, what, sizeof(s->what));
	return s;
}

static void
take_result(struct sending *s, const char *text)
{
	char loud[sizeof(s->result)];

	said_show(s->result, sizeof(s->result),
	    result_show(loud, sizeof(loud), text));
}

static void
on_answer(void *arg, struct link *l, const struct client_event *ev)
{
	struct sending *s = arg;
	struct cell cells[5];

	if (ev->type == MESSAGE_ROWS && ev->cells == 5) {
		if (client_row(l->client, cells) &&
		    cells[3].type == CELL_TEXT)
			take_result(s, cells[3].as.text);
		return;
	}
	s->state = SENDING_ENDED;
	s->code = ev->code;
	if (*s->result == '\0')
		take_result(s, ev->text);
	app_say(s->app,
	    ev->code == EXIT_DONE ? REMARK_NOTICE : REMARK_REFUSAL, "%s: %s",
	    s->what, s->result);
	if (s->view == NULL) {
		free(s);
		return;
	}
	s->view->class->update(s->view, CHANGE_LINK, s->app->now);
}

bool
sending_withdraw(struct sending *s, const char *why)
{
	struct app *a = s->app;

	if (s->state == SENDING_UNDER_WAY || view_top(&a->views) != s->view)
		return false;
	app_say(a, REMARK_REFUSAL, "%s: %s", s->what, why);
	view_pop(&a->views);
	return true;
}

bool
sending_close(struct sending *s, bool known, uint32_t changed)
{
	if (known && changed <= s->revision)
		return false;
	return sending_withdraw(s, known
		? _("the project changed it, open it again")
		: _("the project does not have it any more"));
}

bool
sending_send(struct sending *s)
{
	char revision[16];

	s->since = s->app->now;
	s->state = SENDING_UNDER_WAY;
	view_sent(s->view);
	s->result[0] = '\0';
	snprintf(revision, sizeof(revision), "%u", s->revision);
	client_with(s->app->link.client, PARAMETER_DRAWN, revision);
	link_pressed(&s->app->link, s->app->now);
	if (*s->second != '\0')
		client_with(s->app->link.client, PARAMETER_SECOND, s->second);
	if (link_send(&s->app->link, on_answer, s) != 0)
		return true;
	s->state = SENDING_NOT;
	str_copy(s->result, _("not sent"), sizeof(s->result));
	return false;
}

static void
second_given(void *arg, const char *name, const char *password)
{
	struct sending *s = arg;
	const char *dead = app_dead(s->app);

	if (dead != NULL || s->app->link.state != LINK_UP) {
		app_say(s->app, REMARK_REFUSAL, _("not sent: %s"),
		    dead != NULL ? dead : "");
		return;
	}
	str_copy(s->second, name, sizeof(s->second));
	client_secret(s->app->link.client, SECRET_OTHER, password);
	s->confirmed(s->view);
}

void
sending_ask_second(struct sending *s, void (*confirmed)(struct view *v))
{
	s->confirmed = confirmed;
	view_push(&s->app->views, &view_login,
	    &(struct login_request){ _("A second person confirms it"), "",
		second_given, s });
}

bool
sending_done(struct sending *s)
{
	struct view_stack *views = &s->app->views;

	if (s->state != SENDING_ENDED || s->code != EXIT_DONE)
		return false;
	if (view_top(views) == s->view)
		view_pop(views);
	return true;
}

void
sending_leave(struct sending *s)
{
	if (s == NULL)
		return;
	s->view = NULL;
	if (s->state != SENDING_UNDER_WAY) {
		free(s);
		return;
	}
	/* its result, or that nobody knows it (link.c), is said there later */
	app_say(s->app, REMARK_NOTICE, _("%s: under way .."), s->what);
}

static void
print_state(const struct sending *s, char *dst, size_t cap)
{
	switch (s->state) {
	case SENDING_NOT:
		snprintf(dst, cap, "%s", s->result);
		break;
	case SENDING_UNDER_WAY:
		if (s->app->lost)
			snprintf(dst, cap, "%s",
			    _("UNKNOWN: CHECK THE PLANT - the server went away"));
		else
			snprintf(dst, cap, _("sent .. %.1f s"),
			    (double)mono_since(s->app->now, s->since).ms /
				1000);
		break;
	case SENDING_ENDED:
		snprintf(dst, cap, "%s", s->result);
		break;
	}
}

void
sending_row(const struct sending *s, struct form_row *row)
{
	print_state(s, row->text, sizeof(row->text));
	row->style = s->state == SENDING_NOT ? STYLE_REFUSED : STYLE_PENDING;
}
