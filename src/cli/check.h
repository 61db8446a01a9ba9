/* SPDX-License-Identifier: ISC */
/* check.h - `project check`: every problem of a project, without a server. */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include "cli/app.h"

int check_run(struct app *app);

#endif
