/* SPDX-License-Identifier: ISC */
/*
 * record_import.h - a past for a record that has none, while no server runs.
 *
 * All of it is one transaction: after record_import_end() it is there, before
 * that nothing of it is, however this process ends. Numbers and the audit's
 * chain are given out as for a server, which goes on behind them. Whoever
 * brings it in marks each row as what it is (struct record_event.flags).
 */
#ifndef STORE_RECORD_IMPORT_H
#define STORE_RECORD_IMPORT_H

#include "store/batch.h"

struct record_import;

/* Opens dir's record as record_open() does. NULL and why: also if anything
 * was recorded in it, for a past is not mixed with what was lived through. */
struct record_import *record_import_begin(const char *dir, struct err *e);
/* Where rows go (batch.h); ask again after each flush. */
struct record_batch *record_import_batch(struct record_import *im);
/* What the batch has goes to the disk, so that memory does not grow. */
int record_import_flush(struct record_import *im, struct err *e);
/* Keeps it all, and closes; im is gone either way. */
int record_import_end(struct record_import *im, struct err *e);
/* Keeps nothing. NULL is fine. */
void record_import_drop(struct record_import *im);

#endif
