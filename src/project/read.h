/* SPDX-License-Identifier: ISC */
/*
 * read.h - a project directory to a plant.
 *
 * All problems are found in one run; a project with an error gives no plant.
 * Pure reading: nothing is written, nothing but the project is opened. Used
 * in a process without rights; takes about a second for 100,000 tags.
 */
#ifndef PROJECT_READ_H
#define PROJECT_READ_H

#include "model/plant.h"
#include "project/files.h"
#include "project/report.h"

/*
 * 0 and *plant (plant_free), or -1 and *plant NULL; problems (initialised by
 * the caller) has errors or, also with 0, warnings.
 */
int project_read(
    const char *dir, struct plant **plant, struct report *problems);
/* As project_read, from a tar stream on fd. */
int project_read_fd(int fd, struct plant **plant, struct report *problems);
int project_read_files(const struct project_files *files,
    struct plant **plant, struct report *problems);

#endif
