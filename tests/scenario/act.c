/* SPDX-License-Identifier: ISC */
#include "scenario/act.h"

#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "scenario/people.h"
#include "scenario/plc.h"

uint32_t
world_tag(struct world *w, const char *name)
{
	uint32_t tag = plant_tag(w->core->plant, name);

	if (tag == NONE)
		world_fail(w, "no tag %s", name);
	return tag;
}

static bool
parse_cause(enum cause *cause, const char *word)
{
	int i;

	for (i = CAUSE_NONE; i <= CAUSE_RANGE; i++)
		if (strcmp(cause_name((enum cause)i), word) == 0) {
			*cause = (enum cause)i;
			return true;
		}
	return false;
}

static struct value
parse_value(const struct tag *t, const char *word)
{
	struct wall now = clock_wall();

	switch ((enum value_type)t->type) {
	case VALUE_TEXT:
		return value_text(word, now);
	case VALUE_BOOL:
		return value_bool(
		    strcmp(word, "true") == 0 || strcmp(word, "1") == 0, now);
	case VALUE_INT:
		return value_int(strtoll(word, NULL, 10), now);
	case VALUE_UINT:
		return value_uint(strtoull(word, NULL, 10), now);
	default:
		return value_real(strtod(word, NULL), now);
	}
}

/* read TAG VALUE [QUALITY [CAUSE]] */
static void
do_read(struct world *w, const char *const *words, size_t n)
{
	uint32_t tag = n >= 3 ? world_tag(w, words[1]) : NONE;
	enum quality q = QUALITY_GOOD;
	enum cause cause = CAUSE_NONE;
	struct value v;

	if (tag == NONE || w->core->plant->tags[tag].point == NULL ||
	    (n > 3 && !quality_parse(&q, words[3])) ||
	    (n > 4 && !parse_cause(&cause, words[4]))) {
		world_fail(w, "read TAG VALUE [QUALITY [CAUSE]]");
		return;
	}
	v = parse_value(&w->core->plant->tags[tag], words[2]);
	v.quality = (uint8_t)q;
	v.cause = (uint8_t)cause;
	plc_read(w, tag, &v);
}

/* bad TAG CAUSE: the register is refused */
static void
do_bad(struct world *w, const char *const *words, size_t n)
{
	uint32_t tag = n == 3 ? world_tag(w, words[1]) : NONE;
	enum cause cause;

	if (tag == NONE || !parse_cause(&cause, words[2]))
		world_fail(w, "bad TAG CAUSE");
	else
		plc_mark(w, tag, QUALITY_BAD, cause);
}

/* line NAME up|down */
static void
do_line(struct world *w, const char *const *words, size_t n)
{
	const struct plant *p = w->core->plant;
	uint32_t i;

	for (i = 0; n == 3 && i < p->n_lines; i++)
		if (strcmp(p->lines[i].name, words[1]) == 0) {
			plc_line(w, i, strcmp(words[2], "up") == 0);
			return;
		}
	world_fail(w, "line NAME up|down");
}

/* device NAME ok|silent|fault|stopped|program */
static void
do_device(struct world *w, const char *const *words, size_t n)
{
	static const char *const states[] = { "ok", "line", "silent", "fault",
		"stopped", "program" };
	const struct plant *p = w->core->plant;
	uint32_t i;
	unsigned k;

	for (i = 0; n == 3 && i < p->n_devices; i++)
		for (k = 0; k < 6; k++)
			if (strcmp(p->devices[i].name, words[1]) == 0 &&
			    strcmp(states[k], words[2]) == 0) {
				plc_device(
				    w, i, (enum field_device_condition)k);
				return;
			}
	world_fail(w, "device NAME ok|silent|fault|stopped|program");
}

/* field start|stop|hang|go */
static void
do_field(struct world *w, const char *const *words, size_t n)
{
	const char *what = n == 2 ? words[1] : "";

	if (strcmp(what, "start") == 0)
		plc_start(w);
	else if (strcmp(what, "stop") == 0)
		plc_stop(w);
	else if (strcmp(what, "hang") == 0)
		w->plc.silent = true;
	else if (strcmp(what, "go") == 0)
		w->plc.silent = false;
	else
		world_fail(w, "field start|stop|hang|go");
}

/* jobs hold|auto */
static void
do_jobs(struct world *w, const char *const *words, size_t n)
{
	w->plc.holds = n == 2 && strcmp(words[1], "hold") == 0;
}

/* answer OUTCOME [held N] [REASON] */
static void
do_answer(struct world *w, const char *const *words, size_t n)
{
	const char *reason = "";
	int k, held = -1;
	size_t at = 2;

	if (n >= 4 && strcmp(words[2], "held") == 0) {
		held = atoi(words[3]);
		at = 4;
	}
	if (n > at)
		reason = words[at];
	for (k = 0; n >= 2 && k < FIELD_OUTCOME_COUNT; k++)
		if (strcmp(field_outcome_name((enum field_outcome)k),
			words[1]) == 0) {
			plc_answer(w, (enum field_outcome)k, held, reason);
			return;
		}
	world_fail(w, "answer done|mismatch|unknown|expired|refused "
		      "[held N] [REASON]");
}

static void
do_cleared(struct world *w, const char *const *words, size_t n)
{
	plc_cleared(w, n == 2 && strcmp(words[1], "ok") == 0);
}

/* restart|kill [TIME]: what the machine's clock says when it runs again. */
static struct wall
clock_again(struct world *w, const char *const *words, size_t n)
{
	struct wall t = clock_wall();
	struct err e;
	bool odd;

	if (n > 1 && when_parse(&t, &odd, words[1], t, &e) < 0)
		world_fail(w, "%s TIME", words[0]);
	return t;
}

static void
do_restart(struct world *w, const char *const *words, size_t n)
{
	world_restart(w, clock_again(w, words, n));
}

static void
do_kill(struct world *w, const char *const *words, size_t n)
{
	world_kill(w, clock_again(w, words, n));
}

static void
do_move(struct world *w, const char *const *words, size_t n)
{
	(void)words;
	(void)n;
	world_move(w);
}

/* disk hold|free */
static void
do_disk(struct world *w, const char *const *words, size_t n)
{
	world_hold_disk(w, n == 2 && strcmp(words[1], "hold") == 0);
	world_settle(w);
}

static void
do_login(struct world *w, const char *const *words, size_t n)
{
	if (n == 4 && strcmp(words[2], "from") == 0)
		people_get(w, words[1], words[3]);
	else
		world_fail(w, "login USER from ADDRESS");
}

/* sit USER from ADDRESS: a console */
static void
do_sit(struct world *w, const char *const *words, size_t n)
{
	if (n == 4 && strcmp(words[2], "from") == 0)
		people_sit(w, words[1], words[3]);
	else
		world_fail(w, "sit USER from ADDRESS");
}

/* logout USER */
static void
do_logout(struct world *w, const char *const *words, size_t n)
{
	if (n == 2)
		people_part(w, words[1]);
}

/* ticket USER */
static void
do_ticket(struct world *w, const char *const *words, size_t n)
{
	if (n == 2)
		people_ticket(w, words[1]);
}

/* resume USER [before] yes|no: with the last ticket, or the one before */
static void
do_resume(struct world *w, const char *const *words, size_t n)
{
	bool before = n == 4 && strcmp(words[2], "before") == 0;
	bool wanted = n >= 3 && strcmp(words[n - 1], "yes") == 0;

	if (people_resume(w, words[1], before) != wanted)
		world_fail(w, "%s was%s let in", words[1],
		    wanted ? " not" : "");
	if (!wanted)
		people_part(w, words[1]);
}

/* crowd USER N: logs in and out so often */
static void
do_crowd(struct world *w, const char *const *words, size_t n)
{
	int i, most = n == 3 ? atoi(words[2]) : 0;

	for (i = 0; i < most && w->failures == 0; i++) {
		people_get(w, words[1], "");
		people_part(w, words[1]);
	}
}

/* A word of a script in which || is a new line; the caller frees. */
static char *
lines_of(const char *word)
{
	char *text = xstrdup(word), *to = text;

	for (; *word != '\0'; word++) {
		if (word[0] == '|' && word[1] == '|')
			word++, *to++ = '\n';
		else
			*to++ = *word;
	}
	*to = '\0';
	return text;
}

static struct project_file *
find_file(struct world *w, const char *name)
{
	size_t i;

	for (i = 0; i < w->project.all.n; i++)
		if (strcmp(w->project.all.at[i].name, name) == 0)
			return &w->project.all.at[i];
	return NULL;
}

/* edit FILE FROM TO: in the project that send sends; || is a new line */
static void
do_edit(struct world *w, const char *const *words, size_t n)
{
	struct project_file *f = n == 4 ? find_file(w, words[1]) : NULL;
	char *from = n == 4 ? lines_of(words[2]) : NULL;
	char *to = n == 4 ? lines_of(words[3]) : NULL;
	char *at = f != NULL ? strstr(f->text, from) : NULL;
	struct buf b = { 0 };

	if (at == NULL) {
		world_fail(w, "%s does not have %s", words[1], words[2]);
	} else {
		buf_add(&b, f->text, (size_t)(at - f->text));
		buf_text(&b, to);
		buf_text(&b, at + strlen(from));
		free(f->text);
		f->text = xstrdup(buf_string(&b));
		f->len = b.len;
		buf_free(&b);
	}
	free(from);
	free(to);
}

/* send plan|apply [--retire] [by USER] */
static void
do_send(struct world *w, const char *const *words, size_t n)
{
	const char *who = "emma";
	bool retire = n > 2 && strcmp(words[2], "--retire") == 0;

	if (n > 2 && strcmp(words[n - 2], "by") == 0)
		who = words[n - 1];
	people_send(w, people_get(w, who, ""),
	    n > 1 && strcmp(words[1], "plan") == 0 ? VERB_PROJECT_PLAN
						   : VERB_PROJECT_APPLY,
	    retire);
}

/* VERB ... [by USER] */
static void
say(struct world *w, const char *const *words, size_t n)
{
	const char *who = "olga";

	if (n > 2 && strcmp(words[n - 2], "by") == 0) {
		who = words[n - 1];
		n -= 2;
	}
	if (strcmp(words[0], "report") == 0)
		people_report(w, people_get(w, who, ""), words, n);
	else
		people_call(w, people_get(w, who, ""), words, n);
}

/* clock TIME: it is so late now, as when the machine's clock was set */
static void
do_clock(struct world *w, const char *const *words, size_t n)
{
	struct wall t;
	struct err e;
	bool odd;

	if (n == 2 && when_parse(&t, &odd, words[1], clock_wall(), &e) == 0)
		w->began.ms = t.ms - w->at_ms;
	else
		world_fail(w, "clock TIME");
}

/* later TIME: hours are over by the wall clock, in no time by the other. */
static void
do_later(struct world *w, const char *const *words, size_t n)
{
	const int64_t began = w->began.ms;

	do_clock(w, words, n);
	w->core->clockstep.ahead.ms += w->began.ms - began;
}

static const struct {
	const char *name;
	void (*fn)(struct world *w, const char *const *words, size_t n);
} verbs_of_scenario[] = {
	{ "read", do_read },
	{ "bad", do_bad },
	{ "line", do_line },
	{ "device", do_device },
	{ "field", do_field },
	{ "jobs", do_jobs },
	{ "answer", do_answer },
	{ "cleared", do_cleared },
	{ "clock", do_clock },
	{ "later", do_later },
	{ "restart", do_restart },
	{ "kill", do_kill },
	{ "move", do_move },
	{ "disk", do_disk },
	{ "edit", do_edit },
	{ "send", do_send },
	{ "login", do_login },
	{ "logout", do_logout },
	{ "crowd", do_crowd },
	{ "ticket", do_ticket },
	{ "resume", do_resume },
	{ "sit", do_sit },
};

void
act(struct world *w, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0;
	     i < sizeof(verbs_of_scenario) / sizeof(verbs_of_scenario[0]); i++)
		if (strcmp(verbs_of_scenario[i].name, words[0]) == 0) {
			verbs_of_scenario[i].fn(w, words, n);
			world_settle(w);
			return;
		}
	if (strcmp(words[0], "expect") == 0)
		expect(w, words + 1, n - 1);
	else
		say(w, words, n);
}
