/* SPDX-License-Identifier: ISC */
/* backup.h - the verbs `backup` and `restore`, on the server's machine. */
#ifndef CLI_BACKUP_H
#define CLI_BACKUP_H

#include "cli/app.h"

int backup_run(struct app *app);
int restore_run(struct app *app);

#endif
