/* SPDX-License-Identifier: ISC */
/*
 * reach.h - goes from item to item of a process screen, as Tab does, and looks
 * at each as Enter does: what opens must be the faceplate of the object that
 * stands there, with every signal and every command that the project gives it.
 */
#ifndef TESTS_SCREENS_REACH_H
#define TESTS_SCREENS_REACH_H

#include "console/app.h"
#include "model/plant.h"

/* The screen is shown. Prints the objects that were reached, one a line, and
 * what a faceplate lacks. draw(arg) draws a frame. Returns how much is wrong. */
int reach_faceplates(struct app *a, const struct plant *p,
    const struct screen *s, void (*draw)(void *arg), void *arg);

#endif
