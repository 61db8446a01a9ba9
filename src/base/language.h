/* SPDX-License-Identifier: ISC */
/*
 * language.h - the program's texts in the language of whoever reads them.
 *
 * A text is written in English and marked: _("text") where it is shown,
 * N_("text") where it only stands in a table, ngettext() where it counts.
 * po/LANGUAGE.po holds its translation. The language is chosen at run time
 * and has nothing to do with the locale: our terminals run in C.UTF-8, and
 * newer C libraries translate nothing there, so the catalogues of gettext
 * are read by base/catalogue.
 *
 * For what people read. What programs read stays as it is. One language at a
 * time for the whole process: a program that serves several people at once
 * (the core) does not use this. Texts that were handed out stay valid.
 */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include "base/err.h"

#define _(text) language_text(text)
#define N_(text) text
#define ngettext(one, many, n) language_plural(one, many, n)

/* "en" or "" is what the source says. -1 with e: nothing is changed. The
 * catalogue is LOCALEDIR/NAME/LC_MESSAGES/sightglass.mo, or below po/ beside
 * the program where that was not installed. */
int language_use(const char *name, struct err *e);
/* Where to look first, for programs that are not beside po/; dir stays. */
void language_dir(const char *dir);
const char *language_name(void);	/* "en" at first */

const char *language_text(const char *text)
	__attribute__((format_arg(1)));
const char *language_plural(const char *one, const char *many, unsigned long n)
	__attribute__((format_arg(1), format_arg(2)));

#endif
