/* SPDX-License-Identifier: ISC */
/* pack.h - the files of a project as a tar, to be read by files.h elsewhere. */
#ifndef PROJECT_PACK_H
#define PROJECT_PACK_H

#include "base/buf.h"
#include "project/files.h"

/* Adds the tar to out. The same files always give the same bytes. */
int project_pack(
    const struct project_files *f, struct buf *out, struct err *e);

#endif
