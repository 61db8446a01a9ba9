/* SPDX-License-Identifier: ISC */
/* What the tests of the history share: a directory, samples, what comes back. */
#ifndef TESTS_HISTORY_HELP_H
#define TESTS_HISTORY_HELP_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/history.h"

#define SOON 10000		/* ms: the deadline of every wait */
#define MINUTE 60000LL
#define HOUR 3600000LL
#define DAY 86400000LL

/* 2026-11-22T00:00:00Z */
static const int64_t midnight = 1795305600000LL;
static const struct history_limits plenty = { { 730 * DAY }, 1LL << 40 };

__attribute__((unused)) static int
dir_make(void **state)
{
	char *dir = strdup("/tmp/sg-history-XXXXXX");

	*state = mkdtemp(dir);
	return *state == NULL;
}

__attribute__((unused)) static int
dir_remove(void **state)
{
	char path[512];
	DIR *d;
	struct dirent *entry;

	snprintf(path, sizeof(path), "%s/history", (char *)*state);
	d = opendir(path);
	while (d != NULL && (entry = readdir(d)) != NULL) {
		snprintf(path, sizeof(path), "%s/history/%s", (char *)*state,
		    entry->d_name);
		unlink(path);
	}
	if (d != NULL)
		closedir(d);
	snprintf(path, sizeof(path), "%s/history", (char *)*state);
	rmdir(path);
	rmdir(*state);
	free(*state);
	return 0;
}

__attribute__((unused)) static struct history *
must_open(const char *dir, const struct history_limits *l)
{
	return history_open(dir, l);
}

__attribute__((unused)) static struct history *
begin(const char *dir, int64_t now)
{
	struct history *h = must_open(dir, &plenty);

	history_start(h, (struct wall){ now });
	return h;
}

__attribute__((unused)) static void
put(struct history *h, const char *tag, int64_t t, double n)
{
	struct value v = value_real(n, (struct wall){ t });

	history_put(h, history_tag(h, tag), &v);
}

__attribute__((unused)) static void
put_bad(struct history *h, const char *tag, int64_t t, double n)
{
	struct value v = value_real(n, (struct wall){ t });

	v.quality = QUALITY_BAD;
	v.cause = CAUSE_COMM;
	history_put(h, history_tag(h, tag), &v);
}

__attribute__((unused)) static void
settle(struct history *h, int64_t now)
{
	history_flush(h, (struct wall){ now });
	assert_true(history_wait(h, SOON));
}

struct got {
	int ready;		/* written by a reader thread */
	struct history_page *page;
};

__attribute__((unused)) static void
on_page(void *arg, struct history_page *page)
{
	struct got *got = arg;

	got->page = page;
	__atomic_store_n(&got->ready, 1, __ATOMIC_RELEASE);
}

__attribute__((unused)) static struct history_page *
ask(struct history *h, const struct history_query *q)
{
	struct got got = { 0 };
	int i;

	assert_true(history_query_submit(h, q, on_page, &got));
	for (i = 0; i < SOON && !__atomic_load_n(&got.ready, __ATOMIC_ACQUIRE);
	     i++)
		usleep(1000);
	assert_true(got.ready);
	if (got.page->failed)
		fail_msg("%s", got.page->text);
	return got.page;
}

/* All pages as text: "tag +ms value quality", or "tag +ms gap". */
__attribute__((unused)) static char *
rows(struct history *h, struct history_query q, int64_t from, int *pages)
{
	struct history_page *p;
	char value[VALUE_CAP];
	char *all = calloc(1, 4 << 20);
	size_t at = 0, i;
	bool more = true;

	for (*pages = 0; more; ++*pages) {
		p = ask(h, &q);
		for (i = 0; i < p->n; i++) {
			struct history_row *r = &p->rows[i];

			at += (size_t)sprintf(all + at, "%s %+lld %s %s\n",
			    q.tags[r->tag],
			    (long long)(r->value.time.ms - from),
			    r->gap ? "gap" : value_print(value, &r->value),
			    r->gap ? "" : quality_name(r->value.quality));
		}
		q.place = p->place;
		more = p->more;
		history_page_free(p);
	}
	return all;
}

__attribute__((unused)) static void
assert_rows(struct history *h, const char *tag, int64_t since, int64_t until,
    uint64_t last, const char *expected)
{
	const char *tags[] = { tag };
	struct history_query q = { .tags = tags,
		.n_tags = 1,
		.since = { since },
		.until = { until },
		.last = last };
	int pages;
	char *all = rows(h, q, since, &pages);

	assert_string_equal(all, expected);
	free(all);
}

__attribute__((unused)) static struct history_bucket
bucket(struct history *h, const char *tag, int64_t since, int64_t until)
{
	const char *tags[] = { tag };
	struct history_query q = { .tags = tags,
		.n_tags = 1,
		.since = { since },
		.until = { until },
		.every = { until - since } };
	struct history_page *p = ask(h, &q);
	struct history_bucket b;

	assert_int_equal(p->n, 1);
	assert_false(p->more);
	b = p->buckets[0];
	history_page_free(p);
	return b;
}

#endif
