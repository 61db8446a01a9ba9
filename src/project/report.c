/* SPDX-License-Identifier: ISC */
#include "project/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define TEXT_MAX 512	/* bytes of one problem */

void
report_init(struct report *r)
{
	*r = (struct report){ .arena = arena_new() };
}

void
report_fini(struct report *r)
{
	if (r == NULL)
		return;
	vec_free(&r->files);
	vec_free(&r->problems);
	arena_free(r->arena);
	*r = (struct report){ 0 };
}

uint16_t
report_file(struct report *r, const char *name)
{
	size_t i;
	char clean[256];

	text_clean(clean, sizeof(clean), name, strlen(name));
	for (i = 0; i < r->files.n; i++) {
		if (strcmp(r->files.at[i], clean) == 0)
			return (uint16_t)i;
	}
	vec_push(&r->files, arena_text(r->arena, clean));
	return (uint16_t)(r->files.n - 1);
}

static void __attribute__((format(printf, 4, 0)))
add(struct report *r, struct place at, bool warning, const char *fmt,
    va_list ap)
{
	char text[TEXT_MAX], clean[TEXT_MAX];

	if (warning)
		r->warnings++;
	else
		r->errors++;
	if (r->problems.n == REPORT_MAX) {
		r->left_out++;
		return;
	}
	vsnprintf(text, sizeof(text), fmt, ap);
	text_clean(clean, sizeof(clean), text, strlen(text));
	vec_push(&r->problems,
	    ((struct problem){ .file = r->files.at[at.file],
		.text = arena_text(r->arena, clean),
		.line = at.line,
		.column = at.column,
		.warning = warning }));
}

void
report_error(struct report *r, struct place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(r, at, false, fmt, ap);
	va_end(ap);
}

void
report_warning(struct report *r, struct place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(r, at, true, fmt, ap);
	va_end(ap);
}

bool
report_may_search(struct report *r)
{
	return r->searches++ < REPORT_SEARCHES;
}

static int
compare(const void *a, const void *b)
{
	const struct problem *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	if (order == 0)
		order = (x->line > y->line) - (x->line < y->line);
	if (order == 0)
		order = (x->column > y->column) - (x->column < y->column);
	return order ? order : strcmp(x->text, y->text);
}

void
report_sort(struct report *r)
{
	struct problem *at = r->problems.at;
	size_t i, kept = 0;

	if (r->problems.n == 0)
		return;
	qsort(at, r->problems.n, sizeof(*at), compare);
	for (i = 0; i < r->problems.n; i++) {
		if (kept > 0 && compare(&at[kept - 1], &at[i]) == 0) {
			if (at[i].warning)
				r->warnings--;
			else
				r->errors--;
			continue;
		}
		at[kept++] = at[i];
	}
	r->problems.n = kept;
}

static void
print_one(const struct problem *p, const char *dir, struct buf *out)
{
	size_t len;

	if (dir != NULL) {
		for (len = strlen(dir); len > 1 && dir[len - 1] == '/'; len--)
			;
		buf_printf(out, "%.*s/", (int)len, dir);
	}
	buf_text(out, p->file);
	if (p->line > 0)
		buf_printf(out, ":%u", p->line);
	if (p->column > 0)
		buf_printf(out, ":%u", p->column);
	buf_printf(out, ": %s: %s\n", p->warning ? "warning" : "error",
	    p->text);
}

void
report_print(struct report *r, const char *dir, struct buf *out)
{
	size_t i;

	report_sort(r);
	for (i = 0; i < r->problems.n; i++)
		print_one(&r->problems.at[i], dir, out);
	if (r->left_out > 0)
		buf_printf(out, "and %u more\n", r->left_out);
	buf_printf(out, "%u error%s, %u warning%s\n", r->errors,
	    r->errors == 1 ? "" : "s", r->warnings,
	    r->warnings == 1 ? "" : "s");
}
