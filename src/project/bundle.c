/* SPDX-License-Identifier: ISC */
/*
 * bundle.c - a project as a tar stream. Nothing is unpacked: members become
 * bytes in memory under a name that must be one of a project's files. Links,
 * devices, absolute names and ".." end the reading.
 */
#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "project/files.h"
#include "project/read.h"
#include "project/reader.h"

#define MEMBERS_MAX 20000
#define BYTES_MAX (64 << 20)	/* of all members, those ignored included */

/* The member's name without "./", or NULL if it must not be there. */
static const char *
safe_name(const char *name)
{
	const char *p;

	if (name == NULL || *name == '/')
		return NULL;
	while (strncmp(name, "./", 2) == 0)
		name += 2;
	for (p = name; *p != '\0'; p += strcspn(p, "/"), p += *p == '/')
		if (strcmp(p, "..") == 0 || strncmp(p, "../", 3) == 0)
			return NULL;
	return name;
}

static int
take_data(struct archive *a, struct buf *text, size_t *total, struct err *e)
{
	char block[16384];
	la_ssize_t n;

	while ((n = archive_read_data(a, block, sizeof(block))) > 0) {
		*total += (size_t)n;
		if (*total > BYTES_MAX)
			return err_set(e, "the bundle is larger than 64 MiB");
		if (text->len <= PROJECT_BYTES_MAX)
			buf_add(text, block, (size_t)n);
	}
	return n < 0 ? err_set(e, "the bundle cannot be read") : 0;
}

static int
take_member(struct project_files *f, struct archive *a,
    struct archive_entry *entry, size_t *total, struct report *r,
    struct err *e)
{
	const char *name = safe_name(archive_entry_pathname(entry));
	struct buf text = { 0 };
	mode_t type = archive_entry_filetype(entry);
	int result;

	if (name == NULL)
		return err_set(e, "the bundle names a file outside itself");
	if (type == S_IFDIR)
		return 0;
	if (type != S_IFREG || archive_entry_hardlink(entry) != NULL)
		return err_set(e, "the bundle holds a link or a device");
	result = take_data(a, &text, total, e);
	if (result == 0 && project_files_find(f, name) != NULL)
		result = err_set(e, "the bundle holds a file twice");
	if (result == 0)
		project_files_add(f, name, buf_string(&text), text.len, r);
	buf_free(&text);
	return result;
}

int
project_files_read_tar(
    struct project_files *f, int fd, struct report *r, struct err *e)
{
	struct archive *a = archive_read_new();
	struct archive_entry *entry;
	size_t total = 0, members = 0;
	int got, result = 0;

	archive_read_support_format_tar(a);
	if (archive_read_open_fd(a, fd, 16384) != ARCHIVE_OK)
		result = err_set(e, "the bundle is not a tar");
	while (result == 0 &&
	    (got = archive_read_next_header(a, &entry)) != ARCHIVE_EOF) {
		if (got < ARCHIVE_WARN)
			result = err_set(e, "the bundle is not a tar");
		else if (++members > MEMBERS_MAX)
			result = err_set(e, "the bundle has too many members");
		else
			result = take_member(f, a, entry, &total, r, e);
	}
	archive_read_free(a);
	if (result == 0 && members == 0)
		result = err_set(e, "the bundle is empty");
	project_files_sort(f);
	return result;
}

/* Here and not beside its sisters: who reads no tar needs no libarchive. */
int
project_read_fd(int fd, struct plant **plant, struct report *problems)
{
	struct project_files files = { 0 };
	struct err e = { "" };
	int got = project_files_read_tar(&files, fd, problems, &e);

	return read_and_free(&files, got, &e, "-", plant, problems);
}
