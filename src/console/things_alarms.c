/* SPDX-License-Identifier: ISC */
/* The alarms among the things: as they came, in their order, what of them a
 * badge shows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/mem.h"
#include "console/things.h"
#include "console/words.h"

static void
free_alarm(struct things *t, struct alarm_info *a)
{
	HASH_DEL(t->alarms, a);
	free(a->title);
	free(a->area);
	free(a->unit);
	free(a->cause);
	free(a->action);
	free(a->object);
	free(a->tag);
	free(a->by);
	free(a->owner);
	free(a->reason);
	free(a);
}

void
things_no_alarms(struct things *t)
{
	struct alarm_info *a, *next;

	HASH_ITER(hh, t->alarms, a, next)
		free_alarm(t, a);
	vec_clear(&t->order);
	t->alarms_complete = false;
}

struct alarm_info *
things_find_alarm(const struct things *t, const char *name)
{
	struct alarm_info *a;

	HASH_FIND_STR(t->alarms, name, a);
	return a;
}

static void
print_cell(char *dst, size_t cap, const struct cell *c)
{
	char number[32];

	switch ((enum cell_type)c->type) {
	case CELL_REAL:
		if (c->decimals == CELL_SHORTEST)
			snprintf(dst, cap, "%s",
			    real_print(number, c->as.real));
		else
			field_number(dst, cap, c->as.real, c->decimals,
			    (int)cap - 1);
		break;
	case CELL_BOOL:
		snprintf(dst, cap, "%d", c->as.on);
		break;
	case CELL_INT:
		snprintf(dst, cap, "%lld", (long long)c->as.sint);
		break;
	case CELL_UINT:
		snprintf(dst, cap, "%llu", (unsigned long long)c->as.uint);
		break;
	default:
		snprintf(dst, cap, "%s", cell_words(c));
	}
}

static struct wall
time_of(const struct cell *c)
{
	return c->type == CELL_TIME ? c->as.time : (struct wall){ 0 };
}

void
things_alarm_row(struct things *t, const struct cell *c)
{
	struct alarm_info *a = things_find_alarm(t, cell_words(&c[0]));
	enum alarm_state state;

	if (!alarm_state_parse(&state, cell_words(&c[2])))
		return;
	if (state == ALARM_NORMAL && *cell_words(&c[3]) == '\0') {
		if (a != NULL)
			free_alarm(t, a);
		return;
	}
	if (a == NULL) {
		a = xcalloc(1, sizeof(*a));
		str_copy(a->name, cell_words(&c[0]), sizeof(a->name));
		a->key = ++t->last_key;
		HASH_ADD_STR(t->alarms, name, a);
	}
	a->occurrence = (uint32_t)cell_number(&c[1]);
	a->state = state;
	str_copy(a->inhibit, cell_words(&c[3]), sizeof(a->inhibit));
	a->verified = cell_number(&c[4]) > 0;
	a->priority = (unsigned)cell_number(&c[5]);
	str_replace(&a->area, cell_words(&c[6]));
	str_replace(&a->title, cell_words(&c[7]));
	a->raised = time_of(&c[8]);
	a->acked = time_of(&c[9]);
	str_replace(&a->by, cell_words(&c[10]));
	a->returned = time_of(&c[11]);
	print_cell(a->value, sizeof(a->value), &c[12]);
	print_cell(a->limit, sizeof(a->limit), &c[13]);
	str_replace(&a->unit, cell_words(&c[14]));
	a->count = (uint32_t)cell_number(&c[15]);
	a->recorded = cell_number(&c[16]) > 0;
	a->held = cell_number(&c[17]) > 0;
	a->folded = cell_number(&c[18]) > 0;
	str_replace(&a->cause, cell_words(&c[19]));
	str_replace(&a->action, cell_words(&c[20]));
	str_replace(&a->object, cell_words(&c[21]));
	str_replace(&a->tag, cell_words(&c[22]));
	str_replace(&a->owner, cell_words(&c[23]));
	a->until = time_of(&c[24]);
	str_replace(&a->reason, cell_words(&c[25]));
	a->inhibited = time_of(&c[26]);
	a->quiet = cell_number(&c[27]) > 0;
	a->asked = a->old = false;
}

void
things_again(struct things *t)
{
	struct alarm_info *a;

	for (a = t->alarms; a != NULL; a = a->hh.next)
		a->old = true;
}

void
things_told(struct things *t)
{
	struct alarm_info *a, *next;

	for (a = t->alarms; a != NULL; a = next) {
		next = a->hh.next;
		if (a->old)
			free_alarm(t, a);
	}
}

bool
alarm_info_is_announced(const struct alarm_info *a)
{
	return *a->inhibit == '\0' && !a->folded && !a->quiet;
}

bool
alarm_info_waits(const struct alarm_info *a)
{
	return (a->state == ALARM_UNACKNOWLEDGED ||
		   a->state == ALARM_RETURNED) &&
	    alarm_info_is_announced(a);
}

/* What stands and waits, what is over and waits, all else. */
static int
pressing(const struct alarm_info *a)
{
	return !alarm_info_waits(a) ? 2 : a->state == ALARM_RETURNED;
}

/* Unacknowledged first, then the worst, then the newest. */
static int
compare(const void *x, const void *y)
{
	const struct alarm_info *a = *(struct alarm_info *const *)x;
	const struct alarm_info *b = *(struct alarm_info *const *)y;
	int by = pressing(a) - pressing(b);

	if (by != 0)
		return by;
	if ((*a->inhibit == '\0') != (*b->inhibit == '\0'))
		return *a->inhibit == '\0' ? -1 : 1;
	if (a->priority != b->priority)
		return a->priority < b->priority ? -1 : 1;
	if (a->raised.ms != b->raised.ms)
		return a->raised.ms > b->raised.ms ? -1 : 1;
	return strcmp(a->name, b->name);
}

void
things_sort_alarms(struct things *t)
{
	struct alarm_info *a;

	vec_clear(&t->order);
	for (a = t->alarms; a != NULL; a = a->hh.next)
		vec_push(&t->order, a);
	if (t->order.n > 0)
		qsort(t->order.at, t->order.n, sizeof(t->order.at[0]),
		    compare);
}

enum badge
alarm_badge(const struct alarm_info *a)
{
	if (strstr(a->inhibit, "out-of-service") != NULL)
		return BADGE_OUT_OF_SERVICE;
	if (strstr(a->inhibit, "suppressed") != NULL)
		return BADGE_SUPPRESSED;
	if (strstr(a->inhibit, "shelved") != NULL)
		return BADGE_SHELVED;
	switch (a->state) {
	case ALARM_UNACKNOWLEDGED:
		return BADGE_UNACKNOWLEDGED;
	case ALARM_ACKNOWLEDGED:
		return BADGE_ACKNOWLEDGED;
	case ALARM_RETURNED:
		return BADGE_RETURNED;
	case ALARM_LATCHED:
		return BADGE_LATCHED;
	default:
		return BADGE_NONE;
	}
}

const char *
alarm_info_mark(const struct alarm_info *a)
{
	if (strstr(a->inhibit, "out-of-service") != NULL)
		return _("OOS");
	if (strstr(a->inhibit, "suppressed") != NULL)
		return _("SUP");
	if (strstr(a->inhibit, "shelved") != NULL)
		return _("SHL");
	if (a->state == ALARM_ACKNOWLEDGED && !a->recorded)
		return _("ACK*");
	return words_mark((enum alarm_state)a->state);
}

static bool
within(const char *inner, const char *outer)
{
	size_t n = strlen(outer);

	return strncmp(inner, outer, n) == 0 &&
	    (inner[n] == '.' || inner[n] == '\0');
}

bool
things_is_area_of(const struct alarm_info *a, const char *name)
{
	return within(a->area, name);
}

/* name is an object's, a tag's, a line's, a device's, or an area's. */
static bool
belongs(const struct alarm_info *a, const char *name)
{
	return strcmp(a->object, name) == 0 || strcmp(a->tag, name) == 0 ||
	    within(a->name, name) || within(a->area, name);
}

/* Of the two the one that a badge shows: what is inhibited last, then by
 * priority, then what waits, then the newer one. */
static bool
is_worse(const struct alarm_info *a, const struct alarm_info *b)
{
	bool free_a = *a->inhibit == '\0', free_b = *b->inhibit == '\0';

	if (free_a != free_b)
		return free_a;
	if (a->priority != b->priority)
		return a->priority < b->priority;
	if (alarm_info_waits(a) != alarm_info_waits(b))
		return alarm_info_waits(a);
	return a->raised.ms > b->raised.ms;
}

const struct alarm_info *
things_worst(const struct things *t, const char *name, unsigned *n)
{
	const struct alarm_info *worst = NULL, *a;
	size_t i;

	*n = 0;
	for (i = 0; i < t->order.n; i++) {
		a = t->order.at[i];
		if (a->folded || !belongs(a, name))
			continue;
		++*n;
		if (worst == NULL || is_worse(a, worst))
			worst = a;
	}
	return worst;
}
