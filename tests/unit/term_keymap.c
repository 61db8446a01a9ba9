/* SPDX-License-Identifier: ISC */
/* One table of keys, and when a key must not act (P10). */
#include "term/keymap.h"

#include "term_help.h"

enum { HELP = 1, OVERVIEW, ALARMS, ACK, WRITE, SEND, QUIT };

static const struct keymap_row rows[] = {
	{ "help", { "?", "F1" }, "Help", "Shows what every key does.", 0,
	    KEYMAP_FOOTER | KEYMAP_NAVIGATES, HELP },
	{ "overview", { "o", "F2", "2" }, "Over", "Goes to the overview.", 0,
	    KEYMAP_FOOTER | KEYMAP_NAVIGATES, OVERVIEW },
	{ "alarms", { "A", "F3", "3" }, "Alarm", "Opens the alarm list.", 0,
	    KEYMAP_FOOTER | KEYMAP_NAVIGATES, ALARMS },
	{ "ack", { "a", "F4" }, "Ack", "Acknowledges the selected alarm.", 5,
	    KEYMAP_FOOTER | KEYMAP_ITEM | KEYMAP_ACTS, ACK },
	{ "write", { "w", "F8" }, "Write", "Opens the write dialog.", 6,
	    KEYMAP_FOOTER | KEYMAP_ITEM | KEYMAP_ACTS, WRITE },
	{ "send", { "y" }, "Send", "Sends the command.", 0,
	    KEYMAP_CONFIRMS | KEYMAP_ACTS, SEND },
	{ "quit", { "q", "F10" }, "Quit", "Goes back.", 0, KEYMAP_FOOTER,
	    QUIT },
};
#define ROWS (sizeof(rows) / sizeof(*rows))

static struct keymap m;

static int
setup(void **state)
{
	(void)state;
	keymap_init(&m, rows, ROWS);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	keymap_fini(&m);
	return 0;
}

static const char *
may_not(void *arg, int function)
{
	return function == *(int *)arg ? "needs shift-leader" : NULL;
}

/* Everything is as it should be. */
static struct keymap_state
fine(void)
{
	return (struct keymap_state){ .now = AT(10000),
		.drawn_at = AT(5000),
		.has_item = true,
		.item_changed_at = AT(5000) };
}

static int
press(uint32_t code, const struct keymap_state *s, struct err *e)
{
	struct key k = help_key(code, 10000);

	e->text[0] = '\0';
	return keymap_press(&m, &k, s, e);
}

static void
each_key_has_its_action(void **state)
{
	struct keymap_state s = fine();
	struct key escape_2 = { .code = '2', .mods = K_ALT };
	struct key alt_a = { .code = 'a', .mods = K_ALT };
	struct err e;

	(void)state;
	assert_int_equal(press('a', &s, &e), ACK);
	assert_int_equal(press(K_F4, &s, &e), ACK);
	assert_int_equal(press('2', &s, &e), OVERVIEW);
	assert_int_equal(press('A', &s, &e), ALARMS);
	assert_int_equal(press('z', &s, &e), 0);
	assert_int_equal(press('4', &s, &e), 0);
	assert_int_equal(keymap_press(&m, &escape_2, &s, &e), OVERVIEW);
	assert_int_equal(keymap_press(&m, &alt_a, &s, &e), 0);
}

static void
a_table_that_breaks_the_rules_is_found(void **state)
{
	struct keymap_row bad[2] = { rows[3], rows[0] };
	struct err e;

	(void)state;
	assert_int_equal(keymap_check(rows, ROWS, &e), 0);
	bad[0].keys[2] = "4";
	assert_int_equal(keymap_check(bad, 2, &e), -1);
	assert_string_equal(
	    e.text, "ack: digits only navigate, not \"4\" (P10)");
	bad[0].flags |= KEYMAP_NAVIGATES;
	assert_int_equal(keymap_check(bad, 2, &e), -1);
	assert_string_equal(e.text, "ack: acts and navigates");
	bad[0] = rows[3];
	bad[0].keys[1] = "F1";
	assert_int_equal(keymap_check(bad, 2, &e), -1);
	assert_string_equal(e.text, "ack and help: both have \"F1\"");
	bad[0].keys[1] = "F13";
	assert_int_equal(keymap_check(bad, 2, &e), -1);
	assert_string_equal(e.text, "ack: \"F13\" is no key");
	bad[0] = rows[3];
	bad[1].name = "ack";
	assert_int_equal(keymap_check(bad, 2, &e), -1);
	bad[1] = rows[0];
	bad[1].help = NULL;
	assert_int_equal(keymap_check(bad, 2, &e), -1);
}

static void
a_refusal_says_why(void **state)
{
	struct keymap_state s = fine();
	int function = 5;
	struct err e;

	(void)state;
	s.why_not = may_not;
	s.arg = &function;
	assert_int_equal(press('a', &s, &e), -1);
	assert_string_equal(e.text, "Ack: needs shift-leader");
	assert_int_equal(press('w', &s, &e), WRITE);
	s = fine();
	s.dead = "no data from the server";
	assert_int_equal(press('w', &s, &e), -1);
	assert_string_equal(e.text, "Write: no data from the server");
	assert_int_equal(press('o', &s, &e), OVERVIEW);
	s = fine();
	s.has_item = false;
	assert_int_equal(press('a', &s, &e), -1);
	assert_string_equal(e.text, "Ack: nothing is selected");
}

static void
a_key_acts_only_on_what_has_been_seen(void **state)
{
	struct keymap_state s = fine();
	struct err e;

	(void)state;
	s.item_changed_at = AT(9501);
	assert_int_equal(press('a', &s, &e), -1);
	assert_true(strstr(e.text, "has just changed") != NULL);
	s.item_changed_at = AT(9500);
	assert_int_equal(press('a', &s, &e), ACK);
	s = fine();
	s.drawn_at = AT(9701);
	assert_int_equal(press('y', &s, &e), -1);
	assert_true(strstr(e.text, "too early") != NULL);
	s.drawn_at = AT(9700);
	assert_int_equal(press('y', &s, &e), SEND);
	s.drawn_at = MONO_NEVER;
	assert_int_equal(press('a', &s, &e), -1);
	assert_int_equal(press('y', &s, &e), -1);
	assert_int_equal(press('A', &s, &e), ALARMS);
}

static void
a_station_blocks_actions_and_gives_them_keys(void **state)
{
	struct keymap_state s = fine();
	struct buf out = { 0 };
	struct err e;

	(void)state;
	assert_int_equal(keymap_block(&m, "w", &e), 0);
	assert_int_equal(press('w', &s, &e), -1);
	assert_string_equal(e.text, "Write: not on this station");
	assert_int_equal(press(K_F8, &s, &e), -1);	/* its twin, too */
	assert_true(keymap_is_blocked(&m, 4));
	assert_false(keymap_is_blocked(&m, 3));
	assert_int_equal(keymap_block(&m, "z", &e), -1);
	assert_int_equal(keymap_bind(&m, "7", "alarms", &e), 0);
	assert_int_equal(press('7', &s, &e), ALARMS);
	assert_int_equal(keymap_bind(&m, "7", "ack", &e), -1);
	assert_int_equal(keymap_bind(&m, "k", "nosuch", &e), -1);
	assert_int_equal(keymap_bind(&m, "y", "ack", &e), -1);
	assert_string_equal(e.text, "\"y\" is the only key of send");
	assert_int_equal(keymap_bind(&m, "F8", "ack", &e), 0);
	assert_int_equal(press(K_F8, &s, &e), ACK);
	keymap_print_keys(&m, 3, &out);
	assert_string_equal(buf_string(&out), "F8, a, F4");
	buf_free(&out);
}

static const char *
footer(int cols, const char *const *order, const struct keymap_state *s)
{
	static char text[300];
	struct terminal *t = help_ascii(1, cols);

	keymap_draw_footer(&m, terminal_frame_begin(t, AT(0)), order, s);
	terminal_frame_end(t, AT(0));
	snprintf(text, sizeof(text), "%s%s", help_text(t), "");
	snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s",
	    help_styles(t));
	help_close(t);
	return text;
}

static void
the_footer_shows_effective_keys_and_what_is_off(void **state)
{
	static const char *const order[] = { "quit", "nosuch", "ack", NULL };
	struct keymap_state s = fine();
	struct err e;

	(void)state;
	assert_string_equal(footer(66, NULL, &s),
	    "F1/? Help  F2/o Over  F3/A Alarm  F4/a Ack  F8/w Write  F10/q Quit\n"
	    ":kkkklllllllkkkklllllllkkkkllllllllkkkkllllllkkkkllllllllkkkkklllll:\n");
	assert_string_equal(footer(50, NULL, &s),
	    "? Help  o Over  A Alarm  a Ack  w Write  q Quit\n"
	    ":klllllllklllllllkllllllllkllllllkllllllllkllllllll:\n");
	s.has_item = false;
	assert_string_equal(footer(36, NULL, &s),
	    "?Help oOver AAlarm aAck wWrite qQuit\n"
	    ":klllllklllllkllllllKKKKlKKKKKKlkllll:\n");
	/* what does not fit whole is not there */
	assert_int_equal(strncmp(footer(35, NULL, &s),
			     "?Help oOver AAlarm aAck wWrite\n", 31),
	    0);
	s = fine();
	assert_int_equal(keymap_bind(&m, "x", "quit", &e), 0);
	assert_int_equal(
	    strncmp(footer(20, order, &s), "F10/x Quit  F4/a Ack", 20), 0);
	assert_int_equal(keymap_block(&m, "a", &e), 0);
	assert_int_equal(strncmp(footer(20, order, &s), "F10/x Quit\n", 11), 0);
}

static void
a_click_in_the_footer_finds_its_row(void **state)
{
	(void)state;
	assert_string_equal(keymap_footer_at(&m, NULL, 50, 0)->name, "help");
	assert_string_equal(keymap_footer_at(&m, NULL, 50, 5)->name, "help");
	assert_null(keymap_footer_at(&m, NULL, 50, 6));
	assert_string_equal(keymap_footer_at(&m, NULL, 50, 8)->name, "overview");
	assert_string_equal(keymap_footer_at(&m, NULL, 50, 46)->name, "quit");
	assert_null(keymap_footer_at(&m, NULL, 50, 49));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_key_has_its_action),
		TEST(a_table_that_breaks_the_rules_is_found),
		TEST(a_refusal_says_why),
		TEST(a_key_acts_only_on_what_has_been_seen),
		TEST(a_station_blocks_actions_and_gives_them_keys),
		TEST(the_footer_shows_effective_keys_and_what_is_off),
		TEST(a_click_in_the_footer_finds_its_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
