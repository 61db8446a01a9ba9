/* SPDX-License-Identifier: ISC */
/* output.h - what leaves the program: results and messages. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "cli/app.h"

/* "sightglass: TEXT", cleaned, on err_fd. */
void complain(struct app *app, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The same with what the core says, in the language of this program. */
void complain_said(struct app *app, const char *text);
/* Text of ours, lines and all, on err_fd. */
void output_message(struct app *app, const char *text);

/* The writer for the verb's rows, as the options want them. */
struct writer *output_writer(struct app *app);
/*
 * Writes what has gathered in app->out. -1 if it cannot be written; if nobody
 * reads any more, reader_gone is set and all further output is dropped, else
 * it has been said why.
 */
int output_drain(struct app *app);

#endif
