/* SPDX-License-Identifier: ISC */
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#define MARK "\xc2\xb7"		/* middle dot: something was here */
#define ELLIPSIS "\xe2\x80\xa6"

size_t
text_next(const char *s, size_t len, uint32_t *code)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	if (len == 0)
		return 0;
	if (((unsigned char)*s & 0x80) == 0) {
		*code = (unsigned char)*s;
		return 1;
	}
	n = utf8proc_iterate((const utf8proc_uint8_t *)s,
	    (utf8proc_ssize_t)(len > 4 ? 4 : len), &c);
	if (n <= 0)
		return 0;
	*code = (uint32_t)c;
	return (size_t)n;
}

size_t
text_encode(char *dst, uint32_t code)
{
	return (size_t)utf8proc_encode_char(
	    (utf8proc_int32_t)code, (utf8proc_uint8_t *)dst);
}

char
text_plain(uint32_t code)
{
	utf8proc_int32_t parts[8];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code,
	    parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);

	return n >= 1 && n <= 8 && parts[0] > 0x20 && parts[0] < 0x7f
	    ? (char)parts[0]
	    : '\0';
}

int
text_width(uint32_t code)
{
	return code < 0x7f ? 1
			   : utf8proc_charwidth((utf8proc_int32_t)code);
}

static bool
combining(uint32_t c)
{
	utf8proc_category_t cat =
	    utf8proc_category((utf8proc_int32_t)c);

	return cat == UTF8PROC_CATEGORY_MN || cat == UTF8PROC_CATEGORY_ME ||
	    cat == UTF8PROC_CATEGORY_MC;
}

static bool
allowed(uint32_t c)
{
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return false;
	if (c < 0x300)
		return c != 0xad;
	if ((c >= 0xfe00 && c <= 0xfe0f) || c >= 0xe0000)
		return false;
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:	/* bidi, zero width, tags, BOM */
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return false;
	default:
		/* Hangul fillers and friends: letters that show nothing */
		return combining(c) || text_width(c) > 0;
	}
}

/* One step of cleaning: bytes taken from src; *out, *n what to write. */
static size_t
step(const char *src, size_t len, int *marks, const char **out, size_t *n)
{
	uint32_t c;
	size_t used = text_next(src, len, &c);

	*out = src;
	*n = used;
	if (used == 0 || !allowed(c) || (combining(c) && *marks != 0)) {
		*out = MARK;
		*n = sizeof(MARK) - 1;
		*marks = 0;
		return used ? used : 1;
	}
	*marks = combining(c);
	return used;
}

size_t
text_clean(char *dst, size_t cap, const char *src, size_t len)
{
	size_t at = 0, used, n;
	const char *out;
	int marks = 1;	/* no base yet: a leading mark is not allowed */

	if (cap == 0)
		return 0;
	while (len > 0) {
		used = step(src, len, &marks, &out, &n);
		if (n >= cap - at)
			break;
		memmove(dst + at, out, n);
		at += n;
		src += used;
		len -= used;
	}
	dst[at] = '\0';
	return at;
}

bool
text_is_clean(const char *src, size_t len)
{
	size_t used, n;
	const char *out;
	int marks = 1;

	while (len > 0) {
		used = step(src, len, &marks, &out, &n);
		if (out != src)
			return false;
		src += used;
		len -= used;
	}
	return true;
}

size_t
text_columns(const char *s)
{
	size_t len = strlen(s), n, columns = 0;
	uint32_t c;

	while (len > 0) {
		n = text_next(s, len, &c);
		if (n == 0)
			break;
		columns += (size_t)text_width(c);
		s += n;
		len -= n;
	}
	return columns;
}

size_t
text_fit(char *dst, size_t cap, const char *s, size_t columns)
{
	size_t len = strlen(s), at = 0, used = 0, n, w;
	bool cut = text_columns(s) > columns;
	size_t room = cut && columns > 0 ? columns - 1 : columns;
	uint32_t c;

	if (cap == 0)
		return 0;
	while (len > 0 && (n = text_next(s, len, &c)) > 0) {
		w = (size_t)text_width(c);
		if (used + w > room || at + n + sizeof(ELLIPSIS) > cap)
			break;
		memcpy(dst + at, s, n);
		at += n;
		used += w;
		s += n;
		len -= n;
	}
	if (cut && columns > 0 && at + sizeof(ELLIPSIS) <= cap) {
		memcpy(dst + at, ELLIPSIS, sizeof(ELLIPSIS) - 1);
		at += sizeof(ELLIPSIS) - 1;
		used++;
	}
	dst[at] = '\0';
	return used;
}
