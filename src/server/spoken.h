/* SPDX-License-Identifier: ISC */
/*
 * spoken.h - what the record holds, in the language of whoever reads it.
 *
 * Titles and texts are recorded in the default language of the project. As
 * long as the plant still has the same ones a person gets them in the own
 * language; what it does not know (any more) stays as it was recorded.
 */
#ifndef SERVER_SPOKEN_H
#define SERVER_SPOKEN_H

#include "model/plant.h"

/* Of an alarm, a command or a tag of this name, also with more in brackets
 * behind it; recorded may be NULL. It may stand in room. */
const char *spoken_title(const struct plant *p, unsigned language,
    const char *name, const char *recorded, char *room, size_t cap);
/* A value of the tag of this name; a state of the object whose command it is.
 * recorded may be NULL. */
const char *spoken_value(const struct plant *p, unsigned language,
    const char *name, const char *recorded);

#endif
