/* SPDX-License-Identifier: ISC */
/* What a person types, and the forms, menus and messages around it. */
#include "term/input.h"

#include "term/form.h"
#include "term/menu.h"
#include "term/remark.h"
#include "term_help.h"

static enum input_result
press(struct input *in, uint32_t code, unsigned mods)
{
	struct key k = { .code = code, .mods = mods };

	return input_key(in, &k);
}

static void
type(struct input *in, const char *text)
{
	for (; *text != '\0'; text++)
		press(in, (unsigned char)*text, 0);
}

static enum input_result
paste(struct input *in, const char *text)
{
	struct key k = { .code = K_PASTE, .text = text };

	return input_key(in, &k);
}

static void
a_line_is_edited(void **state)
{
	struct input in;

	(void)state;
	input_init(&in, INPUT_TEXT, 40);
	type(&in, "load decrease");
	press(&in, 'w', K_CTRL);
	type(&in, "inc");
	press(&in, K_HOME, 0);
	press(&in, 0xe4, 0);
	press(&in, 0x301, 0);	/* an accent over it */
	press(&in, K_END, 0);
	assert_string_equal(in.text, "\303\244\314\201load inc");
	press(&in, K_HOME, 0);
	press(&in, K_RIGHT, 0);
	assert_int_equal(in.cursor, 4);	/* accent and letter are one step */
	press(&in, K_BACKSPACE, 0);
	assert_string_equal(in.text, "load inc");
	press(&in, K_DELETE, 0);
	assert_string_equal(in.text, "oad inc");
	press(&in, K_END, 0);
	press(&in, K_LEFT, 0);
	press(&in, 'u', K_CTRL);
	assert_string_equal(in.text, "c");
	press(&in, K_DELETE, 0);
	press(&in, K_DELETE, 0);
	press(&in, K_BACKSPACE, 0);
	assert_string_equal(in.text, "");
	assert_int_equal(press(&in, K_F4, 0), INPUT_IGNORED);
	assert_int_equal(press(&in, 'a', K_ALT), INPUT_IGNORED);
	assert_int_equal(press(&in, K_TAB, 0), INPUT_IGNORED);
}

static void
a_field_takes_only_its_kind_and_length(void **state)
{
	struct input in;

	(void)state;
	input_init(&in, INPUT_NUMBER, 5);
	assert_int_equal(press(&in, 'x', 0), INPUT_REFUSED);
	assert_int_equal(press(&in, 'e', 0), INPUT_REFUSED);
	type(&in, "-12,567");
	assert_string_equal(in.text, "-12,5");
	assert_int_equal(press(&in, '1', 0), INPUT_REFUSED);
	input_init(&in, INPUT_NAME, 10);
	type(&in, "a b/c");
	assert_string_equal(in.text, "ab/c");
	input_init(&in, INPUT_TEXT, 10000);
	for (int i = 0; i < 1000; i++)
		press(&in, 0x1f600, 0);
	assert_int_equal(strlen(in.text), INPUT_MAX * 4);
	input_set(&in, "a\033[2Jb");
	assert_string_equal(in.text, "a\302\267[2Jb");
}

static void
a_paste_is_data_or_is_refused(void **state)
{
	struct input in;

	(void)state;
	input_init(&in, INPUT_TEXT, 10);
	assert_int_equal(paste(&in, "47 11"), INPUT_CHANGED);
	assert_string_equal(in.text, "47 11");
	assert_int_equal(paste(&in, "far too long"), INPUT_REFUSED);
	input_init(&in, INPUT_NUMBER, 10);
	in.no_paste = true;
	assert_int_equal(paste(&in, "55"), INPUT_REFUSED);
	assert_string_equal(in.text, "");
}

static void
a_narrow_field_follows_the_cursor(void **state)
{
	struct terminal *t = help_screen(1, 12);
	struct canvas c;
	struct input in;

	(void)state;
	input_init(&in, INPUT_TEXT, 40);
	type(&in, "abcdefghijklmno");
	c = terminal_frame_begin(t, AT(0));
	input_draw(c, 0, 1, 6, &in, true);
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t), " klmno\n");
	press(&in, K_HOME, 0);
	c = terminal_frame_begin(t, AT(1));
	input_draw(c, 0, 1, 6, &in, true);
	terminal_frame_end(t, AT(1));
	assert_string_equal(help_text(t), " abcde…\n");
	assert_string_equal(help_styles(t), ":.iiiiii.....:\n");
	in.bad = true;
	in.kind = INPUT_SECRET;
	c = terminal_frame_begin(t, AT(2));
	input_draw(c, 0, 0, 12, &in, false);
	terminal_frame_end(t, AT(2));
	assert_string_equal(help_text(t), "********\n");
	assert_string_equal(help_styles(t), ":IIIIIIIIIIII:\n");
	input_wipe(&in);
	for (size_t i = 0; i < sizeof(in.text); i++)
		assert_int_equal(in.text[i], 0);
	help_close(t);
}

struct write_dialog {
	struct input value, reason;
	struct form_row row[5];
	struct form form;
};

static void
dialog_init(struct write_dialog *d)
{
	memset(d, 0, sizeof(*d));
	input_init(&d->value, INPUT_NUMBER, 10);
	input_init(&d->reason, INPUT_TEXT, 40);
	d->row[0] = (struct form_row){ "now", "SP 50.0 t/h" };
	d->row[1] = (struct form_row){ "new", "t/h   20.0 .. 65.0",
		.input = &d->value, .width = 10 };
	d->row[2] = (struct form_row){ "reason", "", .input = &d->reason,
		.width = 20 };
	d->row[4] = (struct form_row){ NULL, "y send   Esc cancel",
		.style = STYLE_LABEL };
	form_init(&d->form, "WRITE FIC-102", d->row, 5);
}

static void
a_form_moves_its_focus_and_edits(void **state)
{
	struct terminal *t = help_screen(9, 50);
	struct write_dialog d;
	struct key k = help_key(K_TAB, 0);

	(void)state;
	dialog_init(&d);
	assert_int_equal(d.form.focus, 1);
	type(&d.value, "55");
	assert_true(form_key(&d.form, &k));
	assert_int_equal(d.form.focus, 2);
	k.code = 'y';
	assert_true(form_key(&d.form, &k));	/* text, not a yes */
	assert_string_equal(d.reason.text, "y");
	k.code = K_DOWN;
	assert_true(form_key(&d.form, &k));
	assert_int_equal(d.form.focus, 1);
	k.code = 'y';
	assert_true(form_key(&d.form, &k));	/* refused, but its key */
	assert_string_equal(d.value.text, "55");
	k.code = K_ENTER;
	assert_false(form_key(&d.form, &k));
	k.code = K_ESC;
	assert_false(form_key(&d.form, &k));
	form_draw(terminal_frame_begin(t, AT(0)), &d.form);
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t),
	    "\n"
	    "    ┌── WRITE FIC-102 ───────────────────────┐\n"
	    "    │ now    SP 50.0 t/h                     │\n"
	    "    │ new    [55        ] t/h   20.0 .. 65.0 │\n"
	    "    │ reason [y                   ]          │\n"
	    "    │                                        │\n"
	    "    │ y send   Esc cancel                    │\n"
	    "    └────────────────────────────────────────┘\n"
	    "\n");
	help_close(t);
}

static void
a_form_is_drawn_in_any_size(void **state)
{
	struct terminal *t = help_screen(1, 1);
	struct write_dialog d;

	(void)state;
	dialog_init(&d);
	d.form.focus = 2;
	for (int i = 1; i < 40; i++) {
		terminal_set_size(t, i, i * 3);
		form_draw(terminal_frame_begin(t, AT(i)), &d.form);
		terminal_frame_end(t, AT(i));
	}
	/* four rows: the line with the focus is one of the two inside */
	terminal_set_size(t, 4, 50);
	form_draw(terminal_frame_begin(t, AT(50)), &d.form);
	terminal_frame_end(t, AT(50));
	assert_true(strstr(help_text(t), "reason") != NULL);
	help_close(t);
}

static void
a_menu_says_why_something_cannot_be_done(void **state)
{
	static const struct menu_row rows[] = {
		{ "Acknowledge", "a", NULL, 1 },
		{ "Shelve", "s", "needs shift-leader", 2 },
		{ "Trend", "t", NULL, 3 },
	};
	struct terminal *t = help_ascii(2, 50);
	struct key k = help_key(K_DOWN, 0);
	struct menu m;

	(void)state;
	menu_init(&m, rows, 3);
	assert_int_equal(menu_measure(&m), 1 + 8 + 11 + 2 + 18);
	menu_draw(terminal_frame_begin(t, AT(0)), &m);
	terminal_frame_end(t, AT(0));
	assert_string_equal(help_text(t),
	    ">a       Acknowledge\n"
	    " s       Shelve       needs shift-leader\n");
	assert_true(menu_key(&m, &k));
	assert_true(menu_key(&m, &k));
	assert_true(menu_key(&m, &k));
	assert_int_equal(menu_picked(&m)->action, 3);
	menu_draw(terminal_frame_begin(t, AT(1)), &m);
	terminal_frame_end(t, AT(1));
	assert_true(strncmp(help_text(t), " s       Shelve", 15) == 0);
	menu_init(&m, rows, 0);
	assert_true(menu_key(&m, &k));
	assert_null(menu_picked(&m));
	help_close(t);
}

static void
a_refusal_stays_long_enough_to_be_read(void **state)
{
	struct remark m;

	(void)state;
	remark_init(&m);
	assert_true(remark_set(&m, REMARK_INFO, (struct span){ 2000 }, AT(0),
	    "sent %d", 1));
	assert_false(remark_expire(&m, AT(1999)));
	assert_true(remark_expire(&m, AT(2000)));
	assert_string_equal(m.text, "");
	assert_true(remark_set(&m, REMARK_REFUSAL, (struct span){ 100 },
	    AT(3000), "Ack: \033[5mcame again"));
	assert_string_equal(m.text, "Ack: \302\267[5mcame again");
	assert_false(remark_set(&m, REMARK_INFO, (struct span){ 0 },
	    AT(5999), "selected LT-501"));
	assert_false(remark_expire(&m, AT(5999)));
	assert_true(remark_set(&m, REMARK_REFUSAL, (struct span){ 0 },
	    AT(5999), "again"));
	assert_true(remark_set(
	    &m, REMARK_INFO, (struct span){ 0 }, AT(8999), "done"));
	assert_false(remark_expire(&m, AT(10000000)));
}

static void
a_notice_during_a_refusal_follows_it(void **state)
{
	static const struct span none = { 0 };
	struct remark m;

	(void)state;
	remark_init(&m);
	remark_set(&m, REMARK_REFUSAL, none, AT(0), "MISMATCH");
	assert_false(remark_set(&m, REMARK_NOTICE, none, AT(100), "first"));
	assert_false(remark_set(&m, REMARK_NOTICE, none, AT(200), "second"));
	assert_false(remark_expire(&m, AT(2999)));
	assert_string_equal(m.text, "MISMATCH");
	assert_true(remark_expire(&m, AT(3000)));
	assert_string_equal(m.text, "second");
	assert_false(remark_expire(&m, AT(100000)));

	remark_set(&m, REMARK_REFUSAL, none, AT(200000), "refused");
	remark_set(&m, REMARK_NOTICE, none, AT(201000), "old");
	assert_true(remark_set(&m, REMARK_NOTICE, none, AT(203000), "new"));
	assert_false(remark_expire(&m, AT(203000)));
	assert_string_equal(m.text, "new");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_edited),
		cmocka_unit_test(a_field_takes_only_its_kind_and_length),
		cmocka_unit_test(a_paste_is_data_or_is_refused),
		cmocka_unit_test(a_narrow_field_follows_the_cursor),
		cmocka_unit_test(a_form_moves_its_focus_and_edits),
		cmocka_unit_test(a_form_is_drawn_in_any_size),
		cmocka_unit_test(a_menu_says_why_something_cannot_be_done),
		cmocka_unit_test(a_refusal_stays_long_enough_to_be_read),
		cmocka_unit_test(a_notice_during_a_refusal_follows_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
