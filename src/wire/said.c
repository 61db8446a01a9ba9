/* SPDX-License-Identifier: ISC */
#include "wire/said.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"

#define HOLES 4
#define DEEP 4			/* sentences within sentences */

/* With a sentence of its own behind it. */
static const char *const openings[] = {
	N_("refused: %s"), N_("expired: %s"), N_("mismatch: %s"),
	N_("MISMATCH: %s"), N_("unknown: %s"), N_("UNKNOWN: %s"),
	N_("CHECK THE PLANT - %s"),
};

/* Whole ones; %s is a name or a value. The longer of two alike first. */
static const char *const sentences[] = {
	N_("done"), N_("expired"), N_("achieved"), N_("achieved late"),
	N_("not awaited any more"),
	N_("the project was changed"), N_("acknowledged"), N_("restart"),
	N_("logged in"), N_("logged out"), N_("gone"), N_("started"),
	N_("stopped"), N_("applied"), N_("in operation"),
	N_("definition changed by apply %s: %s"),
	N_("%s more definitions of alarms changed by apply %s"), N_("changed at the PLC"),
	N_("counter reset"), N_("counter jumped"),
	N_("this server commands the plant"),
	N_("this server only watches"), N_("came back"),
	N_("console opened"), N_("logged in at an open console"),
	N_("login refused"), N_("restarted"), N_("horn silenced"),
	N_("needs a reason (--reason TEXT)"),
	N_("needs a second person (--second NAME)"),
	N_("needs a second person, and that is not %s"),
	N_("the second person needs %s in %s"),
	N_("the second person: unknown user or wrong password"),
	N_("unknown user or wrong password"),
	N_("too many passwords at once: try again later"),
	N_("needs to be confirmed (--confirm %s)"),
	N_("needs the password of %s"),
	N_("needs %s in %s"), N_("needs %s"),
	N_("not at this station (%s)"),
	N_("%s is blocked at this station (%s)"),
	N_("view only: this server has not taken control"),
	N_("the record does not take rows (status says why)"),
	N_("the record took no rows"),
	N_("no field process"),
	N_("busy: another change of %s is being recorded"),
	N_("busy: %s by %s"),
	N_("changed meanwhile: now %s"),
	N_("came again %s"),
	N_("the step cannot be checked: %s is %s"),
	N_("the step is more than %s"),
	N_("above the upper limit is %s"),
	N_("above the upper limit %s"),
	N_("below the lower limit is %s"),
	N_("below the lower limit %s"),
	N_("the upper limit is not known: %s is %s"),
	N_("the lower limit is not known: %s is %s"),
	N_("the interlock is not known: %s is %s"),
	N_("interlocked: %s is %s (%s)"), N_("interlocked: %s"),
	N_("the gate is not known: %s is %s"),
	N_("not allowed now: %s is %s (%s)"), N_("not allowed now: %s"),
	N_("confirmed %s, but the value is %s"),
	N_("overtaken by %s"),
	N_("%s cannot be written"), N_("%s has no command %s"),
	N_("no alarm %s"), N_("no object %s"), N_("no tag %s"),
	N_("alarms of class %s are not shelved"),
	N_("shelving needs an end"),
	N_("at most for %s"),
	N_("suppressed by design: %s"),
	N_("no longer suppressed: %s is not known"),
	N_("is not %s"),
	N_("its condition still holds"),
	N_("acknowledge it first"),
	N_("nothing to reset"),
	N_("locked out by %s: %s"),
	N_("the tag is %s's (--of %s takes it away)"),
	N_("it needs an end: --for SPAN or --until T"),
	N_("outside the range %s .. %s"),
	N_("it would end before it begins"),
	N_("it is written by people: give it a setpoint"),
	N_("shelved for %s: %s"),
	N_("no longer shelved"),
	N_("no longer suppressed"),
	N_("no longer out-of-service"),
	N_("suppressed: %s"),
	N_("out-of-service: %s"),
	N_("overridden with %s until %s: %s"),
	N_("override ended"),
	N_("override is over: its time has come"),
	N_("interlock bypassed until %s: %s"),
	N_("bypass ended: %s"), N_("bypass ended"),
	N_("bypass is over: its time has come"),
	N_("bypass is over: the project changed the interlock"),
	N_("its interlock is not bypassed any more"),
	N_("is safe: no interlock stops it"), N_("has no interlock"),
	N_("is not bypassed"),
	N_("locked out: %s"),
	N_("own tag taken away"), N_("note: %s"),
	N_("was unknown: now %s is %s"),
	N_("this class is acknowledged one by one"),
	N_("this class needs a note (--note TEXT)"),
	N_("the PLC holds %s"),
	N_("another bit of its word changed meanwhile"),
	N_("no connection"), N_("not sent in time"),
	N_("sent and answered, but it cannot be read back"),
	N_("sent, but no answer"), N_("the connection was lost"),
	N_("the device answered: %s"), N_("the line was lost"),
	N_("the server ended"), N_("written, but not read back"),
	N_("cancelled"), N_("too many questions at once"),
	N_("too many questions wait; try again"),
	N_("no trace of %s: the last %s setpoints, commands and "
	    "acknowledgements that were let through since the server's start "
	    "have one"),
	N_("no command since the server's start"), N_("no command %s"),
	N_("\"%s\" is no time (2026-11-22T06:00:00Z, \"2026-11-22 06:00\", "
	    "06:00, today, yesterday, now, -2h)"),
	N_("\"%s\" is no duration (\"50ms\" \"2s\" \"10min\" \"8h\" \"30d\")"),
};

struct part {
	const char *at;
	size_t n;
};

/* Is the text what the template says? Then what stands in its holes. */
static bool
fits(const char *template, const char *text, struct part *hole, size_t *holes)
{
	const char *next, *end;
	size_t len;

	*holes = 0;
	for (;;) {
		next = strstr(template, "%s");
		len = next != NULL ? (size_t)(next - template)
				   : strlen(template);
		if (strncmp(text, template, len) != 0)
			return false;
		text += len;
		if (next == NULL)
			return *text == '\0';
		template = next + 2;
		next = strstr(template, "%s");
		len = next != NULL ? (size_t)(next - template)
				   : strlen(template);
		if (len == 0) {
			end = text + strlen(text);
		} else {
			char literal[160];

			snprintf(literal, sizeof(literal), "%.*s", (int)len,
			    template);
			end = strstr(text, literal);
		}
		if (end == NULL || end == text || *holes == HOLES)
			return false;
		hole[(*holes)++] = (struct part){ text, (size_t)(end - text) };
		text = end;
	}
}

/* The translated template with the same names in its holes. */
static void
fill(char *dst, size_t cap, const char *template, const struct part *hole,
    size_t holes)
{
	size_t at = 0, used = 0;

	while (*template != '\0' && at + 1 < cap) {
		if (strncmp(template, "%s", 2) == 0 && used < holes) {
			at += (size_t)snprintf(dst + at, cap - at, "%.*s",
			    (int)hole[used].n, hole[used].at);
			used++;
			template += 2;
		} else {
			dst[at++] = *template++;
		}
	}
	dst[at < cap ? at : cap - 1] = '\0';
}

static bool say(char *dst, size_t cap, const char *text, int deep);

/* "Pump tripped (shelved for 1h: known)": the title of an alarm is the
 * project's, why it changed is a sentence. */
static bool
say_why(char *dst, size_t cap, const char *text, int deep)
{
	const char *open = strstr(text, " (");
	size_t len = strlen(text);
	char inner[512], copy[512];

	if (open == NULL || text[len - 1] != ')')
		return false;
	snprintf(copy, sizeof(copy), "%.*s",
	    (int)(text + len - 1 - (open + 2)), open + 2);
	if (!say(inner, sizeof(inner), copy, deep))
		return false;
	snprintf(dst, cap, "%.*s (%s)", (int)(open - text), text, inner);
	return true;
}

static bool
say(char *dst, size_t cap, const char *text, int deep)
{
	struct part hole[HOLES];
	char inner[512], copy[512];
	size_t i, holes;

	for (i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++)
		if (fits(sentences[i], text, hole, &holes)) {
			fill(dst, cap, _(sentences[i]), hole, holes);
			return true;
		}
	for (i = 0; i < sizeof(openings) / sizeof(openings[0]) && deep > 0;
	     i++) {
		if (!fits(openings[i], text, hole, &holes))
			continue;
		snprintf(copy, sizeof(copy), "%.*s", (int)hole[0].n,
		    hole[0].at);
		if (!say(inner, sizeof(inner), copy, deep - 1))
			str_copy(inner, copy, sizeof(inner));
		hole[0] = (struct part){ inner, strlen(inner) };
		fill(dst, cap, _(openings[i]), hole, 1);
		return true;
	}
	return deep > 0 && say_why(dst, cap, text, deep - 1);
}

char *
said_show(char *dst, size_t cap, const char *result)
{
	if (!say(dst, cap, result, DEEP))
		str_copy(dst, result, cap);
	return dst;
}
