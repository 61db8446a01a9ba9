/* SPDX-License-Identifier: ISC */
/* tags.c - sections of values, totals and hours. */
#include <math.h>
#include <string.h>

#include "report/parts.h"

#define HOUR_S 3600.0
#define FIGURES (FIGURE_STARTS + 1)

/* How they stand beside each other: the coverage of all others last. */
static const enum figure order[FIGURES] = { FIGURE_AVG, FIGURE_MIN, FIGURE_MAX,
	FIGURE_LAST, FIGURE_COUNT, FIGURE_HOURS, FIGURE_STARTS, FIGURE_GOOD };

bool
report_wants(const struct outline_section *s, const char *name)
{
	unsigned i;

	for (i = 0; i < s->n_names; i++)
		if (name_match(s->names[i], name))
			return true;
	return s->n_names == 0;
}

struct report_figure
report_number(double n, unsigned decimals, const char *unit, double good)
{
	return (struct report_figure){ .shape = REPORT_NUMBER,
		.decimals = (uint8_t)decimals,
		.known = isfinite(n),
		.number = n,
		.unit = unit,
		.good = good };
}

struct report_figure
report_count(double n, double good)
{
	return (struct report_figure){ .shape = REPORT_COUNT,
		.known = isfinite(n),
		.number = n,
		.good = good };
}

struct report_figure
report_word(const char *text)
{
	return (struct report_figure){ .shape = REPORT_TEXT,
		.known = text != NULL && *text != '\0',
		.text = text,
		.good = NAN };
}

struct report_figure
report_time(struct wall t)
{
	return (struct report_figure){ .shape = REPORT_TIME,
		.known = t.ms != 0,
		.time = t,
		.good = NAN };
}

/* What was divided: to a millionth, so that what is 8 prints as 8. */
static double
quotient(double sum, double by)
{
	double q = sum / by;

	return fabs(q) < 1e9 ? nearbyint(q * 1e6) / 1e6 : q;
}

static struct report_figure
figure_of(enum figure f, const struct report_tag *t,
    const struct report_bucket *b)
{
	/* over no time at all there is no sum either */
	const bool any = b->good > 0;
	const double of[FIGURES] = { [FIGURE_AVG] = b->avg,
		[FIGURE_MIN] = b->min, [FIGURE_MAX] = b->max,
		[FIGURE_LAST] = b->last, [FIGURE_COUNT] = b->count,
		[FIGURE_GOOD] = b->good,
		[FIGURE_HOURS] = any ? quotient(b->integral, HOUR_S) : NAN,
		[FIGURE_STARTS] = any ? b->rises : NAN };
	struct report_figure share;

	switch (f) {
	case FIGURE_COUNT:
	case FIGURE_STARTS:
		return report_count(of[f], b->good);
	case FIGURE_GOOD:
		share = report_count(b->good, b->good);
		share.shape = REPORT_SHARE;
		return share;
	case FIGURE_HOURS:
		return report_number(of[f], 2, "h", b->good);
	default:
		return report_number(of[f], t->decimals, t->unit, b->good);
	}
}

/* A counter says itself what it counted, also while nobody looked; all else
 * is the integral over the good time (P29). */
static struct report_figure
total_of(const struct outline_section *s, const struct report_tag *t,
    const struct report_bucket *b)
{
	const double base_s = (double)s->base.ms / 1000;

	if (!isnan(b->covered))
		return report_number(
		    quotient(b->counted, 1), t->decimals, s->unit, b->covered);
	return report_number(
	    b->good > 0 && base_s > 0 ? quotient(b->integral, base_s) : NAN,
	    t->decimals, s->unit, b->good);
}

/* A counter that was set back, or jumped, has counted more than can be said. */
static const char *
flags_of(const struct report_making *m, const struct report_bucket *b)
{
	const bool any = b->flags != NULL && *b->flags != '\0';

	if (m->section->kind != SECTION_OF_TOTALS || !(b->resets > 0))
		return b->flags;
	return arena_printf(m->facts->arena, "%s%sreset",
	    any ? b->flags : "", any ? "+" : "");
}

static void
fill_line(struct report_line *l, const struct report_making *m,
    const struct report_tag *t, const struct report_bucket *b)
{
	const struct outline_section *s = m->section;
	unsigned n = 0;
	unsigned k;

	*l = (struct report_line){ .area = t->area,
		.name = t->name,
		.title = t->owner != NULL ? t->owner : t->title,
		.flags = flags_of(m, b),
		.figures = arena_take(
		    m->facts->arena, REPORT_KEYS_MAX, sizeof(*l->figures)) };
	if (s->kind == SECTION_OF_TOTALS) {
		l->figures[0] = total_of(s, t, b);
		return;
	}
	for (k = 0; k < FIGURES; k++)
		if ((s->show & FIGURE_BIT(order[k])) != 0)
			l->figures[n++] = figure_of(order[k], t, b);
}

static void
fill_keys(struct report_part *p, const struct outline_section *s)
{
	unsigned k;

	if (s->kind == SECTION_OF_TOTALS)
		p->keys[p->n_keys++] = "total";
	for (k = 0; k < FIGURES; k++)
		if ((s->show & FIGURE_BIT(order[k])) != 0)
			p->keys[p->n_keys++] = figure_name(order[k]);
}

/* The tags of a section in its order: name by name, each once. */
static uint32_t *
choose(const struct report_making *m, size_t *n)
{
	const struct outline_section *s = m->section;
	const struct report_facts *f = m->facts;
	uint32_t *chosen = arena_take(f->arena, f->tags.n, sizeof(*chosen));
	bool *taken = arena_take(f->arena, f->tags.n, sizeof(*taken));
	unsigned i;
	uint32_t k;

	*n = 0;
	for (i = 0; i < s->n_names; i++)
		for (k = 0; k < f->tags.n; k++)
			if (!taken[k] &&
			    name_match(s->names[i], f->tags.at[k].name)) {
				taken[k] = true;
				chosen[(*n)++] = k;
			}
	return chosen;
}

/* Area by area, in the order in which they come first. */
static void
group(const struct report_facts *f, uint32_t *chosen, size_t n)
{
	size_t i, k, at;
	uint32_t moved;

	for (i = 0; i < n; i++)
		for (k = at = i + 1; k < n; k++) {
			if (strcmp(f->tags.at[chosen[k]].area,
				f->tags.at[chosen[i]].area) != 0)
				continue;
			moved = chosen[k];
			memmove(chosen + at + 1, chosen + at,
			    (k - at) * sizeof(*chosen));
			chosen[at++] = moved;
		}
}

void
report_tags_part(struct report_part *p, const struct report_making *m)
{
	const struct report_facts *f = m->facts;
	uint32_t *chosen;
	size_t i;

	fill_keys(p, m->section);
	chosen = choose(m, &p->n_lines);
	p->by_area = m->by_area;
	if (p->by_area)
		group(f, chosen, p->n_lines);
	p->lines = arena_take(f->arena, p->n_lines, sizeof(*p->lines));
	for (i = 0; i < p->n_lines; i++)
		fill_line(&p->lines[i], m, &f->tags.at[chosen[i]],
		    &m->buckets[chosen[i]]);
}
