/* SPDX-License-Identifier: ISC */
/* sightglass-sshd - the SSH front; started by sightglassd. */
#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"
#include "base/proc.h"
#include "base/when.h"
#include "ssh/hostkey.h"
#include "ssh/listener.h"

struct app {
	struct listener_rules rules;
	const char *host_key, *user;
	enum log_level level;
};

static _Noreturn void
usage(void)
{
	fputs("usage: sightglass-sshd --host-key FILE --programs DIR "
	      "--socket PATH [--login-grace 30s]\n"
	      "       [--tries N] [--sessions N] [--sessions-per-user N] "
	      "[--passwords]\n"
	      "       [--user NAME] [--log-level LEVEL] [--no-sandbox]\n"
	      "It is started by sightglassd, see sightglass-sshd(8).\n",
	    stderr);
	exit(2);
}

static unsigned
number(const char *name, const char *text, unsigned most)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end != '\0' || n < 1 || n > most)
		fatal("--%s %s: not a number from 1 to %u", name, text, most);
	return (unsigned)n;
}

static struct span
duration(const char *name, const char *text)
{
	struct span s;
	struct err e;

	if (span_parse(&s, text, &e) < 0 || s.ms < 1000 || s.ms > 600000)
		fatal("--%s %s: not a time from 1s to 10min", name, text);
	return s;
}

enum option_name {
	HOST_KEY,
	LOGIN_GRACE,
	TRIES,
	SESSIONS,
	SESSIONS_PER_USER,
	PROGRAMS,
	SOCKET,
	PASSWORDS,
	USER,
	LOG_LEVEL,
	NO_SANDBOX
};

static const struct option options[] = {
	{ "host-key", required_argument, NULL, HOST_KEY },
	{ "login-grace", required_argument, NULL, LOGIN_GRACE },
	{ "tries", required_argument, NULL, TRIES },
	{ "sessions", required_argument, NULL, SESSIONS },
	{ "sessions-per-user", required_argument, NULL, SESSIONS_PER_USER },
	{ "programs", required_argument, NULL, PROGRAMS },
	{ "socket", required_argument, NULL, SOCKET },
	{ "passwords", no_argument, NULL, PASSWORDS },
	{ "user", required_argument, NULL, USER },
	{ "log-level", required_argument, NULL, LOG_LEVEL },
	{ "no-sandbox", no_argument, NULL, NO_SANDBOX },
	{ NULL, 0, NULL, 0 },
};

static void
take(struct app *a, int which, const char *name)
{
	struct talker_rules *t = &a->rules.talker;

	switch (which) {
	case HOST_KEY:
		a->host_key = optarg;
		break;
	case LOGIN_GRACE:
		t->grace = duration(name, optarg);
		break;
	case TRIES:
		t->tries = number(name, optarg, 100);
		break;
	case SESSIONS:
		a->rules.sessions = number(name, optarg, 10000);
		break;
	case SESSIONS_PER_USER:
		a->rules.sessions_per_user = number(name, optarg, 10000);
		break;
	case PROGRAMS:
		t->places.programs = optarg;
		break;
	case SOCKET:
		t->places.socket = optarg;
		break;
	case PASSWORDS:
		t->passwords = true;
		break;
	case USER:
		a->user = optarg;
		break;
	case LOG_LEVEL:
		if (!log_level_parse(&a->level, optarg))
			fatal("--log-level %s: error, warning, info or debug",
			    optarg);
		break;
	case NO_SANDBOX:
		t->sandbox = false;
		break;
	default:
		usage();
	}
}

static void
read_options(struct app *a, int argc, char **argv)
{
	int which, i = -1;

	while ((which = getopt_long(argc, argv, "", options, &i)) != -1)
		take(a, which, i >= 0 ? options[i].name : "");
	if (optind != argc || a->host_key == NULL ||
	    a->rules.talker.places.programs == NULL ||
	    a->rules.talker.places.socket == NULL)
		usage();
}

/* For good; the host key has been read. */
static void
become(const char *name)
{
	const struct passwd *pw;

	if (name == NULL || geteuid() != 0)
		return;
	pw = getpwnam(name);
	if (pw == NULL)
		fatal("--user %s: no such user", name);
	if (initgroups(name, pw->pw_gid) < 0 || setgid(pw->pw_gid) < 0 ||
	    setuid(pw->pw_uid) < 0)
		fatal("--user %s: %s", name, strerror(errno));
}

static void
limit(const struct app *a)
{
	const struct rlimit none = { 0, 0 };
	struct rlimit files;

	setrlimit(RLIMIT_CORE, &none);
	if (getrlimit(RLIMIT_NOFILE, &files) < 0)
		return;
	files.rlim_cur = a->rules.sessions + 512;
	if (files.rlim_cur > files.rlim_max)
		files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
}

#ifdef SG_SANITIZE		/* the sanitizers need other system calls */
#define SANDBOX false
#else
#define SANDBOX true
#endif

int
main(int argc, char **argv)
{
	struct app a = { .level = LOG_NOTE,
		.rules = { .sessions = 64, .sessions_per_user = 8,
		    .talker = { .grace = { 30000 }, .tries = 4,
			.sandbox = SANDBOX } } };
	char print[HOSTKEY_PRINT];
	struct err e;
	ssh_bind bind;
	ssh_key key;

	log_open("sightglass-sshd", a.level);
	read_options(&a, argc, argv);
	log_open("sightglass-sshd", a.level);
	proc_harden();
	key = hostkey_open(a.host_key, print, &e);
	if (key == NULL)
		fatal("%s", e.text);
	become(a.user);
	proc_harden();		/* setuid undid a part of it */
	limit(&a);
	bind = talker_bind(key, &e);
	if (bind == NULL)
		fatal("%s", e.text);
	log_note("host key %s", print);
	if (listener_run(&a.rules, bind, &e) < 0)
		fatal("%s", e.text);
	ssh_bind_free(bind);
	return 0;
}
