/* SPDX-License-Identifier: ISC */
#include "term/input.h"

#include <string.h>

#include "base/text.h"

void
input_init(struct input *in, enum input_kind kind, unsigned max)
{
	memset(in, 0, sizeof(*in));
	in->kind = kind;
	in->max = max < 1 ? 1 : max > INPUT_MAX ? INPUT_MAX : max;
}

void
input_wipe(struct input *in)
{
	explicit_bzero(in->text, sizeof(in->text));
	in->cursor = in->left = 0;
}

static bool
accepts(const struct input *in, uint32_t code)
{
	switch (in->kind) {
	case INPUT_NUMBER:
		return code < 0x80 && strchr("0123456789.,+-", (int)code) != NULL && code != 0;
	case INPUT_NAME:
		return code > 0x20 && code < 0x7f;
	default:
		return true;
	}
}

static size_t
length(const struct input *in)
{
	return strlen(in->text);
}

static unsigned
characters(const struct input *in)
{
	unsigned n = 0;

	for (const char *s = in->text; *s != '\0'; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

static bool
insert(struct input *in, uint32_t code)
{
	char text[4];
	size_t n = text_encode(text, code), len = length(in);

	if (n == 0 || !accepts(in, code) || characters(in) >= in->max ||
	    len + n >= sizeof(in->text))
		return false;
	memmove(in->text + in->cursor + n, in->text + in->cursor,
	    len - in->cursor + 1);
	memcpy(in->text + in->cursor, text, n);
	in->cursor += n;
	return true;
}

/* Inserts what of a clean text is taken; true: all of it. */
static bool
insert_text(struct input *in, const char *text)
{
	size_t len = strlen(text), n;
	uint32_t code;
	bool all = true;

	for (; len > 0 && (n = text_next(text, len, &code)) > 0;
	    text += n, len -= n)
		all = insert(in, code) && all;
	return all;
}

void
input_set(struct input *in, const char *text)
{
	char clean[sizeof(in->text)];

	text_clean(clean, sizeof(clean), text, strlen(text));
	input_wipe(in);
	insert_text(in, clean);
}

/* The character's begin on the left of at, with the marks over it. */
static size_t
before(const struct input *in, size_t at)
{
	uint32_t code = 0;

	while (at > 0) {
		do
			at--;
		while (at > 0 && (in->text[at] & 0xc0) == 0x80);
		if (text_next(in->text + at, length(in) - at, &code) == 0 ||
		    text_width(code) > 0)
			break;
	}
	return at;
}

static size_t
after(const struct input *in, size_t at)
{
	size_t len = length(in), n;
	uint32_t code;

	n = text_next(in->text + at, len - at, &code);
	at += n;
	while (n > 0 &&
	    (n = text_next(in->text + at, len - at, &code)) > 0 &&
	    text_width(code) == 0)
		at += n;
	return at;
}

static enum input_result
erase(struct input *in, size_t from, size_t to)
{
	if (from == to)
		return INPUT_MOVED;
	memmove(in->text + from, in->text + to, length(in) - to + 1);
	in->cursor = from;
	return INPUT_CHANGED;
}

static size_t
word_before(const struct input *in)
{
	size_t at = in->cursor;

	while (at > 0 && in->text[at - 1] == ' ')
		at--;
	while (at > 0 && in->text[at - 1] != ' ')
		at--;
	return at;
}

static enum input_result
move_to(struct input *in, size_t at)
{
	in->cursor = at;
	return INPUT_MOVED;
}

static enum input_result
control_key(struct input *in, uint32_t code)
{
	switch (code) {
	case 'u':
		return erase(in, 0, in->cursor);
	case 'w':
		return erase(in, word_before(in), in->cursor);
	case 'a':
		return move_to(in, 0);
	case 'e':
		return move_to(in, length(in));
	default:
		return INPUT_IGNORED;
	}
}

enum input_result
input_key(struct input *in, const struct key *k)
{
	if (k->mods == K_CTRL)
		return control_key(in, k->code);
	if (key_is_char(k))
		return insert(in, k->code) ? INPUT_CHANGED : INPUT_REFUSED;
	if (k->mods != 0)
		return INPUT_IGNORED;
	switch (k->code) {
	case K_PASTE:
		return !in->no_paste && insert_text(in, k->text)
		    ? INPUT_CHANGED
		    : INPUT_REFUSED;
	case K_LEFT:
		return move_to(in, before(in, in->cursor));
	case K_RIGHT:
		return move_to(in, after(in, in->cursor));
	case K_HOME:
		return move_to(in, 0);
	case K_END:
		return move_to(in, length(in));
	case K_BACKSPACE:
		return erase(in, before(in, in->cursor), in->cursor);
	case K_DELETE:
		return erase(in, in->cursor, after(in, in->cursor));
	default:
		return INPUT_IGNORED;
	}
}

/* Columns from byte a to byte b. */
static int
columns(const struct input *in, size_t a, size_t b)
{
	char part[sizeof(in->text)];

	memcpy(part, in->text + a, b - a);
	part[b - a] = '\0';
	return (int)text_columns(part);
}

static void
scroll(struct input *in, int width)
{
	size_t len = length(in);

	if (in->cursor > len)
		in->cursor = len;
	if (in->left > in->cursor)
		in->left = in->cursor;
	while (in->left < in->cursor &&
	    columns(in, in->left, in->cursor) > width - 1)
		in->left = after(in, in->left);
	/* as much as fits: never a half empty field */
	while (in->left > 0 &&
	    columns(in, before(in, in->left), len) <= width - 1)
		in->left = before(in, in->left);
}

/* That something is there, and where the cursor stands behind it. */
static int
draw_secret(struct canvas c, int row, int col, int width, enum style s,
    const struct input *in)
{
	static const char there[] = "********";
	bool any = in->text[0] != '\0';

	canvas_text(c, row, col, width, s, any ? there : "");
	return any ? (int)sizeof(there) - 1 : 0;
}

void
input_draw(struct canvas c, int row, int col, int width, struct input *in,
    bool focus)
{
	enum style s = in->bad ? STYLE_INPUT_BAD : STYLE_INPUT;
	int at;

	if (width < 1)
		return;
	scroll(in, width);
	if (in->kind == INPUT_SECRET) {
		at = draw_secret(c, row, col, width, s, in);
	} else {
		canvas_text(c, row, col, width, s, in->text + in->left);
		at = columns(in, in->left, in->cursor);
	}
	if (focus)
		canvas_cursor(c, row, col + (at < width ? at : width - 1));
}

void
input_draw_line(struct canvas c, const char *mark, struct input *in)
{
	c = canvas_part(c, c.rows - 1, 0, 1, c.cols);
	canvas_clear(c, STYLE_INPUT);
	canvas_text(c, 0, 0, 1, STYLE_INPUT, mark);
	input_draw(c, 0, 1, c.cols - 1, in, true);
}
