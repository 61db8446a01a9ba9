/* SPDX-License-Identifier: ISC */
/* ack, reset and silence. */
#include <stdio.h>
#include <string.h>

#include "server/answer.h"
#include "server/core.h"
#include "server/door.h"
#include "server/group.h"
#include "server/requests.h"

/* A whole number as it is drawn, nothing before or behind it (P9). */
static bool
parse_occurrence(const char *digits, uint32_t *occurrence)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; digits[i] >= '0' && digits[i] <= '9' && i < 10; i++)
		n = 10 * n + (uint64_t)(digits[i] - '0');
	*occurrence = (uint32_t)n;
	return i > 0 && digits[i] == '\0' && n <= UINT32_MAX;
}

/* "P-101A.FAIL#7" into name and occurrence; without one, what is now. The
 * exit code, and why not. */
static int
find_alarm(const struct core *c, const char *text, uint32_t *alarm,
    uint32_t *occurrence, struct err *e)
{
	const char *hash = strchr(text, '#');
	size_t len = hash != NULL ? (size_t)(hash - text) : strlen(text);
	char name[PLANT_NAME_MAX + 1];

	*alarm = NONE;
	if (len < sizeof(name)) {
		str_copy(name, text, len + 1);
		*alarm = plant_alarm(c->plant, name);
	}
	if (*alarm == NONE) {
		err_set(e, "no alarm %s", text);
		return EXIT_NO_SUCH;
	}
	*occurrence = c->alarms.at[*alarm].alarm.occurrence;
	if (hash == NULL || parse_occurrence(hash + 1, occurrence))
		return EXIT_DONE;
	err_set(e, "%s is no occurrence", hash);
	return EXIT_USAGE;
}

static int
may(struct core *c, struct session *s, const struct call *call,
    uint32_t alarm, uint32_t occurrence, struct err *e)
{
	const struct alarm_def *d = &c->plant->alarms[alarm];
	const struct alarm_class *k = &c->plant->classes[d->class];
	const struct alarm *a = &c->alarms.at[alarm].alarm;
	const char *note = call_text(call, PARAMETER_NOTE);
	int code = door_right(c, s, verbs[call->verb].function, d->area, e);

	if (code != EXIT_DONE)
		return code;
	if (k->comment && (note == NULL || *note == '\0')) {
		err_set(e, "this class needs a note (--note TEXT)");
		return EXIT_REFUSED;
	}
	if (call->verb == VERB_RESET)
		return alarm_can_reset(a, k, e) < 0 ? EXIT_REFUSED : EXIT_DONE;
	if (k->single_ack && call_count(call, PARAMETER_NAME) > 1) {
		err_set(e, "this class is acknowledged one by one");
		return EXIT_REFUSED;
	}
	return alarm_can_ack(a, k, occurrence, e) < 0 ? EXIT_CHANGED
						      : EXIT_DONE;
}

static int
check(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, struct err *e)
{
	uint32_t occurrence = 0;
	int code = find_alarm(c, it->name, &it->thing, &occurrence, e);

	if (code != EXIT_DONE)
		return code;
	if (strchr(it->name, '#') == NULL)
		snprintf(it->name, sizeof(it->name), "%s#%u",
		    c->plant->alarms[it->thing].name, occurrence);
	it->area = c->plant->alarms[it->thing].area;
	str_copy(it->old,
	    alarm_state_name(c->alarms.at[it->thing].alarm.state),
	    sizeof(it->old));
	return may(c, s, call, it->thing, occurrence, e);
}

static void
apply(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, uint64_t command)
{
	const struct alarm_def *d = &c->plant->alarms[it->thing];
	const struct alarm_class *k = &c->plant->classes[d->class];
	struct alarm *a = &c->alarms.at[it->thing].alarm;
	bool ack = call->verb == VERB_ACK;
	struct alarm_change ch = ack ? alarm_ack(a, k, s->who.user, c->wall)
				     : alarm_reset(a, k, c->wall);

	alarms_by_person(c, it->thing, &ch, s->who.user, s->who.station,
	    call_text(call, PARAMETER_NOTE), command);
	str_copy(it->new, alarm_state_name(a->state), sizeof(it->new));
	str_copy(it->did, ack ? "acknowledged" : "reset", sizeof(it->did));
}

static const struct group_class acknowledge = { check, apply, PARAMETER_NOTE,
	true };

static int
check_silence(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, struct err *e)
{
	(void)call;
	(void)e;	/* the door has let it in: it may in some area */
	it->area = NONE;
	horn_station_name(it->name, s);
	str_copy(it->old, horn_hears(c, s) ? "sounding" : "silent",
	    sizeof(it->old));
	return EXIT_DONE;
}

static void
apply_silence(struct core *c, struct session *s, const struct call *call,
    struct group_item *it, uint64_t command)
{
	(void)call;
	horn_silence(c, s);
	str_copy(it->new, "silent", sizeof(it->new));
	str_copy(it->did, "horn silenced", sizeof(it->did));
	group_event(c, s, RECORD_COMMAND, it, it->did, command);
}

/* P28. It goes as ACK does: also while the record takes no rows (P19). */
void
on_SILENCE(struct core *c, struct session *s, struct call *call)
{
	static const struct group_class class = { check_silence,
		apply_silence, PARAMETER_REASON };
	const char *const here = "";

	group_run(c, s, call, &class, &here, 1);
}

void
on_ACK(struct core *c, struct session *s, struct call *call)
{
	group_run_named(c, s, call, &acknowledge);
}

void
on_RESET(struct core *c, struct session *s, struct call *call)
{
	group_run_named(c, s, call, &acknowledge);
}
