/* SPDX-License-Identifier: ISC */
/* rows.c - sheets for programs: one row for each figure. */

#include "report/plan.h"

struct printing {
	bool (*fn)(void *arg, const struct cell *cells, unsigned n);
	void *arg;
	struct cell cells[REPORT_CELLS];
	bool enough;
};

static struct cell
value_of(const struct report_figure *f)
{
	if (!f->known)
		return cell_null();
	switch ((enum report_shape)f->shape) {
	case REPORT_COUNT:
		return cell_uint((uint64_t)f->number);
	case REPORT_TIME:
		return cell_time(f->time);
	case REPORT_TEXT:
		return cell_text(f->text);
	case REPORT_FLAG:
		return cell_bool(f->number != 0);
	case REPORT_NUMBER:
	case REPORT_SHARE:
	case REPORT_LENGTH:
		break;
	}
	return cell_real(f->number, CELL_SHORTEST);
}

/* What was overridden by hand or simulated is marked as such (P18). */
static void
put_flags(struct printing *p, const char *flags)
{
	if (flags == NULL || *flags == '\0' || p->enough)
		return;
	p->cells[6] = cell_null();
	p->cells[7] = cell_text("flags");
	p->cells[8] = cell_text(flags);
	p->cells[9] = cell_null();
	p->enough = !p->fn(p->arg, p->cells, REPORT_CELLS);
}

static void
put_part(struct printing *p, const struct report_part *part)
{
	const struct report_figure *f;
	size_t i;
	unsigned k;

	p->cells[4] = cell_text(part->section);
	for (i = 0; i < part->n_lines; i++) {
		p->cells[3] = cell_text(part->lines[i].area);
		p->cells[5] = cell_text(part->lines[i].name);
		for (k = 0; k < part->n_keys && !p->enough; k++) {
			f = &part->lines[i].figures[k];
			p->cells[6] = cell_text(f->unit);
			p->cells[7] = cell_text(part->keys[k]);
			p->cells[8] = value_of(f);
			p->cells[9] = cell_real(f->good, CELL_SHORTEST);
			p->enough = !p->fn(p->arg, p->cells, REPORT_CELLS);
		}
		put_flags(p, part->lines[i].flags);
	}
}

void
report_rows(const struct report_run *r,
    bool (*fn)(void *arg, const struct cell *cells, unsigned n), void *arg)
{
	const struct report_plan *plan = report_plan_of(r);
	struct printing p = { .fn = fn, .arg = arg };
	const struct report_sheet *s;
	unsigned i, k;

	p.cells[0] = cell_text(plan->name);
	for (i = 0; i < plan->n_sheets; i++) {
		s = &plan->sheets[i];
		p.cells[1] = cell_time(s->period.from);
		p.cells[2] = cell_time(s->to);
		put_part(&p, &s->head);
		for (k = 0; k < s->n_parts; k++)
			put_part(&p, &s->parts[k]);
	}
}
