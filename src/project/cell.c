/* SPDX-License-Identifier: ISC */
#include "project/cell.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "base/text.h"
#include "base/when.h"
#include "project/keys.h"

#define TEXT_BYTES_MAX 1000	/* of one text in a file */

/* A text of a file may hold nothing that a terminal would not show. */
static bool
text_is_fit(const struct reading *g, const char *text, const char *key,
    struct place at)
{
	if (strlen(text) > TEXT_BYTES_MAX) {
		report_error(g->report, at,
		    "\"%s\" is longer than %d bytes", key, TEXT_BYTES_MAX);
		return false;
	}
	if (!text_is_clean(text, strlen(text))) {
		report_error(g->report, at,
		    "\"%s\" holds a control or invisible character", key);
		return false;
	}
	return true;
}

static const char *
scalar_name(const struct scalar *s)
{
	switch (s->form) {
	case FORM_INT:
		return "an integer";
	case FORM_REAL:
		return "a number";
	case FORM_BOOL:
		return "true or false";
	case FORM_GROUP:
		return "a group";
	case FORM_GROUPS:
		return "a list";
	default:
		return "a text";
	}
}

static bool
wrong_type(const struct reading *g, const struct key *k, const char *wanted,
    const struct scalar *s, struct place at)
{
	report_error(g->report, at, "\"%s\" must be %s, not %s", k->name,
	    wanted, scalar_name(s));
	return false;
}

static void
range_text(char dst[80], double min, double max)
{
	char a[32], b[32];

	real_print(a, min);
	real_print(b, max);
	if (isinf(max))
		snprintf(dst, 80, "at least %s", a);
	else if (isinf(min))
		snprintf(dst, 80, "at most %s", b);
	else
		snprintf(dst, 80, "%s..%s", a, b);
}

static bool
take_int(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	char range[80];

	if (s->form != FORM_INT)
		return wrong_type(g, k, "an integer", s, at);
	c->integer = s->integer;
	if ((double)s->integer >= k->min && (double)s->integer <= k->max)
		return true;
	range_text(range, k->min, k->max);
	report_error(g->report, at, "\"%s\" is %lld, out of range (%s)",
	    k->name, (long long)s->integer, range);
	return false;
}

static bool
take_real(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	char range[80], text[32];

	if (s->form != FORM_INT && s->form != FORM_REAL)
		return wrong_type(g, k, "a number", s, at);
	c->real = s->form == FORM_INT ? (double)s->integer : s->real;
	c->form = FORM_REAL;
	if (k->min == k->max || (c->real >= k->min && c->real <= k->max))
		return true;
	range_text(range, k->min, k->max);
	report_error(g->report, at, "\"%s\" is %s, out of range (%s)",
	    k->name, real_print(text, c->real), range);
	return false;
}

static bool
take_number(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	if (s->form == FORM_BOOL) {
		c->real = s->on;
		c->form = FORM_REAL;
		return true;
	}
	if (s->form != FORM_INT && s->form != FORM_REAL)
		return wrong_type(g, k, "a number, true or false", s, at);
	c->real = s->form == FORM_INT ? (double)s->integer : s->real;
	c->form = FORM_REAL;
	return true;
}

static bool
take_string(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	if (s->form != FORM_STRING)
		return wrong_type(g, k, "a text in quotes", s, at);
	if (!text_is_fit(g, s->string, k->name, at))
		return false;
	c->string = arena_text(g->arena, s->string);
	c->form = FORM_STRING;
	if (k->max > 0 && (strlen(c->string) > (size_t)k->max ||
		strlen(c->string) < (size_t)k->min)) {
		report_error(g->report, at, "\"%s\" must have %g..%g bytes",
		    k->name, k->min, k->max);
		return false;
	}
	return true;
}

static const char *
rule_text(bool (*rule)(const char *))
{
	static const struct {
		bool (*rule)(const char *);
		const char *text;
	} all[] = {
		{ name_is_plain, "; write lower case, digits and -" },
		{ name_is_signal, "; write lower case such as run" },
		{ name_is_alarm, "; write upper case such as HH" },
		{ name_is_area, "; write lower case such as filters.west" },
		{ name_is_tag, "; write group and name such as site.demand" },
	};
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (all[i].rule == rule)
			return all[i].text;
	}
	return "";
}

static bool
take_name(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	if (!take_string(g, k, c, s, at))
		return false;
	if (k->rule == NULL || k->rule(c->string))
		return true;
	report_error(g->report, at, "bad name \"%s\" for \"%s\"%s",
	    c->string, k->name, rule_text(k->rule));
	return false;
}

static bool
take_span(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	struct err e;

	c->span = (struct span){ 0 };
	if (s->form != FORM_STRING)
		return wrong_type(g, k,
		    "a duration with a unit such as \"5s\"", s, at);
	if ((k->flags & KEY_NONE) && strcmp(s->string, "none") == 0)
		return true;
	if (span_parse(&c->span, s->string, &e) < 0) {
		report_error(g->report, at,
		    "\"%s\": \"%.40s\" is no duration; write a number with "
		    "ms, s, min, h or d", k->name, s->string);
		return false;
	}
	if ((double)c->span.ms < k->min || (double)c->span.ms > k->max) {
		report_error(g->report, at,
		    "\"%s\" is %.40s, out of range (%gs..%gs)", k->name,
		    s->string, k->min / 1000, k->max / 1000);
		return false;
	}
	return true;
}

static bool
take_clock(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	unsigned h, m;
	int end = 0;

	if (s->form != FORM_STRING)
		return wrong_type(g, k, "a time such as \"06:00\"", s, at);
	if (strlen(s->string) != 5 ||
	    sscanf(s->string, "%2u:%2u%n", &h, &m, &end) != 2 || end != 5 ||
	    h > 23 || m > 59) {
		report_error(g->report, at,
		    "\"%s\": \"%.40s\" is no time such as \"06:00\"", k->name,
		    s->string);
		return false;
	}
	c->integer = h * 60 + m;
	return true;
}

/* What may stand there, if it is short enough to be said. */
static const char *
choices(char dst[NEAR_CAP], const char *const *words)
{
	size_t i, at;

	if (words[0] == NULL)
		return "";
	at = (size_t)snprintf(dst, NEAR_CAP, "; write %s", words[0]);
	for (i = 1; words[i] != NULL && at < NEAR_CAP; i++)
		at += (size_t)snprintf(dst + at, NEAR_CAP - at, "%s%s",
		    words[i + 1] ? ", " : " or ", words[i]);
	return at < 80 ? dst : "";
}

/* The index of the word, or -1 after saying so. */
static int
word_find(const struct reading *g, const struct key *k, const char *word,
    struct place at)
{
	const char *best = NULL;
	char hint[NEAR_CAP];
	unsigned distance = 0;
	int i;

	for (i = 0; k->words[i] != NULL; i++) {
		if (strcmp(k->words[i], word) == 0)
			return i;
		near_offer(word, k->words[i], &best, &distance);
	}
	report_error(g->report, at, "unknown %s \"%.60s\"%s",
	    k->words == words_function ? "function" : k->name, word,
	    best ? near_text(hint, best) : choices(hint, k->words));
	return -1;
}

static bool
take_word(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	if (s->form != FORM_STRING)
		return wrong_type(g, k, "a word in quotes", s, at);
	c->integer = word_find(g, k, s->string, at);
	if (c->integer >= 0)
		return true;
	c->integer = 0;
	return false;
}

static bool
take_text(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	if (s->form != FORM_STRING)
		return wrong_type(g, k, "a text", s, at);
	if (!text_is_fit(g, s->string, k->name, at))
		return false;
	c->text = (struct text){ { arena_text(g->arena, s->string) } };
	return true;
}

static bool
take_value(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	return s->form == FORM_STRING ? take_string(g, k, c, s, at)
				      : take_number(g, k, c, s, at);
}

static bool
take_limit(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	if (s->form != FORM_STRING)
		return take_real(g, k, c, s, at);
	if (!take_string(g, k, c, s, at))
		return false;
	c->form = FORM_EXPR;
	return true;
}

static bool
take_expr(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	if (!take_string(g, k, c, s, at))
		return false;
	c->form = FORM_EXPR;
	return true;
}

static bool
take_bool(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	if (s->form != FORM_BOOL)
		return wrong_type(g, k, "true or false", s, at);
	c->on = s->on;
	return true;
}

typedef bool take_fn(const struct reading *, const struct key *, struct cell *,
    const struct scalar *, struct place);

static take_fn *const takers[] = {
	[FORM_INT] = take_int,
	[FORM_REAL] = take_real,
	[FORM_BOOL] = take_bool,
	[FORM_STRING] = take_string,
	[FORM_NAME] = take_name,
	[FORM_TEXT] = take_text,
	[FORM_SPAN] = take_span,
	[FORM_CLOCK] = take_clock,
	[FORM_WORD] = take_word,
	[FORM_KIND] = take_string,
	[FORM_ADDRESS] = take_string,
	[FORM_EXPR] = take_expr,
	[FORM_LIMIT] = take_limit,
	[FORM_NUMBER] = take_number,
	[FORM_VALUE] = take_value,
};

/* For lists: one word sets its bit, one item is a list of one. */
static bool
take_single(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	int word;

	if (k->form == FORM_WORDS && s->form == FORM_STRING) {
		word = word_find(g, k, s->string, at);
		c->bits = word >= 0 ? 1u << word : 0;
		return word >= 0;
	}
	return wrong_type(g, k,
	    k->form == FORM_GROUP ? "a group { }" : "a list", s, at);
}

void
cell_take(const struct reading *g, const struct key *k, struct cell *c,
    const struct scalar *s, struct place at)
{
	struct cell fresh = { .at = at, .form = k->form };
	bool fit;

	if (k->form < sizeof(takers) / sizeof(takers[0]))
		fit = takers[k->form](g, k, &fresh, s, at);
	else
		fit = take_single(g, k, &fresh, s, at);
	if (!fit) {
		cell_reset(g, k, c);
		c->state = CELL_WRONG;
		c->at = at;
		return;
	}
	*c = fresh;
	c->state = CELL_SET;
}

/* Text of a table as the scalar that the key wants, if it can be one. */
static void
scalar_parse(struct scalar *s, const struct key *k, const char *text)
{
	char *end;

	bool number = k->form == FORM_INT || k->form == FORM_REAL ||
	    k->form == FORM_LIMIT || k->form == FORM_NUMBER ||
	    k->form == FORM_VALUE;

	*s = (struct scalar){ .form = FORM_STRING, .string = text };
	if ((!number && k->form != FORM_BOOL) || *text == '\0')
		return;
	if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0) {
		s->form = FORM_BOOL;
		s->on = *text == 't';
		return;
	}
	if (k->form == FORM_BOOL && (strcmp(text, "1") == 0 ||
		strcmp(text, "0") == 0)) {
		s->form = FORM_BOOL;
		s->on = *text == '1';
		return;
	}
	if (strspn(text, "0123456789+-.eE") != strlen(text))
		return;
	errno = 0;
	s->integer = strtoll(text, &end, 10);
	if (*end == '\0' && errno == 0) {
		s->form = FORM_INT;
		return;
	}
	s->real = strtod(text, &end);
	if (*end == '\0' && isfinite(s->real))
		s->form = FORM_REAL;
}

void
cell_parse(const struct reading *g, const struct key *k, struct cell *c,
    const char *text, struct place at)
{
	struct scalar s;

	scalar_parse(&s, k, text);
	cell_take(g, k, c, &s, at);
}

void
cell_reset(const struct reading *g, const struct key *k, struct cell *c)
{
	struct cell fresh = { .at = c->at, .form = k->form };
	struct scalar s;

	if (k->standard != NULL && k->form < sizeof(takers) /
	    sizeof(takers[0])) {
		scalar_parse(&s, k, k->standard);
		if (takers[k->form](g, k, &fresh, &s, fresh.at))
			fresh.state = CELL_DEFAULT;
	}
	*c = fresh;
}

void
cell_set_language(const struct reading *g, struct cell *c,
    const char *language, const char *text, struct place at)
{
	unsigned i = 0;

	while (i < g->n_languages && strcmp(g->languages[i], language) != 0)
		i++;
	if (*language == '\0')
		i = 0;
	else if (i == g->n_languages) {
		report_error(g->report, at,
		    "unknown language \"%.20s\"; \"languages\" in plant.conf "
		    "does not have it", language);
		return;
	}
	if (!text_is_fit(g, text, "title", at))
		return;
	c->text.in[i] = arena_text(g->arena, text);
	c->at = at;
	c->form = FORM_TEXT;
	c->state = CELL_SET;
}
