/* SPDX-License-Identifier: ISC */
/*
 * expect.c - what must be true now, as a screen, the database or the PLC
 * would show it: never by looking into the core.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "scenario/act.h"
#include "scenario/people.h"
#include "scenario/plc.h"
#include "store/query.h"

/* Cell number i of the first row; "" if there is none. */
static const char *
cell_of(const struct person *p, unsigned i, char room[256])
{
	const char *at = buf_string(&p->rows), *end;

	for (; i > 0 && at != NULL; i--)
		at = strpbrk(at, "\t\n") != NULL ? strpbrk(at, "\t\n") + 1
						  : NULL;
	room[0] = '\0';
	if (at == NULL)
		return room;
	end = at + strcspn(at, "\t\n");
	str_copy(room, at,
	    (size_t)(end - at) + 1 < 256 ? (size_t)(end - at) + 1 : 256);
	return room;
}

static void
check_text(struct world *w, const char *what, const char *wanted,
    const char *is)
{
	if (strcmp(wanted, is) != 0)
		world_fail(w, "%s: expected %s, is %s", what, wanted, is);
}

/* value TAG CONTENT [QUALITY [CAUSE]]; --- is no content */
static void
expect_value(struct world *w, const char *const *words, size_t n)
{
	static const unsigned cells[] = { 1, 4, 5 };
	struct person *p = people_ask(w, "get", words[1]);
	char room[256];
	size_t i;

	for (i = 2; i < n && i < 5; i++)
		check_text(w, words[1],
		    strcmp(words[i], "---") == 0 ? "-" : words[i],
		    cell_of(p, cells[i - 2], room));
}

/* text TAG TEXT: what stands for its code */
static void
expect_text(struct world *w, const char *const *words, size_t n)
{
	struct person *p = people_ask(w, "get", words[1]);
	char room[256];

	if (n == 3)
		check_text(w, words[1], words[2], cell_of(p, 2, room));
}

/* age TAG TIME: it was read that long ago */
static void
expect_age(struct world *w, const char *const *words, size_t n)
{
	struct person *p = people_ask(w, "get", words[1]);
	char room[256];
	int64_t age = clock_wall().ms - strtoll(cell_of(p, 7, room), NULL, 10);

	if (n != 3 || age != script_time(words[2]))
		world_fail(w, "%s: expected to be %s old, is %lld ms",
		    words[1], n == 3 ? words[2] : "?", (long long)age);
}

static bool
mark_holds(const struct seen_alarm *a, const char *word, bool *known)
{
	const struct {
		const char *word;
		bool on;
	} all[] = { { "verified", a->verified }, { "unverified", !a->verified },
		{ "held", a->held }, { "sure", !a->held },
		{ "folded", a->folded }, { "unfolded", !a->folded },
		{ "quiet", a->quiet }, { "announced", !a->quiet },
		{ "recorded", a->recorded }, { "unrecorded", !a->recorded } };
	size_t i;

	*known = true;
	if (*word == '#')
		return strtoull(word + 1, NULL, 10) == a->occurrence;
	if (strcmp(word, "free") == 0)
		return *a->inhibit == '\0';
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i].word, word) == 0)
			return all[i].on;
	*known = strstr("shelved suppressed out-of-service", word) != NULL;
	return strstr(a->inhibit, word) != NULL;
}

/* alarm NAME STATE [MARK...] */
static void
expect_alarm(struct world *w, const char *const *words, size_t n)
{
	static const struct seen_alarm never = { .state = "normal" };
	const struct seen_alarm *a = people_alarm(w, words[1]);
	bool known;
	size_t i;

	if (plant_alarm(w->core->plant, words[1]) == NONE || n < 3) {
		world_fail(w, "no alarm %s", words[1]);
		return;
	}
	if (a == NULL)
		a = &never;
	check_text(w, words[1], words[2], a->state);
	for (i = 3; i < n; i++)
		if (!mark_holds(a, words[i], &known))
			world_fail(w,
			    "%s: expected %s%s, is #%llu%s%s%s%s%s%s", words[1],
			    words[i], known ? "" : " (what is that?)",
			    (unsigned long long)a->occurrence,
			    a->verified ? " verified" : " unverified",
			    a->held ? " held" : "", a->folded ? " folded" : "",
			    a->recorded ? "" : " unrecorded",
			    *a->inhibit != '\0' ? " " : "", a->inhibit);
}

/* done|refused|mismatch|unknown|expired [TEXT]: how the last call ended */
static void
expect_result(struct world *w, const char *const *words, size_t n)
{
	const struct person *p = w->people.last;
	const char *is = p == NULL ? "" : *p->result != '\0' ? p->result : p->end;

	if (p == NULL || (!p->ended && *p->result == '\0')) {
		world_fail(w, "expected %s, but nothing has ended", words[0]);
		return;
	}
	if (*is == '\0' && p->code == EXIT_DONE)
		is = "done";
	if (strncmp(is, words[0], strlen(words[0])) != 0 ||
	    (n > 1 && strstr(is, words[1]) == NULL))
		world_fail(w, "expected %s%s%s, is %s (exit %d)", words[0],
		    n > 1 ? ": " : "", n > 1 ? words[1] : "", is, p->code);
}

/* exit CODE, of the last call */
static void
expect_exit(struct world *w, const char *const *words, size_t n)
{
	const struct person *p = w->people.last;

	if (n != 2 || p == NULL || !p->ended || p->code != atoi(words[1]))
		world_fail(w, "expected exit %s, is %d (%s)", words[1],
		    p != NULL ? p->code : -1, p != NULL ? p->end : "");
}

static void
expect_pending(struct world *w, const char *const *words, size_t n)
{
	const struct person *p = w->people.last;

	(void)words;
	(void)n;
	if (p == NULL || p->ended)
		world_fail(w, "expected no answer yet, is %s",
		    p != NULL ? p->result : "nothing asked");
}

/* row TEXT: some row of the last answer contains it */
static void
expect_row(struct world *w, const char *const *words, size_t n)
{
	const struct person *p = w->people.last;

	if (n != 2 || p == NULL ||
	    strstr(buf_string(&p->rows), words[1]) == NULL)
		world_fail(w, "expected a row with %s in\n%s", words[1],
		    p != NULL ? buf_string(&p->rows) : "");
}

struct asked {
	pthread_mutex_t lock;
	pthread_cond_t come;
	struct record_page *page;
};

static void
on_page(void *arg, struct record_page *page)
{
	struct asked *a = arg;

	pthread_mutex_lock(&a->lock);
	a->page = page;
	pthread_cond_signal(&a->come);
	pthread_mutex_unlock(&a->lock);
}

/* The next page of what the database holds; NULL: no more. */
static struct record_page *
fetch(struct world *w, struct record_query *q, bool *more)
{
	struct asked a = { PTHREAD_MUTEX_INITIALIZER,
		PTHREAD_COND_INITIALIZER, NULL };

	if (!*more)
		return NULL;
	record_query_submit(w->core->record, q, on_page, &a);
	pthread_mutex_lock(&a.lock);
	while (a.page == NULL)
		pthread_cond_wait(&a.come, &a.lock);
	pthread_mutex_unlock(&a.lock);
	q->after = a.page->after;
	q->upto = a.page->upto;
	q->limit = a.page->limit;
	*more = a.page->more;
	return a.page;
}

static bool
is_seen(const struct world *w, uint64_t seq)
{
	size_t i;

	for (i = 0; i < w->seen.n; i++)
		if (w->seen.at[i] == seq)
			return true;
	return false;
}

static bool
event_has(const struct record_event *e, const char *text)
{
	const char *const all[] = { e->text, e->user, e->station, e->old,
		e->new, e->result, e->cause, e->value, e->area };
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i] != NULL && strstr(all[i], text) != NULL)
			return true;
	return false;
}

/* words: KIND [NAME [TEXT...]] */
static bool
event_is(const struct record_event *e, const char *const *words, size_t n)
{
	size_t i;

	if (strcmp(record_kind_name(e->kind), words[0]) != 0 ||
	    (n > 1 && strcmp(e->name, words[1]) != 0))
		return false;
	for (i = 2; i < n; i++)
		if (!event_has(e, words[i]))
			return false;
	return true;
}

static bool
find_event(struct world *w, const char *const *words, size_t n)
{
	struct record_query q = { .list = RECORD_EVENTS };
	struct record_page *page;
	bool more = true, found = false;
	size_t i;

	world_commit(w);
	while ((page = fetch(w, &q, &more)) != NULL) {
		for (i = 0; i < page->n && !found; i++)
			if (!is_seen(w, page->events[i].seq) &&
			    event_is(&page->events[i], words, n)) {
				vec_push(&w->seen, page->events[i].seq);
				found = true;
			}
		record_page_free(page);
	}
	return found;
}

/* event KIND NAME [TEXT...]: one that no expectation has used yet */
static void
expect_event(struct world *w, const char *const *words, size_t n)
{
	if (n < 3 || !find_event(w, words + 1, n - 1))
		world_fail(w, "expected an event %s %s %s", words[1],
		    n > 2 ? words[2] : "", n > 3 ? words[3] : "");
}

/* journal N: so many transitions of alarms are recorded in all */
static void
expect_journal(struct world *w, const char *const *words, size_t n)
{
	struct record_query q = { .list = RECORD_JOURNAL };
	struct record_page *page;
	bool more = true;
	size_t is = 0;

	world_commit(w);
	while ((page = fetch(w, &q, &more)) != NULL) {
		is += page->n;
		record_page_free(page);
	}
	if (n != 2 || is != strtoul(words[1], NULL, 10))
		world_fail(w, "expected %s rows in the journal, are %zu",
		    words[1], is);
}

/* audit NAME RESULT COUNT: rows of that name whose result contains it */
static void
expect_audit(struct world *w, const char *const *words, size_t n)
{
	struct record_query q = { .list = RECORD_AUDIT };
	struct record_page *page;
	bool more = true;
	size_t i, is = 0;

	world_commit(w);
	while ((page = fetch(w, &q, &more)) != NULL) {
		for (i = 0; n == 4 && i < page->n; i++)
			is += strcmp(page->audit[i].name, words[1]) == 0 &&
			    (strcmp(words[2], "requested") == 0
				    ? *page->audit[i].result == '\0'
				    : strncmp(page->audit[i].result, words[2],
					  strlen(words[2])) == 0);
		record_page_free(page);
	}
	if (n != 4 || is != strtoul(words[3], NULL, 10))
		world_fail(w, "expected %s rows %s of %s in the audit, are %zu",
		    n == 4 ? words[3] : "?", n > 2 ? words[2] : "?", words[1],
		    is);
}

static const char *const spaces[] = { "coil", "di", "ir", "hr" };

/* write SPACE:ADDRESS VALUE [REGISTERS]: the oldest that is not used yet */
static void
expect_write(struct world *w, const char *const *words, size_t n)
{
	struct plc_write is;
	char text[64];

	if (w->plc.writes.n == 0) {
		world_fail(w, "expected a write of %s, is none", words[1]);
		return;
	}
	is = w->plc.writes.at[0];
	memmove(w->plc.writes.at, w->plc.writes.at + 1,
	    --w->plc.writes.n * sizeof(is));
	snprintf(text, sizeof(text), "%s:%u", spaces[is.at.space],
	    is.at.address);
	check_text(w, "write", words[1], text);
	snprintf(text, sizeof(text), "%u", is.first);
	if (n > 2)
		check_text(w, words[1], words[2], text);
	snprintf(text, sizeof(text), "%u", is.at.registers);
	if (n > 3)
		check_text(w, "registers", words[3], text);
}

/* job: one waits in field */
static void
expect_job(struct world *w, const char *const *words, size_t n)
{
	(void)words;
	(void)n;
	if (w->plc.jobs.n == 0)
		world_fail(w, "expected a command in field, is none");
}

/* control taken|free, as the status line of a screen says */
static void
expect_control(struct world *w, const char *const *words, size_t n)
{
	struct person *p = people_get(w, "observer", "");

	if (n != 2 || (strcmp(words[1], "taken") == 0) != p->beat.control)
		world_fail(w, "expected control %s, is %s", words[1],
		    p->beat.control ? "taken" : "free");
}

/* waiting PRIORITY COUNT, of the banner */
static void
expect_waiting(struct world *w, const char *const *words, size_t n)
{
	struct person *p = people_get(w, "observer", "");
	int priority = n == 3 ? atoi(words[1]) : 0;

	if (priority < 1 || priority > 4 ||
	    p->beat.waiting[priority - 1] != atoi(words[2]))
		world_fail(w, "expected %s waiting, are %d %d %d %d", words[2],
		    p->beat.waiting[0], p->beat.waiting[1],
		    p->beat.waiting[2], p->beat.waiting[3]);
}

/* horn USER silent|sounds RINGS: at its station, and how often its own
 * console has rung */
static void
expect_horn(struct world *w, const char *const *words, size_t n)
{
	struct person *p = n == 4 ? people_get(w, words[1], "") : NULL;
	const char *is;

	if (p == NULL) {
		world_fail(w, "horn USER silent|sounds RINGS");
		return;
	}
	is = p->beat.horn & BEAT_HORN ? "sounds" : "silent";
	check_text(w, "horn", words[2], is);
	if (p->rung != strtoul(words[3], NULL, 10))
		world_fail(w, "expected %s rings at %s, are %u", words[3],
		    words[1], p->rung);
}

/* overrides COUNT: of the status line */
static void
expect_overrides(struct world *w, const char *const *words, size_t n)
{
	struct person *p = people_get(w, "observer", "");

	if (n != 2 || p->beat.overrides != atoi(words[1]))
		world_fail(w, "expected %s overrides, are %u", words[1],
		    p->beat.overrides);
}

/* bypasses COUNT: of the status line */
static void
expect_bypasses(struct world *w, const char *const *words, size_t n)
{
	struct person *p = people_get(w, "observer", "");

	if (n != 2 || p->beat.bypasses != atoi(words[1]))
		world_fail(w, "expected %s bypasses, are %u", words[1],
		    p->beat.bypasses);
}

/* behind yes|no: the store, as the beat says */
static void
expect_behind(struct world *w, const char *const *words, size_t n)
{
	struct person *p = people_get(w, "observer", "");

	if (n != 2 || (strcmp(words[1], "yes") == 0) != p->beat.store_behind)
		world_fail(w, "expected behind %s, is %d", words[1],
		    p->beat.store_behind);
}

/* beat TIME: the last one is not older */
static void
expect_beat(struct world *w, const char *const *words, size_t n)
{
	struct person *p = people_get(w, "observer", "");
	int64_t age = clock_wall().ms - p->beat.now.ms;

	if (n != 2 || age > script_time(words[1]))
		world_fail(w, "expected a beat within %s, is %lld ms old",
		    words[1], (long long)age);
}

/* notice TEXT: the last line that all screens got contains it */
static void
expect_notice(struct world *w, const char *const *words, size_t n)
{
	struct person *p = people_get(w, "observer", "");

	if (n != 2 || strstr(p->notice, words[1]) == NULL)
		world_fail(w, "expected a notice with %s, is %s", words[1],
		    p->notice);
}

/* no write | no job | no row TEXT | no event KIND [NAME [TEXT...]] */
static void
expect_no(struct world *w, const char *const *words, size_t n)
{
	if (n >= 2 && strcmp(words[1], "write") == 0) {
		if (w->plc.writes.n > 0)
			world_fail(w, "expected no write, is %s:%u",
			    spaces[w->plc.writes.at[0].at.space],
			    w->plc.writes.at[0].at.address);
	} else if (n >= 2 && strcmp(words[1], "job") == 0) {
		if (w->plc.jobs.n > 0)
			world_fail(w, "expected no command in field");
	} else if (n == 3 && strcmp(words[1], "row") == 0) {
		if (w->people.last == NULL ||
		    strstr(buf_string(&w->people.last->rows), words[2]) != NULL)
			world_fail(w, "expected no row with %s", words[2]);
	} else if (n >= 3 && strcmp(words[1], "event") == 0) {
		if (find_event(w, words + 2, n - 2))
			world_fail(w, "expected no event %s %s", words[2],
			    n > 3 ? words[3] : "");
	} else
		world_fail(w, "expect no write|job|row|event ...");
}

static const struct {
	const char *name;
	size_t least;
	void (*fn)(struct world *w, const char *const *words, size_t n);
} expectations[] = {
	{ "value", 3, expect_value },
	{ "text", 3, expect_text },
	{ "age", 3, expect_age },
	{ "alarm", 3, expect_alarm },
	{ "done", 1, expect_result },
	{ "refused", 1, expect_result },
	{ "mismatch", 1, expect_result },
	{ "unknown", 1, expect_result },
	{ "expired", 1, expect_result },
	{ "exit", 2, expect_exit },
	{ "pending", 1, expect_pending },
	{ "row", 2, expect_row },
	{ "event", 3, expect_event },
	{ "journal", 2, expect_journal },
	{ "audit", 4, expect_audit },
	{ "write", 2, expect_write },
	{ "job", 1, expect_job },
	{ "no", 2, expect_no },
	{ "control", 2, expect_control },
	{ "waiting", 3, expect_waiting },
	{ "overrides", 2, expect_overrides },
	{ "bypasses", 2, expect_bypasses },
	{ "horn", 4, expect_horn },
	{ "behind", 2, expect_behind },
	{ "beat", 2, expect_beat },
	{ "notice", 2, expect_notice },
};

/* `of USER` behind a result: of the last call of that one. */
static bool
choose(struct world *w, const char *const *words, size_t *n)
{
	if (*n < 3 || strcmp(words[*n - 2], "of") != 0)
		return false;
	w->people.last = people_get(w, words[*n - 1], "");
	*n -= 2;
	return true;
}

void
expect(struct world *w, const char *const *words, size_t n)
{
	struct person *last = w->people.last;
	const bool chosen = choose(w, words, &n);
	size_t i;

	for (i = 0; n > 0 && i < sizeof(expectations) / sizeof(expectations[0]);
	     i++)
		if (strcmp(expectations[i].name, words[0]) == 0 &&
		    n >= expectations[i].least) {
			expectations[i].fn(w, words, n);
			if (chosen)
				w->people.last = last;
			return;
		}
	world_fail(w, "what is expected here?");
}
