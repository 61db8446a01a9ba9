/* SPDX-License-Identifier: ISC */
/*
 * The setpoint dialog: what holds, what is allowed, what shall be; a value
 * that needs it is confirmed by a key of its own or typed again. What was
 * drawn as the old value is sent along, so that the core can refuse when
 * somebody was quicker (P17); then the dialog shows the new one and asks
 * again.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/sending.h"
#include "console/views.h"
#include "console/words.h"
#include "model/scale.h"
#include "term/form.h"

enum { NOW, NEW, AGAIN, REASON, HINT, RESULT, ROWS };

struct set {
	struct tag_info *tag;
	struct sending *sending;
	struct input new, again, reason;
	struct form form;
	struct form_row rows[ROWS];
	char title[160];
	char seen[VALUE_CAP];	/* the old value as drawn */
	bool seen_known;
	bool confirming;	/* waits for y */
	struct mono asked_at;	/* since then; y counts a little later (P10) */
	bool late;		/* refused for a value that has not come yet */
};

static void
hint(struct set *s, const char *text, enum style style)
{
	str_copy(s->rows[HINT].text, text, sizeof(s->rows[HINT].text));
	s->rows[HINT].style = style;
}

/* "allowed 20 .. 100 %, at most 25 at once" */
static void
allowed(const struct tag_info *g, char *dst, size_t cap)
{
	char low[32] = "..", high[32] = "..", step[48] = "", number[32];

	if (!isnan(g->write_min))
		real_print(low, g->write_min);
	if (!isnan(g->write_max))
		real_print(high, g->write_max);
	if (!isnan(g->max_step))
		snprintf(step, sizeof(step), _(", at most %s at once"),
		    real_print(number, g->max_step));
	snprintf(dst, cap, _("allowed %s .. %s %s%s"), low, high, g->unit, step);
}

static void
texts_hint(const struct tag_info *g, char *dst, size_t cap)
{
	size_t at = 0;
	unsigned i;

	at = (size_t)snprintf(dst, cap, _("one of"));
	for (i = 0; i < g->n_texts && at < cap; i++)
		at += (size_t)snprintf(
		    dst + at, cap - at, " %s", g->texts[i]);
}

/* The values as they are now: what is drawn is what is expected. */
static void
refresh(struct set *s)
{
	struct app *a = s->sending->app;
	char now[VALUE_CAP];

	snprintf(s->rows[NOW].text, sizeof(s->rows[NOW].text), "%s  (%s)",
	    tag_show(&a->things, s->tag, now),
	    words_quality((enum quality)s->tag->value.quality));
	s->seen_known = value_is_good(&s->tag->value);
	value_print(s->seen, &s->tag->value);
}

/* Is the value still the one that was drawn? */
static bool
is_seen(const struct set *s)
{
	char now[VALUE_CAP];

	return strcmp(value_print(now, &s->tag->value), s->seen) == 0;
}

static void
how_to(struct set *s)
{
	hint(s, _("Enter send   Tab next field   Esc cancel"), STYLE_KEY);
}

/* Refused: why stands below; the dialog stays as it was before Enter. */
static void
ask_again(struct set *s)
{
	s->confirming = false;
	s->sending->state = SENDING_NOT;
	if (s->sending->code != EXIT_CHANGED) {
		how_to(s);
		return;
	}
	s->late = true;
	hint(s,
	    _("Somebody was quicker: look at the value, then Enter to send yours"),
	    STYLE_REFUSED);
}

static void
init(struct view *v, void *arg)
{
	struct app *a = v->app;
	struct set *s = xcalloc(1, sizeof(*s));
	struct tag_info *g = things_tag(&a->things, arg);
	uint32_t tag = g->index;

	s->tag = g;
	s->sending = sending_new(v, g->name);
	snprintf(s->title, sizeof(s->title), "%s  %s", g->name, g->title);
	input_init(&s->new, g->type == VALUE_TEXT || g->n_texts > 0
		? INPUT_TEXT
		: INPUT_NUMBER,
	    40);
	input_init(&s->again, s->new.kind, 40);
	s->again.no_paste = true;
	input_init(&s->reason, INPUT_TEXT, 80);
	s->rows[NOW].label = _("now");
	s->rows[NEW] = (struct form_row){
		.label = _("new"), .input = &s->new, .width = 14 };
	if (g->n_texts > 0)
		texts_hint(g, s->rows[NEW].text, sizeof(s->rows[NEW].text));
	else
		allowed(g, s->rows[NEW].text, sizeof(s->rows[NEW].text));
	if (g->confirm == CONFIRM_RETYPE)
		s->rows[AGAIN] = (struct form_row){
			.label = _("again"), .input = &s->again, .width = 14 };
	s->rows[REASON] = (struct form_row){
		.label = _("reason"), .input = &s->reason, .width = 40 };
	how_to(s);
	form_init(&s->form, s->title, s->rows, ROWS);
	v->data = s;
	app_want(a, v, &tag, 1);
	refresh(s);
}

static void
fini(struct view *v)
{
	struct set *s = v->data;

	app_unwant(v->app, v);
	sending_leave(s->sending);
	free(s);
}

static void
update(struct view *v, unsigned what, struct mono now)
{
	struct set *s = v->data;

	(void)now;
	view_dirty(v);
	if ((what & CHANGE_THINGS) != 0 &&
	    (s->tag->state == THING_KNOWN || s->tag->state == THING_REFUSED) &&
	    sending_close(s->sending, s->tag->state == THING_KNOWN,
		s->tag->changed))
		return;
	if (sending_done(s->sending))
		return;
	if (s->sending->state == SENDING_ENDED)
		ask_again(s);
	if (s->late && !is_seen(s)) {
		s->late = false;
		view_renew(v);
	}
}

static void
draw(struct view *v, struct canvas c, struct mono now)
{
	struct set *s = v->data;

	(void)now;
	/* the old value stands still once it was drawn: it is what is sent */
	if (v->drawn_at.us == MONO_NEVER.us)
		refresh(s);
	sending_row(s->sending, &s->rows[RESULT]);
	form_draw(c, &s->form);
}

/* What can be seen to be wrong is said before anything is sent. */
static bool
plausible(struct set *s, double *value)
{
	const struct tag_info *g = s->tag;
	struct err e;
	struct text texts[TAG_TEXTS];
	unsigned i;
	char why[200];

	if (g->type == VALUE_TEXT)
		return *s->new.text != '\0';
	for (i = 0; i < g->n_texts; i++)
		texts[i].in[0] = g->texts[i];
	for (i = 0; i < g->n_texts; i++)
		memset(&texts[i].in[1], 0,
		    sizeof(texts[i]) - sizeof(texts[i].in[0]));
	if (number_parse(value, s->new.text, g->decimals, texts, g->n_texts,
		g->type == VALUE_BOOL, &e) < 0) {
		snprintf(why, sizeof(why), "%s", e.text);
	} else if (!isnan(g->write_min) && *value < g->write_min) {
		snprintf(why, sizeof(why), _("below the lower limit"));
	} else if (!isnan(g->write_max) && *value > g->write_max) {
		snprintf(why, sizeof(why), _("above the upper limit"));
	} else {
		return true;
	}
	hint(s, why, STYLE_REFUSED);
	s->new.bad = true;
	return false;
}

static void
send(struct view *v)
{
	struct set *s = v->data;
	struct app *a = v->app;
	struct client *c;

	if (!link_begin(&a->link, VERB_SET))
		return;
	c = a->link.client;
	client_with(c, PARAMETER_NAME, s->tag->name);
	client_with(c, PARAMETER_VALUE, s->new.text);
	if (s->seen_known)
		client_with(c, PARAMETER_EXPECT, s->seen);
	if (s->tag->confirm == CONFIRM_RETYPE)
		client_with(c, PARAMETER_CONFIRM, s->again.text);
	else if (s->tag->confirm == CONFIRM_KEY)
		client_with(c, PARAMETER_CONFIRM, s->new.text);
	if (*s->reason.text != '\0')
		client_with(c, PARAMETER_REASON, s->reason.text);
	snprintf(s->sending->what, sizeof(s->sending->what), "%s -> %s",
	    s->tag->name, s->new.text);
	sending_send(s->sending);
}

static void
enter(struct view *v, struct mono now)
{
	struct set *s = v->data;
	double value;
	char text[200];

	s->new.bad = s->again.bad = false;
	if (!plausible(s, &value))
		return;
	if (s->tag->confirm == CONFIRM_RETYPE &&
	    strcmp(s->again.text, s->new.text) != 0) {
		s->again.bad = true;
		hint(s, _("type the new value again behind \"again\""),
		    STYLE_REFUSED);
		return;
	}
	if (s->tag->confirm == CONFIRM_KEY) {
		s->confirming = true;
		s->asked_at = now;
		snprintf(text, sizeof(text),
		    _("Write %s %s to %s?   y yes   Esc no"), s->new.text,
		    s->tag->unit, s->tag->name);
		hint(s, text, STYLE_NOTICE);
		return;
	}
	if (s->tag->confirm == CONFIRM_SECOND)
		sending_ask_second(s->sending, send);
	else
		send(v);
}

static bool
key(struct view *v, const struct key *k, struct mono now)
{
	struct set *s = v->data;
	struct app *a = v->app;

	view_dirty(v);
	if (key_is_cancel(k)) {
		if (s->confirming) {
			s->confirming = false;
			how_to(s);
			return true;
		}
		view_pop(v->stack);
		return true;
	}
	if (s->sending->state == SENDING_UNDER_WAY)
		return true;
	if (app_dead(a) != NULL) {
		hint(s, app_dead(a), STYLE_REFUSED);
		return true;
	}
	if (s->confirming) {
		if (k->code == 'y' && k->mods == 0 &&
		    mono_since(now, s->asked_at).ms >= KEYMAP_CONFIRM.ms) {
			s->confirming = false;
			send(v);
		}
		return true;
	}
	if (k->code == K_ENTER && !view_is_early(v, now))
		enter(v, now);
	else if (k->code != K_ENTER)
		form_key(&s->form, k);
	return true;
}

const struct view_class view_set = { .name = "set",
	.modal = true,
	.init = init,
	.fini = fini,
	.update = update,
	.draw = draw,
	.key = key };
