/* SPDX-License-Identifier: ISC */
#include "store/batch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/inside.h"
#include "store/names.h"

/* What a batch takes when there is nearly nothing in it: the queue is bounded
 * by memory, not by what is in it. */
#define BATCH_BYTES 2048

struct record_batch *
record_batch_new(struct record *r)
{
	struct record_batch *b = xcalloc(1, sizeof(*b));

	b->record = r;
	b->arena = arena_new();
	b->bytes = BATCH_BYTES;
	return b;
}

void
record_batch_free(struct record_batch *b)
{
	if (b == NULL)
		return;
	vec_free(&b->ops);
	arena_free(b->arena);
	free(b);
}

bool
record_batch_is_empty(const struct record_batch *b)
{
	return b->ops.n == 0;
}

static struct cell *
op_add(struct record_batch *b, enum statement st, unsigned n)
{
	struct op *op = vec_add(&b->ops);

	op->st = st;
	op->n = n;
	op->cells = arena_take(b->arena, n, sizeof(struct cell));
	b->bytes += sizeof(*op) + n * sizeof(struct cell);
	return op->cells;
}

/* NULL is the empty text; cut between two characters. */
static struct cell
text_up_to(struct record_batch *b, const char *text, size_t max)
{
	size_t len = text != NULL ? strlen(text) : 0;

	if (len == 0)
		return (struct cell){ CELL_TEXT, { .text = "" } };
	if (len > max) {
		len = max;
		while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	}
	b->bytes += len + 1;
	return (struct cell){ CELL_TEXT,
		{ .text = arena_textn(b->arena, text, len) } };
}

static struct cell
text(struct record_batch *b, const char *s)
{
	return text_up_to(b, s, RECORD_TEXT_MAX);
}

static struct cell
long_text(struct record_batch *b, const char *s)
{
	return text_up_to(b, s, RECORD_LONG_MAX);
}

static struct cell
hex(struct record_batch *b, const struct digest *d)
{
	static const struct digest none;
	char dst[DIGEST_HEX];

	return text(b, digest_same(d, &none) ? "" : digest_hex(dst, d));
}

static uint64_t
audit_add(struct record_batch *b, uint64_t command,
    const struct record_audit *row, const char *result)
{
	struct cell *c = op_add(b, STATEMENT_ADD_AUDIT, AUDIT_CELLS);
	uint64_t seq = ++b->record->audit_seq;

	if (b->audit_first == 0)
		b->audit_first = seq;
	b->audit_last = seq;
	c[AUDIT_SEQ] = cell_int((int64_t)seq);
	c[AUDIT_TIME] = cell_int(row->time.ms);
	c[AUDIT_MONO] = cell_int(row->mono_ms);
	c[AUDIT_USER] = text(b, row->user);
	c[AUDIT_STATION] = text(b, row->station);
	c[AUDIT_FROM] = text(b, row->from);
	c[AUDIT_SESSION] = text(b, row->session);
	c[AUDIT_VERB] = text(b, row->verb);
	c[AUDIT_NAME] = text(b, row->name);
	c[AUDIT_OLD] = text(b, row->old);
	c[AUDIT_NEW] = text(b, row->new);
	c[AUDIT_REASON] = text(b, row->reason);
	c[AUDIT_RESULT] = text(b, result);
	c[AUDIT_COMMAND] = cell_int((int64_t)(command != 0 ? command : seq));
	return seq;
}

uint64_t
record_audit_request(struct record_batch *b, const struct record_audit *row)
{
	uint64_t command = audit_add(b, 0, row, "");

	op_add(b, STATEMENT_ADD_OPEN, 1)[0] = cell_int((int64_t)command);
	return command;
}

uint64_t
record_audit_result(struct record_batch *b, uint64_t command,
    const struct record_audit *row)
{
	uint64_t seq;

	assert(command != 0 && row->result != NULL && row->result[0] != '\0');
	seq = audit_add(b, command, row, row->result);
	op_add(b, STATEMENT_REMOVE_OPEN, 1)[0] = cell_int((int64_t)command);
	return seq;
}

void
batch_add_reserved(struct record_batch *b, const struct cell *row)
{
	struct cell *c = op_add(b, STATEMENT_ADD_AUDIT, AUDIT_CELLS);
	int i;

	for (i = 0; i < AUDIT_CELLS; i++)
		c[i] = row[i].type == CELL_TEXT ? text(b, row[i].as.text)
						: row[i];
	if (b->audit_first == 0)
		b->audit_first = (uint64_t)c[AUDIT_SEQ].as.sint;
	b->audit_last = (uint64_t)c[AUDIT_SEQ].as.sint;
	op_add(b, STATEMENT_ADD_OPEN, 1)[0] = c[AUDIT_COMMAND];
}

uint64_t
record_event(struct record_batch *b, const struct record_event *row)
{
	struct cell *c = op_add(b, STATEMENT_ADD_EVENT, 19);
	uint64_t seq = ++b->record->event_seq;

	b->event_last = seq;
	*c++ = cell_int((int64_t)seq);
	*c++ = cell_int(row->time.ms);
	*c++ = cell_int(row->mono_ms);
	*c++ = text(b, record_kind_name(row->kind));
	*c++ = text(b, row->area);
	*c++ = text(b, row->name);
	*c++ = text(b, row->text);
	*c++ = text(b, row->user);
	*c++ = text(b, row->station);
	*c++ = text(b, row->old);
	*c++ = text(b, row->new);
	*c++ = text(b, row->result);
	*c++ = cell_int(row->occurrence);
	*c++ = cell_int(row->priority);
	*c++ = text(b, row->value);
	*c++ = text(b, row->cause);
	*c++ = cell_int((int64_t)row->command);
	*c++ = cell_int(row->flags);
	*c++ = cell_int(row->announced);
	return seq;
}

static void
remove_by_name(struct record_batch *b, enum statement st, const char *name)
{
	op_add(b, st, 1)[0] = text(b, name);
}

/* type, value, quality, cause, flags, time */
static struct cell *
value_cells(struct record_batch *b, struct cell *c, const struct value *v)
{
	*c++ = text(b, name_of(NAME_VALUE_TYPE, v->type));
	switch ((enum value_type)v->type) {
	case VALUE_REAL:
		*c++ = (struct cell){ CELL_REAL, { .real = v->as.real } };
		break;
	case VALUE_TEXT:
		*c++ = text_up_to(b, v->as.text, VALUE_TEXT_MAX);
		break;
	default:	/* an unsigned one above INT64_MAX as its two's
			 * complement: its type brings it back */
		*c++ = cell_int(v->as.sint);
	}
	*c++ = text(b, name_of(NAME_QUALITY, v->quality));
	*c++ = text(b, name_of(NAME_CAUSE, v->cause));
	*c++ = cell_int(v->flags);
	*c++ = cell_int(v->time.ms);
	return c;
}

void
record_put_alarm(
    struct record_batch *b, const char *name, const struct alarm *a)
{
	const struct inhibition *in;
	struct cell *c = op_add(b, STATEMENT_PUT_ALARM, 16);
	unsigned i;

	*c++ = text(b, name);
	*c++ = text(b, name_of(NAME_ALARM_STATE, a->state));
	*c++ = cell_int(a->active);
	*c++ = cell_int(a->occurrence);
	*c++ = cell_int(a->count);
	*c++ = cell_int(a->raised.ms);
	*c++ = cell_int(a->acked.ms);
	*c++ = cell_int(a->returned.ms);
	*c++ = text(b, a->acked_by);
	*c++ = (struct cell){ CELL_REAL, { .real = a->limit } };
	value_cells(b, c, &a->at);
	remove_by_name(b, STATEMENT_REMOVE_INHIBITIONS, name);
	for (i = 0; i < INHIBITS; i++) {
		in = alarm_inhibition(a, i);
		if (in == NULL)
			continue;
		c = op_add(b, STATEMENT_ADD_INHIBITION, 6);
		*c++ = text(b, name);
		*c++ = text(b, name_of(NAME_INHIBIT, i));
		*c++ = text(b, in->owner);
		*c++ = text(b, in->reason);
		*c++ = cell_int(in->since.ms);
		*c++ = cell_int(in->until.ms);
	}
}

void
record_remove_alarm(struct record_batch *b, const char *name)
{
	remove_by_name(b, STATEMENT_REMOVE_INHIBITIONS, name);
	remove_by_name(b, STATEMENT_REMOVE_ALARM, name);
}

void
record_put_value(
    struct record_batch *b, const char *tag, const struct value *v)
{
	struct cell *c = op_add(b, STATEMENT_PUT_VALUE, 7);

	*c++ = text(b, tag);
	value_cells(b, c, v);
}

void
record_remove_value(struct record_batch *b, const char *tag)
{
	remove_by_name(b, STATEMENT_REMOVE_VALUE, tag);
}

void
record_put_override(struct record_batch *b, const struct record_override *o)
{
	struct cell *c = op_add(b, STATEMENT_PUT_OVERRIDE, 11);

	*c++ = text(b, o->tag);
	c = value_cells(b, c, &o->value);
	*c++ = text(b, o->user);
	*c++ = text(b, o->station);
	*c++ = text(b, o->reason);
	*c++ = cell_int(o->until.ms);
}

void
record_remove_override(struct record_batch *b, const char *tag)
{
	remove_by_name(b, STATEMENT_REMOVE_OVERRIDE, tag);
}

void
record_put_lockout(struct record_batch *b, const struct record_lockout *l)
{
	struct cell *c = op_add(b, STATEMENT_PUT_LOCKOUT, 6);

	*c++ = text(b, l->object);
	*c++ = text(b, l->user);
	*c++ = text(b, l->station);
	*c++ = text(b, l->reason);
	*c++ = text(b, l->ticket);
	*c++ = cell_int(l->since.ms);
}

void
record_remove_lockout(
    struct record_batch *b, const char *object, const char *user)
{
	struct cell *c = op_add(b, STATEMENT_REMOVE_LOCKOUT, 2);

	*c++ = text(b, object);
	*c++ = text(b, user);
}

void
record_put_bypass(struct record_batch *b, const struct record_bypass *p)
{
	struct cell *c = op_add(b, STATEMENT_PUT_BYPASS, 8);

	*c++ = text(b, p->object);
	*c++ = text(b, p->command);
	*c++ = text(b, p->interlock);
	*c++ = text(b, p->user);
	*c++ = text(b, p->station);
	*c++ = text(b, p->reason);
	*c++ = cell_int(p->since.ms);
	*c++ = cell_int(p->until.ms);
}

void
record_remove_bypass(
    struct record_batch *b, const char *object, const char *command)
{
	struct cell *c = op_add(b, STATEMENT_REMOVE_BYPASS, 2);

	*c++ = text(b, object);
	*c++ = text(b, command);
}

void
record_put_user(struct record_batch *b, const struct record_user *u)
{
	struct cell *c = op_add(b, STATEMENT_PUT_USER, 9);

	*c++ = text(b, u->name);
	*c++ = text(b, u->full_name);
	*c++ = long_text(b, u->roles);
	*c++ = text(b, u->language);
	*c++ = text(b, u->unix_name);
	*c++ = u->password != NULL ? text(b, u->password)
				   : (struct cell){ CELL_NULL, { 0 } };
	*c++ = cell_int(u->locked);
	*c++ = cell_int(u->created.ms);
	*c++ = cell_int(u->last_login.ms);
}

void
record_remove_user(struct record_batch *b, const char *name)
{
	remove_by_name(b, STATEMENT_REMOVE_USER_SESSIONS, name);
	remove_by_name(b, STATEMENT_REMOVE_USER_KEYS, name);
	remove_by_name(b, STATEMENT_REMOVE_USER, name);
}

void
record_put_key(struct record_batch *b, const struct record_key *k)
{
	struct cell *c = op_add(b, STATEMENT_PUT_KEY, 4);

	*c++ = text(b, k->user);
	*c++ = text(b, k->fingerprint);
	*c++ = long_text(b, k->line);
	*c++ = cell_int(k->added.ms);
}

void
record_remove_key(
    struct record_batch *b, const char *user, const char *fingerprint)
{
	struct cell *c = op_add(b, STATEMENT_REMOVE_KEY, 2);

	*c++ = text(b, user);
	*c++ = text(b, fingerprint);
}

void
record_put_session(struct record_batch *b, const struct record_session *s)
{
	struct cell *c = op_add(b, STATEMENT_PUT_SESSION, 10);

	*c++ = text(b, s->id);
	*c++ = hex(b, &s->ticket);
	*c++ = hex(b, &s->previous);
	*c++ = text(b, s->user);
	*c++ = text(b, s->station);
	*c++ = text(b, s->from);
	*c++ = text(b, s->key);
	*c++ = text(b, s->limits);
	*c++ = text(b, s->screen);
	*c++ = cell_int(s->since.ms);
}

void
record_remove_session(struct record_batch *b, const char *id)
{
	remove_by_name(b, STATEMENT_REMOVE_SESSION, id);
}

void
record_put_setting(struct record_batch *b, const char *key, const char *value)
{
	struct cell *c;

	if (value == NULL) {
		remove_by_name(b, STATEMENT_REMOVE_SETTING, key);
		return;
	}
	c = op_add(b, STATEMENT_PUT_SETTING, 2);
	*c++ = text(b, key);
	*c++ = long_text(b, value);
}
