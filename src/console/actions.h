/* SPDX-License-Identifier: ISC */
/*
 * actions.h - the keys that hold everywhere, in one table: dispatch, footer,
 * help and refusals come from it.
 */
#ifndef CONSOLE_ACTIONS_H
#define CONSOLE_ACTIONS_H

#include "console/app.h"

enum action {
	ACTION_HELP = 1,
	ACTION_HOME,
	ACTION_ALARMS,
	ACTION_ACK,
	ACTION_ACK_PAGE,
	ACTION_EVENTS,
	ACTION_TREND,
	ACTION_DETAIL,
	ACTION_WRITE,
	ACTION_MENU,
	ACTION_QUIT,
	ACTION_LOGOUT,
	ACTION_NEXT,
	ACTION_PREVIOUS,
	ACTION_UP,
	ACTION_LAST,
	ACTION_COMMAND,
	ACTION_WHO,
	ACTION_TAGS,
	ACTION_REPORT,
	ACTION_THEME,
	ACTION_ASCII,
	ACTION_REDRAW,
	ACTION_NEW,
	ACTION_FREEZE,
	ACTION_FIND,
	ACTION_FILTER,
	ACTION_SCREEN_NEXT,
	ACTION_SHELVE,
	ACTION_BRING_BACK,
	ACTION_OOS,
	ACTION_RESET,
	ACTION_SILENCE,
	ACTION_ASIDE,
	ACTION_OVERRIDE,
	ACTION_OVERRIDES,
	ACTION_BYPASS,
	ACTION_BYPASSES,
	ACTION_LOCKOUT,
	ACTION_LOCKOUTS,
	ACTION_NOTE,
	ACTION_SCREEN_PREVIOUS
};

void actions_init(struct app *a);
/* A key that the top view did not take. */
void actions_key(struct app *a, const struct key *k);
void actions_do(struct app *a, enum action action);
/* The dialog for a setpoint, for a command; or why there is none here. */
void actions_set(struct app *a, const char *tag);
void actions_give(struct app *a, const char *object, size_t command);
/* The events, filtered by words as behind ":events". */
void actions_events(struct app *a, const char *words);
/* Curves of named tags, objects or screens; "": of what is selected. */
void actions_trend(struct app *a, const char *words);
/* "NAME [DAY] [SHIFT]"; "" is the last shift's. */
void actions_report(struct app *a, const char *words);
void actions_theme(struct app *a, enum style_theme theme);
const struct keymap_row *actions_rows(size_t *n);

#endif
