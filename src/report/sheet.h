/* SPDX-License-Identifier: ISC */
/*
 * sheet.h - a report worked out: for each period a sheet, on it the sections
 * as parts, each a table of lines and figures.
 *
 * Every figure says for which share of the time it holds (P30), unless it is
 * of a sort for which that means nothing. Text is borrowed from the run that
 * made the sheets.
 */
#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#include "project/outline.h"

#define REPORT_COVERED 0.95	/* below it a figure is starred */

enum report_shape {
	REPORT_NUMBER,		/* with decimals and a unit */
	REPORT_COUNT,
	REPORT_SHARE,		/* 0..1, shown in percent */
	REPORT_LENGTH,		/* seconds */
	REPORT_TIME,
	REPORT_TEXT,
	REPORT_FLAG
};

struct report_figure {
	uint8_t shape, decimals;
	bool known;		/* else it has no value */
	double number;		/* NUMBER COUNT SHARE LENGTH; FLAG: 0 or 1 */
	struct wall time;
	const char *text;
	const char *unit;	/* or NULL */
	double good;		/* share of the time; NAN: means nothing */
};

struct report_line {
	const char *area, *name, *title;	/* NULL: none */
	const char *flags;	/* override, simulated (P18); "" or NULL: none */
	struct report_figure *figures;		/* one for each key */
};

#define REPORT_KEYS_MAX 8
struct report_part {
	const char *section;		/* values, totals .. */
	const char *title;		/* of the section, or its kind */
	const char *keys[REPORT_KEYS_MAX];
	unsigned n_keys;
	bool by_area;
	struct report_line *lines;
	size_t n_lines;
};

struct report_sheet {
	struct period period;
	const char *name;	/* early, day, month */
	struct wall to;		/* figures go as far as this */
	bool complete;		/* the period is over */
	struct report_part head;	/* what the period is, as figures */
	struct report_part *parts;
	unsigned n_parts;
};

static inline bool
report_is_starred(const struct report_figure *f)
{
	return f->good < REPORT_COVERED;	/* NAN is not */
}

#endif
