/* SPDX-License-Identifier: ISC */
#include "store/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/text.h"
#include "base/when.h"
#include "store/copy.h"
#include "store/dayfile.h"

#define FORMAT "sightglass backup 1"

void
manifest_fini(struct manifest *m)
{
	size_t i;

	for (i = 0; i < m->lines.n; i++)
		free(m->lines.at[i].path);
	vec_free(&m->lines);
}

int
manifest_add(
    struct manifest *m, const char *dir, const char *path, struct err *e)
{
	struct manifest_line l;
	int fd = copy_open(dir, path, e), rc;

	if (fd < 0)
		return -1;
	rc = copy_digest(fd, path, l.digest, e);
	close(fd);
	if (rc < 0)
		return -1;
	l.path = xstrdup(path);
	vec_push(&m->lines, l);
	return 0;
}

static int
write_text(const char *dir, const char *name, struct buf *text, struct err *e)
{
	char *path = xasprintf("%s/%s", dir, name);
	int rc = fd_write_file(path, buf_string(text), text->len, 0600, e);

	free(path);
	buf_free(text);
	return rc;
}

int
manifest_write(
    struct manifest *m, const char *dir, struct wall now, struct err *e)
{
	struct buf about = { 0 }, all = { 0 };
	char time[WHEN_CAP];
	size_t i;

	buf_printf(&about, FORMAT "\ntime %s\nfiles %zu\n", when_utc(time, now),
	    m->lines.n);
	if (write_text(dir, "BACKUP", &about, e) < 0 ||
	    manifest_add(m, dir, "BACKUP", e) < 0)
		return -1;
	for (i = 0; i < m->lines.n; i++)
		buf_printf(&all, "%s  %s\n", m->lines.at[i].digest,
		    m->lines.at[i].path);
	return write_text(dir, "MANIFEST", &all, e);
}

/* Something of a state, and not above it. */
static bool
is_path(const char *path)
{
	static const char *const roots[] = { "projects/", "keys/" };
	const char *s;
	size_t i, len;

	for (s = path; *s != '\0'; s += len + (s[len] == '/')) {
		len = strcspn(s, "/");
		if (len == 0 || (s[0] == '.' && len <= 2 &&
				    (len == 1 || s[1] == '.')))
			return false;
	}
	if (!text_is_clean(path, strlen(path)))
		return false;
	if (strncmp(path, "history/", 8) == 0)
		return day_parse(path + 8) >= 0;
	for (i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (strncmp(path, roots[i], strlen(roots[i])) == 0)
			return path[strlen(roots[i])] != '\0';
	return strcmp(path, "record.db") == 0 || strcmp(path, "BACKUP") == 0;
}

/* "DIGEST  PATH"; the line is cut up. */
static int
take_line(struct manifest *m, char *text, struct err *e)
{
	struct manifest_line l;
	struct digest d;

	if (strlen(text) < DIGEST_HEX + 2 || text[DIGEST_HEX - 1] != ' ' ||
	    text[DIGEST_HEX] != ' ')
		return err_set(e, "MANIFEST: not a line of it: %.80s", text);
	text[DIGEST_HEX - 1] = '\0';
	if (!digest_parse(&d, text))
		return err_set(e, "MANIFEST: no digest: %.64s", text);
	if (!is_path(text + DIGEST_HEX + 1))
		return err_set(e, "MANIFEST: not a file of a state: %.80s",
		    text + DIGEST_HEX + 1);
	str_copy(l.digest, text, sizeof(l.digest));
	l.path = xstrdup(text + DIGEST_HEX + 1);
	vec_push(&m->lines, l);
	return 0;
}

static int
parse(struct manifest *m, struct buf *text, struct err *e)
{
	char *s = text->at, *end;

	if (text->len == 0 || memchr(text->at, '\0', text->len) != NULL)
		return err_set(e, "MANIFEST: empty or no text");
	for (; *s != '\0'; s = end) {
		end = strchr(s, '\n');
		if (end == NULL)
			return err_set(e, "MANIFEST: its last line is torn");
		*end++ = '\0';
		if (take_line(m, s, e) < 0)
			return -1;
	}
	return 0;
}

/* The format, and that no line is missing. */
static int
check_about(struct manifest *m, const char *dir, struct err *e)
{
	char *path = xasprintf("%s/BACKUP", dir);
	struct buf text = { 0 };
	size_t files;
	int n = 0, rc = buf_read_file(&text, path, 4096);

	free(path);
	if (rc == 0)
		n = sscanf(buf_string(&text),
		    FORMAT "\ntime %39s\nfiles %zu\n", m->made, &files);
	buf_free(&text);
	if (n != 2)
		return err_set(e, "BACKUP: not a backup of this format");
	if (files + 1 != m->lines.n)
		return err_set(e, "MANIFEST: has %zu files of %zu",
		    m->lines.n - 1, files);
	return 0;
}

static int
check_file(const struct manifest_line *l, const char *dir, struct err *e)
{
	char hex[DIGEST_HEX];
	int fd = copy_open(dir, l->path, e), rc;

	if (fd < 0)
		return -1;
	rc = copy_digest(fd, l->path, hex, e);
	close(fd);
	if (rc == 0 && strcmp(hex, l->digest) != 0)
		return err_set(e, "%s: damaged: its digest is not that of the "
		    "MANIFEST", l->path);
	return rc;
}

static int
add_size(struct manifest *m, const char *dir, const char *path, struct err *e)
{
	int fd = copy_open(dir, path, e);
	struct stat st = { 0 };

	if (fd < 0)
		return -1;
	fstat(fd, &st);
	close(fd);
	if (st.st_size > INT64_MAX - m->bytes)
		return err_set(e, "%s: too large", path);
	m->bytes += st.st_size;
	return 0;
}

int
manifest_read(struct manifest *m, const char *dir, struct err *e)
{
	char *path = xasprintf("%s/MANIFEST", dir);
	struct buf text = { 0 };
	struct digest d;
	size_t i;
	int rc = buf_read_file(&text, path, MANIFEST_BYTES_MAX);

	if (rc < 0)
		err_sys(e, "%s: no backup", path);
	free(path);
	d = digest_of(text.at, text.len);
	digest_hex(m->digest, &d);
	if (rc == 0)
		rc = parse(m, &text, e);
	buf_free(&text);
	for (i = 0; i < m->lines.n && rc == 0; i++)
		rc = add_size(m, dir, m->lines.at[i].path, e);
	return rc;
}

int
manifest_check(struct manifest *m, const char *dir, struct err *e)
{
	size_t i;

	for (i = 0; i < m->lines.n; i++)
		if (check_file(&m->lines.at[i], dir, e) < 0)
			return -1;
	return check_about(m, dir, e);
}
