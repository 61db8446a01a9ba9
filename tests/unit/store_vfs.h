/* SPDX-License-Identifier: ISC */
/*
 * store_vfs.h - a disk that fails when told to.
 *
 * Stands between SQLite and the file system for all connections opened after
 * disk_install(). It knows for each file what a power cut would leave: what
 * was written and then synced. A failed sync forgets, as the kernel does:
 * what was written stays readable, and no later sync makes it durable.
 */
#ifndef TESTS_STORE_VFS_H
#define TESTS_STORE_VFS_H

void disk_install(void);
void disk_reset(void);		/* no faults, nothing known */
/* The nth sync from now fails, once; 0: none. */
void disk_fail_sync(int n);
/* Every write fails with this SQLite code; 0: none. */
void disk_fail_writes(int code);
int disk_syncs(void);		/* since disk_reset() */
/* Writes into to what the files in from would be after a power cut now. */
void disk_power_cut(const char *from, const char *to);

#endif
