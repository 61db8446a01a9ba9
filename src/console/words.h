/* SPDX-License-Identifier: ISC */
/*
 * words.h - the few words that programs read and people too, in the language
 * of the person: qualities, inhibits. Screens alone use them; what
 * is sent to the core stays as it is.
 */
#ifndef CONSOLE_WORDS_H
#define CONSOLE_WORDS_H

#include <stddef.h>

#include "model/alarm.h"
#include "model/value.h"

const char *words_quality(enum quality q);
/* Of an event; others as they are. */
const char *words_kind(const char *kind);
/* The mark of an alarm's state, as in the list of alarms; others as they are. */
const char *words_state(const char *state);
const char *words_mark(enum alarm_state state);	/* UNA, ACK .. */
/* Words joined by '+' or ',', each translated; returns dst. */
char *words_list(char *dst, size_t cap, const char *list);

#endif
