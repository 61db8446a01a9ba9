/* SPDX-License-Identifier: ISC */
/*
 * watch.h - one row now and one for each change.
 *
 * Updates carry a value only; what does not change with it (title, area,
 * unit, the texts of its states, decimals) is asked once before.
 */
#ifndef CLI_WATCH_H
#define CLI_WATCH_H

#include "cli/app.h"

int watch(struct app *app);

#endif
