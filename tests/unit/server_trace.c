/* SPDX-License-Identifier: ISC */
/* Traces: the last ones stay, and nothing is believed that cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "server/core.h"
#include "server/follow.h"
#include "server/watch.h"

#define BEGUN ((struct mono){ 100000000 })

static struct area area = { .name = "intake" };

struct world {
	struct core c;
	struct plant plant;
	struct live_tag tags[2];
	struct session asker, other;
};

static void
set_time(int64_t us)
{
	clock_set((struct mono){ BEGUN.us + us }, (struct wall){ 1 });
}

static int
open_world(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));

	w->plant.areas = &area;
	w->plant.n_areas = 1;
	w->c.plant = &w->plant;
	w->c.live.tags = w->tags;
	w->c.live.n_tags = 2;
	w->asker.id = 1;
	w->other.id = 2;
	TAILQ_INIT(&w->c.sessions.list);
	traces_init(&w->c);
	set_time(0);
	*state = w;
	return 0;
}

static int
close_world(void **state)
{
	struct world *w = *state;

	traces_fini(&w->c);
	vec_free(&w->tags[0].watchers);
	vec_free(&w->tags[1].watchers);
	clock_real();
	free(w);
	return 0;
}

/* A command whose console says that its key was pressed then. */
static const struct trace *
begin(struct world *w, uint64_t id, const char *pressed)
{
	struct call_parameter part = { PARAMETER_PRESSED, pressed };
	struct call call = { .n = pressed != NULL, .at = &part };

	trace_begin(&w->c, &w->asker, &call, id, 0, BEGUN, "set A.sp");
	return trace_find(&w->c, id);
}

static void
the_last_ones_are_kept(void **state)
{
	struct world *w = *state;
	uint64_t id;

	assert_null(trace_find(&w->c, 0));
	assert_null(trace_newest(&w->c, 0));
	for (id = 1; id <= TRACES_KEPT + 3; id++)
		assert_int_equal(begin(w, id, NULL)->id, id);
	assert_null(trace_find(&w->c, 3));
	assert_int_equal(trace_find(&w->c, 4)->id, 4);
	assert_int_equal(trace_newest(&w->c, 0)->id, TRACES_KEPT + 3);
	assert_int_equal(trace_newest(&w->c, TRACES_KEPT - 1)->id, 4);
	assert_null(trace_newest(&w->c, TRACES_KEPT));
	/* what is gone goes on without */
	trace_step(&w->c, 3, TRACE_TOLD);
	trace_result(&w->c, 3, "done");
	trace_value(&w->c, 3, 0);
}

static void
a_step_is_when_it_first_happened(void **state)
{
	struct world *w = *state;
	const struct trace *t = begin(w, 7, NULL);

	set_time(40);
	trace_step(&w->c, 7, TRACE_RECORDED);
	set_time(50);
	trace_step(&w->c, 7, TRACE_RECORDED);
	assert_int_equal(t->at[TRACE_RECORDED].us - BEGUN.us, 40);
	assert_int_equal(t->at[TRACE_TOLD].us, 0);
}

static void
a_key_is_believed_if_it_can_be(void **state)
{
	static const char *const wrong[] = { "", "x", "-5", "99999999x",
		" 99999999", "100000001", "39000000", "9223372036854775807",
		"99999999999999999999999" };
	struct world *w = *state;
	uint64_t i;

	assert_int_equal(begin(w, 50, "99999000")->at[TRACE_KEY].us, 99999000);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(
		    begin(w, i + 1, wrong[i])->at[TRACE_KEY].us, 0);
}

static void
what_field_says_is_believed_within_the_command_s_time(void **state)
{
	struct world *w = *state;
	const struct trace *t = begin(w, 7, NULL);
	struct field_result r = { .id = 7, .request = { 2, { 1, 2 } },
		.back_reply = { 1, { 9 } } };

	r.steps[FIELD_STEP_RECEIVED] = (struct mono){ INT64_MIN };
	r.steps[FIELD_STEP_CHECKED] = (struct mono){ BEGUN.us - 1 };
	r.steps[FIELD_STEP_SENT] = (struct mono){ BEGUN.us + 30 };
	r.steps[FIELD_STEP_ANSWERED] = (struct mono){ BEGUN.us + 101 };
	r.steps[FIELD_STEP_ASKED] = (struct mono){ INT64_MAX };
	set_time(100);
	trace_field(&w->c, &r);
	assert_int_equal(t->at[TRACE_FIELD].us, 0);
	assert_int_equal(t->at[TRACE_CHECKED].us, 0);
	assert_int_equal(t->at[TRACE_WRITTEN].us - BEGUN.us, 30);
	assert_int_equal(t->at[TRACE_ANSWERED].us, 0);
	assert_int_equal(t->at[TRACE_ASKED].us, 0);
	assert_int_equal(t->at[TRACE_READ].us, 0);
	assert_int_equal(t->request.n, 2);
	assert_int_equal(t->back_reply.at[0], 9);
}

static struct watch
watching(struct world *w, struct session *s, uint32_t *tags, uint64_t *dirty)
{
	struct watch v = { .session = s, .tags = tags, .n = 1,
		.dirty = dirty };

	(void)w;
	return v;
}

static void
a_screen_counts_once_when_the_value_has_left(void **state)
{
	struct world *w = *state;
	const struct trace *t = begin(w, 7, NULL);
	uint32_t tag = 1, none = 0;
	uint64_t dirty = 0, still = 1;
	struct watch own = watching(w, &w->asker, &tag, &dirty),
		     theirs = watching(w, &w->other, &tag, &dirty),
		     more = watching(w, &w->other, &tag, &still),
		     elsewhere = watching(w, &w->other, &none, &dirty);

	vec_push(&w->tags[1].watchers, ((struct live_watcher){ &own, 0 }));
	vec_push(&w->tags[1].watchers, ((struct live_watcher){ &theirs, 0 }));
	vec_push(&w->tags[1].watchers, ((struct live_watcher){ &more, 0 }));
	trace_value(&w->c, 7, 1);
	assert_int_equal(t->screens, 1);
	set_time(10);
	trace_sent(&w->c, &own);
	trace_sent(&w->c, &elsewhere);
	trace_sent(&w->c, &more);	/* it found no room */
	assert_int_equal(t->sent, 0);
	assert_int_equal(t->at[TRACE_OWN_SENT].us - BEGUN.us, 10);
	set_time(20);
	trace_sent(&w->c, &theirs);
	trace_sent(&w->c, &theirs);
	assert_int_equal(t->sent, 1);
	assert_int_equal(t->at[TRACE_LAST_SENT].us - BEGUN.us, 20);
	set_time(30);
	trace_drawn(&w->c, &w->other);
	trace_drawn(&w->c, &w->other);
	assert_int_equal(t->drawn, 1);
	assert_int_equal(t->at[TRACE_FIRST_DRAWN].us - BEGUN.us, 30);
	assert_int_equal(t->at[TRACE_OWN_DRAWN].us, 0);
}

static void
a_screen_that_is_opened_later_does_not_count(void **state)
{
	struct world *w = *state;
	const struct trace *t = begin(w, 7, NULL);
	uint32_t tag = 1;
	uint64_t dirty = 0;
	struct watch theirs = watching(w, &w->other, &tag, &dirty);

	vec_push(&w->tags[1].watchers, ((struct live_watcher){ &theirs, 0 }));
	trace_value(&w->c, 7, 1);
	set_time(TRACE_SCREEN_MS * 1000LL + 1000);
	trace_sent(&w->c, &theirs);
	assert_int_equal(t->sent, 0);
	assert_int_equal(w->other.awaits, 0);
}

/* Both follow the alarms, and may see them. */
static void
follow(struct world *w, struct session *s, struct follow *f)
{
	static struct alarm_def alarms[2];

	w->plant.alarms = alarms;
	w->plant.n_alarms = 2;
	s->everywhere = 1u << FUNCTION_VIEW;
	s->follow = f;
	TAILQ_INSERT_TAIL(&w->c.sessions.list, s, next);
}

static void
an_acknowledgement_counts_once_on_each_screen_that_follows(void **state)
{
	struct world *w = *state;
	struct follow own = { 0 }, theirs = { 0 };
	const struct trace *t = begin(w, 7, NULL);

	follow(w, &w->asker, &own);
	follow(w, &w->other, &theirs);
	trace_alarm(&w->c, 7, 1);
	assert_int_equal(t->screens, 1);
	trace_alarm_put(&w->c, &w->other, 0);	/* another one */
	trace_alarms_sent(&w->c, &w->other);
	assert_int_equal(t->sent, 0);
	set_time(10);
	trace_alarm_put(&w->c, &w->other, 1);
	trace_alarms_drawn(&w->c, &w->other);	/* of the page before */
	assert_int_equal(t->drawn, 0);
	trace_alarms_sent(&w->c, &w->other);
	assert_int_equal(t->sent, 1);
	set_time(20);
	trace_alarms_drawn(&w->c, &w->other);
	trace_alarms_drawn(&w->c, &w->other);
	assert_int_equal(t->drawn, 1);
	assert_int_equal(t->at[TRACE_LAST_DRAWN].us - BEGUN.us, 20);
	/* it comes again: that is no step of this one */
	trace_alarm_put(&w->c, &w->other, 1);
	trace_alarms_sent(&w->c, &w->other);
	assert_int_equal(t->sent, 1);
	set_time(30);
	trace_alarm_put(&w->c, &w->asker, 1);
	trace_alarms_sent(&w->c, &w->asker);
	trace_alarms_drawn(&w->c, &w->asker);
	assert_int_equal(t->at[TRACE_OWN_DRAWN].us - BEGUN.us, 30);
	assert_int_equal(t->drawn, 1);
}

static void
who_takes_a_place_does_not_inherit_its_screens(void **state)
{
	struct world *w = *state;
	struct follow theirs = { 0 };
	const struct trace *t;
	uint64_t id;

	follow(w, &w->other, &theirs);
	begin(w, 1, NULL);
	trace_alarm(&w->c, 1, 1);
	trace_alarm_put(&w->c, &w->other, 1);
	trace_alarms_sent(&w->c, &w->other);
	for (id = 2; id <= TRACES_KEPT + 1; id++)
		t = begin(w, id, NULL);
	trace_alarms_drawn(&w->c, &w->other);
	assert_int_equal(t->drawn, 0);
	assert_int_equal(t->at[TRACE_FIRST_DRAWN].us, 0);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)
	const struct CMUnitTest tests[] = {
		TEST(the_last_ones_are_kept),
		TEST(a_step_is_when_it_first_happened),
		TEST(a_key_is_believed_if_it_can_be),
		TEST(what_field_says_is_believed_within_the_command_s_time),
		TEST(a_screen_counts_once_when_the_value_has_left),
		TEST(a_screen_that_is_opened_later_does_not_count),
		TEST(an_acknowledgement_counts_once_on_each_screen_that_follows),
		TEST(who_takes_a_place_does_not_inherit_its_screens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
