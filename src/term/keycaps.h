/* SPDX-License-Identifier: ISC */
/*
 * keycaps.h - the keys that the description of the current terminal names.
 */
#ifndef TERM_KEYCAPS_H
#define TERM_KEYCAPS_H

#include <stdint.h>

void keycaps_each(
    void (*found)(void *arg, const char *sequence, uint32_t code), void *arg);

#endif
