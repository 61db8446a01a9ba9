/* SPDX-License-Identifier: ISC */
/* Screens and dialogs as a stack; keys only for what is on the glass. */
#include "term/view.h"

#include "term_help.h"

struct log {
	char text[600];
};

static struct log said;

static void
say(const char *what, const struct view *v)
{
	size_t n = strlen(said.text);

	snprintf(said.text + n, sizeof(said.text) - n, "%s(%s) ", what,
	    v->class->name);
}

static const char *
heard(void)
{
	static struct log last;

	last = said;
	said.text[0] = '\0';
	return last.text;
}

static void
on_init(struct view *v, void *arg)
{
	v->data = arg;
	say("init", v);
}

static void
on_fini(struct view *v)
{
	say("fini", v);
}

static void
on_update(struct view *v, unsigned what, struct mono now)
{
	(void)now;
	say("update", v);
	if (what & 1)
		view_dirty(v);
	if (what & 2)
		view_pop(v->stack);
}

static void
on_draw(struct view *v, struct canvas c, struct mono now)
{
	(void)now;
	say("draw", v);
	canvas_text(c, v->class->modal, 0, -1, STYLE_NORMAL, v->class->name);
}

static bool
on_key(struct view *v, const struct key *k, struct mono now)
{
	(void)now;
	say("key", v);
	if (k->code == K_ESC)
		return view_pop(v->stack);
	return k->code == 'a';
}

static void
on_resize(struct view *v, int rows, int cols)
{
	(void)rows;
	(void)cols;
	say("resize", v);
}

/* A view that says what it is told. */
#define TOLD(title, ...) { .name = title, .init = on_init, .fini = on_fini, \
	.resize = on_resize, .update = on_update, .draw = on_draw, \
	.key = on_key, __VA_ARGS__ }
static const struct view_class overview = TOLD("overview", .modal = false);
static const struct view_class alarms = TOLD("alarms", .modal = false);
static const struct view_class dialog = TOLD("dialog", .modal = true);
static const struct view_class prompt =
    TOLD("prompt", .modal = true, .typeahead = true);

struct bench {
	struct view_stack s;
	struct terminal *t;
	uint64_t frame;
};

static struct bench b;

static int
setup(void **state)
{
	(void)state;
	memset(&b, 0, sizeof(b));
	said.text[0] = '\0';
	view_stack_init(&b.s, NULL);
	b.t = help_screen(4, 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	view_stack_fini(&b.s);
	help_close(b.t);
	return 0;
}

/* One frame, on the glass at once. */
static void
draw(int64_t ms)
{
	struct canvas c = terminal_frame_begin(b.t, AT(ms));

	view_stack_draw(&b.s, c, terminal_left(b.t) + 1, AT(ms));
	view_stack_left(&b.s, terminal_frame_end(b.t, AT(ms)), AT(ms));
}

static bool
press(uint32_t code, int64_t ms)
{
	struct key k = help_key(code, ms);

	return view_stack_key(&b.s, &k, AT(ms));
}

static void
the_top_screen_and_its_dialogs_are_drawn(void **state)
{
	(void)state;
	view_push(&b.s, &overview, NULL);
	view_push(&b.s, &alarms, NULL);
	view_push(&b.s, &dialog, NULL);
	assert_string_equal(view_top(&b.s)->class->name, "dialog");
	assert_string_equal(view_screen(&b.s)->class->name, "alarms");
	heard();
	assert_true(view_stack_dirty(&b.s));
	draw(0);
	assert_string_equal(heard(), "draw(alarms) draw(dialog) ");
	assert_string_equal(help_text(b.t), "alarms\ndialog\n\n\n");
	assert_false(view_stack_dirty(&b.s));
}

static void
handlers_only_mark_and_one_drawing_follows(void **state)
{
	(void)state;
	view_push(&b.s, &overview, NULL);
	view_push(&b.s, &alarms, NULL);
	draw(0);
	heard();
	view_stack_update(&b.s, 4, AT(1));
	assert_false(view_stack_dirty(&b.s));
	view_stack_update(&b.s, 1, AT(1));
	view_stack_update(&b.s, 1, AT(1));
	assert_string_equal(heard(),
	    "update(alarms) update(overview) update(alarms) update(overview) "
	    "update(alarms) update(overview) ");
	assert_true(view_stack_dirty(&b.s));
	draw(2);
	assert_string_equal(heard(), "draw(alarms) ");
	/* what lies below does not ask for a frame */
	view_dirty(b.s.views.at[0]);
	assert_false(view_stack_dirty(&b.s));
}

static void
input_older_than_the_picture_is_discarded(void **state)
{
	struct canvas c;
	uint64_t n;

	(void)state;
	view_push(&b.s, &overview, NULL);
	heard();
	assert_true(press('a', 50));
	assert_string_equal(heard(), "");	/* never drawn */
	draw(100);
	heard();
	assert_true(press('a', 99));
	assert_string_equal(heard(), "");
	assert_int_equal(b.s.discarded, 2);
	assert_true(press('a', 100));
	assert_string_equal(heard(), "key(overview) ");
	assert_false(press('z', 101));
	heard();
	/* a dialog: drawn at 200, its bytes have left at 900 */
	view_push(&b.s, &dialog, NULL);
	c = terminal_frame_begin(b.t, AT(200));
	n = terminal_left(b.t) + 1;
	view_stack_draw(&b.s, c, n, AT(200));
	assert_int_equal(terminal_frame_end(b.t, AT(200)), n);
	heard();
	press('a', 800);
	assert_string_equal(heard(), "");
	view_stack_left(&b.s, n, AT(900));
	assert_int_equal(view_top(&b.s)->drawn_at.us, AT(900).us);
	press('a', 899);
	assert_string_equal(heard(), "");
	press('a', 900);
	assert_string_equal(heard(), "key(dialog) ");
	/* and what comes to light again counts as new */
	press(K_ESC, 950);
	assert_string_equal(heard(), "key(dialog) fini(dialog) ");
	press('a', 960);
	assert_string_equal(heard(), "");
}

static void
a_line_of_text_loses_nothing_that_was_typed_early(void **state)
{
	(void)state;
	view_push(&b.s, &overview, NULL);
	draw(100);
	view_push(&b.s, &prompt, NULL);
	heard();
	assert_true(press('a', 101));
	assert_string_equal(heard(), "key(prompt) ");
	assert_int_equal(b.s.discarded, 0);
}

static void
a_view_may_take_itself_off(void **state)
{
	(void)state;
	view_push(&b.s, &overview, NULL);
	view_push(&b.s, &alarms, NULL);
	view_push(&b.s, &dialog, NULL);
	draw(0);
	heard();
	view_stack_update(&b.s, 2, AT(1));
	assert_string_equal(heard(), "update(dialog) update(alarms) "
				     "update(overview) fini(dialog) "
				     "fini(alarms) ");
	assert_ptr_equal(view_top(&b.s), view_screen(&b.s));
	assert_false(view_pop(&b.s));	/* the last one stays */
	assert_string_equal(view_top(&b.s)->class->name, "overview");
}

static void
views_are_replaced_and_resized(void **state)
{
	char title[40];

	(void)state;
	view_stack_resize(&b.s, 19, 80);
	view_push(&b.s, &overview, NULL);
	assert_int_equal(view_top(&b.s)->rows, 19);
	heard();
	view_replace(&b.s, &alarms, NULL);
	view_push(&b.s, &dialog, NULL);
	assert_int_equal(b.s.views.n, 2);
	heard();
	view_stack_resize(&b.s, 36, 132);
	assert_string_equal(heard(), "resize(alarms) resize(dialog) ");
	assert_int_equal(view_screen(&b.s)->cols, 132);
	assert_true(view_pop(&b.s));
	assert_false(view_pop(&b.s));
	assert_int_equal(b.s.views.n, 1);
	assert_string_equal(
	    view_title(view_top(&b.s), title, sizeof(title)), "alarms");
	draw(0);
	assert_string_equal(
	    heard(), "fini(overview) fini(dialog) draw(alarms) ");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* P10: it goes by itself while somebody types in it. */
static void
what_was_meant_for_a_dialog_is_no_command_below(void **state)
{
	(void)state;
	view_push(&b.s, &overview, NULL);
	view_push(&b.s, &prompt, NULL);
	draw(0);
	heard();
	press('x', 1000);
	assert_string_equal(heard(), "key(prompt) ");
	view_stack_update(&b.s, 2, AT(1100));	/* takes itself off */
	press('a', 1150);	/* before the one below was drawn */
	draw(1200);
	heard();
	press('a', 1400);	/* and on, */
	press('a', 1800);
	assert_string_equal(heard(), "");
	assert_int_equal(b.s.discarded, 3);
	assert_int_equal(b.s.cut_keys, 3);
	assert_true(press('a', 2300));	/* a pause: it is meant for this one */
	assert_string_equal(heard(), "key(overview) ");
	assert_true(press('a', 2301));
	assert_string_equal(heard(), "key(overview) ");
}

/* Who presses a stop again and again, without a pause, is heard. */
static void
a_key_that_is_pressed_on_is_heard_after_a_second(void **state)
{
	(void)state;
	view_push(&b.s, &overview, NULL);
	view_push(&b.s, &dialog, NULL);
	draw(0);
	press('x', 1000);
	view_stack_update(&b.s, 2, AT(1100));
	draw(1200);
	heard();
	for (int64_t at = 1250; at < 2200; at += 190)
		press('s', at);
	press('s', 2199);
	assert_string_equal(heard(), "");
	assert_int_equal(b.s.cut_keys, 6);
	press('s', 2200);
	assert_string_equal(heard(), "key(overview) ");
	press('s', 2210);
	assert_string_equal(heard(), "key(overview) ");
	assert_int_equal(b.s.cut_keys, 6);
}

static void
who_paused_before_must_have_seen_what_is_there_now(void **state)
{
	(void)state;
	view_push(&b.s, &overview, NULL);
	view_push(&b.s, &dialog, NULL);
	draw(0);
	press('x', 1000);
	view_stack_update(&b.s, 2, AT(9000));
	draw(9010);
	heard();
	press('a', 9309);
	assert_string_equal(heard(), "");
	press('a', 9809);
	assert_string_equal(heard(), "key(overview) ");
}

/* By a key, or with the answer to what was sent. */
static void
a_dialog_that_is_expected_to_go_cuts_nothing(void **state)
{
	(void)state;
	view_push(&b.s, &overview, NULL);
	view_push(&b.s, &dialog, NULL);
	draw(0);
	press('x', 1000);
	press(K_ESC, 1010);
	draw(1020);
	heard();
	press('a', 1030);
	assert_string_equal(heard(), "key(overview) ");
	view_push(&b.s, &dialog, NULL);
	draw(2000);
	press('x', 2010);
	view_sent(view_top(&b.s));
	view_stack_update(&b.s, 2, AT(2020));
	draw(2030);
	heard();
	press('a', 2040);
	assert_string_equal(heard(), "key(overview) ");
	/* a key of the program's own */
	view_push(&b.s, &dialog, NULL);
	draw(3000);
	press('x', 3010);
	b.s.keying = true;
	view_pop(&b.s);
	b.s.keying = false;
	draw(3020);
	heard();
	press('a', 3030);
	assert_string_equal(heard(), "key(overview) ");
}

static void
who_types_on_after_sending_is_cut(void **state)
{
	(void)state;
	view_push(&b.s, &overview, NULL);
	view_push(&b.s, &dialog, NULL);
	draw(0);
	press('x', 1000);
	view_sent(view_top(&b.s));
	press('y', 1100);
	view_stack_update(&b.s, 2, AT(1150));
	draw(1160);
	heard();
	press('a', 1500);
	assert_string_equal(heard(), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_top_screen_and_its_dialogs_are_drawn),
		TEST(handlers_only_mark_and_one_drawing_follows),
		TEST(input_older_than_the_picture_is_discarded),
		TEST(a_line_of_text_loses_nothing_that_was_typed_early),
		TEST(a_view_may_take_itself_off),
		TEST(what_was_meant_for_a_dialog_is_no_command_below),
		TEST(a_key_that_is_pressed_on_is_heard_after_a_second),
		TEST(who_paused_before_must_have_seen_what_is_there_now),
		TEST(a_dialog_that_is_expected_to_go_cuts_nothing),
		TEST(who_types_on_after_sending_is_cut),
		TEST(views_are_replaced_and_resized),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
