/* SPDX-License-Identifier: ISC */
#include "sim/fault.h"

#include <stdlib.h>
#include <string.h>

#include "base/when.h"

static const char *const names[] = {
#define X(id, name) [FAULT_##id] = name,
	FAULTS(X)
#undef X
};

/* Of some kinds only a share of the answers suffers, if so said. */
static bool
has_share(const struct fault *f)
{
	return f->kind == FAULT_DROP || f->kind == FAULT_GARBAGE ||
	    f->kind == FAULT_WRONG_ID || f->kind == FAULT_EXCEPTION;
}

static int
parse_share(struct fault *f, const char *s, struct err *e)
{
	char *end;

	f->share = s != NULL		? strtod(s, &end) / 100.0
	    : f->kind == FAULT_DROP ? 0.5
				    : 1.0;
	if (s != NULL && (strcmp(end, "%") != 0 || f->share < 0.0 ||
	    f->share > 1.0))
		return err_set(e, "\"%s\" is no share such as 30%%", s);
	return 0;
}

static int
parse_exception(struct fault *f, const char *number, struct err *e)
{
	char *end;
	long code = strtol(number, &end, 10);

	if (end == number || *end != '\0' || code < 1 || code > 255)
		return err_set(e, "exception:N with N from 1 to 255");
	f->code = (int)code;
	return 0;
}

int
fault_parse(
    struct fault *f, const char *word, const char *argument, struct err *e)
{
	const char *colon = strchr(word, ':');
	size_t i, n = colon != NULL ? (size_t)(colon - word) : strlen(word);

	*f = (struct fault){ FAULT_NONE };
	for (i = 1; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == n && strncmp(names[i], word, n) == 0)
			f->kind = (enum fault_kind)i;
	if (f->kind == FAULT_NONE ||
	    (colon != NULL) != (f->kind == FAULT_EXCEPTION))
		return err_set(e, "unknown fault \"%s\"", word);
	if (f->kind == FAULT_EXCEPTION && parse_exception(f, colon + 1, e) < 0)
		return -1;
	if (has_share(f))
		return parse_share(f, argument, e);
	if (f->kind != FAULT_LATE)
		return argument == NULL
		    ? 0
		    : err_set(e, "unexpected \"%s\"", argument);
	if (argument == NULL)
		return err_set(e, "late needs a time such as 800ms");
	return span_parse(&f->late, argument, e);
}

bool
fault_strikes(const struct fault *f, struct rng *r)
{
	return f->share > 0.0 && rng_unit(r) < f->share;
}
