/* SPDX-License-Identifier: ISC */
/*
 * directory.h - the directories that the parent makes for its children, each
 * of which is a user of its own. The parent is root and they are not to be
 * trusted: it follows no link that they may have made.
 */
#ifndef SERVER_DIRECTORY_H
#define SERVER_DIRECTORY_H

#include <sys/types.h>

#include "base/err.h"
#include "server/child.h"

/* Made if it is missing; of this child (NULL: ours) and mode from now on. In
 * a directory of a child's, follow is 0: a link there may lead anywhere. */
int directory_make(const char *path, mode_t mode, const struct child *of,
    int follow, struct err *e);
/* All plain files in it that have no other name are this child's from now
 * on. What cannot be given is logged. */
void directory_give_files(const char *path, const struct child *of);

#endif
