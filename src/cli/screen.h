/* SPDX-License-Identifier: ISC */
/* screen.h - `screen check`: a screen's problems, while it is being drawn;
 * asks no server. */
#ifndef CLI_SCREEN_H
#define CLI_SCREEN_H

#include "cli/app.h"

int screen_check_run(struct app *app);

#endif
