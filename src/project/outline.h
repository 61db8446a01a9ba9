/* SPDX-License-Identifier: ISC */
/*
 * outline.h - what a report holds: reports/NAME.conf, read.
 *
 * Parsing needs no plant: a client parses the text that the core sends it and
 * asks the core for names. outline_check() looks at the names with a plant.
 */
#ifndef PROJECT_OUTLINE_H
#define PROJECT_OUTLINE_H

#include "model/calendar.h"
#include "project/report.h"

#define OUTLINE_BYTES_MAX (256 << 10)

/* In the order of the words of files. */
enum section_kind {
	SECTION_OF_VALUES,	/* figures of tags over the period */
	SECTION_OF_TOTALS,	/* what a counter counted; else the integral
				 * over time, with its time base */
	SECTION_OF_HOURS,	/* how long bool tags were true, how often */
	SECTION_OF_ALARMS,	/* by priority, or with names by alarm */
	SECTION_OF_ACTIONS,	/* what operators did */
	SECTION_OF_STANDING	/* what they left as it is not usually */
};
enum figure {
	FIGURE_AVG, FIGURE_MIN, FIGURE_MAX, FIGURE_LAST, FIGURE_COUNT,
	FIGURE_GOOD, FIGURE_HOURS, FIGURE_STARTS
};
#define FIGURE_BIT(f) (1u << (f))

struct outline_section {
	struct text title;	/* in[0] "" if it has none */
	const char *const *names;	/* tags, alarms: or patterns */
	unsigned n_names;
	uint32_t show;		/* FIGURE_BIT()s */
	uint8_t kind;		/* enum section_kind */
	const char *per;	/* time base: "h", or NULL */
	struct span base;	/* as long as it is */
	const char *unit;	/* of the total, or NULL */
	struct place at, names_at, unit_at;
};

struct outline {
	struct arena *arena;
	const char *name;
	struct text title;
	uint8_t period;		/* enum period_kind */
	bool by_area;
	const struct outline_section *sections;
	unsigned n_sections;
	struct place at;
};

/*
 * NULL if anything is wrong; r says what. file is reports/NAME.conf; languages
 * (n) are the plant's, in its order; n 0 takes the first text that is there.
 */
struct outline *outline_parse(const char *file, const char *text, size_t len,
    const char *const *languages, unsigned n, struct report *r);
void outline_free(struct outline *o);	/* NULL is fine */
/* Names, kinds and units against the plant. */
void outline_check(
    const struct outline *o, const struct plant *p, struct report *r);
/* Does a total in unit per time base fit a tag of this unit? "m3" per "h" is
 * the total of m3/h, "kWh" per "h" that of kW. */
bool outline_unit_fits(const char *tag, const char *unit, const char *per);
const char *section_kind_name(enum section_kind k);
const char *figure_name(enum figure f);

#endif
