/* SPDX-License-Identifier: ISC */
#include "term/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

void
message_init(struct message *m)
{
	memset(m, 0, sizeof(*m));
	m->until = MONO_NEVER;
}

void
message_clear(struct message *m)
{
	message_init(m);
}

/* A refusal must be read before something else takes its place. */
static bool
must_stay(const struct message *m, enum message_kind kind, struct mono now)
{
	return m->text[0] != '\0' && m->kind == MESSAGE_REFUSAL &&
	    kind != MESSAGE_REFUSAL &&
	    mono_before(now, mono_add(m->since, MESSAGE_REFUSED));
}

bool
message_set(struct message *m, enum message_kind kind, struct span stay,
    struct mono now, const char *fmt, ...)
{
	char text[MESSAGE_TEXT];
	va_list ap;

	if (must_stay(m, kind, now))
		return false;
	va_start(ap, fmt);
	if (vsnprintf(text, sizeof(text), fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	text_clean(m->text, sizeof(m->text), text, strlen(text));
	m->kind = kind;
	m->since = now;
	if (kind == MESSAGE_REFUSAL && stay.ms > 0 &&
	    stay.ms < MESSAGE_REFUSED.ms)
		stay = MESSAGE_REFUSED;
	m->until = stay.ms > 0 ? mono_add(now, stay) : MONO_NEVER;
	return true;
}

bool
message_expire(struct message *m, struct mono now)
{
	if (m->text[0] == '\0' || mono_before(now, m->until))
		return false;
	message_clear(m);
	return true;
}

void
message_draw(struct canvas c, const struct message *m)
{
	static const enum style styles[] = { STYLE_MESSAGE, STYLE_NOTICE,
		STYLE_REFUSED };

	canvas_text(c, 0, 0, c.cols,
	    m->text[0] != '\0' ? styles[m->kind] : STYLE_MESSAGE, "");
	canvas_text(c, 0, 1, -1, styles[m->kind], m->text);
}
