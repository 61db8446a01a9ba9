/* SPDX-License-Identifier: ISC */
/*
 * board.h - what is disturbed in the plant now, as text for a field panel.
 *
 * One line each:
 *	plant TIME SPEED power=on weather=dry burst=off door=closed
 *	object NAME TLSD RATE
 *	device NAME XFC
 * A letter is upper case where the disturbance holds, lower case where it
 * might, "-" where it cannot: Trip, Local, Stick, Drift; X stopped, Frozen,
 * Cable out. RATE is a drift that one can see, per minute.
 */
#ifndef SIM_BOARD_H
#define SIM_BOARD_H

#include "base/buf.h"
#include "sim/sim.h"

void board_print(const struct sim *s, struct buf *b);

#endif
