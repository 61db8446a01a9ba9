/* SPDX-License-Identifier: ISC */
/*
 * batch.h - what one turn wants to have recorded, in order.
 *
 * A batch copies all it is given. It becomes one transaction or part of one.
 * Sequence numbers are given out here: gaps are possible (a batch thrown
 * away, a crash), repetition is not: no stored number comes twice, and after
 * a crash events go on behind every number that may have been shown, as long
 * as no more than RECORD_SEQ_AHEAD rows were waiting.
 */
#ifndef STORE_BATCH_H
#define STORE_BATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "store/row.h"

#define RECORD_SEQ_AHEAD 1000

struct record;
struct record_batch;

struct record_batch *record_batch_new(struct record *r);
void record_batch_free(struct record_batch *b);	/* not after it was taken */
bool record_batch_is_empty(const struct record_batch *b);

/* The row "requested"; returns the command's id. seq, command, result and
 * hash of row are not read. */
uint64_t record_audit_request(
    struct record_batch *b, const struct record_audit *row);
/* The one row with the result of command; a second one is refused by the
 * database. Returns its seq. */
uint64_t record_audit_result(struct record_batch *b, uint64_t command,
    const struct record_audit *row);
/* Returns its seq. */
uint64_t record_event(struct record_batch *b, const struct record_event *row);

/* put: inserts, or replaces what has the same key. remove: none is fine. */
void record_put_alarm(
    struct record_batch *b, const char *name, const struct alarm *a);
void record_remove_alarm(struct record_batch *b, const char *name);
void record_put_value(
    struct record_batch *b, const char *tag, const struct value *v);
void record_remove_value(struct record_batch *b, const char *tag);
void record_put_user(struct record_batch *b, const struct record_user *u);
/* With the user's keys and sessions. */
void record_remove_user(struct record_batch *b, const char *name);
void record_put_key(struct record_batch *b, const struct record_key *k);
void record_remove_key(
    struct record_batch *b, const char *user, const char *fingerprint);
void record_put_session(struct record_batch *b, const struct record_session *s);
void record_remove_session(struct record_batch *b, const char *id);
void record_put_override(
    struct record_batch *b, const struct record_override *o);
void record_remove_override(struct record_batch *b, const char *tag);
void record_put_lockout(
    struct record_batch *b, const struct record_lockout *l);
void record_remove_lockout(
    struct record_batch *b, const char *object, const char *user);
void record_put_bypass(
    struct record_batch *b, const struct record_bypass *p);
void record_remove_bypass(
    struct record_batch *b, const char *object, const char *command);
/* text NULL removes. */
void record_put_setting(
    struct record_batch *b, const char *key, const char *text);

#endif
