/* SPDX-License-Identifier: ISC */
/* The project's process screens: fetched, parsed, and gone through. */
#include "console/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "console/views.h"

struct app_screen *
app_screen_find(struct app *a, const char *name)
{
	size_t i;

	for (i = 0; i < a->screens.n; i++)
		if (strcmp(a->screens.at[i].name, name) == 0)
			return &a->screens.at[i];
	return NULL;
}

static void
parse_screen(struct app *a, struct app_screen *s)
{
	struct report problems;
	const char *languages[PLANT_LANGUAGES];
	char list[65], *rest = list, *word;
	unsigned n = 0;

	str_copy(list, a->welcome.languages, sizeof(list));
	while (n < PLANT_LANGUAGES && (word = strsep(&rest, ",")) != NULL)
		languages[n++] = word;
	report_init(&problems);
	screen_free(s->screen);
	s->screen = screen_parse(
	    s->name, s->text, s->len, languages, n, &problems);
	if (s->screen == NULL)
		str_copy(s->problem,
		    problems.problems.n > 0 ? problems.problems.at[0].text
					    : _("cannot be read"),
		    sizeof(s->problem));
	report_fini(&problems);
}

static void
on_screen(void *arg, struct link *l, const struct client_event *ev)
{
	struct app *a = arg;
	struct app_screen *s;
	struct cell cell;
	struct buf b = { 0 };
	size_t i;

	/* answers come in the order of the questions */
	for (i = 0; i < a->screens.n && !a->screens.at[i].asked; i++)
		;
	if (i == a->screens.n)
		return;
	s = &a->screens.at[i];
	if (ev->type == MESSAGE_ROWS && ev->cells == 1) {
		if (s->len > 0)
			buf_add(&b, s->text, s->len);
		while (client_row(l->client, &cell)) {
			buf_text(&b,
			    cell.type == CELL_TEXT ? cell.as.text : "");
			buf_char(&b, '\n');
		}
		free(s->text);
		s->text = b.at;
		s->len = b.len;
		return;
	}
	s->asked = false;
	if (ev->code == EXIT_DONE)
		parse_screen(a, s);
	else
		str_copy(s->problem, ev->text, sizeof(s->problem));
	app_changed(a, CHANGE_THINGS);
}

/* One screen at a time is asked for. */
void
app_ask_screen(struct app *a, struct app_screen *s)
{
	size_t i;

	if (s->screen != NULL || *s->problem != '\0')
		return;
	for (i = 0; i < a->screens.n; i++)
		if (a->screens.at[i].asked)
			return;
	if (!link_begin(&a->link, VERB_SCREEN))
		return;
	client_with(a->link.client, PARAMETER_NAME, s->name);
	s->len = 0;
	s->asked = link_send(&a->link, on_screen, a) != 0;
}

static void
on_list(void *arg, struct link *l, const struct client_event *ev)
{
	struct app *a = arg;
	struct app_screen *s;
	struct cell cells[3];

	if (ev->type == MESSAGE_ROWS && ev->cells == 3) {
		while (client_row(l->client, cells)) {
			if (cells[0].type != CELL_TEXT ||
			    app_screen_find(a, cells[0].as.text) != NULL)
				continue;
			s = vec_add(&a->screens);
			memset(s, 0, sizeof(*s));
			str_copy(s->name, cells[0].as.text, sizeof(s->name));
		}
		return;
	}
	app_changed(a, CHANGE_THINGS);
}

void
app_list_screens(struct app *a)
{
	size_t i;

	for (i = 0; i < a->screens.n; i++)
		a->screens.at[i].asked = false;
	if (link_begin(&a->link, VERB_SCREENS))
		link_send(&a->link, on_list, a);
}

void
app_forget_screens(struct app *a)
{
	size_t i;

	for (i = 0; i < a->screens.n; i++) {
		free(a->screens.at[i].text);
		screen_free(a->screens.at[i].screen);
	}
	vec_clear(&a->screens);
}

/* Says where this session is; nobody waits for the answer. */
static void
ignore(void *arg, struct link *l, const struct client_event *ev)
{
	(void)arg;
	(void)l;
	(void)ev;
}

void
app_say_here(struct app *a)
{
	char size[32];

	if (a->terminal == NULL || !link_begin(&a->link, VERB_HERE))
		return;
	snprintf(size, sizeof(size), "%dx%d", terminal_cols(a->terminal),
	    terminal_rows(a->terminal));
	client_with(a->link.client, PARAMETER_SCREEN, a->here);
	client_with(a->link.client, PARAMETER_SIZE, size);
	client_with(a->link.client, PARAMETER_TERM, getenv("TERM"));
	link_send(&a->link, ignore, NULL);
}

/* Where this station was when its line broke; there is no step back. */
static void
on_again(void *arg, struct link *l, const struct client_event *ev)
{
	struct app *a = arg;
	struct cell cell;

	if (ev->type != MESSAGE_ROWS || ev->cells != 1 ||
	    !client_row(l->client, &cell) || cell.type != CELL_TEXT)
		return;
	a->here[0] = '\0';
	app_go(a, cell.as.text);
}

void
app_ask_again(struct app *a)
{
	if (a->again && link_begin(&a->link, VERB_AGAIN))
		link_send(&a->link, on_again, a);
}

void
app_leave(struct app *a)
{
	a->here[0] = '\0';
	app_say_here(a);
	a->quit = true;
}

void
app_go(struct app *a, const char *name)
{
	char copy[65];

	str_copy(copy, name, sizeof(copy));
	app_freeze(a, false);
	if (*a->here != '\0' && strcmp(a->here, copy) != 0) {
		if (a->n_history == APP_HISTORY) {
			memmove(a->history[0], a->history[1],
			    sizeof(a->history[0]) * (APP_HISTORY - 1));
			a->n_history--;
		}
		memcpy(a->history[a->n_history++], a->here,
		    sizeof(a->here));
	}
	str_copy(a->here, copy, sizeof(a->here));
	while (view_pop(&a->views))
		;
	if (view_top(&a->views) == NULL)
		view_push(&a->views, &view_process, a->here);
	else
		view_replace(&a->views, &view_process, a->here);
	app_say_here(a);
	a->dirty = true;
}

void
app_back(struct app *a)
{
	char name[65];

	if (view_pop(&a->views)) {
		a->dirty = true;
		return;
	}
	if (a->n_history == 0)
		return;
	str_copy(name, a->history[--a->n_history], sizeof(name));
	a->here[0] = '\0';	/* going back is no step forward */
	app_go(a, name);
}
