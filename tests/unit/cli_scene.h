/* SPDX-License-Identifier: ISC */
/*
 * cli_scene.h - the command line on a stage: a core of ours, a thread at the
 * other end of its socket that notes what it is told and answers by a script,
 * and what the command line printed.
 */
#ifndef CLI_SCENE_H
#define CLI_SCENE_H

#include <pthread.h>

#include "base/buf.h"
#include "cli/app.h"
#include "wire/message.h"

/* The core's end. */
struct core {
	int listener, fd;
	void (*script)(struct core *);
	struct buf log;		/* what it was told, a line each */
	uint32_t id;		/* of the last CALL */
	uint16_t version;
	size_t heard;		/* bytes of the last message */
	uint8_t out[FD_MESSAGE_MAX], in[FD_MESSAGE_MAX];
};

/* One run of the command line and everything about it. */
struct scene {
	struct core core;
	struct app app;
	pthread_t thread;
	char out_path[32], err_path[32];
	struct buf out, err;
	int code;
};

/* The core says and hears, for its script. */
struct put core_say(struct core *c, enum message type);
void core_sent(struct core *c, const struct put *p);
/* Takes and notes the next message; 0 when the client has gone. */
enum message core_hear(struct core *c);
void core_greet(struct core *c, uint16_t version);
void core_welcome(struct core *c);
void core_end(struct core *c, unsigned code, const char *text);
void core_rows(struct core *c, unsigned n_rows, unsigned n_cells,
    const struct cell *cells);
/* The session up to its first call. */
void core_begin(struct core *c);
/* Whole scripts: gone before the first word; an answer without rows. */
void core_leaves(struct core *c);
void core_ends_well(struct core *c);

/* A remote session until the caller says otherwise. */
void scene_prepare(struct scene *s, void (*script)(struct core *));
void scene_input(struct scene *s, const char *bytes, size_t n);
void scene_run(struct scene *s, const char *line);
void scene_finish(struct scene *s);
/* Runs a line as a remote session and compares all that can be seen; log
 * may be NULL. */
void scene_expect(void (*script)(struct core *), const char *line, int code,
    const char *out, const char *err, const char *log);

#endif
