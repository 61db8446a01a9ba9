/* SPDX-License-Identifier: ISC */
#include "term/layout.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

static int
along(const struct layout *l, struct rect r)
{
	return l->way == LAYOUT_ROWS ? r.rows : r.cols;
}

static int
weight(const struct layout *l)
{
	return l->kind != LAYOUT_GROW ? 0 : l->size > 0 ? l->size : 1;
}

/* Cells that FIXED and CONTENT take, in order; returns what is left. */
static int
serve_first(const struct layout *root, int room, int *size)
{
	for (int i = 0; i < root->n; i++) {
		const struct layout *l = root->child[i];

		size[i] = 0;
		if (l->kind == LAYOUT_GROW)
			continue;
		size[i] = l->size < 0 ? 0 : l->size < room ? l->size : room;
		room -= size[i];
	}
	return room;
}

/* Shares room by weight among those that are in; false: the last one that
 * got less than its least is out now, share again. */
static bool
share(const struct layout *root, int room, bool *in, int *size)
{
	int weights = 0, small = -1;

	for (int i = 0; i < root->n; i++)
		weights += in[i] ? weight(root->child[i]) : 0;
	for (int i = 0; i < root->n; i++) {
		const struct layout *l = root->child[i];

		if (l->kind != LAYOUT_GROW)
			continue;
		size[i] = in[i] ? (int)((long)room * weight(l) / weights) : 0;
		room -= size[i];
		weights -= in[i] ? weight(l) : 0;
		if (in[i] && size[i] < l->least)
			small = i;
	}
	if (small >= 0)
		in[small] = false;
	return small < 0;
}

static struct rect
slice(const struct layout *root, struct rect r, int at, int size)
{
	if (root->way == LAYOUT_ROWS)
		return (struct rect){ r.row + at, r.col, size, r.cols };
	return (struct rect){ r.row, r.col + at, r.rows, size };
}

void
layout_reflow(struct layout *root, struct rect where)
{
	bool in[LAYOUT_CHILDREN];
	int size[LAYOUT_CHILDREN], room, at = 0;

	assert(root->n <= LAYOUT_CHILDREN);
	root->at = where;
	if (root->n == 0)
		return;
	room = serve_first(root, along(root, where), size);
	memset(in, true, sizeof(in));
	while (!share(root, room, in, size))
		;
	for (int i = 0; i < root->n; i++) {
		layout_reflow(root->child[i], slice(root, where, at, size[i]));
		at += size[i];
	}
}

static void
print(const struct layout *l, int depth, struct buf *out)
{
	buf_printf(out, "%*s%s %dx%d at %d,%d\n", depth * 2, "", l->name,
	    l->at.rows, l->at.cols, l->at.row, l->at.col);
	for (int i = 0; i < l->n; i++)
		print(l->child[i], depth + 1, out);
}

void
layout_print(const struct layout *root, struct buf *out)
{
	print(root, 0, out);
}

#define BIG 43	/* rows from which the banner has four */

struct layout_frame
layout_frame(int rows, int cols)
{
	struct layout status = { "status", LAYOUT_FIXED, rows >= 3 };
	struct layout banner = { "banner", LAYOUT_FIXED,
		rows >= BIG ? 4 : rows >= 8 ? 2 : 1 };
	struct layout body = { "body", LAYOUT_GROW, 1 };
	struct layout message = { "message", LAYOUT_FIXED, rows >= 2 };
	struct layout footer = { "footer", LAYOUT_FIXED, rows >= 5 };
	struct layout *all[] = { &status, &banner, &body, &message, &footer };
	struct layout root = { "frame", LAYOUT_GROW, 1, 0, LAYOUT_ROWS, all,
		5, { 0 } };

	layout_reflow(&root, (struct rect){ 0, 0, rows, cols });
	return (struct layout_frame){ status.at, banner.at, body.at,
		message.at, footer.at };
}
