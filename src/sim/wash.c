/* SPDX-License-Identifier: ISC */
#include "sim/wash.h"

#include <stdio.h>

#define DRAINED	  0.5		/* m over the bed */
#define NEAR_SP	  0.15		/* m below the setpoint: full again */
#define DRAIN_OPEN 75.0		/* % of the outlet valve while it drains */
#define FIRST_OPEN 30.0		/* % with which the level loop takes over */
#define TRAVEL_S  20.0

enum { INLET = 1, WASHING = 2, WASTE = 4, AIR = 8 };	/* valves that open */

static bool
inlet_closed(const struct filters *s, const struct filter *f)
{
	(void)s;
	return f->inlet.closed;
}

static bool
drained(const struct filters *s, const struct filter *f)
{
	(void)s;
	return f->lt.measured < DRAINED;
}

static bool
outlet_closed(const struct filters *s, const struct filter *f)
{
	(void)s;
	return f->outlet.closed && f->waste.opened;
}

static bool
blown(const struct filters *s, const struct filter *f)
{
	return s->b301.run && f->air.opened;
}

static bool
washed(const struct filters *s, const struct filter *f)
{
	return s->p301.run && f->wash.opened;
}

static bool
settled(const struct filters *s, const struct filter *f)
{
	(void)s;
	return f->wash.closed && f->air.closed;
}

static bool
filled(const struct filters *s, const struct filter *f)
{
	(void)s;
	return f->waste.closed && f->lt.measured > f->lic.sp - NEAR_SP;
}

static const struct {
	const char *text;
	unsigned open;
	double outlet;			/* %; <0: the level loop has it */
	double pump;			/* % of speed */
	bool blower;
	double least_s, most_s;		/* the condition is asked after least */
	bool (*over)(const struct filters *s, const struct filter *f);
	enum wash_step next;
} steps[WASH_STEPS] = {
	[WASH_NONE] = { "FILTERS", INLET, -1.0, 0, false, 0, 0, NULL,
		WASH_NONE },
	[WASH_INLET] = { "INLET CLOSES", 0, -1.0, 0, false, 0, 40,
		inlet_closed, WASH_DRAIN },
	[WASH_DRAIN] = { "DRAINS", 0, DRAIN_OPEN, 0, false, 0, 2400, drained,
		WASH_OUTLET },
	[WASH_OUTLET] = { "OUTLET CLOSES", WASTE, 0, 0, false, 0, 80,
		outlet_closed, WASH_AIR },
	[WASH_AIR] = { "AIR", WASTE | AIR, 0, 0, true, 180, 240, blown,
		WASH_BOTH },
	[WASH_BOTH] = { "AIR AND WATER", WASTE | AIR | WASHING, 0, 66, true,
		120, 180, washed, WASH_WATER },
	[WASH_WATER] = { "WATER", WASTE | WASHING, 0, 100, false, 360, 420,
		washed, WASH_SETTLE },
	[WASH_SETTLE] = { "SETTLES", WASTE, 0, 0, false, 60, 120, settled,
		WASH_FILL },
	[WASH_FILL] = { "FILLS", INLET, 0, 0, false, 0, 5400, filled,
		WASH_NONE },
	[WASH_FAULT] = { "FAULT", 0, 0, 0, false, 0, 0, NULL, WASH_FAULT },
	[WASH_OUT] = { "OUT OF SERVICE", 0, 0, 0, false, 0, 0, NULL,
		WASH_OUT },
};

double
wash_pump_speed(uint32_t step)
{
	return steps[step].pump;
}

bool
wash_blows(uint32_t step)
{
	return steps[step].blower;
}

static void
enter(struct filter *f, uint32_t step)
{
	if (step == WASH_NONE && f->step == WASH_FILL)
		pid_track(&f->lic, FIRST_OPEN, f->lt.measured);
	if (f->step == WASH_WATER && step == WASH_SETTLE) {
		f->washes++;
		f->hours = 0.0;
	}
	if (step == WASH_FILL)
		f->ripe_s = 0.0;
	f->step = step;
	f->step_s = 0.0;
	snprintf(f->text, sizeof(f->text), "%s", steps[step].text);
}

void
wash_init(struct filter *f)
{
	enter(f, WASH_NONE);
}

void
wash_stop(struct filter *f)
{
	if (f->step == WASH_NONE || f->step == WASH_OUT)
		return;
	f->fault = true;
	enter(f, WASH_FAULT);
}

/* By time or by head loss; an operator may ask for it any time. */
static bool
is_due(const struct filters *s, const struct filter *f)
{
	return f->automatic &&
	    (f->hours >= s->interval_h || f->pdt.measured >= s->head_limit);
}

static void
clear_faults(struct filter *f)
{
	f->inlet.reset = f->outlet.reset = f->wash.reset = true;
	f->waste.reset = f->air.reset = true;
	f->fault = f->valve_fault = false;
	if (f->step == WASH_FAULT)
		enter(f, WASH_SETTLE);
}

static void
take_commands(struct filters *s, struct filter *f)
{
	bool running = f->step >= WASH_INLET && f->step <= WASH_WATER;

	if (f->step == WASH_NONE && !f->fault && f->locks == 0 &&
	    (f->start || is_due(s, f)))
		enter(f, WASH_INLET);
	else if (f->abort && running)
		enter(f, WASH_SETTLE);
	else if (f->reset && f->fault)
		clear_faults(f);
	else if (!f->service && f->step == WASH_NONE)
		enter(f, WASH_OUT);
	else if (f->service && f->step == WASH_OUT)
		enter(f, WASH_FILL);
	f->start = f->abort = f->reset = false;
}

static void
advance(struct filters *s, struct filter *f, double dt)
{
	bool (*over)(const struct filters *s, const struct filter *f) =
	    steps[f->step].over;

	if (over == NULL)
		return;		/* a state, not a step of the wash */
	f->step_s += dt;
	if (f->step_s >= steps[f->step].least_s && over(s, f)) {
		enter(f, steps[f->step].next);
	} else if (f->step_s > steps[f->step].most_s) {
		f->fault = true;
		enter(f, WASH_FAULT);
	}
}

static void
set_valve(struct valve *v, bool open, bool *fault, double dt)
{
	v->reference = open ? 100.0 : 0.0;
	valve_watch(v, TRAVEL_S, dt);
	*fault = *fault || v->fault;
}

static void
set_valves(const struct filters *s, struct filter *f, double dt)
{
	unsigned open = steps[f->step].open;
	double outlet = steps[f->step].outlet;

	set_valve(&f->inlet, open & INLET, &f->valve_fault, dt);
	set_valve(&f->wash, open & WASHING, &f->valve_fault, dt);
	set_valve(&f->waste, open & WASTE, &f->valve_fault, dt);
	set_valve(&f->air, open & AIR, &f->valve_fault, dt);
	if (outlet >= 0.0)
		pid_track(&f->lic, outlet, f->lt.measured);
	else
		pid_scan_under(&f->lic, s->level_sp, f->lt.measured, dt);
	f->outlet.reference = f->lic.out;
	valve_watch(&f->outlet, 2.0 * TRAVEL_S, dt);
	f->valve_fault = f->valve_fault || f->outlet.fault;
	f->fault = f->fault || f->valve_fault;
}

void
wash_scan(struct filters *s, struct filter *f, double dt)
{
	take_commands(s, f);
	advance(s, f, dt);
	set_valves(s, f, dt);
	f->serving = f->step == WASH_NONE;
	f->washing = f->step >= WASH_INLET && f->step <= WASH_FILL;
	if (f->serving)
		f->hours += dt / 3600.0;
	f->ripe_s += dt;
}
