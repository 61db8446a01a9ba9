/* SPDX-License-Identifier: ISC */
/*
 * tree.h - a directory with all that is in it. No link is followed, below a
 * path's last name neither: others may write there while we walk.
 */
#ifndef STORE_TREE_H
#define STORE_TREE_H

#include <sys/stat.h>

#include "base/err.h"

/* Removes what can be removed; none is fine. */
void tree_remove(const char *path);
/* Whose all of name in the directory at is from now on: root brings what is
 * somebody else's. From the leaves up: nobody reaches what is not given yet.
 * None is fine. */
int tree_give(int at, const char *name, const struct stat *to, struct err *e);
/* All that was written there is on the disk. */
int tree_sync(const char *path, struct err *e);
int tree_sync_file(const char *path, struct err *e);	/* one file alone */

#endif
