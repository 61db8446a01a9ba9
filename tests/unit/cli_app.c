/* SPDX-License-Identifier: ISC */
/*
 * The command line against a core of ours: a thread at the other end of the
 * socket that notes what it is told and answers by a script.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/when.h"
#include "cli/app.h"
#include "project/files.h"
#include "verb/words.h"
#include "wire/message.h"

/* The core's end. */
struct core {
	int listener, fd;
	void (*script)(struct core *);
	struct buf log;		/* what it was told, a line each */
	uint32_t id;		/* of the last CALL */
	uint16_t version;
	size_t heard;		/* bytes of the last message */
	uint8_t out[FD_MESSAGE_MAX], in[FD_MESSAGE_MAX];
};

static struct put
say(struct core *c, enum message type)
{
	struct put p = put_into(c->out, sizeof(c->out));

	put_u8(&p, (uint8_t)type);
	return p;
}

static void
sent(struct core *c, const struct put *p)
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
	char text[256];

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
	case MESSAGE_FEED:
		get_u32(g);
		buf_printf(&c->log, "FEED %zu\n", g->left);
		break;
	default:
		buf_printf(&c->log, "message %d\n", type);
	}
}

/* Takes the next message; 0 when the client has gone. */
static enum message
hear(struct core *c)
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

static void
greet(struct core *c, uint16_t version)
{
	struct put p;

	hear(c);
	p = say(c, MESSAGE_GREETING);
	put_u16(&p, version);
	put_text(&p, "sightglass 0.1.0");
	put_text(&p, "Riverside Waterworks");
	sent(c, &p);
}

static void
welcome(struct core *c)
{
	struct welcome w = { .user = "olga", .zone = "Europe/Berlin" };
	struct beat beat = { .now = { 1 } };
	struct put p = say(c, MESSAGE_BEAT);

	put_beat(&p, &beat);	/* it may come at any time */
	sent(c, &p);
	p = say(c, MESSAGE_WELCOME);
	put_welcome(&p, &w);
	sent(c, &p);
}

static void
end(struct core *c, unsigned code, const char *text)
{
	struct put p = say(c, MESSAGE_END);

	put_u32(&p, c->id);
	put_u8(&p, (uint8_t)code);
	put_text(&p, text);
	sent(c, &p);
}

static void
rows(struct core *c, unsigned n_rows, unsigned n_cells, const struct cell *cells)
{
	struct put p = say(c, MESSAGE_ROWS);
	unsigned i;

	put_u32(&p, c->id);
	put_u8(&p, 0);
	put_u16(&p, (uint16_t)n_rows);
	put_u8(&p, (uint8_t)n_cells);
	for (i = 0; i < n_rows * n_cells; i++)
		put_cell(&p, &cells[i]);
	sent(c, &p);
}

/* The session up to its first call. */
static void
begin(struct core *c)
{
	greet(c, WIRE_VERSION);
	welcome(c);
	hear(c);
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
	while (c->fd >= 0 && hear(c) != 0)
		;
	fd_close(&c->fd);
	return NULL;
}

/* One run of the command line and everything about it. */
struct scene {
	struct core core;
	struct app app;
	pthread_t thread;
	char out_path[32], err_path[32];
	struct buf out, err;
	int code;
};

static int
scratch(char *path)
{
	int fd;

	strcpy(path, "/tmp/cli-XXXXXX");
	fd = mkostemp(path, O_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

static void
prepare(struct scene *s, void (*script)(struct core *))
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

static void
give_input(struct scene *s, const char *bytes, size_t n)
{
	char path[32];

	close(s->app.in_fd);
	s->app.in_fd = scratch(path);
	unlink(path);
	assert_int_equal(fd_write_all(s->app.in_fd, bytes, n), 0);
	lseek(s->app.in_fd, 0, SEEK_SET);
}

static void
run(struct scene *s, const char *line)
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

static void
finish(struct scene *s)
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

/* Runs a line as a remote session and compares all that can be seen. */
static void
expect(void (*script)(struct core *), const char *line, int code,
    const char *out, const char *err, const char *log)
{
	struct scene s;

	prepare(&s, script);
	run(&s, line);
	assert_string_equal(buf_string(&s.err), err);
	assert_string_equal(buf_string(&s.out), out);
	if (log != NULL)
		assert_string_equal(buf_string(&s.core.log), log);
	assert_int_equal(s.code, code);
	finish(&s);
}

static void
two_pages(struct core *c)
{
	struct cell page1[] = { cell_text("olga"), cell_text("operator"),
		cell_text("anna"), cell_text("admin") };
	struct cell page2[] = { cell_text("vera"), cell_null() };

	begin(c);
	rows(c, 2, 2, page1);
	hear(c);
	rows(c, 1, 2, page2);
	hear(c);
	end(c, EXIT_DONE, "");
}

static void
one_page(struct core *c)
{
	struct cell page[] = { cell_text("olga"), cell_text("anna"),
		cell_text("vera") };

	begin(c);
	rows(c, 3, 1, page);
}

static void
an_answer_is_asked_for_page_by_page(void **state)
{
	(void)state;
	expect(two_pages, "user list -o csv", EXIT_DONE,
	    USER_COLUMNS "\nolga,operator,,,,,,,,\nanna,admin,,,,,,,,\n"
			 "vera,,,,,,,,,\n",
	    "",
	    "HELLO sightglass\nCALL user list\nMORE\nMORE\n");
	expect(two_pages, "user list -q", EXIT_DONE, "olga\nanna\nvera\n", "",
	    NULL);
	expect(one_page, "user list -q -n 2", EXIT_DONE, "olga\nanna\n", "",
	    "HELLO sightglass\nCALL user list\nCANCEL\n");
}

static void
one_result(struct core *c)
{
	struct cell row[] = { cell_text("site.target"), cell_text("4.5"),
		cell_text("9"), cell_text("refused: above 5.5"),
		cell_uint(0) };

	begin(c);
	rows(c, 1, 5, row);
	end(c, EXIT_REFUSED, "site.target: refused: above 5.5");
}

static void
a_refused_command_has_a_row_a_sentence_and_its_code(void **state)
{
	(void)state;
	expect(one_result, "set site.target 9 --expect 4.5 -o csv",
	    EXIT_REFUSED,
	    "name,old,new,result,elapsed_ms\n"
	    "site.target,4.5,9,refused: above 5.5,0\n",
	    "sightglass: site.target: refused: above 5.5\n",
	    "HELLO sightglass\n"
	    "CALL set expect=4.5 =site.target value=9\nMORE\n");
	expect(one_result, "set -q site.target 9", EXIT_REFUSED, "",
	    "sightglass: site.target: refused: above 5.5\n", NULL);
}

static void
nothing_there(struct core *c)
{
	begin(c);
	end(c, EXIT_NEGATIVE, "");
}

static void
no_such(struct core *c)
{
	begin(c);
	end(c, EXIT_NO_SUCH, "no tag \"x\033[2J\"");
}

static void
an_empty_answer_is_an_answer_and_an_error_is_none(void **state)
{
	(void)state;
	expect(nothing_there, "session list -o csv", EXIT_NEGATIVE,
	    SESSION_COLUMNS "\n", "", NULL);
	expect(nothing_there, "session list", EXIT_NEGATIVE, "", "", NULL);
	expect(no_such, "get x -o csv", EXIT_NO_SUCH, "",
	    "sightglass: no tag \"x\xc2\xb7[2J\"\n", NULL);
	expect(no_such, "get x -o json", EXIT_NO_SUCH, "",
	    "sightglass: no tag \"x\xc2\xb7[2J\"\n", NULL);
}

static void
dies_after_a_page(struct core *c)
{
	struct cell row[] = { cell_text("olga") };

	begin(c);
	rows(c, 1, 1, row);
	hear(c);
	fd_close(&c->fd);
}

static void
a_server_that_dies_leaves_a_visibly_torn_answer(void **state)
{
	struct scene s;

	(void)state;
	prepare(&s, dies_after_a_page);
	run(&s, "user list -o json");
	assert_int_equal(s.code, EXIT_NO_SERVER);
	assert_non_null(strstr(buf_string(&s.out), "\"user\":\"olga\""));
	assert_null(strstr(buf_string(&s.out), "]}"));
	assert_string_equal(buf_string(&s.err),
	    "sightglass: no server: the server closed the connection\n");
	finish(&s);
}

static void
dies_after_the_call(struct core *c)
{
	begin(c);
	fd_close(&c->fd);
}

static void
a_command_without_result_is_unknown(void **state)
{
	(void)state;
	expect(dies_after_the_call, "do P-101A start", EXIT_UNKNOWN, "",
	    "sightglass: the server closed the connection; sent or perhaps "
	    "sent, not confirmed: check the plant\n",
	    NULL);
}

static void
refuses(struct core *c)
{
	struct put p;

	hear(c);
	p = say(c, MESSAGE_REFUSED);
	put_u8(&p, EXIT_NOT_ALLOWED);
	put_text(&p, "the account nobody is no user");
	sent(c, &p);
	fd_close(&c->fd);
}

static void
another_version(struct core *c)
{
	greet(c, WIRE_VERSION + 1);
}

static void
who_may_not_talk_to_the_server_is_told(void **state)
{
	(void)state;
	expect(refuses, "status", EXIT_NOT_ALLOWED, "",
	    "sightglass: the account nobody is no user\n", NULL);
	expect(another_version, "status", EXIT_INTERNAL, "",
	    "sightglass: the server is sightglass 0.1.0, this program is "
	    "0.1.0\n",
	    NULL);
}

static void
answers_locally(struct core *c)
{
	greet(c, WIRE_VERSION);
	hear(c);
	welcome(c);
	hear(c);
	end(c, EXIT_DONE, "");
}

static void
a_local_caller_says_where_he_sits(void **state)
{
	char dir[] = "/tmp/cli-XXXXXX", line[128], path[64];
	struct scene s;
	struct err e;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/core.sock", dir);
	snprintf(line, sizeof(line), "-s %s session list", path);
	prepare(&s, answers_locally);
	fd_close(&s.core.fd);
	fd_close(&s.app.session_fd);
	s.app.remote = false;
	s.core.listener = fd_listen_unix(path, 0600, &e);
	assert_true(s.core.listener >= 0);
	run(&s, line);
	assert_int_equal(s.code, EXIT_DONE);
	assert_string_equal(buf_string(&s.core.log),
	    "HELLO sightglass\nLOCAL /dev/tty1 linux\nCALL session list\n");
	finish(&s);
	unlink(path);
	rmdir(dir);
}

static void
leaves(struct core *c)
{
	fd_close(&c->fd);
}

static void
without_a_server_there_is_a_clear_sentence(void **state)
{
	struct scene s;

	(void)state;
	prepare(&s, leaves);
	fd_close(&s.app.session_fd);
	s.app.remote = false;
	run(&s, "-s /nonexistent/core.sock status");
	assert_int_equal(s.code, EXIT_NO_SERVER);
	assert_string_equal(buf_string(&s.err),
	    "sightglass: no server: /nonexistent/core.sock: No such file or "
	    "directory; is sightglassd running?\n");
	assert_string_equal(buf_string(&s.out), "");
	finish(&s);
}

static void
a_remote_caller_names_no_socket(void **state)
{
	(void)state;
	expect(leaves, "-s /run/other.sock status", EXIT_USAGE, "",
	    "sightglass: -s does not fit here: this session has its server\n"
	    "usage: sightglass status\n",
	    "");
}

/* watch */

static void
update(struct core *c, uint32_t n, uint32_t i, struct value v)
{
	struct put p = say(c, MESSAGE_UPDATE);

	put_u32(&p, n);
	put_u32(&p, c->id);
	put_u16(&p, 1);
	put_u32(&p, i);
	put_value(&p, &v);
	sent(c, &p);
	hear(c);
}

static void
describe(struct core *c)
{
	struct cell row[] = { cell_text("P-101A.run"), cell_text("Raw water"),
		cell_null(), cell_text("intake"), cell_text("P-101A"),
		cell_text("pump"), cell_null(), cell_null(), cell_null(),
		cell_text("STOP|RUN") };

	begin(c);
	rows(c, 1, 10, row);
	hear(c);
	end(c, EXIT_DONE, "");
	hear(c);
}

static void
changes(struct core *c)
{
	struct wall t = { 1795350790482 };
	struct value again = value_bool(true, t);

	describe(c);
	update(c, 1, 0, value_bool(false, t));
	update(c, 2, 0, again);
	update(c, 3, 0, again);	/* nothing new */
	again.quality = QUALITY_STALE;
	again.flags = VALUE_OVERRIDE;
	update(c, 4, 0, again);
	update(c, 5, 0, value_uint(7, t));
	update(c, 6, 9, again);	/* no such tag: ignored */
	end(c, EXIT_DONE, "");
}

static void
two_changes(struct core *c)
{
	describe(c);
	update(c, 1, 0, value_bool(false, (struct wall){ 1795350790482 }));
	update(c, 2, 0, value_bool(true, (struct wall){ 1795350790482 }));
}

static void
watch_prints_a_row_now_and_one_for_each_change(void **state)
{
	(void)state;
	expect(changes, "watch P-101A.run -o csv", EXIT_DONE,
	    TAG_COLUMNS
	    "\n"
	    "P-101A.run,false,STOP,,good,,,2026-11-22T12:33:10.482Z,intake,"
	    "Raw water\n"
	    "P-101A.run,true,RUN,,good,,,2026-11-22T12:33:10.482Z,intake,"
	    "Raw water\n"
	    "P-101A.run,true,RUN,,stale,,override,2026-11-22T12:33:10.482Z,"
	    "intake,Raw water\n"
	    "P-101A.run,7,?7,,good,,,2026-11-22T12:33:10.482Z,intake,"
	    "Raw water\n",
	    "",
	    "HELLO sightglass\nCALL describe tag =P-101A.run\nMORE\n"
	    "CALL watch =P-101A.run\nDRAWN 1\nDRAWN 2\nDRAWN 3\nDRAWN 4\n"
	    "DRAWN 5\nDRAWN 6\n");
	expect(two_changes, "watch P-101A.run -q -n 2", EXIT_DONE,
	    "false\ntrue\n", "",
	    "HELLO sightglass\nCALL describe tag =P-101A.run\nMORE\n"
	    "CALL watch =P-101A.run\nDRAWN 1\nCANCEL\n");
}

/* What the script does to the client once its first row is printed. */
static struct {
	int cancel, reader;
} meddle;

static void
one_change(struct core *c)
{
	describe(c);
	update(c, 1, 0, value_bool(true, (struct wall){ 1795350790482 }));
	if (meddle.cancel >= 0 && write(meddle.cancel, "x", 1) < 0)
		buf_text(&c->log, "(not cancelled)\n");
	fd_close(&meddle.reader);
}

static void
ctrl_c_cancels_and_what_was_seen_stays(void **state)
{
	struct scene s;
	int cancel[2];

	(void)state;
	assert_int_equal(pipe2(cancel, O_CLOEXEC), 0);
	meddle.cancel = cancel[1];
	meddle.reader = -1;
	prepare(&s, one_change);
	s.app.cancel_fd = cancel[0];
	run(&s, "watch P-101A.run --utc");
	assert_int_equal(s.code, EXIT_CANCELLED);
	assert_string_equal(buf_string(&s.out),
	    "TAG         VALUE  TEXT  UNIT  QUALITY  CAUSE  FLAGS  TIME"
	    "                 AREA    TITLE\n"
	    "P-101A.run  true   RUN         good                   "
	    "2026-11-22 12:33:10  intake  Raw water\n");
	assert_string_equal(buf_string(&s.err), "");
	assert_non_null(strstr(buf_string(&s.core.log), "CANCEL\n"));
	close(cancel[0]);
	close(cancel[1]);
	finish(&s);
}

static void
takes_its_time(struct core *c)
{
	begin(c);
	if (write(meddle.cancel, "x", 1) < 0)
		buf_text(&c->log, "(not cancelled)\n");
}

static void
a_cancelled_command_may_still_happen(void **state)
{
	struct scene s;
	int cancel[2];

	(void)state;
	assert_int_equal(pipe2(cancel, O_CLOEXEC), 0);
	meddle.cancel = cancel[1];
	prepare(&s, takes_its_time);
	s.app.cancel_fd = cancel[0];
	run(&s, "do P-101A start");
	assert_int_equal(s.code, EXIT_CANCELLED);
	assert_string_equal(buf_string(&s.err),
	    "sightglass: cancelled before the result was known; see sightglass "
	    "audit, and check the plant\n");
	close(cancel[0]);
	close(cancel[1]);
	finish(&s);
}

static void
a_closed_output_ends_quietly(void **state)
{
	struct scene s;
	int out[2];

	(void)state;
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	meddle.cancel = -1;
	meddle.reader = out[0];
	prepare(&s, one_change);
	close(s.app.out_fd);
	s.app.out_fd = out[1];
	run(&s, "watch P-101A.run");
	assert_int_equal(s.code, EXIT_CANCELLED);
	assert_string_equal(buf_string(&s.err), "");
	assert_non_null(strstr(buf_string(&s.core.log), "CANCEL\n"));
	finish(&s);
}

#define LINE_BYTES 101
#define LINES 600
#define BEATS 3000		/* more than a socket holds */

/* Sends a beat and waits until the client takes some; false: it is deaf. */
static bool
send_beat(struct core *c)
{
	struct beat beat = { .now = { 1 } };
	struct put p = say(c, MESSAGE_BEAT);
	struct pollfd writable = { c->fd, POLLOUT, 0 };

	put_beat(&p, &beat);
	while (fd_send(c->fd, p.at, p.len, -1) < 0)
		if (poll(&writable, 1, 5000) != 1)
			return false;
	return true;
}

static void
beats_on(struct core *c)
{
	struct cell page[LINES];
	char text[LINE_BYTES];
	size_t left = LINES * LINE_BYTES;
	unsigned i;
	ssize_t n;

	memset(text, 'x', LINE_BYTES - 1);
	text[LINE_BYTES - 1] = '\0';
	for (i = 0; i < LINES; i++)
		page[i] = cell_text(text);
	begin(c);
	rows(c, LINES, 1, page);
	for (i = 0; i < BEATS && send_beat(c); i++)
		;
	buf_printf(&c->log, "%u beats\n", i);
	end(c, EXIT_DONE, "");
	/* now the pager goes on */
	while (left > 0 && (n = read(meddle.reader, c->in, left)) > 0)
		left -= (size_t)n;
	fd_close(&meddle.reader);
}

static void
a_pager_that_stands_still_does_not_make_us_deaf(void **state)
{
	struct scene s;
	int out[2];

	(void)state;
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	assert_true(fcntl(out[1], F_SETPIPE_SZ, 4096) > 0);
	meddle.reader = out[0];
	prepare(&s, beats_on);
	close(s.app.out_fd);
	s.app.out_fd = out[1];
	run(&s, "user list -q");
	assert_int_equal(s.code, EXIT_DONE);
	assert_string_equal(buf_string(&s.err), "");
	assert_non_null(strstr(buf_string(&s.core.log), "3000 beats\n"));
	finish(&s);
}

/* input */

/* The demonstration project, in the source tree. */
static char *
riverside(void)
{
	const char *src = getenv("SG_SRC");

	return xasprintf("%s/conf/riverside", src != NULL ? src : "..");
}

static struct buf fed;

static void
takes_input(struct core *c)
{
	begin(c);
	do {
		if (hear(c) != MESSAGE_FEED)
			return;
		buf_add(&fed, c->in + 5, c->heard - 5);
	} while (c->heard > 5);
	end(c, EXIT_DONE, "revision 18");
}

static void
project_id(char id[65], const char *dir, int tar)
{
	struct project_files f = { 0 };
	struct report r;
	struct err e;

	report_init(&r);
	assert_int_equal(dir != NULL ? project_files_read(&f, dir, &r, &e)
				     : project_files_read_tar(&f, tar, &r, &e),
	    0);
	project_files_id(&f, id);
	project_files_fini(&f);
	report_fini(&r);
}

static void
a_directory_is_checked_packed_and_fed_in_pieces(void **state)
{
	char *dir = riverside(), *line = xasprintf("project apply '%s'", dir);
	char before[65], after[65];
	struct scene s;

	(void)state;
	buf_clear(&fed);
	prepare(&s, takes_input);
	s.app.remote = false;
	run(&s, line);
	assert_string_equal(
	    buf_string(&s.err), "sightglass: revision 18\n");
	assert_int_equal(s.code, EXIT_DONE);
	assert_true(fed.len > 32768);
	assert_non_null(strstr(buf_string(&s.core.log), "FEED 32768\n"));
	finish(&s);

	give_input(&s, fed.at, fed.len);
	project_id(before, dir, -1);
	project_id(after, NULL, s.app.in_fd);
	assert_string_equal(before, after);
	close(s.app.in_fd);
	free(dir);
	free(line);
}

static void
a_tar_of_a_tar_is_the_same_project(void **state)
{
	struct scene s;
	struct buf first = { 0 };

	(void)state;
	buf_add(&first, fed.at, fed.len);	/* of the test before */
	buf_clear(&fed);
	prepare(&s, takes_input);
	give_input(&s, first.at, first.len);
	run(&s, "project apply -");
	assert_int_equal(s.code, EXIT_DONE);
	assert_int_equal(fed.len, first.len);
	assert_memory_equal(fed.at, first.at, first.len);
	finish(&s);
	buf_free(&first);
}

static void
refuses_input(struct core *c)
{
	begin(c);
	end(c, EXIT_NOT_ALLOWED, "needs project");
}

static void
a_refusal_ends_the_feeding(void **state)
{
	struct scene s;

	(void)state;
	prepare(&s, refuses_input);
	give_input(&s, fed.at, fed.len);
	run(&s, "project apply -");
	assert_string_equal(
	    buf_string(&s.err), "sightglass: needs project\n");
	assert_int_equal(s.code, EXIT_NOT_ALLOWED);
	finish(&s);
	buf_free(&fed);
}

/* A directory whose only file is wrong in one line. */
static void
broken_project(char *dir)
{
	static const char text[] = "format = 1;\nnmae = \"x\";\n";
	char path[64];
	int fd;

	strcpy(dir, "/tmp/cli-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/plant.conf", dir);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(fd_write_all(fd, text, strlen(text)), 0);
	close(fd);
}

static void
remove_project(const char *dir)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/plant.conf", dir);
	unlink(path);
	rmdir(dir);
}

static void
a_broken_project_is_told_with_its_lines_and_never_sent(void **state)
{
	char dir[32], line[64], expected[64];
	struct scene s;

	(void)state;
	broken_project(dir);
	snprintf(expected, sizeof(expected), "%s/plant.conf:2: error: ", dir);
	prepare(&s, leaves);
	s.app.remote = false;
	snprintf(line, sizeof(line), "project apply %s", dir);
	run(&s, line);
	assert_int_equal(s.code, EXIT_NEGATIVE);
	assert_non_null(strstr(buf_string(&s.err), expected));
	assert_string_equal(buf_string(&s.core.log), "");
	finish(&s);

	prepare(&s, leaves);
	s.app.remote = false;
	snprintf(line, sizeof(line), "project check %s/", dir);
	run(&s, line);
	assert_int_equal(s.code, EXIT_NEGATIVE);
	assert_non_null(strstr(buf_string(&s.out), expected));
	assert_string_equal(buf_string(&s.err), "");
	assert_string_equal(buf_string(&s.core.log), "");
	finish(&s);

	prepare(&s, leaves);
	s.app.remote = false;
	snprintf(line, sizeof(line), "project check -o csv %s", dir);
	run(&s, line);
	assert_int_equal(
	    strncmp(buf_string(&s.out),
		"file,line,column,severity,text\nplant.conf,", 42),
	    0);
	finish(&s);
	remove_project(dir);
}

static void
no_directory_of_the_server_is_read_for_a_remote_caller(void **state)
{
	(void)state;
	expect(leaves, "project check /etc", EXIT_USAGE, "",
	    "sightglass: project check: no directory of the server is read; "
	    "tar c . | ssh PLANT project check -\n",
	    "");
	expect(leaves, "project apply /etc", EXIT_USAGE, "",
	    "sightglass: project apply: no directory of the server is read; "
	    "tar c . | ssh PLANT project apply -\n",
	    "");
}

static void
what_is_no_tar_is_no_project(void **state)
{
	struct scene s;

	(void)state;
	prepare(&s, leaves);
	give_input(&s, "this is no tar", 14);
	run(&s, "project check -");
	assert_int_equal(s.code, EXIT_NEGATIVE);
	assert_string_equal(buf_string(&s.err),
	    "sightglass: standard input: the bundle is not a tar\n");
	finish(&s);
}

static void
ends_well(struct core *c)
{
	begin(c);
	end(c, EXIT_DONE, "");
}

static void
a_key_comes_from_standard_input(void **state)
{
	static const struct {
		const char *input, *log, *err;
		int code;
	} cases[] = {
		{ "ssh-ed25519 AAAA olga@desk\n",
		    "HELLO sightglass\n"
		    "CALL user key add =olga key=ssh-ed25519 AAAA olga@desk\n",
		    "", EXIT_DONE },
		{ "\n# mine\r\n  ssh-ed25519 AAAA \r\n\n",
		    "HELLO sightglass\n"
		    "CALL user key add =olga key=ssh-ed25519 AAAA\n",
		    "", EXIT_DONE },
		{ "a\nb\n", NULL,
		    "sightglass: standard input: one line at a time\n",
		    EXIT_USAGE },
		{ " \n", NULL,
		    "sightglass: standard input: nothing was given\n",
		    EXIT_USAGE },
		{ "", NULL,
		    "sightglass: standard input: a line of text is expected\n",
		    EXIT_USAGE },
	};
	struct scene s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		prepare(&s, cases[i].log != NULL ? ends_well : leaves);
		give_input(&s, cases[i].input, strlen(cases[i].input));
		run(&s, "user key add olga");
		assert_string_equal(buf_string(&s.err), cases[i].err);
		assert_int_equal(s.code, cases[i].code);
		if (cases[i].log != NULL)
			assert_string_equal(
			    buf_string(&s.core.log), cases[i].log);
		finish(&s);
	}
}

static void
a_key_is_bounded(void **state)
{
	static char key[20000];
	struct scene s;

	(void)state;
	memset(key, 'k', sizeof(key));
	prepare(&s, leaves);
	give_input(&s, key, sizeof(key));
	run(&s, "user key add olga");
	assert_int_equal(s.code, EXIT_USAGE);
	assert_string_equal(buf_string(&s.err),
	    "sightglass: standard input: more than 16384 bytes\n");
	finish(&s);
}

/* times */

static void
times_of_the_plant_travel_as_utc(void **state)
{
	(void)state;
	expect(ends_well,
	    "events --since '2026-11-22 06:00' --until 2026-11-22T12:00:00Z "
	    "-n 7",
	    EXIT_DONE, "", "",
	    "HELLO sightglass\n"
	    "CALL events since=2026-11-22T05:00:00.000Z "
	    "until=2026-11-22T12:00:00.000Z count=7\n");
	expect(ends_well, "events --since '2026-10-25 02:30'", EXIT_DONE, "",
	    "sightglass: warning: \"2026-10-25 02:30\" exists twice or not at "
	    "all on that day; taken as 2026-10-25T00:30:00.000Z\n",
	    NULL);
}

static void
two_alarms(struct core *c)
{
	struct cell row[32] = { [0] = cell_text("OLD"),
		[8] = cell_time((struct wall){ 1795300000000 }),
		[16] = cell_text("NEW"),
		[24] = cell_time((struct wall){ 1795350790482 }) };

	begin(c);
	rows(c, 2, 16, row);
	hear(c);
	end(c, EXIT_DONE, "");
}

static void
the_client_keeps_to_the_time_where_the_core_does_not(void **state)
{
	(void)state;
	expect(two_alarms, "alarms -q --since 2026-11-22T12:00:00Z", EXIT_DONE,
	    "NEW\n", "", NULL);
	expect(two_alarms, "alarms -q --until 2026-11-22T12:00:00Z", EXIT_DONE,
	    "OLD\n", "", NULL);
	expect(two_alarms, "alarms -q --since 2026-11-23", EXIT_NEGATIVE, "",
	    "", NULL);
}

static void
two_values(struct core *c)
{
	struct cell row[20] = { [0] = cell_text("a"), [1] = cell_real(0.5, 2),
		[4] = cell_text("good"), [10] = cell_text("site.power"),
		[11] = cell_real(41.8, 2), [14] = cell_text("bad"),
		[15] = cell_text("comm") };

	begin(c);
	rows(c, 2, 10, row);
	hear(c);
	end(c, EXIT_DONE, "");
}

static void
a_bare_value_that_is_not_good_is_said_to_be_so(void **state)
{
	(void)state;
	expect(two_values, "get -q a site.power", EXIT_DONE, "0.5\n41.8\n",
	    "sightglass: site.power is bad: comm\n", NULL);
}

static void
what_is_not_understood_asks_no_core(void **state)
{
	(void)state;
	expect(leaves, "tagz", EXIT_USAGE, "",
	    "sightglass: no verb \"tagz\"; did you mean \"tags\"?\n"
	    "see: sightglass help\n",
	    "");
	expect(leaves, "set site.target", EXIT_USAGE, "",
	    "sightglass: set needs VALUE\n"
	    "usage: sightglass set TAG VALUE [--expect OLD] [--confirm VALUE] "
	    "[--reason TEXT]\n",
	    "");
	expect(leaves, "version", EXIT_DONE, "sightglass 0.1.0\n", "", "");
	expect(leaves, "version -q", EXIT_DONE, "sightglass\n", "", "");
	expect(leaves, "help nonsense", EXIT_USAGE, "",
	    "sightglass: no verb \"nonsense\"\n", "");
}

static void
some_tags(struct core *c)
{
	struct cell row[] = { cell_text("LT-501.pv"), cell_text("LT-502.pv") };

	begin(c);
	rows(c, 2, 1, row);
	hear(c);
	end(c, EXIT_DONE, "");
}

static void
completion_knows_the_names_of_the_core(void **state)
{
	(void)state;
	expect(some_tags, "complete -- get LT-", EXIT_DONE,
	    "LT-501.pv\nLT-502.pv\n", "",
	    "HELLO sightglass\nCALL tags =LT-*\nMORE\n");
	expect(leaves, "complete -- get LT-", EXIT_DONE, "", "", NULL);
	expect(leaves, "complete -- st", EXIT_DONE, "status\n", "", NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_asked_for_page_by_page),
		cmocka_unit_test(
		    a_refused_command_has_a_row_a_sentence_and_its_code),
		cmocka_unit_test(
		    an_empty_answer_is_an_answer_and_an_error_is_none),
		cmocka_unit_test(
		    a_server_that_dies_leaves_a_visibly_torn_answer),
		cmocka_unit_test(a_command_without_result_is_unknown),
		cmocka_unit_test(who_may_not_talk_to_the_server_is_told),
		cmocka_unit_test(a_local_caller_says_where_he_sits),
		cmocka_unit_test(without_a_server_there_is_a_clear_sentence),
		cmocka_unit_test(a_remote_caller_names_no_socket),
		cmocka_unit_test(
		    watch_prints_a_row_now_and_one_for_each_change),
		cmocka_unit_test(ctrl_c_cancels_and_what_was_seen_stays),
		cmocka_unit_test(a_cancelled_command_may_still_happen),
		cmocka_unit_test(a_closed_output_ends_quietly),
		cmocka_unit_test(
		    a_pager_that_stands_still_does_not_make_us_deaf),
		cmocka_unit_test(
		    a_directory_is_checked_packed_and_fed_in_pieces),
		cmocka_unit_test(a_tar_of_a_tar_is_the_same_project),
		cmocka_unit_test(a_refusal_ends_the_feeding),
		cmocka_unit_test(
		    a_broken_project_is_told_with_its_lines_and_never_sent),
		cmocka_unit_test(
		    no_directory_of_the_server_is_read_for_a_remote_caller),
		cmocka_unit_test(what_is_no_tar_is_no_project),
		cmocka_unit_test(a_key_comes_from_standard_input),
		cmocka_unit_test(a_key_is_bounded),
		cmocka_unit_test(times_of_the_plant_travel_as_utc),
		cmocka_unit_test(
		    the_client_keeps_to_the_time_where_the_core_does_not),
		cmocka_unit_test(a_bare_value_that_is_not_good_is_said_to_be_so),
		cmocka_unit_test(what_is_not_understood_asks_no_core),
		cmocka_unit_test(completion_knows_the_names_of_the_core),
	};

	signal(SIGPIPE, SIG_IGN);	/* as every program of ours */
	alarm(60);			/* a client that waits for ever fails */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
