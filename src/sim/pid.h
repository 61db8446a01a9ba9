/* SPDX-License-Identifier: ISC */
/*
 * pid.h - a PI(D) controller as a PLC has it: position form, output 0..100 %.
 *
 * The integral part is what carries the output over a change of mode: in
 * manual it follows the output, so that going to automatic starts where the
 * hand left it (P26). It is held while the output stands at a limit
 * (anti-windup). Plain data without pointers.
 */
#ifndef SIM_PID_H
#define SIM_PID_H

#include <stdbool.h>
#include <stdint.h>

enum pid_mode { PID_MANUAL, PID_AUTO, PID_CASCADE };

struct pid {
	/* retained */
	uint32_t mode;		/* enum pid_mode */
	double sp;		/* in cascade that of the master */
	double out;		/* %; written by the operator in manual only */
	double gain;		/* % per unit of the measured value */
	double reset_s;		/* integral time; 0 = none */
	double rate_s;		/* derivative time, on the measured value */
	bool reverse;		/* output falls when the value rises */
	/* set by the program */
	bool full, empty;	/* what it acts on can take no more, no less */
	/* state */
	double integral;	/* % */
	double last_pv;
	uint32_t last_mode;
	double low, high;	/* % output limits */
};

void pid_init(struct pid *c, double sp, double out, double gain,
    double reset_s, double pv);
void pid_scan(struct pid *c, double pv, double dt);
/* The same for a loop that may be in cascade: master is the setpoint then. */
void pid_scan_under(struct pid *c, double master, double pv, double dt);
/* Instead of a scan while something else moves the output: it stands at out. */
void pid_track(struct pid *c, double out, double pv);

#endif
