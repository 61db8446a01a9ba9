/* SPDX-License-Identifier: ISC */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* Anything in the text may come from outside: it leaves here clean. */
static void
store(struct err *e, const char *text)
{
	text_clean(e->text, sizeof(e->text), text, strlen(text));
}

int
err_set(struct err *e, const char *fmt, ...)
{
	char text[sizeof(e->text)];
	va_list ap;

	if (e == NULL)
		return -1;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	store(e, text);
	return -1;
}

int
err_sys(struct err *e, const char *fmt, ...)
{
	char text[sizeof(e->text)], whole[sizeof(e->text)];
	int saved = errno;
	va_list ap;

	if (e == NULL)
		return -1;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (snprintf(whole, sizeof(whole), "%s: %s", text, strerror(saved)) < 0)
		whole[0] = '\0';
	store(e, whole);
	errno = saved;
	return -1;
}

int
err_prefix(struct err *e, const char *fmt, ...)
{
	char text[sizeof(e->text)], whole[2 * sizeof(e->text) + 2];
	va_list ap;

	if (e == NULL)
		return -1;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	snprintf(whole, sizeof(whole), "%s: %s", text, e->text);
	store(e, whole);
	return -1;
}
