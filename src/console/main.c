/* SPDX-License-Identifier: ISC */
/*
 * sightglass-console: ncurses screens for one operator. The SSH front starts
 * it with its session as descriptor 3; without --session it is a local
 * caller at this terminal.
 */
#include <getopt.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cage.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/proc.h"
#include "console/app.h"
#include "console/preview.h"

struct settings {
	int session;
	const char *socket;
	bool theme_chosen, again;
	struct terminal_options terminal;
	struct preview preview;
};

static _Noreturn void
usage(void)
{
	fputs("usage: sightglass-console [--session FD] [--socket PATH] [--again]\n"
	      "       [--theme light|dark|mono] [--colours auto|256|16|8|mono]\n"
	      "       [--ascii | --utf8]\n"
	      "       sightglass-console --preview FILE [--project DIR]\n"
	      "       [--size 132x43] [--ascii]\n",
	    stderr);
	exit(2);
}

static bool
take_size(struct preview *p, const char *text)
{
	char more;

	return sscanf(text, "%4dx%4d%c", &p->cols, &p->rows, &more) == 2 &&
	    p->cols > 0 && p->cols <= TERMINAL_COLS_MAX && p->rows > 0 &&
	    p->rows <= TERMINAL_ROWS_MAX;
}

static void
parse(struct settings *s, int argc, char **argv)
{
	static const struct option options[] = {
		{ "session", required_argument, NULL, 's' },
		{ "socket", required_argument, NULL, 'S' },
		{ "theme", required_argument, NULL, 't' },
		{ "colours", required_argument, NULL, 'c' },
		{ "ascii", no_argument, NULL, 'a' },
		{ "utf8", no_argument, NULL, 'u' },
		{ "again", no_argument, NULL, 'A' },
		{ "preview", required_argument, NULL, 'p' },
		{ "project", required_argument, NULL, 'P' },
		{ "size", required_argument, NULL, 'z' },
		{ NULL, 0, NULL, 0 },
	};
	int o;

	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (o == 's')
			s->session = atoi(optarg);
		else if (o == 'S')
			s->socket = optarg;
		else if (o == 'A')
			s->again = true;
		else if (o == 'a')
			s->terminal.set = SET_ASCII;
		else if (o == 'u')
			s->terminal.set = SET_UTF8;
		else if (o == 'p')
			s->preview.file = optarg;
		else if (o == 'P')
			s->preview.project = optarg;
		else if (o == 'z' && take_size(&s->preview, optarg))
			continue;
		else if (o == 't' &&
		    style_theme_parse(&s->terminal.theme, optarg))
			s->theme_chosen = true;
		else if (o == 'c' &&
		    style_depth_parse(&s->terminal.depth, optarg))
			continue;
		else
			usage();
	}
	if (optind != argc)
		usage();
}

/* What the client said of its characters, by the rules of setlocale(3). SSH
 * clients send it; without a word the terminal's name decides. */
static enum terminal_set
set_of_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *s;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		s = getenv(names[i]);
		if (s == NULL || *s == '\0')
			continue;
		return strcasestr(s, "utf-8") != NULL ||
			strcasestr(s, "utf8") != NULL
		    ? SET_DETECT
		    : SET_ASCII;
	}
	return SET_DETECT;
}

int
main(int argc, char **argv)
{
	static struct app app;
	struct settings s = { .session = -1,
		.socket = "/run/sightglass/core.sock",
		.preview = { .cols = 80, .rows = 24 },
		.terminal = { .in_fd = STDIN_FILENO, .out_fd = STDOUT_FILENO } };
	struct err e;

	parse(&s, argc, argv);
	log_open("sightglass-console", LOG_WARN);
	proc_harden();
	if (cage_enter(&e) < 0)
		log_warn("%s", e.text);
	setlocale(LC_CTYPE, "C.UTF-8");
	if (s.preview.file != NULL) {
		s.preview.ascii = s.terminal.set == SET_ASCII;
		return preview_print(&s.preview);
	}
	if (s.terminal.set == SET_DETECT)
		s.terminal.set = set_of_locale();
	s.terminal.term = getenv("TERM");
	app_init(&app, s.session, s.socket,
	    s.terminal.term != NULL ? s.terminal.term : "");
	app.theme_chosen = s.theme_chosen;
	app.again = s.again;
	if (ttyname(STDIN_FILENO) != NULL)
		str_copy(app.link.tty, ttyname(STDIN_FILENO),
		    sizeof(app.link.tty));
	app.terminal = terminal_open(&s.terminal, &e);
	if (app.terminal == NULL) {
		fprintf(stderr, "sightglass-console: %s\n", e.text);
		return 1;
	}
	terminal_guard(app.terminal);
	app_run(&app);
	terminal_close(app.terminal);
	if (app.goodbye[0] != '\0')
		printf("sightglass: %s\n", app.goodbye);
	app_fini(&app);
	return app.goodbye[0] != '\0' ? 1 : 0;
}
