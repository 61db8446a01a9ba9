/* SPDX-License-Identifier: ISC */
#include "console/app.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/language.h"
#include "base/when.h"
#include "console/actions.h"
#include "console/frame.h"
#include "wire/said.h"
#include "console/views.h"
#include "term/layout.h"
#include "term/table.h"
#include "wire/describe.h"

#define TICK_MS 250		/* how late NO DATA may be seen */

void
app_say(struct app *a, enum remark_kind kind, const char *fmt, ...)
{
	char text[REMARK_TEXT];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	remark_set(&a->message, kind, (struct span){ 0 }, a->now, "%s", text);
	a->dirty = true;
}

void
app_changed(struct app *a, unsigned what)
{
	view_stack_update(&a->views, what, a->now);
	a->dirty = true;
}

bool
app_may(const struct app *a, enum function f)
{
	return (a->welcome.functions & 1u << f) != 0;
}

const char *
app_dead(const struct app *a)
{
	return a->no_data || a->lost ? _("no data from the server")
	    : a->frozen		     ? _("the display is frozen, f goes on")
				     : NULL;
}

/* The core merges what changes meanwhile: it waits for DRAWN. */
void
app_freeze(struct app *a, bool on)
{
	size_t i;

	a->dirty = true;
	if (on == a->frozen)
		return;
	a->frozen = on;
	a->frozen_at = a->now;
	for (i = 0; i < a->held.n && !on; i++)
		things_value(&a->things, a->held.at[i].tag,
		    &a->held.at[i].value);
	vec_clear(&a->held);
	app_changed(a, CHANGE_VALUES);
}

/* A value beside what stands still, its text with it. */
static void
hold(struct app *a, uint32_t tag, const struct value *v)
{
	struct app_held *h = vec_add(&a->held);
	size_t i;

	h->tag = tag;
	h->value = *v;
	if (v->type == VALUE_TEXT)
		str_copy(h->text, v->as.text, sizeof(h->text));
	for (i = 0; i < a->held.n; i++)	/* they may have moved */
		if (a->held.at[i].value.type == VALUE_TEXT)
			a->held.at[i].value.as.text = a->held.at[i].text;
}

static void
look_at_frozen(struct app *a)
{
	if (a->frozen &&
	    (a->no_data ||
		mono_since(a->now, a->frozen_at).ms > APP_FREEZE_MS))
		app_freeze(a, false);
}

bool
app_in_body(const struct app *a, const struct key *k, int *row)
{
	struct rect body = layout_frame(
	    terminal_rows(a->terminal), terminal_cols(a->terminal)).body;

	*row = k->row - body.row;
	return *row >= 0 && *row < body.rows;
}

static const char *
why_not(void *arg, int function)
{
	static char text[80];
	const struct app *a = arg;

	if (app_may(a, (enum function)function))
		return NULL;
	if (a->welcome.only != 0 && !(a->welcome.only & 1u << function))
		return _("not on this station");
	snprintf(text, sizeof(text), _("needs %s"),
	    function_name((enum function)function));
	return text;
}

struct keymap_state
app_key_state(struct app *a, const struct view *v)
{
	struct keymap_state s = { .now = a->now,
		.drawn_at = v != NULL ? v->drawn_at : MONO_NEVER,
		.item_changed_at = { INT64_MIN / 2 },
		.dead = app_dead(a),
		.why_not = why_not,
		.arg = a };

	s.has_item = v != NULL && v->class->has_item != NULL &&
	    v->class->has_item(v, &s.item_changed_at);
	return s;
}

static void
on_alarms(void *arg, struct link *l, const struct client_event *ev)
{
	struct app *a = arg;
	struct cell cells[FOLLOW_CELLS];

	if (ev->type != MESSAGE_ROWS) {
		a->follow = 0;
		return;
	}
	if (ev->cells != FOLLOW_CELLS) {
		link_misunderstood(l);
		return;
	}
	while (client_row(l->client, cells))
		things_alarm_row(&a->things, cells);
	if (ev->flags & ROWS_SNAPSHOT_END) {
		a->things.alarms_complete = true;
		things_told(&a->things);
	}
	things_sort_alarms(&a->things);
	if (a->things.alarms_complete) {
		a->told = a->dirty = true;
		a->told_frame = 0;
	} else {
		link_more(l, ev->id);
	}
	app_changed(a, CHANGE_ALARMS);
}

/* Calls of a connection that is no more are no more, too. On the same one
 * (P20: another project) only the watch is made anew: its tags may be others;
 * the core tells all alarms again by itself. */
static void
drop_calls(struct app *a, bool stays)
{
	if (stays) {
		link_cancel(&a->link, a->watch);
		a->watch = 0;
		things_again(&a->things);
		return;
	}
	a->watch = a->follow = a->update = 0;
	a->told = false;
	a->asking = 0;
	things_no_alarms(&a->things);
}

static void
on_welcome(void *arg, const struct welcome *w)
{
	struct app *a = arg;
	bool again = a->welcome.session != 0;
	bool other = again && a->welcome.revision != w->revision;
	bool stays = other && !a->lost && a->follow != 0;
	bool other_person = again && strcmp(a->welcome.user, w->user) != 0;

	if (other_person)
		a->language_chosen[0] = '\0';
	a->welcome = *w;
	a->lost = false;
	a->beat_known = false;
	when_zone(w->zone);
	seat_take(a);
	app_speak_welcome(a);
	drop_calls(a, stays);
	things_forget(&a->things);
	if (other) {
		app_forget_screens(a);
		app_say(a, REMARK_NOTICE, _("The project was "
		    "changed: revision %u"), w->revision);
	}
	if (other_person && *w->roles != '\0')
		app_say(a, REMARK_NOTICE, _(" this is the console of %s now"),
		    *w->name != '\0' ? w->name : w->user);
	if (*w->roles == '\0')
		app_say(a, REMARK_INFO, _(" :login to do more than look"));
	if (!again)
		app_ask_again(a);
	app_list_screens(a);
	if (!stays && link_begin(&a->link, VERB_FOLLOW))
		a->follow = link_send(&a->link, on_alarms, a);
	link_paced(&a->link, a->follow);
	str_copy(a->home, *w->start != '\0' ? w->start : "overview",
	    sizeof(a->home));
	if (!again || *a->here == '\0')
		app_go(a, a->home);
	else
		app_say_here(a);
	a->wants_changed = true;
	app_changed(a, CHANGE_LINK | CHANGE_THINGS);
}

static void
on_beat(void *arg, const struct beat *b)
{
	struct app *a = arg;

	/* the horn is the core's (P28); what it rang for before this session
	 * was there is over */
	if (a->beat_known && b->rings != a->beat.rings &&
	    (b->horn & BEAT_RINGS) != 0)
		a->bell = true;
	if (!a->beat_known || b->marks != a->beat.marks)
		marks_ask(a);
	a->beat_known = true;
	a->beat = *b;
	a->beat_at = a->now;
	if (!a->frozen)
		a->things.now = b->now;
	app_changed(a, CHANGE_BEAT);
}

static void
on_notice(void *arg, const struct notice *n)
{
	struct app *a = arg;
	char clock[WHEN_CAP], said[400];

	/* what we did ourselves is told by its answer */
	if (strcmp(n->user, a->welcome.user) == 0 && view_top(&a->views) !=
		NULL && view_top(&a->views)->class->modal)
		return;
	remark_set(&a->message, REMARK_NOTICE, (struct span){ 0 }, a->now,
	    "%s %s: %s %s", when_clock(clock, n->time), n->user, n->name,
	    said_show(said, sizeof(said), n->text));
	a->dirty = true;
}

static void
on_update(void *arg, uint32_t id, uint32_t n)
{
	struct app *a = arg;
	struct value v;
	uint32_t i;

	while (client_value(a->link.client, &i, &v))
		if (id != a->watch || i >= a->watched.n)
			continue;
		else if (a->frozen)
			hold(a, a->watched.at[i], &v);
		else
			things_value(&a->things, a->watched.at[i], &v);
	a->hold = a->now;
	a->update = n;
	a->update_frame = 0;
	app_changed(a, CHANGE_VALUES);
}

static void
on_lost(void *arg)
{
	struct app *a = arg;

	a->lost = true;
	a->lost_since = a->beat.now;
	a->things.no_data = true;
	a->update = 0;
	app_changed(a, CHANGE_LINK | CHANGE_VALUES);
}

static void
on_refused(void *arg, const char *why)
{
	struct app *a = arg;

	str_copy(a->goodbye, why, sizeof(a->goodbye));
	a->quit = true;
}

void
app_init(struct app *a, int fd, const char *socket, const char *term)
{
	struct link_calls calls = { a, on_welcome, on_beat, on_notice,
		on_update, on_lost, on_refused };

	memset(a, 0, sizeof(*a));
	a->now = clock_mono();
	a->beat_at = MONO_NEVER;
	a->hold = mono_add(a->now, (struct span){ APP_HOLD_MS });
	things_init(&a->things);
	remark_init(&a->message);
	actions_init(a);
	view_stack_init(&a->views, a);
	link_init(&a->link, &calls, fd, socket, term);
}

void
app_fini(struct app *a)
{
	size_t i;

	view_stack_fini(&a->views);
	app_forget_screens(a);
	vec_free(&a->screens);
	for (i = 0; i < a->wants.n; i++)
		vec_free(&a->wants.at[i].tags);
	vec_free(&a->wants);
	vec_free(&a->watched);
	vec_free(&a->held);
	keymap_fini(&a->keys);
	marks_fini(a);
	things_fini(&a->things);
	link_fini(&a->link);
}

/* P11: three seconds without a beat, and nothing here is believed. */
static void
look_at_beat(struct app *a)
{
	bool no_data = a->lost || a->beat_at.us == MONO_NEVER.us ||
	    mono_since(a->now, a->beat_at).ms > APP_NO_DATA_MS;

	if (no_data == a->no_data)
		return;
	a->no_data = no_data;
	a->things.no_data = no_data;
	app_changed(a, CHANGE_LINK | CHANGE_VALUES);
}

void
app_draw(struct app *a)
{
	struct layout_frame f;
	struct canvas c;
	uint64_t n;
	char window[300];

	view_stack_resize(&a->views,
	    layout_frame(terminal_rows(a->terminal),
		terminal_cols(a->terminal)).body.rows,
	    terminal_cols(a->terminal));
	c = terminal_frame_begin(a->terminal, a->now);
	f = layout_frame(c.rows, c.cols);
	view_stack_touch(&a->views);
	view_stack_draw(&a->views, canvas_rect(c, f.body),
	    terminal_left(a->terminal) + 1, a->now);
	frame_draw(a, c, &f);
	n = terminal_frame_end(a->terminal, a->now);
	if (*a->welcome.title != '\0') {
		seat_title(a, window, sizeof(window));
		terminal_title(a->terminal, window);
	}
	if (a->update != 0 && a->update_frame == 0 && !a->frozen)
		a->update_frame = n;
	if (a->told && a->told_frame == 0)
		a->told_frame = n;
	a->dirty = false;
}

/* A ring that comes too early waits, none is dropped; a continuous horn rings
 * as long as the core says so. */
static void
ring(struct app *a)
{
	const uint8_t on = BEAT_HORN | BEAT_RINGS;

	if (a->lost || a->no_data)
		return;
	if ((a->bell || (a->beat.horn & on) == on) &&
	    terminal_bell(a->terminal, a->now))
		a->bell = false;
}

static void
draw_if_due(struct app *a)
{
	bool want = a->dirty || view_stack_dirty(&a->views) ||
	    terminal_wants_flash(a->terminal, a->now);

	if (want && !mono_before(a->now, a->hold) &&
	    terminal_can_draw(a->terminal, a->now))
		app_draw(a);
	ring(a);
	if (terminal_pump(a->terminal, a->now) < 0)
		a->quit = true;
	if (a->update != 0 && a->update_frame != 0 &&
	    terminal_left(a->terminal) >= a->update_frame) {
		link_drawn(&a->link, a->update);
		a->update = 0;
	}
	if (a->told && a->told_frame != 0 &&
	    terminal_left(a->terminal) >= a->told_frame) {
		a->told = false;
		link_more(&a->link, a->follow);
	}
	view_stack_left(
	    &a->views, terminal_left(a->terminal), a->now);
}

static void
take_key(struct app *a, const struct key *k)
{
	const size_t before = a->views.cut_keys;

	a->dirty = true;
	a->views.keying = true;
	if (!view_stack_key(&a->views, k, a->now))
		actions_key(a, k);
	a->views.keying = false;
	/* once; why the dialog has closed says more, if it still stands */
	if (before == 0 && a->views.cut_keys > 0)
		app_say(a, REMARK_INFO,
		    _("that key was typed for a dialog that has closed"));
}

static void
take_keys(struct app *a)
{
	struct key k;

	while (terminal_next_key(a->terminal, a->now, &k))
		take_key(a, &k);
}

static void
on_signal(struct app *a, int fd)
{
	struct signalfd_siginfo si;

	while (read(fd, &si, sizeof(si)) == sizeof(si)) {
		if (si.ssi_signo != SIGWINCH) {
			a->quit = true;
			continue;
		}
		if (terminal_resize(a->terminal)) {
			a->dirty = true;
			app_say_here(a);
		}
	}
}

static int
open_signals(void)
{
	static const int wanted[] = { SIGWINCH, SIGHUP, SIGTERM, SIGINT };
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		sigaddset(&set, wanted[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int
timeout_of(struct app *a)
{
	bool held = mono_before(a->now, a->hold);
	bool dirty = !held && (a->dirty || view_stack_dirty(&a->views));
	struct mono due = mono_first(
	    terminal_wake(a->terminal, dirty, a->now), link_due(&a->link));
	int64_t us;

	due = mono_first(due, mono_add(a->now, (struct span){ TICK_MS }));
	if (held)
		due = mono_first(due, a->hold);
	us = due.us - clock_mono().us;
	return us <= 0 ? 0 : (int)((us + 999) / 1000);
}

int
app_run(struct app *a)
{
	struct pollfd fds[4] = { { .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = STDOUT_FILENO }, { .events = POLLIN },
		{ .events = POLLIN } };

	fds[3].fd = open_signals();
	terminal_resize(a->terminal);	/* it may have changed unheard */
	while (!a->quit) {
		fds[1].events =
		    terminal_wants_write(a->terminal) ? POLLOUT : 0;
		fds[1].fd = fds[1].events != 0 ? STDOUT_FILENO : -1;
		fds[2].fd = link_fd(&a->link);
		if (poll(fds, 4, timeout_of(a)) < 0 && errno != EINTR)
			break;
		a->now = clock_mono();
		on_signal(a, fds[3].fd);
		link_turn(&a->link, a->now);
		if (link_fd(&a->link) >= 0)
			link_read(&a->link, a->now);
		if (fds[0].revents != 0 &&
		    terminal_read(a->terminal, a->now) < 0)
			break;
		take_keys(a);
		look_at_beat(a);
		look_at_frozen(a);
		app_settle(a);
		if (remark_expire(&a->message, a->now))
			a->dirty = true;
		draw_if_due(a);
	}
	close(fds[3].fd);
	return 0;
}
