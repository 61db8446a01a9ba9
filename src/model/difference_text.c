/* SPDX-License-Identifier: ISC */
#include "model/difference_text.h"

#include "model/expr.h"
#include "model/value.h"

static void
put_real(struct buf *b, double x)
{
	char room[32];

	buf_text(b, real_print(room, x));
}

static void
put_pair(struct buf *b, const char *what, const double *pair)
{
	buf_printf(b, " %s ", what);
	put_real(b, pair[0]);
	buf_text(b, "..");
	put_real(b, pair[1]);
}

static void
put_span(struct buf *b, const char *what, struct span s)
{
	if (s.ms != 0)
		buf_printf(b, "%s%s %lldms", b->len > 0 ? " " : "", what,
		    (long long)s.ms);
}

/* Every language, so that a translation is a difference, too. */
static void
put_title(struct buf *b, const struct text *t)
{
	int i;

	for (i = 0; i < PLANT_LANGUAGES; i++)
		if (t->in[i] != NULL)
			buf_printf(b, "%s%s", i > 0 ? " / " : "", t->in[i]);
}

static void
put_expr(struct buf *b, const char *what, const struct expr *x)
{
	double number;

	if (x == NULL)
		return;
	buf_printf(b, "%s%s ", b->len > 0 ? " " : "", what);
	if (expr_is_constant(x, &number))
		put_real(b, number);
	else
		buf_text(b, expr_text(x));
}

/* Does the order count in a single register? */
static bool
swaps_bytes(const struct point *at)
{
	return at->bit == NO_BIT && at->space >= SPACE_IR &&
	    at->order >= ORDER_BADC;
}

static void
put_point(struct buf *b, const struct plant *p, const struct point *at)
{
	static const char *const spaces[] = { "coil", "di", "ir", "hr" };
	static const char *const orders[] = { "ABCD", "CDAB", "BADC", "DCBA" };
	const struct device *d = &p->devices[at->device];

	buf_printf(b, "%s (%s, unit %u) %s:%u", d->name,
	    p->lines[d->line].name, d->unit, spaces[at->space], at->address);
	if (at->bit != NO_BIT)
		buf_printf(b, ".%u", at->bit);
	buf_printf(b, " %s", kind_name((enum kind)at->kind));
	if (at->kind == KIND_TEXT)
		buf_printf(b, ":%u", at->length);
	if (at->registers > 1 || swaps_bytes(at))
		buf_printf(b, " %s", orders[at->order]);
	if (at->scaled) {
		put_pair(b, "scale", at->raw);
		put_pair(b, "to", at->value);
	}
	if (at->has_fault)
		put_pair(b, "fault", at->fault);
	if (at->clamp)
		buf_text(b, " clamp");
	if (at->ours)
		buf_text(b, " writer sightglass");
}

static void
put_source(struct buf *b, const struct plant *p, const struct tag *t)
{
	static const char *const sources[] = { [SOURCE_DEVICE] = "device",
		[SOURCE_INTERNAL] = "internal", [SOURCE_CALC] = "calculated",
		[SOURCE_MANUAL] = "manual",
		[SOURCE_ALARMS] = "counted alarms" };

	if (t->point != NULL)
		put_point(b, p, t->point);
	else
		buf_printf(b, "%s %s", sources[t->source],
		    kind_name((enum kind)t->kind));
}

static void
put_range(struct buf *b, const struct tag *t)
{
	if (!t->has_range)
		return;
	put_real(b, t->min);
	buf_text(b, "..");
	put_real(b, t->max);
}

static void
put_write(struct buf *b, const struct write_rule *w)
{
	static const char *const confirms[] = { "none", "confirm", "retype",
		"second" };

	if (w == NULL)
		return;
	buf_printf(b, "%s, confirm %s",
	    function_name((enum function)w->function), confirms[w->confirm]);
	put_expr(b, "min", w->min);
	put_expr(b, "max", w->max);
	put_expr(b, "step", w->max_step);
	put_expr(b, "gate", w->gate);
}

static void
put_log(struct buf *b, const struct tag *t)
{
	if (t->log != NULL && t->log->deadband != 0) {
		buf_text(b, "deadband ");
		put_real(b, t->log->deadband);
	} else if (t->log != NULL) {
		buf_text(b, "every change");
	}
	if (t->log != NULL) {
		put_span(b, "at least", t->log->at_least);
		put_span(b, "at most", t->log->at_most);
	}
	if (t->event)
		buf_printf(b, "%sevent", b->len > 0 ? " " : "");
	if (t->counter != NULL) {
		buf_text(b, " counter of ");
		put_real(b, t->counter->size);
		buf_text(b, ", rate ");
		put_real(b, t->counter->rate);
	}
}

static void
put_initial(struct buf *b, const struct tag *t)
{
	if (t->has_initial && t->initial_text != NULL)
		buf_text(b, t->initial_text);
	else if (t->has_initial)
		put_real(b, t->initial);
	if (t->retain)
		buf_printf(b, "%sretained", b->len > 0 ? ", " : "");
	put_span(b, "valid", t->valid);
}

static void
put_tag_text(struct buf *b, const struct tag *t)
{
	uint16_t i;

	put_title(b, &t->title);
	buf_printf(b, " [%s] %u", t->unit, t->decimals);
	for (i = 0; i < t->n_texts; i++) {
		buf_text(b, i > 0 ? "|" : " ");
		put_title(b, &t->texts[i]);
	}
}

static bool
tag_text(struct buf *b, const struct plant *p, uint32_t i,
    enum difference_part part)
{
	const struct tag *t = &p->tags[i];

	switch (part) {
	case DIFFERENCE_OF_ADDRESS:
		put_source(b, p, t);
		return true;
	case DIFFERENCE_OF_EXPR:
		if (t->expr != NULL)
			buf_text(b, expr_text(t->expr));
		if (t->since_day)
			buf_text(b, " since midnight");
		put_span(b, "new alarms in", t->new_alarms);
		return true;
	case DIFFERENCE_OF_RANGE:
		put_range(b, t);
		return true;
	case DIFFERENCE_OF_WRITE:
		put_write(b, t->write);
		return true;
	case DIFFERENCE_OF_LOG:
		put_log(b, t);
		return true;
	case DIFFERENCE_OF_POLL:
		if (t->source == SOURCE_DEVICE)
			buf_printf(b, "%s%.1s", p->polls[t->poll].name,
			    &t->point->together);
		return true;
	case DIFFERENCE_OF_VALUE:
		put_initial(b, t);
		return true;
	case DIFFERENCE_OF_TEXT:
		put_tag_text(b, t);
		return true;
	case DIFFERENCE_OF_AREA:
		buf_text(b, p->areas[t->area].name);
		return true;
	case DIFFERENCE_OF_TUNABLE:
		buf_text(b, t->tunable ? "tunable" : "");
		return true;
	default:
		return false;
	}
}

static void
put_condition(struct buf *b, const struct plant *p,
    const struct alarm_def *a)
{
	static const char *const kinds[] = { "above", "below" };

	if (a->kind == ALARM_SYSTEM)
		return;
	buf_text(b, p->tags[a->of].name);
	if (a->kind == ALARM_IS) {
		buf_text(b, " is ");
		put_real(b, a->is);
	} else {
		put_expr(b, kinds[a->kind], a->limit);
		buf_text(b, " deadband ");
		put_real(b, a->deadband);
	}
	put_span(b, "on delay", a->on_delay);
	put_span(b, "off delay", a->off_delay);
	put_expr(b, "suppressed while", a->suppress);
	put_span(b, "and for", a->suppress_more);
}

static bool
alarm_text(struct buf *b, const struct plant *p, uint32_t i,
    enum difference_part part)
{
	const struct alarm_def *a = &p->alarms[i];

	switch (part) {
	case DIFFERENCE_OF_CONDITION:
		put_condition(b, p, a);
		return true;
	case DIFFERENCE_OF_TEXT:
		put_title(b, &a->title);
		if (text_in(&a->cause, 0)[0] != '\0') {
			buf_text(b, "; cause: ");
			put_title(b, &a->cause);
		}
		if (text_in(&a->action, 0)[0] != '\0') {
			buf_text(b, "; action: ");
			put_title(b, &a->action);
		}
		return true;
	case DIFFERENCE_OF_PRIORITY:
		buf_printf(b, "%u", a->priority);
		return true;
	case DIFFERENCE_OF_AREA:
		buf_text(b, p->areas[a->area].name);
		return true;
	case DIFFERENCE_OF_CLASS:
		buf_text(b, p->classes[a->class].name);
		return true;
	case DIFFERENCE_OF_TUNABLE:
		buf_text(b, a->tunable ? "tunable" : "");
		return true;
	default:
		return false;
	}
}

static bool
object_text(struct buf *b, const struct plant *p, uint32_t i,
    enum difference_part part)
{
	static const char *const looks[] = { "on", "off", "failed", "moving" };
	const struct object *o = &p->objects[i];
	unsigned k;

	switch (part) {
	case DIFFERENCE_OF_TEXT:
		put_title(b, &o->title);
		return true;
	case DIFFERENCE_OF_AREA:
		buf_text(b, p->areas[o->area].name);
		return true;
	case DIFFERENCE_OF_STATES:
		for (k = 0; k < o->n_states; k++) {
			buf_printf(b, "%s%s(%s) ", k > 0 ? " " : "",
			    o->states[k].name, looks[o->states[k].look]);
			put_title(b, &o->states[k].title);
			put_expr(b, "when", o->states[k].when);
		}
		return true;
	case DIFFERENCE_OF_DEFINITION:
		buf_printf(b, "type %s, main %s", p->types[o->type].name,
		    o->main != NONE ? p->tags[o->main].name : "none");
		return true;
	default:
		return false;
	}
}

static void
put_command(struct buf *b, const struct plant *p, const struct command *k)
{
	static const char *const kinds[] = { "level", "plc-reset", "timed" };
	static const char *const confirms[] = { "none", "confirm", "retype",
		"second" };

	put_point(b, p, &k->point);
	buf_text(b, " = ");
	put_real(b, k->value);
	buf_printf(b, ", %s, %s, confirm %s%s", kinds[k->kind],
	    function_name((enum function)k->function), confirms[k->confirm],
	    k->safe ? ", safe" : "");
	put_expr(b, "interlock", k->interlock);
	put_span(b, "taken", k->taken);
	put_span(b, "within", k->within);
	put_span(b, "pulse", k->pulse);
	if (k->feedback != NONE) {
		buf_printf(b, " expects %s ", p->tags[k->feedback].name);
		put_real(b, k->expect);
	}
}

static bool
command_text(struct buf *b, const struct plant *p, uint32_t i,
    enum difference_part part)
{
	const struct command *k = &p->commands[i];

	if (part == DIFFERENCE_OF_TEXT)
		put_title(b, &k->title);
	else if (part == DIFFERENCE_OF_DEFINITION)
		put_command(b, p, k);
	else
		return false;
	return true;
}

static void
put_line(struct buf *b, const struct line *l)
{
	unsigned i;

	for (i = 0; i < l->n_to; i++)
		buf_printf(b, "%s%s", i > 0 ? ", " : "", l->to[i].text);
	put_span(b, "timeout", l->timeout);
	put_span(b, "connect timeout", l->connect_timeout);
	put_span(b, "gap", l->gap);
	put_span(b, "backoff", l->backoff[0]);
	put_span(b, "to", l->backoff[1]);
}

static void
put_device(struct buf *b, const struct plant *p, const struct device *d)
{
	static const char *const orders[] = { "ABCD", "CDAB", "BADC", "DCBA" };
	unsigned i;

	buf_printf(b, "%s unit %u %s, %u registers, %u bits, hole %u, "
	    "pipeline %u", p->lines[d->line].name, d->unit, orders[d->order],
	    d->max_registers, d->max_bits, d->max_hole, d->pipeline);
	for (i = 0; i < d->n_holes; i++)
		buf_printf(b, " not %u:%u-%u", d->holes[i].space,
		    d->holes[i].first, d->holes[i].last);
	if (d->has_alive)
		buf_printf(b, " alive %u:%u within %lldms", d->alive.space,
		    d->alive.address, (long long)d->alive_within.ms);
	if (d->has_life)
		buf_printf(b, " life %u:%u every %lldms", d->life.space,
		    d->life.address, (long long)d->life_every.ms);
	if (d->has_identity)
		buf_printf(b, " identity %u:%u = %lld", d->identity.space,
		    d->identity.address, (long long)d->identity_value);
	put_span(b, "probe", d->probe);
}

/* What has only a definition, and perhaps an area. */
static void
put_shift(struct buf *b, const struct shift *s)
{
	buf_printf(b, "from %02d:%02d days %#x", s->from / 60, s->from % 60,
	    s->days);
}

static void
put_class(struct buf *b, const struct alarm_class *c)
{
	static const char *const acks[] = { "came", "both", "none" };
	static const char *const horns[] = { "none", "once", "continuous" };

	buf_printf(b, "ack %s, horn %s%s%s%s, on bad %s", acks[c->ack],
	    horns[c->horn], c->latch ? ", latch" : "",
	    c->single_ack ? ", single ack" : "", c->comment ? ", comment" : "",
	    c->alarm_on_bad ? "alarm" : "hold");
	put_span(b, "shelve", c->shelve);
	put_span(b, "rearm", c->rearm);
}

static void
put_role(struct buf *b, const struct plant *p, const struct role *r)
{
	const struct grant *g;
	unsigned i, k;
	int f;

	for (i = 0; i < r->n_grants; i++) {
		g = &r->grants[i];
		for (f = 0; f < FUNCTION_COUNT; f++)
			if (g->functions & 1u << f)
				buf_printf(b, "%s%s", b->len > 0 ? " " : "",
				    function_name((enum function)f));
		buf_text(b, " in");
		for (k = 0; k < g->n_areas; k++)
			buf_printf(b, " %s", g->areas[k] != NONE
				? p->areas[g->areas[k]].name
				: "*");
	}
}

static const char *
or_none(const char *s)
{
	return s != NULL ? s : "-";
}

static void
put_station(struct buf *b, const struct station *s)
{
	unsigned i, k;

	for (i = 0; i < s->n_matches; i++) {
		buf_printf(b, "%s ", or_none(s->matches[i].tty));
		for (k = 0; k < 16; k++)
			buf_printf(b, "%02x", s->matches[i].net[k]);
		buf_printf(b, "/%u ", s->matches[i].bits);
	}
	buf_printf(b, "start %s language %s theme %s title %s panes %u only %#x",
	    or_none(s->start), or_none(s->language), or_none(s->theme),
	    or_none(s->title), s->panes, s->only);
	for (i = 0; i < s->n_footer; i++)
		buf_printf(b, " footer %s", s->footer[i]);
	for (i = 0; i < s->n_blocked; i++)
		buf_printf(b, " blocked %s", s->blocked[i]);
	for (i = 0; i < s->n_keys; i++)
		buf_printf(b, " key %s %s", s->keys[i].key, s->keys[i].screen);
}

static void
put_plant(struct buf *b, const struct plant *p)
{
	unsigned i;

	put_title(b, &p->name);
	buf_printf(b, ", %s", p->timezone);
	for (i = 0; i < p->n_languages; i++)
		buf_printf(b, " %s", p->languages[i]);
}

/* Sorts that are one definition. */
static void
put_other(struct buf *b, const struct plant *p, enum difference_sort sort,
    uint32_t i)
{
	switch (sort) {
	case DIFFERENCE_PLANT:
		put_plant(b, p);
		break;
	case DIFFERENCE_LINE:
		put_line(b, &p->lines[i]);
		break;
	case DIFFERENCE_DEVICE:
		put_device(b, p, &p->devices[i]);
		break;
	case DIFFERENCE_AREA:
		put_title(b, &p->areas[i].title);
		break;
	case DIFFERENCE_SHIFT:
		put_shift(b, &p->shifts[i]);
		break;
	case DIFFERENCE_POLL:
		put_span(b, "every", p->polls[i].every);
		break;
	case DIFFERENCE_TYPE:
		put_title(b, &p->types[i].title);
		buf_printf(b, ", faceplate %s", or_none(p->types[i].faceplate));
		break;
	case DIFFERENCE_CLASS:
		put_class(b, &p->classes[i]);
		break;
	case DIFFERENCE_PRIORITY:
		buf_text(b, p->priorities[i].name);
		break;
	case DIFFERENCE_ROLE:
		put_role(b, p, &p->roles[i]);
		break;
	case DIFFERENCE_STATION:
		put_station(b, &p->stations[i]);
		break;
	case DIFFERENCE_SCREEN:
		buf_add(b, p->screens[i].text, p->screens[i].len);
		break;
	case DIFFERENCE_REPORT:
		buf_add(b, p->reports[i].text, p->reports[i].len);
		break;
	default:
		break;
	}
}

/* Where the thing itself belongs; of lines and devices alone. */
static uint32_t
area_of(const struct plant *p, enum difference_sort sort, uint32_t i)
{
	return sort == DIFFERENCE_LINE ? p->lines[i].area : p->devices[i].area;
}

bool
difference_text(struct buf *b, const struct plant *p,
    enum difference_sort sort, uint32_t i, enum difference_part part)
{
	switch (sort) {
	case DIFFERENCE_TAG:
		return tag_text(b, p, i, part);
	case DIFFERENCE_ALARM:
		return alarm_text(b, p, i, part);
	case DIFFERENCE_OBJECT:
		return object_text(b, p, i, part);
	case DIFFERENCE_COMMAND:
		return command_text(b, p, i, part);
	case DIFFERENCE_LINE:
	case DIFFERENCE_DEVICE:
		if (part == DIFFERENCE_OF_AREA) {
			buf_text(b, p->areas[area_of(p, sort, i)].name);
			return true;
		}
		break;
	default:
		break;
	}
	if (part != DIFFERENCE_OF_DEFINITION)
		return false;
	put_other(b, p, sort, i);
	return true;
}

bool
difference_is_long(enum difference_sort sort)
{
	return sort == DIFFERENCE_SCREEN || sort == DIFFERENCE_REPORT;
}
