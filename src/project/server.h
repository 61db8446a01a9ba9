/* SPDX-License-Identifier: ISC */
/*
 * server.h - /etc/sightglass/sightglass.conf: this machine, not the plant.
 *
 * Every key has a default; a file may be empty. What is printed reads back to
 * the same configuration.
 */
#ifndef PROJECT_SERVER_H
#define PROJECT_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "model/plant.h"
#include "project/report.h"

#define SERVER_LISTEN_MAX 16

enum server_log { SERVER_LOG_STDERR, SERVER_LOG_SYSLOG };

/* Addresses here instead of those of the project's line of that name. */
struct server_line {
	const char *name;
	struct path to[LINE_PATHS];
	unsigned n_to;
};

struct server_config {
	struct arena *arena;
	const char *state;	/* databases, projects, keys */
	const char *run;	/* core.sock, pid, ports */
	const char *users[3];	/* core, field, terminals */
	const char *programs;	/* folder of field, sshd, console */
	const char *listen[SERVER_LISTEN_MAX];	/* HOST:PORT of the SSH front */
	unsigned n_listen;
	struct {
		struct span login_grace;
		unsigned tries, sessions, sessions_per_user;
		bool passwords;
	} ssh;
	struct {
		enum server_log to;
		enum log_level level;
	} log;
	unsigned restarts;	/* of one child in 60 s */
	struct {
		struct span keep;
		int64_t size_mb;
	} history;
	struct server_line *lines;
	unsigned n_lines;
};

/* What holds without a file. */
void server_config_init(struct server_config *c);
void server_config_fini(struct server_config *c);
/*
 * Reads the file into c (initialised here). 0, or -1 with everything wrong in
 * r; then c holds the defaults for what is wrong and is not to be used.
 */
int server_config_read(
    struct server_config *c, const char *file, struct report *r);
int server_config_parse(struct server_config *c, const char *file,
    const char *text, size_t len, struct report *r);
/* As a file that reads back to the same. */
void server_config_print(const struct server_config *c, struct buf *out);

#endif
