/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "model/alarm.h"

static const char *const names[] = {
#define X(id, name, short) [ALARM_##id] = name,
	ALARM_STATES(X)
#undef X
};
static const char *const marks[] = {
#define X(id, name, short) [ALARM_##id] = short,
	ALARM_STATES(X)
#undef X
};
static const struct {
	const char *name, *mark;
} inhibits[] = {
	[INHIBIT_SHELVED] = { "shelved", "SHL" },
	[INHIBIT_SUPPRESSED] = { "suppressed", "SUP" },
	[INHIBIT_OUT_OF_SERVICE] = { "out-of-service", "OOS" },
};

const char *
alarm_state_name(enum alarm_state s)
{
	return (unsigned)s < ALARM_STATE_COUNT ? names[s] : "?";
}

bool
alarm_state_parse(enum alarm_state *s, const char *name)
{
	for (unsigned i = 0; i < ALARM_STATE_COUNT; i++)
		if (strcmp(name, names[i]) == 0) {
			*s = (enum alarm_state)i;
			return true;
		}
	return false;
}

const char *
alarm_inhibit_name(enum inhibit which)
{
	return (unsigned)which < INHIBITS ? inhibits[which].name : "?";
}

const char *
alarm_note_text(enum alarm_note n)
{
	switch (n) {
	case ALARM_NOTE_AT_START:
		return "found at start";
	case ALARM_NOTE_OUTAGE:
		return "during outage";
	default:
		return "";
	}
}

/* The enum is in the order of precedence, the strongest last (P8). */
const char *
alarm_mark(const struct alarm *a)
{
	for (int i = INHIBITS - 1; i >= 0; i--)
		if (alarm_inhibition(a, (enum inhibit)i) != NULL)
			return inhibits[i].mark;
	return a->state < ALARM_STATE_COUNT ? marks[a->state] : "?";
}

char *
alarm_inhibit_print(char dst[64], const struct alarm *a)
{
	dst[0] = '\0';
	for (int i = 0; i < INHIBITS; i++) {
		if (alarm_inhibition(a, (enum inhibit)i) == NULL)
			continue;
		if (dst[0] != '\0')
			strcat(dst, "+");
		strcat(dst, inhibits[i].name);
	}
	return dst;
}
