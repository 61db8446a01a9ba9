/* SPDX-License-Identifier: ISC */
/*
 * hostkey.h - the server's identity: one ed25519 key in a file, made at the
 * first start, with FILE.pub beside it for those who want to know it before
 * they connect.
 */
#ifndef SSH_HOSTKEY_H
#define SSH_HOSTKEY_H

#include <libssh/libssh.h>
#include <stdbool.h>

#include "base/err.h"

#define HOSTKEY_PRINT 64

/* The key, or NULL; print[HOSTKEY_PRINT] is its fingerprint. A file that
 * others may read is refused. */
ssh_key hostkey_open(const char *path, char *print, struct err *e);
/* "SHA256:..." of any key; false if it has none. */
bool hostkey_print(const ssh_key key, char print[HOSTKEY_PRINT]);

#endif
