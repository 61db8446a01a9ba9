/* SPDX-License-Identifier: ISC */
/*
 * cage.h - what a process that reads bytes from elsewhere gives up.
 *
 * The lines to the PLCs and the consoles need descriptors, memory, threads, and
 * files to read or terminals to open, and nothing that makes, changes or removes
 * files, starts programs, or touches other processes or the kernel. Under a
 * service manager the unit says so too (conf/sightglass.service.in); this
 * holds without one.
 */
#ifndef BASE_CAGE_H
#define BASE_CAGE_H

#include "base/err.h"

/* Whatever is refused fails with EPERM, for good, also in threads and for what
 * is refused by mistake. Before the first thread, after PR_SET_NO_NEW_PRIVS. A
 * kernel without such filters, or a sanitizer, is no error. */
int cage_enter(struct err *e);

#endif
