/* SPDX-License-Identifier: ISC */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli_scene.h"
#include "verb/words.h"

struct put
core_say(struct core *c, enum message type)
{
	struct put p = put_into(c->out, sizeof(c->out));

	put_u8(&p, (uint8_t)type);
	return p;
}

void
core_sent(struct core *c, const struct put *p)
{
	if (fd_send(c->fd, p->at, p->len, -1) < 0)
		buf_text(&c->log, "(nobody listens)\n");
}

static void
log_call(struct core *c, struct get *g)
{
	struct call call;
	unsigned i;

	if (call_get(&call, g) < 0) {
		buf_text(&c->log, "CALL torn\n");
		return;
	}
	c->id = call.id;
	buf_printf(&c->log, "CALL %s", verbs[call.verb].name);
	for (i = 0; i < call.n; i++)
		buf_printf(&c->log, " %s=%s",
		    parameter_names[call.at[i].which], call.at[i].text);
	buf_char(&c->log, '\n');
	call_free(&call);
}

static void
log_message(struct core *c, enum message type, struct get *g)
{
	char text[WIRE_SECRET + 1];

	switch (type) {
	case MESSAGE_HELLO:
		c->version = get_u16(g);
		get_text(g, text, sizeof(text));
		buf_printf(&c->log, "HELLO %s\n", text);
		break;
	case MESSAGE_LOCAL:
		get_text(g, text, sizeof(text));
		buf_printf(&c->log, "LOCAL %s", text);
		get_text(g, text, sizeof(text));
		buf_printf(&c->log, " %s\n", text);
		break;
	case MESSAGE_CALL:
		log_call(c, g);
		break;
	case MESSAGE_MORE:
		buf_text(&c->log, "MORE\n");
		break;
	case MESSAGE_CANCEL:
		buf_text(&c->log, "CANCEL\n");
		break;
	case MESSAGE_DRAWN:
		buf_printf(&c->log, "DRAWN %u\n", get_u32(g));
		break;
	case MESSAGE_SECRET:
		buf_text(&c->log,
		    get_u8(g) == SECRET_OWN ? "SECRET own" : "SECRET other");
		buf_printf(&c->log, " %s\n",
		    get_secret(g, text) < 0 ? "(torn)" : text);
		break;
	case MESSAGE_FEED:
		get_u32(g);
		buf_printf(&c->log, "FEED %zu\n", g->left);
		break;
	default:
		buf_printf(&c->log, "message %d\n", type);
	}
}

enum message
core_hear(struct core *c)
{
	struct get g;
	ssize_t n;
	enum message type;
	struct pollfd p = { c->fd, POLLIN, 0 };

	poll(&p, 1, 10000);
	n = fd_receive(c->fd, c->in, sizeof(c->in), NULL);
	if (n <= 0)
		return 0;
	c->heard = (size_t)n;
	g = get_from(c->in, (size_t)n);
	type = (enum message)get_u8(&g);
	log_message(c, type, &g);
	return type;
}

void
core_greet(struct core *c, uint16_t version)
{
	struct put p;

	core_hear(c);
	p = core_say(c, MESSAGE_GREETING);
	put_u16(&p, version);
	put_text(&p, "sightglass 0.1.0");
	put_text(&p, "Riverside Waterworks");
	core_sent(c, &p);
}

void
core_welcome(struct core *c)
{
	struct welcome w = { .user = "olga", .zone = "Europe/Berlin" };
	struct beat beat = { .now = { 1 } };
	struct put p = core_say(c, MESSAGE_BEAT);

	put_beat(&p, &beat);	/* it may come at any time */
	core_sent(c, &p);
	p = core_say(c, MESSAGE_WELCOME);
	put_welcome(&p, &w);
	core_sent(c, &p);
}

void
core_end(struct core *c, unsigned code, const char *text)
{
	struct put p = core_say(c, MESSAGE_END);

	put_u32(&p, c->id);
	put_u8(&p, (uint8_t)code);
	put_text(&p, text);
	core_sent(c, &p);
}

void
core_rows(struct core *c, unsigned n_rows, unsigned n_cells,
    const struct cell *cells)
{
	struct put p = core_say(c, MESSAGE_ROWS);
	unsigned i;

	put_u32(&p, c->id);
	put_u8(&p, 0);
	put_u16(&p, (uint16_t)n_rows);
	put_u8(&p, (uint8_t)n_cells);
	for (i = 0; i < n_rows * n_cells; i++)
		put_cell(&p, &cells[i]);
	core_sent(c, &p);
}

void
core_begin(struct core *c)
{
	core_greet(c, WIRE_VERSION);
	core_welcome(c);
	while (core_hear(c) == MESSAGE_SECRET)
		;
}

static void *
core_main(void *arg)
{
	struct core *c = arg;
	struct pollfd p = { c->listener, POLLIN, 0 };

	if (c->listener >= 0) {
		poll(&p, 1, 10000);
		c->fd = accept(c->listener, NULL, NULL);
	}
	c->script(c);
	while (c->fd >= 0 && core_hear(c) != 0)
		;
	fd_close(&c->fd);
	return NULL;
}

static int
scratch(char *path)
{
	int fd;

	strcpy(path, "/tmp/cli-XXXXXX");
	fd = mkostemp(path, O_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

void
scene_prepare(struct scene *s, void (*script)(struct core *))
{
	int pair[2];

	memset(s, 0, sizeof(*s));
	assert_int_equal(fd_pair(pair), 0);
	s->core.fd = pair[1];
	s->core.listener = -1;
	s->core.script = script;
	s->app = (struct app){ .in_fd = open("/dev/null", O_RDONLY | O_CLOEXEC),
		.cancel_fd = -1,
		.session_fd = pair[0],
		.remote = true,
		.tty = "/dev/tty1",
		.term = "linux" };
	s->app.out_fd = scratch(s->out_path);
	s->app.err_fd = scratch(s->err_path);
}

void
scene_input(struct scene *s, const char *bytes, size_t n)
{
	char path[32];

	close(s->app.in_fd);
	s->app.in_fd = scratch(path);
	unlink(path);
	assert_int_equal(fd_write_all(s->app.in_fd, bytes, n), 0);
	lseek(s->app.in_fd, 0, SEEK_SET);
}

void
scene_run(struct scene *s, const char *line)
{
	struct words w;
	struct err e;

	assert_int_equal(words_split(&w, line, &e), 0);
	assert_int_equal(
	    pthread_create(&s->thread, NULL, core_main, &s->core), 0);
	s->code = app_run(&s->app, (const char *const *)w.at, w.n);
	pthread_join(s->thread, NULL);
	assert_int_equal(buf_read_file(&s->out, s->out_path, 1 << 20), 0);
	assert_int_equal(buf_read_file(&s->err, s->err_path, 1 << 20), 0);
	words_free(&w);
}

void
scene_finish(struct scene *s)
{
	buf_free(&s->core.log);
	buf_free(&s->out);
	buf_free(&s->err);
	unlink(s->out_path);
	unlink(s->err_path);
	close(s->app.in_fd);
	close(s->app.out_fd);
	close(s->app.err_fd);
	fd_close(&s->core.listener);
}

void
scene_expect(void (*script)(struct core *), const char *line, int code,
    const char *out, const char *err, const char *log)
{
	struct scene s;

	scene_prepare(&s, script);
	scene_run(&s, line);
	assert_string_equal(buf_string(&s.err), err);
	assert_string_equal(buf_string(&s.out), out);
	if (log != NULL)
		assert_string_equal(buf_string(&s.core.log), log);
	assert_int_equal(s.code, code);
	scene_finish(&s);
}

void
core_leaves(struct core *c)
{
	fd_close(&c->fd);
}

void
core_ends_well(struct core *c)
{
	core_begin(c);
	core_end(c, EXIT_DONE, "");
}
