/* SPDX-License-Identifier: ISC */
/*
 * sending.h - a setpoint or command on its way, as its dialog shows it: sent,
 * the seconds that pass, the one result.
 */
#ifndef CONSOLE_SENDING_H
#define CONSOLE_SENDING_H

#include "console/app.h"

enum sending_state { SENDING_NOT, SENDING_UNDER_WAY, SENDING_ENDED };

struct sending {
	enum sending_state state;
	struct app *app;
	struct view *view;	/* marked dirty; NULL: it has gone */
	uint32_t revision;	/* of the project in which it was opened */
	struct mono since;
	int code;		/* exit code of the result */
	char what[160];		/* "LT-501.sp 60 -> 80" */
	char result[240];
	char second[40];	/* who confirms it beside the user; or "" */
	void (*confirmed)(struct view *v);
};

/* Asks the core; p are the parameters behind the name. */
struct sending *sending_new(struct view *v, const char *what);
bool sending_send(struct sending *s);	/* after link_begin and client_with */
/* Asks for another person's word; confirmed(view) sends it with that. */
void sending_ask_second(struct sending *s, void (*confirmed)(struct view *v));
/* P20: what the dialog is about is not there any more, or is defined anew
 * since it was opened. Then it closes, saying so; true if it did. */
bool sending_close(struct sending *s, bool known, uint32_t changed);
/* What the dialog says holds no longer: it closes, saying why. Not while it
 * is under way, nor under another dialog: then false. */
bool sending_withdraw(struct sending *s, const char *why);
/* It was done: then the dialog closes. */
bool sending_done(struct sending *s);
/* The view goes; the answer still comes and is said in the message line. */
void sending_leave(struct sending *s);
/* The line of a dialog that says how it goes. */
struct form_row;
void sending_row(const struct sending *s, struct form_row *row);

#endif
