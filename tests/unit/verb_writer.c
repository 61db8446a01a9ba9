/* SPDX-License-Identifier: ISC */
/* The formats, compared byte for byte with what is written about them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "verb/writer.h"
#include "wire/verbs.h"

static struct cell
text(const char *s)
{
	return cell_text(s);
}

static struct cell
when(const char *s)
{
	struct wall t;
	bool odd;
	struct err e;

	assert_int_equal(when_parse(&t, &odd, s, (struct wall){ 0 }, &e), 0);
	return cell_time(t);
}

static struct wall
at(const char *s)
{
	return when(s).as.time;
}

struct page {
	struct buf out;
	struct writer *w;
};

static struct writer_style
style_of(enum format format)
{
	return (struct writer_style){ .format = format,
		.header = true,
		.now = at("2026-11-22T12:33:10.900Z") };
}

static void
open_page(struct page *p, enum verb verb, enum format format)
{
	struct writer_style style = style_of(format);

	memset(p, 0, sizeof(*p));
	p->w = writer_new(
	    &p->out, verbs[verb].name, verbs[verb].columns, &style);
}

static void
close_page(struct page *p, const char *expected)
{
	writer_end(p->w);
	assert_string_equal(buf_string(&p->out), expected);
	writer_free(p->w);
	buf_free(&p->out);
}

#define ROW(w, ...)                                                            \
	do {                                                                   \
		struct cell cells_[] = { __VA_ARGS__ };                        \
		writer_row(w, cells_, sizeof(cells_) / sizeof(cells_[0]));     \
	} while (0)

static void
write_level(struct writer *w)
{
	ROW(w, text("LT-501.pv"), cell_real(0.92, 2), text(NULL), text("m"),
	    text("good"), text(""), cell_flags(""),
	    when("2026-11-22T12:33:10.482Z"), text("clearwater"),
	    text("Clear water level"));
}

static void
write_tags(struct writer *w)
{
	write_level(w);
	ROW(w, text("P-101B.run"), cell_bool(true), text("RUN"), text(NULL),
	    text("uncertain"), text(NULL), cell_flags("override"),
	    when("2026-11-22T12:33:41.250Z"), text("intake"),
	    text("Raw water pump B"));
	ROW(w, text("site.power"), cell_real(41.8, 1), text(NULL), text("kW"),
	    text("bad"), text("comm"), cell_flags(""),
	    when("2026-11-22T12:31:02.010Z"), text("clearwater"), text(NULL));
}

static void
tags_as_csv_are_the_published_example(void **state)
{
	struct page p;

	(void)state;
	open_page(&p, VERB_TAGS, FORMAT_CSV);
	write_tags(p.w);
	close_page(&p,
	    "tag,value,text,unit,quality,cause,flags,time,area,title\n"
	    "LT-501.pv,0.92,,m,good,,,2026-11-22T12:33:10.482Z,clearwater,"
	    "Clear water level\n"
	    "P-101B.run,true,RUN,,uncertain,,override,2026-11-22T12:33:41.250Z,"
	    "intake,Raw water pump B\n"
	    "site.power,41.8,,kW,bad,comm,,2026-11-22T12:31:02.010Z,clearwater,"
	    "\n");
}

static void
tags_as_json_are_the_published_example(void **state)
{
	struct page p;

	(void)state;
	open_page(&p, VERB_TAGS, FORMAT_JSON);
	write_level(p.w);
	close_page(&p,
	    "{\"schema\":1,\"verb\":\"tags\",\"time\":\"2026-11-22T12:33:10.900Z"
	    "\",\"rows\":[\n"
	    " {\"tag\":\"LT-501.pv\",\"value\":0.92,\"text\":null,\"unit\":\"m\","
	    "\"quality\":\"good\",\"cause\":null,\"flags\":[],\"time\":"
	    "\"2026-11-22T12:33:10.482Z\",\"area\":\"clearwater\",\"title\":"
	    "\"Clear water level\"}]}\n");
}

static void
json_of_several_rows_parses_and_keeps_their_types(void **state)
{
	struct page p;
	json_t *root, *rows;

	(void)state;
	open_page(&p, VERB_TAGS, FORMAT_JSON);
	write_tags(p.w);
	writer_end(p.w);
	root = json_loads(buf_string(&p.out), 0, NULL);
	assert_non_null(root);
	rows = json_object_get(root, "rows");
	assert_int_equal(json_array_size(rows), 3);
	assert_true(json_is_true(
	    json_object_get(json_array_get(rows, 1), "value")));
	assert_string_equal(
	    json_string_value(json_array_get(
		json_object_get(json_array_get(rows, 1), "flags"), 0)),
	    "override");
	assert_true(json_is_null(
	    json_object_get(json_array_get(rows, 2), "title")));
	json_decref(root);
	writer_free(p.w);
	buf_free(&p.out);
}

static void
no_rows_are_a_header_or_an_empty_array_or_nothing(void **state)
{
	struct page p;

	(void)state;
	open_page(&p, VERB_PROJECT_LOG, FORMAT_CSV);
	close_page(&p, "revision,id,applied,by,current\n");
	open_page(&p, VERB_PROJECT_LOG, FORMAT_JSON);
	close_page(&p,
	    "{\"schema\":1,\"verb\":\"project log\",\"time\":"
	    "\"2026-11-22T12:33:10.900Z\",\"rows\":[]}\n");
	open_page(&p, VERB_PROJECT_LOG, FORMAT_JSONL);
	close_page(&p, "");
	open_page(&p, VERB_PROJECT_LOG, FORMAT_TABLE);
	close_page(&p, "");
}

static void
jsonl_is_the_rows_alone(void **state)
{
	struct page p;

	(void)state;
	open_page(&p, VERB_SET, FORMAT_JSONL);
	ROW(p.w, text("site.target"), text("4.5"), text("4.2"), text("done"),
	    cell_uint(12));
	ROW(p.w, text("site.target"), text("4.2"), text("9"),
	    text("refused: above 5.5"), cell_uint(0));
	close_page(&p,
	    "{\"name\":\"site.target\",\"old\":\"4.5\",\"new\":\"4.2\","
	    "\"result\":\"done\",\"elapsed_ms\":12}\n"
	    "{\"name\":\"site.target\",\"old\":\"4.2\",\"new\":\"9\","
	    "\"result\":\"refused: above 5.5\",\"elapsed_ms\":0}\n");
}

static void
alarms_as_csv_are_the_published_example(void **state)
{
	struct page p;

	(void)state;
	open_page(&p, VERB_ALARMS, FORMAT_CSV);
	ROW(p.w, text("P-101A.FAIL"), cell_uint(7), text("unacknowledged"),
	    cell_flags(""), cell_bool(true), cell_uint(2), text("intake"),
	    text("Pump tripped"), when("2026-11-22T12:33:10.482Z"),
	    cell_null(), cell_null(), cell_null(), cell_bool(true),
	    cell_bool(true), cell_null(), cell_uint(1));
	ROW(p.w, text("LT-501.L"), cell_uint(31), text("acknowledged"),
	    cell_flags(""), cell_bool(true), cell_uint(3), text("clearwater"),
	    text("Low"), when("2026-11-22T12:20:00.100Z"),
	    when("2026-11-22T12:21:07.300Z"), text("olga"), cell_null(),
	    cell_real(0.92, 2), cell_real(1, 2), text("m"), cell_uint(3));
	close_page(&p,
	    "alarm,occurrence,state,inhibit,verified,priority,area,title,raised,"
	    "acknowledged,by,returned,value,limit,unit,count,owner,until,"
	    "reason,inhibited\n"
	    "P-101A.FAIL,7,unacknowledged,,true,2,intake,Pump tripped,"
	    "2026-11-22T12:33:10.482Z,,,,true,true,,1,,,,\n"
	    "LT-501.L,31,acknowledged,,true,3,clearwater,Low,"
	    "2026-11-22T12:20:00.100Z,2026-11-22T12:21:07.300Z,olga,,0.92,1,m,3"
	    ",,,,\n");
}

static void
a_table_has_columns_and_times_of_the_plant(void **state)
{
	struct page p;

	(void)state;
	when_zone("Europe/Berlin");
	open_page(&p, VERB_TAGS, FORMAT_TABLE);
	write_tags(p.w);
	close_page(&p,
	    "TAG         VALUE  TEXT  UNIT  QUALITY    CAUSE  FLAGS     TIME"
	    "                 AREA        TITLE\n"
	    "LT-501.pv   0.92         m     good                        "
	    "2026-11-22 13:33:10  clearwater  Clear water level\n"
	    "P-101B.run  true   RUN         uncertain         override  "
	    "2026-11-22 13:33:41  intake      Raw water pump B\n"
	    "site.power  41.8         kW    bad        comm             "
	    "2026-11-22 13:31:02  clearwater\n");
	when_zone("UTC");
}

static void
numbers_of_a_table_stand_at_the_right_with_their_decimals(void **state)
{
	struct writer_style style = style_of(FORMAT_TABLE);
	struct buf out = { 0 };
	struct writer *w = writer_new(&out, "x", "name,n,unit", &style);

	(void)state;
	ROW(w, text("a"), cell_real(1.5, 2), text("m"));
	ROW(w, text("b"), cell_real(12.125, CELL_SHORTEST), text("m"));
	ROW(w, text("c"), cell_int(-7), text("m"));
	ROW(w, text("d"), cell_null(), text("m"));
	writer_end(w);
	assert_string_equal(buf_string(&out),
	    "NAME       N  UNIT\n"
	    "a       1.50  m\n"
	    "b     12.125  m\n"
	    "c         -7  m\n"
	    "d             m\n");
	writer_free(w);
	buf_free(&out);
}

static void
a_settled_table_streams_and_cuts_nothing(void **state)
{
	struct writer_style style = style_of(FORMAT_TABLE);
	struct buf out = { 0 };
	struct writer *w = writer_new(&out, "x", "name,state", &style);

	(void)state;
	ROW(w, text("ab"), text("on"));
	assert_int_equal(out.len, 0);
	writer_settle(w);
	ROW(w, text("longer than before"), text("off"));
	assert_string_equal(buf_string(&out),
	    "NAME  STATE\n"
	    "ab    on\n"
	    "longer than before  off\n");
	writer_free(w);
	buf_free(&out);
}

static void
a_long_table_does_not_wait_for_its_end(void **state)
{
	struct writer_style style = style_of(FORMAT_TABLE);
	struct buf out = { 0 };
	struct writer *w = writer_new(&out, "x", "name", &style);
	int i;

	(void)state;
	for (i = 0; i < 2000 && out.len == 0; i++)
		ROW(w, text("some name"));
	assert_true(i < 2000);
	writer_free(w);
	buf_free(&out);
}

static void
only_the_header_of_a_table_has_colour(void **state)
{
	struct writer_style style = style_of(FORMAT_TABLE);
	struct buf out = { 0 };
	struct writer *w;

	(void)state;
	style.colour = true;
	w = writer_new(&out, "x", "name", &style);
	ROW(w, text("a"));
	writer_end(w);
	assert_string_equal(
	    buf_string(&out), "\033[1mNAME\033[0m\na\n");
	writer_free(w);
	buf_free(&out);
}

static void
without_header_only_the_rows_are_left(void **state)
{
	static const enum format formats[] = { FORMAT_TABLE, FORMAT_CSV };
	struct writer_style style;
	struct buf out = { 0 };
	struct writer *w;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		style = style_of(formats[i]);
		style.header = false;
		w = writer_new(&out, "x", "name", &style);
		ROW(w, text("a"));
		writer_end(w);
		assert_string_equal(buf_string(&out), "a\n");
		writer_free(w);
		buf_clear(&out);
	}
	buf_free(&out);
}

static void
bare_is_one_column_for_a_script(void **state)
{
	struct page p;
	struct writer_style style = style_of(FORMAT_BARE);

	(void)state;
	style.column = 1;
	memset(&p, 0, sizeof(p));
	p.w = writer_new(&p.out, "get", TAG_COLUMNS, &style);
	write_tags(p.w);
	close_page(&p, "0.92\ntrue\n41.8\n");
}

static const struct {
	const char *text, *csv;
} hostile[] = {
	{ "=1+2", "'=1+2" },
	{ "+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0" },
	{ "-2h", "'-2h" },
	{ "@SUM(A1)", "'@SUM(A1)" },
	{ "-4.5", "-4.5" },
	{ "+49", "+49" },
	{ "-1e-7", "-1e-7" },
	{ "-", "'-" },
	{ "-1.", "'-1." },
	{ "1;2", "1;2" },
	{ "a,b", "\"a,b\"" },
	{ "say \"no\"", "\"say \"\"no\"\"\"" },
	{ "=\"a\",b", "\"'=\"\"a\"\",b\"" },
	{ "line\nfeed", "line\xc2\xb7" "feed" },
	{ "\033[2Jgone", "\xc2\xb7[2Jgone" },
	{ "\033]0;title\007", "\xc2\xb7]0;title\xc2\xb7" },
	{ "\xc2\x9b" "31m", "\xc2\xb7" "31m" },
	{ "\xe2\x80\xae" "evil", "\xc2\xb7" "evil" },
	{ "\xff\xfe", "\xc2\xb7\xc2\xb7" },
	{ " blank ", " blank " },
	{ "M\xc3\xbcller", "M\xc3\xbcller" },
};

static void
hostile_texts_are_harmless_in_csv(void **state)
{
	struct writer_style style = style_of(FORMAT_CSV);
	struct buf out = { 0 }, expected = { 0 };
	struct writer *w;
	size_t i;

	(void)state;
	style.header = false;
	w = writer_new(&out, "x", "text", &style);
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		ROW(w, text(hostile[i].text));
		buf_printf(&expected, "%s\n", hostile[i].csv);
	}
	assert_string_equal(buf_string(&out), buf_string(&expected));
	writer_free(w);
	buf_free(&out);
	buf_free(&expected);
}

static void
hostile_texts_reach_no_terminal_in_any_format(void **state)
{
	static const enum format formats[] = { FORMAT_TABLE, FORMAT_CSV,
		FORMAT_JSON, FORMAT_JSONL, FORMAT_BARE };
	struct writer_style style;
	struct buf out = { 0 };
	struct writer *w;
	size_t i, k;
	char *line;

	(void)state;
	for (k = 0; k < sizeof(formats) / sizeof(formats[0]); k++) {
		style = style_of(formats[k]);
		w = writer_new(&out, "x", "text,flags", &style);
		for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
			ROW(w, text(hostile[i].text),
			    cell_flags(hostile[i].text));
		writer_end(w);
		for (line = strtok(out.at, "\n"); line != NULL;
		     line = strtok(NULL, "\n"))
			assert_true(text_is_clean(line, strlen(line)));
		writer_free(w);
		buf_clear(&out);
	}
	buf_free(&out);
}

static void
numbers_for_programs_read_back_to_the_same_value(void **state)
{
	static const double numbers[] = { 0.1, 1.0 / 3, 1e300, -5e-324, 60,
		123456789012345680.0 };
	struct writer_style style = style_of(FORMAT_JSONL);
	struct buf out = { 0 };
	struct writer *w = writer_new(&out, "x", "n", &style);
	json_t *row;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		ROW(w, cell_real(numbers[i], 2));
		row = json_loads(buf_string(&out), 0, NULL);
		assert_non_null(row);
		assert_true(json_number_value(json_object_get(row, "n")) ==
		    numbers[i]);
		json_decref(row);
		buf_clear(&out);
	}
	ROW(w, cell_real(60, 2));
	assert_string_equal(buf_string(&out), "{\"n\":60}\n");
	writer_free(w);
	buf_free(&out);
}

/* The cells of a status row, in the order of STATUS_COLUMNS. */
struct status_row {
	const char *part, *kind, *state, *name, *since, *detail;
	struct cell number[22];
};
enum {
	REVISION, VERSION, P99, USED, LIMIT, COUNT, OF, REQUESTS, OVERRUNS,
	TIMEOUTS, BEHIND, GOOD, UNCERTAIN, STALE, BAD, OVERRIDES,
	UNACKNOWLEDGED, PRIORITY
};

static void
write_status(struct writer *w, const struct status_row *r)
{
	struct cell row[28] = { text(r->part), text(r->kind), text(r->state),
		text(r->name),
		r->since != NULL ? when(r->since) : cell_null(),
		text(r->detail) };
	unsigned i;

	for (i = 0; i < 22; i++)
		row[6 + i] = r->number[i];
	writer_row(w, row, 28);
}

static const struct status_row riverside[] = {
	{ "server", "server", "running", "Riverside Waterworks",
	    "2026-11-19T08:21:10.000Z", NULL,
	    { [REVISION] = { .type = CELL_UINT, .as.uint = 17 },
		[VERSION] = { .type = CELL_TEXT, .as.text = "0.1.0" } } },
	{ "core", "core", "ok", NULL, NULL, NULL,
	    { [P99] = { .type = CELL_REAL, .as.real = 1.84 },
		[USED] = { .type = CELL_REAL, .as.real = 21.3 } } },
	{ "field", "field", "ok", NULL, NULL, NULL,
	    { [COUNT] = { .type = CELL_UINT, .as.uint = 2 },
		[OF] = { .type = CELL_UINT, .as.uint = 3 },
		[REQUESTS] = { .type = CELL_REAL, .as.real = 38.2 },
		[OVERRUNS] = { .type = CELL_UINT, .as.uint = 0 } } },
	{ "net1", "line", "ok", "plc1", NULL, NULL,
	    { [P99] = { .type = CELL_REAL, .as.real = 3.02 },
		[REQUESTS] = { .type = CELL_REAL, .as.real = 38.2 },
		[TIMEOUTS] = { .type = CELL_UINT, .as.uint = 0 } } },
	{ "ser1", "line", "failed", "meter1", "2026-11-22T11:31:02.000Z",
	    "no answer from unit 7", { { 0 } } },
	{ "store", "store", "ok", NULL, NULL, NULL,
	    { [BEHIND] = { .type = CELL_UINT, .as.uint = 0 },
		[USED] = { .type = CELL_REAL, .as.real = 412 },
		[LIMIT] = { .type = CELL_UINT, .as.uint = 20000 },
		[P99] = { .type = CELL_REAL, .as.real = 9 } } },
	{ "ssh", "ssh", "ok", "127.0.0.1:4022", NULL, NULL,
	    { [COUNT] = { .type = CELL_UINT, .as.uint = 3 },
		[OF] = { .type = CELL_UINT, .as.uint = 64 } } },
	{ "tags", "tags", NULL, NULL, NULL, NULL,
	    { [COUNT] = { .type = CELL_UINT, .as.uint = 204 },
		[GOOD] = { .type = CELL_UINT, .as.uint = 203 },
		[UNCERTAIN] = { .type = CELL_UINT },
		[STALE] = { .type = CELL_UINT },
		[BAD] = { .type = CELL_UINT, .as.uint = 1 },
		[OVERRIDES] = { .type = CELL_UINT, .as.uint = 1 } } },
	{ "alarms", "alarms", NULL, NULL, NULL, NULL,
	    { [COUNT] = { .type = CELL_UINT, .as.uint = 3 },
		[UNACKNOWLEDGED] = { .type = CELL_UINT, .as.uint = 2 },
		[PRIORITY] = { .type = CELL_UINT },
		[PRIORITY + 1] = { .type = CELL_UINT, .as.uint = 1 },
		[PRIORITY + 2] = { .type = CELL_UINT, .as.uint = 2 },
		[PRIORITY + 3] = { .type = CELL_UINT } } },
};

static void
the_status_is_the_published_example(void **state)
{
	struct page p;
	size_t i;

	(void)state;
	when_zone("Europe/Berlin");
	open_page(&p, VERB_STATUS, FORMAT_TABLE);
	for (i = 0; i < sizeof(riverside) / sizeof(riverside[0]); i++)
		write_status(p.w, &riverside[i]);
	close_page(&p,
	    "Riverside Waterworks   running   up 3d 04:12   revision 17   "
	    "sightglass 0.1.0\n"
	    "  core    ok      tick p99 1.8 ms     memory 21 MB\n"
	    "  field   ok      lines 2 of 3        38 requests/s    overruns 0\n"
	    "  net1    ok      plc1                38 requests/s    "
	    "round trip p99 3 ms    timeouts 0\n"
	    "  ser1    FAILED  meter1              since 12:31:02   "
	    "no answer from unit 7\n"
	    "  store   ok      behind 0 s          412 MB of 20 GB  "
	    "commit p99 9 ms\n"
	    "  ssh     ok      127.0.0.1:4022      sessions 3 of 64\n"
	    "  tags    204     good 203  uncertain 0  stale 0  bad 1   "
	    "overrides 1\n"
	    "  alarms  3       unacknowledged 2   1:0  2:1  3:2  4:0\n");
	when_zone("UTC");
}

static void
the_status_says_what_else_an_operator_should_know(void **state)
{
	static const struct status_row rows[] = {
		{ "server", "server", "degraded", "Riverside", NULL,
		    "view only, separation: none",
		    { [REVISION] = { .type = CELL_UINT, .as.uint = 1 },
			[VERSION] = { .type = CELL_TEXT,
			    .as.text = "0.1.0" } } },
		{ "store", "store", "failed", NULL,
		    "2026-11-20T11:31:02.000Z", "disk full", { { 0 } } },
		{ "a-long-line-name", "line", "ok", "plc1", NULL, NULL,
		    { { 0 } } },
		{ "ssh", "ssh", "closed", NULL, NULL, NULL, { { 0 } } },
		{ "mars", "rover", "ok", NULL, NULL, NULL, { { 0 } } },
	};
	struct page p;
	size_t i;

	(void)state;
	open_page(&p, VERB_STATUS, FORMAT_TABLE);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		write_status(p.w, &rows[i]);
	close_page(&p,
	    "Riverside   DEGRADED   up -   revision 1   sightglass 0.1.0   "
	    "view only, separation: none\n"
	    "  store             FAILED  behind - s          - of -           "
	    "commit p99 - ms        since 2026-11-20 11:31:02  disk full\n"
	    "  a-long-line-name  ok      plc1                - requests/s     "
	    "round trip p99 - ms    timeouts -\n"
	    "  ssh               CLOSED  -                   sessions - of -\n"
	    "  mars              ok      -\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_as_csv_are_the_published_example),
		cmocka_unit_test(tags_as_json_are_the_published_example),
		cmocka_unit_test(
		    json_of_several_rows_parses_and_keeps_their_types),
		cmocka_unit_test(
		    no_rows_are_a_header_or_an_empty_array_or_nothing),
		cmocka_unit_test(jsonl_is_the_rows_alone),
		cmocka_unit_test(alarms_as_csv_are_the_published_example),
		cmocka_unit_test(a_table_has_columns_and_times_of_the_plant),
		cmocka_unit_test(
		    numbers_of_a_table_stand_at_the_right_with_their_decimals),
		cmocka_unit_test(a_settled_table_streams_and_cuts_nothing),
		cmocka_unit_test(a_long_table_does_not_wait_for_its_end),
		cmocka_unit_test(only_the_header_of_a_table_has_colour),
		cmocka_unit_test(without_header_only_the_rows_are_left),
		cmocka_unit_test(bare_is_one_column_for_a_script),
		cmocka_unit_test(hostile_texts_are_harmless_in_csv),
		cmocka_unit_test(hostile_texts_reach_no_terminal_in_any_format),
		cmocka_unit_test(
		    numbers_for_programs_read_back_to_the_same_value),
		cmocka_unit_test(the_status_is_the_published_example),
		cmocka_unit_test(
		    the_status_says_what_else_an_operator_should_know),
	};

	when_zone("UTC");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
