/* SPDX-License-Identifier: ISC */
/*
 * text.c - sheets for people: each part a table with its title above the
 * names. A figure that holds for less than 95 % of the time has a star (P30),
 * one without a value is ---; nothing is cut but titles.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "report/plan.h"

#define TITLE_COLUMNS 30
#define GAP 2
#define CAP 400

/* What stands above the figures; keys as programs know them. */
static const char *
heading(const char *key)
{
	static const struct {
		const char *key, *text;
	} all[] = {
		{ "avg", N_("average") }, { "min", N_("lowest") },
		{ "max", N_("highest") }, { "last", N_("last") },
		{ "count", N_("count") }, { "good", N_("good") },
		{ "total", N_("total") }, { "hours", N_("hours") },
		{ "starts", N_("starts") }, { "standing", N_("standing") },
		{ "longest", N_("longest") }, { "time", N_("time") },
		{ "user", N_("user") }, { "old", N_("before") },
		{ "new", N_("after") }, { "result", N_("result") },
		{ "what", N_("what") }, { "since", N_("since") },
		{ "until", N_("until") }, { "reason", N_("reason") },
	};
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i].key, key) == 0)
			return _(all[i].text);
	return key;
}

/* 1:05:30 */
static void
length_text(char *dst, double seconds)
{
	long s = lround(seconds);

	snprintf(dst, CAP, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
}

static void
bare_text(char *dst, const struct report_figure *f)
{
	struct value v = value_real(f->number, (struct wall){ 1 });
	char time[WHEN_CAP];

	switch ((enum report_shape)f->shape) {
	case REPORT_NUMBER:
		value_show(dst, &v, f->decimals);
		break;
	case REPORT_COUNT:
	case REPORT_FLAG:
		snprintf(dst, CAP, "%.0f", f->number);
		break;
	case REPORT_SHARE:	/* never rounded up to what it is not */
		snprintf(dst, CAP, "%.1f %%", floor(f->number * 1000) / 10);
		break;
	case REPORT_LENGTH:
		length_text(dst, f->number);
		break;
	case REPORT_TIME:
		str_copy(dst, when_local(time, f->time), CAP);
		break;
	case REPORT_TEXT:
		text_clean(dst, CAP, f->text, strlen(f->text));
		break;
	}
}

static bool
is_word(const struct report_figure *f)
{
	return f->shape == REPORT_TEXT || f->shape == REPORT_TIME;
}

static void
figure_text(char dst[CAP], const struct report_figure *f)
{
	dst[0] = '\0';
	if (f->known)
		bare_text(dst, f);
	else if (!is_word(f))
		strcpy(dst, f->shape == REPORT_LENGTH ? "-" : "---");
	if (report_is_starred(f))
		strcat(dst, "*");
	else if (!isnan(f->good))
		strcat(dst, " ");	/* where the others have their star */
}

/* A table's columns: names, titles, units, then the figures. */
struct widths {
	size_t name, title, unit, key[REPORT_KEYS_MAX];
	bool word[REPORT_KEYS_MAX];	/* stands at the left */
};

static size_t
most(size_t a, size_t b)
{
	return a > b ? a : b;
}

static const char *
unit_of(const struct report_part *p, const struct report_line *l)
{
	unsigned k;

	for (k = 0; k < p->n_keys; k++)
		if (l->figures[k].unit != NULL &&
		    l->figures[k].shape == REPORT_NUMBER)
			return l->figures[k].unit;
	return "";
}

/* The usual names of priorities are words; others stay as they are. */
static const char *
level_word(const char *name)
{
	static const char *const words[] = { N_("critical"), N_("high"),
		N_("medium"), N_("low") };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], name) == 0)
			return _(words[i]);
	return name;
}

/* The name without what only programs need: P-101A.start#4711. */
static void
name_text(char dst[CAP], const struct report_line *l)
{
	const char *name = l->name != NULL && *l->name != '\0' ? l->name : "?";

	name = level_word(name);
	text_clean(dst, CAP, name, strcspn(name, "#"));
}

static void
title_text(char dst[CAP], const struct report_line *l)
{
	char clean[CAP];

	clean[0] = '\0';
	if (l->title != NULL)
		text_clean(clean, sizeof(clean), l->title, strlen(l->title));
	text_fit(dst, CAP, clean, TITLE_COLUMNS);
}

static void
measure(struct widths *w, const struct report_part *p)
{
	const struct report_line *l;
	char text[CAP];
	unsigned k;
	size_t i;

	memset(w, 0, sizeof(*w));
	for (k = 0; k < p->n_keys; k++)
		w->key[k] = text_columns(heading(p->keys[k]));
	for (i = 0; i < p->n_lines; i++) {
		l = &p->lines[i];
		name_text(text, l);
		w->name = most(w->name, text_columns(text));
		title_text(text, l);
		w->title = most(w->title, text_columns(text));
		w->unit = most(w->unit, text_columns(unit_of(p, l)));
		for (k = 0; k < p->n_keys; k++) {
			figure_text(text, &l->figures[k]);
			w->key[k] = most(w->key[k],
			    text_columns(text));
			w->word[k] |= is_word(&l->figures[k]);
		}
	}
	/* the column of the stars is wanted behind each heading, too */
	for (k = 0; k < p->n_keys && p->n_lines > 0; k++)
		if (!isnan(p->lines[0].figures[k].good))
			w->key[k] = most(w->key[k],
			    text_columns(heading(p->keys[k])) + 1);
}

static void
blanks(struct buf *out, size_t n)
{
	while (n-- > 0)
		buf_char(out, ' ');
}

/* Text in a column of this width; a gap in front. No width: no column. */
static void
put(struct buf *out, const char *text, size_t width, bool right)
{
	size_t n = text_columns(text), free_columns = width > n ? width - n : 0;

	if (width == 0)
		return;
	blanks(out, GAP + (right ? free_columns : 0));
	buf_text(out, text);
	blanks(out, right ? 0 : free_columns);
}

/* A line ends where its last word ends. */
static void
end_line(struct buf *out)
{
	while (out->len > 0 && out->at[out->len - 1] == ' ')
		out->at[--out->len] = '\0';
	buf_char(out, '\n');
}

static void
put_heading(struct buf *out, const struct report_part *p, struct widths *w)
{
	size_t left = GAP + w->name, title = text_columns(p->title);
	const char *text;
	bool star;
	unsigned k;

	buf_text(out, p->title);
	if (p->n_lines == 0) {
		buf_printf(out, "\n  %s\n", _("none"));
		return;
	}
	left += w->title > 0 ? GAP + w->title : 0;
	left += w->unit > 0 ? GAP + w->unit : 0;
	if (title > left) {
		w->name += title - left;
		left = title;
	}
	blanks(out, left - title);
	for (k = 0; k < p->n_keys; k++) {
		text = heading(p->keys[k]);
		star = !isnan(p->lines[0].figures[k].good);
		put(out, text, w->key[k] - star, !w->word[k]);
		blanks(out, star);
	}
	end_line(out);
}

/* Behind all figures: what they are made of besides measurements (P18), and
 * what a counter does not say (P29). */
static void
put_flags(struct buf *out, const char *flags)
{
	if (flags != NULL && strstr(flags, "override") != NULL)
		buf_printf(out, "  %s", _("override"));
	if (flags != NULL && strstr(flags, "simulated") != NULL)
		buf_printf(out, "  %s", _("simulated"));
	if (flags != NULL && strstr(flags, "reset") != NULL)
		buf_printf(out, "  %s", _("set back or jumped"));
}

static bool
put_line(struct buf *out, const struct report_part *p,
    const struct report_line *l, const struct widths *w)
{
	char text[CAP];
	bool starred = false;
	unsigned k;

	name_text(text, l);
	put(out, text, w->name, false);
	title_text(text, l);
	put(out, text, w->title, false);
	put(out, unit_of(p, l), w->unit, false);
	for (k = 0; k < p->n_keys; k++) {
		figure_text(text, &l->figures[k]);
		put(out, text, w->key[k], !w->word[k]);
		starred |= report_is_starred(&l->figures[k]);
	}
	put_flags(out, l->flags);
	end_line(out);
	return starred;
}

static bool
put_part(struct buf *out, const struct report_part *p)
{
	const char *area = "";
	struct widths w;
	bool starred = false;
	size_t i;

	measure(&w, p);
	put_heading(out, p, &w);
	for (i = 0; i < p->n_lines; i++) {
		if (p->by_area && strcmp(area, p->lines[i].area) != 0) {
			area = p->lines[i].area;
			buf_printf(out, " %s\n", area);
		}
		starred |= put_line(out, p, &p->lines[i], &w);
	}
	buf_char(out, '\n');
	return starred;
}

static void
put_head(
    struct buf *out, const struct report_plan *plan, const struct report_sheet *s)
{
	char from[WHEN_CAP], to[WHEN_CAP], hours[32];
	double h = (double)(s->period.to.ms - s->period.from.ms) / 3600000;

	snprintf(hours, sizeof(hours), "%g", round(h * 100) / 100);
	buf_printf(out, "%s\n", plan->plant);
	buf_printf(out, "%s  %04d-%02d-%02d%s%s\n",
	    text_in(&plan->outline->title, plan->language), s->period.date.year,
	    s->period.date.month, s->period.date.day,
	    s->period.shift != NONE ? "  " : "",
	    s->period.shift != NONE ? s->name : "");
	buf_printf(out, "%s - %s  ", when_local(from, s->period.from),
	    when_local(to, s->period.to));
	buf_printf(out, _("%s h"), hours);
	if (s->complete)
		buf_printf(out, "  %s\n\n", _("complete"));
	else
		buf_printf(out, "  %s %s\n\n", _("NOT COMPLETE: until"),
		    when_local(to, s->to));
}

void
report_text(const struct report_run *r, struct buf *out)
{
	const struct report_plan *plan = report_plan_of(r);
	const struct report_sheet *s;
	unsigned i, k;
	bool starred;

	for (i = 0; i < plan->n_sheets; i++) {
		s = &plan->sheets[i];
		if (i > 0)
			buf_char(out, '\n');
		put_head(out, plan, s);
		starred = false;
		for (k = 0; k < s->n_parts; k++)
			starred |= put_part(out, &s->parts[k]);
		if (starred)
			buf_printf(out, "* %s %.0f %%\n",
			    _("the share of good time is below"),
			    REPORT_COVERED * 100);
	}
}
