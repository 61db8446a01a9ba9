/* SPDX-License-Identifier: ISC */
/* The list of every view: stable under the hand, and exact about what was
 * drawn when a key is pressed. */
#include "term/table.h"

#include <stdlib.h>

#include "term/badge.h"
#include "term_help.h"

#define MOST 300

struct plant {
	struct {
		uint64_t key, stamp;
		char name[24], text[40];
		unsigned priority;
	} row[MOST];
	size_t n;
};

static size_t
rows(void *data)
{
	return ((struct plant *)data)->n;
}

static uint64_t
row_key(void *data, size_t row)
{
	return ((struct plant *)data)->row[row].key;
}

static uint64_t
row_stamp(void *data, size_t row)
{
	return ((struct plant *)data)->row[row].stamp;
}

static void
row_cell(void *data, size_t row, unsigned column, struct table_cell *cell)
{
	struct plant *p = data;

	if (column == 0)
		snprintf(cell->text, TABLE_CELL, "%u", p->row[row].priority);
	else if (column == 1)
		snprintf(cell->text, TABLE_CELL, "%s", p->row[row].name);
	else if (column == 2)
		snprintf(cell->text, TABLE_CELL, "%s", p->row[row].text);
	else
		snprintf(cell->text, TABLE_CELL, "%d", (int)p->row[row].key);
	if (column == 3)
		cell->style = STYLE_VALUE;
}

static bool
row_draw(void *data, size_t row, unsigned column, struct canvas c)
{
	struct plant *p = data;

	if (column != 0)
		return false;
	badge_draw(c, 0, 0, BADGE_ACKNOWLEDGED, p->row[row].priority);
	return true;
}

static const struct table_source source = { rows, row_key, row_stamp, row_cell,
	row_draw };
static const struct table_column columns[] = {
	{ "", 2, false, false, 0 },
	{ "Alarm", 8, false, false, 0 },
	{ "Text", 6, true, false, 1 },
	{ "Nr", 4, false, true, 2 },
};

struct bench {
	struct plant plant;
	struct table table;
	struct terminal *t;
};

static int
setup(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	b->t = help_screen(6, 32);
	table_init(&b->table, &source, &b->plant, columns, 4);
	*state = b;
	return 0;
}

static int
teardown(void **state)
{
	struct bench *b = *state;

	table_fini(&b->table);
	help_close(b->t);
	free(b);
	return 0;
}

/* Puts a row in front, as a new alarm. */
static void
come(struct bench *b, uint64_t key, const char *name)
{
	struct plant *p = &b->plant;

	memmove(&p->row[1], &p->row[0], p->n * sizeof(p->row[0]));
	p->n++;
	p->row[0].key = key;
	p->row[0].stamp = 1;
	p->row[0].priority = (unsigned)(key % 4) + 1;
	snprintf(p->row[0].name, sizeof(p->row[0].name), "%s", name);
	snprintf(p->row[0].text, sizeof(p->row[0].text), "text of %s", name);
	table_sync(&b->table);
}

static void
go(struct bench *b, uint64_t key)
{
	struct plant *p = &b->plant;

	for (size_t i = 0; i < p->n; i++) {
		if (p->row[i].key != key)
			continue;
		memmove(&p->row[i], &p->row[i + 1],
		    (p->n - i - 1) * sizeof(p->row[0]));
		p->n--;
		break;
	}
	table_sync(&b->table);
}

static void
press(struct bench *b, uint32_t code)
{
	struct key k = help_key(code, 0);

	assert_true(table_key(&b->table, &k));
}

static const char *
drawn(struct bench *b, int64_t ms)
{
	table_draw(
	    &b->table, terminal_frame_begin(b->t, AT(ms)), AT(ms));
	terminal_frame_end(b->t, AT(ms));
	return help_text(b->t);
}

static uint64_t
picked(struct bench *b)
{
	struct table_row r;

	return table_picked(&b->table, &r) ? r.key : 0;
}

static void
four(struct bench *b)
{
	come(b, 4, "D");
	come(b, 3, "C");
	come(b, 2, "B");
	come(b, 1, "A");
}

static void
rows_are_drawn_under_their_titles(void **state)
{
	struct bench *b = *state;

	four(b);
	assert_string_equal(drawn(b, 0),
	    "    Alarm    Text             Nr\n"
	    "▸▲2 A        text of A         1\n"
	    " ▼3 B        text of B         2\n"
	    " ◆4 C        text of C         3\n"
	    " ■1 D        text of D         4\n"
	    "\n");
	assert_string_equal(help_styles(b->t),
	    ":HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH:\n"
	    ":S22SSSSSSSSSSSSSSSSSSSSSSSSSSSSS:\n"
	    ":.33.........................vvvv:\n"
	    ":.44.........................vvvv:\n"
	    ":.11.........................vvvv:\n"
	    ":................................:\n");
}

static void
columns_give_way_by_priority(void **state)
{
	int width[4];

	(void)state;
	table_widths(columns, 4, 31, width);
	assert_int_equal(width[2], 14);
	assert_int_equal(width[3], 4);
	table_widths(columns, 4, 23, width);
	assert_int_equal(width[2], 6);
	table_widths(columns, 4, 22, width);
	assert_int_equal(width[3], 0);
	assert_int_equal(width[2], 10);
	table_widths(columns, 4, 17, width);
	assert_int_equal(width[2], 0);
	assert_int_equal(width[1], 8);
	table_widths(columns, 4, 0, width);
	assert_int_equal(width[0], 2);	/* drawing clips */
}

/* 20 columns of which the last is wide: what is small and fits comes back. */
static void
a_column_that_fits_comes_back(void **state)
{
	static const struct table_column some[] = { { "", 8, false, false, 0 },
		{ "", 4, false, false, 2 }, { "", 6, true, false, 0 },
		{ "", 12, true, false, 1 } };
	int width[4];

	(void)state;
	table_widths(some, 4, 20, width);
	assert_int_equal(width[3], 0);
	assert_int_equal(width[1], 4);
	assert_int_equal(width[2], 6);
	table_widths(some, 4, 19, width);
	assert_int_equal(width[1], 0);
	assert_int_equal(width[2], 10);
}

static void
a_long_text_runs_on_over_empty_cells(void **state)
{
	struct bench *b = *state;
	static const struct table_source plain = { rows, row_key, row_stamp,
		row_cell, NULL };

	four(b);
	b->table.source = &plain;
	snprintf(b->plant.row[0].name, sizeof(b->plant.row[0].name),
	    "A longer name");
	snprintf(b->plant.row[1].name, sizeof(b->plant.row[1].name),
	    "B longer name");
	b->plant.row[0].text[0] = '\0';
	b->plant.row[2].text[0] = '\0';
	assert_string_equal(drawn(b, 0),
	    "    Alarm    Text             Nr\n"
	    "▸2  A longer name              1\n"
	    " 3  B longe… text of B         2\n"
	    " 4  C                          3\n"
	    " 1  D        text of D         4\n"
	    "\n");
	assert_string_equal(help_styles(b->t),
	    ":HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH:\n"
	    ":SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS:\n"
	    ":............................vvvv:\n"
	    ":............................vvvv:\n"
	    ":............................vvvv:\n"
	    ":................................:\n");
}

static void
an_untouched_list_is_live(void **state)
{
	struct bench *b = *state;

	four(b);
	drawn(b, 0);
	assert_int_equal(picked(b), 1);
	come(b, 9, "NEW");
	drawn(b, 1000);
	assert_int_equal(picked(b), 9);
	assert_int_equal(b->table.waiting, 0);
	/* and says that another thing stands under the cursor */
	assert_int_equal(table_changed_at(&b->table).us, AT(1000).us);
}

static void
under_the_hand_rows_stay_and_new_ones_wait(void **state)
{
	struct bench *b = *state;
	struct buf says = { 0 };

	four(b);
	drawn(b, 0);
	press(b, K_DOWN);
	come(b, 9, "NEW");
	come(b, 8, "NEWER");
	assert_true(strstr(drawn(b, 100), "NEW") == NULL);
	assert_int_equal(picked(b), 2);
	assert_int_equal(b->table.waiting, 2);
	table_describe(&b->table, &says);
	assert_string_equal(buf_string(&says), "6 rows  +2 new (n)");
	assert_true(table_changed_at(&b->table).us < 0);
	table_take_new(&b->table);
	assert_true(strstr(drawn(b, 200), "NEWER") != NULL);
	assert_int_equal(picked(b), 2);	/* the cursor stuck to its row */
	assert_int_equal(b->table.waiting, 0);
	press(b, K_HOME);
	drawn(b, 300);
	assert_int_equal(picked(b), 8);
	come(b, 7, "NEWEST");
	drawn(b, 400);
	assert_int_equal(picked(b), 7);	/* outside: live again */
	buf_free(&says);
}

static void
a_row_that_goes_above_does_not_move_the_hand(void **state)
{
	struct bench *b = *state;

	for (uint64_t i = 20; i > 0; i--)
		come(b, i, "X");
	drawn(b, 0);
	press(b, K_PAGE_DOWN);
	press(b, K_PAGE_DOWN);
	drawn(b, 0);
	assert_int_equal(picked(b), 11);
	assert_int_equal(b->table.drawn_cursor, 4);
	go(b, 1);
	go(b, 2);
	drawn(b, 100);
	assert_int_equal(picked(b), 11);
	assert_int_equal(b->table.drawn_cursor, 4);
	assert_true(table_changed_at(&b->table).us < 0);
	/* the row itself goes: the next one takes its place, and it is told */
	go(b, 11);
	drawn(b, 200);
	assert_int_equal(picked(b), 12);
	assert_int_equal(table_changed_at(&b->table).us, AT(200).us);
}

static void
a_key_acts_on_what_was_drawn(void **state)
{
	struct bench *b = *state;
	struct table_row r;

	four(b);
	assert_false(table_picked(&b->table, &r));	/* nothing yet */
	drawn(b, 0);
	/* the alarm comes again, but the glass still shows the first one */
	b->plant.row[0].stamp = 2;
	table_sync(&b->table);
	assert_true(table_picked(&b->table, &r));
	assert_int_equal(r.key, 1);
	assert_int_equal(r.stamp, 1);
	drawn(b, 100);
	assert_true(table_picked(&b->table, &r));
	assert_int_equal(r.stamp, 2);
	assert_int_equal(table_changed_at(&b->table).us, AT(100).us);
	/* a new one on top that is not drawn yet is not acted on */
	come(b, 9, "NEW");
	assert_int_equal(picked(b), 1);
	/* Down and a key in one breath: the row below, it was on the glass */
	drawn(b, 200);
	press(b, K_DOWN);
	assert_int_equal(picked(b), 1);
	/* End, to a row that was not on the glass: nothing */
	for (uint64_t i = 100; i < 120; i++)
		come(b, i, "X");
	table_home(&b->table);
	drawn(b, 300);
	press(b, K_END);
	assert_int_equal(picked(b), 0);
	drawn(b, 400);
	assert_int_equal(picked(b), 4);
	assert_int_equal(table_changed_at(&b->table).us, AT(200).us);
}

static void
the_operators_own_moves_are_no_change(void **state)
{
	struct bench *b = *state;

	four(b);
	drawn(b, 0);
	press(b, 'j');
	drawn(b, 100);
	press(b, 'k');
	drawn(b, 200);
	press(b, 'G');
	drawn(b, 300);
	press(b, 'g');
	drawn(b, 400);
	assert_true(table_changed_at(&b->table).us < 0);
}

static void
a_page_is_exactly_the_drawn_rows(void **state)
{
	struct bench *b = *state;
	const struct table_row *r;
	size_t n;

	for (uint64_t i = 20; i > 0; i--)
		come(b, i, "X");
	drawn(b, 0);
	come(b, 99, "NEW");
	r = table_drawn(&b->table, &n);
	assert_int_equal(n, 5);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(r[i].key, i + 1);
}

static void
a_filter_keeps_the_cursor_on_its_row(void **state)
{
	struct bench *b = *state;
	struct buf says = { 0 };

	come(b, 1, "P-101A");
	come(b, 2, "LT-501");
	come(b, 3, "P-101B");
	drawn(b, 0);
	press(b, K_DOWN);
	press(b, K_DOWN);
	assert_int_equal(picked(b), 1);
	table_filter(&b->table, "p-101");
	assert_true(strstr(drawn(b, 1), "LT-501") == NULL);
	assert_int_equal(picked(b), 1);
	table_describe(&b->table, &says);
	assert_string_equal(buf_string(&says), "2 of 3 rows  /p-101");
	table_filter(&b->table, "");
	drawn(b, 2);
	assert_int_equal(picked(b), 1);
	buf_free(&says);
}

static void
a_click_takes_the_row_that_was_there(void **state)
{
	struct bench *b = *state;

	four(b);
	drawn(b, 0);
	come(b, 9, "NEW");	/* not drawn yet: rows have moved in memory */
	assert_true(table_click(&b->table, 2));
	assert_int_equal(picked(b), 2);
	assert_false(table_click(&b->table, 0));
	assert_false(table_click(&b->table, 5));
	go(b, 4);
	assert_false(table_click(&b->table, 4));
}

static void
an_empty_list_is_harmless(void **state)
{
	struct bench *b = *state;

	table_sync(&b->table);
	press(b, K_DOWN);
	press(b, K_END);
	drawn(b, 0);
	assert_int_equal(picked(b), 0);
	come(b, 1, "A");
	drawn(b, 1);
	table_take_new(&b->table);
	drawn(b, 2);
	assert_int_equal(picked(b), 1);
	go(b, 1);
	drawn(b, 3);
	assert_int_equal(picked(b), 0);
}

static void
any_size_draws_and_a_storm_keeps_the_row(void **state)
{
	struct bench *b = *state;

	for (uint64_t i = 200; i > 0; i--)
		come(b, i, "X");
	drawn(b, 0);
	for (int i = 1; i < 150; i++)
		press(b, K_DOWN);
	drawn(b, 0);
	assert_int_equal(picked(b), 150);
	for (int i = 0; i < 200; i++) {
		terminal_set_size(b->t, 1 + i * 37 % 200, 1 + i * 91 % 500);
		drawn(b, i);
		if (i % 5 == 0)
			come(b, (uint64_t)(300 + i), "NEW");
		else if (i % 7 == 0)
			go(b, (uint64_t)i);
	}
	terminal_set_size(b->t, 24, 80);
	drawn(b, 999);
	assert_int_equal(picked(b), 150);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_are_drawn_under_their_titles),
		TEST(columns_give_way_by_priority),
		TEST(a_column_that_fits_comes_back),
		TEST(a_long_text_runs_on_over_empty_cells),
		TEST(an_untouched_list_is_live),
		TEST(under_the_hand_rows_stay_and_new_ones_wait),
		TEST(a_row_that_goes_above_does_not_move_the_hand),
		TEST(a_key_acts_on_what_was_drawn),
		TEST(the_operators_own_moves_are_no_change),
		TEST(a_page_is_exactly_the_drawn_rows),
		TEST(a_filter_keeps_the_cursor_on_its_row),
		TEST(a_click_takes_the_row_that_was_there),
		TEST(an_empty_list_is_harmless),
		TEST(any_size_draws_and_a_storm_keeps_the_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
