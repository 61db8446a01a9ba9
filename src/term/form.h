/* SPDX-License-Identifier: ISC */
/*
 * form.h - a dialog's frame and its lines.
 *
 * A form is a table of rows: a line of text, a labelled input, or a gap.
 * Tab, Backtab, Up and Down move between the inputs; the rest of the keys
 * goes to the one with focus. Enter, y and Esc are the view's: a form never
 * decides anything. Nothing here loops: a dialog is a view.
 */
#ifndef TERM_FORM_H
#define TERM_FORM_H

#include "term/canvas.h"
#include "term/input.h"

#define FORM_TEXT 160

struct form_row {
	const char *label;	/* "" or NULL: the line belongs to text alone */
	char text[FORM_TEXT];	/* behind the label, or behind the input */
	enum style style;	/* of text */
	struct input *input;	/* or NULL; owned by the view */
	int width;		/* columns of the input */
};

struct form {
	const char *title;
	struct form_row *row;
	int rows;
	int focus;	/* row, -1: none */
};

/* Puts the focus on the first input. */
void form_init(
    struct form *f, const char *title, struct form_row *row, int rows);
/* Draws it in the middle of c, with frame, over what is there. */
void form_draw(struct canvas c, struct form *f);
/* True: the key was for the form. */
bool form_key(struct form *f, const struct key *k);
/* A cleared, framed place of this size in the middle of c; returns the
 * inside. */
struct canvas form_frame(
    struct canvas c, const char *title, int rows, int cols);

#endif
