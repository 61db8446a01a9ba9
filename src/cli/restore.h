/* SPDX-License-Identifier: ISC */
/* restore.h - a backup brought back, also into a running server. */
#ifndef CLI_RESTORE_H
#define CLI_RESTORE_H

#include "cli/app.h"

int restore_run(struct app *app);

#endif
