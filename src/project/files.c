/* SPDX-License-Identifier: ISC */
#include "project/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/fd.h"
#include "project/names.h"

#define NAME_BYTES_MAX 200
#define STRAYS_MAX 100	/* files that are warned of */

static const char *const top[] = { "plant.conf", "lines.conf", "roles.conf",
	"stations.conf", "alarms.conf", "tags.conf", "objects.csv", "tags.csv" };
static const char *const folders[][2] = { { "types", "types/*.conf" },
	{ "screens", "screens/*.screen" }, { "reports", "reports/*.conf" } };

#define N(array) (sizeof(array) / sizeof((array)[0]))

void
project_files_fini(struct project_files *f)
{
	size_t i;

	for (i = 0; i < f->all.n; i++) {
		free(f->all.at[i].name);
		free(f->all.at[i].text);
	}
	vec_free(&f->all);
	*f = (struct project_files){ 0 };
}

static bool
belongs(const char *name)
{
	size_t i;

	for (i = 0; i < N(top); i++) {
		if (strcmp(top[i], name) == 0)
			return true;
	}
	for (i = 0; i < N(folders); i++) {
		if (fnmatch(folders[i][1], name,
			FNM_PATHNAME | FNM_PERIOD) == 0)
			return true;
	}
	return false;
}

static bool
is_table(const char *name)
{
	return strcmp(name, "objects.csv") == 0 ||
	    strncmp(name, "tags.", 5) == 0;
}

/* A file that looks as if it should have been read: say that it was not. */
static void
stray(const char *name, struct report *r)
{
	const char *dot = strrchr(name, '.'), *best = NULL;
	char hint[NEAR_CAP];
	unsigned distance = 0;
	size_t i;

	if (dot == NULL || *name == '.' ||
	    r->files.n > PROJECT_FILES_MAX + STRAYS_MAX)
		return;
	if (strcmp(dot, ".conf") != 0 && strcmp(dot, ".csv") != 0 &&
	    strcmp(dot, ".screen") != 0)
		return;
	for (i = 0; i < N(top); i++)
		near_offer(name, top[i], &best, &distance);
	report_warning(r, (struct place){ report_file(r, name), 0, 0 },
	    "not a file of a project, ignored%s", near_text(hint, best));
}

static bool
has_room(struct project_files *f, const char *name, size_t len,
    struct report *r)
{
	struct place at = { report_file(r, name), 0, 0 };

	if (f->full)
		return false;
	if (len > FILE_BYTES_MAX && !is_table(name)) {
		report_error(r, at, "larger than 1 MiB");
		return false;
	}
	if (f->bytes + len > PROJECT_BYTES_MAX) {
		report_error(r, at, "the project is larger than 16 MiB");
		f->full = true;
		return false;
	}
	if (f->all.n == PROJECT_FILES_MAX) {
		report_error(r, at, "the project has more than %d files",
		    PROJECT_FILES_MAX);
		f->full = true;
		return false;
	}
	return true;
}

void
project_files_add(struct project_files *f, const char *name, const char *text,
    size_t len, struct report *r)
{
	struct project_file *file;

	if (!belongs(name)) {
		stray(name, r);
		return;
	}
	if (!has_room(f, name, len, r))
		return;
	file = vec_add(&f->all);
	file->name = xstrdup(name);
	file->text = xmalloc(len + 1);
	if (len > 0)
		memcpy(file->text, text, len);
	file->text[len] = '\0';
	file->len = len;
	f->bytes += len;
}

static int
by_name(const void *a, const void *b)
{
	const struct project_file *x = a, *y = b;

	return strcmp(x->name, y->name);
}

void
project_files_sort(struct project_files *f)
{
	if (f->all.n > 0)
		qsort(f->all.at, f->all.n, sizeof(*f->all.at), by_name);
}

const struct project_file *
project_files_find(const struct project_files *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->all.n; i++) {
		if (strcmp(f->all.at[i].name, name) == 0)
			return &f->all.at[i];
	}
	return NULL;
}

static void
read_one(struct project_files *f, int dir, const char *name, struct report *r)
{
	struct place at = { 0, 0, 0 };
	struct buf text = { 0 };
	struct stat st;
	int fd;

	if (!belongs(name)) {
		stray(name, r);
		return;
	}
	at.file = report_file(r, name);
	fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &st) < 0)
		report_error(r, at, "%s", strerror(errno));
	else if (!S_ISREG(st.st_mode))
		report_error(r, at, "not a regular file");
	else if (buf_read_fd(&text, fd, PROJECT_BYTES_MAX) < 0)
		report_error(r, at, "%s", strerror(errno));
	else
		project_files_add(f, name, buf_string(&text), text.len, r);
	buf_free(&text);
	fd_close(&fd);
}

/* Reads the files of one folder ("" is the top) of the open directory. */
static int
read_folder(struct project_files *f, int dir, const char *folder,
    struct report *r)
{
	char name[NAME_BYTES_MAX + 60];
	struct dirent *d;
	int fd = openat(dir, *folder ? folder : ".",
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *open = fd < 0 ? NULL : fdopendir(fd);

	if (open == NULL) {
		fd_close(&fd);
		return -1;
	}
	while ((d = readdir(open)) != NULL) {
		if (d->d_name[0] == '.' || strlen(d->d_name) > NAME_BYTES_MAX)
			continue;
		snprintf(name, sizeof(name), "%s%s%s", folder,
		    *folder ? "/" : "", d->d_name);
		if (d->d_type != DT_DIR)
			read_one(f, dir, name, r);
	}
	closedir(open);
	return 0;
}

int
project_files_read(struct project_files *f, const char *dir, struct report *r,
    struct err *e)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	size_t i;

	if (fd < 0)
		return err_sys(e, "%s", dir);
	if (read_folder(f, fd, "", r) < 0) {
		close(fd);
		return err_sys(e, "%s", dir);
	}
	for (i = 0; i < N(folders); i++)
		read_folder(f, fd, folders[i][0], r);
	close(fd);
	project_files_sort(f);
	return 0;
}

char *
project_files_id(const struct project_files *f, char id[65])
{
	struct digest_run run;
	struct digest d;
	char size[32];
	size_t i;

	digest_begin(&run);
	for (i = 0; i < f->all.n; i++) {
		const struct project_file *file = &f->all.at[i];

		/* lengths in front, so that no two projects run together */
		digest_feed(&run, size, (size_t)snprintf(size, sizeof(size),
		    "%zu:", strlen(file->name)));
		digest_feed(&run, file->name, strlen(file->name));
		digest_feed(&run, size, (size_t)snprintf(size, sizeof(size),
		    "%zu:", file->len));
		digest_feed(&run, file->text, file->len);
	}
	d = digest_end(&run);
	return digest_hex(id, &d);
}
