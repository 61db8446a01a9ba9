/* SPDX-License-Identifier: ISC */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/expr.h"
#include "model/plant.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A small plant: a name, a value, a quality. t and f are bools. */
static const struct wall now = { 100000 };
static const struct wall then = { 97500 };	/* 2.5 s ago */

enum { A, B, P_RUN, LT, BAD, LOST, NEVER, TEXT, ODD, OVER, T, F, BT, BF, ST,
	UT, UF, TAGS };
static struct {
	const char *name;
	struct value value;
} tags[TAGS] = {
	[A] = { "site.a", { .type = VALUE_REAL } },
	[B] = { "site.b", { .type = VALUE_INT } },
	[P_RUN] = { "P-101A.run", { .type = VALUE_BOOL } },
	[LT] = { "LT-501.pv", { .type = VALUE_REAL } },
	[BAD] = { "bad", { .type = VALUE_REAL, .quality = QUALITY_BAD,
		.cause = CAUSE_DEVICE } },
	[LOST] = { "lost", { .type = VALUE_UINT, .quality = QUALITY_BAD,
		.cause = CAUSE_COMM } },
	[NEVER] = { "never", { .type = VALUE_REAL, .quality = QUALITY_BAD,
		.cause = CAUSE_INITIAL } },
	[TEXT] = { "text", { .type = VALUE_TEXT } },
	[ODD] = { "odd", { .type = VALUE_REAL, .quality = QUALITY_BAD,
		.cause = CAUSE_RANGE } },
	[OVER] = { "over", { .type = VALUE_REAL,
		.quality = QUALITY_UNCERTAIN, .flags = VALUE_OVERRIDE } },
	[T] = { "t", { .type = VALUE_BOOL } },
	[F] = { "f", { .type = VALUE_BOOL } },
	[BT] = { "bt", { .type = VALUE_BOOL, .quality = QUALITY_BAD,
		.cause = CAUSE_COMM } },
	[BF] = { "bf", { .type = VALUE_BOOL, .quality = QUALITY_BAD,
		.cause = CAUSE_COMM } },
	[ST] = { "st", { .type = VALUE_BOOL, .quality = QUALITY_STALE } },
	[UT] = { "ut", { .type = VALUE_BOOL, .quality = QUALITY_UNCERTAIN } },
	[UF] = { "uf", { .type = VALUE_BOOL, .quality = QUALITY_UNCERTAIN } },
};

static int
setup(void **state)
{
	(void)state;
	for (int i = 0; i < TAGS; i++)
		tags[i].value.time = then;
	tags[A].value.as.real = 7.5;
	tags[B].value.as.sint = -2;
	tags[P_RUN].value.as.uint = 1;
	tags[LT].value.as.real = 0.5;
	tags[LT].value.time = (struct wall){ 99000 };
	tags[BAD].value.as.real = 3;
	tags[LOST].value.as.uint = 4;
	tags[NEVER].value.time = (struct wall){ 0 };
	tags[TEXT].value.as.text = "AUTO";
	tags[ODD].value.as.real = NAN;
	tags[OVER].value.as.real = 10;
	tags[T].value.as.uint = tags[BT].value.as.uint = 1;
	tags[ST].value.as.uint = tags[UT].value.as.uint = 1;
	return 0;
}

static uint32_t
find(void *arg, const char *name, size_t len)
{
	(void)arg;
	for (uint32_t i = 0; i < TAGS; i++)
		if (strlen(tags[i].name) == len &&
		    memcmp(tags[i].name, name, len) == 0)
			return i;
	return NONE;
}

static const struct value *
value_of(void *arg, uint32_t tag)
{
	(void)arg;
	return &tags[tag].value;
}

static struct value
eval(const char *text)
{
	struct arena *a = arena_new();
	struct err e;
	int column;
	struct expr *x = expr_parse(a, text, find, NULL, &column, NULL, &e);
	struct value v;

	if (x == NULL)
		fail_msg("%s: column %d: %s", text, column, e.text);
	assert_string_equal(expr_text(x), text);
	v = expr_eval(x, value_of, NULL, now);
	arena_free(a);
	return v;
}

static void
good_operands_give_what_the_operators_say(void **state)
{
	static const struct {
		const char *text;
		double result;
	} rows[] = {
		{ "1", 1 }, { "1.5", 1.5 }, { "2e3", 2000 }, { "1e-2", 0.01 },
		{ "-3", -3 }, { "--3", 3 }, { "- - -3", -3 }, { "true", 1 },
		{ "false", 0 }, { "1+2*3", 7 }, { "(1+2)*3", 9 },
		{ "10-4-3", 3 }, { "12/4/3", 1 }, { "2*-3", -6 },
		{ "-2*-3", 6 }, { "3--2", 5 },
		{ "site.a", 7.5 }, { "site.a - site.b", 9.5 },
		{ "site.a + LT-501.pv", 8 }, { "-site.b", 2 },
		{ "site.a*site.b", -15 }, { "site.a/site.b", -3.75 },
		{ "1 < 2", 1 }, { "2 < 2", 0 }, { "2 <= 2", 1 },
		{ "3 <= 2", 0 }, { "3 > 2", 1 }, { "2 > 2", 0 },
		{ "2 >= 2", 1 }, { "1 >= 2", 0 }, { "2 == 2", 1 },
		{ "2 == 3", 0 }, { "2 != 3", 1 }, { "2 != 2", 0 },
		{ "P-101A.run == 1", 1 }, { "not P-101A.run", 0 },
		{ "not not P-101A.run", 1 }, { "not 1 > 2", 1 },
		{ "not f and t", 1 }, { "t or f and f", 1 },
		{ "(t or f) and f", 0 }, { "1 + 1 == 2 and 3 > 2", 1 },
		{ "min(3,1,2)", 1 }, { "max(3, 1, 2)", 3 },
		{ "max(site.a, site.b)", 7.5 }, { "abs(site.b)", 2 },
		{ "abs(3)", 3 }, { "min(1,2)+max(3,4)", 5 },
		{ "t ? 1 : 2", 1 }, { "f ? 1 : 2", 2 },
		{ "f ? 1 : t ? 2 : 3", 2 }, { "t ? f ? 1 : 2 : 3", 2 },
		{ "1 > 2 ? 3 : 4 + 5", 9 }, { "(t ? 1 : 2) * 10", 10 },
		{ "1 else 2", 1 }, { "bad else 2", 2 },
		{ "bad + 1 else 2", 2 }, { "bad else lost else 9", 9 },
		{ "(bad else 2) + 1", 3 }, { "bad > 5 else f", 0 },
		{ "good(site.a)", 1 }, { "good(bad)", 0 },
		{ "good(over)", 1 }, { "good(st)", 0 },
		{ "good(site.a + bad)", 0 }, { "age(site.a)", 2.5 },
		{ "age(LT-501.pv)", 1 }, { "age(site.a + LT-501.pv)", 1 },
		{ "age(bad) > 2", 1 }, { "  1\t+ 1  ", 2 },
		{ "text else 5", 5 }, { "1/0 else 7", 7 },
		{ "good(1/0)", 0 }, { "over else 1", 10 },
	};
	struct value v;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		v = eval(rows[i].text);
		if (v.quality != QUALITY_GOOD && strstr(rows[i].text, "over") == NULL)
			fail_msg("%s is not good", rows[i].text);
		if (value_number(&v) != rows[i].result)
			fail_msg("%s is %g", rows[i].text, value_number(&v));
	}
}

static void
a_result_is_true_or_false_where_it_is_a_condition(void **state)
{
	static const char *const conditions[] = { "t", "not site.a", "1 < 2",
		"1 and 1", "good(bad)", "true", "t ? f : t", "bt else f" };
	static const char *const numbers[] = { "site.a", "t + 0", "-t", "1",
		"min(t, f)", "age(t)", "abs(t)", "t ? 1 : 2" };

	(void)state;
	for (size_t i = 0; i < COUNT(conditions); i++)
		assert_int_equal(eval(conditions[i]).type, VALUE_BOOL);
	for (size_t i = 0; i < COUNT(numbers); i++)
		assert_int_equal(eval(numbers[i]).type, VALUE_REAL);
}

/* The whole table: t f good, ut uf uncertain, st stale true, bt bf bad. */
static void
and_or_not_are_three_valued(void **state)
{
	enum { G, U, S, X };	/* good, uncertain, stale, bad */
	static const struct {
		const char *text;
		bool truth;
		int quality;
	} rows[] = {
		{ "t and t", true, G }, { "t and f", false, G },
		{ "f and t", false, G }, { "f and f", false, G },
		{ "t or t", true, G }, { "t or f", true, G },
		{ "f or t", true, G }, { "f or f", false, G },
		{ "f and bt", false, G }, { "bt and f", false, G },
		{ "f and bf", false, G }, { "bf and f", false, G },
		{ "t or bt", true, G }, { "bt or t", true, G },
		{ "t or bf", true, G }, { "bf or t", true, G },
		{ "t and bt", true, X }, { "bt and t", true, X },
		{ "t and bf", false, X }, { "bf and t", false, X },
		{ "f or bt", true, X }, { "bt or f", true, X },
		{ "f or bf", false, X }, { "bf or f", false, X },
		{ "bt and bt", true, X }, { "bt or bf", true, X },
		{ "bf and bt", false, X }, { "bf or bf", false, X },
		{ "ut and bt", true, X }, { "uf and bt", false, U },
		{ "bt and uf", false, U }, { "ut or bf", true, U },
		{ "bf or ut", true, U }, { "uf or bf", false, X },
		{ "t and ut", true, U }, { "t or ut", true, G },
		{ "ut or t", true, G }, { "f and uf", false, G },
		{ "f or ut", true, U }, { "t and uf", false, U },
		{ "st or bt", true, S }, { "bt or st", true, S },
		{ "st and t", true, S }, { "st and f", false, G },
		{ "st and bt", true, X },
		{ "not t", false, G }, { "not bf", true, X },
		{ "not bt", false, X }, { "not uf", true, U },
		{ "not st", false, S }, { "odd or t", true, G },
		{ "odd and f", false, G }, { "odd and t", false, X },
		{ "t and text", false, X }, { "not odd", false, X },
	};
	struct value v;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		v = eval(rows[i].text);
		if (value_true(&v) != rows[i].truth ||
		    v.quality != rows[i].quality)
			fail_msg("%s is %s %d", rows[i].text,
			    quality_name(v.quality), value_true(&v));
	}
}

static void
arithmetic_takes_the_worst_quality_with_its_cause(void **state)
{
	static const struct {
		const char *text;
		int quality, cause, flags;
	} rows[] = {
		{ "site.a + over", QUALITY_UNCERTAIN, CAUSE_NONE,
		    VALUE_OVERRIDE },
		{ "over + bad", QUALITY_BAD, CAUSE_DEVICE, VALUE_OVERRIDE },
		{ "bad * lost", QUALITY_BAD, CAUSE_DEVICE, 0 },
		{ "lost * bad", QUALITY_BAD, CAUSE_COMM, 0 },
		{ "-lost", QUALITY_BAD, CAUSE_COMM, 0 },
		{ "min(1, 2, lost)", QUALITY_BAD, CAUSE_COMM, 0 },
		{ "max(never, 2)", QUALITY_BAD, CAUSE_INITIAL, 0 },
		{ "lost > 3", QUALITY_BAD, CAUSE_COMM, 0 },
		{ "bt ? 1 : 2", QUALITY_BAD, CAUSE_COMM, 0 },
		{ "t ? bad : 2", QUALITY_BAD, CAUSE_DEVICE, 0 },
		{ "t ? 2 : bad", QUALITY_GOOD, CAUSE_NONE, 0 },
		{ "over > 3 ? 1 : 2", QUALITY_UNCERTAIN, CAUSE_NONE,
		    VALUE_OVERRIDE },
		{ "bad else over", QUALITY_UNCERTAIN, CAUSE_NONE,
		    VALUE_OVERRIDE },
		{ "bad else lost", QUALITY_BAD, CAUSE_COMM, 0 },
		{ "good(over)", QUALITY_GOOD, CAUSE_NONE, VALUE_OVERRIDE },
		{ "age(over)", QUALITY_GOOD, CAUSE_NONE, VALUE_OVERRIDE },
		{ "over > 3 or t", QUALITY_GOOD, CAUSE_NONE, 0 },
		{ "over > 3 and t", QUALITY_UNCERTAIN, CAUSE_NONE,
		    VALUE_OVERRIDE },
	};
	struct value v;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		v = eval(rows[i].text);
		if (v.quality != rows[i].quality ||
		    v.cause != rows[i].cause || v.flags != rows[i].flags)
			fail_msg("%s is %s(%s) %x", rows[i].text,
			    quality_name(v.quality), cause_name(v.cause),
			    v.flags);
	}
}

static void
what_is_no_finite_number_is_bad_range_without_content(void **state)
{
	static const char *const rows[] = { "1/0", "0/0", "-1/0",
		"1e308 * 10", "1e308 + 1e308", "text", "text + 1", "-text",
		"abs(1/0)", "min(1/0, 1)", "max(1, 0/0)", "1 + 1/0", "odd" };
	struct value v;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		v = eval(rows[i]);
		assert_int_equal(v.quality, QUALITY_BAD);
		assert_int_equal(v.cause, CAUSE_RANGE);
		assert_false(value_known(&v));
	}
	v = eval("never + 1");
	assert_false(value_known(&v));
	v = eval("1/0 > 5");
	assert_int_equal(v.quality, QUALITY_BAD);
	assert_false(value_true(&v));
}

static void
a_result_is_as_new_as_its_newest_operand(void **state)
{
	(void)state;
	assert_int_equal(eval("site.a").time.ms, then.ms);
	assert_int_equal(eval("site.a + LT-501.pv").time.ms, 99000);
	assert_int_equal(eval("LT-501.pv + site.a").time.ms, 99000);
	assert_int_equal(eval("t and LT-501.pv").time.ms, 99000);
	assert_int_equal(eval("1 + 1").time.ms, now.ms);
	assert_int_equal(eval("never + 1").time.ms, 0);
	assert_int_equal(eval("good(never)").time.ms, now.ms);
}

static void
an_error_names_its_column(void **state)
{
	static const struct {
		const char *text;
		int column;
		const char *says;
		bool unknown;
	} rows[] = {
		{ "", 1, "missing", false },
		{ "   ", 4, "missing", false },
		{ "1 +", 4, "missing", false },
		{ "site.x > 1", 1, "unknown tag \"site.x\"", true },
		{ "1 + pump", 5, "unknown tag \"pump\"", true },
		{ "site.a = 1", 8, "==", false },
		{ "site.a-site.b", 7, "blanks", false },
		{ "site.a- site.b", 7, "blanks", false },
		{ "site.a -site.b", 8, "blanks", false },
		{ "LT-501.pv-3", 10, "blanks", false },
		{ "site.a- 3", 7, "blanks", false },
		{ "(1)-t", 4, "blanks", false },
		{ "t && f", 3, "and", false },
		{ "t || f", 3, "or", false },
		{ "!t", 1, "not", false },
		{ "1 <> 2", 3, "!=", false },
		{ "1 => 2", 3, ">=", false },
		{ "1 < 2 < 3", 7, "two at a time", false },
		{ "(1", 3, ") is missing", false },
		{ "1)", 2, "operator is missing", false },
		{ "1 2", 3, "operator is missing", false },
		{ "t ? 1", 6, ": is missing", false },
		{ "t ? 1 2", 7, ": is missing", false },
		{ "min(1)", 6, "two or more", false },
		{ "abs(1,2)", 6, ") is missing", false },
		{ "abs()", 5, "expected", false },
		{ "sqrt(2)", 1, "no such function", false },
		{ "site.a(2)", 1, "no such function", false },
		{ "1.", 1, "no number", false },
		{ "1..2", 1, "no number", false },
		{ "5m", 1, "no number", false },
		{ "0x10", 1, "no number", false },
		{ "1e", 1, "no number", false },
		{ "1e999", 1, "too large", false },
		{ ".5", 1, "no meaning", false },
		{ "2 $ 3", 3, "no meaning", false },
		{ "\"x\"", 1, "no meaning", false },
		{ "\xc3\xa4", 1, "no meaning", false },
		{ "1\n+1", 2, "no meaning", false },
		{ "* 2", 1, "expected", false },
		{ "t and and f", 7, "expected", false },
		{ "t == not f", 6, "expected", false },
		{ "else 1", 1, "expected", false },
		{ "1 else", 7, "missing", false },
		{ "+1", 1, "expected", false },
	};
	struct arena *a = arena_new();
	struct err e;
	bool unknown;
	int column;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (expr_parse(a, rows[i].text, find, NULL, &column, &unknown,
			&e) != NULL)
			fail_msg("took \"%s\"", rows[i].text);
		if (column != rows[i].column ||
		    strstr(e.text, rows[i].says) == NULL ||
		    unknown != rows[i].unknown)
			fail_msg("\"%s\": column %d: %s", rows[i].text,
			    column, e.text);
	}
	assert_null(expr_parse(a, "1 +", find, NULL, NULL, NULL, NULL));
	arena_free(a);
}

/* head, then n times body, then tail, m times end */
static char *
repeat(char *dst, const char *body, int n, const char *middle,
    const char *end)
{
	char *at = dst;

	for (int i = 0; i < n; i++)
		at += sprintf(at, "%s", body);
	at += sprintf(at, "%s", middle);
	for (int i = 0; i < n && *end != '\0'; i++)
		at += sprintf(at, "%s", end);
	return dst;
}

static void
length_and_depth_are_bounded(void **state)
{
	static char text[300000];
	struct arena *a = arena_new();
	struct err e;
	struct expr *x;

	(void)state;
	/* 128 numbers and 127 operators are 255 operations */
	x = expr_parse(a, repeat(text, "1+", 127, "1", ""), find, NULL, NULL,
	    NULL, &e);
	assert_non_null(x);
	assert_true(expr_eval(x, value_of, NULL, now).as.real == 128);
	assert_non_null(expr_parse(a, repeat(text, "1+", 127, "-site.a", ""),
	    find, NULL, NULL, NULL, &e));
	assert_null(expr_parse(a, repeat(text, "1+", 128, "1", ""), find,
	    NULL, NULL, NULL, &e));
	assert_non_null(strstr(e.text, "256 operations"));

	assert_non_null(expr_parse(a, repeat(text, "(", 63, "1", ")"), find,
	    NULL, NULL, NULL, &e));
	assert_null(expr_parse(a, repeat(text, "(", 64, "1", ")"), find, NULL,
	    NULL, NULL, &e));
	assert_non_null(strstr(e.text, "nested"));
	assert_null(expr_parse(a, repeat(text, "(", 100000, "1", ")"), find,
	    NULL, NULL, NULL, &e));
	assert_null(expr_parse(a, repeat(text, "t?1:", 70, "1", ""), find,
	    NULL, NULL, NULL, &e));
	assert_null(expr_parse(a, repeat(text, "abs(", 50000, "1", ""), find,
	    NULL, NULL, NULL, &e));
	assert_non_null(expr_parse(a, repeat(text, "-", 100000, "1", ""),
	    find, NULL, NULL, NULL, &e));
	assert_non_null(expr_parse(a, repeat(text, "not ", 70000, "t", ""),
	    find, NULL, NULL, NULL, &e));
	/* five operands wait at each level: the stack ends before the nesting */
	assert_null(expr_parse(a,
	    repeat(text, "f or t and 1 == 2 + 3 * (", 14, "1", ")"), find,
	    NULL, NULL, NULL, &e));
	assert_non_null(strstr(e.text, "nested"));
	assert_non_null(expr_parse(a,
	    repeat(text, "f or t and 1 == 2 + 3 * (", 12, "1", ")"), find,
	    NULL, NULL, NULL, &e));
	arena_free(a);
}

static void
it_knows_the_tags_that_it_reads_each_once(void **state)
{
	struct arena *a = arena_new();
	const uint32_t *reads;
	unsigned n;
	struct expr *x = expr_parse(a, "t ? site.b : site.a + site.b * t",
	    find, NULL, NULL, NULL, NULL);

	(void)state;
	reads = expr_tags(x, &n);
	assert_int_equal(n, 3);
	assert_int_equal(reads[0], T);
	assert_int_equal(reads[1], B);
	assert_int_equal(reads[2], A);
	arena_free(a);
}

static void
a_constant_is_known_as_one(void **state)
{
	struct arena *a = arena_new();
	double number = 0;

	(void)state;
	assert_true(expr_is_constant(expr_constant(a, 5.7), &number));
	assert_true(number == 5.7);
	assert_string_equal(expr_text(expr_constant(a, 5.7)), "5.7");
	assert_true(expr_is_constant(
	    expr_parse(a, "2 * -3", find, NULL, NULL, NULL, NULL), &number));
	assert_true(number == -6);
	assert_false(expr_is_constant(
	    expr_parse(a, "1/0", find, NULL, NULL, NULL, NULL), &number));
	assert_false(expr_is_constant(
	    expr_parse(a, "site.a", find, NULL, NULL, NULL, NULL), &number));
	assert_false(expr_is_constant(
	    expr_parse(a, "age(1)", find, NULL, NULL, NULL, NULL), &number));
	assert_true(expr_uses_age(
	    expr_parse(a, "1 + age(t)", find, NULL, NULL, NULL, NULL)));
	assert_false(expr_uses_age(
	    expr_parse(a, "1 + t", find, NULL, NULL, NULL, NULL)));
	arena_free(a);
}

static void
the_culprit_is_the_operand_that_spoils_the_result(void **state)
{
	static const struct {
		const char *text;
		uint32_t tag;
	} rows[] = {
		{ "site.a + bad", BAD }, { "lost + bad", LOST },
		{ "t and bt", BT }, { "f and bt", NONE },
		{ "not (bf or f)", BF }, { "over + 1", NONE },
		{ "bt ? 1 : 2", BT }, { "bad else lost", LOST },
		{ "bad else 1", NONE }, { "good(bad)", NONE },
		{ "site.a > bad and t", BAD }, { "text > 1", TEXT },
		{ "st", ST }, { "1/0", NONE }, { "1", NONE },
		{ "over + lost", LOST },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct expr *x = expr_parse(
		    a, rows[i].text, find, NULL, NULL, NULL, NULL);

		if (expr_culprit(x, value_of, NULL, now) != rows[i].tag)
			fail_msg("%s: %u", rows[i].text,
			    expr_culprit(x, value_of, NULL, now));
	}
	arena_free(a);
}

static void
who_decides_is_the_one_that_made_it_so(void **state)
{
	static const struct {
		const char *text;
		uint32_t tag;
	} rows[] = {
		{ "t and f", F }, { "f and t", F }, { "t and not t", T },
		{ "f or t", T }, { "f and bt", F }, { "bf and f", F },
		{ "t and site.a > 1000", A }, { "1 > 2", NONE },
		{ "t and (f or not t)", F },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct expr *x = expr_parse(
		    a, rows[i].text, find, NULL, NULL, NULL, NULL);

		if (expr_decider(x, value_of, NULL, now) != rows[i].tag)
			fail_msg("%s: %u", rows[i].text,
			    expr_decider(x, value_of, NULL, now));
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_operands_give_what_the_operators_say),
		cmocka_unit_test(
		    a_result_is_true_or_false_where_it_is_a_condition),
		cmocka_unit_test(and_or_not_are_three_valued),
		cmocka_unit_test(
		    arithmetic_takes_the_worst_quality_with_its_cause),
		cmocka_unit_test(
		    what_is_no_finite_number_is_bad_range_without_content),
		cmocka_unit_test(a_result_is_as_new_as_its_newest_operand),
		cmocka_unit_test(an_error_names_its_column),
		cmocka_unit_test(length_and_depth_are_bounded),
		cmocka_unit_test(it_knows_the_tags_that_it_reads_each_once),
		cmocka_unit_test(a_constant_is_known_as_one),
		cmocka_unit_test(
		    the_culprit_is_the_operand_that_spoils_the_result),
		cmocka_unit_test(who_decides_is_the_one_that_made_it_so),
	};

	return cmocka_run_group_tests_name("model_expr", tests, setup, NULL);
}
