/* SPDX-License-Identifier: ISC */
/* The channel to field: one that hangs does not stop the core (I8). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fd.h"
#include "server/core.h"
#include "server/swap.h"

#define TAGS 300000		/* a plan that fits into no socket */

struct world {
	struct core c;
	struct plant plant;
	struct poll poll;
	struct point point;
	int watched, forgotten;
};

static void
watch(void *arg, int fd)
{
	struct world *w = arg;

	(void)fd;
	w->watched++;
}

static void
forget(void *arg, int fd)
{
	struct world *w = arg;

	(void)fd;
	w->forgotten++;
}

static struct world *
world_new(uint32_t tags)
{
	struct world *w = xcalloc(1, sizeof(*w));
	uint32_t i;

	w->poll.every.ms = 1000;
	w->point = (struct point){ .registers = 1 };
	w->plant = (struct plant){ .polls = &w->poll, .n_polls = 1,
		.n_tags = tags };
	w->plant.tags = xcalloc(tags, sizeof(struct tag));
	w->c.live.tags = xcalloc(tags, sizeof(*w->c.live.tags));
	dependents_init(&w->c.live.dependents, &w->plant);
	w->c.live.n_tags = tags;
	for (i = 0; i < tags; i++) {
		w->plant.tags[i] = (struct tag){ .source = SOURCE_DEVICE,
			.point = &w->point, .object = NONE };
		w->c.live.tags[i].block = NONE;
		w->c.live.tags[i].value = value_real(1, (struct wall){ 1 });
	}
	w->c.plant = &w->plant;
	w->c.io = (struct core_io){ w, watch, forget, NULL };
	TAILQ_INIT(&w->c.commands.list);
	fieldlink_init(&w->c);
	return w;
}

static void
world_free(struct world *w)
{
	fieldlink_fini(&w->c);
	vec_free(&w->c.live.blocks);
	free(w->plant.tags);
	free(w->c.live.tags);
	dependents_fini(&w->c.live.dependents);
	free(w);
}

static void
a_field_that_reads_gets_its_plan(void **state)
{
	static uint8_t room[FD_MESSAGE_MAX];
	struct world *w = world_new(3);
	uint8_t last = 0;
	int pair[2];

	(void)state;
	assert_int_equal(fd_pair(pair), 0);
	fieldlink_open(&w->c, pair[0]);
	assert_int_equal(w->c.field.fd, pair[0]);
	while (fd_receive(pair[1], room, sizeof(room), NULL) > 0)
		last = room[0];
	assert_int_equal(last, FIELD_START);
	assert_int_equal(w->watched, 1);
	close(pair[1]);
	world_free(w);
}

static void
a_field_that_hangs_while_it_gets_its_plan_is_let_go(void **state)
{
	struct world *w = world_new(TAGS);
	struct mono began = clock_mono();
	int pair[2];

	(void)state;
	assert_int_equal(fd_pair(pair), 0);
	fieldlink_open(&w->c, pair[0]);
	assert_int_equal(w->c.field.fd, -1);
	assert_true(mono_since(clock_mono(), began).ms < 10000);
	/* and its values are not good any longer */
	assert_int_equal(w->c.live.tags[7].value.quality, QUALITY_BAD);
	assert_int_equal(w->c.live.tags[7].value.cause, CAUSE_COMM);
	close(pair[1]);
	world_free(w);
}

/* The same plant again, as another plan; field reads it. */
static void
apply(struct world *w, int fd)
{
	static uint8_t room[FD_MESSAGE_MAX];
	uint32_t same[1] = { 0 };
	uint16_t parts[1] = { 0 };
	struct difference d = { 0 };
	struct swap s = { .d = &d };

	d.of[DIFFERENCE_TAG] = (struct slots){ 1, 1, same, same, parts };
	fieldplan_make(&s.field, &w->plant);
	fieldlink_swap(&w->c, &s);
	fieldplan_free(&s.field);
	while (fd_receive(fd, room, sizeof(room), NULL) > 0)
		;
}

/* A value of the only tag, from a line that goes by this plan. */
static void
say(struct world *w, int fd, uint32_t plan, double value)
{
	uint8_t room[100];
	struct put m = put_into(room, sizeof(room));
	struct value v = value_real(value, (struct wall){ 2 });

	put_u8(&m, FIELD_VALUES);
	put_u32(&m, plan);
	put_u16(&m, 1);
	put_u32(&m, 0);
	put_value(&m, &v);
	assert_true(fd_send(fd, m.at, m.len, -1) > 0);
	fieldlink_read(&w->c);
}

static void
a_line_may_be_behind_but_never_unheard(void **state)
{
	struct world *w = world_new(1);
	struct value *v = &w->c.live.tags[0].value;
	int pair[2], i;
	uint32_t first;

	(void)state;
	assert_int_equal(fd_pair(pair), 0);
	fieldlink_open(&w->c, pair[0]);
	first = w->c.field.plan;
	for (i = 0; i < 10; i++)
		apply(w, pair[1]);
	say(w, pair[1], first, 7);
	assert_float_equal(v->as.real, 7, 0);
	assert_true(value_is_good(v));
	for (i = 0; i < 10; i++)
		apply(w, pair[1]);
	/* it cannot be told what this is about: nothing is good until field,
	 * started anew, has read it */
	say(w, pair[1], first, 8);
	assert_int_equal(w->c.field.fd, -1);
	assert_int_equal(v->quality, QUALITY_BAD);
	assert_int_equal(v->cause, CAUSE_COMM);
	close(pair[1]);
	world_free(w);
}

static void
without_field_no_command_goes(void **state)
{
	struct world *w = world_new(1);
	struct field_job j = { .id = 1, .at = { .registers = 1 } };

	(void)state;
	assert_int_equal(fieldlink_job(&w->c, &j), -1);
	assert_false(fieldlink_is_alive(&w->c));
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_field_that_reads_gets_its_plan),
		cmocka_unit_test(
		    a_field_that_hangs_while_it_gets_its_plan_is_let_go),
		cmocka_unit_test(a_line_may_be_behind_but_never_unheard),
		cmocka_unit_test(without_field_no_command_goes),
	};

	return cmocka_run_group_tests_name(
	    "server_fieldlink", tests, NULL, NULL);
}
