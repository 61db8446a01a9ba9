/* SPDX-License-Identifier: ISC */
/*
 * app.h - one run of `sightglass VERB ...`.
 *
 * Parses the words, asks the core over the wire with the caller's rights, page
 * by page, prints what it answers. Results go to out_fd, messages to err_fd.
 * The same words give the same bytes and the same exit code on the server's
 * machine and over ssh; over ssh descriptor 3 already is a session, and no
 * file of the server's machine is read.
 *
 * Nothing is interpreted here: values travel as they were typed, and whether
 * something is allowed the core decides.
 */
#ifndef CLI_APP_H
#define CLI_APP_H

#include "verb/request.h"
#include "wire/client.h"

#define APP_ROOM (32 * 1024)	/* output kept at most before it is written */

struct app {
	/* set by the caller */
	int in_fd, out_fd, err_fd;
	int cancel_fd;		/* readable: the user wants to stop; -1: none */
	int session_fd;		/* a session's descriptor; -1: connect */
	bool remote;		/* the caller sits elsewhere */
	bool colour;		/* out_fd is a terminal that likes it */
	bool in_is_terminal;
	const char *tty, *term;	/* where the user sits; or "" */

	/* used while it runs */
	struct request request;
	struct client *client;
	struct welcome welcome;	/* whose session it is */
	bool plain;		/* a program reads: texts in one language */
	struct buf out;
	struct buf columns;	/* if the words say which; else the verb's */
	struct writer *writer;	/* NULL until there is something to print */
	char secrets[SECRETS][WIRE_SECRET + 1];	/* for the call to come */
	bool secret_lines;	/* from standard input, even if a terminal */
	bool reader_gone;	/* out_fd was closed at its other end */
	unsigned long rows;	/* printed */
	struct wall since, until;	/* 0: not asked for */
};

/* Runs the words behind the program's name; returns the exit code. */
int app_run(struct app *app, const char *const *words, size_t n);

#endif
