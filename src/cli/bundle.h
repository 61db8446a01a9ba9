/* SPDX-License-Identifier: ISC */
/*
 * bundle.h - the project that a verb takes: a directory, or a tar on standard
 * input. Over ssh only the latter: nobody reads the server's files this way.
 */
#ifndef CLI_BUNDLE_H
#define CLI_BUNDLE_H

#include "cli/app.h"
#include "project/files.h"

#define BUNDLE_MAX (72u << 20)	/* bytes of a tar */

/*
 * Reads and checks it: every problem is in r. f and r are initialised by the
 * caller and are the caller's to free. EXIT_DONE, or the exit code after
 * saying why it could not be read at all.
 */
int bundle_read(struct app *app, struct project_files *f, struct report *r);
/* The directory as it was typed, cleaned, for report_print(); NULL for a
 * tar. The caller frees. */
char *bundle_directory(const struct app *app);
/*
 * What goes to the core: the tar of a project that has no error. Problems
 * are messages. EXIT_NEGATIVE if there are errors.
 */
int bundle_pack(struct app *app, struct buf *tar);

#endif
