/* SPDX-License-Identifier: ISC */
/* backup.h - the verb `backup`, on the server's machine. */
#ifndef CLI_BACKUP_H
#define CLI_BACKUP_H

#include "cli/app.h"

int backup_run(struct app *app);

#endif
