/* SPDX-License-Identifier: ISC */
/*
 * message.h - the message line: the last thing that the console has to say.
 *
 * A refusal stays at least MESSAGE_REFUSED and is not displaced by a lesser
 * text within that time; a result stays until the next one.
 */
#ifndef TERM_MESSAGE_H
#define TERM_MESSAGE_H

#include <stdbool.h>

#include "base/clock.h"
#include "term/canvas.h"

#define MESSAGE_REFUSED ((struct span){ 3000 })
#define MESSAGE_TEXT 400

enum message_kind { MESSAGE_INFO, MESSAGE_NOTICE, MESSAGE_REFUSAL };

struct message {
	enum message_kind kind;
	char text[MESSAGE_TEXT];
	struct mono since, until;	/* until: MONO_NEVER stays */
};

void message_init(struct message *m);
/* False: something more important still stands there. stay of 0 ms: until
 * the next one. */
bool message_set(struct message *m, enum message_kind kind, struct span stay,
    struct mono now, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
void message_clear(struct message *m);
/* True: it has just gone and the line is to be drawn. */
bool message_expire(struct message *m, struct mono now);
void message_draw(struct canvas c, const struct message *m);

#endif
