/* SPDX-License-Identifier: ISC */
#include "report/plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/near.h"

static const char *
copy(struct arena *a, const char *s)
{
	return s != NULL ? arena_text(a, s) : NULL;
}

/* "en,de" into the list; the person's language among them, or the first. */
static void
take_languages(struct report_plan *p, const char *all, const char *mine)
{
	size_t len;

	while (*all != '\0' && p->n_languages < PLANT_LANGUAGES) {
		len = strcspn(all, ",");
		p->languages[p->n_languages] = arena_textn(p->arena, all, len);
		if (strcmp(p->languages[p->n_languages], mine) == 0)
			p->language = p->n_languages;
		p->n_languages++;
		all += len + (all[len] == ',');
	}
}

void
plan_init(struct report_plan *p, const struct report_wish *wish,
    struct arena *arena)
{
	*p = (struct report_plan){ .arena = arena, .now = wish->now };
	p->name = arena_text(arena, wish->name);
	p->date = copy(arena, wish->date);
	p->shift = copy(arena, wish->shift);
	p->plant = arena_text(arena, wish->plant);
	take_languages(p, wish->languages, wish->language);
}

void
plan_fini(struct report_plan *p)
{
	buf_free(&p->text);
	outline_free(p->outline);
	vec_free(&p->shifts);
}

void
plan_fail(struct report_plan *p, int code, const char *fmt, ...)
{
	va_list ap;

	p->code = code;
	va_start(ap, fmt);
	vsnprintf(p->why.text, sizeof(p->why.text), fmt, ap);
	va_end(ap);
}

void
plan_read(struct report_plan *p)
{
	struct report problems;
	char *file = xasprintf("reports/%s.conf", p->name);

	report_init(&problems);
	p->outline = outline_parse(file, buf_string(&p->text), p->text.len,
	    p->languages, p->n_languages, &problems);
	/* the server has checked it: this is a newer or an older one */
	if (p->outline == NULL)
		plan_fail(p, EXIT_INTERNAL, "%s:%u: %s", file,
		    problems.problems.n > 0 ? problems.problems.at[0].line : 0,
		    problems.problems.n > 0 ? problems.problems.at[0].text
					     : "cannot be read");
	report_fini(&problems);
	free(file);
}

void
plan_shift(struct report_plan *p, const char *name, const char *from,
    const char *days)
{
	static const char *const words[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun" };
	struct shift s = { .name = name };
	int k;

	s.from = atoi(from) * 60 +
	    (strchr(from, ':') != NULL ? atoi(strchr(from, ':') + 1) : 0);
	for (k = 0; k < 7; k++)
		if (strstr(days, words[k]) != NULL)
			s.days |= (uint8_t)(1u << k);
	vec_push(&p->shifts, s);
}

/* The shift that was wished for, or NONE; false if there is no such. */
static bool
find_shift(struct report_plan *p, const struct calendar *c, uint32_t *shift)
{
	struct buf list = { 0 };
	const char *best = NULL;
	unsigned distance = 0;
	char hint[NEAR_CAP];
	uint32_t i;

	*shift = p->shift != NULL ? calendar_find(c, p->shift) : NONE;
	if (c->n == 0)
		plan_fail(p, EXIT_NO_SUCH, _("the plant has no shifts"));
	if (c->n == 0 || p->shift == NULL || *shift != NONE)
		return c->n > 0;
	for (i = 0; i < c->n; i++) {
		near_offer(p->shift, c->shifts[i].name, &best, &distance);
		buf_printf(
		    &list, "%s%s", i > 0 ? ", " : "", c->shifts[i].name);
	}
	plan_fail(p, EXIT_NO_SUCH,
	    _("no shift \"%.40s\"%s; there are %.300s"), p->shift,
	    near_say(hint, best), buf_string(&list));
	buf_free(&list);
	return false;
}

static const char *
period_name(unsigned kind)
{
	static const char *const names[] = { N_("shift"), N_("day"),
		N_("month") };

	return names[kind];
}

static void
add(struct report_plan *p, const struct period *period)
{
	struct report_sheet s = { .period = *period };
	unsigned at = p->n_sheets++;

	s.name = period->shift != NONE ? p->shifts.at[period->shift].name
				       : period_name(period->kind);
	s.complete = period->to.ms <= p->now.ms;
	s.to = s.complete ? period->to : p->now;
	for (; at > 0 &&
	     p->sheets[at - 1].period.from.ms > period->from.ms; at--)
		p->sheets[at] = p->sheets[at - 1];
	p->sheets[at] = s;
}

/* All that have begun on the day that was wished for. */
static void
add_day(struct report_plan *p, const struct calendar *c, uint32_t shift,
    struct date d)
{
	struct period one;
	uint32_t i;

	switch ((enum period_kind)p->outline->period) {
	case PERIOD_SHIFT:
		for (i = 0; i < c->n; i++)
			if ((shift == NONE || shift == i) &&
			    calendar_shift(c, i, d, &one) &&
			    one.from.ms < p->now.ms)
				add(p, &one);
		return;
	case PERIOD_DAY:
		one = calendar_day(d);
		break;
	case PERIOD_MONTH:
		one = calendar_month(d);
		break;
	}
	if (one.from.ms < p->now.ms)
		add(p, &one);
}

static void
fail_not_begun(struct report_plan *p, const char *what)
{
	if (p->date != NULL)
		plan_fail(p, EXIT_NEGATIVE, _("no %s of %s has begun"), what,
		    p->date);
	else
		plan_fail(p, EXIT_NEGATIVE, _("no %s has begun"), what);
}

void
plan_sheets(struct report_plan *p)
{
	const struct calendar c = { p->shifts.at, (uint32_t)p->shifts.n };
	enum period_kind kind = (enum period_kind)p->outline->period;
	uint32_t shift = NONE;
	struct period last;
	struct date d;
	struct err e;

	if (kind == PERIOD_SHIFT && !find_shift(p, &c, &shift))
		return;
	if (kind != PERIOD_SHIFT && p->shift != NULL) {
		plan_fail(p, EXIT_USAGE,
		    _("report %s is not of shifts: --shift does not fit"),
		    p->name);
		return;
	}
	p->sheets = arena_take(p->arena, c.n + 1, sizeof(*p->sheets));
	if (p->date == NULL) {
		if (calendar_last(&c, kind, shift, p->now, &last))
			add(p, &last);
	} else if (date_parse(&d, p->date, p->now, &e) < 0) {
		plan_fail(p, EXIT_USAGE, "--date: %s", e.text);
		return;
	} else {
		add_day(p, &c, shift, d);
	}
	if (p->n_sheets == 0)
		fail_not_begun(p, p->shift != NULL ? p->shift
						    : _(period_name(kind)));
}
