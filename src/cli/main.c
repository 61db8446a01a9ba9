/* SPDX-License-Identifier: ISC */
/*
 * sightglass - the command line of a plant; see app.h.
 *
 * The SSH front starts it as `sightglass --session 3 -- WORDS`: descriptor 3
 * is a logged-in session and the words are the remote caller's.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/proc.h"
#include "cli/app.h"

static int cancel_pipe[2] = { -1, -1 };

static void
on_signal(int number)
{
	int saved = errno;

	(void)number;
	if (write(cancel_pipe[1], "", 1) < 0) {
		/* full: it has been said */
	}
	errno = saved;
}

/* The first one cancels in order, the second one ends us. */
static void
catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal,
		.sa_flags = (int)SA_RESETHAND };

	if (pipe2(cancel_pipe, O_CLOEXEC | O_NONBLOCK) < 0)
		return;
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
}

static bool
likes_colour(int fd)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

	return isatty(fd) && (no == NULL || *no == '\0') && term != NULL &&
	    *term != '\0' && strcmp(term, "dumb") != 0;
}

static const char *
or_empty(const char *s)
{
	return s != NULL ? s : "";
}

/*
 * In which language this program speaks: over ssh that of the person, as the
 * front says, whatever the client brought; else that of the environment.
 * "de_DE.UTF-8" is de; what is not known is English.
 */
static void
choose_language(bool remote)
{
	static const char *const local[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *said = remote ? getenv("LANGUAGE") : NULL;
	char name[9];
	struct err e;
	size_t i;

	for (i = 0; !remote && i < 3 && *or_empty(said) == '\0'; i++)
		said = getenv(local[i]);
	str_copy(name, or_empty(said), sizeof(name));
	name[strspn(name, "abcdefghijklmnopqrstuvwxyz")] = '\0';
	if (language_use(name, &e) < 0)
		language_use("en", &e);
}

/* Descriptors 0 to 2 always are something, so that no file becomes one. */
static void
fill_standard(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= 2);
	if (fd > 2)
		close(fd);
}

int
main(int argc, char **argv)
{
	struct app app = { .in_fd = 0, .out_fd = 1, .err_fd = 2,
		.session_fd = -1 };
	int skip = 1;

	fill_standard();
	proc_harden();
	catch_signals();
	if (argc >= 3 && strcmp(argv[1], "--session") == 0) {
		app.session_fd = atoi(argv[2]);
		app.remote = true;
		skip = 3;
		/* the front sets its own words apart from the caller's */
		if (argc > 3 && strcmp(argv[3], "--") == 0)
			skip = 4;
	}
	choose_language(app.remote);
	app.cancel_fd = cancel_pipe[0];
	app.colour = likes_colour(1);
	app.in_is_terminal = isatty(0);
	app.tty = or_empty(ttyname(0));
	app.term = or_empty(getenv("TERM"));
	argc = argc < skip ? skip : argc;
	return app_run(
	    &app, (const char *const *)argv + skip, (size_t)(argc - skip));
}
