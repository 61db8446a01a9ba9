/* SPDX-License-Identifier: ISC */
/* near.h - what a mistyped word was meant to be. */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#define NEAR_CAP 160

/*
 * Keeps the nearest of several candidates that is near enough to be meant:
 * start with *best NULL and *distance 0, offer each.
 */
void near_offer(const char *text, const char *candidate, const char **best,
    unsigned *distance);
/* `; did you mean "best"?`, or "" for NULL. */
const char *near_text(char dst[NEAR_CAP], const char *best);
/* The same in the language of this program (base/language.h). */
const char *near_say(char dst[NEAR_CAP], const char *best);

#endif
