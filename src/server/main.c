/* SPDX-License-Identifier: ISC */
/*
 * sightglassd: without -C the parent, with -C the core, with -K the check of
 * a project from standard input, in a process that gives up all rights.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/proc.h"
#include "project/server.h"
#include "server/intake.h"
#include "server/loop.h"
#include "server/parent.h"

#define CONFIG_FILE SYSCONFDIR "/sightglass/sightglass.conf"

struct app {
	const char *config_file;
	bool core, check_config, print_config, check_project, allow_root,
	    no_sandbox;
};

static _Noreturn void
usage(void)
{
	fputs("usage: sightglassd [-c FILE] [-n | -p] [--allow-root] "
	      "[--no-sandbox]\n",
	    stderr);
	exit(2);
}

static void
parse(struct app *a, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-c") == 0 && i + 1 < argc)
			a->config_file = argv[++i];
		else if (strcmp(argv[i], "-n") == 0)
			a->check_config = true;
		else if (strcmp(argv[i], "-p") == 0)
			a->print_config = true;
		else if (strcmp(argv[i], "-C") == 0)
			a->core = true;
		else if (strcmp(argv[i], "-K") == 0)
			a->check_project = true;
		else if (strcmp(argv[i], "--allow-root") == 0)
			a->allow_root = true;
		else if (strcmp(argv[i], "--no-sandbox") == 0)
			a->no_sandbox = true;
		else
			usage();
	}
}

static int
run_parent(const struct app *a, const struct server_config *config,
    const char *self)
{
	struct parent_options o = { .config = config,
		.config_file = a->config_file,
		.self = self,
		.allow_root = a->allow_root,
		.no_sandbox = a->no_sandbox };
	struct err e;
	int rc = parent_run(&o, &e);

	if (rc < 0)
		log_error("%s", e.text);
	return rc < 0 ? 1 : rc;
}

/* What the options ask for, with a configuration that was read. */
static int
serve(const struct app *a, const struct server_config *config)
{
	char self[4096];
	struct err e;
	ssize_t n;

	log_open(a->core ? "sightglass-core" : "sightglassd",
	    config->log.level);
	if (config->log.to == SERVER_LOG_SYSLOG && log_to_syslog(&e) < 0)
		log_warn("%s", e.text);
	if (a->core)
		return loop_run(config);
	n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (n < 0)
		fatal("/proc is not mounted");
	self[n] = '\0';
	return run_parent(a, config, self);
}

int
main(int argc, char **argv)
{
	struct app a = { .config_file = CONFIG_FILE };
	struct server_config config;
	struct report problems;
	struct buf out = { 0 };
	int rc;

	parse(&a, argc, argv);
	log_open(a.core ? "sightglass-core" : "sightglassd", LOG_NOTE);
	proc_harden();
	if (a.check_project)
		intake_check();
	report_init(&problems);
	rc = server_config_read(&config, a.config_file, &problems);
	if (rc < 0 || a.check_config) {
		report_print(&problems, NULL, &out);
		fputs(buf_string(&out), stderr);
		rc = rc < 0 ? 1 : 0;
	} else if (a.print_config) {
		server_config_print(&config, &out);
		fputs(buf_string(&out), stdout);
	} else {
		rc = serve(&a, &config);
	}
	server_config_fini(&config);
	report_fini(&problems);
	buf_free(&out);
	return rc;
}
