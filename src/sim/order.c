/* SPDX-License-Identifier: ISC */
#include "sim/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/when.h"
#include "sim/object.h"
#include "sim/sim.h"

#define WORDS 8

enum takes {
	TAKES_NOTHING, TAKES_OBJECT, TAKES_DEVICE, TAKES_PLC, TAKES_SIGNAL
};

struct order_verb {
	const char *name;
	enum takes takes;		/* the first argument */
	const char *usage;
	/* The words behind it; n may be 0. NULL: there must be none. */
	int (*parse)(struct sim_order *o, char **words, int n, struct err *e);
	/* Whether the object has what the verb disturbs; NULL: anything. */
	size_t (*part)(const struct object *object);
	void (*apply)(const struct sim_order *o, struct sim *s);
};

static int
parse_number(double *x, const char *word, struct err *e)
{
	char *end;

	*x = strtod(word, &end);
	if (end == word || *end != '\0' || !isfinite(*x))
		return err_set(e, "\"%s\" is no number", word);
	return 0;
}

static int
parse_value(struct sim_order *o, char **words, int n, struct err *e)
{
	if (n != 1)
		return err_set(e, "usage: %s", o->verb->usage);
	if (strcmp(words[0], "true") == 0 || strcmp(words[0], "false") == 0) {
		o->number = words[0][0] == 't';
		return 0;
	}
	return parse_number(&o->number, words[0], e);
}

static int
parse_rate(struct sim_order *o, char **words, int n, struct err *e)
{
	static const struct {
		const char *unit;
		double seconds;
	} units[] = { { "s", 1 }, { "min", 60 }, { "h", 3600 } };
	char *slash = n == 1 ? strchr(words[0], '/') : NULL;
	size_t i;

	if (slash == NULL)
		return err_set(e, "usage: %s", o->verb->usage);
	*slash = '\0';
	if (parse_number(&o->number, words[0], e) < 0)
		return -1;
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strcmp(units[i].unit, slash + 1) == 0) {
			o->number /= units[i].seconds;
			return 0;
		}
	return err_set(e, "a drift is per s, min or h");
}

static int
parse_fault(struct sim_order *o, char **words, int n, struct err *e)
{
	if (n < 1 || n > 2)
		return err_set(e, "usage: %s", o->verb->usage);
	return fault_parse(&o->fault, words[0], n == 2 ? words[1] : NULL, e);
}

static int
parse_burst(struct sim_order *o, char **words, int n, struct err *e)
{
	o->number = 450.0;
	if (n == 0)
		return 0;
	return parse_value(o, words, n, e);
}

/* One of two words: the first is the disturbance, the second its end. */
static int
parse_choice(struct sim_order *o, char **words, int n, const char *on,
    const char *off, struct err *e)
{
	if (n == 1 && strcmp(words[0], on) == 0)
		return 0;
	if (n != 1 || strcmp(words[0], off) != 0)
		return err_set(e, "usage: %s", o->verb->usage);
	o->off = true;
	return 0;
}

static int
parse_weather(struct sim_order *o, char **words, int n, struct err *e)
{
	return parse_choice(o, words, n, "storm", "dry", e);
}

static int
parse_power(struct sim_order *o, char **words, int n, struct err *e)
{
	return parse_choice(o, words, n, "off", "on", e);
}

static size_t
part_trip(const struct object *object)
{
	return object->protection;
}

static size_t
part_local(const struct object *object)
{
	return object->local;
}

static size_t
part_stick(const struct object *object)
{
	return object->stuck;
}

static size_t
part_drift(const struct object *object)
{
	return object->instrument;
}

static void
apply_flag(const struct sim_order *o, struct sim *s)
{
	bool *flag = object_part(s->works, o->verb->part(o->object));

	*flag = !o->off;
}

static void
apply_drift(const struct sim_order *o, struct sim *s)
{
	struct instrument *i = object_part(s->works, o->object->instrument);

	i->drift_per_s = o->off ? 0.0 : o->number;
	if (o->off)
		i->drift = 0.0;
}

static void
apply_force(const struct sim_order *o, struct sim *s)
{
	struct plc_pin *pin = plc_pin(&s->plcs[o->plc], o->row);

	pin->forced = !o->off;
	pin->force = o->number;
	if (s->plcs[o->plc].state == PLC_RUN)
		plc_publish(&s->plcs[o->plc]);
}

static void
apply_keep(const struct sim_order *o, struct sim *s)
{
	plc_pin(&s->plcs[o->plc], o->row)->keep = !o->off;
}

static void
apply_fault(const struct sim_order *o, struct sim *s)
{
	s->faults[o->plc] = o->off ? (struct fault){ FAULT_NONE } : o->fault;
}

static void
apply_freeze(const struct sim_order *o, struct sim *s)
{
	plc_set_state(&s->plcs[o->plc], o->off ? PLC_RUN : PLC_FROZEN);
}

static void
apply_stop(const struct sim_order *o, struct sim *s)
{
	plc_set_state(&s->plcs[o->plc], o->off ? PLC_RUN : PLC_STOP);
}

static void
apply_program(const struct sim_order *o, struct sim *s)
{
	struct plc *p = &s->plcs[o->plc];
	struct plc_word *word = plc_word(p);

	word->identity = o->off ? word->own : (uint32_t)o->number;
	if (p->state == PLC_RUN)
		plc_publish(p);
}

static void
apply_speed(const struct sim_order *o, struct sim *s)
{
	s->speed = o->off ? 1.0
			  : fmax(SPEED_LEAST, fmin(SPEED_MOST, o->number));
}

static void
apply_demand(const struct sim_order *o, struct sim *s)
{
	s->works->demand_factor = o->off ? 1.0 : o->number;
}

static void
apply_burst(const struct sim_order *o, struct sim *s)
{
	s->works->burst = o->off ? 0.0 : o->number / sqrt(5.0);
}

static void
apply_weather(const struct sim_order *o, struct sim *s)
{
	s->works->storm_aim = o->off ? 0.0 : 1.0;
}

static void
apply_power(const struct sim_order *o, struct sim *s)
{
	s->works->supply.grid = o->off;
}

static void
apply_set(const struct sim_order *o, struct sim *s)
{
	map_store(o->row, s->works, o->number);
	if (o->plc >= 0 && s->plcs[o->plc].state == PLC_RUN)
		plc_publish(&s->plcs[o->plc]);
}

static void
apply_end(const struct sim_order *o, struct sim *s)
{
	(void)o;
	s->ended = true;
}

static const struct order_verb verbs[] = {
	{ "trip", TAKES_OBJECT, "trip OBJECT [off]", NULL, part_trip,
	    apply_flag },
	{ "local", TAKES_OBJECT, "local OBJECT [off]", NULL, part_local,
	    apply_flag },
	{ "stick", TAKES_OBJECT, "stick OBJECT [off]", NULL, part_stick,
	    apply_flag },
	{ "drift", TAKES_OBJECT, "drift OBJECT RATE/s|min|h", parse_rate,
	    part_drift, apply_drift },
	{ "force", TAKES_SIGNAL, "force SIGNAL VALUE", parse_value, NULL,
	    apply_force },
	{ "keep", TAKES_SIGNAL, "keep SIGNAL [off]", NULL, NULL, apply_keep },
	{ "set", TAKES_SIGNAL, "set NAME VALUE", parse_value, NULL, apply_set },
	{ "fault", TAKES_DEVICE,
	    "fault DEVICE late TIME|silent|reset|cut|drop [N%]|garbage [N%]|"
	    "wrong-id [N%]|exception:N [N%]",
	    parse_fault, NULL, apply_fault },
	{ "freeze", TAKES_DEVICE, "freeze DEVICE [off]", NULL, NULL,
	    apply_freeze },
	{ "stop", TAKES_PLC, "stop DEVICE [off]", NULL, NULL, apply_stop },
	{ "program", TAKES_PLC, "program DEVICE N", parse_value, NULL,
	    apply_program },
	{ "demand", TAKES_NOTHING, "demand FACTOR", parse_value, NULL,
	    apply_demand },
	{ "burst", TAKES_NOTHING, "burst [M3H]", parse_burst, NULL,
	    apply_burst },
	{ "weather", TAKES_NOTHING, "weather storm|dry", parse_weather, NULL,
	    apply_weather },
	{ "power", TAKES_NOTHING, "power off|on", parse_power, NULL,
	    apply_power },
	{ "speed", TAKES_NOTHING, "speed N", parse_value, NULL, apply_speed },
	{ "end", TAKES_NOTHING, "end", NULL, NULL, apply_end },
};

static const struct order_verb *
verb_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

static int
find_object(struct sim_order *o, const char *name, struct err *e)
{
	o->object = object_find(name);
	if (o->object == NULL)
		return err_set(e, "unknown object \"%s\"", name);
	if (o->verb->part(o->object) == OBJECT_NOT)
		return err_set(e, "%s cannot %s", name, o->verb->name);
	return 0;
}

static int
find_signal(
    struct sim_order *o, const struct sim *s, const char *name, struct err *e)
{
	bool set = o->verb->apply == apply_set;

	o->row = sim_row_find(s, name, &o->plc);
	if (o->row == NULL || o->row->cell == CELL_TEXT)
		return err_set(e, "unknown signal \"%s\"", name);
	if (!set && o->plc < 0)
		return err_set(e, "%s is in no PLC", name);
	if (set && o->row->write == WRITE_NO)
		return err_set(e,
		    "%s is not set but measured; use force", name);
	return 0;
}

/* plc: it needs a program, which an instrument has not. */
static int
find_device(struct sim_order *o, const struct sim *s, const char *name,
    bool plc, struct err *e)
{
	o->plc = sim_plc_find(s, name);
	if (o->plc < 0)
		return err_set(e, "unknown device \"%s\"", name);
	if (plc && s->plcs[o->plc].make->program == NULL)
		return err_set(e, "%s measures and has no program", name);
	return 0;
}

static int
find_target(
    struct sim_order *o, const struct sim *s, const char *name, struct err *e)
{
	switch (o->verb->takes) {
	case TAKES_OBJECT:
		return find_object(o, name, e);
	case TAKES_SIGNAL:
		return find_signal(o, s, name, e);
	case TAKES_DEVICE:
	case TAKES_PLC:
		return find_device(
		    o, s, name, o->verb->takes == TAKES_PLC, e);
	case TAKES_NOTHING:
		break;
	}
	return 0;
}

static int
split(char *line, char **words)
{
	char *save, *word = strtok_r(line, " \t\r\n", &save);
	int n = 0;

	while (word != NULL && n < WORDS) {
		words[n++] = word;
		word = strtok_r(NULL, " \t\r\n", &save);
	}
	return word == NULL ? n : -1;
}

/* power has an "off" of its own. */
static bool
can_end(const struct order_verb *v)
{
	return v->apply != apply_set && v->apply != apply_end &&
	    v->apply != apply_power;
}

/* Takes `for DURATION` from the end of the words. */
static int
take_for(struct sim_order *o, char **words, int *n, struct err *e)
{
	struct span d;

	if (*n < 2 || strcmp(words[*n - 2], "for") != 0)
		return 0;
	if (o->verb->apply == apply_set || o->verb->apply == apply_end)
		return err_set(e, "%s has no end", o->verb->name);
	if (span_parse(&d, words[*n - 1], e) < 0)
		return -1;
	o->for_s = (double)d.ms / 1000.0;
	*n -= 2;
	return 0;
}

static int
parse_words(struct sim_order *o, const struct sim *s, char **words, int n,
    struct err *e)
{
	if (n < 1)
		return err_set(e, "no verb, or too many words");
	o->verb = verb_find(words[0]);
	if (o->verb == NULL)
		return err_set(e, "unknown verb \"%s\"", words[0]);
	words++, n--;
	if (take_for(o, words, &n, e) < 0)
		return -1;
	if (o->verb->takes != TAKES_NOTHING) {
		if (n < 1)
			return err_set(e, "usage: %s", o->verb->usage);
		if (find_target(o, s, words[0], e) < 0)
			return -1;
		words++, n--;
	}
	if (n == 1 && strcmp(words[0], "off") == 0 && can_end(o->verb)) {
		o->off = true;
		return 0;
	}
	if (o->verb->parse != NULL)
		return o->verb->parse(o, words, n, e);
	return n == 0 ? 0 : err_set(e, "usage: %s", o->verb->usage);
}

int
order_parse(
    struct sim_order *o, const struct sim *s, const char *line, struct err *e)
{
	char *copy = xstrdup(line), *words[WORDS];
	int rc;

	memset(o, 0, sizeof(*o));
	o->plc = -1;
	rc = parse_words(o, s, words, split(copy, words), e);
	free(copy);
	return rc;
}

void
order_apply(const struct sim_order *o, struct sim *s)
{
	struct sim_order end = *o;

	sim_forget_end(s, o);
	o->verb->apply(o, s);
	if (o->for_s <= 0.0)
		return;
	end.off = !o->off;
	end.for_s = 0.0;
	end.is_end = true;
	sim_schedule(s, s->time + o->for_s, &end);
}
