/* SPDX-License-Identifier: ISC */
/*
 * sightglass-sim - a simulated plant behind real Modbus TCP.
 *
 * Plant time is real time times --speed, in steps of a PLC scan. A process
 * that was stopped does not catch up more than a second: the plant stood
 * still with it.
 */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/when.h"
#include "sim/backfill.h"
#include "sim/control.h"
#include "sim/map.h"
#include "sim/panel.h"
#include "sim/received.h"
#include "sim/scenario.h"
#include "sim/serial.h"
#include "sim/server.h"
#include "sim/sim.h"
#include "sim/state.h"
#include "sim/station.h"
#include "sim/watch.h"

#define CATCH_UP_S 1.0		/* real time */
#define BATCH	   16

struct options {
	const char *listen, *ports, *rtu, *scenario, *record, *control, *state;
	double speed;
	uint64_t seed;
	struct backfill backfill;	/* span 0: none */
};

struct app {
	struct options opt;
	int epoll, record;
	struct sim sim;
	struct server *server;
	struct serial *serial;		/* or NULL */
	struct control *control;
	struct mono last;		/* when plant time was moved last */
};

static volatile sig_atomic_t stop;

static void
on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

static void
catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal };

	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static _Noreturn void
usage(int status)
{
	fputs("usage: sightglass-sim [--listen ADDRESS:PORT,...] [--ports FILE]"
	      "\n           [--rtu LINK] [--speed N] [--seed N] [--scenario FILE]"
	      "\n           [--record FILE] [--state FILE] [--control PATH|-]"
	      "\n       sightglass-sim --backfill SPAN --project DIR --into STATE"
	      "\n           [--state FILE] [--seed N]"
	      "\n       sightglass-sim --map"
	      "\n       sightglass-sim tell PATH WORD..."
	      "\n       sightglass-sim panel PATH\n",
	    status == 0 ? stdout : stderr);
	exit(status);
}

static double
number(const char *s, double low, double high, const char *option)
{
	char *end;
	double x = strtod(s, &end);

	if (end == s || *end != '\0' || !(x >= low && x <= high))
		fatal("%s: \"%s\" is no number from %g to %g", option, s, low,
		    high);
	return x;
}

static struct span
span(const char *s, const char *option)
{
	struct span d;
	struct err e;

	if (span_parse(&d, s, &e) < 0)
		fatal("%s: %s", option, e.text);
	if (d.ms <= 0)
		fatal("%s: more than nothing", option);
	return d;
}

static void
print_map(void)
{
	size_t i;

	puts("device,name,space,address,bit,kind,order,raw0,raw1,value0,"
	     "value1,write");
	for (i = 0; i < plc_makes_n; i++)
		map_print(plc_makes[i].map, plc_makes[i].name, stdout);
}

static const struct option longs[] = {
	{ "listen", required_argument, NULL, 'l' },
	{ "ports", required_argument, NULL, 'p' },
	{ "rtu", required_argument, NULL, 'u' },
	{ "speed", required_argument, NULL, 's' },
	{ "seed", required_argument, NULL, 'S' },
	{ "scenario", required_argument, NULL, 'f' },
	{ "record", required_argument, NULL, 'r' },
	{ "state", required_argument, NULL, 't' },
	{ "control", required_argument, NULL, 'c' },
	{ "backfill", required_argument, NULL, 'b' },
	{ "project", required_argument, NULL, 'P' },
	{ "into", required_argument, NULL, 'i' },
	{ "map", no_argument, NULL, 'm' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'v' },
	{ NULL, 0, NULL, 0 },
};

/* Where an option that is a text goes, or NULL. */
static const char **
text_option(struct options *o, int c)
{
	switch (c) {
	case 'l':
		return &o->listen;
	case 'p':
		return &o->ports;
	case 'u':
		return &o->rtu;
	case 'f':
		return &o->scenario;
	case 'r':
		return &o->record;
	case 't':
		return &o->state;
	case 'c':
		return &o->control;
	case 'P':
		return &o->backfill.project;
	case 'i':
		return &o->backfill.state;
	default:
		return NULL;
	}
}

static void
take_option(struct options *o, int c)
{
	const char **text = text_option(o, c);

	if (text != NULL) {
		*text = optarg;
		return;
	}
	switch (c) {
	case 's':
		o->speed = number(optarg, SPEED_LEAST, SPEED_MOST, "--speed");
		break;
	case 'S':
		o->seed = (uint64_t)number(optarg, 0, 1e15, "--seed");
		break;
	case 'b':
		o->backfill.span = span(optarg, "--backfill");
		break;
	case 'm':
		print_map();
		exit(0);
	case 'h':
		usage(0);
	case 'v':
		puts("sightglass-sim " PACKAGE_VERSION);
		exit(0);
	default:
		usage(2);
	}
}

static void
parse_options(struct options *o, int argc, char **argv)
{
	int c;

	*o = (struct options){ .speed = 1.0,
		.seed = 1 };
	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1)
		take_option(o, c);
	if (optind != argc ||
	    (o->backfill.span.ms > 0) != (o->backfill.project != NULL) ||
	    (o->backfill.span.ms > 0) != (o->backfill.state != NULL))
		usage(2);
}

static struct works *
open_works(const struct options *o)
{
	struct works *w;
	struct err e;
	bool fresh = true;

	if (o->state == NULL)
		w = xcalloc(1, sizeof(*w));
	else if ((w = state_open(o->state, &fresh, &e)) == NULL)
		fatal("%s", e.text);
	if (fresh)
		works_init(w, o->seed);
	if (fresh && o->state != NULL)
		state_seal(w);
	return w;
}

static void
listen_at(struct app *a, size_t i, const char *address)
{
	struct err e;

	if (i >= stations_n)
		fatal("--listen: this plant has %zu lines", stations_n);
	if (server_listen(a->server, i, address, &e) < 0)
		fatal("%s", e.text);
}

static void
write_ports(const struct app *a)
{
	struct buf b = { 0 };
	struct err e;

	server_print_ports(a->server, &b);
	if (a->serial != NULL)
		serial_print_ports(a->serial, &b);
	if (fd_write_file(a->opt.ports, buf_string(&b), b.len, 0644, &e) < 0)
		fatal("%s", e.text);
	buf_free(&b);
}

/* Lines without an address in --listen are not there. */
static void
listen_all(struct app *a)
{
	char *copy = a->opt.listen != NULL ? xstrdup(a->opt.listen) : NULL;
	char *list = copy, *address;
	size_t i = 0;

	while ((address = strsep(&list, ",")) != NULL)
		listen_at(a, i++, address);
	for (; copy == NULL && i < stations_n; i++)
		listen_at(a, i, stations[i].address);
	free(copy);
}

static void
app_init(struct app *a)
{
	const struct options *o = &a->opt;
	struct err e;

	a->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (a->epoll < 0)
		fatal("epoll: %s", strerror(errno));
	sim_init(&a->sim, open_works(o), o->seed);
	a->sim.speed = o->speed;
	if (o->scenario != NULL && scenario_load(&a->sim, o->scenario, &e) < 0)
		fatal("%s", e.text);
	a->record = -1;
	if (o->record != NULL && (a->record = received_open(o->record, &e)) < 0)
		fatal("%s", e.text);
	a->server = server_new(&a->sim, a->epoll, a->record);
	if (o->rtu != NULL &&
	    (a->serial = serial_new(
		 &a->sim, a->epoll, a->record, o->rtu, &e)) == NULL)
		fatal("%s", e.text);
	if (o->control != NULL &&
	    (a->control = control_new(
		 &a->sim, a->epoll, o->control, &e)) == NULL)
		fatal("%s", e.text);
	listen_all(a);		/* last: from now on somebody may write */
	if (o->ports != NULL)
		write_ports(a);
}

/* Moves the plant to now. */
static void
move(struct app *a, struct mono now)
{
	double real = (double)(now.us - a->last.us) / 1e6;

	a->last = now;
	sim_step(&a->sim, fmin(real, CATCH_UP_S) * a->sim.speed);
}

/* Twice as often as a scan, but not more than 100 times a second. */
static struct span
tick(const struct app *a)
{
	double ms = WORKS_STEP * 500 / a->sim.speed;

	return (struct span){ (int64_t)fmax(10, fmin(ms, 1000)) };
}

static void
run(struct app *a)
{
	struct epoll_event ev[BATCH];
	struct mono now, next;
	struct watch *w;
	int i, n, wait;
	a->last = clock_mono();
	while (!stop && !a->sim.ended) {
		now = clock_mono();
		move(a, now);
		next = server_flush(a->server, now);
		if (a->serial != NULL)
			next = mono_first(
			    next, serial_flush(a->serial, now));
		next = mono_first(next, mono_add(now, tick(a)));
		wait = (int)mono_since(next, now).ms;
		n = epoll_wait(a->epoll, ev, BATCH, wait < 0 ? 0 : wait);
		for (i = 0; i < n; i++) {
			w = ev[i].data.ptr;
			w->on_event(w, ev[i].events);
		}
	}
}

static void
app_fini(struct app *a)
{
	server_free(a->server);
	serial_free(a->serial);
	control_free(a->control);
	fd_close(&a->record);
	fd_close(&a->epoll);
	if (a->opt.state == NULL)
		free(a->sim.works);
	sim_fini(&a->sim);
}

/* The plant takes its place after the state has: the last step. */
static void
keep_plant(const char *staged, const char *path)
{
	if (path != NULL && rename(staged, path) < 0)
		fatal("%s: %s", path, strerror(errno));
}

/* Days without a network, then the end. */
static int
backfill(struct app *a)
{
	const char *const path = a->opt.state;
	char *staged = path != NULL ? xasprintf("%s.past", path) : NULL;
	struct mono began = clock_mono();
	struct err e;
	int rc;

	if (path != NULL && access(path, F_OK) == 0)
		fatal("%s: there is a plant already", path);
	if (path != NULL && access(staged, F_OK) == 0 &&
	    backfill_is_there(&a->opt.backfill)) {
		keep_plant(staged, path);
		free(staged);
		return 0;
	}
	if (path != NULL)
		unlink(staged);
	a->opt.state = staged;
	sim_init(&a->sim, open_works(&a->opt), a->opt.seed);
	rc = backfill_run(&a->opt.backfill, &a->sim, &e);
	if (rc < 0) {
		if (path != NULL)
			unlink(staged);	/* belongs to no state */
		fatal("%s", e.text);
	}
	if (rc > 0)
		log_warn("the past is in its place, but not surely on the "
		    "disk: %s", e.text);
	keep_plant(staged, path);
	log_note("%llu samples in %lld ms",
	    (unsigned long long)a->opt.backfill.samples,
	    (long long)mono_since(clock_mono(), began).ms);
	sim_fini(&a->sim);
	free(staged);
	return 0;
}

int
main(int argc, char **argv)
{
	struct app a = { 0 };

	log_open("sightglass-sim", LOG_NOTE);
	if (argc >= 4 && strcmp(argv[1], "tell") == 0)
		return control_tell(argv[2], argv + 3, argc - 3);
	if (argc == 3 && strcmp(argv[1], "panel") == 0)
		return panel_run(argv[2]);
	parse_options(&a.opt, argc, argv);
	if (a.opt.backfill.span.ms > 0)
		return backfill(&a);
	catch_signals();
	app_init(&a);
	run(&a);
	app_fini(&a);
	return 0;
}
