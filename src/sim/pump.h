/* SPDX-License-Identifier: ISC */
/*
 * pump.h - a centrifugal pump with its motor, its converter and its starter.
 *
 * Three views of one pump. The PLC's program sees command, setpoint and the
 * feedback contacts and decides `drive` and `reference`. The electrics follow
 * `drive` unless the motor protection has dropped, the contactor hangs or the
 * mains are away. The water follows the speed: head = n^2 h0 - a q^2 with n
 * the speed as a fraction and q in m3/h; a check valve keeps q >= 0.
 *
 * Plain data without pointers: it may live in a file that outlives us.
 */
#ifndef SIM_PUMP_H
#define SIM_PUMP_H

#include <stdbool.h>
#include <stdint.h>

struct pump_make {		/* the manufacturer's data sheet */
	double h0;		/* m, head at no flow and full speed */
	double a;		/* m per (m3/h)^2 */
	double current_idle;	/* A at full speed without flow */
	double current_flow;	/* A more for each m3/h */
	double current_trip;	/* A, motor protection drops after 10 s */
	double power_per_amp;	/* kW */
};

/* Why the program keeps a pump from running; bits of its interlock word. */
enum pump_lock {
	LOCK_LEVEL = 1 << 0,	/* suction level too low */
	LOCK_PATH = 1 << 1,	/* no way for the water: valve not open,
				 * discharge pressure too high */
	LOCK_MODE = 1 << 2,	/* mode OFF */
	LOCK_MAINS = 1 << 3,	/* no mains voltage */
	LOCK_LOCAL = 1 << 4,	/* the switch beside the pump says LOCAL */
	LOCK_STARTS = 1 << 5	/* started too often within the hour */
};

struct pump {
	/* what the operator asks for; retained by the PLC */
	bool command, reset;
	double sp;		/* % */
	/* what the program decides each scan */
	uint32_t locks;
	bool fault;		/* latched until reset */
	bool drive;
	double reference;	/* % */
	double noflow_s, overload_s;
	/* electrics and water */
	bool local;		/* LOCAL/REMOTE switch */
	bool protection;	/* motor protection has dropped */
	bool stuck;		/* the contactor does not move */
	bool run;		/* contactor closed */
	double close_s;		/* time the contactor takes to follow */
	double speed;		/* % */
	double flow;		/* m3/h */
	double current;		/* A */
	double hours;		/* running time, whole life */
	uint32_t starts;
};

/* One scan of the program's block for a pump. may_lock: locks from outside. */
void pump_scan(struct pump *p, uint32_t may_lock, double reference, double dt);
/* Motor and converter; the flow is set by hydraulics.h. */
void pump_step(
    struct pump *p, const struct pump_make *m, bool mains, double dt);
/* The flow in m3/h against a head of head metres. */
double pump_flow_at(
    const struct pump *p, const struct pump_make *m, double head);

#endif
