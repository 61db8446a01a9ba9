/* SPDX-License-Identifier: ISC */
/* A setpoint on its way, as the operator sees it: the dialog, the result,
 * and what is said when nobody knows it. */
#include "console/sending.h"

#include "console/act.h"
#include "console/views.h"
#include "console_core.h"
#include "term/terminal.h"
#include "wire/describe.h"

struct bench {
	struct app app;
	struct core_end core;
	uint32_t call;
};

static struct bench b;

static void
turn(int64_t ms)
{
	struct app *a = &b.app;

	a->now = mono_add(a->now, (struct span){ ms });
	if (link_fd(&a->link) >= 0)
		link_read(&a->link, a->now);
	app_draw(a);
	view_stack_left(&a->views, terminal_left(a->terminal), a->now);
}

static void
press(uint32_t code)
{
	struct key k = { .code = code, .at = b.app.now };

	view_stack_key(&b.app.views, &k, b.app.now);
}

static void
describe(const char *confirm)
{
	struct things *t = &b.app.things;
	struct tag_info *g = things_tag(t, "P-1.sp");
	struct value v = value_real(60, (struct wall){ 1 });
	struct cell c[DESCRIBE_CELLS];
	int i;

	for (i = 0; i < DESCRIBE_CELLS; i++)
		c[i] = cell_null();
	c[0] = cell_text("P-1.sp");
	c[5] = cell_text("real");
	c[6] = cell_uint(0);
	c[10] = cell_bool(true);
	c[11] = cell_real(20, CELL_SHORTEST);
	c[12] = cell_real(100, CELL_SHORTEST);
	c[14] = cell_text(confirm);
	things_describe_tag(t, c);
	things_value(t, g->index, &v);
}

static int
setup(void **state)
{
	struct terminal_options o = { .in_fd = -1, .out_fd = -1 };
	struct err e;
	int pair[2];

	(void)state;
	memset(&b, 0, sizeof(b));
	assert_int_equal(fd_pair(pair), 0);
	b.core.fd = pair[0];
	app_init(&b.app, pair[1], "/nowhere", "xterm");
	b.app.terminal = terminal_open(&o, &e);
	assert_non_null(b.app.terminal);
	b.app.beat_at = b.app.now;
	core_greets(&b.core, "olga");
	link_read(&b.app.link, b.app.now);
	b.app.no_data = false;
	describe("none");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	fd_close(&b.core.fd);	/* what was not answered ends here */
	link_read(&b.app.link, b.app.now);
	terminal_close(b.app.terminal);
	app_fini(&b.app);
	return 0;
}

/* The dialog is on the glass for long enough, 80 is typed and sent. */
static void
send_80(void)
{
	view_push(&b.app.views, &view_set, (char[]){ "P-1.sp" });
	turn(100);
	turn(400);
	press('8');
	press('0');
	press(K_ENTER);
	b.call = core_finds_call(&b.core, VERB_SET);
}

static void
result(uint8_t code, const char *text)
{
	struct cell c[5] = { cell_text("P-1.sp"), cell_text("60"),
		cell_text("80"), cell_text(text), cell_uint(5) };

	core_row(&b.core, b.call, c, 5);
	core_ends(&b.core, b.call, code, "");
	turn(100);
}

static bool
dialog_is_open(void)
{
	return view_top(&b.app.views)->class == &view_set;
}

static void
what_was_done_closes_the_dialog_and_is_said(void **state)
{
	(void)state;
	send_80();
	assert_int_not_equal(b.call, 0);
	assert_true(dialog_is_open());
	result(EXIT_DONE, "done");
	assert_false(dialog_is_open());
	assert_non_null(strstr(b.app.message.text, "P-1.sp -> 80: done"));
	assert_int_equal(b.app.message.kind, REMARK_NOTICE);
}

static void
a_refusal_keeps_the_dialog_and_says_why(void **state)
{
	(void)state;
	send_80();
	result(EXIT_REFUSED, "refused: fault is true");
	assert_true(dialog_is_open());
	assert_non_null(strstr(b.app.message.text, "fault is true"));
	assert_int_equal(b.app.message.kind, REMARK_REFUSAL);
	/* and may be sent again */
	turn(400);
	press(K_ENTER);
	assert_int_not_equal(core_finds_call(&b.core, VERB_SET), 0);
}

static void
nothing_is_sent_twice_while_it_is_under_way(void **state)
{
	(void)state;
	send_80();
	press(K_ENTER);
	press(K_ENTER);
	assert_int_equal(core_finds_call(&b.core, VERB_SET), 0);
}

static void
nothing_goes_that_is_outside_the_limits(void **state)
{
	(void)state;
	view_push(&b.app.views, &view_set, (char[]){ "P-1.sp" });
	turn(100);
	turn(400);
	press('5');
	press(K_ENTER);
	assert_int_equal(core_finds_call(&b.core, VERB_SET), 0);
	assert_true(dialog_is_open());
}

static void
a_value_to_be_confirmed_goes_by_y_alone(void **state)
{
	(void)state;
	describe("confirm");
	send_80();
	assert_int_equal(b.call, 0);
	press(K_ENTER);
	press('x');
	press('y');		/* P10: the question was not read yet */
	assert_int_equal(core_finds_call(&b.core, VERB_SET), 0);
	turn(400);
	press('y');
	assert_int_not_equal(core_finds_call(&b.core, VERB_SET), 0);
}

static void
a_dialog_takes_no_confirmation_in_its_first_moment(void **state)
{
	(void)state;
	view_push(&b.app.views, &view_set, (char[]){ "P-1.sp" });
	turn(100);
	press('8');
	press('0');
	press(K_ENTER);		/* P10: not before 300 ms */
	assert_int_equal(core_finds_call(&b.core, VERB_SET), 0);
}

static void
a_frozen_display_sends_nothing(void **state)
{
	(void)state;
	view_push(&b.app.views, &view_set, (char[]){ "P-1.sp" });
	turn(100);
	turn(400);
	app_freeze(&b.app, true);
	press('8');
	press('0');
	press(K_ENTER);
	assert_int_equal(core_finds_call(&b.core, VERB_SET), 0);
}

static void
the_result_is_said_also_when_the_dialog_is_gone(void **state)
{
	(void)state;
	send_80();
	press(K_ESC);
	assert_false(dialog_is_open());
	turn(100);
	result(EXIT_MISMATCH, "mismatch: reads 60");
	assert_non_null(strcasestr(b.app.message.text, "mismatch: reads 60"));
	assert_int_equal(b.app.message.kind, REMARK_REFUSAL);
}

static void
when_the_server_goes_nobody_knows_and_that_is_said(void **state)
{
	(void)state;
	send_80();
	fd_close(&b.core.fd);
	turn(100);
	assert_true(dialog_is_open());
	assert_non_null(strstr(b.app.message.text, "CHECK THE PLANT"));
}

/* P-1 with its command start, defined so since a revision. */
static void
describe_start(const char *confirm, uint32_t changed)
{
	struct things *t = &b.app.things;
	struct cell c[DESCRIBE_CELLS];
	int i;

	for (i = 0; i < DESCRIBE_CELLS; i++)
		c[i] = cell_null();
	c[0] = cell_text("P-1");
	c[5] = cell_text("command");
	c[6] = cell_text("start");
	c[7] = cell_text("START");
	c[10] = cell_text(confirm);
	c[12] = cell_uint(changed);
	things_forget(t);
	things_describe_object(t, c);
	app_changed(&b.app, CHANGE_THINGS);
}

static void
open_start(const char *confirm)
{
	describe_start(confirm, 0);
	view_push(&b.app.views, &view_do,
	    &(struct command_request){ "P-1", 0 });
	turn(100);
	turn(400);
}

static void
bypass_begins(void)
{
	things_bypass(&b.app.things, "P-1.start", "sven until 14:05: why");
	app_changed(&b.app, CHANGE_THINGS);
}

static bool
is_open(const struct view_class *class)
{
	return view_top(&b.app.views)->class == class;
}

static void
a_command_is_not_given_past_a_bypass_that_was_not_read(void **state)
{
	(void)state;
	open_start("confirm");
	assert_true(is_open(&view_do));
	bypass_begins();
	assert_false(is_open(&view_do));
	assert_non_null(strstr(b.app.message.text, "open it again"));
	press('y');
	assert_int_equal(core_finds_call(&b.core, VERB_DO), 0);
	/* opened again it says it, and goes */
	open_start("confirm");
	press('y');
	assert_int_not_equal(core_finds_call(&b.core, VERB_DO), 0);
}

static void
nor_one_whose_bypass_has_ended(void **state)
{
	(void)state;
	bypass_begins();
	open_start("confirm");
	things_unbypass(&b.app.things);
	app_changed(&b.app, CHANGE_THINGS);
	assert_false(is_open(&view_do));
}

static void
nor_while_a_second_person_confirms_it(void **state)
{
	(void)state;
	open_start("second");
	press('y');
	assert_true(is_open(&view_login));
	turn(100);
	bypass_begins();
	turn(400);
	press('s');
	press(K_ENTER);
	press('p');
	press(K_ENTER);
	assert_false(is_open(&view_login));
	assert_int_equal(core_finds_call(&b.core, VERB_DO), 0);
	assert_false(is_open(&view_do));
}

static void
a_bypass_of_what_the_project_changed_closes(void **state)
{
	(void)state;
	describe_start("confirm", 0);
	act_open(&b.app, ACT_BYPASS, "P-1.start");
	turn(100);
	assert_true(is_open(&view_act));
	app_changed(&b.app, CHANGE_THINGS);
	assert_true(is_open(&view_act));
	describe_start("confirm", b.app.welcome.revision + 1);
	assert_false(is_open(&view_act));
	assert_non_null(strstr(b.app.message.text, "open it again"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_done_closes_the_dialog_and_is_said),
		TEST(a_refusal_keeps_the_dialog_and_says_why),
		TEST(nothing_is_sent_twice_while_it_is_under_way),
		TEST(nothing_goes_that_is_outside_the_limits),
		TEST(a_value_to_be_confirmed_goes_by_y_alone),
		TEST(a_dialog_takes_no_confirmation_in_its_first_moment),
		TEST(a_frozen_display_sends_nothing),
		TEST(the_result_is_said_also_when_the_dialog_is_gone),
		TEST(when_the_server_goes_nobody_knows_and_that_is_said),
		TEST(a_command_is_not_given_past_a_bypass_that_was_not_read),
		TEST(nor_one_whose_bypass_has_ended),
		TEST(nor_while_a_second_person_confirms_it),
		TEST(a_bypass_of_what_the_project_changed_closes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
