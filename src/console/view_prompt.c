/* SPDX-License-Identifier: ISC */
/*
 * The line behind ':': the name of a screen, an object or a tag, or one of
 * a few words. It goes there; it never writes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "console/actions.h"
#include "console/views.h"
#include "term/form.h"

struct prompt {
	struct input input;
};

static const struct {
	const char *word;
	enum action action;
} words[] = {
	{ "alarms", ACTION_ALARMS },
	{ "events", ACTION_EVENTS },
	{ "help", ACTION_HELP },
	{ "menu", ACTION_MENU },
	{ "quit", ACTION_QUIT },
	{ "q", ACTION_QUIT },
	{ "tags", ACTION_TAGS },
	{ "theme", ACTION_THEME },
	{ "ascii", ACTION_ASCII },
	{ "who", ACTION_WHO },
};

static void
init(struct view *v, void *arg)
{
	struct prompt *p = xcalloc(1, sizeof(*p));

	(void)arg;
	input_init(&p->input, INPUT_TEXT, 60);
	v->data = p;
}

static void
fini(struct view *v)
{
	free(v->data);
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct prompt *p = v->data;

	(void)now;
	c = canvas_part(c, c.rows - 1, 0, 1, c.cols);
	canvas_clear(c, STYLE_INPUT);
	canvas_text(c, 0, 0, 1, STYLE_INPUT, ":");
	input_draw(c, 0, 1, c.cols - 1, &p->input, true);
}

static void
go(struct app *a, const char *text)
{
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].word, text) == 0) {
			actions_do(a, words[i].action);
			return;
		}
	if (app_screen_find(a, text) != NULL)
		app_go(a, text);
	else if (name_is_object(text))
		view_push(&a->views, &view_object, (void *)(uintptr_t)text);
	else
		app_say(a, REMARK_REFUSAL,
		    "\"%s\": no screen, object or word (? help)", text);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct prompt *p = v->data;
	struct app *a = v->app;
	char text[INPUT_MAX * 4 + 1];

	(void)now;
	view_dirty(v);
	if (k->code == K_ESC || (k->code == 'c' && k->mods == K_CTRL)) {
		view_pop(v->stack);
	} else if (k->code == K_ENTER) {
		str_copy(text, p->input.text, sizeof(text));
		view_pop(v->stack);
		if (*text != '\0')
			go(a, text);
	} else {
		input_key(&p->input, k);
	}
	return true;
}

const struct view_class view_prompt = { .name = "prompt",
	.modal = true,
	.typeahead = true,
	.init = init,
	.fini = fini,
	.draw = draw,
	.key = key };
