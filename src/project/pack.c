/* SPDX-License-Identifier: ISC */
#include "project/pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>
#include <sys/stat.h>

static la_ssize_t
add_bytes(struct archive *a, void *arg, const void *bytes, size_t n)
{
	(void)a;
	buf_add(arg, bytes, n);
	return (la_ssize_t)n;
}

static int
add_file(struct archive *a, const struct project_file *file)
{
	struct archive_entry *entry = archive_entry_new();
	bool ok;

	archive_entry_set_pathname(entry, file->name);
	archive_entry_set_filetype(entry, S_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)file->len);
	ok = archive_write_header(a, entry) == ARCHIVE_OK &&
	    archive_write_data(a, file->text, file->len) ==
		(la_ssize_t)file->len;
	archive_entry_free(entry);
	return ok ? 0 : -1;
}

int
project_pack(const struct project_files *f, struct buf *out, struct err *e)
{
	struct archive *a = archive_write_new();
	int rc = 0;
	size_t i;

	archive_write_set_format_ustar(a);
	if (archive_write_open(a, out, NULL, add_bytes, NULL) != ARCHIVE_OK)
		rc = -1;
	for (i = 0; rc == 0 && i < f->all.n; i++)
		rc = add_file(a, &f->all.at[i]);
	if (rc == 0 && archive_write_close(a) != ARCHIVE_OK)
		rc = -1;
	if (rc < 0)
		err_set(e, "the project cannot be packed: %s",
		    archive_error_string(a));
	archive_write_free(a);
	return rc;
}
