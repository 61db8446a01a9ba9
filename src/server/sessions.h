/* SPDX-License-Identifier: ISC */
/*
 * sessions.h - a user on a station, now. A session belongs to one descriptor
 * for its whole life; its rights come from the user alone.
 */
#ifndef SERVER_SESSIONS_H
#define SERVER_SESSIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/clock.h"
#include "model/right.h"
#include "server/allowance.h"
#include "server/audit.h"
#include "server/proof.h"
#include "server/tickets.h"
#include "server/users.h"
#include "wire/message.h"

struct core;
struct peer;
struct answer;
struct watch;
struct follow;

struct session {
	TAILQ_ENTRY(session) next;
	uint64_t id;
	struct peer *peer;
	struct who who;
	struct rights rights;
	uint32_t everywhere;	/* functions of a local caller, in all areas */
	bool local;		/* called on this machine, and never resumed */
	uint32_t only;		/* functions the station lets through; 0 all */
	bool blocked[VERB_COUNT];	/* verbs that the station does not */
	char language_name[9];	/* of the person; of the station; "" */
	unsigned language;	/* of the project's; the default if it has not */
	char term[65], screen[65], size[16];
	char login_key[PROOF];	/* what proved who it is */
	char base[USER_NAME_MAX + 1], base_key[PROOF];	/* .. at first */
	bool guest;		/* somebody took it over (session login) */
	uint32_t person;	/* how often it changed hands */
	bool view_only;		/* until somebody does */
	bool station_again;	/* a station that comes back (place.h) */
	bool console;		/* a program with screens, called here */
	char secrets[SECRETS][WIRE_SECRET + 1];	/* for the next call */
	struct wall since;
	struct mono last_call;
	struct allowance allowance;
	TAILQ_HEAD(, answer) answers;
	LIST_HEAD(, watch) watches;
	struct follow *follow;
	uint32_t update;	/* number of the last UPDATE */
	bool in_flight;		/* it has not been DRAWN yet */
	/* For traces: the command whose value (of a tag) it has yet to get, the
	 * one whose value is in flight; 0: none. */
	uint64_t awaits, traced;
	uint32_t awaits_tag;
	bool unsaid;		/* its login is no event yet */
	bool calls;		/* a program of the command line, over SSH */
	bool keeps_ticket;	/* its successor has come already */
	bool publish_planned;
	struct mono next_update;
	struct mono last_drawn;
	struct mono deaf_since;	/* could not be sent to; MONO_NEVER */
	uint32_t horn;		/* its station among those of the horn; NONE */
};
TAILQ_HEAD(session_list, session);

struct sessions {
	struct session_list list;
	unsigned n;
	uint64_t last_id;
	VEC(struct ticket) tickets;
};

int sessions_load(struct core *c, struct err *e);
void sessions_fini(struct core *c);

/* A new one of this descriptor, in the list; id 0: it gets the next. It sits
 * where its user sits, and has not been told WELCOME. */
struct session *session_new(struct core *c, struct peer *p, const char *user,
    const char *from, const char *term, uint64_t id);
void session_welcome(struct core *c, struct session *s);
/* Rights, station and language as the project has them now. */
void session_seat(struct core *c, struct session *s);
/* Texts of the project in this language, if it has it, from now on. */
void session_speak(
    const struct core *c, struct session *s, const char *language);
/* Another person at the same place and screen: what was asked for and only
 * looks is dropped, and WELCOME comes again. user NULL: back to whose it was at
 * first, to look only. */
void session_become(struct core *c, struct session *s, const struct user *u);
bool session_is_full(const struct core *c, const char *user);
void session_forget_secrets(struct session *s);
void session_end(struct core *c, struct session *s, const char *why);
/* The user changed: rights are looked up again; a locked one is put out. */
void sessions_refresh(struct core *c, const char *user);
struct session *session_find(const struct core *c, uint64_t id);

/* What the user may do, in this area (NONE: at all); the station's limit is
 * not looked at. */
bool session_may(const struct core *c, const struct session *s,
    enum function f, uint32_t area);
bool session_may_somewhere(
    const struct core *c, const struct session *s, enum function f);
/* Sends one message; a peer that cannot take it is deaf, and after 60 s out. */
bool session_send(struct core *c, struct session *s, const struct put *p);

void sessions_beat(struct core *c);
void session_beat(struct core *c, struct session *s);	/* one more, now */
void sessions_notice(struct core *c, const struct notice *n, uint32_t area);

#endif
