/* SPDX-License-Identifier: ISC */
/*
 * app.h - the console as a whole: one link, one terminal, the things it
 * knows, and a stack of views over them.
 *
 * One direction: link -> things -> views are marked dirty -> one frame. Keys
 * go to the top view, then to the keys that hold everywhere (actions.c). What
 * a view needs to see it wants (app_want); tags and objects not known yet are
 * asked for, and the union of all wishes is watched.
 */
#ifndef CONSOLE_APP_H
#define CONSOLE_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/vec.h"
#include "console/link.h"
#include "console/marks.h"
#include "console/seat.h"
#include "console/things.h"
#include "project/screen.h"
#include "term/keymap.h"
#include "term/remark.h"
#include "term/terminal.h"
#include "term/view.h"

/* What changed, for view_class.update. */
enum app_change {
	CHANGE_VALUES = 1,
	CHANGE_ALARMS = 2,
	CHANGE_THINGS = 4,	/* descriptions, screens */
	CHANGE_LINK = 8,
	CHANGE_BEAT = 16,
	CHANGE_LANGUAGE = 32
};

#define APP_NO_DATA_MS 3000	/* without BEAT (P11) */
#define APP_HOLD_MS 300		/* for the first values, before NO DATA */
#define APP_FREEZE_MS 60000
#define APP_HISTORY 16

struct app_screen {		/* a process screen of the project */
	char name[65];
	char *text;		/* as it came; "" not yet */
	size_t len;
	bool asked;
	struct screen *screen;	/* NULL: not yet, or wrong */
	char problem[200];
};

struct app_want {		/* the tags that a view shows */
	const void *owner;
	VEC(uint32_t) tags;
};

struct app_held {
	uint32_t tag;
	struct value value;
	char text[VALUE_TEXT_MAX + 1];
};

struct app {
	struct link link;
	struct terminal *terminal;
	struct view_stack views;
	struct things things;
	struct marks marks[MARKS_KINDS];
	struct remark message;
	struct mono said;		/* since when it stands, and by the */
	struct wall said_at;		/* core\'s clock */
	struct keymap keys;		/* those that hold everywhere */
	struct welcome welcome;
	struct seat seat;		/* what the station wants */
	bool again;			/* a station: back to where it was */
	bool theme_chosen;		/* by the person: the station waits */
	unsigned panes_chosen;		/* by the person; 0: the station */
	char language_chosen[9];	/* by the person, now; "" not */
	struct beat beat;
	struct mono now;		/* of this round */
	struct mono beat_at;		/* when it came; MONO_NEVER: never */
	struct mono hold;		/* nothing is drawn before */
	bool lost;			/* the core is gone */
	struct wall lost_since;
	bool no_data;			/* no beat for 3 s */
	bool frozen;			/* values stand still (P10) */
	struct mono frozen_at;
	VEC(struct app_held) held;	/* the update that waits meanwhile */
	bool dirty, quit;
	char goodbye[200];		/* said when the terminal is restored */
	VEC(struct app_screen) screens;
	unsigned language;		/* of the project's, by number; 0 too if
					 * the project does not have it */
	char here[65];			/* the process screen shown */
	char home[65];
	char history[APP_HISTORY][65];
	unsigned n_history;
	VEC(struct app_want) wants;
	bool wants_changed;
	unsigned asking;		/* describe calls under way */
	uint32_t watch, follow;		/* their calls */
	VEC(uint32_t) watched;		/* tags, as WATCH named them */
	uint32_t update;		/* to be answered by DRAWN; 0 none */
	uint64_t update_frame;		/* by this frame */
	bool told;			/* of alarms; more when it is drawn */
	uint64_t told_frame;		/* by this frame; 0: not drawn yet */
	bool bell;			/* to be rung as soon as it may */
	bool beat_known;		/* one came since WELCOME */
};

void app_init(struct app *a, int fd, const char *socket, const char *term);
void app_fini(struct app *a);
int app_run(struct app *a);		/* the loop; the exit status */
void app_draw(struct app *a);		/* one frame, if one may be drawn */

/* Views say what they show; n 0 and owner gone: nothing any more. */
void app_want(struct app *a, const void *owner, const uint32_t *tags, size_t n);
void app_unwant(struct app *a, const void *owner);
void app_settle(struct app *a);		/* asks and watches what is wanted */

bool app_may(const struct app *a, enum function f);
/* Values stand still for at most APP_FREEZE_MS; alarms go on. */
void app_freeze(struct app *a, bool on);
/* Row and column of a key of the mouse, in the body; false: outside. */
bool app_in_body(const struct app *a, const struct key *k, int *row);
/* NULL, or why nothing may be sent now. */
const char *app_dead(const struct app *a);
struct keymap_state app_key_state(struct app *a, const struct view *v);
void app_say(struct app *a, enum remark_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void app_changed(struct app *a, unsigned what);

struct app_screen *app_screen_find(struct app *a, const char *name);
/* Goes to a process screen by its name. */
void app_go(struct app *a, const char *name);
void app_back(struct app *a);
void app_ask_screen(struct app *a, struct app_screen *s);
void app_list_screens(struct app *a);	/* asks which there are */
void app_forget_screens(struct app *a);
/* All texts in another language, from now on; e says why not. */
int app_speak(struct app *a, const char *language, struct err *e);
void app_speak_welcome(struct app *a);	/* as the welcome says */
/* A station asks where it was; it goes there when the answer comes. */
void app_ask_again(struct app *a);
/* The person leaves, and comes back to the start. */
void app_leave(struct app *a);
/* Tells the core where this session is. */
void app_say_here(struct app *a);

#endif
