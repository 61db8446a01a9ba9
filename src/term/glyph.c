/* SPDX-License-Identifier: ISC */
#include "term/glyph.h"

#include <stddef.h>

#include "base/text.h"

static const struct {
	uint32_t code;
	char ascii;
} glyphs[] = {
#define X(name, code, ascii) { code, ascii },
	GLYPHS(X)
#undef X
};

uint32_t
glyph_code(enum glyph g, bool ascii)
{
	return ascii ? (uint32_t)glyphs[g].ascii : glyphs[g].code;
}

uint32_t
glyph_rise(unsigned eighths, bool ascii)
{
	if (eighths > 8)
		eighths = 8;
	if (ascii)
		return (uint32_t) "  ..::::#"[eighths];
	return eighths == 0 ? ' ' : 0x2580 + eighths;
}

/* Box drawing 2500..257f: most have horizontal and vertical parts. */
static char
box_ascii(uint32_t code)
{
	static const uint32_t flat[] = { 0x2500, 0x2501, 0x2504, 0x2505, 0x2508,
		0x2509, 0x254c, 0x254d, 0x2550, 0x2574, 0x2576, 0x2578, 0x257a,
		0x257c, 0x257e };
	static const uint32_t upright[] = { 0x2502, 0x2503, 0x2506, 0x2507,
		0x250a, 0x250b, 0x254e, 0x254f, 0x2551, 0x2575, 0x2577, 0x2579,
		0x257b, 0x257d, 0x257f };

	for (size_t i = 0; i < sizeof(flat) / sizeof(*flat); i++) {
		if (code == flat[i])
			return '-';
		if (code == upright[i])
			return '|';
	}
	return code == 0x2571 ? '/' : code == 0x2572 ? '\\' : '+';
}

/* Blocks 2580..259f, by how much of the cell they fill. */
static char
block_ascii(uint32_t code)
{
	if (code == 0x2588 || code == 0x2593)
		return '#';
	if (code == 0x2592)
		return ':';
	if (code == 0x2591 || (code >= 0x2581 && code <= 0x2582))
		return '.';
	return code >= 0x2583 && code <= 0x258d ? ':' : '.';
}

static const struct {
	uint32_t code;
	char ascii;
} others[] = {
	{ 0xa0,   ' ' },
	{ 0xb0,   'o' },	/* degree */
	{ 0xb1,   '+' },
	{ 0xb5,   'u' },
	{ 0xb7,   '.' },
	{ 0xd7,   'x' },
	{ 0xdf,   's' },
	{ 0xe6,   'a' },
	{ 0xf8,   'o' },
	{ 0xd8,   'O' },
	{ 0xc6,   'A' },
	{ 0x3bc,  'u' },
	{ 0x394,  'd' },
	{ 0x3a9,  'O' },
	{ 0x2010, '-' },
	{ 0x2011, '-' },
	{ 0x2012, '-' },
	{ 0x2013, '-' },
	{ 0x2014, '-' },
	{ 0x2018, '\'' },
	{ 0x2019, '\'' },
	{ 0x201c, '"' },
	{ 0x201d, '"' },
	{ 0x201e, '"' },
	{ 0x2022, '*' },
	{ 0x2026, '~' },
	{ 0x20ac, 'E' },
	{ 0x2190, '<' },
	{ 0x2191, '^' },
	{ 0x2192, '>' },
	{ 0x2193, 'v' },
	{ 0x2264, '<' },
	{ 0x2265, '>' },
	{ 0x2260, '#' },
	{ 0x25c0, '<' },
	{ 0x25c4, '<' },
	{ 0x25ba, '>' },
	{ 0x22c8, 'x' },	/* a valve */
};

char
glyph_ascii(uint32_t code)
{
	char c;

	if (code >= 0x20 && code < 0x7f)
		return (char)code;
	if (code >= 0x2500 && code <= 0x257f)
		return box_ascii(code);
	if (code >= 0x2580 && code <= 0x259f)
		return block_ascii(code);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (others[i].code == code)
			return others[i].ascii;
	for (size_t i = 0; i < GLYPH_COUNT; i++)
		if (glyphs[i].code == code)
			return glyphs[i].ascii;
	c = text_plain(code);
	return c != '\0' ? c : '?';
}
