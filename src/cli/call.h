/* SPDX-License-Identifier: ISC */
/*
 * call.h - one call of a verb and its answer, up to the END.
 */
#ifndef CLI_CALL_H
#define CLI_CALL_H

#include "cli/app.h"

/* One row; false: enough, the call is cancelled and counts as done. */
typedef bool call_row_fn(
    struct app *app, const struct cell *cells, unsigned n, void *arg);
/* One entry of an UPDATE. */
typedef bool call_value_fn(
    struct app *app, uint32_t i, const struct value *v, void *arg);

struct call_plan {
	enum verb verb;
	const struct argument *arguments;
	size_t n_arguments;
	const void *feed;	/* its input, if it has one; or NULL */
	size_t feed_len;
	call_row_fn *row;
	call_value_fn *value;	/* NULL: the verb sends no updates */
	void *arg;
	bool stream;		/* rows are printed as they come */
	bool silent;		/* what END says is not shown */
};

/*
 * Calls and handles all that comes. Returns the exit code: the core's, or why
 * it could not be asked. When the connection breaks while something acts, the
 * result is unknown (EXIT_UNKNOWN).
 */
int call_run(struct app *app, const struct call_plan *plan);

#endif
