/* SPDX-License-Identifier: ISC */
#include "verb/option.h"

#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/near.h"
#include "base/when.h"

#define COUNT_MAX 1000000000UL

/* In the order of common_options. */
enum common {
	OPTION_FORMAT,
	OPTION_SINCE,
	OPTION_UNTIL,
	OPTION_COUNT,
	OPTION_UTC,
	OPTION_NO_HEADER,
	OPTION_QUIET,
	OPTION_HELP,
	OPTION_SOCKET
};

const struct common_option common_options[] = {
	[OPTION_FORMAT] = { "-o", "FORMAT", N_("table, csv, json or jsonl") },
	[OPTION_SINCE] = { "--since", "T", N_("from this time on") },
	[OPTION_UNTIL] = { "--until", "T", N_("before this time") },
	[OPTION_COUNT] = { "-n", "COUNT", N_("at most so many rows") },
	[OPTION_UTC] = { "--utc", "", N_("times in tables in UTC") },
	[OPTION_NO_HEADER] = { "--no-header", "", N_("no header line") },
	[OPTION_QUIET] = { "-q", "", N_("the bare value, the names, or nothing") },
	[OPTION_HELP] = { "--help", "", N_("how the verb is used") },
	[OPTION_SOCKET] = { "-s", "SOCKET", N_("the server's socket") },
};
const size_t n_common_options =
    sizeof(common_options) / sizeof(common_options[0]);

static int
take_format(struct request *r, const char *value, struct err *e)
{
	const char *best = NULL;
	unsigned i, distance = 0;
	char hint[NEAR_CAP];

	r->format_given = true;
	for (i = 0; i < 4; i++) {
		r->format = (enum format)i;
		if (strcmp(value, format_names[i]) == 0)
			return 0;
		near_offer(value, format_names[i], &best, &distance);
	}
	return err_set(e, _("-o takes table, csv, json or jsonl, not \"%s\"%s"),
	    value, near_say(hint, best));
}

/* Only the form: what the time means depends on the plant's zone. */
static int
take_time(const char **slot, const char *name, const char *value, struct err *e)
{
	struct wall t;
	bool odd;

	*slot = value;
	if (when_parse(&t, &odd, value, (struct wall){ 0 }, e) < 0)
		return err_prefix(e, "%s", name);
	return 0;
}

static int
take_count(struct request *r, const char *value, struct err *e)
{
	size_t len = strlen(value);

	r->count = 0;
	if (len > 0 && len <= 10 && strspn(value, "0123456789") == len)
		r->count = strtoul(value, NULL, 10);
	if (r->count == 0 || r->count > COUNT_MAX)
		return err_set(e, _("-n takes a number from 1 on, not \"%s\""),
		    value);
	return 0;
}

int
option_take(
    struct request *r, int option, const char *value, struct err *e)
{
	switch ((enum common)option) {
	case OPTION_FORMAT:
		return take_format(r, value, e);
	case OPTION_SINCE:
		return take_time(&r->since, "--since", value, e);
	case OPTION_UNTIL:
		return take_time(&r->until, "--until", value, e);
	case OPTION_COUNT:
		return take_count(r, value, e);
	case OPTION_UTC:
		r->utc = true;
		break;
	case OPTION_NO_HEADER:
		r->no_header = true;
		break;
	case OPTION_QUIET:
		r->quiet = true;
		break;
	case OPTION_HELP:
		r->help = true;
		break;
	case OPTION_SOCKET:
		r->socket = value;
		break;
	}
	return 0;
}

int
option_find(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < n_common_options; i++)
		if (strlen(common_options[i].name) == len &&
		    memcmp(common_options[i].name, name, len) == 0)
			return (int)i;
	return -1;
}
