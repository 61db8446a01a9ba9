/* SPDX-License-Identifier: ISC */
/*
 * store.h - `sightglass store ...`: what opens databases itself, on the
 * server, while no server has them open, with the caller's rights to files.
 */
#ifndef CLI_STORE_H
#define CLI_STORE_H

#include "cli/app.h"

int store_import(struct app *app);

#endif
