/* SPDX-License-Identifier: ISC */
/*
 * talker.h - the process of one connection that speaks SSH.
 *
 * Life: LOGIN (key exchange, public keys, passwords; ended by the grace or by its
 * tries) -> OPEN (one session channel; pty, environment, then shell or exec)
 * -> RUNNING (bridge.h) -> CLOSING (exit status, end, close; until the client
 * has taken all of it). Whatever it asks for besides is refused.
 *
 * Callbacks of libssh only note what happened; everything is done between
 * two polls, and nothing is freed before the end.
 */
#ifndef SSH_TALKER_H
#define SSH_TALKER_H

#include <libssh/libssh.h>
#include <libssh/server.h>
#include <stdbool.h>

#include "base/clock.h"
#include "ssh/source.h"
#include "ssh/starter.h"

/* What a talker reports to the listener: one byte, LIVE with the user. */
enum report {
	REPORT_KEYED = 'k',	/* the key exchange is done */
	REPORT_FAILED = 'f',	/* a login was refused */
	REPORT_LIVE = 'l'	/* logged in */
};

struct talker_rules {
	struct span grace;
	unsigned tries;		/* refused keys and passwords before the end */
	bool passwords;
	bool sandbox;
	struct starter_places places;
};

/* Algorithms, host key, no configuration files; one for all connections.
 * NULL: libssh refuses something (e). */
ssh_bind talker_bind(ssh_key hostkey, struct err *e);

/* In a process of its own. Takes the connection, the descriptor that may
 * say LOGIN and the end of the pair to the listener. Returns its exit code. */
int talker_run(ssh_bind bind, const struct talker_rules *rules, int socket,
    int login, int report, const char *from);

#endif
