/* SPDX-License-Identifier: ISC */
/* making.h - one object while it is made of its type; for read_object*.c. */
#ifndef PROJECT_MAKING_H
#define PROJECT_MAKING_H

#include "project/reader.h"
#include "project/table.h"

/* One object while it is made: the type's items, or copies for it alone. */
struct making {
	struct type_def *type;
	const struct item *item;	/* the type's keys, or its own copy */
	const struct row *row;
	struct place at;
	struct tag_home home;
	uint32_t base[4];
	struct text title;
	struct object object;
	VEC(struct signal_def) signals;
	VEC(struct item *) commands;
	VEC(struct item *) alarms;
	VEC(uint32_t) tags;	/* of the signals; NONE: removed or wrong */
	bool interlocked;	/* some command that is not safe */
};

/* A filled cell under NAME.KEY: this object's own copy of the item. */
void making_override(struct reader *r, struct making *m, const char *column,
    const char *text);
/* Which signal is named so; len bytes, -1: none. */
int making_signal(const struct making *m, const char *name, size_t len);
/* The tag of the signal that a cell names; NONE: none. */
uint32_t making_tag(const struct making *m, const struct cell *c);
/* Did a cell take away all of these keys, without which it is not there? */
bool making_is_gone(
    struct reader *r, struct item *x, const uint8_t *keys, unsigned n);
/* OBJECT.ITEM */
const char *making_name(
    struct reader *r, const struct making *m, const struct item *x);

/* Each adds to the plant. */
void making_command(struct reader *r, struct making *m, struct item *x);
/* Those of the type, and those that the server itself raises for it. */
void making_alarms(struct reader *r, struct making *m);

#endif
