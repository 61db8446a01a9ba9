/* SPDX-License-Identifier: ISC */
#include "tests/screens/snapshot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/when.h"
#include "console/things_plant.h"

struct reading {
	struct app *app;
	const struct plant *plant;
	const char *file;
	unsigned line;
	double share;
};

static _Noreturn void
wrong(const struct reading *r, const char *what, const char *word)
{
	fprintf(stderr, "%s:%u: %s \"%s\"\n", r->file, r->line, what, word);
	exit(2);
}

static void
take_now(struct reading *r, const char *text)
{
	struct err e;
	struct wall now;
	bool odd;

	if (when_parse(&now, &odd, text, (struct wall){ 0 }, &e) < 0)
		wrong(r, e.text, text);
	r->app->beat.now = r->app->things.now = now;
}

static void
take_rest(struct reading *r, const char *text)
{
	struct things *t = &r->app->things;
	uint32_t i;
	struct value v;

	r->share = atof(text);
	for (i = 0; i < r->plant->n_tags; i++) {
		v = things_plant_value(r->plant, i, r->share, t->now);
		things_value(t, i, &v);
	}
}

static void
take_word(struct reading *r, struct value *v, const char *word)
{
	static const char *const causes[] = { "initial", "comm", "config",
		"device", "range" };
	static const enum cause as[] = { CAUSE_INITIAL, CAUSE_COMM,
		CAUSE_CONFIG, CAUSE_DEVICE, CAUSE_RANGE };
	enum quality q;
	size_t i;

	if (quality_parse(&q, word)) {
		v->quality = q;
		return;
	}
	for (i = 0; i < sizeof(as) / sizeof(as[0]); i++)
		if (strcmp(word, causes[i]) == 0) {
			v->cause = as[i];
			return;
		}
	if (strcmp(word, "override") == 0)
		v->flags |= VALUE_OVERRIDE;
	else if (strcmp(word, "simulated") == 0)
		v->flags |= VALUE_SIMULATED;
	else
		wrong(r, "no quality, cause or flag", word);
}

static void
take_value(struct reading *r, const char *name, char *rest)
{
	struct things *t = &r->app->things;
	uint32_t tag = plant_tag(r->plant, name);
	char *word = strsep(&rest, " ");
	struct value v;

	if (tag == NONE || word == NULL)
		wrong(r, "no tag", name);
	v = r->plant->tags[tag].type == VALUE_TEXT
	    ? value_text(word, t->now)
	    : value_real(atof(word), t->now);
	while ((word = strsep(&rest, " ")) != NULL)
		if (*word != '\0')
			take_word(r, &v, word);
	things_value(t, tag, &v);
}

static bool
is_inhibit(const char *word)
{
	return strcmp(word, "shelved") == 0 ||
	    strcmp(word, "suppressed") == 0 ||
	    strcmp(word, "out-of-service") == 0;
}

static void
alarm_word(struct reading *r, struct alarm_info *a, char *word)
{
	char *value = strchr(word, '=');
	struct wall at;

	if (value != NULL)
		*value++ = '\0';
	if (value == NULL && is_inhibit(word))
		snprintf(a->inhibit, sizeof(a->inhibit), "%s", word);
	else if (value == NULL && strcmp(word, "held") == 0)
		a->held = true;
	else if (value == NULL && strcmp(word, "folded") == 0)
		a->folded = true;
	else if (value == NULL && strcmp(word, "unverified") == 0)
		a->verified = false;
	else if (value == NULL && strcmp(word, "unrecorded") == 0)
		a->recorded = false;
	else if (value != NULL && strcmp(word, "count") == 0)
		a->count = (uint32_t)atoi(value);
	else if (value != NULL && strcmp(word, "occurrence") == 0)
		a->occurrence = (uint32_t)atoi(value);
	else if (value != NULL && strcmp(word, "value") == 0)
		snprintf(a->value, sizeof(a->value), "%s", value);
	else if (value != NULL && strcmp(word, "limit") == 0)
		snprintf(a->limit, sizeof(a->limit), "%s", value);
	else if (value != NULL && strcmp(word, "minutes") == 0) {
		at.ms = r->app->things.now.ms - 60000L * atoi(value);
		a->raised = at;
	} else if (value != NULL && strcmp(word, "by") == 0) {
		free(a->by);
		a->by = xstrdup(value);
		a->acked = (struct wall){ a->raised.ms + 67000 };
	} else {
		wrong(r, "what of an alarm is", word);
	}
}

static void
take_alarm(struct reading *r, char *rest)
{
	struct things *t = &r->app->things;
	char *name = strsep(&rest, " "), *word = strsep(&rest, " ");
	uint32_t alarm = name != NULL ? plant_alarm(r->plant, name) : NONE;
	struct alarm_info *a;
	enum alarm_state state;

	if (alarm == NONE)
		wrong(r, "no alarm", name != NULL ? name : "");
	if (word == NULL || !alarm_state_parse(&state, word))
		wrong(r, "no state", word != NULL ? word : "");
	things_plant_alarm(t, r->plant, 0, alarm, state);
	a = things_find_alarm(t, name);
	while ((word = strsep(&rest, " ")) != NULL)
		if (*word != '\0')
			alarm_word(r, a, word);
	if (a->state == ALARM_RETURNED)
		a->returned = (struct wall){ t->now.ms - 30000 };
}

static void
take_beat(struct reading *r, char *rest)
{
	struct beat *b = &r->app->beat;
	unsigned ok, all, n;
	char *word;

	while ((word = strsep(&rest, " ")) != NULL) {
		if (sscanf(word, "devices=%u/%u", &ok, &all) == 2) {
			b->devices_ok = (uint16_t)ok;
			b->devices = (uint16_t)all;
		} else if (sscanf(word, "overrides=%u", &n) == 1) {
			b->overrides = (uint16_t)n;
		} else if (sscanf(word, "bypasses=%u", &n) == 1) {
			b->bypasses = (uint16_t)n;
		} else if (strcmp(word, "view-only") == 0) {
			b->control = 0;
		} else if (strcmp(word, "not-recorded") == 0) {
			b->store_behind = 1;
		} else {
			wrong(r, "what of a beat is", word);
		}
	}
}

/* lockout OBJECT USER TICKET REASON */
static void
take_lockout(struct reading *r, char *rest)
{
	const char *object = strsep(&rest, " "), *user = strsep(&rest, " "),
		   *ticket = strsep(&rest, " ");
	char text[200];

	if (rest == NULL)
		wrong(r, "half a lock-out", object);
	snprintf(text, sizeof(text), "%s: %s%s%s%s", user, rest,
	    *ticket != '\0' ? " (" : "", ticket, *ticket != '\0' ? ")" : "");
	things_lock(&r->app->things, object, text);
}

/* bypass OBJECT.COMMAND USER until HH:MM:SS: REASON */
static void
take_bypass(struct reading *r, char *rest)
{
	const char *name = strsep(&rest, " ");

	if (rest == NULL)
		wrong(r, "half a bypass", name);
	things_bypass(&r->app->things, name, rest);
}

static void
take_line(struct reading *r, char *line)
{
	char *rest = line, *first;

	line[strcspn(line, "#\n")] = '\0';
	first = strsep(&rest, " ");
	if (*first == '\0')
		return;
	if (rest == NULL)
		wrong(r, "half a line", first);
	if (strcmp(first, "now") == 0)
		take_now(r, rest);
	else if (strcmp(first, "rest") == 0)
		take_rest(r, rest);
	else if (strcmp(first, "alarm") == 0)
		take_alarm(r, rest);
	else if (strcmp(first, "beat") == 0)
		take_beat(r, rest);
	else if (strcmp(first, "lockout") == 0)
		take_lockout(r, rest);
	else if (strcmp(first, "bypass") == 0)
		take_bypass(r, rest);
	else if (rest[0] == '=' && rest[1] == ' ')
		take_value(r, first, rest + 2);
	else
		wrong(r, "what is", first);
}

void
snapshot_read(struct app *a, const struct plant *p, const char *file)
{
	struct reading r = { .app = a, .plant = p, .file = file };
	char line[512];
	FILE *f = fopen(file, "r");

	if (f == NULL)
		wrong(&r, "cannot be read:", file);
	a->beat = (struct beat){
		.revision = 1, .devices_ok = 1, .devices = 1, .control = 1
	};
	while (fgets(line, sizeof(line), f) != NULL) {
		r.line++;
		take_line(&r, line);
	}
	fclose(f);
	things_sort_alarms(&a->things);
}

/* A slow wave that ends at the present value, with a gap of bad samples. */
void
snapshot_trends(struct app *a, const struct plant *p)
{
	struct things *t = &a->things;
	struct tag_info *g;
	double wave, now;
	uint32_t i;
	int k;

	for (i = 0; i < p->n_tags; i++) {
		g = t->tags.at[i];
		if (!g->trended || !g->has_range)
			continue;
		vec_clear(&g->samples);
		now = value_number(&g->value);
		for (k = 60; k >= 0; k--) {
			wave = now +
			    0.2 * (g->max - g->min) * sin(k * now / 3);
			vec_push(&g->samples,
			    ((struct trend_sample){
				t->now.ms - k * 60000L, wave, wave,
				k < 30 || k > 34 }));
		}
	}
}
