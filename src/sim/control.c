/* SPDX-License-Identifier: ISC */
#include "sim/control.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "sim/board.h"
#include "sim/order.h"
#include "sim/scenario.h"
#include "sim/watch.h"

#define PEERS 8

struct peer {
	struct watch watch;		/* first; fd -1: free */
	struct control *control;
};

struct control {
	struct watch watch;		/* first: the listener */
	struct sim *sim;
	int epoll;
	char *path;			/* of the socket, or NULL */
	struct peer peers[PEERS];
	char line[CONTROL_LINE];	/* of standard input */
	size_t n;
};

/* The shortest text that reads back to the same number. */
static void
put_number(struct buf *b, double x)
{
	char text[32];
	int digits;

	for (digits = 6; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, x);
		if (strtod(text, NULL) == x)
			break;
	}
	buf_text(b, text);
}

static void
get(struct sim *s, const char *name, struct buf *answer)
{
	int plc;
	const struct map_row *r = sim_row_find(s, name, &plc);

	if (r == NULL) {
		buf_printf(answer, "error unknown signal \"%s\"", name);
		return;
	}
	buf_text(answer, "ok ");
	if (r->cell == CELL_TEXT)
		buf_text(answer, (const char *)s->works + r->at);
	else
		put_number(answer, sim_shown(s, r, plc));
}

static void
tell_time(struct sim *s, const char *rest, struct buf *answer)
{
	(void)rest;
	buf_text(answer, "ok ");
	put_number(answer, s->time);
}

static void
play(struct sim *s, const char *path, struct buf *answer)
{
	struct err e;

	if (scenario_load(s, path, &e) < 0) {
		buf_printf(answer, "error %s", e.text);
		return;
	}
	sim_run_due(s);
	buf_text(answer, "ok");
}

static void
board(struct sim *s, const char *rest, struct buf *answer)
{
	(void)rest;
	board_print(s, answer);
}

static void
quit(struct sim *s, const char *rest, struct buf *answer)
{
	(void)rest;
	s->ended = true;
	buf_text(answer, "ok");
}

/* What is not an order of the plant. */
static const struct {
	const char *word;
	void (*run)(struct sim *s, const char *rest, struct buf *answer);
} requests[] = {
	{ "get", get }, { "time", tell_time }, { "play", play },
	{ "board", board },
	{ "quit", quit },
};

void
control_line(struct sim *s, const char *line, struct buf *answer)
{
	size_t i, n = strcspn(line, " ");
	struct sim_order o;
	struct err e;

	for (i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		if (strlen(requests[i].word) == n &&
		    strncmp(requests[i].word, line, n) == 0) {
			requests[i].run(s, line + n + (line[n] == ' '), answer);
			return;
		}
	if (order_parse(&o, s, line, &e) < 0) {
		buf_printf(answer, "error %s", e.text);
		return;
	}
	order_apply(&o, s);
	buf_text(answer, "ok");
}

static void
on_peer(struct watch *w, uint32_t events)
{
	struct peer *p = (struct peer *)w;
	struct buf answer = { 0 };
	char line[CONTROL_LINE];
	ssize_t n;

	(void)events;
	if (w->fd < 0)
		return;
	n = fd_receive(w->fd, line, sizeof(line) - 1, NULL);
	if (n <= 0) {
		if (n == 0 || errno != EAGAIN)
			fd_close(&w->fd);
		return;
	}
	line[n] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	control_line(p->control->sim, line, &answer);
	/* Who does not fetch his answers loses the connection. */
	if (fd_send(w->fd, answer.at, answer.len, -1) < 0)
		fd_close(&w->fd);
	buf_free(&answer);
}

static int
watch(struct control *c, struct watch *w)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = w };

	return epoll_ctl(c->epoll, EPOLL_CTL_ADD, w->fd, &ev);
}

static void
on_listener(struct watch *w, uint32_t events)
{
	struct control *c = (struct control *)w;
	int fd = accept4(w->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	size_t i;

	(void)events;
	for (i = 0; i < PEERS && fd >= 0; i++) {
		if (c->peers[i].watch.fd >= 0)
			continue;
		c->peers[i].watch.fd = fd;
		if (watch(c, &c->peers[i].watch) < 0)
			fd_close(&c->peers[i].watch.fd);
		return;
	}
	fd_close(&fd);
}

static void
answer_line(struct control *c, const char *line)
{
	struct buf answer = { 0 };

	control_line(c->sim, line, &answer);
	buf_char(&answer, '\n');
	fd_write_all(STDOUT_FILENO, answer.at, answer.len);
	buf_free(&answer);
}

static void
on_stdin(struct watch *w, uint32_t events)
{
	struct control *c = (struct control *)w;
	ssize_t n = read(w->fd, c->line + c->n, sizeof(c->line) - 1 - c->n);
	char *end;

	(void)events;
	if (n <= 0) {
		if (n == 0 || errno != EINTR)
			epoll_ctl(c->epoll, EPOLL_CTL_DEL, w->fd, NULL);
		return;
	}
	c->n += (size_t)n;
	c->line[c->n] = '\0';
	while ((end = strchr(c->line, '\n')) != NULL) {
		*end = '\0';
		answer_line(c, c->line);
		c->n -= (size_t)(end + 1 - c->line);
		memmove(c->line, end + 1, c->n + 1);
	}
	if (c->n == sizeof(c->line) - 1)
		c->n = 0;	/* no line is that long */
}

struct control *
control_new(struct sim *s, int epoll, const char *path, struct err *e)
{
	struct control *c = xcalloc(1, sizeof(*c));
	size_t i;

	c->sim = s;
	c->epoll = epoll;
	for (i = 0; i < PEERS; i++) {
		c->peers[i].watch.fd = -1;
		c->peers[i].watch.on_event = on_peer;
		c->peers[i].control = c;
	}
	if (strcmp(path, "-") == 0) {
		c->watch.fd = STDIN_FILENO;
		c->watch.on_event = on_stdin;
	} else {
		c->watch.fd = fd_listen_unix(path, 0600, e);
		c->watch.on_event = on_listener;
		c->path = xstrdup(path);
	}
	if (c->watch.fd < 0 || watch(c, &c->watch) < 0) {
		if (c->watch.fd >= 0)
			err_sys(e, "%s", path);
		control_free(c);
		return NULL;
	}
	return c;
}

void
control_free(struct control *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < PEERS; i++)
		fd_close(&c->peers[i].watch.fd);
	if (c->path != NULL) {
		unlink(c->path);
		fd_close(&c->watch.fd);
	}
	free(c->path);
	free(c);
}

int
control_tell(const char *path, char *const words[], int n)
{
	struct buf line = { 0 };
	struct err e;
	char answer[CONTROL_LINE];
	ssize_t got = -1;
	int i, fd = fd_connect_unix(path, &e);

	if (fd < 0) {
		fprintf(stderr, "sightglass-sim: %s\n", e.text);
		return 1;
	}
	for (i = 0; i < n; i++)
		buf_printf(&line, "%s%s", i > 0 ? " " : "", words[i]);
	if (fd_send(fd, buf_string(&line), line.len, -1) >= 0)
		got = fd_receive(fd, answer, sizeof(answer) - 1, NULL);
	fd_close(&fd);
	buf_free(&line);
	if (got <= 0) {
		fprintf(stderr, "sightglass-sim: no answer\n");
		return 1;
	}
	answer[got] = '\0';
	if (strncmp(answer, "ok", 2) != 0) {
		fprintf(stderr, "sightglass-sim: %s\n", answer);
		return 1;
	}
	if (answer[2] == ' ')
		puts(answer + 3);
	return 0;
}
