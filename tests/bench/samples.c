/* SPDX-License-Identifier: ISC */
/*
 * samples DIR - the history's figures, one `NAME VALUE` a line: a thousand
 * tags with a sample a second, half of them noisy reals, the others states
 * and counters; the same samples as rows of a bare SQLite table.
 */
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/history.h"

#define TAGS	1000
#define SECONDS 3000		/* of the comparison: 3 million samples */
#define DAY_MS	86400000LL
#define START	1795305600000LL	/* a midnight */

static double
now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static struct value
sample(int tag, int64_t second)
{
	struct wall t = { START + second * 1000 + tag % 7 };
	int64_t mixed = (second * 2654435761LL + tag * 40503LL) >> 8 & 0x3ff;

	if (tag % 2 == 0)
		return value_real(
		    (double)(13824 + mixed) * 100.0 / 27648.0, t);
	if (tag % 4 == 1)
		return value_bool(second / (60 + tag % 50) % 2 == 0, t);
	return value_uint((uint64_t)(second * 3 + tag), t);
}

static char names[TAGS][16];

static void
write_history(const char *dir)
{
	struct history_limits limits = { { 10000 * DAY_MS }, 1LL << 40 };
	struct history *h = history_open(dir, &limits);
	struct history_health s;
	double real, cpu;
	int64_t second;
	struct value v;
	int tag;

	history_start(h, (struct wall){ START });
	history_wait(h, 10000);
	real = now(CLOCK_MONOTONIC);
	cpu = now(CLOCK_PROCESS_CPUTIME_ID);
	for (second = 0; second < SECONDS; second++) {
		for (tag = 0; tag < TAGS; tag++) {
			v = sample(tag, second);
			history_put(h, history_tag(h, names[tag]), &v);
		}
		history_flush(h, (struct wall){ START + second * 1000 });
		/* as a server that is late would be: never too far ahead */
		for (history_health(h, &s); s.waiting > 200000;
		     history_health(h, &s))
			usleep(1000);
	}
	history_wait(h, 60000);
	real = now(CLOCK_MONOTONIC) - real;
	cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	printf("history.rate %.0f\n", TAGS * SECONDS / real);
	printf("history.cpu %.1f\n", cpu * 1e9 / TAGS / SECONDS);
	history_health(h, &s);
	if (s.lost > 0)
		printf("history.lost %llu\n", (unsigned long long)s.lost);
	history_close(h, (struct wall){ START + SECONDS * 1000 });
}

static double
file_bytes(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (double)st.st_size : 0;
}

static void
write_rows(const char *path)
{
	sqlite3_stmt *st;
	sqlite3 *db;
	double real, cpu, number;
	int64_t second;
	struct value v;
	int tag;

	sqlite3_open(path, &db);
	sqlite3_exec(db,
	    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    "CREATE TABLE samples(tag INTEGER, time INTEGER, value REAL,"
	    " quality INTEGER)", NULL, NULL, NULL);
	sqlite3_prepare_v2(
	    db, "INSERT INTO samples VALUES(?,?,?,?)", -1, &st, NULL);
	real = now(CLOCK_MONOTONIC);
	cpu = now(CLOCK_PROCESS_CPUTIME_ID);
	for (second = 0; second < SECONDS; second++) {
		if (second % 100 == 0)
			sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
		for (tag = 0; tag < TAGS; tag++) {
			v = sample(tag, second);
			number = value_number(&v);
			sqlite3_bind_int(st, 1, tag);
			sqlite3_bind_int64(st, 2, v.time.ms);
			sqlite3_bind_double(st, 3, number);
			sqlite3_bind_int(st, 4, v.quality);
			sqlite3_step(st);
			sqlite3_reset(st);
		}
		if (second % 100 == 99)
			sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	}
	real = now(CLOCK_MONOTONIC) - real;
	cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	printf("rows.rate %.0f\n", TAGS * SECONDS / real);
	printf("rows.cpu %.1f\n", cpu * 1e9 / TAGS / SECONDS);
	sqlite3_finalize(st);
	sqlite3_close(db);
	printf("rows.bytes %.2f\n", file_bytes(path) / TAGS / SECONDS);
}

struct got {
	int ready;
	struct history_page *page;
};

static void
on_page(void *arg, struct history_page *page)
{
	struct got *got = arg;

	got->page = page;
	__atomic_store_n(&got->ready, 1, __ATOMIC_RELEASE);
}

static double
ask_ms(struct history *h, const char *tag, int days, int64_t every)
{
	struct history_query q = { .tags = &tag,
		.n_tags = 1,
		.since = { START },
		.until = { START + days * DAY_MS },
		.every = { every } };
	double began = now(CLOCK_MONOTONIC);
	bool more = true;
	struct got got;

	while (more) {
		got.ready = 0;
		if (!history_query_submit(h, &q, on_page, &got))
			exit(1);
		while (!__atomic_load_n(&got.ready, __ATOMIC_ACQUIRE))
			usleep(20);
		q.place = got.page->place;
		more = got.page->more;
		history_page_free(got.page);
	}
	return (now(CLOCK_MONOTONIC) - began) * 1e3;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double
median_ms(struct history *h, const char *tag, int days, int64_t every)
{
	double ms[11];
	int i;

	for (i = 0; i < 11; i++)
		ms[i] = ask_ms(h, tag, days, every);
	qsort(ms, 11, sizeof(ms[0]), compare);
	return ms[5];
}

/* Eight days of a hundred tags, a sample a second each of one of them. */
static void
read_days(const char *dir)
{
	struct history_limits limits = { { 10000 * DAY_MS }, 1LL << 40 };
	struct history *h = history_open(dir, &limits);
	struct history_import done;
	int64_t second;
	struct value v;
	struct err e;
	double began = now(CLOCK_MONOTONIC);
	int tag;

	if (history_import_begin(h, false, &e) < 0)
		exit(1);
	for (second = 0; second < 8 * 86400; second++)
		for (tag = 0; tag < 100; tag += second % 20 ? 100 : 1) {
			v = sample(tag, second);
			history_import_put(
			    h, history_tag(h, names[tag]), &v, &e);
		}
	history_import_end(
	    h, (struct wall){ START + 8 * DAY_MS }, &done, &e);
	printf("import.rate %.0f\n",
	    (double)done.taken / (now(CLOCK_MONOTONIC) - began));
	history_close(h, (struct wall){ 0 });
	h = history_open(dir, &limits);
	history_start(h, (struct wall){ START + 9 * DAY_MS });
	history_wait(h, 10000);
	printf("day.bucket %.2f\n", median_ms(h, names[0], 1, DAY_MS));
	printf("day.rows %.1f\n", median_ms(h, names[0], 1, 0));
	printf("week.buckets %.1f\n", median_ms(h, names[0], 8, 900000));
	history_close(h, (struct wall){ START + 9 * DAY_MS });
}

int
main(int argc, char **argv)
{
	char *path;
	int i;

	if (argc != 2)
		return 2;
	for (i = 0; i < TAGS; i++)
		snprintf(names[i], sizeof(names[i]), "bench.t%d", i);
	path = xasprintf("%s/rows.db", argv[1]);
	write_history(argv[1]);
	free(path);
	path = xasprintf("%s/history/2026-11-22.db", argv[1]);
	printf("history.bytes %.2f\n", file_bytes(path) / TAGS / SECONDS);
	free(path);
	path = xasprintf("%s/rows.db", argv[1]);
	write_rows(path);
	free(path);
	path = xasprintf("%s/days", argv[1]);
	mkdir(path, 0700);
	read_days(path);
	free(path);
	return 0;
}
