/* SPDX-License-Identifier: ISC */
#include "field/field.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "field/adopt.h"
#include "field/channel.h"
#include "field/intake.h"
#include "field/sender.h"

#define SEND_EVERY_US 5000	/* under load */
#define REPORT_EVERY_US 1000000
#define MESSAGES_A_TURN 64

/* A plan that a line's thread may look at until an adoption is done. */
struct past {
	struct intake *of;
	uint32_t until;		/* adoption.number */
};
/* A channel, and the plan in which its line stands. */
struct member {
	struct channel *channel;
	struct intake *of;
	uint32_t line;		/* in it */
	uint32_t adoptions;	/* handed over to it */
	VEC(struct past) pasts;	/* in order */
	bool started;
};
struct field {
	int fd, wake;
	struct outbox *outbox;
	struct sender sender;
	struct numbers *numbers;
	struct beat beat;
	struct intake *coming;	/* until START */
	struct intake *holds;	/* or NULL */
	VEC(struct member) members;
	struct mono sent, reported;
	uint64_t turns;
	uint8_t in[FD_MESSAGE_MAX];
};

static void
wake(void *context)
{
	struct field *f = context;
	uint64_t one = 1;

	if (write(f->wake, &one, sizeof(one)) < 0 && errno != EAGAIN)
		log_error("wake: %s", strerror(errno));
}

static void
say(struct field *f, const struct put *message)
{
	outbox_open_now(f->outbox);
	outbox_event(f->outbox, message);
	outbox_close(f->outbox);
}

static void
release(struct intake *in, const struct field *f)
{
	if (in != NULL && in->users == 0 && in != f->holds)
		intake_free(in);
}

/* The units of a line, with their points. */
static struct unit *
make_units(const struct intake *in, uint32_t line, unsigned *n)
{
	struct unit *units = xcalloc(in->n_devices + 1, sizeof(*units));
	uint32_t i;

	*n = 0;
	for (i = 0; i < in->n_devices; i++) {
		struct unit *u = &units[*n];
		const struct field_point *points;

		if (in->devices[i].line != line)
			continue;
		points = intake_of(in, i, &u->n_points);
		u->def = &in->devices[i];
		u->index = i;
		u->points = xcalloc(u->n_points + 1, sizeof(*points));
		if (u->n_points > 0)
			memcpy(u->points, points, u->n_points * sizeof(*points));
		(*n)++;
	}
	return units;
}

/* The running line of plan old that is the same in the new one, or NULL. */
static struct member *
find_same(struct field *f, const struct intake *old, const struct line *line)
{
	const struct line *l;
	size_t i;

	for (i = 0; i < f->members.n; i++) {
		struct member *m = &f->members.at[i];

		if (m->of != old || !m->started || channel_ended(m->channel))
			continue;
		l = &old->lines[m->line];
		if (strcmp(l->name, line->name) == 0 &&
		    adopt_is_same_line(l, line))
			return m;
	}
	return NULL;
}

static void
let_go(struct field *f, struct intake *in)
{
	in->users--;
	release(in, f);
}

/* P20: it goes on, connected as it is, with what the new plan says. */
static void
hand_over(struct field *f, struct member *m, uint32_t line)
{
	struct intake *in = f->holds;
	struct adoption *a = xcalloc(1, sizeof(*a));

	a->number = ++m->adoptions;
	a->plan = in->plan;
	a->index = line;
	a->line = &in->lines[line];
	a->units = make_units(in, line, &a->n);
	vec_push(&m->pasts, ((struct past){ m->of, a->number }));
	m->of = in;
	m->line = line;
	in->users++;
	channel_adopt(m->channel, a);
}

static void
add_channels(struct field *f, const struct intake *old)
{
	struct intake *in = f->holds;
	struct unit *units;
	struct member *same;
	uint32_t i;
	unsigned n;

	for (i = 0; i < in->n_lines; i++) {
		same = old != NULL ? find_same(f, old, &in->lines[i]) : NULL;
		if (same != NULL) {
			hand_over(f, same, i);
			continue;
		}
		units = make_units(in, i, &n);
		vec_push(&f->members,
		    ((struct member){ .of = in, .line = i,
			.channel = channel_new(in->plan, i, &in->lines[i],
			    units, n, f->outbox, f->numbers, &f->beat) }));
		in->users++;
	}
}

/* Does another line of this name still run? Two must not share a path. */
static bool
must_wait(const struct field *f, const struct member *m)
{
	size_t i;

	for (i = 0; i < f->members.n; i++) {
		const struct member *o = &f->members.at[i];

		if (o != m && o->started &&
		    strcmp(o->of->lines[o->line].name,
			m->of->lines[m->line].name) == 0)
			return true;
	}
	return false;
}

static void
start_channels(struct field *f)
{
	size_t i;

	for (i = 0; i < f->members.n; i++) {
		struct member *m = &f->members.at[i];

		if (m->started || must_wait(f, m))
			continue;
		m->started = true;
		channel_start(m->channel);
	}
}

/* Plans that a line does not look at any more are freed. */
static void
forget_pasts(struct field *f, struct member *m, uint32_t done)
{
	size_t i, kept = 0;

	for (i = 0; i < m->pasts.n; i++) {
		if (m->pasts.at[i].until > done)
			m->pasts.at[kept++] = m->pasts.at[i];
		else
			let_go(f, m->pasts.at[i].of);
	}
	m->pasts.n = kept;
}

static void
remove_member(struct field *f, size_t i)
{
	struct member m = f->members.at[i];

	f->members.at[i] = f->members.at[--f->members.n];
	if (!m.started)
		channel_start(m.channel);	/* ends at once: it was stopped */
	channel_free(m.channel);
	let_go(f, m.of);
	forget_pasts(f, &m, UINT32_MAX);
	vec_free(&m.pasts);
}

/* Frees lines that have ended; those that waited for them begin. */
static void
reap(struct field *f)
{
	size_t i = 0;

	while (i < f->members.n) {
		struct member *m = &f->members.at[i];

		forget_pasts(f, m, channel_adopted(m->channel));
		if (channel_ended(m->channel))
			remove_member(f, i);
		else
			i++;
	}
	start_channels(f);
}

/* Those of other plans than the one that holds, or all. */
static void
stop_channels(struct field *f, enum channel_stop how)
{
	size_t i = 0;

	for (; i < f->members.n; i++)
		if (how == CHANNEL_ENDS || f->members.at[i].of != f->holds)
			channel_stop(f->members.at[i].channel, how);
	for (i = 0; i < f->members.n;) {
		if (!f->members.at[i].started &&
		    (how == CHANNEL_ENDS || f->members.at[i].of != f->holds))
			remove_member(f, i);
		else
			i++;
	}
}

static int
start_plan(struct field *f, uint32_t plan, struct err *e)
{
	struct intake *old = f->holds;

	if (f->coming == NULL || intake_finish(f->coming, plan, e) < 0)
		return err_prefix(e, "plan %u", plan);
	if (old != NULL)
		old->users++;	/* until nothing here looks at it */
	f->holds = f->coming;
	f->coming = NULL;
	outbox_slots(f->outbox, intake_slots(f->holds), f->holds->n_points);
	add_channels(f, old);
	stop_channels(f, CHANNEL_FINISHES);
	if (old != NULL)
		let_go(f, old);
	start_channels(f);
	log_note("plan %u: %u lines, %u devices, %u points", plan,
	    f->holds->n_lines, f->holds->n_devices, f->holds->n_points);
	return 0;
}

static void
refuse(struct field *f, const struct field_job *j, const char *reason)
{
	struct field_result r = { .id = j->id, .outcome = FIELD_REFUSED,
		.time = clock_wall() };
	uint8_t room[512];
	struct put p = put_into(room, sizeof(room));

	r.steps[FIELD_STEP_RECEIVED] = clock_mono();
	str_copy(r.reason, reason, sizeof(r.reason));
	put_u8(&p, FIELD_RESULT);
	put_field_result(&p, &r);
	say(f, &p);
}

static struct channel *
find_channel(const struct field *f, uint32_t device)
{
	size_t i;

	for (i = 0; i < f->members.n; i++) {
		const struct member *m = &f->members.at[i];

		if (m->of == f->holds &&
		    m->line == f->holds->devices[device].line)
			return m->channel;
	}
	return NULL;
}

static void
hand_job(struct field *f, const struct field_job *j)
{
	struct channel *c;

	if (f->holds == NULL || j->plan != f->holds->plan) {
		refuse(f, j, "the plan changed");
		return;
	}
	if (j->at.device >= f->holds->n_devices) {
		refuse(f, j, "there is no such device");
		return;
	}
	c = find_channel(f, j->at.device);
	if (c == NULL || !channel_job(c, j, clock_mono()))
		refuse(f, j, "the plan changed");
}

static int
on_hello(struct field *f, struct get *g, struct err *e)
{
	uint8_t room[8];
	struct put p = put_into(room, sizeof(room));
	uint16_t version = get_u16(g);

	if (version != FIELD_VERSION)
		return err_set(e, "the core speaks version %u, this is %u",
		    version, FIELD_VERSION);
	put_u8(&p, FIELD_READY);
	put_u16(&p, FIELD_VERSION);
	say(f, &p);
	return 0;
}

static int
on_plan(struct field *f, struct get *g, struct err *e)
{
	intake_free(f->coming);
	f->coming = intake_new(g, e);
	return f->coming != NULL ? 0 : -1;
}

static int
on_part(struct field *f, enum field_message type, struct get *g, struct err *e)
{
	if (f->coming == NULL)
		return err_set(e, "a part of a plan without PLAN");
	if (type == FIELD_LINE)
		return intake_line(f->coming, g, e);
	if (type == FIELD_DEVICE)
		return intake_device(f->coming, g, e);
	return intake_points(f->coming, g, e);
}

static void
on_beat(struct field *f, struct get *g)
{
	atomic_store(&f->beat.life, get_u16(g));
	atomic_store(&f->beat.control, get_u8(g) != 0);
	atomic_fetch_add(&f->beat.number, 1);
	atomic_store(&f->beat.at_us, clock_mono().us);
}

static int
on_message(struct field *f, struct get *g, struct err *e)
{
	enum field_message type = get_u8(g);
	struct field_job j;
	int rc = 0;

	switch (type) {
	case FIELD_HELLO:
		rc = on_hello(f, g, e);
		break;
	case FIELD_PLAN:
		rc = on_plan(f, g, e);
		break;
	case FIELD_LINE:
	case FIELD_DEVICE:
	case FIELD_POINTS:
		rc = on_part(f, type, g, e);
		break;
	case FIELD_START:
		rc = start_plan(f, get_u32(g), e);
		break;
	case FIELD_BEAT:
		on_beat(f, g);
		break;
	case FIELD_JOB:
		get_field_job(g, &j);
		if (get_done(g))
			hand_job(f, &j);
		break;
	default:
		return err_set(e, "the core sent a message of type %u", type);
	}
	if (rc == 0 && !get_done(g))
		return err_set(e, "the core sent a broken message %u", type);
	return rc;
}

/* 1: go on; 0: the core is gone; -1 with e. */
static int
receive(struct field *f, struct err *e)
{
	int i;

	for (i = 0; i < MESSAGES_A_TURN; i++) {
		int passed = -1;
		ssize_t n = fd_receive(f->fd, f->in, sizeof(f->in), &passed);
		struct get g;

		fd_close(&passed);
		if (n < 0 && errno == EAGAIN)
			return 1;
		if (n == 0 || (n < 0 && errno == ECONNRESET))
			return 0;
		if (n < 0)
			return err_sys(e, "the core's socket");
		g = get_from(f->in, (size_t)n);
		if (on_message(f, &g, e) < 0)
			return -1;
	}
	return 1;
}

static void
report_lines(struct field *f)
{
	struct field_stats s;
	uint8_t room[512];
	size_t i;

	for (i = 0; i < f->members.n; i++) {
		struct put p = put_into(room, sizeof(room));

		if (f->members.at[i].of != f->holds)
			continue;
		channel_report(f->members.at[i].channel, &s);
		s.plan = f->holds->plan;
		s.line = f->members.at[i].line;
		put_u8(&p, FIELD_STATS);
		put_field_stats(&p, &s);
		say(f, &p);
	}
}

static void
report(struct field *f)
{
	struct field_pulse s = { .turns = f->turns,
		.waiting = (uint32_t)outbox_waiting(f->outbox),
		.merged = outbox_merged(f->outbox),
		.life_writes = atomic_load(&f->beat.life_writes) };
	uint8_t room[64];
	struct put p = put_into(room, sizeof(room));

	if (!sender_idle(&f->sender))
		return;		/* the core does not listen */
	put_u8(&p, FIELD_PULSE);
	put_field_pulse(&p, &s);
	say(f, &p);
	report_lines(f);
}

/* Sends what there is, at most every 5 ms. 1 or 0: see sender_pump(); -1. */
static int
send_out(struct field *f, struct mono now)
{
	if (sender_idle(&f->sender)) {
		if (now.us - f->sent.us < SEND_EVERY_US ||
		    outbox_waiting(f->outbox) == 0)
			return 1;
		f->sent = now;
		outbox_take(f->outbox, &f->sender.batch);
	}
	return sender_pump(&f->sender);
}

static int
until_next(struct field *f, struct mono now)
{
	int64_t us = f->reported.us + REPORT_EVERY_US - now.us;

	if (sender_idle(&f->sender) && outbox_waiting(f->outbox) > 0 &&
	    f->sent.us + SEND_EVERY_US - now.us < us)
		us = f->sent.us + SEND_EVERY_US - now.us;
	return us > 0 ? (int)((us + 999) / 1000) : 0;
}

/* One turn of the loop; as receive(). */
static int
turn(struct field *f, struct err *e)
{
	struct pollfd pfd[] = { { .fd = f->fd, .events = POLLIN },
		{ .fd = f->wake, .events = POLLIN } };
	struct mono now = clock_mono();
	uint64_t count;
	int rc = 1;

	if (!sender_idle(&f->sender))
		pfd[0].events |= POLLOUT;
	if (poll(pfd, 2, until_next(f, now)) < 0 && errno != EINTR)
		return err_sys(e, "poll");
	f->turns++;
	now = clock_mono();
	if (pfd[1].revents != 0 &&
	    read(f->wake, &count, sizeof(count)) == (ssize_t)sizeof(count))
		reap(f);
	if (now.us - f->reported.us >= REPORT_EVERY_US) {
		report(f);
		f->reported = now;
	}
	if (pfd[0].revents & (POLLIN | POLLHUP | POLLERR))
		rc = receive(f, e);
	if (rc == 1 && send_out(f, clock_mono()) < 0)
		rc = 0;
	return rc;
}

/* The core is gone: no write without a core, but set pulses are cleared. */
static void
end(struct field *f)
{
	outbox_shut(f->outbox);
	stop_channels(f, CHANNEL_ENDS);
	while (f->members.n > 0)
		remove_member(f, 0);
	vec_free(&f->members);
	intake_free(f->holds);
	sender_fini(&f->sender);
	outbox_free(f->outbox);
	numbers_free(f->numbers);
	intake_free(f->coming);
	fd_close(&f->wake);
}

int
field_run(int fd, struct err *e)
{
	struct field *f = xcalloc(1, sizeof(*f));
	int rc;

	f->fd = fd;
	f->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (f->wake < 0 || fd_nonblock(fd, true) < 0) {
		free(f);
		return err_sys(e, "the core's socket");
	}
	f->outbox = outbox_new(wake, f);
	f->numbers = numbers_new();
	sender_init(&f->sender, fd);
	f->reported = clock_mono();
	do
		rc = turn(f, e);
	while (rc == 1);
	end(f);
	free(f);
	return rc;
}
