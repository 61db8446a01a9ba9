/* SPDX-License-Identifier: ISC */
/*
 * preview.h - a screen file as it would stand on a glass, without a server:
 * what is wrong with it, then its body with made-up values.
 */
#ifndef CONSOLE_PREVIEW_H
#define CONSOLE_PREVIEW_H

#include <stdbool.h>

struct preview {
	const char *file;
	const char *project;	/* NULL: above the file's directory */
	int cols, rows;		/* of the window; its body is smaller */
	bool ascii;
};

/* To stdout, problems to stderr; an exit code. */
int preview_print(const struct preview *p);

#endif
