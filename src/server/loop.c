/* SPDX-License-Identifier: ISC */
#include "server/loop.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "base/fd.h"
#include "base/log.h"
#include "server/core.h"
#include "server/parentwire.h"

struct loop {
	uv_loop_t uv;
	uv_poll_t parent;
	uv_timer_t timer;
	uv_prepare_t prepare;
	uv_async_t wake;
	struct core *core;
	struct io **by_fd;
	int n_fds;
	bool in_time;		/* the clocks were read in this round */
	bool logins;		/* what the parent was last told */
};
struct io {
	uv_poll_t poll;
	struct loop *loop;
	int fd;
};

static void
take_time(struct loop *l)
{
	if (!l->in_time)
		core_time(l->core);
	l->in_time = true;
}

static void
on_readable(uv_poll_t *poll, int status, int events)
{
	struct io *io = poll->data;

	(void)status;
	(void)events;
	take_time(io->loop);
	core_readable(io->loop->core, io->fd);
}

static void
watch(void *arg, int fd)
{
	struct loop *l = arg;
	struct io *io = xcalloc(1, sizeof(*io));
	int n;

	if (fd >= l->n_fds) {
		n = fd + 64;
		l->by_fd = xrealloc(l->by_fd, (size_t)n, sizeof(io));
		memset(l->by_fd + l->n_fds, 0,
		    (size_t)(n - l->n_fds) * sizeof(io));
		l->n_fds = n;
	}
	io->loop = l;
	io->fd = fd;
	io->poll.data = io;
	uv_poll_init(&l->uv, &io->poll, fd);
	uv_poll_start(&io->poll, UV_READABLE | UV_DISCONNECT, on_readable);
	l->by_fd[fd] = io;
}

static void
on_closed(uv_handle_t *h)
{
	free(h->data);
}

static void
forget(void *arg, int fd)
{
	struct loop *l = arg;

	if (fd < 0 || fd >= l->n_fds || l->by_fd[fd] == NULL)
		return;
	uv_poll_stop(&l->by_fd[fd]->poll);
	uv_close((uv_handle_t *)&l->by_fd[fd]->poll, on_closed);
	l->by_fd[fd] = NULL;
}

static void
wake(void *arg)
{
	struct loop *l = arg;

	uv_async_send(&l->wake);
}

static void
say(enum parent_message type, int byte)
{
	uint8_t m[2] = { (uint8_t)type, (uint8_t)byte };

	fd_send(LOOP_PARENT, m, byte < 0 ? 1 : 2, -1);
}

static void
on_child(struct core *c, const uint8_t *m, size_t n)
{
	char name[16];

	if (n < 3)
		return;
	str_copy(name, (const char *)m + 3, sizeof(name));
	core_child(c, name, m[1], m[2] != 0);
}

/* One message of the parent, with the descriptor that came along. */
static void
obey(struct loop *l, const uint8_t *m, size_t n, int fd)
{
	struct core *c = l->core;

	switch (m[0]) {
	case PARENT_PATH:
		core_path(c, fd);
		return;
	case PARENT_FIELD:
		fieldlink_open(c, fd);
		return;
	case PARENT_FRONT:
		peers_front(c, fd);
		return;
	case PARENT_PING:
		say(PARENT_PONG, fieldlink_is_alive(c));
		break;
	case PARENT_STOP:
		c->stopping = true;
		break;
	case PARENT_CHILD:
		on_child(c, m, n);
		break;
	case PARENT_LISTEN:
		str_copy(c->listening, (const char *)m + 1,
		    sizeof(c->listening));
		break;
	default:
		log_error("the parent said %u", m[0]);
	}
	fd_close(&fd);
}

static void
on_parent(uv_poll_t *poll, int status, int events)
{
	struct loop *l = poll->data;
	uint8_t m[257];
	ssize_t n;
	int fd;

	(void)status;
	(void)events;
	take_time(l);
	for (;;) {
		n = fd_receive(LOOP_PARENT, m, sizeof(m) - 1, &fd);
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n <= 0) {
			l->core->stopping = true;
			return;
		}
		m[n] = '\0';
		obey(l, m, (size_t)n, fd);
	}
}

static void
on_timer(uv_timer_t *t)
{
	take_time(t->data);
}

static void
on_wake(uv_async_t *a)
{
	take_time(a->data);
}

static void
plan_timer(struct loop *l)
{
	struct mono due = core_due(l->core), now = clock_mono();
	uint64_t ms = 0;

	if (due.us == MONO_NEVER.us) {
		uv_timer_stop(&l->timer);
		return;
	}
	if (due.us > now.us)
		ms = (uint64_t)(due.us - now.us + 999) / 1000;
	uv_update_time(&l->uv);
	uv_timer_start(&l->timer, on_timer, ms, 0);
}

/* The end of each round: the turn, and when the next one is due. */
static void
on_round(uv_prepare_t *p)
{
	struct loop *l = p->data;
	bool logins;

	take_time(l);
	core_turn(l->core);
	logins = core_logins(l->core);
	if (logins != l->logins)
		say(PARENT_LOGINS, logins);
	l->logins = logins;
	if (l->core->stopping)
		uv_stop(&l->uv);
	plan_timer(l);
	l->in_time = false;
}

static void
prepare(struct loop *l)
{
	uv_loop_init(&l->uv);
	uv_async_init(&l->uv, &l->wake, on_wake);
	l->wake.data = l;
	uv_timer_init(&l->uv, &l->timer);
	l->timer.data = l;
	uv_prepare_init(&l->uv, &l->prepare);
	l->prepare.data = l;
	uv_poll_init(&l->uv, &l->parent, LOOP_PARENT);
	l->parent.data = l;
}

int
loop_run(const struct server_config *config)
{
	static struct loop l;
	struct core_io io = { &l, watch, forget, wake };
	struct err e;

	fd_nonblock(LOOP_PARENT, true);
	prepare(&l);
	l.core = core_new(config, &io, &e);
	if (l.core == NULL) {
		log_error("%s", e.text);
		return 1;
	}
	uv_poll_start(
	    &l.parent, UV_READABLE | UV_DISCONNECT, on_parent);
	uv_prepare_start(&l.prepare, on_round);
	say(PARENT_READY, -1);
	uv_run(&l.uv, UV_RUN_DEFAULT);
	core_free(l.core);
	free(l.by_fd);
	return 0;
}
