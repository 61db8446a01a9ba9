/* SPDX-License-Identifier: ISC */
/*
 * loop.h - the core as a process: libuv tells it which descriptor is
 * readable and when its time has come; the parent's channel is descriptor 3.
 */
#ifndef SERVER_LOOP_H
#define SERVER_LOOP_H

#include "base/err.h"
#include "project/server.h"

#define LOOP_PARENT 3

/* Runs until the parent says stop or closes. The exit status. */
int loop_run(const struct server_config *config);

#endif
