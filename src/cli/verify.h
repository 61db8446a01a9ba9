/* SPDX-License-Identifier: ISC */
/* verify.h - `store verify`: the files of a state, read and proved. */
#ifndef CLI_VERIFY_H
#define CLI_VERIFY_H

#include "cli/app.h"

int verify_run(struct app *app);

#endif
