/* SPDX-License-Identifier: ISC */
#include "ssh/talker.h"

#include <errno.h>
#include <libssh/callbacks.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/mem.h"
#include "ssh/bridge.h"
#include "ssh/hostkey.h"
#include "ssh/login.h"
#include "ssh/request.h"
#include "ssh/sandbox.h"

static const struct span open_grace = { 30000 };	/* login to request */
static const struct span linger = { 2000 };	/* output behind the end */
static const struct span stop_grace = { 2000 };	/* SIGTERM to the end */
static const struct span hangup_grace = { 5000 };	/* SIGHUP to SIGKILL */
static const struct span closing_grace = { 15000 };
#define CLOSING_MOST 40		/* graces without progress */
static const struct span look_at_peer = { 15000 };
#define PEER_SILENT 60000	/* ms without a TCP acknowledgement */

#define EXIT_USAGE 2
#define EXIT_INTERNAL 9

enum stage { LOGIN, OPEN, RUNNING, CLOSING };

struct talker {
	const struct talker_rules *rules;
	const char *from;
	int socket, report, session_fd;
	ssh_session session;
	ssh_event event;
	ssh_channel channel;
	struct ssh_server_callbacks_struct server;
	struct ssh_channel_callbacks_struct on_channel;
	struct login *login;
	struct starter starter;
	struct request request;
	struct bridge bridge;
	char *command;
	char user[33];
	enum stage stage;
	unsigned tries;
	bool keyed;
	bool over;		/* end as soon as nothing is to be sent */
	bool gone;		/* the client is not there any more */
	bool ended;		/* the program is */
	bool stopping;		/* the server does; at stop_by at the latest */
	struct mono stop_by;
	int status;		/* of waitpid; or ours << 8 */
	struct mono deadline;	/* of the stage */
	struct mono look;	/* at the peer */
	int under_way;		/* bytes in TCP when last looked */
	unsigned stalled;	/* times that they were the same */
};

static volatile sig_atomic_t stopped;	/* by SIGTERM: the server stops */

static void
on_stop(int number)
{
	stopped = number;
}

/*
 * Setting up.
 */

static int
bind_text(ssh_bind b, enum ssh_bind_options_e which, const char *text)
{
	return ssh_bind_options_set(b, which, text);
}

ssh_bind
talker_bind(ssh_key hostkey, struct err *e)
{
	static const char kex[] =
	    "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256";
	static const char ciphers[] =
	    "chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes256-ctr";
	static const char macs[] = "hmac-sha2-256-etm@openssh.com,"
				   "hmac-sha2-512-etm@openssh.com";
	static const char keys[] =
	    "ssh-ed25519,sk-ssh-ed25519@openssh.com,ecdsa-sha2-nistp256,"
	    "ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,"
	    "sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256";
	ssh_bind b = ssh_bind_new();
	bool no = false;
	int rsa = 3072, rc = 0;

	if (b == NULL)
		goto failed;
	rc |= ssh_bind_options_set(b, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no);
	rc |= bind_text(b, SSH_BIND_OPTIONS_BANNER, "Sightglass");
	rc |= bind_text(b, SSH_BIND_OPTIONS_KEY_EXCHANGE, kex);
	rc |= bind_text(b, SSH_BIND_OPTIONS_HOSTKEY_ALGORITHMS, "ssh-ed25519");
	rc |= bind_text(b, SSH_BIND_OPTIONS_CIPHERS_C_S, ciphers);
	rc |= bind_text(b, SSH_BIND_OPTIONS_CIPHERS_S_C, ciphers);
	rc |= bind_text(b, SSH_BIND_OPTIONS_HMAC_C_S, macs);
	rc |= bind_text(b, SSH_BIND_OPTIONS_HMAC_S_C, macs);
	rc |= bind_text(b, SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES, keys);
	rc |= ssh_bind_options_set(b, SSH_BIND_OPTIONS_RSA_MIN_SIZE, &rsa);
	rc |= ssh_bind_options_set(b, SSH_BIND_OPTIONS_IMPORT_KEY, hostkey);
	if (rc == 0)
		return b;
failed:
	err_set(e, "libssh: %s", b != NULL ? ssh_get_error(b) : "no memory");
	ssh_bind_free(b);
	return NULL;
}

static void
option(int fd, int level, int which, int value)
{
	setsockopt(fd, level, which, &value, sizeof(value));
}

/* No waiting for more bytes; a peer that is gone is noticed in a minute. */
static void
tune(int fd)
{
	option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
	option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
	option(fd, IPPROTO_TCP, TCP_KEEPIDLE, 15);
	option(fd, IPPROTO_TCP, TCP_KEEPINTVL, 15);
	option(fd, IPPROTO_TCP, TCP_KEEPCNT, 4);
}

static void
tell(const struct talker *t, enum report what)
{
	char bytes[sizeof(t->user) + 1];
	int n = snprintf(bytes, sizeof(bytes), "%c%s", what, t->user);

	/* without a listener nobody counts us, and that is all */
	if (fd_send(t->report, bytes, (size_t)n, -1) < 0)
		log_trace("the listener is gone");
}

static void
enter(struct talker *t, enum stage to, struct span within)
{
	t->stage = to;
	t->deadline = mono_add(clock_mono(), within);
}

/*
 * Login.
 */

static void
keyed(struct talker *t)
{
	if (t->keyed)
		return;
	t->keyed = true;
	tell(t, REPORT_KEYED);
}

static int
refuse(struct talker *t, const char *user, const char *key, const char *why)
{
	log_note("login refused: %.32s from %s, key %s: %s", user, t->from,
	    key, why);
	tell(t, REPORT_FAILED);
	if (++t->tries >= t->rules->tries)
		t->over = true;
	return SSH_AUTH_DENIED;
}

static int
no_core(struct talker *t, const struct err *e)
{
	log_warn("no login from %s: %s", t->from, e->text);
	t->over = true;
	return SSH_AUTH_DENIED;
}

static int
log_in(struct talker *t, const char *user, const char *key)
{
	struct err e;
	int rc;

	/* The terminal is not known before the channel is open. */
	rc = login_key(t->login, user, key, t->from, "", &e);
	if (rc < 0)
		return no_core(t, &e);
	if (rc == 0) {
		t->over = true;	/* the descriptor said LOGIN; it has no second */
		return refuse(t, user, key, e.text);
	}
	str_copy(t->user, user, sizeof(t->user));
	t->session_fd = login_take(t->login);
	log_note("%s logged in from %s, key %s", user, t->from, key);
	tell(t, REPORT_LIVE);
	enter(t, OPEN, open_grace);
	return SSH_AUTH_SUCCESS;
}

static int
on_key(ssh_session session, const char *user, struct ssh_key_struct *key,
    char state, void *data)
{
	struct talker *t = data;
	char print[HOSTKEY_PRINT];
	struct err e;
	int rc;

	(void)session;
	keyed(t);
	if (t->stage != LOGIN || t->over || !hostkey_print(key, print))
		return SSH_AUTH_DENIED;
	if (!request_user_ok(user))
		return refuse(t, user, print, "not a user name");
	if (state == SSH_PUBLICKEY_STATE_VALID)
		return log_in(t, user, print);
	if (state != SSH_PUBLICKEY_STATE_NONE)
		return refuse(t, user, print, "wrong signature");
	rc = login_probe(t->login, user, print, &e);
	if (rc < 0)
		return no_core(t, &e);
	return rc == 1 ? SSH_AUTH_SUCCESS
		       : refuse(t, user, print, "not a key of this user");
}

/* Every client begins with it, to learn the methods; it is no try. */
static int
on_none(ssh_session session, const char *user, void *data)
{
	(void)session;
	(void)user;
	keyed(data);
	return SSH_AUTH_DENIED;
}

static int
on_service(ssh_session session, const char *service, void *data)
{
	(void)session;
	keyed(data);
	return strcmp(service, "ssh-userauth") == 0 ? 0 : -1;
}

/* What no callback is for. Methods that we do not offer count as tries; the
 * rest libssh refuses. */
static int
on_message(ssh_session session, ssh_message m, void *data)
{
	struct talker *t = data;
	const char *user = ssh_message_auth_user(m);

	(void)session;
	if (ssh_message_type(m) == SSH_REQUEST_AUTH && t->stage == LOGIN)
		refuse(t, user != NULL ? user : "", "none",
		    "a method that is not offered");
	return 1;
}

/*
 * What is asked for on the channel.
 */

static int
on_pty(ssh_session s, ssh_channel c, const char *term, int columns, int rows,
    int px, int py, void *data)
{
	struct talker *t = data;

	(void)s, (void)c, (void)px, (void)py;
	if (t->request.kind != REQUEST_NONE || t->request.pty)
		return SSH_ERROR;
	t->request.pty = true;
	request_term(&t->request, term);
	t->request.size = request_size(columns, rows);
	return SSH_OK;
}

static int
on_resize(ssh_session s, ssh_channel c, int columns, int rows, int px, int py,
    void *data)
{
	struct talker *t = data;

	(void)s, (void)c, (void)px, (void)py;
	t->request.size = request_size(columns, rows);
	if (t->request.pty && t->bridge.ends.out >= 0)
		ioctl(t->bridge.ends.out, TIOCSWINSZ, &t->request.size);
	return SSH_OK;
}

static int
on_env(ssh_session s, ssh_channel c, const char *name, const char *value,
    void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	if (t->request.kind != REQUEST_NONE)
		return SSH_ERROR;
	return request_env(&t->request, name, value) ? SSH_OK : SSH_ERROR;
}

static int
on_shell(ssh_session s, ssh_channel c, void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	if (t->request.kind != REQUEST_NONE)
		return SSH_ERROR;
	t->request.kind = REQUEST_SHELL;
	return SSH_OK;
}

static int
on_exec(ssh_session s, ssh_channel c, const char *command, void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	if (t->request.kind != REQUEST_NONE)
		return SSH_ERROR;
	t->request.kind = REQUEST_EXEC;
	t->command = xstrndup(command, WORDS_LINE_MAX + 1);
	return SSH_OK;
}

static int
on_data(ssh_session s, ssh_channel c, void *bytes, uint32_t n, int is_err,
    void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	return is_err ? (int)n : bridge_data(&t->bridge, bytes, n);
}

static void
on_eof(ssh_session s, ssh_channel c, void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	t->bridge.eof = true;
}

static void
on_close(ssh_session s, ssh_channel c, void *data)
{
	struct talker *t = data;

	(void)s, (void)c;
	t->gone = true;
}

static void
signal_program(const struct talker *t, int which)
{
	if (!t->ended)
		kill(-t->starter.pid, which);
}

static void
on_signal(ssh_session s, ssh_channel c, const char *name, void *data)
{
	static const struct {
		const char *name;
		int number;
	} signals[] = { { "HUP", SIGHUP }, { "INT", SIGINT },
		{ "QUIT", SIGQUIT }, { "TERM", SIGTERM } };
	const struct talker *t = data;
	size_t i;

	(void)s, (void)c;
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (t->stage == RUNNING && strcmp(name, signals[i].name) == 0)
			signal_program(t, signals[i].number);
}

static ssh_channel
on_channel(ssh_session session, void *data)
{
	struct talker *t = data;

	if (t->stage != OPEN || t->channel != NULL)
		return NULL;
	t->channel = ssh_channel_new(session);
	if (t->channel == NULL)
		return NULL;
	t->on_channel = (struct ssh_channel_callbacks_struct){
		.userdata = t,
		.channel_data_function = on_data,
		.channel_eof_function = on_eof,
		.channel_close_function = on_close,
		.channel_signal_function = on_signal,
		.channel_pty_request_function = on_pty,
		.channel_pty_window_change_function = on_resize,
		.channel_shell_request_function = on_shell,
		.channel_exec_request_function = on_exec,
		.channel_env_request_function = on_env,
	};
	ssh_callbacks_init(&t->on_channel);
	ssh_set_channel_callbacks(t->channel, &t->on_channel);
	bridge_init(&t->bridge, session, t->channel, t->socket);
	return t->channel;
}

/*
 * The program.
 */

/* Instead of a program: a line, and an exit code. */
static void
answer(struct talker *t, int code, const char *text)
{
	char line[sizeof(struct err) + 16];

	snprintf(line, sizeof(line), "sightglass: %s%s", text,
	    t->request.pty ? "\r\n" : "\n");
	t->bridge.terminal = t->request.pty;
	bridge_say(&t->bridge, line);
	fd_close(&t->session_fd);
	starter_kill(&t->starter);	/* its end is not the answer */
	t->ended = true;
	t->status = code << 8;
	enter(t, RUNNING, linger);
}

static void
begin(struct talker *t)
{
	struct starter_ends ends;
	struct err e;

	if (t->request.kind == REQUEST_SHELL && !t->request.pty) {
		answer(t, EXIT_USAGE, "the console needs a terminal: ssh -t");
		return;
	}
	if (t->command != NULL &&
	    words_split(&t->request.words, t->command, &e) < 0) {
		answer(t, EXIT_USAGE, e.text);
		return;
	}
	str_copy(t->request.from, t->from, sizeof(t->request.from));
	if (starter_go(
		&t->starter, &t->request, &t->session_fd, &ends, &e) < 0) {
		log_error("%s: %s", t->user, e.text);
		answer(t, EXIT_INTERNAL, "the program does not start");
		return;
	}
	if (t->request.pty)
		option(t->socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, 4096);
	bridge_open(&t->bridge, &ends, t->request.pty);
	t->look = mono_add(clock_mono(), look_at_peer);
	enter(t, RUNNING, linger);
}

static void
reap(struct talker *t, struct mono now)
{
	pid_t rc;

	do
		rc = waitpid(t->starter.pid, &t->status, WNOHANG);
	while (rc < 0 && errno == EINTR);
	if (rc == 0)
		return;
	fd_close(&t->starter.pidfd);
	t->ended = true;
	t->deadline = mono_add(now, linger);
	if (t->stage == RUNNING)
		bridge_ended(&t->bridge);
	else
		t->over = true;
}

static const char *
signal_name(int number)
{
	const char *name = sigabbrev_np(number);

	return name != NULL ? name : "TERM";
}

/* The program has ended and its output is with libssh: say so, and close. */
static void
finish(struct talker *t)
{
	if (WIFEXITED(t->status))
		ssh_channel_request_send_exit_status(
		    t->channel, WEXITSTATUS(t->status));
	else
		ssh_channel_request_send_exit_signal(t->channel,
		    signal_name(WTERMSIG(t->status)), 0, "", "");
	ssh_channel_send_eof(t->channel);
	ssh_channel_close(t->channel);
	bridge_fini(&t->bridge);
	t->under_way = -1;
	enter(t, CLOSING, closing_grace);
}

/*
 * The turn.
 */

static int
under_way(const struct talker *t)
{
	int bytes = 0;

	return ioctl(t->socket, SIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

/* Keep-alives see only a connection on which nothing is under way. A peer
 * that has merely stopped to read has acknowledged all that was sent, and is
 * then asked for its window at intervals of up to two minutes. */
static void
look(struct talker *t, struct mono now)
{
	struct tcp_info i;
	socklen_t len = sizeof(i);

	if (t->stage < RUNNING || mono_before(now, t->look))
		return;
	t->look = mono_add(now, look_at_peer);
	if (getsockopt(t->socket, IPPROTO_TCP, TCP_INFO, &i, &len) == 0 &&
	    i.tcpi_unacked > 0 && i.tcpi_last_ack_recv > PEER_SILENT) {
		log_note("%s from %s: nothing heard for a minute", t->user,
		    t->from);
		t->gone = true;
	}
}

static void
expire(struct talker *t, struct mono now)
{
	int left;

	if (mono_before(now, t->deadline))
		return;
	switch (t->stage) {
	case LOGIN:
		log_note("no login in time from %s", t->from);
		t->over = true;
		break;
	case OPEN:
		log_note("%s from %s asks for nothing", t->user, t->from);
		t->over = true;
		break;
	case RUNNING:		/* somebody else holds the program's output */
		if (t->ended && bridge_is_idle(&t->bridge))
			finish(t);
		t->deadline = mono_add(now, linger);
		break;
	case CLOSING:
		left = under_way(t);
		t->stalled = left == t->under_way ? t->stalled + 1 : 0;
		if (left == 0 || t->stalled >= CLOSING_MOST)
			t->gone = true;
		t->under_way = left;
		t->deadline = mono_add(now, closing_grace);
		break;
	}
}

/* The server stops: the program may still leave the terminal as it was. */
static void
stop(struct talker *t, struct mono now)
{
	if (!t->stopping) {
		t->stopping = true;
		t->stop_by = mono_add(now, stop_grace);
		if (t->stage == RUNNING)
			signal_program(t, SIGTERM);
	}
	if (t->stage < RUNNING || !mono_before(now, t->stop_by))
		t->over = true;
}

static void
step(struct talker *t, struct mono now)
{
	if (stopped)
		stop(t, now);
	if (t->stage == OPEN && t->request.kind != REQUEST_NONE)
		begin(t);
	if (t->stage == RUNNING && bridge_turn(&t->bridge, now) < 0)
		t->gone = true;
	if (t->stage == RUNNING && t->ended && bridge_drained(&t->bridge))
		finish(t);
	look(t, now);
	expire(t, now);
}

static bool
has_to_send(const struct talker *t)
{
	return (ssh_get_poll_flags(t->session) & SSH_WRITE_PENDING) != 0;
}

static unsigned
what_to_await(
    struct talker *t, struct pollfd p[5], struct mono *wake, struct mono now)
{
	unsigned n = 0;

	*wake = t->stage == CLOSING ? mono_first(t->deadline, t->look)
				    : t->deadline;
	p[n++] = (struct pollfd){ t->socket,
		(short)(POLLIN | (has_to_send(t) ? POLLOUT : 0)), 0 };
	p[n++] = (struct pollfd){ t->starter.pidfd, POLLIN, 0 };
	if (t->stage != RUNNING)
		return n;
	*wake = t->ended ? mono_first(t->deadline, t->look) : t->look;
	if (t->stopping)
		*wake = mono_first(*wake, t->stop_by);
	return n + bridge_polls(&t->bridge, p + n, wake, now);
}

/* SIGTERM comes only here. */
static int
wait_for(struct pollfd *p, unsigned n, struct mono until, struct mono now)
{
	int64_t us = mono_before(now, until) ? until.us - now.us : 0;
	struct timespec t = { us / 1000000, us % 1000000 * 1000 };
	sigset_t none;

	sigemptyset(&none);
	return ppoll(p, n, &t, &none);
}

static void
turn(struct talker *t)
{
	struct mono wake, now = clock_mono();
	struct pollfd p[5];
	unsigned n = what_to_await(t, p, &wake, now);

	if (wait_for(p, n, wake, now) < 0)
		for (n = 0; n < 2; n++)
			p[n].revents = 0;	/* a signal */
	/* Until the program runs, messages go to and fro one at a time. */
	if (t->stage == LOGIN || t->stage == OPEN)
		option(t->socket, IPPROTO_TCP, TCP_QUICKACK, 1);
	if (p[0].revents != 0 && ssh_event_dopoll(t->event, 0) == SSH_ERROR)
		t->gone = true;
	if ((ssh_get_status(t->session) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0)
		t->gone = true;
	now = clock_mono();
	if (p[1].revents != 0)
		reap(t, now);
	if (!t->gone && !t->over)
		step(t, now);
}

/* The client is gone; the program is told, and then made, to go too. */
static void
hang_up(struct talker *t)
{
	struct pollfd p = { t->starter.pidfd, POLLIN, 0 };
	struct mono now = clock_mono();
	struct mono until = mono_add(now, hangup_grace);

	if (t->channel != NULL)
		bridge_fini(&t->bridge);
	fd_close(&t->starter.fd);	/* one that still waits ends now */
	if (t->ended || t->starter.pid < 0)
		return;
	if (t->stage == RUNNING)
		signal_program(t, SIGHUP);
	while (!t->ended && mono_before(now, until)) {
		wait_for(&p, 1, until, now);
		now = clock_mono();
		if (p.revents != 0)
			reap(t, now);
	}
	if (!t->ended) {
		log_warn("%s: the program did not end by itself", t->user);
		signal_program(t, SIGKILL);
		waitpid(t->starter.pid, NULL, 0);
	}
}

static int
set_up(struct talker *t, ssh_bind bind)
{
	ssh_init();
	t->session = ssh_new();
	t->event = ssh_event_new();
	if (t->session == NULL || t->event == NULL ||
	    ssh_bind_accept_fd(bind, t->session, t->socket) != SSH_OK)
		return -1;
	t->server = (struct ssh_server_callbacks_struct){
		.userdata = t,
		.auth_none_function = on_none,
		.auth_pubkey_function = on_key,
		.service_request_function = on_service,
		.channel_open_request_session_function = on_channel,
	};
	ssh_callbacks_init(&t->server);
	ssh_set_server_callbacks(t->session, &t->server);
	ssh_set_message_callback(t->session, on_message, t);
	/* A password method will stand here beside the key. */
	ssh_set_auth_methods(t->session, SSH_AUTH_METHOD_PUBLICKEY);
	ssh_set_blocking(t->session, 0);
	return 0;
}

static void
tear_down(struct talker *t)
{
	if (!t->gone && ssh_is_connected(t->session)) {
		ssh_session_set_disconnect_message(t->session,
		    t->stage == LOGIN ? "Permission denied"
			: stopped     ? "The server stops"
				      : "Goodbye");
		ssh_disconnect(t->session);
	}
	hang_up(t);
	starter_fini(&t->starter);
	ssh_event_free(t->event);
	ssh_free(t->session);	/* and its channel */
	login_free(t->login);
	request_fini(&t->request);
	free(t->command);
	fd_close(&t->session_fd);
	fd_close(&t->report);
}

static void
say_goodbye(const struct talker *t)
{
	const char *why = ssh_get_error(t->session);

	if (t->user[0] == '\0')
		log_trace("%s is gone: %s", t->from, why);
	else if (stopped)
		log_note("%s from %s: the server stops", t->user, t->from);
	else if (t->stage == CLOSING || t->over)
		log_note("%s from %s has left", t->user, t->from);
	else
		log_note("%s from %s has left: %s", t->user, t->from,
		    t->bridge.flooded ? "ignored its window"
			: why[0] != '\0' ? why
					  : "closed");
}

static int
converse(struct talker *t, ssh_bind bind)
{
	struct err e;

	if (starter_fork(&t->starter, &t->rules->places, &e) < 0) {
		log_error("%s", e.text);
		return EXIT_INTERNAL;
	}
	if (set_up(t, bind) < 0) {
		log_error("libssh: %s", ssh_get_error(bind));
		return EXIT_INTERNAL;
	}
	if (t->rules->sandbox && sandbox_enter(t->starter.pid, &e) < 0) {
		log_error("%s", e.text);
		return EXIT_INTERNAL;
	}
	if (ssh_handle_key_exchange(t->session) == SSH_ERROR ||
	    ssh_event_add_session(t->event, t->session) != SSH_OK)
		t->gone = true;
	while (!t->gone && !t->over)
		turn(t);
	say_goodbye(t);
	return 0;
}

int
talker_run(ssh_bind bind, const struct talker_rules *rules, int socket,
    int login, int report, const char *from)
{
	static struct talker t;
	const struct sigaction stop = { .sa_handler = on_stop };
	sigset_t term;
	int rc;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	sigaction(SIGTERM, &stop, NULL);

	t = (struct talker){ .rules = rules, .from = from, .socket = socket,
		.report = report, .session_fd = -1 };
	t.starter = (struct starter){ -1, -1, -1 };
	t.login = login_new(login);
	tune(socket);
	enter(&t, LOGIN, rules->grace);
	rc = converse(&t, bind);
	tear_down(&t);
	return rc;
}
