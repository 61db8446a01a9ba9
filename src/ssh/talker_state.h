/* SPDX-License-Identifier: ISC */
/*
 * talker_state.h - what the files of the talker share; nobody else's.
 */
#ifndef SSH_TALKER_STATE_H
#define SSH_TALKER_STATE_H

#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/server.h>

#include "ssh/bridge.h"
#include "ssh/login.h"
#include "ssh/request.h"
#include "ssh/starter.h"
#include "ssh/talker.h"

/* From the login to a request. */
#define TALKER_OPEN_GRACE ((struct span){ 30000 })

enum stage { LOGIN, OPEN, RUNNING, CLOSING };

struct talker {
	const struct talker_rules *rules;
	const char *from;
	int socket, report, session_fd;
	ssh_session session;
	ssh_event event;
	ssh_channel channel;
	struct ssh_server_callbacks_struct server;
	struct ssh_channel_callbacks_struct on_channel;
	struct login *login;
	struct starter starter;
	struct request request;
	struct bridge bridge;
	char *command;
	char user[33];
	enum stage stage;
	unsigned tries;
	bool keyed;
	bool over;		/* end as soon as nothing is to be sent */
	bool gone;		/* the client is not there any more */
	bool ended;		/* the program is */
	bool stopping;		/* the server does; at stop_by at the latest */
	struct mono stop_by;
	int status;		/* of waitpid; or ours << 8 */
	struct mono deadline;	/* of the stage */
	struct mono look;	/* at the peer */
	int under_way;		/* bytes in TCP when last looked */
	unsigned stalled;	/* times that they were the same */
};

void talker_tell(const struct talker *t, enum report what);
void talker_enter(struct talker *t, enum stage to, struct span within);
void talker_signal(const struct talker *t, int which);

/* talker_login.c: sets the callbacks of the session. */
void talker_await_login(struct talker *t);
/* talker_channel.c: the one session channel, or NULL. */
ssh_channel talker_on_channel(ssh_session session, void *data);

#endif
