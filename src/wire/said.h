/* SPDX-License-Identifier: ISC */
/*
 * said.h - what the core says to a person, in the person's language.
 *
 * On the wire, in the audit and for programs a result is English: "refused:
 * needs setpoint in intake". Here its sentences are known as templates, so
 * that a screen can say the same in another language with the same names in
 * it. A sentence that is not known stays as it is: nothing is ever lost.
 */
#ifndef WIRE_SAID_H
#define WIRE_SAID_H

#include <stddef.h>

/* result may begin with the word of a result ("refused: ..") or not. dst,
 * which is not result. */
char *said_show(char *dst, size_t cap, const char *result);

#endif
