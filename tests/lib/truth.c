/* SPDX-License-Identifier: ISC */
/*
 * truth - does what is shown as good agree with the plant?
 *
 *	sightglass watch TAG... -o csv --no-header |
 *	    truth SOCKET SECONDS TAG,SIGNAL,LOW,STEP,PERIOD,LIMIT...
 *
 * Every STEP_MS it makes each SIGNAL of the simulator behind SOCKET show
 * another value (LOW + k * STEP, k of a cycle), asks the simulator what a
 * reader gets now, and so knows the truth at every moment. Standard input
 * says what an operator is shown. A good value is wrong
 *
 *  - if the plant did not have it within PERIOD ms before its own time;
 *  - if it is still shown LIMIT ms (P15) after the plant had it.
 *
 * Prints each wrong value, and at the end `TAG good N bad N wrong N` for each
 * tag. Status: 0, or 3 if something does not work.
 */
#include <math.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/when.h"

#define STEP_MS	 200
#define CYCLE	 250		/* values until the first comes again: 50 s */
#define PACE_MS	 20
#define PROCESS_MS 1500		/* two processes on a machine with much to do */
#define TAGS	 8
#define STEPS	 1024

struct told {			/* the plant had value k then */
	int64_t from, until;	/* wall ms: sent; known to be replaced */
};
struct tag {
	const char *name, *signal;
	double low, step;
	int64_t period, limit;	/* ms */
	bool good;		/* what is shown now */
	double value;
	bool reported;		/* that it is shown for too long */
	unsigned n_good, n_bad, n_wrong;
};
struct truth {
	int sim;
	struct tag tags[TAGS];
	size_t n_tags;
	struct told steps[STEPS];
	size_t n_steps;
	int64_t begin;		/* from then on the truth is known */
	char in[4096];
	size_t n_in;
};

static double
value_of(const struct tag *t, size_t step)
{
	return t->low + t->step * (double)(step % CYCLE);
}

/* Did the plant have this value at a moment between these two? */
static bool
was_so(const struct truth *x, const struct tag *t, double value, int64_t from,
    int64_t until)
{
	size_t i;

	for (i = 0; i < x->n_steps; i++) {
		if (x->steps[i].from <= until && x->steps[i].until >= from &&
		    fabs(value_of(t, i) - value) < t->step / 4)
			return true;
	}
	return false;
}

static void
say_wrong(struct tag *t, const char *how, int64_t now)
{
	char when[WHEN_CAP];

	t->n_wrong++;
	printf("%s %g %s, %s\n", t->name, t->value, how,
	    when_utc(when, (struct wall){ now }));
	fflush(stdout);
}

static const char *
ask(const struct truth *x, char *answer, size_t cap, const char *order)
{
	ssize_t n;

	if (fd_send(x->sim, order, strlen(order), -1) < 0 ||
	    (n = fd_receive(x->sim, answer, cap - 1, NULL)) <= 0)
		fatal("the simulator is gone");
	answer[n] = '\0';
	if (strncmp(answer, "ok", 2) != 0)
		fatal("%s: %s", order, answer);
	return answer + 2;
}

/* All signals get their next value; the one before is gone when the
 * simulator says that it shows the new one. */
static void
step(struct truth *x)
{
	char order[128], answer[128];
	size_t i, k = x->n_steps;
	double want;

	if (k == STEPS)
		fatal("too long");
	x->steps[k] = (struct told){ clock_wall().ms, INT64_MAX };
	for (i = 0; i < x->n_tags; i++) {
		want = value_of(&x->tags[i], k);
		snprintf(order, sizeof(order), "force %s %.6f",
		    x->tags[i].signal, want);
		ask(x, answer, sizeof(answer), order);
		snprintf(order, sizeof(order), "get %s", x->tags[i].signal);
		if (fabs(strtod(ask(x, answer, sizeof(answer), order), NULL) -
			want) > x->tags[i].step / 4)
			fatal("%s does not show %g", x->tags[i].signal, want);
	}
	if (k > 0)
		x->steps[k - 1].until = clock_wall().ms;
	x->n_steps++;
}

static struct tag *
find(struct truth *x, const char *name)
{
	size_t i;

	for (i = 0; i < x->n_tags; i++)
		if (strcmp(x->tags[i].name, name) == 0)
			return &x->tags[i];
	return NULL;
}

/* One row: tag,value,text,unit,quality,cause,flags,time,... */
static void
on_row(struct truth *x, char *row)
{
	char *cells[8], *save = row;
	struct tag *t;
	struct wall at;
	struct err e;
	bool odd;
	size_t i;

	for (i = 0; i < 8; i++)
		if ((cells[i] = strsep(&save, ",")) == NULL)
			return;
	t = find(x, cells[0]);
	if (t == NULL)
		return;
	t->good = strcmp(cells[4], "good") == 0;
	t->value = strtod(cells[1], NULL);
	t->reported = false;
	if (!t->good) {
		t->n_bad++;
		return;
	}
	if (when_parse(&at, &odd, cells[7], clock_wall(), &e) < 0)
		fatal("%s", e.text);
	if (at.ms < x->begin + t->period + PROCESS_MS)
		return;
	t->n_good++;
	if (!was_so(x, t, t->value, at.ms - t->period - PROCESS_MS,
		at.ms + PROCESS_MS))
		say_wrong(t, "is not what the plant had", at.ms);
}

/* What is shown now must not be older than it may be. */
static void
look(struct truth *x, int64_t now)
{
	size_t i;

	for (i = 0; i < x->n_tags; i++) {
		struct tag *t = &x->tags[i];

		if (!t->good || t->reported ||
		    now < x->begin + t->limit + PROCESS_MS)
			continue;
		if (was_so(x, t, t->value, now - t->limit - PROCESS_MS, now))
			continue;
		t->reported = true;
		say_wrong(t, "is shown for too long", now);
	}
}

static void
hear(struct truth *x)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	char *end;
	ssize_t n;

	if (poll(&p, 1, PACE_MS) <= 0)
		return;
	n = read(STDIN_FILENO, x->in + x->n_in, sizeof(x->in) - 1 - x->n_in);
	if (n <= 0)
		fatal("nothing is shown any more");
	x->n_in += (size_t)n;
	x->in[x->n_in] = '\0';
	while ((end = strchr(x->in, '\n')) != NULL) {
		*end = '\0';
		on_row(x, x->in);
		x->n_in -= (size_t)(end + 1 - x->in);
		memmove(x->in, end + 1, x->n_in + 1);
	}
}

static void
add_tag(struct truth *x, char *words)
{
	struct tag *t = &x->tags[x->n_tags++];
	char *cells[6];
	size_t i;

	for (i = 0; i < 6; i++)
		if ((cells[i] = strsep(&words, ",")) == NULL)
			fatal("TAG,SIGNAL,LOW,STEP,PERIOD,LIMIT");
	t->name = cells[0];
	t->signal = cells[1];
	t->low = strtod(cells[2], NULL);
	t->step = strtod(cells[3], NULL);
	t->period = atoll(cells[4]);
	t->limit = atoll(cells[5]);
}

int
main(int argc, char **argv)
{
	static struct truth x;
	struct err e;
	int64_t end, next;
	size_t i;

	if (argc < 4 || argc > 3 + TAGS)
		fatal("usage: truth SOCKET SECONDS TAG,...");
	x.sim = fd_connect_unix(argv[1], &e);
	if (x.sim < 0)
		fatal("%s", e.text);
	for (i = 3; i < (size_t)argc; i++)
		add_tag(&x, argv[i]);
	x.begin = next = clock_wall().ms;
	end = x.begin + atoll(argv[2]) * 1000;
	while (clock_wall().ms < end) {
		if (clock_wall().ms >= next) {
			step(&x);
			next += STEP_MS;
		}
		hear(&x);
		look(&x, clock_wall().ms);
	}
	for (i = 0; i < x.n_tags; i++)
		printf("%s good %u bad %u wrong %u\n", x.tags[i].name,
		    x.tags[i].n_good, x.tags[i].n_bad, x.tags[i].n_wrong);
	return 0;
}
