/* SPDX-License-Identifier: ISC */
/*
 * The line behind ':': the name of a screen, an object or a tag, or one of
 * a few words. It goes there; it never writes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/actions.h"
#include "console/panes.h"
#include "console/views.h"
#include "term/input.h"

struct prompt {
	struct input input;
};

static const struct {
	const char *word;
	enum action action;
} words[] = {
	{ "alarms", ACTION_ALARMS },
	{ "help", ACTION_HELP },
	{ "menu", ACTION_MENU },
	{ "quit", ACTION_QUIT },
	{ "q", ACTION_QUIT },
	{ "freeze", ACTION_FREEZE },
	{ "tags", ACTION_TAGS },
	{ "ascii", ACTION_ASCII },
	{ "who", ACTION_WHO },
	{ "logout", ACTION_LOGOUT },
};

static void
say_language(struct app *a, const char *name)
{
	struct err e;

	if (*name == '\0')
		app_say(a, REMARK_INFO, _(" language %s; the project has %s"),
		    language_name(), a->welcome.languages);
	else if (app_speak(a, name, &e) < 0)
		app_say(a, REMARK_REFUSAL, "%s", e.text);
}

static void
say_theme(struct app *a, const char *name)
{
	enum style_theme theme;

	if (*name == '\0')
		actions_do(a, ACTION_THEME);
	else if (style_theme_parse(&theme, name))
		actions_theme(a, theme);
	else
		app_say(a, REMARK_REFUSAL,
		    _("\"%s\": light, dark or mono"), name);
}

/* Of this console, until it ends. */
static void
say_panes(struct app *a, const char *number)
{
	unsigned n = (unsigned)strtoul(number, NULL, 10);

	if (*number == '\0')
		n = seat_panes(a) % PANES_MOST + 1;
	if (n < 1 || n > PANES_MOST || strspn(number, "0123456789") !=
	    strlen(number)) {
		app_say(a, REMARK_REFUSAL, _("\"%s\": 1 .. %d"), number,
		    PANES_MOST);
		return;
	}
	a->panes_chosen = n;
	app_say(a, REMARK_INFO, _(" %u panes, where the glass is wide enough"),
	    n);
	app_changed(a, CHANGE_THINGS);
}

/* Only the name: a password is typed where it is not seen. */
static void
say_login(struct app *a, const char *name)
{
	if (strchr(name, ' ') != NULL)
		app_say(a, REMARK_REFUSAL,
		    _("only the name; the password is asked for"));
	else
		view_push(&a->views, &view_login,
		    &(struct login_request){ _("Log in at this console"), name,
			NULL, NULL });
}

/* Words with something behind them. */
static const struct {
	const char *word;
	void (*say)(struct app *a, const char *argument);
} sayings[] = {
	{ "events", actions_events },
	{ "language", say_language },
	{ "theme", say_theme },
	{ "login", say_login },
	{ "panes", say_panes },
	{ "report", actions_report },
	{ "trend", actions_trend },
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
draw(struct view *v, struct canvas c, struct mono now)
{
	struct prompt *p = v->data;

	(void)now;
	input_draw_line(c, ":", &p->input);
}

/* What begins like the text: how far all of them agree, and their names. */
struct offers {
	const char *text;
	char common[PLANT_NAME_MAX + 1];
	char list[200];
	unsigned n;
};

static void
offer(struct offers *o, const char *name)
{
	size_t i, len = strlen(o->list);

	if (strncmp(name, o->text, strlen(o->text)) != 0)
		return;
	if (o->n++ == 0)
		str_copy(o->common, name, sizeof(o->common));
	for (i = 0; o->common[i] != '\0' && o->common[i] == name[i]; i++)
		;
	o->common[i] = '\0';
	if (o->n <= 8)
		snprintf(o->list + len, sizeof(o->list) - len, "  %s", name);
}

/* What may stand behind "language" and "theme". */
static void
offer_arguments(struct app *a, struct offers *o)
{
	char list[sizeof(a->welcome.languages)], *rest = list, *word,
	    name[40];

	str_copy(list, a->welcome.languages, sizeof(list));
	while ((word = strsep(&rest, ",")) != NULL) {
		snprintf(name, sizeof(name), "language %s", word);
		offer(o, name);
	}
	offer(o, "theme light");
	offer(o, "theme dark");
	offer(o, "theme mono");
}

/* Tab: words, screens, and what this console has seen of the plant. */
static void
complete(struct app *a, struct prompt *p)
{
	struct offers o = { .text = p->input.text };
	struct object_info *info;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		offer(&o, words[i].word);
	for (i = 0; i < sizeof(sayings) / sizeof(sayings[0]); i++)
		offer(&o, sayings[i].word);
	if (strchr(o.text, ' ') != NULL)
		offer_arguments(a, &o);
	for (i = 0; i < a->screens.n; i++)
		offer(&o, a->screens.at[i].name);
	for (info = a->things.objects; info != NULL; info = info->hh.next)
		offer(&o, info->name);
	if (o.n == 0) {
		app_say(a, REMARK_INFO, _(" nothing begins like this"));
		return;
	}
	input_set(&p->input, o.common);
	if (o.n > 1)
		app_say(a, REMARK_INFO, "%s%s", o.list, o.n > 8 ? " .." : "");
}

/* An object by its name, or by that of one of its tags. */
static bool
go_to_object(struct app *a, const char *text)
{
	char name[PLANT_NAME_MAX + 1];
	const struct tag_info *g = things_find_tag(&a->things, text);

	str_copy(name, text, sizeof(name));
	name[strcspn(name, ".")] = '\0';
	if (name_is_object(name)) {
		if (view_top(&a->views)->class == &view_object)
			view_pop(&a->views);	/* in place of that one */
		view_push(&a->views, &view_object, name);
	} else if (g != NULL && g->writable)
		actions_set(a, g->name);
	else
		return false;
	return true;
}

static bool
say(struct app *a, const char *text)
{
	size_t i, len;

	for (i = 0; i < sizeof(sayings) / sizeof(sayings[0]); i++) {
		len = strlen(sayings[i].word);
		if (strncmp(text, sayings[i].word, len) != 0 ||
		    (text[len] != '\0' && text[len] != ' '))
			continue;
		text += len;
		sayings[i].say(a, text + strspn(text, " "));
		return true;
	}
	return false;
}

static void
go(struct app *a, const char *text)
{
	size_t i;

	if (say(a, text))
		return;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].word, text) == 0) {
			actions_do(a, words[i].action);
			return;
		}
	if (app_screen_find(a, text) != NULL)
		app_go(a, text);
	else if (!go_to_object(a, text))
		app_say(a, REMARK_REFUSAL,
		    _("\"%s\": no screen, object or word (? help)"), text);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct prompt *p = v->data;
	struct app *a = v->app;
	char text[INPUT_MAX * 4 + 1];

	(void)now;
	view_dirty(v);
	if (key_is_cancel(k)) {
		view_pop(v->stack);
	} else if (k->code == K_ENTER) {
		str_copy(text, p->input.text, sizeof(text));
		view_pop(v->stack);
		if (*text != '\0')
			go(a, text);
	} else if (k->code == K_TAB) {
		complete(a, p);
	} else {
		input_key(&p->input, k);
	}
	return true;
}

const struct view_class view_prompt = { .name = "prompt",
	.modal = true,
	.typeahead = true,
	.init = init,
	.draw = draw,
	.key = key };
