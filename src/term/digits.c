/* SPDX-License-Identifier: ISC */
#include "term/digits.h"

#include <string.h>

#include "base/text.h"

/* Three rows of each, one below the other; digits and the minus have three
 * columns and one behind them. */
static const char *const digits[2][10] = { {
	"┌─┐│ │└─┘", "  ┐  │  │", "──┐┌─┘└──", "──┐ ─┤──┘", "│ │└─┤  │",
	"┌──└─┐──┘", "┌──├─┐└─┘", "──┐  │  │", "┌─┐├─┤└─┘", "┌─┐└─┤──┘",
}, {	/* in ASCII */
	" _ | ||_|", "     |  |", " _  _||_ ", " _  _| _|", "   |_|  |",
	" _ |_  _|", " _ |_ |_|", " _   |  |", " _ |_||_|", " _ |_| _|",
} };

int
digits_columns(const char *number)
{
	int n = 0;

	for (; *number != '\0'; number++) {
		if (strchr("0123456789-.", *number) == NULL)
			return -1;
		n += *number == '.' ? 2 : 4;
	}
	return n > 0 ? n - 1 : 0;
}

static void
draw_digit(struct canvas c, int row, int col, enum style s, const char *cells)
{
	uint32_t code;
	int i;

	for (i = 0; *cells != '\0'; i++) {
		cells += text_next(cells, strlen(cells), &code);
		if (code != ' ')
			canvas_char(c, row + i / 3, col + i % 3, s, code);
	}
}

void
digits_draw(
    struct canvas c, int row, int col, enum style s, const char *number)
{
	for (; *number != '\0'; number++) {
		if (*number == '.') {
			canvas_char(c, row + 2, col, s, '.');
			col += 2;
			continue;
		}
		if (*number == '-')
			canvas_hline(c, row + 1, col, 3, s);
		else
			draw_digit(c, row, col, s,
			    digits[canvas_ascii(c)][*number - '0']);
		col += 4;
	}
}
