/* SPDX-License-Identifier: ISC */
/*
 * The status for people: a headline, then one line a part (wire/verbs.h says
 * which cells each kind of part has). What an operator should look at stands
 * in capitals.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "base/when.h"
#include "verb/layout.h"
#include "verb/print.h"

#define FACTS 4
#define DAY_MS (24 * 3600 * 1000)

/* What is said of each kind; {column} is its cell. */
static const struct kind {
	const char *name;
	const char *state;
	const char *facts[FACTS];
} kinds[] = {
	{ "core", "{state}", { "tick p99 {p99_ms} ms", "memory {used_mb}" } },
	{ "field", "{state}",
	    { "lines {count} of {of}", "{requests_s} requests/s",
		"overruns {overruns}" } },
	{ "line", "{state}",
	    { "{name}", "{requests_s} requests/s", "round trip p99 {p99_ms} ms",
		"timeouts {timeouts}" } },
	{ "store", "{state}",
	    { "behind {behind_s} s", "{used_mb} of {limit_mb}",
		"commit p99 {p99_ms} ms" } },
	{ "ssh", "{state}", { "{name}", "sessions {count} of {of}" } },
	{ "tags", "{count}",
	    { "good {good}  uncertain {uncertain}  stale {stale}  bad {bad}   "
	      "overrides {overrides}" } },
	{ "alarms", "{count}",
	    { "unacknowledged {unacknowledged}   1:{priority_1}  "
	      "2:{priority_2}  3:{priority_3}  4:{priority_4}" } },
};
/* A line that is not well, and a part that is not known here. */
static const struct kind silent = { "", "{state}", { "{name}" } };
static const struct kind other = { "", "{state}", { "{name}" } };

struct part {
	bool alarming;		/* its state is neither ok nor running */
	const char *name, *state;
	const char *facts[FACTS + 2];
};
struct status {
	struct arena *arena;
	VEC(struct part) parts;
};

static const struct cell null_cell = { .type = CELL_NULL };

static const struct cell *
find(const struct writer *w, const struct cell *cells, const char *name,
    size_t len)
{
	unsigned i;

	for (i = 0; i < w->n_columns; i++)
		if (strlen(w->column[i]) == len &&
		    memcmp(w->column[i], name, len) == 0)
			return &cells[i];
	return &null_cell;
}

static const char *
text_of(const struct writer *w, const struct cell *cells, const char *name)
{
	return cell_words(find(w, cells, name, strlen(name)));
}

static double
number_of(const struct cell *c)
{
	switch ((enum cell_type)c->type) {
	case CELL_INT:
		return (double)c->as.sint;
	case CELL_UINT:
		return (double)c->as.uint;
	default:
		return c->as.real;
	}
}

/* 1.8, 3, 38: two digits are enough to see whether it is well. */
static void
put_brief(struct buf *b, double n)
{
	char text[400];
	size_t len;

	snprintf(text, sizeof(text), "%.*f", n < 9.95 ? 1 : 0, n);
	len = strlen(text);
	if (len > 2 && strcmp(text + len - 2, ".0") == 0)
		text[len - 2] = '\0';
	buf_text(b, text);
}

static void
put_megabytes(struct buf *b, double mb)
{
	put_brief(b, mb < 1000 ? mb : mb / 1000);
	buf_text(b, mb < 1000 ? " MB" : " GB");
}

/* 12:31:02, with the day if that was not within the last one. */
static void
put_since(struct buf *b, struct wall t, struct wall now)
{
	char text[WHEN_CAP];

	buf_text(b, now.ms - t.ms < DAY_MS ? when_clock(text, t)
					   : when_local(text, t));
}

static bool
ends(const char *name, size_t len, const char *unit)
{
	size_t n = strlen(unit);

	return len > n && memcmp(name + len - n, unit, n) == 0;
}

/* A measured column is told by the unit at the end of its name. */
static void
put_column(struct buf *b, const struct writer *w, const struct cell *cells,
    const char *name, size_t len)
{
	const struct cell *c = find(w, cells, name, len);
	bool number = c->type == CELL_INT || c->type == CELL_UINT ||
	    c->type == CELL_REAL;

	if (c->type == CELL_NULL)
		buf_char(b, '-');
	else if (c->type == CELL_TIME)
		put_since(b, c->as.time, w->style.now);
	else if (number && ends(name, len, "_mb"))
		put_megabytes(b, number_of(c));
	else if (number && (ends(name, len, "_ms") || ends(name, len, "_s")))
		put_brief(b, number_of(c));
	else
		print_cell(b, c, PRINT_FOR_PEOPLE);
}

static const char *
fill(const struct writer *w, const struct cell *cells, const char *template)
{
	struct status *s = w->state;
	struct buf b = { 0 };
	const char *text;
	size_t n;

	while (*template != '\0') {
		n = strcspn(template, "{");
		buf_add(&b, template, n);
		template += n;
		if (*template == '\0')
			break;
		n = strcspn(++template, "}");
		put_column(&b, w, cells, template, n);
		template += n + 1;
	}
	text = arena_text(s->arena, buf_string(&b));
	buf_free(&b);
	return text;
}

/* "failed" as FAILED. */
static const char *
state_text(const struct writer *w, const struct cell *cells, bool *alarming)
{
	struct status *s = w->state;
	char *text = arena_text(s->arena, text_of(w, cells, "state")), *p;

	*alarming = strcmp(text, "ok") != 0 && strcmp(text, "running") != 0 &&
	    *text != '\0';
	for (p = text; *alarming && *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	text_clean(text, strlen(text) + 1, text, strlen(text));
	return text;
}

static const struct kind *
kind_of(const char *name, bool alarming)
{
	size_t i;

	if (alarming && strcmp(name, "line") == 0)
		return &silent;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return &other;
}

static void
add_part(struct writer *w, const struct cell *cells)
{
	struct status *s = w->state;
	struct part p = { 0 };
	const char *state = state_text(w, cells, &p.alarming);
	const struct kind *k =
	    kind_of(text_of(w, cells, "kind"), p.alarming);
	unsigned n;

	p.name = fill(w, cells, "{part}");
	p.state = strcmp(k->state, "{state}") == 0 ? state
						   : fill(w, cells, k->state);
	for (n = 0; n < FACTS && k->facts[n] != NULL; n++)
		p.facts[n] = fill(w, cells, k->facts[n]);
	if (p.alarming && find(w, cells, "since", 5)->type == CELL_TIME)
		p.facts[n++] = fill(w, cells, "since {since}");
	if (p.alarming && *text_of(w, cells, "detail") != '\0')
		p.facts[n++] = fill(w, cells, "{detail}");
	vec_push(&s->parts, p);
}

/* 3d 04:12 */
static void
put_uptime(struct buf *b, int64_t ms)
{
	int64_t minutes = ms < 0 ? 0 : ms / 60000;

	if (minutes >= 24 * 60)
		buf_printf(b, "%dd ", (int)(minutes / (24 * 60)));
	minutes %= 24 * 60;
	buf_printf(b, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

static void
put_state(struct writer *w, const char *state, bool alarming)
{
	bool colour = alarming && w->style.colour;

	buf_printf(w->out, "%s%s%s", colour ? "\033[1;31m" : "", state,
	    colour ? "\033[0m" : "");
}

static void
put_headline(struct writer *w, const struct cell *cells)
{
	const struct cell *since = find(w, cells, "since", 5);
	const char *detail = text_of(w, cells, "detail");
	bool alarming;
	const char *state = state_text(w, cells, &alarming);

	buf_printf(w->out, "%s   ", fill(w, cells, "{name}"));
	put_state(w, state, alarming);
	buf_text(w->out, "   up ");
	if (since->type == CELL_TIME)
		put_uptime(w->out, w->style.now.ms - since->as.time.ms);
	else
		buf_char(w->out, '-');
	buf_text(w->out,
	    fill(w, cells, "   revision {revision}   sightglass {version}"));
	if (*detail != '\0')
		buf_printf(w->out, "   %s", fill(w, cells, "{detail}"));
	buf_char(w->out, '\n');
}

static void
status_begin(struct writer *w)
{
	struct status *s = w->state = xcalloc(1, sizeof(*s));

	s->arena = arena_new();
}

static void
status_row(struct writer *w, const struct cell *cells)
{
	if (strcmp(text_of(w, cells, "kind"), "server") == 0)
		put_headline(w, cells);
	else
		add_part(w, cells);
}

static void
widen(size_t *width, const char *text)
{
	size_t n = text_columns(text) + 2;

	if (n > *width)
		*width = n;
}

static void
pad(struct buf *out, const char *text, size_t width)
{
	size_t n = text_columns(text);

	for (; n < width; n++)
		buf_char(out, ' ');
}

static void
put_part(struct writer *w, const struct part *p, const size_t *width)
{
	unsigned i;

	buf_printf(w->out, "  %s", p->name);
	pad(w->out, p->name, width[0]);
	put_state(w, p->state, p->alarming);
	for (i = 0; i < FACTS + 2 && p->facts[i] != NULL; i++) {
		pad(w->out, i > 0 ? p->facts[i - 1] : p->state, width[i + 1]);
		buf_text(w->out, p->facts[i]);
	}
	buf_char(w->out, '\n');
}

static void
status_settle(struct writer *w)
{
	/* part, state, and each fact that another one follows */
	size_t width[2 + FACTS + 2] = { 8, 8, 20, 17, 23, 12 };
	struct status *s = w->state;
	const struct part *p;
	size_t i;
	unsigned k;

	for (i = 0; i < s->parts.n; i++) {
		p = &s->parts.at[i];
		widen(&width[0], p->name);
		widen(&width[1], p->state);
		for (k = 0; k + 1 < FACTS + 2 && p->facts[k + 1] != NULL; k++)
			widen(&width[2 + k], p->facts[k]);
	}
	for (i = 0; i < s->parts.n; i++)
		put_part(w, &s->parts.at[i], width);
	vec_clear(&s->parts);
}

static void
status_free(struct writer *w)
{
	struct status *s = w->state;

	vec_free(&s->parts);
	arena_free(s->arena);
	free(s);
}

const struct layout layout_status = { status_begin, status_row, status_settle,
	NULL, status_free };
