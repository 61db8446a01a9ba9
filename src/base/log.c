/* SPDX-License-Identifier: ISC */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

#define SYSLOG_SOCKET "/dev/log"
#define FACILITY (3 << 3)	/* daemon */

static const char *const names[] = { "error", "warning", "info", "debug" };
/* What syslog and the journal call them: err, warning, info, debug. */
static const int priorities[] = { 3, 4, 6, 7 };

/* How a line looks depends on who reads it. */
typedef int form_fn(char *, size_t, enum log_level, const char *);
static form_fn plain;

static struct {
	char program[32];
	enum log_level most;
	form_fn *form;
	bool connects;		/* to the syslog daemon, when it was away */
} self = { "sightglass", LOG_NOTE, plain, false };

static int
plain(char *to, size_t n, enum log_level level, const char *text)
{
	return snprintf(to, n, "%s[%d]: %s: %s\n", self.program,
	    (int)getpid(), names[level], text);
}

/* The journal knows the time and the process. */
static int
journal(char *to, size_t n, enum log_level level, const char *text)
{
	return snprintf(to, n, "<%d>%s: %s\n", priorities[level],
	    self.program, text);
}

/* RFC 3164, as syslog(3) says it to its daemon. */
static int
syslogd(char *to, size_t n, enum log_level level, const char *text)
{
	time_t now = time(NULL);
	struct tm tm;
	char when[32] = "";

	if (localtime_r(&now, &tm) != NULL)
		strftime(when, sizeof(when), "%h %e %T", &tm);
	return snprintf(to, n, "<%d>%s %s[%d]: %s",
	    FACILITY | priorities[level], when, self.program, (int)getpid(),
	    text);
}

/* Standard error is what the service manager said that it gave us. */
static bool
is_journal(const struct stat *st)
{
	const char *said = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	char more;

	return said != NULL &&
	    sscanf(said, "%llu:%llu%c", &device, &inode, &more) == 2 &&
	    device == st->st_dev && inode == st->st_ino;
}

static bool
is_syslog(const struct stat *st)
{
	socklen_t len = sizeof(int);
	int type;

	return S_ISSOCK(st->st_mode) &&
	    getsockopt(STDERR_FILENO, SOL_SOCKET, SO_TYPE, &type, &len) == 0 &&
	    type == SOCK_DGRAM;
}

void
log_open(const char *program, enum log_level most)
{
	struct stat st;

	snprintf(self.program, sizeof(self.program), "%s", program);
	self.most = most;
	self.form = plain;
	if (fstat(STDERR_FILENO, &st) < 0)
		return;
	if (is_journal(&st))
		self.form = journal;
	else if (is_syslog(&st))
		self.form = syslogd;
}

static int
connect_syslog(int fd)
{
	static const struct sockaddr_un at = { .sun_family = AF_UNIX,
		.sun_path = SYSLOG_SOCKET };

	return connect(fd, (const struct sockaddr *)&at, sizeof(at));
}

int
log_to_syslog(struct err *e)
{
	int fd, rc = 0;

	self.connects = true;
	if (self.form == syslogd)	/* given by a parent */
		return 0;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || connect_syslog(fd) < 0 || dup2(fd, STDERR_FILENO) < 0)
		rc = err_sys(e, "%s", SYSLOG_SOCKET);
	else
		self.form = syslogd;
	if (fd >= 0)
		close(fd);
	return rc;
}

const char *
log_level_name(enum log_level level)
{
	return names[level];
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

/* One write, so that lines of several processes do not mix. Children share the
 * socket: once it is connected again, they are heard again, too. */
static void
put(const char *line, size_t n)
{
	if (write(STDERR_FILENO, line, n) >= 0)
		return;
	/* a log that does not read must not hold up the plant: it is lost */
	if (errno == EAGAIN || errno == EWOULDBLOCK)
		return;
	if (self.connects && connect_syslog(STDERR_FILENO) == 0 &&
	    write(STDERR_FILENO, line, n) >= 0)
		return;
	/* nowhere to say it */
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
	n = self.form(line, sizeof(line), level, clean);
	if (n > 0)
		put(line, (size_t)n);
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
