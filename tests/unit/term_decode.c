/* SPDX-License-Identifier: ISC */
/* Bytes to keys: every terminal's variants, torn input, pastes, the mouse. */
#include "term/decode.h"

#include "term_help.h"

static struct decode d;

static int
setup(void **state)
{
	(void)state;
	decode_init(&d);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	decode_fini(&d);
	return 0;
}

static void
feed(const char *bytes, int64_t ms)
{
	decode_feed(&d, bytes, strlen(bytes), AT(ms));
}

/* All keys that come out now, as one text. */
static const char *
keys(int64_t ms)
{
	static char all[2048];
	char name[32];
	struct key k;
	size_t n = 0;

	all[0] = '\0';
	while (decode_next(&d, AT(ms), &k))
		n += (size_t)snprintf(all + n, sizeof(all) - n, "%s%s",
		    n > 0 ? " " : "",
		    key_print(name, sizeof(name), k.code, k.mods));
	return all;
}

struct variant {
	const char *bytes, *key;
};

static void
every_variant_of_a_key_is_that_key(void **state)
{
	static const struct variant variants[] = {
		{ "\033OP", "F1" },	{ "\033[[A", "F1" },
		{ "\033[11~", "F1" },	{ "\033OS", "F4" },
		{ "\033[[D", "F4" },	{ "\033[14~", "F4" },
		{ "\033[15~", "F5" },	{ "\033[[E", "F5" },
		{ "\033[17~", "F6" },	{ "\033[21~", "F10" },
		{ "\033[23~", "F11" },	{ "\033[24~", "F12" },
		{ "\033[A", "Up" },	{ "\033OA", "Up" },
		{ "\033[B", "Down" },	{ "\033OB", "Down" },
		{ "\033[C", "Right" },	{ "\033[D", "Left" },
		{ "\033[H", "Home" },	{ "\033OH", "Home" },
		{ "\033[1~", "Home" },	{ "\033[7~", "Home" },
		{ "\033[F", "End" },	{ "\033OF", "End" },
		{ "\033[4~", "End" },	{ "\033[8~", "End" },
		{ "\033[2~", "Ins" },	{ "\033[3~", "Del" },
		{ "\033[5~", "PgUp" },	{ "\033[6~", "PgDn" },
		{ "\033[Z", "Backtab" }, { "\t", "Tab" },
		{ "\r", "Enter" },	{ "\n", "Enter" },
		{ "\033OM", "Enter" },	{ "\177", "Backspace" },
		{ "\b", "Backspace" },	{ "\003", "Ctrl-C" },
		{ "\014", "Ctrl-L" },	{ " ", "Space" },
		{ "\033[1;5A", "Ctrl-Up" }, { "\033[1;2C", "Shift-Right" },
		{ "\033[15;3~", "Alt-F5" }, { "\033[1;5P", "Ctrl-F1" },
		{ "\033[3$", "Shift-Del" }, { "\033[5^", "Ctrl-PgUp" },
		{ "\033[a", "Shift-Up" }, { "\033Oa", "Ctrl-Up" },
		{ "\033a", "Alt-a" },	{ "\0334", "Alt-4" },
		{ "\033\033[A", "Alt-Up" }, { "\033[97;5u", "Ctrl-A" },
		{ "\033[27;5;97~", "Ctrl-A" }, { "\033Oq", "1" },
		{ "\303\244", "\303\244" }, { "\342\202\254", "\342\202\254" },
		{ "W", "W" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(variants) / sizeof(*variants); i++) {
		feed(variants[i].bytes, 0);
		assert_string_equal(keys(0), variants[i].key);
	}
}

static void
what_terminfo_says_goes_first(void **state)
{
	(void)state;
	feed("\033Ot", 0);
	assert_string_equal(keys(0), "4");
	decode_learn(&d, "\033Ot", K_F5);	/* a vt100 */
	feed("\033Ot", 0);
	assert_string_equal(keys(0), "F5");
}

static void
a_lone_escape_is_told_from_a_sequence_by_50_ms(void **state)
{
	(void)state;
	feed("\033", 1000);
	assert_string_equal(keys(1049), "");
	assert_int_equal(decode_deadline(&d).us, AT(1050).us);
	assert_string_equal(keys(1050), "Esc");
	assert_int_equal(decode_deadline(&d).us, INT64_MAX);
	feed("\033", 2000);
	assert_string_equal(keys(2000), "");
	feed("[A", 2040);
	assert_string_equal(keys(2040), "Up");
	feed("\033\033", 3000);
	assert_string_equal(keys(3050), "Esc Esc");
}

static void
a_key_in_pieces_is_one_key(void **state)
{
	const char *whole = "\033[15;5~";
	char piece[2] = "";

	(void)state;
	for (int i = 0; whole[i] != '\0'; i++) {
		assert_string_equal(keys(i * 40), "");
		piece[0] = whole[i];
		feed(piece, i * 40);
	}
	assert_string_equal(keys(280), "Ctrl-F5");
	feed("\342", 1000);
	assert_string_equal(keys(1000), "");
	feed("\202", 1001);
	assert_string_equal(keys(1001), "");
	feed("\254", 1002);
	assert_string_equal(keys(1002), "\342\202\254");
}

static void
no_piece_of_an_unknown_sequence_acts_as_a_key(void **state)
{
	static const char *const unknown[] = { "\033[?62;1;4c", "\033[12;40R",
		"\033[I", "\033[O", "\033[99~", "\033[>0;276;0c",
		"\033]11;rgb:1/2/3\a", "\033]0;a title\033\\", "\033P1$r0m\033\\",
		"\033[?2026;2$y", "\033[34~", "\033O!", "\033[0n", "\377\376",
		"\303(", "\302\205", "\342\200\256", "\356\200\200" };

	(void)state;
	for (size_t i = 0; i < sizeof(unknown) / sizeof(*unknown); i++) {
		feed(unknown[i], 0);
		/* a broken UTF-8 lead leaves the next character alone */
		assert_string_equal(
		    keys(0), strcmp(unknown[i], "\303(") == 0 ? "(" : "");
	}
}

static void
a_torn_sequence_is_dropped_after_half_a_second(void **state)
{
	(void)state;
	feed("\033[1;", 0);
	assert_string_equal(keys(499), "");
	assert_string_equal(keys(500), "");
	feed("a", 501);
	assert_string_equal(keys(501), "a");
	feed("\033[1;\033[A", 600);	/* cut by the next one */
	assert_string_equal(keys(600), "Up");
}

static void
a_flood_without_end_is_bounded_and_harmless(void **state)
{
	char bytes[9000];

	(void)state;
	memset(bytes, '5', sizeof(bytes));
	feed("\033[", 0);
	for (int i = 0; i < 20; i++)
		decode_feed(&d, bytes, sizeof(bytes), AT(0));
	assert_true(d.in.len <= DECODE_BUFFER);
	assert_string_equal(keys(0), "");
	assert_string_equal(keys(500), "");
	feed("x", 501);
	assert_string_equal(keys(501), "x");
}

static void
a_paste_is_one_key_with_clean_text(void **state)
{
	struct key k;

	(void)state;
	feed("\033[200~4711\033]0;evil\a\r\ny\r\033[201~z", 0);
	assert_true(decode_next(&d, AT(0), &k));
	assert_int_equal(k.code, K_PASTE);
	assert_string_equal(k.text, "4711\302\267]0;evil\302\267  y");
	assert_string_equal(keys(0), "z");
}

static void
a_paste_in_pieces_is_still_one(void **state)
{
	const char *whole = "\033[200~ab\033[201c\033[201~";
	struct key k;
	char piece[2] = "";

	(void)state;
	for (int i = 0; whole[i] != '\0'; i++) {
		assert_false(decode_next(&d, AT(i), &k));
		piece[0] = whole[i];
		feed(piece, i);
	}
	assert_true(decode_next(&d, AT(100), &k));
	assert_int_equal(k.code, K_PASTE);
	assert_string_equal(k.text, "ab\302\267[201c");
}

static void
a_paste_that_never_ends_gives_the_keyboard_back(void **state)
{
	(void)state;
	feed("\033[200~y", 0);
	assert_string_equal(keys(0), "");
	feed("y", 4000);
	assert_string_equal(keys(8999), "");
	assert_string_equal(keys(9000), "");
	feed("q", 9001);
	assert_string_equal(keys(9001), "q");
}

static void
a_long_paste_is_cut(void **state)
{
	char bytes[6000];
	struct key k;

	(void)state;
	memset(bytes, 'a', sizeof(bytes));
	feed("\033[200~", 0);
	decode_feed(&d, bytes, sizeof(bytes), AT(0));
	feed("\033[201~", 0);
	assert_true(decode_next(&d, AT(0), &k));
	assert_int_equal(strlen(k.text), DECODE_PASTE_MAX);
}

static void
the_mouse_clicks_and_turns_its_wheel(void **state)
{
	struct key k;

	(void)state;
	feed("\033[<0;12;5M\033[<0;12;5m", 0);
	assert_true(decode_next(&d, AT(0), &k));
	assert_int_equal(k.code, K_CLICK);
	assert_int_equal(k.col, 11);
	assert_int_equal(k.row, 4);
	assert_false(decode_next(&d, AT(0), &k));
	feed("\033[<0;12;5M", 300);
	assert_string_equal(keys(300), "Double-click");
	feed("\033[<0;12;5M", 500);
	assert_string_equal(keys(500), "Click");
	feed("\033[<0;13;5M", 600);
	assert_string_equal(keys(600), "Click");
	feed("\033[<64;3;3M\033[<65;300;3M", 700);
	assert_string_equal(keys(700), "Wheel-up Wheel-down");
	feed("\033[<32;3;3M\033[<2;3;3M\033[<0;0;3M", 800);
	assert_string_equal(keys(800), "");	/* drag, right, nowhere */
	feed("\033[M !!", 900);
	assert_string_equal(keys(900), "Click");
}

static void
keys_carry_the_time_at_which_they_came(void **state)
{
	struct key k;

	(void)state;
	feed("a", 100);
	assert_true(decode_next(&d, AT(900), &k));
	assert_int_equal(k.at.us, AT(100).us);
	assert_false(decode_next(&d, AT(900), &k));
	feed("b", 1000);
	assert_true(decode_next(&d, AT(1000), &k));
	assert_int_equal(k.at.us, AT(1000).us);
}

static void
key_names_read_back(void **state)
{
	uint32_t code;
	unsigned mods;
	char name[32];

	(void)state;
	for (uint32_t i = K_FIRST; i < K_LAST; i++) {
		assert_true(key_parse(
		    &code, &mods, key_print(name, sizeof(name), i, K_CTRL)));
		assert_int_equal(code, i);
		assert_int_equal(mods, K_CTRL);
	}
	assert_true(key_parse(&code, &mods, "ctrl-l"));
	assert_int_equal(code, 'l');
	assert_true(key_parse(&code, &mods, "W"));
	assert_int_equal(code, 'W');
	assert_true(key_parse(&code, &mods, "space"));
	assert_int_equal(code, ' ');
	assert_false(key_parse(&code, &mods, ""));
	assert_false(key_parse(&code, &mods, "Ctrl-"));
	assert_false(key_parse(&code, &mods, "F13"));
	assert_false(key_parse(&code, &mods, "\033"));
}

static void
an_escape_just_before_an_answer_of_the_terminal_is_a_key(void **state)
{
	(void)state;
	feed("\033\033[0n", 0);
	assert_string_equal(keys(0), "Esc");
	assert_int_equal(d.answers, 1);
	feed("\033", 100);
	assert_string_equal(keys(100), "");
	feed("\033[0", 110);
	assert_string_equal(keys(110), "");
	feed("ny", 120);
	assert_string_equal(keys(120), "Esc y");
	assert_int_equal(d.answers, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_variant_of_a_key_is_that_key),
		TEST(what_terminfo_says_goes_first),
		TEST(a_lone_escape_is_told_from_a_sequence_by_50_ms),
		TEST(an_escape_just_before_an_answer_of_the_terminal_is_a_key),
		TEST(a_key_in_pieces_is_one_key),
		TEST(no_piece_of_an_unknown_sequence_acts_as_a_key),
		TEST(a_torn_sequence_is_dropped_after_half_a_second),
		TEST(a_flood_without_end_is_bounded_and_harmless),
		TEST(a_paste_is_one_key_with_clean_text),
		TEST(a_paste_in_pieces_is_still_one),
		TEST(a_paste_that_never_ends_gives_the_keyboard_back),
		TEST(a_long_paste_is_cut),
		TEST(the_mouse_clicks_and_turns_its_wheel),
		TEST(keys_carry_the_time_at_which_they_came),
		TEST(key_names_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
