/* SPDX-License-Identifier: ISC */
/*
 * control.h - does this server command its plant (P1)? Only after somebody
 * took control on this machine: what is kept names the machine and the state
 * directory itself, so that a copied or restored server only watches.
 */
#ifndef SERVER_CONTROL_H
#define SERVER_CONTROL_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/digest.h"

struct core;

struct control {
	bool taken;
	struct wall since;
	char by[33];
	char here[DIGEST_HEX];	/* this machine and state directory */
};

void control_load(struct core *c);
bool control_is_taken(const struct core *c);

#endif
