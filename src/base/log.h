/* SPDX-License-Identifier: ISC */
/*
 * log.h - what a program says about itself; never what it says to operators.
 *
 * One failure, one line, written by the place that decides. Lines are clean
 * (text.h) and go to standard error, in one write each:
 *
 *	program[pid]: level: text	a terminal, a file
 *	<6>program: text		the journal, if it is what reads it
 *	<30>time program[pid]: text	a syslog daemon; one message, no end of line
 *
 * Standard error is passed on to children, and with it what it is. errno is
 * kept. Any thread.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

#include "base/err.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_NOTE, LOG_TRACE };

void log_open(const char *program, enum log_level most);
bool log_level_parse(enum log_level *level, const char *name);
const char *log_level_name(enum log_level level);
/* From now on standard error is the syslog daemon of this machine, here and in
 * children, and a daemon that was started anew is found again. -1 with e: it
 * stays what it was. */
int log_to_syslog(struct err *e);
/* error: needs somebody; warn: came out of it; note: normal and rare. */
void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_trace(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Says why and ends the process with status 1. */
_Noreturn void fatal(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));

#endif
