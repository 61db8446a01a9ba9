/* SPDX-License-Identifier: ISC */
/*
 * listener.h - accepts connections and gives each a process of its own.
 *
 * Single-threaded; reads no byte from the network. Holds the gate (gate.h),
 * the penalties and the channel to the core, all of which it can lose:
 * connections that live do not need it, and a new one starts from the
 * sockets that the parent keeps.
 */
#ifndef SSH_LISTENER_H
#define SSH_LISTENER_H

#include "base/err.h"
#include "ssh/talker.h"

struct listener_rules {
	struct talker_rules talker;
	unsigned sessions, sessions_per_user;
};

/* Until the parent closes its end; connections live on. Or until SIGTERM (or
 * SIGINT), which ends them too. 0, or -1 (e). */
int listener_run(
    const struct listener_rules *rules, ssh_bind bind, struct err *e);

#endif
