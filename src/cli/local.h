/* SPDX-License-Identifier: ISC */
/* local.h - the verbs that need no server (verb/phrase.h). */
#ifndef CLI_LOCAL_H
#define CLI_LOCAL_H

#include "cli/app.h"

int local_run(struct app *app);

#endif
