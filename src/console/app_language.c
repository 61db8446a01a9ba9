/* SPDX-License-Identifier: ISC */
/* In which language everything is shown, and another one while it runs. */
#include "console/app.h"

#include <string.h>

#include "base/language.h"

/* The number of a language among the project's, or -1. */
static int
number_of(const struct app *a, const char *language)
{
	char list[sizeof(a->welcome.languages)], *rest = list, *word;
	int n = 0;

	str_copy(list, a->welcome.languages, sizeof(list));
	while ((word = strsep(&rest, ",")) != NULL) {
		if (strcmp(word, language) == 0)
			return n;
		n++;
	}
	return -1;
}

/* Whatever of the two there is: the project's texts, the program's. Without
 * a catalogue the program's own words are English. */
static int
use(struct app *a, const char *language, struct err *e)
{
	struct err ignored;
	int number = number_of(a, language);

	if (language_use(language, e) < 0) {
		if (number < 0)
			return -1;
		language_use("en", &ignored);
	}
	a->language = number < 0 ? 0 : (unsigned)number;
	return 0;
}

static void
ignore(void *arg, struct link *l, const struct client_event *ev)
{
	(void)arg;
	(void)l;
	(void)ev;
}

/* The core sends the alarms again by itself; the rest is asked for. Nothing
 * is drawn half in one and half in the other language, if that is quick. */
static void
ask_again(struct app *a, const char *language)
{
	if (!link_begin(&a->link, VERB_LANGUAGE))
		return;
	client_with(a->link.client, PARAMETER_NAME, language);
	link_send(&a->link, ignore, NULL);
	things_forget(&a->things);
	a->wants_changed = true;
	a->hold = mono_add(a->now, (struct span){ APP_HOLD_MS });
}

int
app_speak(struct app *a, const char *language, struct err *e)
{
	if (use(a, language, e) < 0)
		return -1;
	str_copy(a->language_chosen, language, sizeof(a->language_chosen));
	ask_again(a, language);
	app_changed(a, CHANGE_THINGS | CHANGE_ALARMS | CHANGE_LANGUAGE);
	return 0;
}

void
app_speak_welcome(struct app *a)
{
	struct err e;

	if (*a->language_chosen != '\0' &&
	    strcmp(a->language_chosen, a->welcome.language) != 0 &&
	    use(a, a->language_chosen, &e) == 0)
		ask_again(a, a->language_chosen);
	else if (use(a, a->welcome.language, &e) < 0)
		use(a, "en", &e);
}
