/* SPDX-License-Identifier: ISC */
/*
 * requests.h - what sessions ask: every call goes through here, is looked up
 * in the table of verbs and passes the door's first steps (P25: known verb,
 * right, station limit) before its handler sees it. Whoever manages users from
 * elsewhere also shows the password that belongs to the session.
 *
 * A call with PLAIN is for a program: from it on the session gets the texts
 * of the project in its default language, whoever asks.
 */
#ifndef SERVER_REQUESTS_H
#define SERVER_REQUESTS_H

#include "wire/message.h"

struct core;
struct session;

/* A handler may take the call (answer_new); else it is freed behind it. */
typedef void verb_fn(struct core *c, struct session *s, struct call *call);

/* One for each verb, defined in verb_*.c. */
#define X(id, ...) verb_fn on_##id;
VERBS(X)
#undef X

void requests_message(
    struct core *c, struct session *s, enum message type, struct get *g);
/* Refuses: END with the code and "refused: REASON" in the audit. */
void request_refuse(struct core *c, struct session *s, const struct call *call,
    int code, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));

#endif
