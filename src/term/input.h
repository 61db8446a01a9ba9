/* SPDX-License-Identifier: ISC */
/*
 * input.h - one line that a person types.
 *
 * Holds clean text only: keys that are no characters of its kind are
 * refused, a paste is cleaned and taken as data, or refused where somebody
 * must type (confirmation). Never more than max characters. The line scrolls
 * under a narrow field.
 */
#ifndef TERM_INPUT_H
#define TERM_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "term/canvas.h"
#include "term/key.h"

#define INPUT_MAX 200	/* characters */

enum input_kind {
	INPUT_TEXT,
	INPUT_NUMBER,	/* digits . , + - */
	INPUT_NAME,	/* printable ASCII without blanks */
	INPUT_SECRET	/* never shown, nor how long it is */
};

struct input {
	enum input_kind kind;
	unsigned max;		/* characters, 1..INPUT_MAX */
	bool no_paste;
	bool bad;		/* drawn as wrong; for the owner to set */
	char text[INPUT_MAX * 4 + 1];
	size_t cursor;		/* byte, at a character's begin */
	size_t left;		/* first byte shown */
};

enum input_result {
	INPUT_IGNORED,	/* not a key of this field */
	INPUT_MOVED,
	INPUT_CHANGED,
	INPUT_REFUSED	/* a character or paste it does not take */
};

void input_init(struct input *in, enum input_kind kind, unsigned max);
/* Replaces the text, cursor at its end; what the field would not take is
 * left out. */
void input_set(struct input *in, const char *text);
/* Characters, paste, arrows, Home End, Backspace, Del, Ctrl-U, Ctrl-W. */
enum input_result input_key(struct input *in, const struct key *k);
/* Exactly width columns; with focus the terminal's cursor stands in it. */
void input_draw(struct canvas c, int row, int col, int width,
    struct input *in, bool focus);
/* The line at the bottom of c, behind a mark like ":". */
void input_draw_line(struct canvas c, const char *mark, struct input *in);
/* Overwrites the text; also of a secret. */
void input_wipe(struct input *in);

#endif
