/* SPDX-License-Identifier: ISC */
/*
 * The parent. Four descriptors tell it all: signals, the control channel to
 * the core, the channel to the SSH front, and the clock. Core and field live
 * and die as a pair: a field whose core died has ended itself, for its
 * channel closed; the front and every console stay.
 */
#include "server/parent.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

#include "base/buf.h"
#include "base/fd.h"
#include "base/log.h"
#include "server/child.h"
#include "server/confine.h"
#include "server/directory.h"
#include "server/parentwire.h"
#include "store/exchange.h"
#include "wire/frontwire.h"

#define PING_MS 1000
#define HANG_MS 7000	/* no answer for so long: the core hangs (I1) */
#define OPEN_MS 1000
#define STOP_MS 8000	/* for an orderly end */
#define LISTENERS SERVER_LISTEN_MAX

enum { CORE, FIELD, FRONT, CHILDREN };

struct parent {
	const struct parent_options *o;
	struct child child[CHILDREN];
	int lock, signals, path;
	int control;		/* to the core; -1 while it is dead */
	int front;		/* to the front; -1 while it is dead */
	struct listener {
		int fd;		/* -1: closed */
		uint16_t port;
		bool refused;	/* and that has been said */
	} listeners[LISTENERS];	/* config->listen */
	char address[64];	/* the first open listener's, as it is */
	bool logins;		/* the core said that somebody can log in */
	bool ready, stopping;
	char told[256];		/* to the service manager */
	char stuck[160];	/* why a restore cannot be finished; "": none */
	struct mono pinged, answered, stop_by;
	struct mono opened;	/* when listening was tried last */
	struct mono field_well;	/* the core last heard its heart */
};

/* The front's directory with its files, for the front alone to read: those
 * that a restore brought to a machine that had none are the core's. */
static int
give_keys(struct parent *p, struct err *e)
{
	const struct child *front = &p->child[FRONT];
	char path[4096];

	snprintf(path, sizeof(path), "%s/keys", p->o->config->state);
	if (directory_make(path, 0700, front, 0, e) < 0)
		return -1;
	directory_give_files(path, front);
	return 0;
}

/* One server per state directory: the lock lives as long as we do. */
static int
take_lock(struct parent *p, struct err *e)
{
	const char *state = p->o->config->state;
	char path[4096], pid[16];
	ssize_t n;

	snprintf(path, sizeof(path), "%s/lock", state);
	/* the directory is the core's: see directory_make() */
	p->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (p->lock < 0)
		return err_sys(e, "%s", path);
	if (flock(p->lock, LOCK_EX | LOCK_NB) < 0) {
		n = read(p->lock, pid, sizeof(pid) - 1);
		pid[n > 0 ? n : 0] = '\0';
		pid[strcspn(pid, "\n")] = '\0';
		return err_set(e, "a server runs already on %s (pid %s)",
		    state, pid);
	}
	n = snprintf(pid, sizeof(pid), "%d\n", (int)getpid());
	if (ftruncate(p->lock, 0) < 0 || write(p->lock, pid, (size_t)n) != n)
		return err_sys(e, "%s", path);
	snprintf(path, sizeof(path), "%s/pid", p->o->config->run);
	return fd_write_file(path, pid, (size_t)n, 0644, e);
}

static int
find_users(struct parent *p, struct err *e)
{
	const char *const *users = p->o->config->users;
	struct passwd *pw;
	int i;

	if (getuid() != 0 || p->o->allow_root)
		return 0;
	for (i = 0; i < CHILDREN; i++) {
		pw = getpwnam(users[i]);
		if (pw == NULL)
			return err_set(e,
			    "there is no system user %s (make it, or start "
			    "with --allow-root)",
			    users[i]);
		p->child[i].uid = pw->pw_uid;
		p->child[i].gid = pw->pw_gid;
		p->child[i].user = users[i];
	}
	return 0;
}

/* A message to the core; a core that does not read is as good as dead. */
static void
tell_core(struct parent *p, enum parent_message type, const void *more,
    size_t n, int pass)
{
	char m[256];

	if (p->control < 0 || n >= sizeof(m))
		return;
	m[0] = (char)type;
	if (n > 0)
		memcpy(m + 1, more, n);
	if (fd_send(p->control, m, n + 1, pass) < 0)
		log_warn("core does not read: %s", strerror(errno));
}

static void
tell_front(struct parent *p, enum front_order type, int pass)
{
	char m = (char)type;

	if (p->front >= 0 && fd_send(p->front, &m, 1, pass) < 0)
		log_warn("front does not read: %s", strerror(errno));
}

static void
tell_child(struct parent *p, struct child *c, struct mono now)
{
	char m[64];
	unsigned restarts = child_restarts(c, now);

	m[0] = (char)restarts;
	m[1] = (char)c->degraded;
	str_copy(m + 2, c->name, sizeof(m) - 2);
	tell_core(p, PARENT_CHILD, m, 2 + strlen(m + 2), -1);
}

/* A pair with one end for the core (given with type); the other's returned. */
static int
channel_to_core(struct parent *p, enum parent_message type)
{
	int pair[2];

	if (fd_pair(pair) < 0) {
		log_error("no channel: %s", strerror(errno));
		return -1;
	}
	tell_core(p, type, NULL, 0, pair[0]);
	close(pair[0]);
	return pair[1];
}

static void
program(const struct parent *p, char path[4096], const char *name)
{
	snprintf(path, 4096, "%s/%s", p->o->config->programs, name);
}

static char *
log_level(const struct parent *p)
{
	return (char *)(uintptr_t)log_level_name(p->o->config->log.level);
}

static void
give_front_a_core(struct parent *p)
{
	int fd;

	if (p->front < 0 || p->control < 0)
		return;
	fd = channel_to_core(p, PARENT_FRONT);
	if (fd >= 0) {
		tell_front(p, FRONT_CORE, fd);
		close(fd);
	}
	tell_core(p, PARENT_LISTEN, p->address, strlen(p->address), -1);
}

/* A state that was restored is in its place before anybody opens it. */
static bool
state_stands(struct parent *p, struct mono now)
{
	bool due = exchange_is_due(p->o->config->state);
	struct err e;

	if (!due || exchange_finish(p->o->config->state, 0, &e) == 0) {
		if (due && give_keys(p, &e) < 0)
			log_error("%s", e.text);
		p->stuck[0] = '\0';
		return true;
	}
	if (strncmp(p->stuck, e.text, sizeof(p->stuck) - 1) != 0)
		log_error("restore: %s; it is tried again", e.text);
	str_copy(p->stuck, e.text, sizeof(p->stuck));
	p->child[CORE].not_before = mono_add(now, (struct span){ OPEN_MS });
	return false;
}

static void
start_core(struct parent *p, struct mono now)
{
	char *argv[] = { (char *)(uintptr_t)p->o->self,
		(char *)(uintptr_t) "-C", (char *)(uintptr_t) "-c",
		(char *)(uintptr_t)p->o->config_file, NULL };
	int pair[2];

	if (fd_pair(pair) < 0) {
		log_error("core: no channel: %s", strerror(errno));
		return;
	}
	child_start(&p->child[CORE], argv, pair[1], now);
	close(pair[1]);
	p->control = pair[0];
	p->ready = false;
	p->answered = p->pinged = now;
	tell_core(p, PARENT_PATH, NULL, 0, p->path);
	give_front_a_core(p);
}

static void
start_field(struct parent *p, struct mono now)
{
	char path[4096];
	char *argv[] = { path, log_level(p), NULL };
	int fd = channel_to_core(p, PARENT_FIELD);

	if (fd < 0)
		return;
	program(p, path, "sightglass-field");
	child_start(&p->child[FIELD], argv, fd, now);
	p->field_well = now;
	close(fd);
}

static void
start_front(struct parent *p, struct mono now)
{
	const struct server_config *c = p->o->config;
	char path[4096], key[4096], sock[4096], grace[32], tries[16],
	    sessions[16], per_user[16], programs[4096];
	char *argv[] = { path, (char *)(uintptr_t) "--host-key", key,
		(char *)(uintptr_t) "--socket", sock,
		(char *)(uintptr_t) "--programs", programs,
		(char *)(uintptr_t) "--login-grace", grace,
		(char *)(uintptr_t) "--tries", tries,
		(char *)(uintptr_t) "--sessions", sessions,
		(char *)(uintptr_t) "--sessions-per-user", per_user,
		(char *)(uintptr_t) "--log-level", log_level(p),
		NULL, NULL, NULL };
	size_t n = sizeof(argv) / sizeof(argv[0]) - 3;
	int pair[2];
	unsigned i;

	program(p, path, "sightglass-sshd");
	snprintf(programs, sizeof(programs), "%s", c->programs);
	if (c->ssh.passwords)
		argv[n++] = (char *)(uintptr_t) "--passwords";
	if (p->o->no_sandbox)
		argv[n++] = (char *)(uintptr_t) "--no-sandbox";
	snprintf(key, sizeof(key), "%s/keys/ssh_host_ed25519_key", c->state);
	snprintf(sock, sizeof(sock), "%s/core.sock", c->run);
	snprintf(grace, sizeof(grace), "%lldms", (long long)c->ssh.login_grace.ms);
	snprintf(tries, sizeof(tries), "%u", c->ssh.tries);
	snprintf(sessions, sizeof(sessions), "%u", c->ssh.sessions);
	snprintf(per_user, sizeof(per_user), "%u", c->ssh.sessions_per_user);
	if (fd_pair(pair) < 0) {
		log_error("front: no channel: %s", strerror(errno));
		return;
	}
	child_start(&p->child[FRONT], argv, pair[1], now);
	close(pair[1]);
	p->front = pair[0];
	for (i = 0; i < c->n_listen; i++)
		if (p->listeners[i].fd >= 0)
			tell_front(p, FRONT_LISTEN, p->listeners[i].fd);
	give_front_a_core(p);
}

/* RUN/ports: one "NAME ADDRESS" a line, what really holds. */
static void
write_ports(struct parent *p)
{
	const struct server_config *c = p->o->config;
	struct buf b = { 0 };
	struct err e;
	char path[4096];
	const char *colon;
	unsigned i;

	for (i = 0; i < c->n_listen; i++) {
		if (p->listeners[i].fd < 0)
			continue;
		colon = strrchr(c->listen[i], ':');
		buf_printf(&b, "ssh %.*s:%u\n", (int)(colon - c->listen[i]),
		    c->listen[i], p->listeners[i].port);
	}
	snprintf(p->address, sizeof(p->address), "%.*s",
	    (int)strcspn(buf_string(&b) + 4, "\n"), buf_string(&b) + 4);
	snprintf(path, sizeof(path), "%s/ports", c->run);
	if (fd_write_file(path, buf_string(&b), b.len, 0644, &e) < 0)
		log_warn("%s", e.text);
	buf_free(&b);
}

/* Opens this address; one that is not there yet is tried again. */
static bool
open_listener(struct parent *p, unsigned i)
{
	struct listener *l = &p->listeners[i];
	struct err e;

	l->fd = fd_listen_tcp(p->o->config->listen[i], &l->port, &e);
	if (l->fd < 0 && !l->refused)
		log_error("ssh: %s; tried again", e.text);
	else if (l->fd >= 0 && l->refused)
		log_note("ssh: listens on %s", p->o->config->listen[i]);
	l->refused = l->fd < 0;
	if (l->fd >= 0)
		tell_front(p, FRONT_LISTEN, l->fd);
	return l->fd >= 0;
}

static bool
all_listen(const struct parent *p)
{
	unsigned i;

	for (i = 0; i < p->o->config->n_listen; i++)
		if (p->listeners[i].fd < 0)
			return false;
	return true;
}

/* Somebody can log in: listen wherever it is possible, and run the front. One
 * address that is away (no network yet, no IPv6) does not close the others. */
static void
open_front(struct parent *p)
{
	const struct server_config *c = p->o->config;
	bool opened = false;
	unsigned i;

	for (i = 0; i < c->n_listen; i++)
		if (p->listeners[i].fd < 0)
			opened |= open_listener(p, i);
	if (!opened)
		return;
	write_ports(p);
	tell_core(p, PARENT_LISTEN, p->address, strlen(p->address), -1);
	p->child[FRONT].wanted = true;
}

/* Nobody can log in any more: a port that nobody may use is not open. */
static void
close_front(struct parent *p)
{
	char path[4096];
	unsigned i;

	p->child[FRONT].wanted = false;
	if (p->child[FRONT].pid > 0)
		kill(p->child[FRONT].pid, SIGTERM);
	for (i = 0; i < LISTENERS; i++)
		fd_close(&p->listeners[i].fd);
	p->address[0] = '\0';
	tell_core(p, PARENT_LISTEN, NULL, 0, -1);
	snprintf(path, sizeof(path), "%s/ports", p->o->config->run);
	unlink(path);
}

static void
notify(const char *state)
{
#ifdef HAVE_SYSTEMD
	sd_notify(0, state);
#else
	(void)state;
#endif
}

/* What the service manager shows beside our name, when it has changed. */
static void
tell_state(struct parent *p)
{
	char text[256] = "STATUS=";
	size_t n = strlen(text);
	int i;

	if (p->stopping)
		str_copy(text + n, "stopping", sizeof(text) - n);
	else if (p->stuck[0] != '\0')
		snprintf(text + n, sizeof(text) - n,
		    "a restore waits to be finished: %s", p->stuck);
	else if (!p->ready)
		str_copy(text + n, "core is starting", sizeof(text) - n);
	else if (p->address[0] != '\0')
		snprintf(text + n, sizeof(text) - n, "running, ssh on %s",
		    p->address);
	else
		str_copy(text + n, "running", sizeof(text) - n);
	for (i = 0; i < (int)p->o->config->n_listen; i++) {
		n = strlen(text);
		if (p->listeners[i].refused)
			snprintf(text + n, sizeof(text) - n, "; not on %s",
			    p->o->config->listen[i]);
	}
	for (i = 0; i < CHILDREN; i++) {
		n = strlen(text);
		if (p->child[i].degraded)
			snprintf(text + n, sizeof(text) - n,
			    "; degraded: %s ends again and again, tried "
			    "every 10 s",
			    p->child[i].name);
	}
	if (strcmp(text, p->told) == 0)
		return;
	str_copy(p->told, text, sizeof(p->told));
	notify(text);
}

/* The service manager need not do anything: a child that ends again and again
 * is tried every 10 s, and consoles that show so are better than none. So is a
 * restore that cannot be finished yet: another parent could not, either. */
static bool
is_in_hand(const struct parent *p)
{
	return (p->child[CORE].degraded || p->stuck[0] != '\0') &&
	    p->child[CORE].pid == 0;
}

static void
on_core_message(struct parent *p, struct mono now)
{
	unsigned char m[64];
	ssize_t n;
	int i;

	while ((n = fd_receive(p->control, m, sizeof(m), NULL)) > 0) {
		switch (m[0]) {
		case PARENT_READY:
			p->ready = true;
			p->answered = now;
			notify("READY=1");
			for (i = FIELD; i < CHILDREN; i++)
				tell_child(p, &p->child[i], now);
			tell_child(p, &p->child[CORE], now);
			break;
		case PARENT_PONG:
			p->answered = now;
			if (n > 1 && m[1] == 1)
				p->field_well = now;
			else if (!p->child[FIELD].degraded)
				break;
			notify("WATCHDOG=1");
			break;
		case PARENT_LOGINS:
			p->logins = n > 1 && m[1] == 1;
			if (p->logins)
				open_front(p);
			else if (p->child[FRONT].wanted)
				close_front(p);
			break;
		default:
			log_error("core said %u", m[0]);
		}
	}
}

/* The core ends so to load a project: that is no trouble. */
static bool
in_order(int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void
log_end(const struct child *c, int status)
{
	if (in_order(status) && !c->degraded) {
		log_note("%s ended in order and starts again", c->name);
		return;
	}
	log_warn("%s ended: %s %d%s", c->name,
	    WIFSIGNALED(status) ? "signal" : "status",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
	    c->degraded ? ", degraded: tried again in 10 s" : "");
}

static void
on_child_end(struct parent *p, pid_t pid, int status, struct mono now)
{
	struct child *c;
	int i;

	for (i = 0; i < CHILDREN && p->child[i].pid != pid; i++)
		;
	if (i == CHILDREN)
		return;
	c = &p->child[i];
	if (in_order(status) && c->n_starts > 0)
		c->n_starts--;
	child_ended(c, p->o->config->restarts, now);
	if (!p->stopping && c->wanted)
		log_end(c, status);
	if (i == CORE) {
		fd_close(&p->control);
		p->ready = false;
	}
	if (i == FRONT)
		fd_close(&p->front);
	tell_child(p, c, now);
}

static void
reap(struct parent *p, struct mono now)
{
	struct signalfd_siginfo si;
	int status;
	pid_t pid;

	while (read(p->signals, &si, sizeof(si)) == sizeof(si)) {
		if (si.ssi_signo == SIGCHLD || p->stopping)
			continue;
		p->stopping = true;
		p->stop_by = mono_add(now, (struct span){ STOP_MS });
		notify("STOPPING=1");
		tell_core(p, PARENT_STOP, NULL, 0, -1);
		if (p->child[FRONT].pid > 0)
			kill(p->child[FRONT].pid, SIGTERM);
	}
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		on_child_end(p, pid, status, now);
}

static bool
may_start(const struct parent *p, int which, struct mono now)
{
	const struct child *c = &p->child[which];

	return c->wanted && c->pid == 0 && !mono_before(now, c->not_before) &&
	    (which != FIELD || p->control >= 0);
}

static void
start_what_is_due(struct parent *p, struct mono now)
{
	if (p->logins && !all_listen(p) &&
	    mono_since(now, p->opened).ms >= OPEN_MS) {
		p->opened = now;
		open_front(p);
	}
	if (may_start(p, CORE, now) && state_stands(p, now))
		start_core(p, now);
	if (may_start(p, FIELD, now))
		start_field(p, now);
	if (may_start(p, FRONT, now))
		start_front(p, now);
}

static bool
is_due(struct parent *p, struct mono now)
{
	if (mono_since(now, p->pinged).ms < PING_MS)
		return false;
	p->pinged = now;
	return true;
}

/* A core that does not answer hangs: it is killed and started again. */
static void
watch_core(struct parent *p, struct mono now)
{
	if (p->control < 0) {
		if (is_in_hand(p) && is_due(p, now))
			notify("WATCHDOG=1");
		return;
	}
	if (mono_since(now, p->answered).ms > HANG_MS && p->ready) {
		log_error("core does not answer: killed");
		kill(p->child[CORE].pid, SIGKILL);
		p->answered = now;
	}
	if (is_due(p, now))
		tell_core(p, PARENT_PING, NULL, 0, -1);
}

/* The core hears nothing of a field that runs: what it has in flight is
 * unknown once it is dead (P2). */
static void
watch_field(struct parent *p, struct mono now)
{
	if (p->child[FIELD].pid == 0 || p->control < 0 ||
	    mono_since(now, p->field_well).ms <= HANG_MS)
		return;
	log_error("field does not answer: killed");
	kill(p->child[FIELD].pid, SIGKILL);
	p->field_well = now;
}

/* What has run for a minute is well again, and its alarm goes. */
static void
settle(struct parent *p, struct mono now)
{
	struct child *c;

	for (c = p->child; c < p->child + CHILDREN; c++)
		if (child_settle(c, p->o->config->restarts, now)) {
			log_note("%s runs steadily again", c->name);
			tell_child(p, c, now);
		}
}

/* Is everything down? Past the deadline what is left is killed. */
static bool
stopped(struct parent *p, struct mono now)
{
	bool any = false;
	int i;

	for (i = 0; i < CHILDREN; i++) {
		if (p->child[i].pid == 0)
			continue;
		any = true;
		if (mono_before(p->stop_by, now))
			kill(p->child[i].pid, SIGKILL);
	}
	return !any;
}

static void
wait_for_something(struct parent *p)
{
	struct pollfd fds[3] = {
		{ p->signals, POLLIN, 0 },
		{ p->control, POLLIN, 0 },
		{ p->front, 0, 0 },	/* only its end, which SIGCHLD tells */
	};

	poll(fds, 2, 100);
}

static void
run(struct parent *p)
{
	struct mono now;

	for (;;) {
		now = clock_mono();
		reap(p, now);
		if (p->control >= 0)
			on_core_message(p, now);
		tell_state(p);
		if (p->stopping && stopped(p, now))
			return;
		if (!p->stopping) {
			start_what_is_due(p, now);
			watch_core(p, now);
			watch_field(p, now);
			settle(p, now);
		}
		wait_for_something(p);
	}
}

static int
block_signals(struct err *e)
{
	static const int wanted[] = { SIGCHLD, SIGTERM, SIGINT, SIGHUP };
	sigset_t set;
	size_t i;
	int fd;

	sigemptyset(&set);
	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		sigaddset(&set, wanted[i]);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return err_sys(e, "signals");
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? err_sys(e, "signals") : fd;
}

static int
prepare(struct parent *p, struct err *e)
{
	const struct server_config *c = p->o->config;
	const struct child *core = &p->child[CORE];
	char path[4096];

	if (find_users(p, e) < 0 ||
	    /* the front's key lies in it: others may pass through, not look */
	    directory_make(c->state, core->uid != 0 ? 0711 : 0700, core, 1,
		e) < 0 ||
	    directory_make(c->run, 0755, NULL, 1, e) < 0)
		return -1;
	if (take_lock(p, e) < 0 || give_keys(p, e) < 0)
		return -1;
	snprintf(path, sizeof(path), "%s/ports", c->run);
	unlink(path);
	snprintf(path, sizeof(path), "%s/core.sock", c->run);
	/* who may speak is decided by who they are, not by this mode */
	p->path = fd_listen_unix(path, 0666, e);
	if (p->path < 0)
		return -1;
	p->signals = block_signals(e);
	return p->signals < 0 ? -1 : 0;
}

int
parent_run(const struct parent_options *o, struct err *e)
{
	struct parent p = { .o = o, .control = -1, .front = -1, .path = -1,
		.lock = -1, .signals = -1 };
	char path[4096];
	unsigned i;

	for (i = 0; i < LISTENERS; i++)
		p.listeners[i].fd = -1;

	p.child[CORE] = (struct child){ .name = "core", .wanted = true };
	p.child[FIELD] = (struct child){ .name = "field", .wanted = true };
	p.child[FRONT] = (struct child){ .name = "ssh" };
	if (prepare(&p, e) < 0)
		return -1;
	if (p.child[CORE].uid != 0)	/* children have users of their own */
		confine_parent();
	run(&p);
	snprintf(path, sizeof(path), "%s/core.sock", o->config->run);
	unlink(path);
	snprintf(path, sizeof(path), "%s/ports", o->config->run);
	unlink(path);
	snprintf(path, sizeof(path), "%s/pid", o->config->run);
	unlink(path);
	return 0;
}
