/* SPDX-License-Identifier: ISC */
#include "sim/sampler.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/vec.h"
#include "base/when.h"
#include "model/day_count.h"
#include "model/expr.h"
#include "model/logging.h"
#include "model/plant.h"
#include "model/scale.h"
#include "project/read.h"
#include "sim/chronicle.h"
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

struct counted {		/* since midnight, by a tag */
	uint32_t tag, of;
	struct day_count day;
};

struct sampler {
	struct plant *plant;
	struct sampler_source source;
	struct chronicle *chronicle;
	struct history *history;
	struct sampled *tags;
	VEC(struct counted) counts;
	struct mono now;
	struct wall wall;
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
	if (t->write != NULL && t->write->gate != NULL)
		want_operands(m, t->write->gate);
	if (t->source != SOURCE_DEVICE)
		return;
	s->device = m->source.find(
	    m->source.arg, m->plant->devices[t->point->device].name);
	if (s->device >= 0)
		s->words = xcalloc(WORDS_MAX, sizeof(*s->words));
}

/* The core's own counts: of a day so far, which it goes on with; the number of
 * new alarms is of minutes, which pass without a server. */
static void
begin_count(struct sampler *m, uint32_t tag)
{
	struct counted c = { .tag = tag,
		.of = expr_is_tag(m->plant->tags[tag].expr) };

	if (c.of == NONE)
		return;
	want(m, c.of);
	vec_push(&m->counts, c);
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
		if (t->source == SOURCE_INTERNAL && t->has_initial)
			m->tags[i].value = value_make(
			    (enum value_type)t->type, t->initial,
			    t->initial_text, (struct wall){ 1 });
	}
	for (i = 0; i < p->n_tags; i++) {
		t = &p->tags[i];
		if (t->since_day)
			begin_count(m, i);
		if (t->since_day || t->source == SOURCE_ALARMS)
			continue;
		if (t->log != NULL)
			m->tags[i].id = history_tag(m->history, t->name);
		if (t->log != NULL || chronicle_reads(m->chronicle, i))
			want(m, i);
	}
}

static const struct value *
operand(void *arg, uint32_t tag)
{
	const struct sampler *m = arg;

	return &m->tags[tag].value;
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
	    (m->chronicle = chronicle_open(
		 state, m->plant, operand, m, e)) == NULL ||
	    history_import_begin(m->history, true, e) < 0) {
		sampler_free(m);
		return NULL;
	}
	when_zone(m->plant->timezone);
	begin_tags(m);
	return m;
}

static void
count_days(struct sampler *m)
{
	const struct tag *of;
	struct counted *c;
	struct value v;
	size_t i;

	for (i = 0; i < m->counts.n; i++) {
		c = &m->counts.at[i];
		of = &m->plant->tags[c->of];
		v = m->tags[c->of].value;
		v.time = m->wall;	/* it has been read, changed or not */
		day_count_feed(&c->day, of, m->plant->polls[of->poll].every,
		    &v, m->wall);
	}
}

static void
keep_days(struct sampler *m)
{
	char text[DAY_COUNT_TEXT];
	struct counted *c;
	struct value v;
	size_t i;

	for (i = 0; i < m->counts.n; i++) {
		c = &m->counts.at[i];
		if (!c->day.known)
			continue;
		v = value_text(day_count_print(text, &c->day), m->wall);
		chronicle_keep(m->chronicle, c->tag, &v);
	}
}

int
sampler_end(
    struct sampler *m, struct wall until, uint64_t *samples, struct err *e)
{
	struct chronicle *h = m->chronicle;
	struct history_import result;

	if (history_import_end(m->history, until, &result, e) < 0)
		return -1;
	*samples = result.taken;
	keep_days(m);
	m->chronicle = NULL;
	return chronicle_end(h, e);
}

void
sampler_free(struct sampler *m)
{
	uint32_t i;

	for (i = 0; m->tags != NULL && i < m->plant->n_tags; i++)
		free(m->tags[i].words);
	history_close(m->history, (struct wall){ 0 });
	chronicle_drop(m->chronicle);
	plant_free(m->plant);
	free(m->tags);
	vec_free(&m->counts);
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
	unsigned n;

	if (s->words == NULL || mono_before(t, s->next))
		return false;
	n = def->point->registers;
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

/* A value of before, with a text of its own. */
static struct value
copy_value(const struct value *v, char text[VALUE_TEXT_MAX + 1])
{
	struct value copy = *v;

	if (v->type == VALUE_TEXT) {
		str_copy(text, v->as.text, VALUE_TEXT_MAX + 1);
		copy.as.text = text;
	}
	return copy;
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

/* Read or worked out anew, written down, logged. */
static int
take(struct sampler *m, uint32_t tag, struct err *e)
{
	char text[VALUE_TEXT_MAX + 1];
	const struct value was = copy_value(&m->tags[tag].value, text);
	bool changed = m->plant->tags[tag].source == SOURCE_CALC
	    ? calculate(m, tag, m->wall)
	    : read_device(m, tag, m->now, m->wall);

	if (changed)
		chronicle_changed(m->chronicle, tag, &was);
	return offer(m, tag, changed, m->now, m->wall, e);
}

int
sampler_step(
    struct sampler *m, struct mono t, struct wall wall, struct err *e)
{
	const struct plant *p = m->plant;
	uint32_t i;

	m->now = t;
	m->wall = wall;
	chronicle_time(m->chronicle, t, wall);
	for (i = 0; i < p->n_tags; i++)
		if (p->tags[i].source != SOURCE_CALC && m->tags[i].wanted &&
		    take(m, i, e) < 0)
			return -1;
	for (i = 0; i < p->n_calc; i++)
		if (m->tags[p->calc[i]].wanted && take(m, p->calc[i], e) < 0)
			return -1;
	count_days(m);
	return chronicle_settle(m->chronicle, e);
}

/* What nobody asked for until now is read at once, and from now on. */
static void
look_at(struct sampler *m, uint32_t tag)
{
	bool known = m->tags[tag].wanted;

	want(m, tag);
	if (!known && m->plant->tags[tag].source == SOURCE_DEVICE)
		read_device(m, tag, m->now, m->wall);
}

static void
look_at_all(struct sampler *m, const struct expr *x)
{
	const uint32_t *tags;
	unsigned n = 0, i;

	if (x == NULL)
		return;
	tags = expr_tags(x, &n);
	for (i = 0; i < n; i++)
		look_at(m, tags[i]);
}

/* An interlock or a gate. */
static bool
allows(struct sampler *m, const struct expr *x)
{
	struct value v;

	if (x == NULL)
		return true;
	look_at_all(m, x);
	v = expr_eval(x, operand, m, m->wall);
	return value_is_good(&v) && value_true(&v);
}

static int
skipped(const struct sampler *m, const char *user, const char *name)
{
	char when[WHEN_CAP];

	log_note("%s: %s leaves %s, the plant does not allow it now",
	    when_local(when, m->wall), user, name);
	return 0;
}

static int
write_point(struct sampler *m, const struct point *at, double number,
    struct err *e)
{
	const char *device = m->plant->devices[at->device].name;
	struct value v = value_real(number, m->wall);
	uint16_t words[WORDS_MAX];
	int n = point_encode(at, &v, words, e);

	if (n < 0)
		return -1;
	if (!m->source.write(m->source.arg,
		m->source.find(m->source.arg, device), at->space, at->address,
		(unsigned)n, words))
		return err_set(e, "%s does not take it", device);
	return 0;
}

static int
act_do(struct sampler *m, const char *user, const char *object,
    const char *name, struct err *e)
{
	const struct plant *p = m->plant;
	uint32_t o = plant_object(p, object), k;
	unsigned i;

	k = o != NONE ? plant_command(p, o, name) : NONE;
	if (k == NONE)
		return err_set(e, "no command %s %s", object, name);
	for (i = 0; i < p->objects[o].n_states; i++)
		look_at_all(m, p->objects[o].states[i].when);
	if (p->commands[k].feedback != NONE)
		look_at(m, p->commands[k].feedback);
	if (!allows(m, p->commands[k].interlock))
		return skipped(m, user, name);
	chronicle_do(m->chronicle, user, k);
	return write_point(m, &p->commands[k].point, p->commands[k].value, e);
}

static int
act_set(struct sampler *m, const char *user, const char *name, double number,
    const char *reason, struct err *e)
{
	uint32_t tag = plant_tag(m->plant, name);
	const struct tag *t;
	char text[VALUE_CAP];
	struct value v;

	if (tag == NONE || m->plant->tags[tag].write == NULL ||
	    m->plant->tags[tag].point == NULL)
		return err_set(e, "no setpoint %s", name);
	t = &m->plant->tags[tag];
	if (!allows(m, t->write->gate))
		return skipped(m, user, name);
	if (point_round(t->point, number, &number, e) < 0)
		return -1;
	v = value_make((enum value_type)t->type, number, NULL, m->wall);
	chronicle_set(m->chronicle, user, tag,
	    value_show(text, &v, t->decimals), reason);
	return write_point(m, t->point, number, e);
}

int
sampler_act(
    struct sampler *m, const char *user, const char *words, struct err *e)
{
	char name[PLANT_NAME_MAX + 1], what[PLANT_NAME_MAX + 1];
	double number;
	int reason = 0;

	if (sscanf(words, "do %63s %63s", name, what) == 2)
		return act_do(m, user, name, what, e);
	if (sscanf(words, "set %63s %lf %n", name, &number, &reason) == 2 &&
	    reason > 0)
		return act_set(m, user, name, number, words + reason, e);
	return err_set(e, "\"%s\" is nothing that one does", words);
}
