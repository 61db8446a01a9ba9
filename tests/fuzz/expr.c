/* SPDX-License-Identifier: ISC */
/*
 * Expressions. A name is a tag if its first letter is one of a..p or A..P: 16
 * tags with every type, quality and cause among them.
 */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz.h"
#include "model/expr.h"
#include "model/plant.h"

#define TAGS 16
#define INPUT_MAX 65536

static const struct wall now = { 1795348990000 };
static struct value tags[TAGS];

static void
set_tags(void)
{
	static const double numbers[] = { 0, 1, -1, 0.5, 1e308, -1e-300,
		9007199254740993.0, 3 };

	for (int i = 0; i < TAGS; i++) {
		tags[i] = value_real(numbers[i % 8],
		    (struct wall){ now.ms - i * 777 });
		tags[i].quality = (uint8_t)(i / 4);
		tags[i].cause = (uint8_t)(i % 6);
		tags[i].flags = (uint8_t)(i % 4);
	}
	tags[1] = value_bool(true, now);
	tags[2] = value_int(INT64_MIN, now);
	tags[3] = value_uint(UINT64_MAX, now);
	tags[7] = value_text("AUTO", now);
	tags[13].as.real = NAN;
	tags[14] = value_initial(VALUE_BOOL);
}

static uint32_t
find(void *arg, const char *name, size_t len)
{
	uint32_t letter = (uint32_t)(name[0] | 0x20) - 'a';

	(void)arg;
	must(len > 0 && len <= PLANT_NAME_MAX);
	return letter < TAGS ? letter : NONE;
}

static const struct value *
value_of(void *arg, uint32_t tag)
{
	(void)arg;
	must(tag < TAGS);
	return &tags[tag];
}

static void
check_value(const struct value *v)
{
	must(v->quality <= QUALITY_BAD && v->cause <= CAUSE_RANGE);
	must(v->type == VALUE_BOOL || v->type == VALUE_REAL);
	if (v->type == VALUE_BOOL)
		must(v->as.uint <= 1);
	else
		must(isfinite(v->as.real) ||
		    (isnan(v->as.real) && v->quality == QUALITY_BAD));
	must(v->time.ms >= 0);
}

static void
check_expr(const struct expr *x, const char *text)
{
	struct value v = expr_eval(x, value_of, NULL, now), again;
	const uint32_t *reads;
	double number;
	unsigned n;

	check_value(&v);
	again = expr_eval(x, value_of, NULL, now);
	must(value_same(&v, &again) && v.time.ms == again.time.ms);
	must(strcmp(expr_text(x), text) == 0);
	reads = expr_tags(x, &n);
	must(n <= TAGS);
	for (unsigned i = 0; i < n; i++)
		must(reads[i] < TAGS);
	if (expr_is_constant(x, &number))
		must(n == 0 && value_number(&v) == number);
	if (expr_culprit(x, value_of, NULL, (struct wall){ 1 }) != NONE)
		must(v.quality > QUALITY_UNCERTAIN);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = { "" };
	bool unknown;
	int column = 0;
	struct arena *a;
	struct expr *x;
	char *text;

	if (size > INPUT_MAX)
		return 0;
	set_tags();
	a = arena_new();
	text = xstrndup((const char *)data, size);
	x = expr_parse(a, text, find, NULL, &column, &unknown, &e);
	if (x != NULL)
		check_expr(x, text);
	else
		must(column >= 1 && (size_t)column <= strlen(text) + 1 &&
		    e.text[0] != '\0');
	free(text);
	arena_free(a);
	return 0;
}
