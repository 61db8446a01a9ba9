/* SPDX-License-Identifier: ISC */
/*
 * files.h - the files of a project in memory, from a directory or a tar.
 *
 * Only what belongs to a project is kept: plant.conf and its siblings at the
 * top, types/, screens/, reports/. Other files (.git, README) are left alone; a
 * near miss such as alarm.conf is a warning. Contents are bounded.
 */
#ifndef PROJECT_FILES_H
#define PROJECT_FILES_H

#include <stddef.h>

#include "base/err.h"
#include "base/vec.h"
#include "project/report.h"

#define FILE_BYTES_MAX (1 << 20)	/* any file but the tables */
#define PROJECT_BYTES_MAX (16 << 20)	/* all together; tables up to this */
#define PROJECT_FILES_MAX 4096

struct project_file {
	char *name;	/* relative: screens/clearwater.screen */
	char *text;	/* ended by a NUL that does not count */
	size_t len;
};

struct project_files {
	VEC(struct project_file) all;	/* sorted by name */
	size_t bytes;
	bool full;	/* a bound was passed and said */
};

void project_files_fini(struct project_files *f);
/* -1 with e if the directory cannot be read; smaller troubles go to r. */
int project_files_read(struct project_files *f, const char *dir,
    struct report *r, struct err *e);
/* A tar stream to its end; members are data, never paths. */
int project_files_read_tar(
    struct project_files *f, int fd, struct report *r, struct err *e);
/* Takes a copy; says in r what is wrong with name or size. */
void project_files_add(struct project_files *f, const char *name,
    const char *text, size_t len, struct report *r);
void project_files_sort(struct project_files *f);
const struct project_file *project_files_find(
    const struct project_files *f, const char *name);
/* SHA-256 over sorted names and contents, in hex. */
char *project_files_id(const struct project_files *f, char id[65]);

#endif
