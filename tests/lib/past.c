/* SPDX-License-Identifier: ISC */
/*
 * past - puts samples into the history of a stopped server, for tests whose
 * figures are worked out by hand.
 *
 *	past STATE < LINES
 *
 * A line is "TAG TIME VALUE [QUALITY [CAUSE]]", the lines of a tag in the
 * order of their times; TIME as 2026-10-24T20:00:00Z, VALUE a number, true or
 * false. "end TIME": nothing is known of these tags from then on, until a
 * later line says something again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "store/history.h"

static const char *state;
static struct history *history;		/* NULL: nothing was begun */

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "past: %s: %s\n", what, why);
	exit(1);
}

static struct wall
time_of(const char *text)
{
	struct wall t;
	struct err e;
	bool odd;

	if (when_parse(&t, &odd, text, (struct wall){ 0 }, &e) < 0)
		die(text, e.text);
	return t;
}

static void
begin(void)
{
	static const struct history_limits limits = { { INT64_MAX / 2 },
		INT64_MAX / 2 };
	struct err e;

	if (history != NULL)
		return;
	history = history_open(state, &limits);
	if (history_import_begin(history, &e) < 0)
		die("begin", e.text);
}

static void
end(struct wall until)
{
	struct history_import result;
	struct err e;

	if (history == NULL)
		return;
	if (history_import_end(history, until, &result, &e) < 0)
		die("end", e.text);
	if (result.refused > 0)
		die("end", "samples were refused");
	history_close(history, (struct wall){ 0 });
	history = NULL;
}

static void
put(const char *tag, const char *time, const char *value, const char *quality,
    const char *cause)
{
	struct wall t = time_of(time);
	struct value v = value_real(strtod(value, NULL), t);
	enum quality q = QUALITY_GOOD;
	struct err e;
	int c;

	if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
		v = value_bool(*value == 't', t);
	if (*quality != '\0' && !quality_parse(&q, quality))
		die(quality, "no quality");
	v.quality = (uint8_t)q;
	for (c = CAUSE_NONE; c <= CAUSE_RANGE; c++)
		if (strcmp(cause_name((enum cause)c), cause) == 0)
			v.cause = (uint8_t)c;
	begin();
	if (history_import_put(history, history_tag(history, tag), &v, &e) < 0)
		die(tag, e.text);
}

int
main(int argc, char *argv[])
{
	char line[400], word[5][80];
	struct wall last = { 0 };
	int n;

	if (argc != 2)
		die("usage", "past STATE < LINES");
	state = argv[1];
	while (fgets(line, sizeof(line), stdin) != NULL) {
		memset(word, 0, sizeof(word));
		n = sscanf(line, "%79s %79s %79s %79s %79s", word[0], word[1],
		    word[2], word[3], word[4]);
		if (n == 2 && strcmp(word[0], "end") == 0)
			end(time_of(word[1]));
		else if (n >= 3)
			put(word[0], word[1], word[2], word[3], word[4]);
		last = n >= 2 ? time_of(word[1]) : last;
	}
	end(last);
	return 0;
}
