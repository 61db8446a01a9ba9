/* SPDX-License-Identifier: ISC */
/*
 * run - plays scenarios: run [FILE...], all of the source directory without
 * arguments. One test point each, in a process of its own.
 */
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "scenario/act.h"
#include "scenario/script.h"
#include "scenario/world.h"
#include "server/intake.h"

#define DEADLINE_S 120		/* of real time, for one scenario */

static const char *
base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* In its own process: 0, or 1 after saying what was wrong. */
static int
play(const struct script *s, const char *file, const char *plant)
{
	static struct world w;
	size_t i;

	alarm(DEADLINE_S);
	world_init(&w, base_of(file), plant);
	for (i = 0; i < s->steps.n; i++) {
		w.line = s->steps.at[i].line;
		world_until(&w, s->steps.at[i].at_ms);
		act(&w, s->steps.at[i].words, s->steps.at[i].n);
	}
	world_fini(&w);
	return w.failures > 0;
}

static bool
play_apart(const struct script *s, const char *file, const char *plant)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		status = play(s, file, plant);
		fflush(stdout);
		exit(status);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return false;
	if (WIFSIGNALED(status))
		printf("# %s: ended by signal %d\n", base_of(file),
		    WTERMSIG(status));
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool
run(const char *file, unsigned number, const char *plant)
{
	struct script s;
	struct err e;
	bool ok = false;

	if (script_read(&s, file, &e) < 0)
		printf("# %s\n", e.text);
	else
		ok = play_apart(&s, file, plant) && s.steps.n > 0;
	printf("%s %u - %s: %s%s%s\n", ok ? "ok" : "not ok", number,
	    base_of(file), s.title, *s.todo != '\0' ? " # TODO " : "", s.todo);
	if (*s.todo != '\0')
		ok = true;
	script_free(&s);
	return ok;
}

int
main(int argc, char *argv[])
{
	const char *src = getenv("SG_SRC");
	char plant[4096], pattern[4096];
	glob_t found = { 0 };
	unsigned i, n;
	bool ok = true;

	/* the core starts itself as the check of a project */
	if (argc == 2 && strcmp(argv[1], "-K") == 0)
		intake_check();
	if (src == NULL)
		src = ".";
	snprintf(plant, sizeof(plant), "%s/tests/scenario/plant", src);
	snprintf(pattern, sizeof(pattern), "%s/tests/scenario/*.scenario", src);
	if (argc < 2)
		glob(pattern, 0, NULL, &found);
	n = argc > 1 ? (unsigned)argc - 1 : (unsigned)found.gl_pathc;
	printf("1..%u\n", n);
	for (i = 0; i < n; i++)
		ok &= run(argc > 1 ? argv[i + 1] : found.gl_pathv[i], i + 1,
		    plant);
	globfree(&found);
	return ok ? 0 : 1;
}
