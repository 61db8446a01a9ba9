/* SPDX-License-Identifier: ISC */
/*
 * sshprobe - stands in for sightglass and sightglass-console in tests of the
 * SSH front. As the console it prints what it was given, and then its size
 * whenever it changes, until it reads a q. As sightglass it does the first
 * word behind `--`:
 *
 *	given		its arguments, environment, descriptors
 *	hello		HELLO on the session; prints the user of the WELCOME
 *	cat		standard input to standard output, in odd pieces
 *	sum		counts its input: bytes and a checksum
 *	make N		N bytes with the same checksum as sum would print
 *	both		a line to each of its outputs
 *	exit N		ends so
 *	wait		prints ready; ends with the name of the signal
 *	deaf		prints ready; ignores HUP and TERM for ever
 *	ticks		the time, line after line, as fast as they go
 *	age SECONDS	reads such lines for so long (by their own time) and prints
 *			how old, in ms, the last of them was on arrival
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "wire/client.h"
#include "wire/frontwire.h"

extern char **environ;

/* The bytes of make, and what sum makes of any bytes. */
static uint32_t
mix(uint32_t state)
{
	return state * 1664525u + 1013904223u;
}

static uint32_t
add(uint32_t sum, const unsigned char *bytes, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		sum = sum * 31 + bytes[i];
	return sum;
}

static int
given(int argc, char **argv)
{
	int i;

	for (i = 0; i < argc; i++)
		printf("argument %s\n", argv[i]);
	for (i = 0; environ[i] != NULL; i++)
		printf("environment %s\n", environ[i]);
	for (i = 0; i < 1024; i++)
		if (fcntl(i, F_GETFD) >= 0)
			printf("descriptor %d\n", i);
	printf("leader %d\n", getsid(0) == getpid());
	return fflush(stdout);
}

static int
hello(void)
{
	struct client *c = client_new(FRONT_SESSION);
	struct client_event ev;
	struct err e;

	int rc = client_hello(c, "sshprobe") == 0 ? 1 : -1;

	fd_nonblock(FRONT_SESSION, false);
	while (rc == 1 && (rc = client_receive(c, &ev, &e)) == 1)
		if (ev.type == MESSAGE_WELCOME)
			break;
	if (rc == 1)
		printf("welcome %s\n", ev.welcome.user);
	client_free(c);
	return rc == 1 ? 0 : 8;
}

static int
cat(void)
{
	unsigned char bytes[7919];
	ssize_t n;

	while ((n = read(STDIN_FILENO, bytes, sizeof(bytes))) > 0)
		if (fd_write_all(STDOUT_FILENO, bytes, (size_t)n) < 0)
			return 1;
	return n < 0;
}

static int
sum(void)
{
	unsigned char bytes[7919];
	unsigned long long total = 0;
	uint32_t s = 0;
	ssize_t n;

	while ((n = read(STDIN_FILENO, bytes, sizeof(bytes))) > 0) {
		s = add(s, bytes, (size_t)n);
		total += (unsigned long long)n;
	}
	printf("%llu %08x\n", total, s);
	return 0;
}

/* The bytes on the output, their sum on the error output. */
static int
make(unsigned long long left)
{
	unsigned char bytes[16381];
	unsigned long long total = left;
	uint32_t state = 1, s = 0;
	size_t i, n;

	while (left > 0) {
		n = left < sizeof(bytes) ? (size_t)left : sizeof(bytes);
		for (i = 0; i < n; i++)
			bytes[i] = (unsigned char)((state = mix(state)) >> 24);
		s = add(s, bytes, n);
		if (fd_write_all(STDOUT_FILENO, bytes, n) < 0)
			return 1;
		left -= n;
	}
	fprintf(stderr, "%llu %08x\n", total, s);
	return 0;
}

static int
ticks(void)
{
	while (printf("%lld\n", (long long)clock_mono().us / 1000) > 0 &&
	    fflush(stdout) == 0)
		;
	return 1;
}

static int
age(int seconds)
{
	char line[64];
	long long first = 0, t;

	while (fgets(line, sizeof(line), stdin) != NULL) {
		t = atoll(line);
		if (first == 0)
			first = t;
		if (t - first < 1000LL * seconds)
			continue;
		printf("%lld\n", (long long)clock_mono().us / 1000 - t);
		return 0;
	}
	return 1;
}

static volatile sig_atomic_t caught;

static void
on_any(int number)
{
	caught = number;
}

static void
catch(int number)
{
	struct sigaction sa = { .sa_handler = on_any };

	sigaction(number, &sa, NULL);
}

/* Until a signal comes that is caught. */
static int
wait_signal(void)
{
	static const int those[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
	sigset_t block, old;
	size_t i;

	sigemptyset(&block);
	for (i = 0; i < 4; i++) {
		catch (those[i]);
		sigaddset(&block, those[i]);
	}
	sigprocmask(SIG_BLOCK, &block, &old);
	printf("ready\n");
	fflush(stdout);
	while (caught == 0)
		sigsuspend(&old);
	printf("signal %s\n", sigabbrev_np(caught));
	fflush(stdout);
	return caught;
}

static void
deaf(void)
{
	signal(SIGHUP, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	printf("ready %d\n", (int)getpid());
	fflush(stdout);
	for (;;)
		pause();
}

static void
print_size(void)
{
	struct winsize w = { 0 };

	ioctl(STDOUT_FILENO, TIOCGWINSZ, &w);
	printf("size %ux%u\n", w.ws_col, w.ws_row);
	fflush(stdout);
}

static int
console(int argc, char **argv)
{
	char c;
	ssize_t n;

	catch (SIGWINCH);
	given(argc, argv);
	print_size();
	while ((n = read(STDIN_FILENO, &c, 1)) == 1 || errno == EINTR) {
		if (n == 1 && c == 'q')
			return 7;
		if (caught == SIGWINCH) {
			caught = 0;
			print_size();
		}
	}
	return 1;
}

int
main(int argc, char **argv)
{
	const char *verb = argc > 4 ? argv[4] : "";

	if (strstr(argv[0], "console") != NULL)
		return console(argc, argv);
	if (strcmp(verb, "given") == 0)
		return given(argc, argv);
	if (strcmp(verb, "hello") == 0)
		return hello();
	if (strcmp(verb, "cat") == 0)
		return cat();
	if (strcmp(verb, "sum") == 0)
		return sum();
	if (strcmp(verb, "make") == 0)
		return make(strtoull(argv[5], NULL, 10));
	if (strcmp(verb, "both") == 0) {
		puts("out");
		fputs("err\n", stderr);
		return 0;
	}
	if (strcmp(verb, "exit") == 0)
		return atoi(argv[5]);
	if (strcmp(verb, "wait") == 0)
		return wait_signal();
	if (strcmp(verb, "deaf") == 0)
		deaf();
	if (strcmp(verb, "ticks") == 0)
		return ticks();
	if (strcmp(verb, "age") == 0)
		return age(atoi(argv[5]));
	fprintf(stderr, "sshprobe: no such word\n");
	return 2;
}
