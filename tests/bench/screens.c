/* SPDX-License-Identifier: ISC */
/*
 * screens CONFIG - a PLC and many operators' screens in one process, so that
 * one clock measures from one to the others. Prints the port of the PLC, then
 * obeys lines of standard input, and answers each with its times in us, one a
 * line, and "done":
 *
 *	open N		N consoles: `ssh -F CONFIG olga@plant` on terminals
 *	value ROUNDS	a register changes; each screen is sent the new value
 *	moving ROUNDS	the same while another value never stands still
 *	ack ROUNDS	an alarm is raised; its acknowledgement by the first
 *			operator arrives at each screen; needs "alarms" before
 *	alarms		all open the alarm list
 *	close		of all
 *	login HOST	one console, from before ssh starts to its whole screen
 *	true HOST	`ssh -F CONFIG HOST true` until it has ended
 *
 * hr:0 is the value on the screen, hr:1 one that moves, hr:2 the alarm.
 */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/mem.h"
#include "plc.h"
#include "terminals.h"

#define MOST 128
#define DEADLINE ((struct span){ 20000 })
#define QUIET_MS 700		/* longer than P10 and the core's pace ask for */

extern char **environ;

struct app {
	struct plc plc;
	struct terminal *screen[MOST];
	unsigned n;
	unsigned value;		/* which of values[] the PLC has */
	bool moving;
	const char *config;
};

/* Neighbours differ in each digit: a terminal gets all of them. */
static const struct {
	uint16_t raw;
	const char *text;
} values[] = { { 1234, "1234" }, { 5678, "5678" }, { 9012, "9012" },
	{ 3456, "3456" }, { 7890, "7890" } };

static _Noreturn void
give_up(struct app *a, const char *what)
{
	unsigned i;

	for (i = 0; i < a->n; i++) {
		if (a->screen[i]->found.us == 0) {
			fprintf(stderr, "screen %u lacks %s in: %s\n", i,
			    a->screen[i]->want[0], a->screen[i]->seen);
			break;
		}
	}
	fprintf(stderr, "screens: %s\n", what);
	for (i = 0; i < a->n; i++)
		terminal_close(a->screen[i]);
	exit(1);
}

/* One wait for whatever comes, at most so long. */
static void
turn(struct app *a, int ms)
{
	struct pollfd at[PLC_POLLS + MOST];
	unsigned i;

	plc_poll(&a->plc, at);
	for (i = 0; i < a->n; i++)
		at[PLC_POLLS + i] = (struct pollfd){
			.fd = a->screen[i]->fd, .events = POLLIN };
	if (poll(at, PLC_POLLS + a->n, ms) < 0 && errno != EINTR)
		give_up(a, "poll");
	if (a->moving)
		a->plc.words[1]++;
	plc_serve(&a->plc, at);
	for (i = 0; i < a->n; i++) {
		if (at[PLC_POLLS + i].revents != 0 &&
		    !terminal_read(a->screen[i]))
			give_up(a, "a screen has ended");
	}
}

static void
pass(struct app *a, int64_t ms)
{
	struct mono until = mono_add(clock_mono(), (struct span){ ms });

	while (mono_before(clock_mono(), until))
		turn(a, 5);
}

/* At no fixed distance from anything that has a period. */
static void
rest(struct app *a)
{
	pass(a, QUIET_MS + rand() % 300);
}

static bool
all_found(const struct app *a)
{
	unsigned i;

	for (i = 0; i < a->n; i++) {
		if (a->screen[i]->found.us == 0)
			return false;
	}
	return true;
}

static void
want(struct app *a, const char *const *texts)
{
	unsigned i;

	for (i = 0; i < a->n; i++)
		terminal_want(a->screen[i], texts);
}

static void
await(struct app *a, const char *what)
{
	struct mono until = mono_add(clock_mono(), DEADLINE);

	while (!all_found(a)) {
		if (!mono_before(clock_mono(), until))
			give_up(a, what);
		turn(a, 5);
	}
}

static void
tell(const struct app *a, struct mono since)
{
	unsigned i;

	for (i = 0; i < a->n; i++)
		printf("%lld\n",
		    (long long)(a->screen[i]->found.us - since.us));
}

/* Footer, value, and the line that says how all is, which comes last. */
static void
open_screens(struct app *a, unsigned n, const char *host)
{
	const char *whole[TERMINAL_WANTS] = { values[a->value].text, "Back",
		"PLC" };
	char *argv[] = { (char[]){ "ssh" }, (char[]){ "-F" },
		xstrdup(a->config), (char[]){ "-t" }, xstrdup(host), NULL };

	for (; n > 0 && a->n < MOST; n--) {
		struct terminal *t = xcalloc(1, sizeof(*t));

		terminal_open(t, argv);
		terminal_want(t, whole);
		a->screen[a->n++] = t;
		turn(a, 0);
	}
	await(a, "no first screen");
	free(argv[2]);
	free(argv[4]);
}

static void
close_screens(struct app *a)
{
	while (a->n > 0) {
		terminal_close(a->screen[--a->n]);
		free(a->screen[a->n]);
	}
}

static void
value_rounds(struct app *a, unsigned rounds)
{
	struct mono since;

	for (; rounds > 0; rounds--) {
		rest(a);
		a->value = (a->value + 1) % (sizeof(values) / sizeof(*values));
		want(a, (const char *[]){ values[a->value].text, NULL, NULL });
		since = clock_mono();
		a->plc.words[0] = values[a->value].raw;
		await(a, "a value does not come");
		tell(a, since);
	}
}

static void
open_alarms(struct app *a)
{
	unsigned i;

	rest(a);
	want(a, (const char *[]){ "Alarms", NULL, NULL });
	for (i = 0; i < a->n; i++)
		terminal_type(a->screen[i], "A");
	await(a, "no alarm list");
}

static void
alarm_shown(struct app *a, uint16_t raw, const char *text)
{
	want(a, (const char *[]){ text, NULL, NULL });
	a->plc.words[2] = raw;
	await(a, "an alarm does not change");
	rest(a);
}

static void
ack_rounds(struct app *a, unsigned rounds)
{
	struct mono since;

	for (; rounds > 0; rounds--) {
		alarm_shown(a, 1, "UNA");
		want(a, (const char *[]){ "ACK", NULL, NULL });
		since = clock_mono();
		terminal_type(a->screen[0], "a");
		await(a, "no acknowledgement");
		tell(a, since);
		rest(a);
		a->plc.words[2] = 0;
		rest(a);
	}
}

static void
login(struct app *a, const char *host)
{
	struct mono since = clock_mono();

	open_screens(a, 1, host);
	tell(a, since);
	close_screens(a);
}

static void
run_true(struct app *a, const char *host)
{
	char *argv[] = { (char[]){ "ssh" }, (char[]){ "-F" },
		xstrdup(a->config), xstrdup(host), (char[]){ "true" }, NULL };
	struct mono since = clock_mono();
	int status = -1;
	pid_t pid;

	if (posix_spawnp(&pid, "ssh", NULL, NULL, argv, environ) != 0)
		give_up(a, "no ssh");
	waitpid(pid, &status, 0);
	if (status != 0)
		give_up(a, "ssh true failed");
	printf("%lld\n", (long long)(clock_mono().us - since.us));
	free(argv[2]);
	free(argv[3]);
}

static void
obey(struct app *a, char *line)
{
	char *word = strtok(line, " \n"), *arg = strtok(NULL, " \n");
	unsigned n = arg != NULL ? (unsigned)strtoul(arg, NULL, 10) : 0;

	if (word == NULL)
		return;
	a->moving = strcmp(word, "moving") == 0;
	if (strcmp(word, "open") == 0)
		open_screens(a, n, "olga@plant");
	else if (strcmp(word, "value") == 0 || a->moving)
		value_rounds(a, n);
	else if (strcmp(word, "alarms") == 0)
		open_alarms(a);
	else if (strcmp(word, "ack") == 0)
		ack_rounds(a, n);
	else if (strcmp(word, "close") == 0)
		close_screens(a);
	else if (strcmp(word, "login") == 0 && arg != NULL)
		login(a, arg);
	else if (strcmp(word, "true") == 0 && arg != NULL)
		run_true(a, arg);
	a->moving = false;
	puts("done");
}

/* Serves the PLC and the screens until there is an order. */
static bool
next_order(struct app *a, char *line, int cap)
{
	struct pollfd in = { .fd = 0, .events = POLLIN };

	while (poll(&in, 1, 0) == 0)
		turn(a, 5);
	return fgets(line, cap, stdin) != NULL;
}

int
main(int argc, char **argv)
{
	struct app *a = xcalloc(1, sizeof(*a));
	char line[128];
	struct err e;

	if (argc != 2 || plc_open(&a->plc, &e) < 0)
		return 2;
	a->config = argv[1];
	a->plc.words[0] = values[0].raw;
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdin, NULL, _IONBF, 0);
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("%u\n", a->plc.port);
	while (next_order(a, line, sizeof(line)))
		obey(a, line);
	close_screens(a);
	plc_close(&a->plc);
	free(a);
	return 0;
}
