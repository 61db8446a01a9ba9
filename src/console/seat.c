/* SPDX-License-Identifier: ISC */
#include "console/seat.h"

#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "console/actions.h"

/* Actions that are nothing but verbs: with all of them an action is gone. */
static const struct {
	enum action action;
	enum verb verb[2];
} needs[] = {
	{ ACTION_ACK, { VERB_ACK, VERB_ACK } },
	{ ACTION_ACK_PAGE, { VERB_ACK, VERB_ACK } },
	{ ACTION_WRITE, { VERB_SET, VERB_DO } },
	{ ACTION_EVENTS, { VERB_EVENTS, VERB_EVENTS } },
	{ ACTION_TREND, { VERB_HISTORY, VERB_HISTORY } },
	{ ACTION_WHO, { VERB_SESSION_LIST, VERB_SESSION_LIST } },
	{ ACTION_TAGS, { VERB_TAGS, VERB_TAGS } },
};

static void
complain(struct app *a, const char *what, const char *word)
{
	app_say(a, REMARK_NOTICE, _("station %s: %s \"%s\" is not known"),
	    a->welcome.station, what, word);
}

static const struct keymap_row *
row_of(int action, size_t *at)
{
	size_t n;
	const struct keymap_row *rows = actions_rows(&n);

	for (*at = 0; *at < n; (*at)++)
		if (rows[*at].action == action)
			return &rows[*at];
	return NULL;
}

static void
block_row(struct app *a, const struct keymap_row *row)
{
	if (row->action == ACTION_QUIT)
		a->seat.may_not_leave = true;
	else
		keymap_block(&a->keys, row->keys[0], NULL);
}

/* A key, the name of an action, a verb: whatever of them it is. */
static bool
block_word(struct app *a, char *word)
{
	size_t n, i;
	const struct keymap_row *rows = actions_rows(&n), *row;
	struct key k = { 0 };
	bool any = false;
	unsigned v;

	row = key_parse(&k.code, &k.mods, word) ? keymap_find(&a->keys, &k)
						: NULL;
	for (i = 0; row == NULL && i < n; i++)
		if (strcmp(rows[i].name, word) == 0)
			row = &rows[i];
	if (row != NULL)
		block_row(a, row);
	for (i = 0; word[i] != '\0'; i++)
		if (word[i] == '_')
			word[i] = ' ';
	for (v = 0; v < VERB_COUNT; v++)
		if (strcmp(verbs[v].name, word) == 0)
			any = a->seat.blocked[v] = true;
	return any || row != NULL;
}

static void
take_blocked(struct app *a)
{
	char list[sizeof(a->welcome.blocked)], *rest = list, *word;
	size_t i, at;

	str_copy(list, a->welcome.blocked, sizeof(list));
	while ((word = strsep(&rest, " ")) != NULL)
		if (*word != '\0' && !block_word(a, word))
			complain(a, "blocked", word);
	for (i = 0; i < sizeof(needs) / sizeof(needs[0]); i++)
		if (a->seat.blocked[needs[i].verb[0]] &&
		    a->seat.blocked[needs[i].verb[1]])
			block_row(a, row_of(needs[i].action, &at));
}

/* What acts keeps its key: a station's keys only lead somewhere. */
static void
take_key(struct app *a, const char *name, const char *screen)
{
	struct seat_key *s = &a->seat.keys[a->seat.n_keys];
	const struct keymap_row *row;
	struct key k = { 0 };

	if (a->seat.n_keys == SEAT_KEYS)
		return;
	if (!key_parse(&k.code, &k.mods, name)) {
		complain(a, "key", name);
		return;
	}
	row = keymap_find(&a->keys, &k);
	if (row != NULL && (row->flags & KEYMAP_ACTS)) {
		app_say(a, REMARK_NOTICE,
		    _("station %s: key \"%s\" stays %s"), a->welcome.station,
		    name, _(row->label));
		return;
	}
	s->code = k.code;
	s->mods = k.mods;
	str_copy(s->name, name, sizeof(s->name));
	str_copy(s->screen, screen, sizeof(s->screen));
	a->seat.n_keys++;
}

static void
take_keys(struct app *a)
{
	char list[sizeof(a->welcome.keys)], *rest = list, *word, *screen;

	str_copy(list, a->welcome.keys, sizeof(list));
	while ((word = strsep(&rest, " ")) != NULL) {
		screen = strrchr(word, '=');	/* '=' may be the key */
		if (screen == NULL || screen == word)
			continue;
		*screen++ = '\0';
		take_key(a, word, screen);
	}
}

static bool
is_action(const char *name)
{
	size_t n, i;
	const struct keymap_row *rows = actions_rows(&n);

	for (i = 0; i < n; i++)
		if (strcmp(rows[i].name, name) == 0)
			return true;
	return false;
}

static void
take_footer(struct app *a)
{
	char *rest = a->seat.names, *word;
	size_t n = 0;

	str_copy(a->seat.names, a->welcome.footer, sizeof(a->seat.names));
	while ((word = strsep(&rest, " ")) != NULL && n < SEAT_FOOTER)
		if (is_action(word))
			a->seat.footer[n++] = word;
		else if (*word != '\0')
			complain(a, "footer", word);
	a->seat.footer[n] = NULL;
}

static void
take_theme(struct app *a)
{
	enum style_theme theme;

	if (a->theme_chosen || a->terminal == NULL ||
	    !style_theme_parse(&theme, a->welcome.theme) ||
	    theme == terminal_theme(a->terminal))
		return;
	terminal_set_look(a->terminal, theme, DEPTH_DETECT,
	    terminal_ascii(a->terminal) ? SET_ASCII : SET_UTF8);
}

void
seat_take(struct app *a)
{
	memset(&a->seat, 0, sizeof(a->seat));
	keymap_fini(&a->keys);
	actions_init(a);
	take_blocked(a);
	take_keys(a);
	take_footer(a);
	take_theme(a);
}

const char *
seat_screen(const struct app *a, const struct key *k)
{
	size_t i;

	for (i = 0; i < a->seat.n_keys; i++)
		if (a->seat.keys[i].code == k->code &&
		    a->seat.keys[i].mods == k->mods)
			return a->seat.keys[i].screen;
	return NULL;
}

const char *
seat_why_not(const struct app *a, int action)
{
	size_t at;

	return row_of(action, &at) != NULL && keymap_is_blocked(&a->keys, at)
	    ? _("not on this station")
	    : NULL;
}

const char *
seat_why_not_verb(const struct app *a, enum verb verb)
{
	return a->seat.blocked[verb] ? _("not on this station") : NULL;
}

const char *const *
seat_footer(const struct app *a)
{
	return a->seat.footer[0] != NULL ? a->seat.footer : NULL;
}

unsigned
seat_panes(const struct app *a)
{
	unsigned n = a->panes_chosen != 0 ? a->panes_chosen : a->welcome.panes;

	return n > 0 ? n : 1;
}

/* The worst that waits, as the banner has it on top. */
static void
print_alarm(const struct app *a, char *dst, size_t cap)
{
	const struct alarm_info *first = NULL;
	unsigned more = 0;
	size_t i;

	dst[0] = '\0';
	if (a->no_data || a->lost) {
		snprintf(dst, cap, "%s", _("NO DATA"));
		return;
	}
	for (i = 0; i < a->things.order.n; i++) {
		const struct alarm_info *x = a->things.order.at[i];

		if (!alarm_info_is_announced(x))
			continue;
		if (first == NULL)
			first = x;
		else
			more++;
	}
	if (first != NULL && more > 0)
		snprintf(dst, cap, "%s +%u", first->name, more);
	else if (first != NULL)
		snprintf(dst, cap, "%s", first->name);
}

static const char *
screen_title(const struct app *a)
{
	size_t i;

	for (i = 0; i < a->screens.n; i++)
		if (strcmp(a->screens.at[i].name, a->here) == 0 &&
		    a->screens.at[i].screen != NULL)
			return text_in(&a->screens.at[i].screen->title,
			    a->language);
	return a->here;
}

void
seat_title(const struct app *a, char *dst, size_t cap)
{
	const char *s = a->welcome.title, *what;
	char alarm[PLANT_NAME_MAX + 16];
	size_t at = 0, n;

	dst[0] = '\0';
	print_alarm(a, alarm, sizeof(alarm));
	while (*s != '\0' && at + 1 < cap) {
		n = 0;
		what = "";
		if (strncmp(s, "{plant}", 7) == 0)
			n = 7, what = a->welcome.plant;
		else if (strncmp(s, "{screen}", 8) == 0)
			n = 8, what = screen_title(a);
		else if (strncmp(s, "{alarm}", 7) == 0)
			n = 7, what = alarm;
		if (n == 0) {
			dst[at++] = *s++;
			dst[at] = '\0';
			continue;
		}
		str_copy(dst + at, what, cap - at);
		at += strlen(dst + at);
		s += n;
	}
}
