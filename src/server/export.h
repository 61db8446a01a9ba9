/* SPDX-License-Identifier: ISC */
/*
 * export.h - the project in operation as a tar, with what people tuned
 * written back into its files (P21). Made by the thread of making.h.
 */
#ifndef SERVER_EXPORT_H
#define SERVER_EXPORT_H

#include "base/buf.h"
#include "base/err.h"
#include "model/plant.h"
#include "project/server.h"
#include "server/tunables.h"

/* One difference, apart from the core. */
struct export_edit {
	char name[PLANT_NAME_MAX + 1];
	uint8_t part;
	double now;
};

/* (any thread) The tar of projects/ID. What could not be written back is
 * named in left; the rest is there. */
int export_make(const struct server_config *k, const char *id,
    const struct plant *p, const struct export_edit *edits, size_t n,
    struct buf *tar, struct buf *left, struct err *e);

#endif
