/* SPDX-License-Identifier: ISC */
/*
 * chronicle.h - what a server would have written down about days that nobody
 * lived through: steps of alarms, changes of state, and what the operators of
 * a demonstration did.
 *
 * The alarms are moved by the machine of the server (model/alarm_look.h), with
 * virtual time: what is due between two samples happens at its own time. An
 * alarm that waits is acknowledged a few minutes later, by whoever is on
 * duty, and reset where its class wants it. The states in which they end go
 * into the record, too: a server that starts goes on from them.
 *
 * Every event is marked as simulated, and every action comes from a station
 * of that name. It is kept by chronicle_end() alone, all of it or nothing.
 */
#ifndef SIM_CHRONICLE_H
#define SIM_CHRONICLE_H

#include "base/clock.h"
#include "base/err.h"
#include "model/expr.h"
#include "model/plant.h"

#define CHRONICLE_PLACE "simulated"	/* station and origin of all actions */

struct chronicle;

/* Into the record in state, which has none; value gives what tags are. */
struct chronicle *chronicle_open(const char *state, const struct plant *plant,
    expr_value_fn *value, void *values, struct err *e);
/* Does it want to know this tag? */
bool chronicle_reads(const struct chronicle *h, uint32_t tag);
/* It has become now: what is due until then happens. */
void chronicle_time(struct chronicle *h, struct mono now, struct wall wall);
/* A tag has another value than was (whose time is 0: it had none). */
void chronicle_changed(
    struct chronicle *h, uint32_t tag, const struct value *was);
/* All tags of this moment are known. */
int chronicle_settle(struct chronicle *h, struct err *e);

/* user has given this command, or this setpoint: the value as it is rounded
 * and shown. Its register is the caller's business. */
void chronicle_do(struct chronicle *h, const char *user, uint32_t command);
void chronicle_set(struct chronicle *h, const char *user, uint32_t tag,
    const char *text, const char *reason);

/* What the server's state has under this tag's name (record_put_value()). */
void chronicle_keep(struct chronicle *h, uint32_t tag, const struct value *v);

/* Keeps it and closes; h is gone either way. */
int chronicle_end(struct chronicle *h, struct err *e);
void chronicle_drop(struct chronicle *h);	/* NULL is fine */

#endif
