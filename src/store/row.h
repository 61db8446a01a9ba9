/* SPDX-License-Identifier: ISC */
/*
 * row.h - what record.db keeps, as C sees it.
 *
 * Texts are borrowed: by a batch only during the call (it copies), by a load
 * or a page as long as its callback or the page lives. NULL is the empty
 * text, unless said otherwise. A text longer than RECORD_TEXT_MAX bytes is
 * cut between two characters.
 */
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/digest.h"
#include "model/alarm.h"
#include "model/value.h"

#define RECORD_TEXT_MAX 1000	/* bytes of one text in audit and events */
#define RECORD_LONG_MAX 4096	/* of a key line, a setting, a role list */

/*
 * Audit. A command is two rows: the request, whose result is empty, and one
 * row with the result (P2). Both repeat who and what. command is the seq of
 * the request; the request's own is its seq.
 */
struct record_audit {
	uint64_t seq, command;	/* given by the batch, or read */
	struct wall time;
	int64_t mono_ms;
	const char *user, *station, *from, *session;
	const char *verb, *name, *old, *new, *reason, *result;
	char hash[DIGEST_HEX];	/* read only */
};

/* One list for alarms, actions, process and system, by seq (P22, P23). */
#define RECORD_KINDS(X)                                                        \
	X(ALARM, "alarm")                                                      \
	X(COMMAND, "command")                                                  \
	X(STATE, "state")	/* a declared state change of the process */   \
	X(PLC, "plc")		/* changed there, not by us */                 \
	X(LOGIN, "login")                                                      \
	X(SESSION, "session")                                                  \
	X(PROJECT, "project")                                                  \
	X(SYSTEM, "system")                                                    \
	X(NOTE, "note")		/* what a person wrote */
enum record_kind {
#define X(id, name) RECORD_##id,
	RECORD_KINDS(X)
#undef X
	RECORD_KIND_COUNT
};
const char *record_kind_name(enum record_kind kind);

struct record_event {
	uint64_t seq;		/* given by the batch, or read */
	struct wall time;
	int64_t mono_ms;
	enum record_kind kind;
	const char *area, *name, *text, *user, *station;
	const char *old, *new, *result;
	/* Of an alarm's transition; the journal is the rows of kind alarm. */
	uint32_t occurrence;	/* 0: none */
	uint8_t priority;
	const char *value;	/* of its input, as for programs */
	const char *cause;	/* "found at start", "during outage", .. */
	uint64_t command;	/* of an action: its id in the audit, or 0 */
	uint8_t flags;		/* enum value_flag: simulated, or none */
	bool announced;		/* it called somebody; written only */
};

struct record_user {
	const char *name, *full_name;
	const char *roles;	/* operator@filtration,viewer */
	const char *language, *unix_name;
	const char *password;	/* crypt(5), NULL: none */
	bool locked;
	struct wall created, last_login;
};

struct record_key {
	const char *user;
	const char *fingerprint;	/* SHA256:... */
	const char *line;		/* the public key as it was given */
	struct wall added;
};

/* The ticket itself is never kept. previous stays valid until the new one
 * was used once; all zero is none. */
struct record_session {
	const char *id;		/* the audit's session column */
	struct digest ticket, previous;
	const char *user, *station, *from;
	const char *key;	/* fingerprint it logged in with, or "" */
	const char *limits, *screen;
	struct wall since;
};

/* Fields of struct alarm marked (run) are not kept. */
struct record_alarm {
	const char *name;
	struct alarm alarm;
};

struct record_value {
	const char *tag;
	struct value value;
};

/* value.time is since when. */
struct record_override {
	const char *tag;
	struct value value;
	const char *user, *station, *reason;
	struct wall until;
};

/* One for each object and user. */
struct record_lockout {
	const char *object, *user, *station, *reason, *ticket;
	struct wall since;
};

/* One for each command. */
struct record_bypass {
	const char *object, *command, *interlock;
	const char *user, *station, *reason;
	struct wall since, until;
};

struct record_setting {
	const char *key, *text;
};

#endif
