/* SPDX-License-Identifier: ISC */
#include "server/length.h"

#include "base/when.h"
#include "server/core.h"
#include "server/door.h"

int
length_given(const struct core *c, const struct call *call,
    struct span *length, struct err *e)
{
	const char *span = call_text(call, PARAMETER_FOR);
	const char *time = call_text(call, PARAMETER_UNTIL);
	struct wall until;
	bool odd;

	if ((span == NULL) == (time == NULL))
		return REFUSE(EXIT_USAGE,
		    "it needs an end: --for SPAN or --until T");
	if (span != NULL && span_parse(length, span, e) < 0)
		return EXIT_USAGE;
	if (time != NULL && when_parse(&until, &odd, time, c->wall, e) < 0)
		return EXIT_USAGE;
	if (time != NULL)
		length->ms = until.ms - c->wall.ms;
	if (length->ms <= 0)
		return REFUSE(EXIT_USAGE, "it would end before it begins");
	return EXIT_DONE;
}
