/* SPDX-License-Identifier: ISC */
/* Limits, delays, start, bad quality and time: small stories as tables. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/when.h"
#include "model/alarm.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define ms(n) ((struct span){ n })

static const struct mono t0 = { 5000000 };
static const struct wall noon = { 1795348990000 };

/* What the input is; the letter in the column of what happens. */
enum what {
	V,	/* a good value */
	U,	/* uncertain */
	S,	/* stale */
	B,	/* bad(comm) */
	F,	/* bad(range): the number is its content */
	N,	/* bad(range) without content */
	I,	/* bad(initial) */
	T,	/* time passes: expire, if due */
	A,	/* acknowledged */
	X,	/* restarted */
	LIMIT,	/* the limit becomes the number */
	BLIND	/* the limit becomes bad */
};
struct step {
	int at;			/* ms since the start */
	enum what what;
	double number;
	const char *mark;	/* then: state, ? not verified, * held */
	enum alarm_event event;
	enum alarm_note note;
};
#define NOTHING ALARM_EVENT_NONE
#define MARKS ALARM_EVENT_HELD
#define CAME ALARM_EVENT_CAME
#define GONE ALARM_EVENT_GONE

struct world {
	struct alarm alarm;
	struct value limit;
	struct alarm_class class;
};

static struct value
input_of(const struct step *s, struct wall t)
{
	static const struct {
		uint8_t quality, cause;
	} is[] = { [V] = { QUALITY_GOOD, CAUSE_NONE },
		[U] = { QUALITY_UNCERTAIN, CAUSE_RANGE },
		[S] = { QUALITY_STALE, CAUSE_NONE },
		[B] = { QUALITY_BAD, CAUSE_COMM },
		[F] = { QUALITY_BAD, CAUSE_RANGE },
		[N] = { QUALITY_BAD, CAUSE_RANGE },
		[I] = { QUALITY_BAD, CAUSE_INITIAL } };
	struct value v = value_real(s->what == N ? NAN : s->number, t);

	v.quality = is[s->what].quality;
	v.cause = is[s->what].cause;
	return v;
}

static struct alarm_change
act(struct world *w, const struct alarm_def *d, const struct step *s)
{
	struct mono now = mono_add(t0, ms(s->at));
	struct wall wall = wall_add(noon, ms(s->at));
	struct alarm_change none = { .event = NOTHING };
	struct value v;

	switch (s->what) {
	case T:
		if (mono_before(now, alarm_due(&w->alarm, d, now, wall)))
			return none;
		return alarm_expire(&w->alarm, d, &w->class, now, wall);
	case A:
		return alarm_ack(&w->alarm, &w->class, "olga", wall);
	case X:
		alarm_restored(&w->alarm);
		return none;
	case LIMIT:
	case BLIND:
		w->limit = value_real(s->number, wall);
		if (s->what == BLIND)
			w->limit.quality = QUALITY_STALE;
		return none;
	default:
		v = input_of(s, wall);
		return alarm_feed(&w->alarm, d, &w->class, &v, &w->limit, now,
		    wall);
	}
}

static const char *
mark_of(const struct alarm *a, char dst[8])
{
	strcpy(dst, alarm_mark(a));
	if (!a->verified)
		strcat(dst, "?");
	if (a->held || a->limit_unknown)
		strcat(dst, "*");
	return dst;
}

static void
play(const struct alarm_def *d, const struct alarm_class *c,
    const struct step *steps, size_t n)
{
	struct world w = { alarm_new(), value_real(5, noon), *c };
	struct alarm_change change;
	char mark[8];

	for (size_t i = 0; i < n; i++) {
		const struct step *s = &steps[i];

		change = act(&w, d, s);
		mark_of(&w.alarm, mark);
		if (strcmp(mark, s->mark) != 0 || change.event != s->event ||
		    change.note != s->note)
			fail_msg("row %zu at %d: %s event %d note %d", i + 1,
			    s->at, mark, change.event, change.note);
	}
	alarm_fini(&w.alarm);
}
#define PLAY(d, c, steps) play(d, c, steps, COUNT(steps))

static const struct alarm_class process = { .name = "process",
	.ack = ACK_CAME, .horn = HORN_ONCE, .shelve = { 8 * 3600000 } };
static const struct alarm_class protection = { .name = "protection",
	.ack = ACK_BOTH, .horn = HORN_CONTINUOUS, .latch = true,
	.alarm_on_bad = true };
static const struct alarm_def high = { .name = "T.H", .kind = ALARM_ABOVE,
	.deadband = 1 };
static const struct alarm_def low = { .name = "T.L", .kind = ALARM_BELOW,
	.deadband = 1 };
static const struct alarm_def slow = { .name = "T.H", .kind = ALARM_ABOVE,
	.deadband = 1, .on_delay = { 2000 }, .off_delay = { 5000 } };

static void
above_comes_over_the_limit_and_goes_under_the_deadband(void **state)
{
	static const struct step steps[] = {
		{ 0, V, 4.9, "---", MARKS },
		{ 1, V, 5.0, "---" },
		{ 2, V, 5.1, "UNA", CAME },
		{ 3, V, 9, "UNA" },
		{ 4, V, 4.5, "UNA" },
		{ 5, V, 4.1, "UNA" },
		{ 6, V, 4.0, "RTN", GONE },
		{ 7, V, 4.5, "RTN" },
		{ 8, V, 5.1, "UNA", CAME },
		{ 9, A, 0, "ACK", ALARM_EVENT_ACKED },
		{ 10, U, 5.1, "ACK" },		/* uncertain counts */
		{ 11, U, 3, "---", GONE },
		{ 12, U, 6, "UNA", CAME },
	};

	(void)state;
	PLAY(&high, &process, steps);
}

static void
below_is_the_mirror_of_above(void **state)
{
	static const struct step steps[] = {
		{ 0, V, 5.0, "---", MARKS },
		{ 1, V, 4.9, "UNA", CAME },
		{ 2, V, 5.9, "UNA" },
		{ 3, V, 6.0, "RTN", GONE },
		{ 4, V, 5.5, "RTN" },
		{ 5, V, -1, "UNA", CAME },
	};

	(void)state;
	PLAY(&low, &process, steps);
}

static void
a_discrete_alarm_holds_while_its_input_is_that_value(void **state)
{
	static const struct alarm_def is = { .name = "P.FAIL",
		.kind = ALARM_IS, .is = 1 };
	static const struct step steps[] = {
		{ 0, V, 0, "---", MARKS },
		{ 1, V, 1, "UNA", CAME },
		{ 2, V, 2, "RTN", GONE },
		{ 3, V, 1, "UNA", CAME },
		{ 4, BLIND, 0, "UNA" },		/* it has no limit */
		{ 5, V, 0, "RTN", GONE },
	};
	struct world w = { alarm_new(), value_real(0, noon), process };
	struct value v = value_bool(true, noon);

	(void)state;
	PLAY(&is, &process, steps);
	assert_int_equal(alarm_feed(&w.alarm, &is, &process, &v, &w.limit, t0,
			     noon).event, CAME);
	assert_int_equal(w.alarm.at.type, VALUE_BOOL);
	assert_true(w.alarm.limit == 1);
}

static void
a_delay_must_run_through(void **state)
{
	static const struct step steps[] = {
		{ 0, V, 1, "---", MARKS },
		{ 1000, V, 6, "---" },
		{ 2999, T, 0, "---" },
		{ 2999, V, 5.0, "---" },	/* dips: starts anew */
		{ 3100, V, 6, "---" },
		{ 5099, T, 0, "---" },
		{ 5100, T, 0, "UNA", CAME },
		{ 6000, V, 3, "UNA" },
		{ 10999, V, 3, "UNA" },
		{ 11000, V, 3.5, "RTN", GONE },	/* a sample is as good as time */
		{ 12000, V, 6, "RTN" },
		{ 15000, V, 1, "UNA", CAME },	/* late, but it had come */
		{ 19999, T, 0, "UNA" },
		{ 20000, T, 0, "RTN", GONE },
		{ 21000, V, 6, "RTN" },
		{ 23000, T, 0, "UNA", CAME },
		{ 24000, V, 3, "UNA" },
		{ 28999, V, 4.5, "UNA" },	/* inside the deadband again */
		{ 60000, T, 0, "UNA" },
	};

	(void)state;
	PLAY(&slow, &process, steps);
}

static void
a_delay_that_ended_unnoticed_still_counts(void **state)
{
	static const struct step late[] = {
		{ 0, V, 1, "---", MARKS },
		{ 1000, V, 6, "---" },
		{ 4000, B, 0, "UNA*", CAME },	/* over before it went bad */
	};
	static const struct step at_once[] = {
		{ 0, V, 1, "---", MARKS },
		{ 1000, V, 6, "---" },
		{ 3500, V, 1, "UNA", CAME },
		{ 3500, T, 0, "RTN", GONE },	/* no off-delay: due at once */
	};
	static const struct alarm_def on = { .name = "T.H",
		.kind = ALARM_ABOVE, .on_delay = { 2000 } };

	(void)state;
	PLAY(&slow, &process, late);
	PLAY(&on, &process, at_once);
}

static void
nothing_is_evaluated_before_the_first_good_sample(void **state)
{
	static const struct step steps[] = {
		{ 0, I, 0, "---?*", MARKS },
		{ 1, B, 9, "---?*" },
		{ 2, S, 9, "---?*" },
		{ 3, N, 0, "---?*" },
		{ 4, V, 9, "UNA", CAME, ALARM_NOTE_AT_START },
	};
	static const struct step on_bad[] = {
		{ 0, I, 0, "---?*", MARKS },
		{ 1, B, 9, "---?*" },
		{ 2, V, 1, "---", MARKS },
		{ 3, F, 1, "UNA", CAME },
	};

	(void)state;
	PLAY(&high, &process, steps);
	PLAY(&high, &protection, on_bad);
}

static void
a_restart_that_finds_things_as_they_were_makes_no_transition(void **state)
{
	static const struct step steps[] = {
		{ 0, V, 6, "UNA", CAME, ALARM_NOTE_AT_START },
		{ 1, X, 0, "UNA?" },
		{ 2, V, 4.5, "UNA", MARKS },	/* from the restored side */
		{ 3, A, 0, "ACK", ALARM_EVENT_ACKED },
		{ 4, X, 0, "ACK?" },
		{ 5, B, 0, "ACK?*", MARKS },
		{ 6, V, 6, "ACK", MARKS },	/* no on-delay */
		{ 7, V, 1, "---", GONE },
		{ 8, X, 0, "---?" },
		{ 9, V, 4.5, "---", MARKS },
		{ 10, T, 0, "---" },
	};
	static const struct step with_delay[] = {
		{ 0, V, 6, "---", MARKS },
		{ 2000, T, 0, "UNA", CAME, ALARM_NOTE_AT_START },
		{ 3000, X, 0, "UNA?" },
		{ 3001, V, 6, "UNA", MARKS },
	};

	(void)state;
	PLAY(&high, &process, steps);
	PLAY(&slow, &process, with_delay);
}

static void
what_changed_while_we_were_away_is_said_so(void **state)
{
	static const struct step steps[] = {
		{ 0, V, 6, "UNA", CAME, ALARM_NOTE_AT_START },
		{ 1, X, 0, "UNA?" },
		{ 2, V, 1, "RTN", GONE, ALARM_NOTE_OUTAGE },
		{ 3, X, 0, "RTN?" },
		{ 4, V, 6, "UNA", CAME, ALARM_NOTE_AT_START },
		{ 5, V, 1, "RTN", GONE },
	};
	/* delays start anew, and the note stands till they end */
	static const struct step with_delay[] = {
		{ 0, V, 6, "---", MARKS },
		{ 1000, X, 0, "---?" },
		{ 1500, T, 0, "---?" },
		{ 2500, T, 0, "---?" },
		{ 3000, V, 6, "---", MARKS },
		{ 4000, V, 7, "---" },
		{ 5000, T, 0, "UNA", CAME, ALARM_NOTE_AT_START },
		{ 6000, X, 0, "UNA?" },
		{ 7000, V, 1, "UNA", MARKS },
		{ 12000, T, 0, "RTN", GONE, ALARM_NOTE_OUTAGE },
		{ 13000, X, 0, "RTN?" },
		{ 14000, V, 6, "RTN", MARKS },
		{ 15000, V, 1, "RTN" },
		{ 16000, V, 6, "RTN" },
		{ 18000, T, 0, "UNA", CAME },	/* came before our eyes */
	};

	(void)state;
	PLAY(&high, &process, steps);
	PLAY(&slow, &process, with_delay);
}

static void
a_bad_or_stale_input_holds_and_cancels_delays(void **state)
{
	static const struct step steps[] = {
		{ 0, V, 1, "---", MARKS },
		{ 1, B, 9, "---*", MARKS },
		{ 2, S, 9, "---*" },
		{ 3, V, 1, "---", MARKS },
		{ 4, V, 6, "UNA", CAME },
		{ 5, B, 1, "UNA*", MARKS },
		{ 6, A, 0, "ACK*", ALARM_EVENT_ACKED },
		{ 7, N, 0, "ACK*" },
		{ 8, V, 6, "ACK", MARKS },
		{ 9, S, 0, "ACK*", MARKS },
		{ 10, V, 1, "---", GONE, ALARM_NOTE_OUTAGE },
		{ 11, B, 1, "---*", MARKS },
		{ 12, U, 6, "UNA", CAME, ALARM_NOTE_OUTAGE },
		{ 13, V, 1, "RTN", GONE },
	};
	static const struct step with_delay[] = {
		{ 0, V, 1, "---", MARKS },
		{ 1000, V, 6, "---" },
		{ 2000, B, 6, "---*", MARKS },
		{ 3000, T, 0, "---*" },		/* cancelled */
		{ 9000, V, 6, "---", MARKS },	/* and begins again */
		{ 10999, T, 0, "---" },
		{ 11000, T, 0, "UNA", CAME, ALARM_NOTE_OUTAGE },
	};

	(void)state;
	PLAY(&high, &process, steps);
	PLAY(&slow, &process, with_delay);
}

static void
a_class_may_alarm_on_bad_instead(void **state)
{
	static const struct step steps[] = {
		{ 0, V, 1, "---", MARKS },
		{ 1, S, 1, "---*", MARKS },	/* the line's alarm says so */
		{ 2, B, 1, "---*" },
		{ 3, V, 1, "---", MARKS },
		{ 4, F, 1, "UNA", CAME },
		{ 5, A, 0, "ACK", ALARM_EVENT_ACKED },
		{ 6, F, 1, "ACK" },
		{ 7, B, 1, "ACK*", MARKS },
		{ 8, F, 1, "ACK", MARKS },
		{ 9, V, 1, "RTN", GONE },
		{ 10, A, 0, "LAT", ALARM_EVENT_ACKED },
		{ 11, N, 0, "UNA", CAME },
		{ 12, BLIND, 0, "UNA" },
		{ 13, F, 1, "UNA*", MARKS },	/* no limit, no judgement */
	};
	static const struct step with_delay[] = {
		{ 0, V, 1, "---", MARKS },
		{ 1000, F, 1, "---" },
		{ 2000, V, 1, "---" },
		{ 3000, F, 1, "---" },
		{ 5000, T, 0, "UNA", CAME },
	};

	(void)state;
	PLAY(&high, &protection, steps);
	PLAY(&slow, &protection, with_delay);
}

static void
out_through_the_upper_fault_limit_counts_as_above(void **state)
{
	static const struct step above[] = {
		{ 0, V, 1, "---", MARKS },
		{ 1, F, 118, "UNA", CAME },
		{ 2, F, 4.5, "UNA*", MARKS },	/* no word on this limit */
		{ 3, F, -20, "UNA*" },		/* a broken wire holds */
		{ 4, V, 1, "RTN", GONE, ALARM_NOTE_OUTAGE },
		{ 5, F, -20, "RTN*", MARKS },
		{ 6, F, 118, "UNA", CAME, ALARM_NOTE_OUTAGE },
		{ 7, V, 6, "UNA" },
	};
	static const struct step below[] = {
		{ 0, V, 9, "---", MARKS },
		{ 1, F, -20, "---*", MARKS },
		{ 2, F, 118, "---*" },
		{ 3, V, 1, "UNA", CAME, ALARM_NOTE_OUTAGE },
		{ 4, F, 118, "UNA*", MARKS },
		{ 5, F, -20, "UNA*" },
	};
	static const struct step at_start[] = {
		{ 0, F, 118, "UNA", CAME, ALARM_NOTE_AT_START },
	};
	static const struct step delayed[] = {
		{ 0, V, 6, "---", MARKS },
		{ 1000, F, 118, "---" },	/* goes on counting */
		{ 2000, T, 0, "UNA", CAME, ALARM_NOTE_AT_START },
	};

	(void)state;
	PLAY(&high, &process, above);
	PLAY(&low, &process, below);
	PLAY(&high, &process, at_start);
	PLAY(&slow, &process, delayed);
}

static void
a_limit_that_is_not_good_suspends(void **state)
{
	static const struct step steps[] = {
		{ 0, V, 1, "---", MARKS },
		{ 1, BLIND, 0, "---" },
		{ 2, V, 9, "---*", MARKS },
		{ 3, LIMIT, 8, "---*" },
		{ 4, V, 9, "UNA", CAME, ALARM_NOTE_OUTAGE },
		{ 5, LIMIT, 20, "UNA" },
		{ 6, V, 9, "RTN", GONE },	/* evaluated anew (P20) */
		{ 7, LIMIT, NAN, "RTN" },
		{ 8, V, 99, "RTN*", MARKS },
	};
	static const struct step first[] = {
		{ 0, BLIND, 0, "---?" },
		{ 1, V, 9, "---?*", MARKS },
		{ 2, LIMIT, 5, "---?*" },
		{ 3, V, 9, "UNA", CAME, ALARM_NOTE_AT_START },
	};

	(void)state;
	PLAY(&high, &process, steps);
	PLAY(&high, &process, first);
}

static struct alarm
fed(const struct alarm_def *d, double value, struct alarm_change *change)
{
	struct alarm a = alarm_new();
	struct value v = value_real(1, noon), limit = value_real(5, noon);

	alarm_feed(&a, d, &process, &v, &limit, t0, noon);
	v.as.real = value;
	*change = alarm_feed(&a, d, &process, &v, &limit, t0, noon);
	return a;
}

static void
an_occurrence_is_acknowledged_as_it_was_drawn(void **state)
{
	struct alarm_change change;
	struct alarm a = fed(&high, 6, &change);
	struct value v = value_real(1, noon), limit = value_real(5, noon);
	struct err e;

	(void)state;
	when_zone("UTC");
	assert_true(change.horn && change.persist);
	assert_int_equal(a.occurrence, 1);
	assert_int_equal(alarm_can_ack(&a, &process, 1, &e), 0);
	alarm_feed(&a, &high, &process, &v, &limit, t0, noon);
	v.as.real = 7;
	alarm_feed(&a, &high, &process, &v, &limit, t0,
	    wall_add(noon, ms(1000)));
	assert_int_equal(a.occurrence, 2);
	assert_int_equal(a.count, 2);
	assert_true(a.at.as.real == 7 && a.limit == 5);
	assert_int_equal(alarm_can_ack(&a, &process, 1, &e), -1);
	assert_string_equal(e.text, "came again 12:03:11");
	assert_int_equal(alarm_can_ack(&a, &process, 3, &e), -1);
	assert_int_equal(alarm_can_ack(&a, &process, 2, &e), 0);
	change = alarm_ack(&a, &process, "olga", noon);
	assert_false(change.horn);
	assert_int_equal(alarm_can_ack(&a, &process, 2, &e), -1);
	assert_string_equal(e.text, "already acknowledged by olga 12:03:10");
	/* an acknowledgement that lost its race changes nothing */
	change = alarm_ack(&a, &process, "vera", noon);
	assert_int_equal(change.event, ALARM_EVENT_NONE);
	assert_string_equal(a.acked_by, "olga");
	alarm_fini(&a);
}

static void
a_reset_needs_an_acknowledged_alarm_that_has_gone(void **state)
{
	struct alarm a = alarm_new();
	struct alarm_change change;
	struct err e;

	(void)state;
	assert_int_equal(alarm_can_reset(&a, &protection, &e), -1);
	alarm_set(&a, &high, &protection, true, t0, noon);
	assert_int_equal(alarm_can_reset(&a, &protection, &e), -1);
	assert_non_null(strstr(e.text, "still holds"));
	alarm_set(&a, &high, &protection, false, t0, noon);
	assert_int_equal(alarm_can_reset(&a, &protection, &e), -1);
	assert_non_null(strstr(e.text, "acknowledge"));
	alarm_ack(&a, &protection, "olga", noon);
	assert_int_equal(a.state, ALARM_LATCHED);
	assert_int_equal(alarm_can_reset(&a, &protection, &e), 0);
	change = alarm_reset(&a, &protection, noon);
	assert_int_equal(change.to, ALARM_NORMAL);
	assert_false(alarm_is_shown(&a));
	alarm_fini(&a);
}

static void
an_acknowledged_alarm_sounds_again_where_the_class_says(void **state)
{
	struct alarm_class c = process;
	struct alarm_change change;
	struct alarm a;
	struct wall later = wall_add(noon, ms(900000));
	struct value bad = value_initial(VALUE_REAL);
	struct value v = value_real(6, noon), limit = value_real(5, noon);

	(void)state;
	c.rearm = ms(900000);
	a = fed(&high, 6, &change);
	assert_int_equal(alarm_due(&a, &high, t0, noon).us, MONO_NEVER.us);
	alarm_ack(&a, &c, "olga", noon);
	assert_int_equal(alarm_due(&a, &high, t0, noon).us,
	    mono_add(t0, ms(900000)).us);
	/* not while its input is bad (P6) */
	alarm_feed(&a, &high, &c, &bad, &limit, t0, noon);
	assert_int_equal(alarm_due(&a, &high, t0, later).us, MONO_NEVER.us);
	alarm_feed(&a, &high, &c, &v, &limit, t0, noon);
	/* through a restart */
	alarm_restored(&a);
	alarm_feed(&a, &high, &c, &v, &limit, t0, noon);
	change = alarm_expire(&a, &high, &c, t0, later);
	assert_int_equal(change.event, ALARM_EVENT_REARMED);
	assert_true(change.horn);
	assert_int_equal(a.state, ALARM_UNACKNOWLEDGED);
	assert_int_equal(a.acked.ms, 0);
	assert_int_equal(alarm_due(&a, &high, t0, later).us, MONO_NEVER.us);
	alarm_fini(&a);
}

static void
a_change_after_an_outage_names_the_last_good_time(void **state)
{
	struct alarm_change change;
	struct alarm a = fed(&slow, 1, &change);
	struct value v = value_real(1, noon), limit = value_real(5, noon);
	struct wall later = wall_add(noon, ms(60000));

	(void)state;
	v.quality = QUALITY_BAD;
	v.time = wall_add(noon, ms(7));
	alarm_feed(&a, &slow, &process, &v, &limit, t0, later);
	v = value_real(9, later);
	alarm_feed(&a, &slow, &process, &v, &limit, t0, later);
	v.time = wall_add(later, ms(500));
	alarm_feed(&a, &slow, &process, &v, &limit, t0, later);
	change = alarm_expire(&a, &slow, &process, mono_add(t0, ms(2000)),
	    wall_add(later, ms(2000)));
	assert_int_equal(change.event, CAME);
	assert_int_equal(change.note, ALARM_NOTE_OUTAGE);
	assert_int_equal(change.since.ms, noon.ms);
	assert_int_equal(a.raised.ms, later.ms + 2000);
	alarm_fini(&a);
}

static void
a_system_alarm_follows_the_server(void **state)
{
	static const struct alarm_def d = { .name = "plc1.COMM",
		.kind = ALARM_SYSTEM, .on_delay = { 1000 } };
	struct alarm a = alarm_new();
	struct alarm_change change;

	(void)state;
	change = alarm_set(&a, &d, &process, false, t0, noon);
	assert_int_equal(change.event, MARKS);
	assert_int_equal(
	    alarm_set(&a, &d, &process, true, t0, noon).event, NOTHING);
	change = alarm_expire(&a, &d, &process, mono_add(t0, ms(1000)), noon);
	assert_int_equal(change.event, CAME);
	assert_false(value_known(&a.at));
	assert_true(isnan(a.limit));
	alarm_restored(&a);
	change = alarm_set(&a, &d, &process, true, t0, noon);
	assert_int_equal(change.event, MARKS);
	assert_int_equal(change.to, ALARM_UNACKNOWLEDGED);
	change = alarm_set(&a, &d, &process, false, t0, noon);
	assert_int_equal(change.event, GONE);
	assert_int_equal(change.note, ALARM_NOTE_NONE);
	alarm_fini(&a);
}

static void
states_have_names_and_marks(void **state)
{
	static const char *const marks[] = { "---", "UNA", "ACK", "RTN",
		"LAT" };
	struct alarm a = alarm_new();
	enum alarm_state s;

	(void)state;
	for (unsigned i = 0; i < ALARM_STATE_COUNT; i++) {
		assert_true(
		    alarm_state_parse(&s, alarm_state_name((enum alarm_state)i)));
		assert_int_equal(s, i);
		a.state = (uint8_t)i;
		assert_string_equal(alarm_mark(&a), marks[i]);
		assert_int_equal(alarm_is_shown(&a), i != ALARM_NORMAL);
		assert_int_equal(alarm_waits(&a), i == ALARM_UNACKNOWLEDGED ||
			i == ALARM_RETURNED);
	}
	assert_false(alarm_state_parse(&s, "UNA"));
	assert_string_equal(alarm_note_text(ALARM_NOTE_AT_START),
	    "found at start");
	assert_string_equal(alarm_note_text(ALARM_NOTE_OUTAGE),
	    "during outage");
	assert_string_equal(alarm_note_text(ALARM_NOTE_NONE), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    above_comes_over_the_limit_and_goes_under_the_deadband),
		cmocka_unit_test(below_is_the_mirror_of_above),
		cmocka_unit_test(
		    a_discrete_alarm_holds_while_its_input_is_that_value),
		cmocka_unit_test(a_delay_must_run_through),
		cmocka_unit_test(a_delay_that_ended_unnoticed_still_counts),
		cmocka_unit_test(
		    nothing_is_evaluated_before_the_first_good_sample),
		cmocka_unit_test(
		    a_restart_that_finds_things_as_they_were_makes_no_transition),
		cmocka_unit_test(what_changed_while_we_were_away_is_said_so),
		cmocka_unit_test(a_bad_or_stale_input_holds_and_cancels_delays),
		cmocka_unit_test(a_class_may_alarm_on_bad_instead),
		cmocka_unit_test(
		    out_through_the_upper_fault_limit_counts_as_above),
		cmocka_unit_test(a_limit_that_is_not_good_suspends),
		cmocka_unit_test(an_occurrence_is_acknowledged_as_it_was_drawn),
		cmocka_unit_test(
		    a_reset_needs_an_acknowledged_alarm_that_has_gone),
		cmocka_unit_test(
		    an_acknowledged_alarm_sounds_again_where_the_class_says),
		cmocka_unit_test(
		    a_change_after_an_outage_names_the_last_good_time),
		cmocka_unit_test(a_system_alarm_follows_the_server),
		cmocka_unit_test(states_have_names_and_marks),
	};

	return cmocka_run_group_tests_name("model_alarm", tests, NULL, NULL);
}
