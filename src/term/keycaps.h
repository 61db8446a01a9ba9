/* SPDX-License-Identifier: ISC */
/*
 * keycaps.h - what terminfo knows: whether it has a terminal, and the keys
 * that its description of the current one names.
 */
#ifndef TERM_KEYCAPS_H
#define TERM_KEYCAPS_H

#include <stdbool.h>
#include <stdint.h>

/* newterm() leaks when there is no description: ask first. fd: any. */
bool keycaps_known(const char *name, int fd);
void keycaps_each(
    void (*found)(void *arg, const char *sequence, uint32_t code), void *arg);

#endif
