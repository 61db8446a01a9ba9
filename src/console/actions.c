/* SPDX-License-Identifier: ISC */
#include "console/actions.h"

#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "console/act.h"
#include "console/pens.h"
#include "console/views.h"
#include "term/layout.h"

/* Digits only navigate (P10). */
static const struct keymap_row rows[] = {
	{ "help", { "?", "F1", "1" }, N_("Help"), N_("help for the keys and signs"), 0,
	    KEYMAP_FOOTER | KEYMAP_NAVIGATES, ACTION_HELP },
	{ "overview", { "o", "F2", "2" }, N_("Over"), N_("the start screen"), 0,
	    KEYMAP_FOOTER | KEYMAP_NAVIGATES, ACTION_HOME },
	{ "alarms", { "A", "F3", "3" }, N_("Alarms"), N_("the alarm list"), 0,
	    KEYMAP_FOOTER | KEYMAP_NAVIGATES, ACTION_ALARMS },
	{ "ack", { "a", "F4" }, N_("Ack"), N_("acknowledge the selected alarm"),
	    FUNCTION_ACKNOWLEDGE, KEYMAP_FOOTER | KEYMAP_ITEM | KEYMAP_ACTS,
	    ACTION_ACK },
	{ "ack-page", { "P" }, N_("Page"), N_("acknowledge the alarms of this page"),
	    FUNCTION_ACKNOWLEDGE, KEYMAP_ACTS, ACTION_ACK_PAGE },
	{ "shelve", { "s" }, N_("Shelve"),
	    N_("put the selected alarm aside for a time"), FUNCTION_SHELVE,
	    KEYMAP_ITEM | KEYMAP_ACTS, ACTION_SHELVE },
	{ "oos", { "x" }, N_("Service"),
	    N_("take the selected alarm out of service"), FUNCTION_SUPPRESS,
	    KEYMAP_ITEM | KEYMAP_ACTS, ACTION_OOS },
	{ "bring-back", { "b" }, N_("Bring"),
	    N_("bring the selected alarm back"), 0,
	    KEYMAP_ITEM | KEYMAP_ACTS, ACTION_BRING_BACK },
	{ "reset", { "z" }, N_("Reset"),
	    N_("reset the selected alarm that is latched"), FUNCTION_RESET,
	    KEYMAP_ITEM | KEYMAP_ACTS, ACTION_RESET },
	{ "aside", { "I" }, N_("Aside"),
	    N_("alarms shelved, suppressed, out of service"), 0, 0,
	    ACTION_ASIDE },
	{ "silence", { "S" }, N_("Silence"),
	    N_("silence the horn of this station"), FUNCTION_ACKNOWLEDGE,
	    KEYMAP_ACTS, ACTION_SILENCE },
	{ "trend", { "t", "F5", "5" }, N_("Trend"),
	    N_("curves of what is selected, or of this screen"), 0,
	    KEYMAP_NAVIGATES, ACTION_TREND },
	{ "events", { "e", "F6", "6" }, N_("Events"), N_("alarms, actions and events"),
	    0, KEYMAP_FOOTER | KEYMAP_NAVIGATES, ACTION_EVENTS },
	{ "detail", { "Enter", "F7", "i" }, N_("Look"), N_("look at the selected thing"),
	    0, KEYMAP_ITEM, ACTION_DETAIL },
	{ "write", { "w", "F8" }, N_("Write"),
	    N_("a setpoint or command for the selected thing"), 0,
	    KEYMAP_FOOTER | KEYMAP_ITEM | KEYMAP_ACTS, ACTION_WRITE },
	{ "override", { "O" }, N_("Override"),
	    N_("show the selected value by hand, or end it"),
	    FUNCTION_OVERRIDE, KEYMAP_ITEM | KEYMAP_ACTS, ACTION_OVERRIDE },
	{ "overrides", { "V" }, N_("Overrides"),
	    N_("what is overridden, and what is read there"), 0, 0,
	    ACTION_OVERRIDES },
	{ "bypass", { "B" }, N_("Bypass"),
	    N_("bypass the interlock of the command, or end it"),
	    FUNCTION_BYPASS, KEYMAP_ITEM | KEYMAP_ACTS, ACTION_BYPASS },
	{ "bypasses", { "Y" }, N_("Bypassed"),
	    N_("which interlocks are bypassed, by whom and why"), 0, 0,
	    ACTION_BYPASSES },
	{ "lockout", { "K" }, N_("Lock"),
	    N_("hang a tag on the object, or take it away"),
	    FUNCTION_LOCKOUT, KEYMAP_ITEM | KEYMAP_ACTS, ACTION_LOCKOUT },
	{ "lockouts", { "L" }, N_("Locked"),
	    N_("what is locked out, by whom and why"), 0, 0, ACTION_LOCKOUTS },
	{ "note", { "N" }, N_("Note"),
	    N_("a note about the selected thing or the plant"),
	    FUNCTION_NOTE, KEYMAP_ACTS, ACTION_NOTE },
	{ "menu", { "m", "F9", "9" }, N_("Menu"), N_("everything that can be done"), 0,
	    KEYMAP_FOOTER | KEYMAP_NAVIGATES, ACTION_MENU },
	{ "quit", { "q", "F10", "Esc" }, N_("Back"), N_("back; on the start screen: leave"),
	    0, KEYMAP_FOOTER, ACTION_QUIT },
	{ "next", { "Tab" }, N_("Next"), N_("select the next thing"), 0, 0,
	    ACTION_NEXT },
	{ "previous", { "Backtab" }, N_("Prev"), N_("select the one before"), 0, 0,
	    ACTION_PREVIOUS },
	{ "up", { "u", "Backspace" }, N_("Up"), N_("the screen above"), 0, 0,
	    ACTION_UP },
	{ "last", { "-", "[" }, N_("Last"), N_("the screen before this one"), 0, 0,
	    ACTION_LAST },
	{ "command", { ":" }, N_("Go"), N_("go to a screen or object by its name"), 0,
	    0, ACTION_COMMAND },
	{ "who", { "W" }, N_("Who"), N_("who is on"), 0, 0, ACTION_WHO },
	{ "tags", { "v" }, N_("Tags"), N_("all tags with value and quality"), 0, 0,
	    ACTION_TAGS },
	{ "report", { "R" }, N_("Report"),
	    N_("the report of the last shift"),
	    FUNCTION_REPORT, 0, ACTION_REPORT },
	{ "new", { "n", "r" }, N_("New"), N_("let new rows in, ask again"), 0, 0,
	    ACTION_NEW },
	{ "find", { "/" }, N_("Find"), N_("show only the rows that hold a text"), 0, 0,
	    ACTION_FIND },
	{ "filter", { "F" }, N_("Filter"),
	    N_("choose which events the list shows"), 0, 0, ACTION_FILTER },
	{ "next-screen", { ">", "PgDn" }, N_("Next"), N_("the next process screen"),
	    0, 0, ACTION_SCREEN_NEXT },
	{ "previous-screen", { "<", "PgUp" }, N_("Prev"),
	    N_("the process screen before"), 0, 0, ACTION_SCREEN_PREVIOUS },
	{ "freeze", { "f" }, N_("Freeze"),
	    N_("let values stand still for a minute, or go on"), 0, 0,
	    ACTION_FREEZE },
	{ "theme", { "T" }, N_("Theme"), N_("light, dark, mono"), 0, 0, ACTION_THEME },
	{ "redraw", { "Ctrl-L" }, N_("Redraw"), N_("paint the screen anew"), 0, 0,
	    ACTION_REDRAW },
};

const struct keymap_row *
actions_rows(size_t *n)
{
	*n = sizeof(rows) / sizeof(rows[0]);
	return rows;
}

void
actions_init(struct app *a)
{
	keymap_init(&a->keys, rows, sizeof(rows) / sizeof(rows[0]));
}

static const char *
label_of(enum action action)
{
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].action == (int)action)
			return rows[i].label;
	return "";
}

void
actions_theme(struct app *a, enum style_theme theme)
{
	a->theme_chosen = true;
	terminal_set_look(a->terminal, theme, DEPTH_DETECT,
	    terminal_ascii(a->terminal) ? SET_ASCII : SET_UTF8);
}

static void
next_theme(struct app *a)
{
	enum style_theme t = terminal_theme(a->terminal);

	actions_theme(
	    a, t == THEME_MONO ? THEME_LIGHT : (enum style_theme)(t + 1));
}

static void
next_set(struct app *a)
{
	terminal_set_look(a->terminal, terminal_theme(a->terminal),
	    terminal_depth(a->terminal),
	    terminal_ascii(a->terminal) ? SET_UTF8 : SET_ASCII);
}

static void
leave(struct app *a, void *arg)
{
	(void)arg;
	app_leave(a);
}

static void
ask_to_leave(struct app *a)
{
	if (a->seat.may_not_leave) {
		app_say(a, REMARK_REFUSAL, "%s: %s", _("Leave"),
		    _("not on this station"));
		return;
	}
	view_push(&a->views, &view_question,
	    &(struct question){ _("Leave"),
		_("Leave Sightglass? The plant goes on without you."), NULL, leave, NULL });
}

static void
quit(struct app *a)
{
	if (a->views.views.n > 1 || a->n_history > 0)
		app_back(a);
	else
		ask_to_leave(a);
}

/* Nobody took it over: then it is to leave. */
static void
on_logout(void *arg, struct link *l, const struct client_event *ev)
{
	(void)l;
	if (ev->type == MESSAGE_END && ev->code == EXIT_REFUSED)
		ask_to_leave(arg);
}

static void
log_out(struct app *a)
{
	if (link_begin(&a->link, VERB_LOGOUT))
		link_send(&a->link, on_logout, a);
}

static void
open_list(struct app *a, const struct view_class *class, void *arg)
{
	struct view *top = view_screen(&a->views);

	/* a list over a list only buries what was there */
	if (top != NULL && top->class != &view_process)
		view_replace(&a->views, class, arg);
	else
		view_push(&a->views, class, arg);
}

/* Actions that show the rows of a verb. */
static const struct {
	enum action action;
	struct rows_request rows;
} lists[] = {
	{ ACTION_WHO, { VERB_SESSION_LIST, N_("Who is on"), NULL, NULL } },
	{ ACTION_TAGS, { VERB_TAGS, N_("Tags"), NULL, NULL } },
	{ ACTION_ASIDE,
	    { VERB_ALARMS, N_("Alarms put aside"), NULL, "inhibited" } },
	{ ACTION_OVERRIDES, { VERB_OVERRIDE_LIST, N_("Overrides"), NULL, NULL } },
	{ ACTION_BYPASSES,
	    { VERB_BYPASS_LIST, N_("Interlocks bypassed"), NULL, NULL } },
	{ ACTION_LOCKOUTS, { VERB_LOCKOUT_LIST, N_("Locked out"), NULL, NULL } },
};

static bool
show_rows(struct app *a, enum action action)
{
	struct rows_request request;
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		if (lists[i].action != action)
			continue;
		request = lists[i].rows;
		open_list(a, &view_rows, &request);
		return true;
	}
	return false;
}

/* The top view first: what it shows is what is meant. */
static bool
view_action(struct app *a, enum action action)
{
	struct view *v = view_top(&a->views);

	return v != NULL && v->class->action != NULL &&
	    v->class->action(v, action);
}

/* Through the process screens, in their order and round. */
static void
turn_page(struct app *a, int step)
{
	size_t n = a->screens.n, i;

	for (i = 0; i < n; i++)
		if (strcmp(a->screens.at[i].name, a->here) == 0)
			break;
	if (n == 0)
		return;
	if (i == n)
		app_go(a, a->home);
	else
		app_go(a,
		    a->screens.at[(i + n + (size_t)step) % n].name);
}

static void
show_trend(struct app *a, const char *words)
{
	struct trend_request r = { 0 };
	char room[320];

	r.n = words != NULL && *words != '\0'
	    ? pens_named(a, words, room, sizeof(room), r.names)
	    : pens_selected(a, r.names);
	if (r.n > 0)
		view_push(&a->views, &view_trend, &r);
	else
		app_say(a, REMARK_INFO,
		    _(" no curves here: select something, or :trend NAME"));
}

void
actions_trend(struct app *a, const char *words)
{
	const char *why = seat_why_not(a, ACTION_TREND);

	if (why != NULL)
		app_say(a, REMARK_REFUSAL, "%s: %s",
		    _(label_of(ACTION_TREND)), why);
	else
		show_trend(a, words);
}

void
actions_report(struct app *a, const char *words)
{
	const char *why = seat_why_not(a, ACTION_REPORT);
	char needs[80];

	snprintf(needs, sizeof(needs), _("needs %s"),
	    function_name(FUNCTION_REPORT));
	if (why == NULL && !app_may(a, FUNCTION_REPORT))
		why = needs;
	if (why != NULL)
		app_say(a, REMARK_REFUSAL, "%s: %s",
		    _(label_of(ACTION_REPORT)), why);
	else
		open_list(a, &view_report, (void *)(uintptr_t)words);
}

void
actions_do(struct app *a, enum action action)
{
	const char *why = seat_why_not(a, (int)action);

	if (why != NULL) {
		app_say(a, REMARK_REFUSAL, "%s: %s", _(label_of(action)), why);
		return;
	}
	if (view_action(a, action) || act_key(a, (int)action))
		return;
	a->dirty = true;
	if (show_rows(a, action))
		return;
	switch (action) {
	case ACTION_HELP:
		open_list(a, &view_help, NULL);
		break;
	case ACTION_HOME:
		app_go(a, a->home);
		break;
	case ACTION_ALARMS:
	case ACTION_ACK:
	case ACTION_ACK_PAGE:
		open_list(a, &view_alarms, NULL);
		break;
	case ACTION_EVENTS:
		open_list(a, &view_events, NULL);
		break;
	case ACTION_MENU:
		view_push(&a->views, &view_menu, NULL);
		break;
	case ACTION_COMMAND:
		view_push(&a->views, &view_prompt, NULL);
		break;
	case ACTION_QUIT:
		quit(a);
		break;
	case ACTION_LOGOUT:
		log_out(a);
		break;
	case ACTION_UP:
	case ACTION_LAST:
		app_back(a);
		break;
	case ACTION_SCREEN_NEXT:
	case ACTION_SCREEN_PREVIOUS:
		turn_page(a, action == ACTION_SCREEN_NEXT ? 1 : -1);
		break;
	case ACTION_FREEZE:
		app_freeze(a, !a->frozen && !a->no_data);
		break;
	case ACTION_FIND:
		app_say(a, REMARK_INFO, _(" / finds in lists; : goes to a name"));
		break;
	case ACTION_TREND:
		show_trend(a, NULL);
		break;
	case ACTION_REPORT:
		actions_report(a, "");
		break;
	case ACTION_FILTER:
		actions_events(a, "");
		break;
	case ACTION_THEME:
		next_theme(a);
		break;
	case ACTION_ASCII:
		next_set(a);
		break;
	case ACTION_REDRAW:
		terminal_repaint(a->terminal);
		break;
	default:
		break;
	}
}

/* What nobody may do here is not even opened. */
static bool
may_write(struct app *a, enum verb verb)
{
	const char *why = seat_why_not(a, ACTION_WRITE);

	if (why == NULL)
		why = seat_why_not_verb(a, verb);
	if (why != NULL)
		app_say(a, REMARK_REFUSAL, "%s: %s",
		    _(label_of(ACTION_WRITE)), why);
	return why == NULL;
}

void
actions_set(struct app *a, const char *tag)
{
	if (may_write(a, VERB_SET))
		view_push(&a->views, &view_set, (void *)(uintptr_t)tag);
}

void
actions_events(struct app *a, const char *words)
{
	struct events_filter filter;
	const char *why = seat_why_not(a, ACTION_EVENTS);
	struct err e;

	if (why != NULL)
		app_say(a, REMARK_REFUSAL, "%s: %s",
		    _(label_of(ACTION_EVENTS)), why);
	else if (events_filter_parse(&filter, words, &e) < 0)
		app_say(a, REMARK_REFUSAL, "%s", e.text);
	else
		open_list(a, &view_events, &filter);
}

void
actions_give(struct app *a, const char *object, size_t command)
{
	if (may_write(a, VERB_DO))
		view_push(&a->views, &view_do,
		    &(struct command_request){ object, command });
}

/* A click on the banner leads to the list, one on the footer is its key. */
static void
click(struct app *a, const struct key *k)
{
	struct layout_frame f = layout_frame(
	    terminal_rows(a->terminal), terminal_cols(a->terminal));
	const struct keymap_row *row;
	struct key pressed = { .at = k->at };

	if (k->row >= f.banner.row && k->row < f.banner.row + f.banner.rows)
		actions_do(a, ACTION_ALARMS);
	if (f.footer.rows == 0 || k->row != f.footer.row)
		return;
	row = keymap_footer_at(
	    &a->keys, seat_footer(a), f.footer.cols, k->col);
	if (row != NULL &&
	    key_parse(&pressed.code, &pressed.mods, row->keys[0]))
		actions_key(a, &pressed);
}

/* Acknowledging begins with seeing: from elsewhere it leads to the list. */
static bool
leads_to_alarms(const struct app *a, const struct view *v, const struct key *k)
{
	const struct keymap_row *row = keymap_find(&a->keys, k);

	return row != NULL && row->action == ACTION_ACK && v != NULL &&
	    v->class != &view_alarms && v->class != &view_alarm_detail;
}

void
actions_key(struct app *a, const struct key *k)
{
	struct view *v = view_top(&a->views);
	struct keymap_state state = app_key_state(a, v);
	const char *screen = seat_screen(a, k);
	struct err e = { "" };
	int action;

	if (k->code == 'c' && k->mods == K_CTRL)
		return;		/* cancels dialogs, never quits */
	if (k->code == K_CLICK) {
		if (v == NULL || !v->class->modal)
			click(a, k);
		return;
	}
	if (screen != NULL) {
		app_go(a, screen);
		return;
	}
	if (leads_to_alarms(a, v, k)) {
		actions_do(a, ACTION_ALARMS);
		return;
	}
	action = keymap_press(&a->keys, k, &state, &e);
	if (action > 0)
		actions_do(a, (enum action)action);
	else if (action < 0)
		app_say(a, REMARK_REFUSAL, "%s", e.text);
}
