/* SPDX-License-Identifier: ISC */
#include "ssh/bridge.h"

#include <errno.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/fd.h"

#define UNDER_WAY 8192		/* bytes in TCP above which a terminal waits */
#define PAUSE_LEAST 2		/* ms */
#define PAUSE_MOST 250

void
bridge_init(struct bridge *b, ssh_session s, ssh_channel c, int socket)
{
	memset(b, 0, offsetof(struct bridge, chunk));
	b->from = b->to = 0;
	b->chunk_is_err = b->err_next = false;
	b->session = s;
	b->channel = c;
	b->socket = socket;
	b->ends = (struct starter_ends){ -1, -1, -1 };
	b->pause_ms = PAUSE_LEAST;
}

void
bridge_open(
    struct bridge *b, const struct starter_ends *ends, bool terminal)
{
	b->ends = *ends;
	b->terminal = terminal;
}

static void
close_in(struct bridge *b)
{
	if (b->ends.in != b->ends.out)
		fd_close(&b->ends.in);
	b->ends.in = -1;
	buf_free(&b->in);
	b->in_from = 0;
}

static void
close_out(struct bridge *b, int *end)
{
	if (b->ends.in == *end)
		b->ends.in = -1;
	fd_close(end);
}

void
bridge_fini(struct bridge *b)
{
	close_in(b);
	fd_close(&b->ends.out);
	fd_close(&b->ends.err);
}

void
bridge_ended(struct bridge *b)
{
	close_in(b);
}

/*
 * Client to program.
 */

/* Is there no program yet, or does it still read? */
static bool
is_wanted(const struct bridge *b)
{
	return b->ends.in >= 0 || (b->ends.out < 0 && b->ends.err < 0);
}

static size_t
queued(const struct bridge *b)
{
	return b->in.len - b->in_from;
}

int
bridge_data(struct bridge *b, const void *bytes, uint32_t n)
{
	if (n > BRIDGE_FLOOD)
		b->flooded = true;
	if (b->flooded || !is_wanted(b))
		return (int)n;
	b->kept = queued(b) > 0 && queued(b) + n > BRIDGE_IN;
	if (b->kept)
		return 0;
	buf_add(&b->in, bytes, n);
	return (int)n;
}

static void
write_in(struct bridge *b)
{
	ssize_t n;

	while (b->ends.in >= 0 && queued(b) > 0) {
		n = write(b->ends.in, b->in.at + b->in_from, queued(b));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			if (errno != EAGAIN)
				close_in(b);
			return;
		}
		b->in_from += (size_t)n;
	}
	if (b->in.cap > 2 * BRIDGE_IN)
		buf_free(&b->in);
	buf_clear(&b->in);
	b->in_from = 0;
}

/* All that libssh kept. Reading makes it hear the network as well, so that
 * this has an end of its own. */
static int
fetch_in(struct bridge *b)
{
	char bytes[32768];
	size_t total = 0;
	int n;

	while (b->kept && total < BRIDGE_FLOOD) {
		n = ssh_channel_read_nonblocking(
		    b->channel, bytes, sizeof(bytes), 0);
		if (n == SSH_ERROR)
			return -1;
		if (n <= 0) {
			b->kept = false;
			return 0;
		}
		if (is_wanted(b))
			buf_add(&b->in, bytes, (size_t)n);
		total += (size_t)n;
	}
	return 0;
}

static int
move_in(struct bridge *b)
{
	write_in(b);
	if (queued(b) == 0 && fetch_in(b) < 0)
		return -1;
	write_in(b);
	/* A terminal has no end of input: who watches only, goes on watching. */
	if (b->eof && !b->kept && queued(b) == 0 && !b->terminal &&
	    b->ends.in >= 0)
		close_in(b);
	return 0;
}

/*
 * Program to client.
 */

static bool
is_blocked(const struct bridge *b)
{
	return b->from < b->to || ssh_channel_window_size(b->channel) == 0 ||
	    (ssh_get_poll_flags(b->session) & SSH_WRITE_PENDING) != 0;
}

/* Is too much of a terminal's output still in TCP? */
static bool
is_held(struct bridge *b, struct mono now)
{
	int bytes = 0;

	b->held = b->terminal &&
	    ioctl(b->socket, SIOCOUTQ, &bytes) == 0 && bytes >= UNDER_WAY;
	if (!b->held) {
		b->pause_ms = PAUSE_LEAST;
		return false;
	}
	if (!mono_before(now, b->again)) {
		b->again = mono_add(now, (struct span){ b->pause_ms });
		b->pause_ms *= 2;
		if (b->pause_ms > PAUSE_MOST)
			b->pause_ms = PAUSE_MOST;
	}
	return true;
}

/* A packet of SSH, which the client can use when all of it is there. */
static int
write_piece(struct bridge *b)
{
	const char *at = b->chunk + b->from;
	uint32_t n = (uint32_t)(b->to - b->from);

	if (n > BRIDGE_PIECE)
		n = BRIDGE_PIECE;
	return b->chunk_is_err ? ssh_channel_write_stderr(b->channel, at, n)
			       : ssh_channel_write(b->channel, at, n);
}

/* Hands the chunk to libssh. 1: all of it. */
static int
write_chunk(struct bridge *b)
{
	int rc = 1;

	while (b->from < b->to && rc > 0 &&
	    ssh_channel_window_size(b->channel) > 0) {
		rc = write_piece(b);
		if (rc == SSH_ERROR)
			return -1;
		b->from += (size_t)rc;
	}
	return b->from == b->to;
}

/* 1: a chunk was read; 0: nothing there, or the end. */
static int
read_chunk(struct bridge *b, int *end, bool is_err)
{
	ssize_t n;

	if (*end < 0)
		return 0;
	do
		n = read(*end, b->chunk, sizeof(b->chunk));
	while (n < 0 && errno == EINTR);
	if (n < 0 && errno == EAGAIN)
		return 0;
	if (n <= 0) {		/* a pty ends with EIO */
		close_out(b, end);
		return 0;
	}
	b->from = 0;
	b->to = (size_t)n;
	b->chunk_is_err = is_err;
	b->err_next = !is_err;
	return 1;
}

static int
read_any(struct bridge *b)
{
	if (b->err_next && read_chunk(b, &b->ends.err, true))
		return 1;
	if (read_chunk(b, &b->ends.out, false))
		return 1;
	return read_chunk(b, &b->ends.err, true);
}

static int
move_out(struct bridge *b, struct mono now)
{
	int i, rc = write_chunk(b);

	/* A few chunks a turn, so that the client's side is heard too. */
	for (i = 0; i < 8 && rc == 1; i++) {
		if (is_blocked(b) || is_held(b, now) || !read_any(b))
			return 0;
		rc = write_chunk(b);
	}
	return rc < 0 ? -1 : 0;
}

int
bridge_turn(struct bridge *b, struct mono now)
{
	if (b->flooded)
		return -1;
	if (move_in(b) < 0 || move_out(b, now) < 0)
		return -1;
	return 0;
}

unsigned
bridge_polls(
    struct bridge *b, struct pollfd *p, struct mono *wake, struct mono now)
{
	unsigned n = 0;

	if (b->ends.in >= 0 && queued(b) > 0)
		p[n++] = (struct pollfd){ b->ends.in, POLLOUT, 0 };
	if (is_blocked(b))
		return n;
	if (b->ends.out < 0 && b->ends.err < 0)
		return n;
	if (is_held(b, now)) {
		*wake = mono_first(*wake, b->again);
		return n;
	}
	if (b->ends.out >= 0)
		p[n++] = (struct pollfd){ b->ends.out, POLLIN, 0 };
	if (b->ends.err >= 0)
		p[n++] = (struct pollfd){ b->ends.err, POLLIN, 0 };
	return n;
}

bool
bridge_drained(const struct bridge *b)
{
	return b->ends.out < 0 && b->ends.err < 0 && b->from == b->to;
}

bool
bridge_is_idle(const struct bridge *b)
{
	return !b->held && !is_blocked(b);
}

void
bridge_say(struct bridge *b, const char *text)
{
	size_t n = strlen(text);

	if (b->from < b->to || n > sizeof(b->chunk))
		return;
	memcpy(b->chunk, text, n);
	b->from = 0;
	b->to = n;
	b->chunk_is_err = !b->terminal;
}
