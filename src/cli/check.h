/* SPDX-License-Identifier: ISC */
/* check.h - `project check`: every problem of a project, without a server. */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include "cli/app.h"
#include "project/report.h"

int check_run(struct app *app);
/* Problems as lines, behind dir (NULL: as they are), or as rows. */
void check_print(struct app *app, struct report *r, const char *dir);

#endif
