/* SPDX-License-Identifier: ISC */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

static struct {
	char program[32];
	enum log_level most;
} self = { "sightglass", LOG_NOTE };

static const char *const names[] = { "error", "warning", "info", "debug" };

void
log_open(const char *program, enum log_level most)
{
	snprintf(self.program, sizeof(self.program), "%s", program);
	self.most = most;
}

bool
log_level_parse(enum log_level *level, const char *name)
{
	int i;

	for (i = 0; i < 4; i++)
		if (strcmp(name, names[i]) == 0) {
			*level = (enum log_level)i;
			return true;
		}
	return false;
}

static void __attribute__((format(printf, 2, 0)))
say(enum log_level level, const char *fmt, va_list ap)
{
	char text[1024], clean[1024], line[1200];
	int saved = errno, n;

	if (level > self.most)
		return;
	vsnprintf(text, sizeof(text), fmt, ap);
	text_clean(clean, sizeof(clean), text, strlen(text));
	n = snprintf(line, sizeof(line), "%s[%d]: %s: %s\n", self.program,
	    (int)getpid(), names[level], clean);
	/* one write, so that lines of several processes do not mix */
	if (n > 0 && write(STDERR_FILENO, line, (size_t)n) < 0) {
		/* nowhere to say it */
	}
	errno = saved;
}

#define SAY(level)                                                             \
	do {                                                                   \
		va_list ap;                                                    \
		va_start(ap, fmt);                                             \
		say(level, fmt, ap);                                           \
		va_end(ap);                                                    \
	} while (0)

void
log_error(const char *fmt, ...)
{
	SAY(LOG_ERROR);
}

void
log_warn(const char *fmt, ...)
{
	SAY(LOG_WARN);
}

void
log_note(const char *fmt, ...)
{
	SAY(LOG_NOTE);
}

void
log_trace(const char *fmt, ...)
{
	SAY(LOG_TRACE);
}

void
fatal(const char *fmt, ...)
{
	SAY(LOG_ERROR);
	exit(1);
}
