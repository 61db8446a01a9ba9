/* SPDX-License-Identifier: ISC */
/* tree.h - a directory with all that is in it. */
#ifndef STORE_TREE_H
#define STORE_TREE_H

#include <sys/stat.h>

#include "base/err.h"

/* Removes what can be removed; none is fine. Follows no link. */
void tree_remove(const char *path);
/* Whose all of it is from now on: root brings what is somebody else's. */
int tree_give(const char *path, const struct stat *to, struct err *e);
/* All that was written there is on the disk. */
int tree_sync(const char *path, struct err *e);
int tree_sync_file(const char *path, struct err *e);	/* one file alone */

#endif
