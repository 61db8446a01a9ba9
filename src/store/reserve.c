/* SPDX-License-Identifier: ISC */
#include "store/reserve.h"

#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/fd.h"
#include "base/mem.h"

#define MAGIC "SGRESRV1"
#define SIZE ((off_t)RESERVE_SLOTS * RESERVE_SLOT)

/* A slot: this, then len bytes: each cell as length, ':', text. */
struct head {
	char magic[8];
	uint64_t seq;
	uint64_t len;
	struct digest digest;	/* of seq and text */
};

static struct digest
digest_slot(uint64_t seq, const char *text, size_t len)
{
	struct digest_run run;

	digest_begin(&run);
	digest_feed(&run, &seq, sizeof(seq));
	digest_feed(&run, text, len);
	return digest_end(&run);
}

static off_t
slot_at(int slot)
{
	return (off_t)slot * RESERVE_SLOT;
}

/* Zeros in full, not a hole: later writes must need no new room. */
static int
fill(int fd, struct err *e)
{
	char *zeros = xcalloc(1, RESERVE_SLOT);
	int rc = 0, slot;

	for (slot = 0; rc == 0 && slot < RESERVE_SLOTS; slot++)
		if (pwrite(fd, zeros, RESERVE_SLOT, slot_at(slot)) !=
		    RESERVE_SLOT)
			rc = err_sys(e, "record.reserve");
	if (rc == 0 && fsync(fd) == -1)
		rc = err_sys(e, "record.reserve");
	free(zeros);
	return rc;
}

static int
sync_directory(const char *path, struct err *e)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = 0;

	if (fd == -1 || fsync(fd) == -1)
		rc = err_sys(e, "record.reserve");
	fd_close(&fd);
	free(copy);
	return rc;
}

/* The text of the row in a slot, or NULL if it is free or torn. */
static char *
slot_read(int fd, int slot, uint64_t *seq, size_t *len)
{
	struct digest d;
	struct head h;
	char *text;

	if (pread(fd, &h, sizeof(h), slot_at(slot)) != sizeof(h) ||
	    memcmp(h.magic, MAGIC, sizeof(h.magic)) != 0 ||
	    h.len > RESERVE_SLOT - sizeof(h))
		return NULL;
	text = xcalloc(1, h.len + 1);
	if (pread(fd, text, h.len, slot_at(slot) + (off_t)sizeof(h)) ==
	    (ssize_t)h.len) {
		d = digest_slot(h.seq, text, h.len);
		if (digest_same(&d, &h.digest)) {
			*seq = h.seq;
			*len = h.len;
			return text;
		}
	}
	free(text);
	return NULL;
}

int
reserve_open(struct reserve *v, const char *path, struct err *e)
{
	struct stat st;
	size_t len;
	char *text;
	int slot;

	memset(v, 0, sizeof(*v));
	v->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (v->fd == -1)
		return err_sys(e, "record.reserve");
	if (fstat(v->fd, &st) == -1)
		goto failed;
	if (st.st_size < SIZE &&
	    (fill(v->fd, e) == -1 || sync_directory(path, e) == -1)) {
		reserve_close(v);
		return -1;
	}
	for (slot = 0; slot < RESERVE_SLOTS; slot++) {
		text = slot_read(v->fd, slot, &v->seq[slot], &len);
		free(text);
	}
	return 0;
failed:
	err_sys(e, "record.reserve");
	reserve_close(v);
	return -1;
}

void
reserve_close(struct reserve *v)
{
	fd_close(&v->fd);
}

int
reserve_free_slots(const struct reserve *v)
{
	int slot, n = 0;

	for (slot = 0; slot < RESERVE_SLOTS; slot++)
		n += v->seq[slot] == 0;
	return n;
}

static void
row_print(struct buf *b, const struct cell *row)
{
	char number[24];
	const char *text;
	int i;

	for (i = 0; i < AUDIT_CELLS; i++) {
		if (row[i].type == CELL_TEXT)
			text = row[i].as.text;
		else {
			snprintf(number, sizeof(number), "%" PRId64,
			    row[i].as.sint);
			text = number;
		}
		buf_printf(b, "%zu:%s", strlen(text), text);
	}
}

static int
slot_write(struct reserve *v, int slot, uint64_t seq, const struct buf *text)
{
	struct head h = { .seq = seq, .len = text->len };
	struct buf out = { 0 };
	int rc = 0;

	memcpy(h.magic, MAGIC, sizeof(h.magic));
	h.digest = digest_slot(seq, buf_string(text), text->len);
	buf_add(&out, &h, sizeof(h));
	buf_add(&out, buf_string(text), text->len);
	if (out.len > RESERVE_SLOT ||
	    pwrite(v->fd, out.at, out.len, slot_at(slot)) !=
		(ssize_t)out.len ||
	    fdatasync(v->fd) == -1)
		rc = -1;
	buf_free(&out);
	return rc;
}

int
reserve_put(struct reserve *v, const struct cell *row)
{
	uint64_t seq = (uint64_t)row[AUDIT_SEQ].as.sint;
	struct buf text = { 0 };
	int slot, rc;

	for (slot = 0; slot < RESERVE_SLOTS; slot++)
		if (v->seq[slot] == seq)
			return 0;
	for (slot = 0; slot < RESERVE_SLOTS && v->seq[slot] != 0; slot++)
		continue;
	if (slot == RESERVE_SLOTS)
		return -1;
	row_print(&text, row);
	rc = slot_write(v, slot, seq, &text);
	if (rc == 0)
		v->seq[slot] = seq;
	v->lost = rc == -1;
	buf_free(&text);
	return rc;
}

void
reserve_drop(struct reserve *v, uint64_t upto)
{
	static const struct head none;
	bool dropped = false;
	int slot;

	for (slot = 0; slot < RESERVE_SLOTS; slot++) {
		if (v->seq[slot] == 0 || v->seq[slot] > upto)
			continue;
		if (pwrite(v->fd, &none, sizeof(none), slot_at(slot)) !=
		    sizeof(none))
			continue;
		v->seq[slot] = 0;
		dropped = true;
	}
	if (dropped && fdatasync(v->fd) == -1)
		v->lost = true;
}

static bool
row_parse(struct cell *row, char *text, size_t len)
{
	char *end, *p = text;
	size_t n;
	int i;

	for (i = 0; i < AUDIT_CELLS; i++) {
		n = strtoul(p, &end, 10);
		if (*end != ':' || n > len - (size_t)(end + 1 - text))
			return false;
		/* the length before it is read: its colon may become the NUL
		 * of the text in front */
		*p = '\0';
		row[i] = (struct cell){ CELL_TEXT, { .text = end + 1 } };
		p = end + 1 + n;
	}
	if ((size_t)(p - text) != len)
		return false;
	for (i = 0; i < AUDIT_CELLS; i++)
		if (i == AUDIT_SEQ || i == AUDIT_TIME || i == AUDIT_MONO ||
		    i == AUDIT_COMMAND)
			row[i] = cell_int(strtoll(row[i].as.text, NULL, 10));
	return true;
}

static int
by_seq(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int
read_seq(struct reserve *v, uint64_t wanted,
    void (*fn)(void *arg, const struct cell *row), void *arg, struct err *e)
{
	struct cell row[AUDIT_CELLS];
	uint64_t seq;
	size_t len;
	char *text;
	int slot, rc = 0;

	for (slot = 0; v->seq[slot] != wanted; slot++)
		continue;
	text = slot_read(v->fd, slot, &seq, &len);
	if (text == NULL || !row_parse(row, text, len))
		rc = err_set(e, "record.reserve: slot %d is damaged", slot);
	else
		fn(arg, row);
	free(text);
	return rc;
}

int
reserve_read(struct reserve *v, uint64_t after,
    void (*fn)(void *arg, const struct cell *row), void *arg, struct err *e)
{
	uint64_t seqs[RESERVE_SLOTS];
	int i, n = 0;

	for (i = 0; i < RESERVE_SLOTS; i++)
		if (v->seq[i] > after)
			seqs[n++] = v->seq[i];
	qsort(seqs, (size_t)n, sizeof(seqs[0]), by_seq);
	for (i = 0; i < n; i++)
		if (read_seq(v, seqs[i], fn, arg, e) == -1)
			return -1;
	return 0;
}

uint64_t
reserve_highest(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), slot;
	uint64_t highest = 0, seq;
	size_t len;
	char *text;

	for (slot = 0; fd != -1 && slot < RESERVE_SLOTS; slot++) {
		text = slot_read(fd, slot, &seq, &len);
		if (text != NULL && seq > highest)
			highest = seq;
		free(text);
	}
	fd_close(&fd);
	return highest;
}
