/* SPDX-License-Identifier: ISC */
/*
 * edit.h - writes a value back into the files of a project (P21), as its
 * author would: a cell of objects.csv for an alarm of an object, a key of
 * tags.conf for a free-standing tag and its alarms. Everything else, comments
 * and layout too, stays as it is.
 */
#ifndef PROJECT_EDIT_H
#define PROJECT_EDIT_H

#include <stddef.h>

#include "base/err.h"
#include "project/files.h"

/* objects.csv or tags.csv: the cell of row `name` under column. A column
 * that is not there is added. */
int edit_table(struct project_files *f, const char *file, const char *name,
    const char *column, const char *text, struct err *e);
/* tags.conf: key of the tag, or of its alarm of this name (else NULL). A key
 * that is not there is added. */
int edit_tag(struct project_files *f, const char *tag, const char *alarm,
    const char *key, const char *text, struct err *e);

#endif
