/* SPDX-License-Identifier: ISC */
/*
 * parent.h - sightglassd's first process: holds the lock and the listening
 * sockets, starts, restarts and counts the children, speaks to the service
 * manager. It holds no plant state and parses nothing that comes from a
 * network, a peer or a project.
 */
#ifndef SERVER_PARENT_H
#define SERVER_PARENT_H

#include <stdbool.h>

#include "base/err.h"
#include "project/server.h"

struct parent_options {
	const struct server_config *config;
	const char *config_file;	/* given to the core */
	const char *self;		/* this program, for the core */
	bool allow_root, no_sandbox;
};

/* Runs until SIGTERM or SIGINT; the exit status, or -1 with e when it could
 * not start. */
int parent_run(const struct parent_options *o, struct err *e);

#endif
