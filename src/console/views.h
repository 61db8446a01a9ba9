/* SPDX-License-Identifier: ISC */
/*
 * views.h - every view of the console, by what it shows. Each is one file;
 * arg of view_push() is what stands beside it.
 */
#ifndef CONSOLE_VIEWS_H
#define CONSOLE_VIEWS_H

#include "console/app.h"
#include "console/events_filter.h"

/* A process screen; arg: its name (const char *). */
extern const struct view_class view_process;
/* Alarms that are not normal. */
extern const struct view_class view_alarms;
/* One alarm: cause, action, times; arg: its name. */
extern const struct view_class view_alarm_detail;
/* Alarms, actions and events; arg: struct events_filter, or NULL. */
extern const struct view_class view_events;
/* One of them, with all that is known of it; arg: struct event_request. */
extern const struct view_class view_event;
/* The way of a command or an acknowledgement, in microseconds; arg: its number
 * (const uint64_t *). */
extern const struct view_class view_trace;
/* Which of them; arg: struct filter_request. */
extern const struct view_class view_filter;
/* Rows of a verb: sessions, tags; arg: struct rows_request. */
extern const struct view_class view_rows;
/* A setpoint; arg: the tag's name. */
extern const struct view_class view_set;
/* What can be done with an object; arg: its name. */
extern const struct view_class view_object;
/* A command of an object; arg: struct command_request. */
extern const struct view_class view_do;
/* Curves; arg: struct trend_request. */
extern const struct view_class view_trend;
/* A report; arg: its words "NAME [DAY] [SHIFT]", or NULL. */
extern const struct view_class view_report;
extern const struct view_class view_help;
extern const struct view_class view_menu;
/* The line behind ':' */
extern const struct view_class view_prompt;
/* The line behind '/'; arg: struct find_request. */
extern const struct view_class view_find;
/* A name and a password; arg: struct login_request. */
extern const struct view_class view_login;
/* Something else is done to a thing; arg: struct act_request (act.h). */
extern const struct view_class view_act;
/* A question; arg: struct question. */
extern const struct view_class view_question;

struct rows_request {
	enum verb verb;
	const char *title;
	const char *count;	/* -n, or NULL */
	const char *state;	/* --state, or NULL */
};
struct event_request {		/* texts are copied */
	struct wall time;
	const char *kind, *area, *name, *text, *user, *station, *old, *new,
	    *result;
	uint64_t command;	/* that it belongs to, or 0 */
	bool simulated;
};
#define TREND_PENS 4
struct trend_request {
	unsigned n;
	const char *names[TREND_PENS];	/* of tags */
};
struct command_request {
	const char *object;
	size_t command;		/* index in its object_info */
};
struct filter_request {
	void (*chosen)(void *arg, const struct events_filter *filter);
	void *arg;
	struct events_filter filter;	/* to begin with */
};
struct login_request {
	const char *title;
	const char *name;	/* to begin with, or "" */
	/* Gets what was typed; NULL: that person takes over this console. */
	void (*given)(void *arg, const char *name, const char *password);
	void *arg;		/* of the view below, which stays until then */
};
struct find_request {
	struct view *list;	/* stays until then */
	struct table *table;	/* of it: what is typed is its filter */
};
struct question {
	const char *title, *text;
	const char *typed;	/* must be typed; NULL: y is enough */
	void (*yes)(struct app *a, void *arg);
	void *arg;		/* freed with the view */
};

/* Does a view of curves show these tags, and no others? */
bool trend_shows(const struct view *v, const char *const *names, unsigned n);
/* Tags whose curves belong to what is selected, at most TREND_PENS; names stay
 * with the things. */
unsigned process_pens(const struct view *v, const char **names);
unsigned alarms_pens(const struct view *v, const char **names);
unsigned alarm_detail_pens(const struct view *v, const char **names);
unsigned object_pens(const struct view *v, const char **names);
unsigned rows_pens(const struct view *v, const char **names);
/* The alarm, or the object, of this name over the view; or it says that there
 * is none. */
void event_open(struct view *v, const char *name);
/* Acknowledges what was drawn: NAME#OCCURRENCE texts. */
void ack_send(struct app *a, char *const *names, size_t n);

#endif
