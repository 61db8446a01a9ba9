/* SPDX-License-Identifier: ISC */
/*
 * request.h - what a client asked for on its session channel, checked where
 * it came in: everything here is safe to stand in an environment, an
 * argument list or a log.
 */
#ifndef SSH_REQUEST_H
#define SSH_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>

#include "base/err.h"
#include "base/mem.h"
#include "verb/words.h"

enum request_kind { REQUEST_NONE, REQUEST_SHELL, REQUEST_EXEC };

/* The variables that a client may send; X(member, name). */
#define REQUEST_ENVIRONMENT(X)                                                 \
	X(lang, "LANG")                                                        \
	X(lc_all, "LC_ALL")                                                    \
	X(lc_ctype, "LC_CTYPE")                                                \
	X(no_color, "NO_COLOR")

#define REQUEST_VALUE 64

struct request {
	enum request_kind kind;
	bool pty;
	char term[33];
	struct winsize size;
	char from[64];		/* the client's address */
	char language[9];	/* of the person, as the core says; or "" */
#define X(member, name) char member[REQUEST_VALUE];
	REQUEST_ENVIRONMENT(X)
#undef X
	struct words words;	/* REQUEST_EXEC */
};

/* It is the console that is wanted: without a word, or by its name. */
bool request_is_console(const struct request *r);
/* A login name as the server gives them: [a-z0-9._-], 1 to 32. */
bool request_user_ok(const char *user);
/* Anything but [A-Za-z0-9._+-]{1,32} is a vt100. */
void request_term(struct request *r, const char *term);
/* Whatever is claimed becomes 1x1 to 500x200; 0 is 80 and 24. */
struct winsize request_size(int columns, int rows);
/* false: not a variable that we take, or not a value that we trust. */
bool request_env(struct request *r, const char *name, const char *value);

/* Between the two processes of one connection: as bytes of one message.
 * -1 if it is too long, or is not one or not one that passes the checks
 * above (e). */
int request_pack(const struct request *r, void *room, size_t cap);
int request_unpack(
    struct request *r, const void *bytes, size_t n, struct err *e);
void request_fini(struct request *r);

/* What the program is started with; the lists are ended by NULL and live in
 * the arena, as does the path. */
char *request_path(
    const struct request *r, struct arena *a, const char *programs);
char **request_argv(
    const struct request *r, struct arena *a, const char *socket);
char **request_environ(const struct request *r, struct arena *a);

#endif
