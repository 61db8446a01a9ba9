/* SPDX-License-Identifier: ISC */
/*
 * pid.h - a PI(D) controller as a PLC has it: position form, output 0..100 %.
 *
 * In cascade the setpoint is `remote`, which the program sets before each
 * scan: the output of another controller, or a curve.
 *
 * The integral part is what carries the output over a change of mode: it is
 * set so that the first scan after the change moves nothing, and in manual it
 * follows the output, so that going to automatic starts where the hand left
 * it (P26). It is held while the output stands at a limit, or the controller
 * below it cannot follow (anti-windup). A controller whose output nobody uses
 * tracks what is used in its place. Plain data without pointers.
 */
#ifndef SIM_PID_H
#define SIM_PID_H

#include <stdbool.h>
#include <stdint.h>

enum pid_mode { PID_MANUAL, PID_AUTO, PID_CASCADE };

struct pid {
	/* retained */
	uint32_t mode;		/* enum pid_mode */
	double sp;		/* in cascade: what remote was last */
	double out;		/* %; written by the operator in manual only */
	double gain;		/* % per unit of the measured value */
	double reset_s;		/* integral time; 0 = none */
	double rate_s;		/* derivative time, on the measured value */
	bool reverse;		/* output falls when the value rises */
	/* set by the program before each scan */
	double remote;		/* setpoint in cascade */
	bool tracks;		/* the output is tracked instead of made */
	double tracked;		/* % */
	bool full, empty;	/* what it acts on can take no more, no less */
	/* state */
	uint32_t last_mode;
	double integral;	/* % */
	double last_pv;
	double low, high;	/* % output limits */
};

void pid_init(struct pid *c, double sp, double out, double gain,
    double reset_s, double pv);
void pid_scan(struct pid *c, double pv, double dt);

#endif
