/* SPDX-License-Identifier: ISC */
#include "sim/sampler.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/when.h"
#include "model/expr.h"
#include "model/logging.h"
#include "model/plant.h"
#include "model/scale.h"
#include "project/read.h"
#include "store/history.h"

#define WORDS_MAX 125

struct sampled {		/* by slot */
	struct value value;
	char text[VALUE_TEXT_MAX + 1];
	struct logging logging;
	struct mono next;	/* when it is read again; of a device */
	uint16_t *words;	/* as last read; NULL: not of a device */
	int device;
	uint32_t id;		/* in the history, if it is logged */
	bool wanted, read;
};

struct sampler {
	struct plant *plant;
	struct sampler_source source;
	struct history *history;
	struct sampled *tags;
};

static void want(struct sampler *m, uint32_t tag);

static void
want_operands(struct sampler *m, const struct expr *x)
{
	const uint32_t *tags;
	unsigned n, i;

	tags = expr_tags(x, &n);
	for (i = 0; i < n; i++)
		want(m, tags[i]);
}

static void
want(struct sampler *m, uint32_t tag)
{
	const struct tag *t = &m->plant->tags[tag];
	struct sampled *s = &m->tags[tag];

	if (s->wanted)
		return;
	s->wanted = true;
	if (t->expr != NULL)
		want_operands(m, t->expr);
	if (t->source != SOURCE_DEVICE)
		return;
	s->device = m->source.find(
	    m->source.arg, m->plant->devices[t->point->device].name);
	if (s->device >= 0)
		s->words = xcalloc(WORDS_MAX, sizeof(*s->words));
}

static void
begin_tags(struct sampler *m)
{
	const struct plant *p = m->plant;
	const struct tag *t;
	uint32_t i;

	m->tags = xcalloc(p->n_tags + 1u, sizeof(*m->tags));
	for (i = 0; i < p->n_tags; i++) {
		t = &p->tags[i];
		m->tags[i].value = value_initial((enum value_type)t->type);
		if (t->source == SOURCE_INTERNAL && t->has_initial &&
		    t->type == VALUE_REAL)
			m->tags[i].value =
			    value_real(t->initial, (struct wall){ 1 });
	}
	for (i = 0; i < p->n_tags; i++)
		/* what the core itself counts nobody counted then */
		if (p->tags[i].log != NULL && !p->tags[i].since_day &&
		    p->tags[i].source != SOURCE_ALARMS) {
			want(m, i);
			m->tags[i].id =
			    history_tag(m->history, p->tags[i].name);
		}
}

static int
read_plant(const char *dir, struct plant **plant, struct err *e)
{
	struct report problems;
	int rc;

	report_init(&problems);
	rc = project_read(dir, plant, &problems);
	if (rc < 0)
		err_set(e, "%s has errors: see sightglass project check", dir);
	report_fini(&problems);
	return rc;
}

struct sampler *
sampler_open(const char *project, const char *state,
    const struct sampler_source *source, struct err *e)
{
	struct history_limits limits = { { INT64_MAX / 2 }, INT64_MAX };
	struct sampler *m = xcalloc(1, sizeof(*m));

	m->source = *source;
	m->history = history_open(state, &limits);
	if (read_plant(project, &m->plant, e) < 0 ||
	    history_import_begin(m->history, e) < 0) {
		sampler_free(m);
		return NULL;
	}
	when_zone(m->plant->timezone);
	begin_tags(m);
	return m;
}

int
sampler_end(
    struct sampler *m, struct wall until, uint64_t *samples, struct err *e)
{
	struct history_import result;

	if (history_import_end(m->history, until, &result, e) < 0)
		return -1;
	*samples = result.taken;
	return 0;
}

void
sampler_free(struct sampler *m)
{
	uint32_t i;

	for (i = 0; m->tags != NULL && i < m->plant->n_tags; i++)
		free(m->tags[i].words);
	history_close(m->history, (struct wall){ 0 });
	plant_free(m->plant);
	free(m->tags);
	free(m);
}

/* What the server would get for it now; true: it is new. */
static bool
read_device(struct sampler *m, uint32_t tag, struct mono t, struct wall wall)
{
	const struct tag *def = &m->plant->tags[tag];
	struct sampled *s = &m->tags[tag];
	double range[2] = { def->min, def->max };
	uint16_t words[WORDS_MAX];
	unsigned n = def->point->registers;

	if (s->words == NULL || mono_before(t, s->next))
		return false;
	s->next = mono_add(t, m->plant->polls[def->poll].every);
	if (!m->source.read(m->source.arg, s->device, def->point->space,
		def->point->address, n, words) ||
	    (s->read && memcmp(words, s->words, n * sizeof(*words)) == 0))
		return false;
	memcpy(s->words, words, n * sizeof(*words));
	s->read = true;
	s->value = point_decode(
	    def->point, words, def->has_range ? range : NULL, wall, s->text);
	s->value.flags |= VALUE_SIMULATED;
	return true;
}

static const struct value *
operand(void *arg, uint32_t tag)
{
	const struct sampler *m = arg;

	return &m->tags[tag].value;
}

static bool
calculate(struct sampler *m, uint32_t tag, struct wall wall)
{
	const struct tag *def = &m->plant->tags[tag];
	struct value v = expr_eval(def->expr, operand, m, wall);
	struct sampled *s = &m->tags[tag];
	bool same;

	if (def->type == VALUE_BOOL) {
		v.as.uint = value_true(&v);
		v.type = VALUE_BOOL;
	} else if (def->type == VALUE_REAL && v.type != VALUE_REAL) {
		v.as.real = value_number(&v);
		v.type = VALUE_REAL;
	}
	v.flags |= VALUE_SIMULATED;
	v.time = wall;
	same = value_same(&s->value, &v);
	s->value = v;
	return !same;
}

/* The logging rules, as the core applies them. */
static int
offer(struct sampler *m, uint32_t tag, bool changed, struct mono t,
    struct wall wall, struct err *e)
{
	const struct log_rule *rule = m->plant->tags[tag].log;
	struct sampled *s = &m->tags[tag];
	struct value v;
	bool take = false;

	if (rule == NULL)
		return 0;
	if (changed)
		take = logging_change(&s->logging, rule, &s->value, t);
	else if (!mono_before(t, logging_due(&s->logging, rule)))
		take = logging_look(&s->logging, rule, &s->value, t);
	if (!take)
		return 0;
	v = s->value;
	v.time = wall;
	return history_import_put(m->history, s->id, &v, e);
}

int
sampler_step(
    struct sampler *m, struct mono t, struct wall wall, struct err *e)
{
	const struct plant *p = m->plant;
	uint32_t i, k;

	for (i = 0; i < p->n_tags; i++)
		if (p->tags[i].source != SOURCE_CALC && m->tags[i].wanted &&
		    offer(m, i, read_device(m, i, t, wall), t, wall, e) < 0)
			return -1;
	for (i = 0; i < p->n_calc; i++) {
		k = p->calc[i];
		if (m->tags[k].wanted &&
		    offer(m, k, calculate(m, k, wall), t, wall, e) < 0)
			return -1;
	}
	return 0;
}
