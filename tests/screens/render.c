/* SPDX-License-Identifier: ISC */
/*
 * Draws one view of the console from a snapshot, without a core, and prints
 * the screen: characters and meanings. Or draws two snapshots and says where
 * they differ.
 *
 *	render PROJECT VIEW SIZE SET SNAPSHOT [OTHER]
 *	render keys		the table of keys as the man page has it
 *	render PROJECT reach:SCREEN SIZE SET SNAPSHOT
 *				the objects whose faceplates are reached from it
 *
 * VIEW: a screen's name, alarms, alarm:NAME, object:NAME, set:TAG,
 * do:OBJECT:N, trend:TAG.., help, menu, page (the question), no-data:SCREEN,
 * selected:SCREEN. SET: utf8 ascii mono. In the language of SG_LANGUAGE.
 *
 * With OTHER (VIEW a screen): every cell that differs lies in a marker, and
 * every marker differs; else it says which and ends with 1.
 */
#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/when.h"
#include "console/act.h"
#include "console/actions.h"
#include "console/things_plant.h"
#include "console/views.h"
#include "project/read.h"
#include "term/dump.h"
#include "term/layout.h"
#include "tests/screens/reach.h"
#include "tests/screens/snapshot.h"

struct drawing {
	struct app app;
	struct plant *plant;
	int rows, cols;
	const char *set;
};

static _Noreturn void
die(const char *what, const char *name)
{
	fprintf(stderr, "render: %s %s\n", what, name);
	exit(2);
}

static struct plant *
read_plant(const char *dir)
{
	struct report problems;
	struct plant *p;

	report_init(&problems);
	if (project_read(dir, &p, &problems) < 0)
		die("not a project:", dir);
	report_fini(&problems);
	return p;
}

static char *
read_text(const char *path, size_t *len)
{
	FILE *f = fopen(path, "r");
	char *text = xcalloc(1, SCREEN_BYTES_MAX);

	if (f == NULL)
		die("cannot read", path);
	*len = fread(text, 1, SCREEN_BYTES_MAX, f);
	fclose(f);
	return text;
}

static void
add_screen(struct app *a, const char *dir, const char *name)
{
	static const char *const languages[] = { "en", "de" };
	struct report problems;
	struct app_screen s = { .asked = false };
	char path[4096];

	snprintf(path, sizeof(path), "%s/screens/%s.screen", dir, name);
	str_copy(s.name, name, sizeof(s.name));
	s.text = read_text(path, &s.len);
	report_init(&problems);
	s.screen = screen_parse(
	    s.name, s.text, s.len, languages, 2, &problems);
	report_fini(&problems);
	if (s.screen == NULL)
		die("not a screen:", path);
	vec_push(&a->screens, s);
}

static void
open_terminal(struct drawing *d)
{
	struct terminal_options o = { .in_fd = -1,
		.out_fd = -1,
		.rows = d->rows,
		.cols = d->cols,
		.term = "xterm-256color",
		.depth = strcmp(d->set, "mono") == 0 ? DEPTH_MONO : DEPTH_256,
		.theme = strcmp(d->set, "mono") == 0 ? THEME_MONO
						     : THEME_LIGHT,
		.set = strcmp(d->set, "ascii") == 0 ? SET_ASCII : SET_UTF8 };
	struct err e;

	d->app.terminal = terminal_open(&o, &e);
	if (d->app.terminal == NULL)
		die("no terminal:", e.text);
}

static void
speak(struct app *a, const struct plant *p)
{
	const char *language = getenv("SG_LANGUAGE");
	static char dir[4096];
	struct err e;

	if (language == NULL)
		return;
	snprintf(dir, sizeof(dir), "%s/po", getenv("SG_BUILD"));
	language_dir(dir);
	if (language_use(language, &e) < 0)
		die("no language:", e.text);
	a->language = plant_language(p, language);
}

/* As olga the operator, connected, with the project's screens. */
static void
open_app(struct drawing *d, const char *dir, const char *snapshot)
{
	struct app *a = &d->app;
	uint32_t i;

	app_init(a, -1, "/nowhere", "xterm");
	speak(a, d->plant);
	open_terminal(d);
	a->now = (struct mono){ 1000000000 };
	a->beat_at = a->now;
	str_copy(a->welcome.user, "olga", sizeof(a->welcome.user));
	str_copy(a->welcome.roles, "operator", sizeof(a->welcome.roles));
	a->welcome.functions = 1u << FUNCTION_VIEW |
	    1u << FUNCTION_ACKNOWLEDGE | 1u << FUNCTION_OPERATE |
	    1u << FUNCTION_SETPOINT;
	for (i = 0; i < d->plant->n_screens; i++)
		add_screen(a, dir, d->plant->screens[i].name);
	str_copy(a->home, "overview", sizeof(a->home));
	things_of_plant(&a->things, d->plant, a->language);
	snapshot_read(a, d->plant, snapshot);
}

static void
draw(struct drawing *d)
{
	struct app *a = &d->app;
	int i;

	/* a dialog stands on the glass after its first frame */
	for (i = 0; i < 2; i++) {
		a->now = mono_add(a->now, (struct span){ 100 });
		a->beat_at = a->now;
		app_draw(a);
		view_stack_left(
		    &a->views, terminal_left(a->terminal), a->now);
	}
}

static const char *
after(const char *view, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(view, prefix, n) == 0 ? view + n : NULL;
}

static void
show_command(struct app *a, const char *rest)
{
	char object[PLANT_NAME_MAX + 1];
	const char *colon = strchr(rest, ':');

	snprintf(object, sizeof(object), "%.*s", (int)(colon - rest), rest);
	view_push(&a->views, &view_do,
	    &(struct command_request){ object, (size_t)atoi(colon + 1) });
}

static void
show(struct drawing *d, const char *view)
{
	struct app *a = &d->app;
	const char *rest;
	enum act act;
	char *end;

	rest = after(view, "no-data:");
	if (rest != NULL) {
		a->no_data = a->things.no_data = true;
		view = rest;
	}
	if (app_screen_find(a, view) != NULL) {
		app_go(a, view);
		snapshot_trends(a, d->plant);
	} else if ((rest = after(view, "selected:")) != NULL) {
		app_go(a, rest);
		draw(d);
		actions_do(a, ACTION_NEXT);
	} else if (app_go(a, "overview"), strcmp(view, "alarms") == 0) {
		actions_do(a, ACTION_ALARMS);
	} else if (strcmp(view, "page") == 0) {
		actions_do(a, ACTION_ALARMS);
		draw(d);
		actions_do(a, ACTION_ACK_PAGE);
	} else if (strcmp(view, "help") == 0) {
		actions_do(a, ACTION_HELP);
	} else if (strcmp(view, "menu") == 0) {
		draw(d);
		actions_do(a, ACTION_MENU);
	} else if ((rest = after(view, "alarm:")) != NULL) {
		view_push(&a->views, &view_alarm_detail, (void *)(uintptr_t)rest);
	} else if ((rest = after(view, "object:")) != NULL) {
		view_push(&a->views, &view_object, (void *)(uintptr_t)rest);
	} else if ((rest = after(view, "set:")) != NULL) {
		view_push(&a->views, &view_set, (void *)(uintptr_t)rest);
	} else if ((rest = after(view, "trend:")) != NULL) {
		actions_trend(a, rest);
		snapshot_trends(a, d->plant);
	} else if ((rest = after(view, "do:")) != NULL) {
		show_command(a, rest);
	} else if ((rest = after(view, "act:")) != NULL) {
		act = (enum act)strtol(rest, &end, 10);
		act_open(a, act, *end == ':' ? end + 1 : end);
	} else {
		die("what is", view);
	}
	draw(d);
}

static void
close_app(struct drawing *d)
{
	terminal_close(d->app.terminal);
	app_fini(&d->app);
}

static void
draw_again(void *arg)
{
	draw(arg);
}

static int
reach(struct drawing *d, const char *dir, const char *name,
    const char *snapshot)
{
	int wrong;

	open_app(d, dir, snapshot);
	app_go(&d->app, name);
	wrong = reach_faceplates(&d->app, d->plant,
	    app_screen_find(&d->app, name)->screen, draw_again, d);
	close_app(d);
	return wrong > 0;
}

/* Rows of the body alone: a row of characters each, padded. */
static void
body_rows(struct drawing *d, unsigned what, struct buf *out)
{
	struct layout_frame f = layout_frame(d->rows, d->cols);

	dump_rect(d->app.terminal, f.body, what, out);
}

static void
render_body(struct drawing *d, const char *dir, const char *view,
    const char *snapshot, struct buf *out)
{
	open_app(d, dir, snapshot);
	show(d, view);
	body_rows(d, DUMP_TEXT | DUMP_STYLES, out);
	close_app(d);
}

/* The cell of a dump with borders: every row begins and ends with '|' (or
 * ':'), and has cols characters between. */
static void
cells_of(const char *dump, int rows, int cols, uint32_t *cells)
{
	const char *s = dump;
	uint32_t code;
	int row, col;

	for (row = 0; row < rows; row++) {
		s++;
		for (col = 0; col < cols; col++) {
			s += text_next(s, strlen(s), &code);
			cells[row * cols + col] = code;
		}
		s += strcspn(s, "\n") + 1;
	}
}

static const struct art *
art_of(struct drawing *d, const char *dir, const char *view)
{
	struct layout_frame f = layout_frame(d->rows, d->cols);

	add_screen(&d->app, dir, view);
	return screen_art(
	    d->app.screens.at[0].screen, (unsigned)f.body.cols,
	    (unsigned)f.body.rows);
}

static int
compare(struct drawing *d, const char *dir, const char *view,
    const struct buf *one, const struct buf *two)
{
	struct layout_frame f = layout_frame(d->rows, d->cols);
	/* characters and meanings alternate */
	int rows = 2 * f.body.rows, cols = f.body.cols, row, col, wrong = 0;
	uint32_t *a = xcalloc((size_t)(rows * cols), sizeof(*a));
	uint32_t *b = xcalloc((size_t)(rows * cols), sizeof(*b));
	const struct art *art = art_of(d, dir, view);
	bool *changed = xcalloc(art->n_markers, sizeof(*changed));
	uint32_t i;

	cells_of(one->at, rows, cols, a);
	cells_of(two->at, rows, cols, b);
	for (row = 0; row < rows; row++)
		for (col = 0; col < cols; col++) {
			bool in = false;

			if (a[row * cols + col] == b[row * cols + col])
				continue;
			for (i = 0; i < art->n_markers; i++) {
				const struct marker *k = &art->markers[i];

				if (row / 2 < k->row ||
				    row / 2 >= k->row + k->height ||
				    col < k->column ||
				    col >= k->column + k->width)
					continue;
				in = changed[i] = true;
			}
			if (in)
				continue;
			printf("%s: row %d column %d changes outside all "
			       "markers\n",
			    view, row / 2 + 1, col + 1);
			wrong++;
		}
	for (i = 0; i < art->n_markers; i++)
		if (!changed[i] && ++wrong)
			printf("%s: marker %s in row %d column %d stays\n",
			    view,
			    d->app.screens.at[0]
				.screen->bindings[art->markers[i].binding]
				.key,
			    art->markers[i].row + 1,
			    art->markers[i].column + 1);
	free(a);
	free(b);
	free(changed);
	return wrong > 0;
}

/* A key in mdoc, where signs mean something. */
static void
print_key(const char *key)
{
	printf(" %s%s", key[1] == '\0' ? "\\&" : "",
	    strcmp(key, "-") == 0 ? "\\-" : key);
}

static void
print_keys(void)
{
	size_t n, i, k;
	const struct keymap_row *rows = actions_rows(&n);

	for (i = 0; i < n; i++) {
		printf(".It Ic");
		for (k = 0; k < KEYMAP_KEYS && rows[i].keys[k] != NULL; k++) {
			if (k > 0)
				printf(" ,");
			print_key(rows[i].keys[k]);
		}
		printf("\n%c%s.\n", toupper((unsigned char)rows[i].help[0]),
		    rows[i].help + 1);
	}
}

int
main(int argc, char **argv)
{
	struct drawing d = { .plant = NULL };
	struct buf one = { 0 }, two = { 0 };
	int rc = 0;

	if (argc == 2 && strcmp(argv[1], "keys") == 0) {
		print_keys();
		return 0;
	}
	if (argc < 6 || sscanf(argv[3], "%dx%d", &d.cols, &d.rows) != 2)
		die("usage: render PROJECT VIEW SIZE SET SNAPSHOT", "[OTHER]");
	setlocale(LC_CTYPE, "C.UTF-8");
	when_zone("Europe/Berlin");
	d.plant = read_plant(argv[1]);
	d.set = argv[4];
	if (after(argv[2], "reach:") != NULL) {
		rc = reach(&d, argv[1], after(argv[2], "reach:"), argv[5]);
	} else if (argc > 6) {
		render_body(&d, argv[1], argv[2], argv[5], &one);
		render_body(&d, argv[1], argv[2], argv[6], &two);
		memset(&d.app, 0, sizeof(d.app));
		rc = compare(&d, argv[1], argv[2], &one, &two);
		free(d.app.screens.at[0].text);
		screen_free(d.app.screens.at[0].screen);
		vec_free(&d.app.screens);
	} else {
		open_app(&d, argv[1], argv[5]);
		show(&d, argv[2]);
		dump_screen(d.app.terminal, DUMP_TEXT | DUMP_STYLES, &one);
		fputs(buf_string(&one), stdout);
		close_app(&d);
	}
	buf_free(&one);
	buf_free(&two);
	plant_free(d.plant);
	return rc;
}
