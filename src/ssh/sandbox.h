/* SPDX-License-Identifier: ISC */
/*
 * sandbox.h - what a talker may still do: speak on the descriptors that it
 * has, receive a few more, signal its one program, and end. A system call
 * that is not on the list ends the process.
 */
#ifndef SSH_SANDBOX_H
#define SSH_SANDBOX_H

#include <sys/types.h>

#include "base/err.h"

/* Limits of memory and descriptors, then the filter (if it was built in).
 * program: the process group that it may signal. */
int sandbox_enter(pid_t program, struct err *e);

#endif
