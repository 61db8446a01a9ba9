/* SPDX-License-Identifier: ISC */
#include "verb/print.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/when.h"
#include "model/value.h"

void
print_clean(struct buf *b, const char *text)
{
	size_t len = strlen(text);
	char *clean;

	if (text_is_clean(text, len)) {
		buf_add(b, text, len);
		return;
	}
	clean = xmalloc(2 * len + 1);	/* a byte becomes two at most */
	buf_add(b, clean, text_clean(clean, 2 * len + 1, text, len));
	free(clean);
}

static void
print_real(struct buf *b, const struct cell *c, enum print_for whom)
{
	struct value v = { .as.real = c->as.real, .type = VALUE_REAL };
	char text[VALUE_CAP];

	if (whom == PRINT_FOR_PEOPLE && c->decimals != CELL_SHORTEST)
		value_show(text, &v, c->decimals);
	else
		real_print(text, c->as.real);
	buf_text(b, text);
}

void
print_cell(struct buf *b, const struct cell *c, enum print_for whom)
{
	char time[WHEN_CAP];

	switch ((enum cell_type)c->type) {
	case CELL_NULL:
		break;
	case CELL_BOOL:
		buf_text(b, c->as.on ? "true" : "false");
		break;
	case CELL_INT:
		buf_printf(b, "%" PRId64, c->as.sint);
		break;
	case CELL_UINT:
		buf_printf(b, "%" PRIu64, c->as.uint);
		break;
	case CELL_REAL:
		print_real(b, c, whom);
		break;
	case CELL_TIME:
		buf_text(b, whom == PRINT_FOR_PEOPLE
			? when_local(time, c->as.time)
			: when_utc(time, c->as.time));
		break;
	case CELL_TEXT:
	case CELL_FLAGS:
		print_clean(b, c->as.text);
		break;
	}
}

static const char *
digits(const char *s)
{
	return s + strspn(s, "0123456789");
}

bool
print_is_number(const char *s)
{
	const char *start, *point;

	s += *s == '+' || *s == '-';
	start = s;
	s = digits(s);
	if (*s == '.') {
		point = s + 1;
		s = digits(point);
		if (s == point)
			return false;
	} else if (s == start) {
		return false;
	}
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '+' || *s == '-';
		start = s;
		s = digits(s);
		if (s == start)
			return false;
	}
	return *s == '\0';
}
