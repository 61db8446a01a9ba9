/* SPDX-License-Identifier: ISC */
/* report.h - the verb `report`: worked out here, from answers of the core. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "cli/app.h"

int report_run(struct app *app);

#endif
