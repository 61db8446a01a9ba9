/* SPDX-License-Identifier: ISC */
#include "base/catalogue.h"

#include <byteswap.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MAGIC 0x950412deu
#define HEAD 20			/* bytes that are read of the file's head */

enum { FROM, TO, SIDES };

enum rule { ALWAYS_ONE, NOT_ONE, ABOVE_ONE };

struct catalogue {
	char *bytes;
	size_t n;
	bool swapped;
	uint32_t texts;
	uint32_t table[SIDES];	/* where length and place of each text stand */
	enum rule rule;
};

/* As "Plural-Forms:" of the header writes them, without blanks. */
static const struct {
	const char *text;
	enum rule rule;
} rules[] = {
	{ "nplurals=1;plural=0", ALWAYS_ONE },
	{ "nplurals=2;plural=(n!=1)", NOT_ONE },
	{ "nplurals=2;plural=n!=1", NOT_ONE },
	{ "nplurals=2;plural=(n>1)", ABOVE_ONE },
	{ "nplurals=2;plural=n>1", ABOVE_ONE },
};

static uint32_t
word(const struct catalogue *c, size_t at)
{
	uint32_t w;

	memcpy(&w, c->bytes + at, sizeof(w));
	return c->swapped ? bswap_32(w) : w;
}

static uint32_t
length(const struct catalogue *c, int side, uint32_t i)
{
	return word(c, c->table[side] + (size_t)i * 8);
}

static const char *
text_at(const struct catalogue *c, int side, uint32_t i)
{
	return c->bytes + word(c, c->table[side] + (size_t)i * 8 + 4);
}

/* Are n bytes at this place, and a NUL behind them, inside? */
static bool
is_inside(const struct catalogue *c, size_t at, size_t n)
{
	return at <= c->n && n < c->n - at && c->bytes[at + n] == '\0';
}

static int
check_head(struct catalogue *c, struct err *e)
{
	uint32_t magic;
	int side;

	if (c->n < HEAD)
		return err_set(e, "too short for a catalogue");
	memcpy(&magic, c->bytes, sizeof(magic));
	c->swapped = magic == bswap_32(MAGIC);
	if (!c->swapped && magic != MAGIC)
		return err_set(e, "not a catalogue of texts");
	if (word(c, 4) >> 16 > 1)
		return err_set(e, "a catalogue of an unknown version");
	c->texts = word(c, 8);
	for (side = FROM; side < SIDES; side++) {
		c->table[side] = word(c, 12 + (size_t)side * 4);
		if (c->table[side] > c->n ||
		    c->texts > (c->n - c->table[side]) / 8)
			return err_set(e, "a table beyond the end");
	}
	return 0;
}

static int
check_texts(const struct catalogue *c, struct err *e)
{
	uint32_t i;
	int side;

	for (i = 0; i < c->texts; i++) {
		for (side = FROM; side < SIDES; side++)
			if (!is_inside(c,
				word(c, c->table[side] + (size_t)i * 8 + 4),
				length(c, side, i)))
				return err_set(
				    e, "text %u is beyond the end", i);
		if (i > 0 && strcmp(text_at(c, FROM, i - 1),
				 text_at(c, FROM, i)) >= 0)
			return err_set(e, "text %u is out of order", i);
	}
	return 0;
}

/* The value of a field of the header, without blanks and its last ';'. */
static void
header_field(const char *head, const char *name, char *dst, size_t cap)
{
	const char *s = strstr(head, name);
	size_t n = 0;

	for (s = s != NULL ? s + strlen(name) : ""; *s != '\0' && *s != '\n';
	     s++)
		if (*s != ' ' && n + 1 < cap)
			dst[n++] = *s;
	if (n > 0 && dst[n - 1] == ';')
		n--;
	dst[n] = '\0';
}

static int
read_header(struct catalogue *c, struct err *e)
{
	const char *head = catalogue_find(c, "");
	char value[128];
	size_t i;

	if (head == NULL)
		return err_set(e, "no header");
	header_field(head, "Content-Type:", value, sizeof(value));
	if (strstr(value, "charset=UTF-8") == NULL)
		return err_set(e, "not in UTF-8");
	header_field(head, "Plural-Forms:", value, sizeof(value));
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(value, rules[i].text) == 0) {
			c->rule = rules[i].rule;
			return 0;
		}
	return err_set(e, "unknown plural rule \"%s\"", value);
}

struct catalogue *
catalogue_parse(const void *bytes, size_t n, struct err *e)
{
	struct catalogue *c = xcalloc(1, sizeof(*c));

	c->bytes = xcalloc(1, n + 1);
	c->n = n;
	if (n > 0)
		memcpy(c->bytes, bytes, n);
	if (check_head(c, e) < 0 || check_texts(c, e) < 0 ||
	    read_header(c, e) < 0) {
		catalogue_free(c);
		return NULL;
	}
	return c;
}

void
catalogue_free(struct catalogue *c)
{
	if (c == NULL)
		return;
	free(c->bytes);
	free(c);
}

/* The number of a text; c->texts: it is not there. */
static uint32_t
find(const struct catalogue *c, const char *text)
{
	uint32_t low = 0, high = c->texts, mid;
	int order;

	while (low < high) {
		mid = low + (high - low) / 2;
		order = strcmp(text, text_at(c, FROM, mid));
		if (order == 0)
			return mid;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return c->texts;
}

const char *
catalogue_find(const struct catalogue *c, const char *text)
{
	uint32_t i = find(c, text);

	return i < c->texts && length(c, TO, i) > 0 ? text_at(c, TO, i) : NULL;
}

/* Forms stand behind each other, each with its NUL. */
const char *
catalogue_find_plural(
    const struct catalogue *c, const char *one, unsigned long n)
{
	uint32_t i = find(c, one);
	const char *first;
	size_t len;

	if (i == c->texts || length(c, TO, i) == 0)
		return NULL;
	first = text_at(c, TO, i);
	len = strlen(first);
	if (c->rule == ALWAYS_ONE || (c->rule == NOT_ONE && n == 1) ||
	    (c->rule == ABOVE_ONE && n <= 1))
		return first;
	return len < length(c, TO, i) ? first + len + 1 : NULL;
}
