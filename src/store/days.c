/* SPDX-License-Identifier: ISC */
/* The day files that are there, their size, and how they go. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"
#include "store/dayfile.h"

static const char *const parts[] = { "", "-wal", "-shm", "-journal" };
#define PARTS (sizeof(parts) / sizeof(parts[0]))

static void
part_path(char dst[4200], const char *dir, int32_t day, size_t part)
{
	char name[DAYFILE_NAME];

	snprintf(dst, 4200, "%s/%s%s", dir, day_name(name, day), parts[part]);
}

int64_t
day_bytes(const char *dir, int32_t day)
{
	char path[4200];
	struct stat st;
	int64_t bytes = 0;
	size_t i;

	for (i = 0; i < PARTS; i++) {
		part_path(path, dir, day, i);
		if (stat(path, &st) == 0)
			bytes += st.st_size;
	}
	return bytes;
}

void
day_remove(const char *dir, int32_t day)
{
	char path[4200];
	size_t i;

	for (i = 0; i < PARTS; i++) {
		part_path(path, dir, day, i);
		unlink(path);
	}
}

static int
compare_days(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return x < y ? -1 : x > y;
}

int32_t *
days_list(const char *dir, size_t *n, int64_t *bytes)
{
	VEC(int32_t) all = { 0 };
	DIR *d = opendir(dir);
	struct dirent *entry;
	int32_t day;
	size_t i;

	while (d != NULL && (entry = readdir(d)) != NULL) {
		day = day_parse(entry->d_name);
		if (day >= 0)
			vec_push(&all, day);
	}
	if (d != NULL)
		closedir(d);
	if (all.n > 0)
		qsort(all.at, all.n, sizeof(*all.at), compare_days);
	if (bytes != NULL)
		*bytes = 0;
	for (i = 0; bytes != NULL && i < all.n; i++)
		*bytes += day_bytes(dir, all.at[i]);
	*n = all.n;
	return all.at;
}
