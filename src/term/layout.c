/* SPDX-License-Identifier: ISC */
#include "term/layout.h"

#include <assert.h>

static int
along(const struct layout *l, struct rect r)
{
	return l->way == LAYOUT_ROWS ? r.rows : r.cols;
}

/* Cells that FIXED and CONTENT take, in order, and the weights of GROW. */
static int
served_first(const struct layout *root, int room, int *size, int *weights)
{
	*weights = 0;
	for (int i = 0; i < root->n; i++) {
		const struct layout *l = root->child[i];

		size[i] = 0;
		if (l->kind == LAYOUT_GROW) {
			*weights += l->size > 0 ? l->size : 1;
			continue;
		}
		size[i] = l->size < room ? l->size : room;
		if (size[i] < 0)
			size[i] = 0;
		room -= size[i];
	}
	return room;
}

/* The rest by weight; a share below a box's least goes to the next ones. */
static void
share_rest(const struct layout *root, int room, int weights, int *size)
{
	for (int i = 0; i < root->n; i++) {
		const struct layout *l = root->child[i];
		int weight = l->size > 0 ? l->size : 1;

		if (l->kind != LAYOUT_GROW)
			continue;
		size[i] = (int)((long)room * weight / weights);
		if (size[i] < l->least)
			size[i] = 0;
		room -= size[i];
		weights -= weight;
	}
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
	int size[LAYOUT_CHILDREN], weights, room, at = 0;

	assert(root->n <= LAYOUT_CHILDREN);
	root->at = where;
	if (root->n == 0)
		return;
	room = served_first(root, along(root, where), size, &weights);
	share_rest(root, room, weights, size);
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
