/* SPDX-License-Identifier: ISC */
#include "term/remark.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

void
remark_init(struct remark *m)
{
	memset(m, 0, sizeof(*m));
	m->until = MONO_NEVER;
}

static void
clear(struct remark *m)
{
	remark_init(m);
}

/* A refusal must be read before something else takes its place. */
static bool
must_stay(const struct remark *m, enum remark_kind kind, struct mono now)
{
	return m->text[0] != '\0' && m->kind == REMARK_REFUSAL &&
	    kind != REMARK_REFUSAL &&
	    mono_before(now, mono_add(m->since, REMARK_REFUSED));
}

bool
remark_set(struct remark *m, enum remark_kind kind, struct span stay,
    struct mono now, const char *fmt, ...)
{
	char text[REMARK_TEXT];
	bool late = must_stay(m, kind, now);
	va_list ap;

	va_start(ap, fmt);
	if (vsnprintf(text, sizeof(text), fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	if (kind == REMARK_NOTICE)
		m->waiting[0] = '\0';
	if (late && kind == REMARK_NOTICE)
		text_clean(
		    m->waiting, sizeof(m->waiting), text, strlen(text));
	if (late)
		return false;
	text_clean(m->text, sizeof(m->text), text, strlen(text));
	m->kind = kind;
	m->since = now;
	if (kind == REMARK_REFUSAL && stay.ms > 0 &&
	    stay.ms < REMARK_REFUSED.ms)
		stay = REMARK_REFUSED;
	m->until = stay.ms > 0 ? mono_add(now, stay) : MONO_NEVER;
	return true;
}

bool
remark_expire(struct remark *m, struct mono now)
{
	char text[REMARK_TEXT];

	if (m->waiting[0] != '\0' && !must_stay(m, REMARK_NOTICE, now)) {
		memcpy(text, m->waiting, sizeof(text));
		return remark_set(m, REMARK_NOTICE, (struct span){ 0 }, now,
		    "%s", text);
	}
	if (m->text[0] == '\0' || mono_before(now, m->until))
		return false;
	clear(m);
	return true;
}

enum style
remark_style(const struct remark *m)
{
	static const enum style styles[] = { STYLE_MESSAGE, STYLE_NOTICE,
		STYLE_REFUSED };

	return m->text[0] != '\0' ? styles[m->kind] : STYLE_MESSAGE;
}

void
remark_draw(struct canvas c, const struct remark *m)
{
	canvas_text(c, 0, 0, c.cols, remark_style(m), "");
	canvas_text(c, 0, 1, -1, remark_style(m), m->text);
}
