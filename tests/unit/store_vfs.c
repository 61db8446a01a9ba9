/* SPDX-License-Identifier: ISC */
#include "store_vfs.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fd.h"
#include "base/mem.h"
#include "base/vec.h"

struct range {
	sqlite3_int64 at;
	int len;
};

/* One file of the disk, by name; outlives the connections. */
struct image {
	char *name;
	struct buf durable;
	VEC(struct range) dirty;
};

struct disk_file {
	sqlite3_file base;
	struct image *image;	/* NULL: not of interest */
	sqlite3_file *real;	/* follows in memory */
};

static struct {
	pthread_mutex_t lock;
	VEC(struct image *) images;
	int syncs, fail_sync, write_code;
	sqlite3_vfs *real;
	sqlite3_vfs vfs;
} disk = { .lock = PTHREAD_MUTEX_INITIALIZER };

#define REAL(f) (((struct disk_file *)(f))->real)

static int
disk_close(sqlite3_file *f)
{
	return REAL(f)->pMethods->xClose(REAL(f));
}

static int
disk_read(sqlite3_file *f, void *dst, int n, sqlite3_int64 at)
{
	return REAL(f)->pMethods->xRead(REAL(f), dst, n, at);
}

static int
disk_write(sqlite3_file *f, const void *src, int n, sqlite3_int64 at)
{
	struct image *image = ((struct disk_file *)f)->image;
	int rc;

	pthread_mutex_lock(&disk.lock);
	rc = disk.write_code;
	if (rc == 0)
		rc = REAL(f)->pMethods->xWrite(REAL(f), src, n, at);
	if (rc == 0 && image != NULL)
		vec_push(&image->dirty, ((struct range){ at, n }));
	pthread_mutex_unlock(&disk.lock);
	return rc;
}

static void
durable_cut(struct image *image, size_t size)
{
	if (image->durable.len > size)
		image->durable.len = size;
}

static int
disk_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	struct image *image = ((struct disk_file *)f)->image;

	pthread_mutex_lock(&disk.lock);
	if (image != NULL)
		durable_cut(image, (size_t)size);
	pthread_mutex_unlock(&disk.lock);
	return REAL(f)->pMethods->xTruncate(REAL(f), size);
}

static void
make_durable(struct image *image, sqlite3_file *real)
{
	struct range *r;
	size_t i;
	char *bytes;

	for (i = 0; i < image->dirty.n; i++) {
		r = &image->dirty.at[i];
		while (image->durable.len < (size_t)(r->at + r->len))
			buf_char(&image->durable, '\0');
		bytes = image->durable.at + r->at;
		if (real->pMethods->xRead(real, bytes, r->len, r->at) != 0)
			continue;	/* cut off meanwhile */
	}
}

static int
disk_sync(sqlite3_file *f, int flags)
{
	struct image *image = ((struct disk_file *)f)->image;
	int rc = SQLITE_OK;

	pthread_mutex_lock(&disk.lock);
	disk.syncs++;
	if (disk.fail_sync > 0 && --disk.fail_sync == 0)
		rc = SQLITE_IOERR_FSYNC;
	else if (image != NULL)
		make_durable(image, REAL(f));
	if (image != NULL)
		vec_clear(&image->dirty);
	pthread_mutex_unlock(&disk.lock);
	(void)flags;
	return rc;
}

static int
disk_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return REAL(f)->pMethods->xFileSize(REAL(f), size);
}

static int
disk_lock(sqlite3_file *f, int level)
{
	return REAL(f)->pMethods->xLock(REAL(f), level);
}

static int
disk_unlock(sqlite3_file *f, int level)
{
	return REAL(f)->pMethods->xUnlock(REAL(f), level);
}

static int
disk_reserved(sqlite3_file *f, int *held)
{
	return REAL(f)->pMethods->xCheckReservedLock(REAL(f), held);
}

static int
disk_control(sqlite3_file *f, int op, void *arg)
{
	return REAL(f)->pMethods->xFileControl(REAL(f), op, arg);
}

static int
disk_sector(sqlite3_file *f)
{
	return REAL(f)->pMethods->xSectorSize(REAL(f));
}

static int
disk_traits(sqlite3_file *f)
{
	return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f));
}

static int
disk_shm_map(
    sqlite3_file *f, int page, int size, int extend, void volatile **p)
{
	return REAL(f)->pMethods->xShmMap(REAL(f), page, size, extend, p);
}

static int
disk_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return REAL(f)->pMethods->xShmLock(REAL(f), at, n, flags);
}

static void
disk_shm_barrier(sqlite3_file *f)
{
	REAL(f)->pMethods->xShmBarrier(REAL(f));
}

static int
disk_shm_unmap(sqlite3_file *f, int drop)
{
	return REAL(f)->pMethods->xShmUnmap(REAL(f), drop);
}

static const sqlite3_io_methods methods = { .iVersion = 2,
	.xClose = disk_close,
	.xRead = disk_read,
	.xWrite = disk_write,
	.xTruncate = disk_truncate,
	.xSync = disk_sync,
	.xFileSize = disk_size,
	.xLock = disk_lock,
	.xUnlock = disk_unlock,
	.xCheckReservedLock = disk_reserved,
	.xFileControl = disk_control,
	.xSectorSize = disk_sector,
	.xDeviceCharacteristics = disk_traits,
	.xShmMap = disk_shm_map,
	.xShmLock = disk_shm_lock,
	.xShmBarrier = disk_shm_barrier,
	.xShmUnmap = disk_shm_unmap };

/* The image of a file; a file that was there before is durable. */
static struct image *
image_of(const char *name)
{
	struct image *image;
	size_t i;

	for (i = 0; i < disk.images.n; i++)
		if (strcmp(disk.images.at[i]->name, name) == 0)
			return disk.images.at[i];
	image = xcalloc(1, sizeof(*image));
	image->name = xstrdup(name);
	buf_read_file(&image->durable, name, 64 << 20);
	vec_push(&disk.images, image);
	return image;
}

static int
disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
    int *out)
{
	struct disk_file *f = (struct disk_file *)file;
	int rc;

	(void)vfs;
	memset(f, 0, sizeof(*f));
	f->real = (sqlite3_file *)(f + 1);
	rc = disk.real->xOpen(disk.real, name, f->real, flags, out);
	if (rc != SQLITE_OK)
		return rc;
	f->base.pMethods = &methods;
	pthread_mutex_lock(&disk.lock);
	if (name != NULL && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
		f->image = image_of(name);
	pthread_mutex_unlock(&disk.lock);
	return SQLITE_OK;
}

static int
disk_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	size_t i;

	(void)vfs;
	pthread_mutex_lock(&disk.lock);
	for (i = 0; i < disk.images.n; i++)
		if (strcmp(disk.images.at[i]->name, name) == 0)
			durable_cut(disk.images.at[i], 0);
	pthread_mutex_unlock(&disk.lock);
	return disk.real->xDelete(disk.real, name, sync);
}

void
disk_install(void)
{
	disk.real = sqlite3_vfs_find(NULL);
	disk.vfs = *disk.real;
	disk.vfs.zName = "disk";
	disk.vfs.szOsFile += (int)sizeof(struct disk_file);
	disk.vfs.xOpen = disk_open;
	disk.vfs.xDelete = disk_delete;
	assert(sqlite3_vfs_register(&disk.vfs, 1) == SQLITE_OK);
}

void
disk_reset(void)
{
	size_t i;

	pthread_mutex_lock(&disk.lock);
	for (i = 0; i < disk.images.n; i++) {
		free(disk.images.at[i]->name);
		buf_free(&disk.images.at[i]->durable);
		vec_free(&disk.images.at[i]->dirty);
		free(disk.images.at[i]);
	}
	vec_free(&disk.images);
	disk.syncs = disk.fail_sync = disk.write_code = 0;
	pthread_mutex_unlock(&disk.lock);
}

void
disk_fail_sync(int n)
{
	pthread_mutex_lock(&disk.lock);
	disk.fail_sync = n;
	pthread_mutex_unlock(&disk.lock);
}

void
disk_fail_writes(int code)
{
	pthread_mutex_lock(&disk.lock);
	disk.write_code = code;
	pthread_mutex_unlock(&disk.lock);
}

int
disk_syncs(void)
{
	int n;

	pthread_mutex_lock(&disk.lock);
	n = disk.syncs;
	pthread_mutex_unlock(&disk.lock);
	return n;
}

void
disk_power_cut(const char *from, const char *to)
{
	size_t len = strlen(from);
	char path[256];
	size_t i;

	pthread_mutex_lock(&disk.lock);
	for (i = 0; i < disk.images.n; i++) {
		const struct image *image = disk.images.at[i];

		if (strncmp(image->name, from, len) != 0 ||
		    image->name[len] != '/')
			continue;
		snprintf(path, sizeof(path), "%s%s", to, image->name + len);
		if (fd_write_file(path, image->durable.at, image->durable.len,
			0600, NULL) == -1)
			abort();
	}
	pthread_mutex_unlock(&disk.lock);
}
