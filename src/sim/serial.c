/* SPDX-License-Identifier: ISC */
#include "sim/serial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "sim/rtu.h"
#include "sim/station.h"
#include "sim/watch.h"

#define TURNAROUND_US 10000	/* what a device takes to think */
#define CHUNK	      8		/* characters handed over at once */

struct serial {
	struct watch watch;		/* first: our end */
	struct sim *sim;
	int record;
	int far;			/* the master's end, so that it stays */
	char *link;
	uint8_t in[RTU_FRAME + 1];	/* one more: too long */
	size_t in_n;
	struct mono heard;		/* the last character */
	uint8_t out[RTU_FRAME];
	size_t out_n, sent;		/* out_n 0: nobody talks */
	struct mono begun;		/* first character of the answer */
};

static struct mono
later(struct mono t, int64_t us)
{
	return (struct mono){ t.us + us };
}

static void
on_bytes(struct watch *w, uint32_t events)
{
	struct serial *l = (struct serial *)w;
	uint8_t bytes[RTU_FRAME];
	ssize_t n = read(w->fd, bytes, sizeof(bytes));

	(void)events;
	if (n <= 0 || l->out_n > 0)
		return;		/* who talks does not hear */
	if ((size_t)n > sizeof(l->in) - l->in_n)
		n = (ssize_t)(sizeof(l->in) - l->in_n);
	memcpy(l->in + l->in_n, bytes, (size_t)n);
	l->in_n += (size_t)n;
	l->heard = clock_mono();
}

/* Other settings make other characters of the same signal. */
static bool
is_understood(const struct serial *l)
{
	struct termios t;

	return tcgetattr(l->far, &t) == 0 && cfgetospeed(&t) == B9600;
}

/* Somebody else's answer, or none at all: as a master on wires may hear. */
static size_t
spoil(struct serial *l, const struct fault *f, uint8_t unit,
    struct asked *a)
{
	struct rng *r = &l->sim->rng;
	size_t n;

	if (!fault_strikes(f, r))
		return rtu_wrap(l->out, unit, a->pdu, a->n);
	if (f->kind == FAULT_DROP)
		return 0;
	if (f->kind == FAULT_WRONG_ID) {
		if (a->pdu[0] <= 4)
			rng_fill(r, a->pdu + 2, a->n - 2);
		return rtu_wrap(l->out, unit ^ 2, a->pdu, a->n);
	}
	n = rtu_wrap(l->out, unit, a->pdu, a->n);
	if (f->kind == FAULT_GARBAGE) {
		rng_fill(r, l->out + 1, n - 1);
		if (rtu_is_frame(l->out, n))
			l->out[1] ^= 1;
	}
	return n;
}

static void
on_frame(struct serial *l)
{
	uint8_t unit = l->in[0];
	struct asked a;
	int64_t us;

	if (!rtu_is_frame(l->in, l->in_n) || !is_understood(l))
		return;
	station_ask(l->sim, &station_serial, l->record, unit,
	    l->in + RTU_HEAD, l->in_n - RTU_HEAD - RTU_TAIL, &a);
	if (a.plc < 0 || a.n == 0)
		return;
	l->out_n = spoil(l, a.fault, unit, &a);
	l->sent = 0;
	us = (int64_t)l->in_n * RTU_CHAR_US + RTU_SILENCE_US + TURNAROUND_US;
	if (a.fault->kind == FAULT_LATE)
		us += a.fault->late.ms * 1000;
	l->begun = later(l->heard, us);
}

/* When the next characters have passed the wire. */
static struct mono
out_due(const struct serial *l)
{
	size_t n = l->sent + CHUNK < l->out_n ? l->sent + CHUNK : l->out_n;

	return later(l->begun, (int64_t)n * RTU_CHAR_US);
}

static void
send_chunk(struct serial *l)
{
	size_t n = l->out_n - l->sent < CHUNK ? l->out_n - l->sent : CHUNK;
	ssize_t lost = write(l->watch.fd, l->out + l->sent, n);

	(void)lost;		/* nobody listens: it is lost, as on wires */
	l->sent += n;
	if (l->sent == l->out_n)
		l->out_n = 0;
}

struct mono
serial_flush(struct serial *l, struct mono now)
{
	struct mono ended;

	if (l->in_n > 0) {
		ended = later(l->heard, RTU_SILENCE_US);
		if (mono_before(now, ended))
			return ended;
		on_frame(l);
		l->in_n = 0;
	}
	while (l->out_n > 0 && !mono_before(now, out_due(l)))
		send_chunk(l);
	return l->out_n > 0 ? out_due(l) : MONO_NEVER;
}

/* The master's end in raw mode. */
static bool
open_ends(struct serial *l)
{
	struct termios t;
	const char *name;

	l->watch.fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (l->watch.fd < 0 || grantpt(l->watch.fd) < 0 ||
	    unlockpt(l->watch.fd) < 0 ||
	    fd_nonblock(l->watch.fd, true) < 0 ||
	    (name = ptsname(l->watch.fd)) == NULL)
		return false;
	l->far = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (l->far < 0 || tcgetattr(l->far, &t) < 0)
		return false;
	cfmakeraw(&t);
	cfsetspeed(&t, B9600);
	return tcsetattr(l->far, TCSANOW, &t) == 0;
}

/* To our own end, not to its name: that is another's terminal, perhaps an
 * operator's, as soon as we are killed and the link stays. */
static int
make_link(struct serial *l, const char *link, struct err *e)
{
	char name[48];
	struct stat st;

	snprintf(name, sizeof(name), "/proc/%d/fd/%d", (int)getpid(), l->far);
	if (lstat(link, &st) == 0 && S_ISLNK(st.st_mode))
		unlink(link);
	if (symlink(name, link) < 0)
		return err_sys(e, "%s", link);
	l->link = xstrdup(link);
	return 0;
}

struct serial *
serial_new(
    struct sim *s, int epoll, int record, const char *link, struct err *e)
{
	struct serial *l = xcalloc(1, sizeof(*l));
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = &l->watch };

	l->sim = s;
	l->record = record;
	l->far = -1;
	l->watch.on_event = on_bytes;
	if (!open_ends(l) ||
	    epoll_ctl(epoll, EPOLL_CTL_ADD, l->watch.fd, &ev) < 0) {
		err_sys(e, "no pseudo terminal");
	} else if (make_link(l, link, e) == 0) {
		return l;
	}
	serial_free(l);
	return NULL;
}

void
serial_print_ports(const struct serial *l, struct buf *b)
{
	const char *const *names = station_serial.devices;
	size_t i;

	for (i = 0; i < STATION_DEVICES && names[i] != NULL; i++)
		buf_printf(
		    b, "%s rtu:%s:%d:8N1\n", names[i], l->link, RTU_BAUD);
}

void
serial_free(struct serial *l)
{
	if (l == NULL)
		return;
	if (l->link != NULL)
		unlink(l->link);
	free(l->link);
	fd_close(&l->far);
	fd_close(&l->watch.fd);
	free(l);
}
