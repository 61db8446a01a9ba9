/* SPDX-License-Identifier: ISC */
#include "sim/panel.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "sim/control.h"
#include "term/terminal.h"

#define THINGS	 128
#define REFRESH	 ((struct span){ 1000 })
#define NAME_MAX_ 24
#define HEAD	 3		/* rows above the list */
#define FOOT	 3		/* rows below it */

struct thing {
	char name[NAME_MAX_ + 1];
	bool device;
	char marks[8];		/* TLSD or XFC (board.h) */
	char rate[16];
};

struct panel {
	int fd;
	struct terminal *term;
	char head[160];
	struct thing things[THINGS];
	int n, at, top;
	char message[CONTROL_LINE];
	bool dirty, ended;
	struct mono asked;
};

static volatile sig_atomic_t resized;

static void
on_winch(int sig)
{
	(void)sig;
	resized = 1;
}

/* One line to the simulator, its answer; false when it is gone. */
static bool
ask(struct panel *p, const char *line, char *answer, size_t cap)
{
	ssize_t n = -1;

	if (fd_send(p->fd, line, strlen(line), -1) >= 0)
		n = fd_receive(p->fd, answer, cap - 1, NULL);
	answer[n > 0 ? n : 0] = '\0';
	p->ended = p->ended || n <= 0;
	return n > 0;
}

static void
take_line(struct panel *p, char *line)
{
	struct thing *t = &p->things[p->n];
	char kind[8];

	if (strncmp(line, "plant ", 6) == 0) {
		str_copy(p->head, line + 6, sizeof(p->head));
		return;
	}
	memset(t, 0, sizeof(*t));
	if (p->n == THINGS ||
	    sscanf(line, "%7s %24s %7s %15s", kind, t->name, t->marks,
		t->rate) < 3)
		return;
	t->device = kind[0] == 'd';
	p->n++;
}

static void
refresh(struct panel *p, struct mono now)
{
	char answer[CONTROL_ANSWER], *line, *save;

	p->asked = now;
	if (!ask(p, "board", answer, sizeof(answer)))
		return;
	p->n = 0;
	for (line = strtok_r(answer, "\n", &save); line != NULL;
	    line = strtok_r(NULL, "\n", &save))
		take_line(p, line);
	if (p->at >= p->n)
		p->at = p->n > 0 ? p->n - 1 : 0;
	p->dirty = true;
}

/* Gives the order and shows both it and the answer. */
static void
give(struct panel *p, const char *order)
{
	char answer[CONTROL_LINE];

	if (!ask(p, order, answer, sizeof(answer)))
		return;
	snprintf(p->message, sizeof(p->message), "%.200s: %.200s", order,
	    answer);
	refresh(p, clock_mono());
}

/* What a key does to the selected thing: by its letter in the marks. */
static const struct {
	char mark;
	bool device;
	const char *title, *order;	/* with the name behind the verb */
	const char *more;		/* behind the name */
} switches[] = {
	{ 't', false, "trip", "trip", "" },
	{ 'l', false, "local", "local", "" },
	{ 's', false, "stick", "stick", "" },
	{ 'd', false, "drift", "drift", NULL },	/* the rate */
	{ 'x', true, "CPU stop", "stop", "" },
	{ 'f', true, "freeze", "freeze", "" },
	{ 'c', true, "cable", "fault", " silent" },
};
#define SWITCHES (sizeof(switches) / sizeof(switches[0]))

static void
flip(struct panel *p, char key)
{
	const struct thing *t = &p->things[p->at];
	char order[120];
	size_t i;

	for (i = 0; i < SWITCHES && p->n > 0; i++) {
		if (switches[i].mark != key || switches[i].device != t->device)
			continue;
		if (strchr(t->marks, toupper(key)) != NULL)
			snprintf(order, sizeof(order), "%s %s off",
			    switches[i].order, t->name);
		else if (strchr(t->marks, key) == NULL)
			return;
		else if (switches[i].more == NULL)
			snprintf(order, sizeof(order), "drift %s +%s/min",
			    t->name, t->rate);
		else
			snprintf(order, sizeof(order), "%s %s%s",
			    switches[i].order, t->name, switches[i].more);
		give(p, order);
	}
}

/* Keys for the plant as a whole: what stands in the head decides. */
static const struct {
	char key;
	const char *when, *then, *otherwise;
} levers[] = {
	{ 'P', "power=on", "power off", "power on" },
	{ 'W', "weather=dry", "weather storm", "weather dry" },
	{ 'B', "burst=off", "burst", "burst off" },
	{ 'D', "door=closed", "set works.door 1", "set works.door 0" },
};

static bool
pull(struct panel *p, char key)
{
	size_t i;

	for (i = 0; i < sizeof(levers) / sizeof(levers[0]); i++)
		if (levers[i].key == key) {
			give(p, strstr(p->head, levers[i].when) != NULL
				? levers[i].then
				: levers[i].otherwise);
			return true;
		}
	return false;
}

static void
change_speed(struct panel *p, double factor)
{
	double speed = 1.0;
	char order[40];

	sscanf(p->head, "%*s %lf", &speed);
	speed *= factor;
	if (speed < 1.0 || speed > 600.0)
		return;
	snprintf(order, sizeof(order), "speed %g", speed);
	give(p, order);
}

static void
move_to(struct panel *p, int at)
{
	p->at = at < 0 ? 0 : at >= p->n ? p->n - 1 : at;
	p->at = p->at < 0 ? 0 : p->at;
	p->dirty = true;
}

static void
on_key(struct panel *p, const struct key *k)
{
	int page = terminal_rows(p->term) - HEAD - FOOT;

	switch (k->code) {
	case K_UP:
		move_to(p, p->at - 1);
		return;
	case K_DOWN:
		move_to(p, p->at + 1);
		return;
	case K_PAGE_UP:
		move_to(p, p->at - page);
		return;
	case K_PAGE_DOWN:
		move_to(p, p->at + page);
		return;
	case K_HOME:
		move_to(p, 0);
		return;
	case K_END:
		move_to(p, p->n - 1);
		return;
	case 'q':
		p->ended = true;
		return;
	case '+':
		change_speed(p, 2.0);
		return;
	case '-':
		change_speed(p, 0.5);
		return;
	default:
		if (k->code < 128 && !pull(p, (char)k->code))
			flip(p, (char)k->code);
	}
}

/* "[T]rip" where it holds, "trip" where it might. */
static void
draw_switches(struct canvas c, int row, const struct thing *t)
{
	const char *m;
	size_t i;
	int col = 18;

	for (i = 0; i < SWITCHES; i++) {
		if (switches[i].device != t->device)
			continue;
		m = strpbrk(t->marks,
		    (char[]){ switches[i].mark,
			(char)toupper(switches[i].mark), '\0' });
		if (m != NULL)
			canvas_printf(c, row, col, 12,
			    isupper((unsigned char)*m) ? STYLE_P2 : STYLE_LABEL,
			    isupper((unsigned char)*m) ? "[%s]" : " %s ",
			    switches[i].title);
		col += 14;
	}
}

static void
draw(struct panel *p, struct canvas c)
{
	int rows = c.rows - HEAD - FOOT, i;

	if (p->at < p->top)
		p->top = p->at;
	if (p->at >= p->top + rows)
		p->top = p->at - rows + 1;
	canvas_printf(c, 0, 1, c.cols - 2, STYLE_TITLE, "Field panel   %s",
	    p->head);
	for (i = 0; i < rows && p->top + i < p->n; i++) {
		const struct thing *t = &p->things[p->top + i];

		canvas_text(c, HEAD + i, 3, 14, STYLE_VALUE, t->name);
		draw_switches(c, HEAD + i, t);
		if (p->top + i == p->at)
			canvas_glyph(c, HEAD + i, 1, STYLE_VALUE, GLYPH_CURSOR);
	}
	canvas_text(c, c.rows - 3, 1, c.cols - 2, STYLE_NOTICE, p->message);
	canvas_text(c, c.rows - 2, 1, c.cols - 2, STYLE_LABEL,
	    "Up Down  t trip  l local  s stick  d drift   x CPU stop  "
	    "f freeze  c cable");
	canvas_text(c, c.rows - 1, 1, c.cols - 2, STYLE_LABEL,
	    "P power  W weather  B burst  D door  + - speed   q quit");
}

static void
show(struct panel *p, struct mono now)
{
	if (resized) {
		resized = 0;
		terminal_resize(p->term);
		p->dirty = true;
	}
	if (p->dirty && terminal_can_draw(p->term, now)) {
		draw(p, terminal_frame_begin(p->term, now));
		terminal_frame_end(p->term, now);
		p->dirty = false;
	}
	if (terminal_pump(p->term, now) < 0)
		p->ended = true;
}

static void
turn(struct panel *p)
{
	struct pollfd fds[2] = { { STDIN_FILENO, POLLIN, 0 },
		{ STDOUT_FILENO,
		    terminal_wants_write(p->term) ? POLLOUT : 0, 0 } };
	struct mono now = clock_mono(),
		    due = mono_first(mono_add(p->asked, REFRESH),
			terminal_wake(p->term, p->dirty, now));
	int64_t ms = mono_since(due, now).ms + 1;
	struct key key;

	if (poll(fds, 2, (int)(ms < 0 ? 0 : ms)) < 0 && errno != EINTR)
		p->ended = true;
	now = clock_mono();
	if (terminal_read(p->term, now) < 0)
		p->ended = true;
	while (!p->ended && terminal_next_key(p->term, now, &key))
		on_key(p, &key);
	if (!p->ended && !mono_before(now, mono_add(p->asked, REFRESH)))
		refresh(p, now);
	show(p, clock_mono());
}

int
panel_run(const char *path)
{
	struct terminal_options o = { .in_fd = STDIN_FILENO,
		.out_fd = STDOUT_FILENO, .term = getenv("TERM"),
		.theme = THEME_LIGHT, .no_mouse = true };
	struct panel p = { .dirty = true };
	struct err e;

	p.fd = fd_connect_unix(path, &e);
	if (p.fd < 0 || (p.term = terminal_open(&o, &e)) == NULL) {
		fprintf(stderr, "sightglass-sim: %s\n", e.text);
		fd_close(&p.fd);
		return 1;
	}
	terminal_guard(p.term);
	signal(SIGWINCH, on_winch);
	signal(SIGPIPE, SIG_IGN);
	refresh(&p, clock_mono());
	while (!p.ended)
		turn(&p);
	terminal_close(p.term);
	fd_close(&p.fd);
	return 0;
}
