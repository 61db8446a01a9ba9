/* SPDX-License-Identifier: ISC */
/*
 * run.h - working out a report from answers of the core.
 *
 * The run says what it wants to know; its owner asks the core with the rights
 * of whoever wants the report, and hands over the rows. So the same code
 * serves the command line, which waits, and a console, which must not. It
 * reads no clock and no file.
 *
 *	struct report_run *r = report_run_new(&wish);
 *	while ((q = report_run_next(r)) != NULL)
 *		(ask; report_run_row() for each row; report_run_end())
 *	report_run_code(r) == EXIT_DONE: report_sheets(r, &n)
 */
#ifndef REPORT_RUN_H
#define REPORT_RUN_H

#include "base/buf.h"
#include "report/sheet.h"
#include "wire/cell.h"
#include "wire/verbs.h"

struct report_run;

/* Texts are copied. */
struct report_wish {
	const char *name;
	const char *date, *shift;	/* or NULL */
	struct wall now;
	const char *plant;		/* its name, for people */
	const char *language;		/* of the person: "de" */
	const char *languages;		/* of the project's texts: "en,de" */
};

struct report_word {
	enum parameter which;
	const char *text;
};
struct report_question {
	enum verb verb;
	const struct report_word *words;
	size_t n;
};

struct report_run *report_run_new(const struct report_wish *wish);
void report_run_free(struct report_run *r);	/* NULL is fine */
/* What must be asked next; NULL: nothing, it is worked out or has failed.
 * Good until the answer's end. */
const struct report_question *report_run_next(struct report_run *r);
void report_run_row(struct report_run *r, const struct cell *cells, unsigned n);
/* The answer's end, with its exit code and text. */
void report_run_end(struct report_run *r, int code, const char *text);
/* EXIT_DONE, or why there is no report; text: "" or the reason in words. */
int report_run_code(const struct report_run *r, const char **text);
const struct report_sheet *report_sheets(
    const struct report_run *r, unsigned *n);

/* The rows of REPORT_COLUMNS, each to fn; false from it: enough. */
void report_rows(const struct report_run *r,
    bool (*fn)(void *arg, const struct cell *cells, unsigned n), void *arg);
#define REPORT_CELLS 10
/* Sheets for people, in the language of this process (base/language.h), times
 * in its zone. */
void report_text(const struct report_run *r, struct buf *out);

#endif
