/* SPDX-License-Identifier: ISC */
/* Screens, as the console gets them from the core and as a project has them. */
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "project/screen.h"

static void
check_art(const struct screen *s, const struct art *a)
{
	uint32_t i;

	must(a->width >= 1 && a->width <= SCREEN_WIDTH);
	must(a->height >= 1 && a->height <= SCREEN_HEIGHT);
	for (i = 0; i < (uint32_t)a->width * a->height; i++)
		must(text_width(a->cells[i]) == 1);
	for (i = 0; i < a->n_markers; i++) {
		const struct marker *m = &a->markers[i];

		must(m->binding < s->n_bindings);
		must(m->width >= 3 && m->height >= 1);
		must(m->column + m->width <= a->width);
		must(m->row + m->height <= a->height);
	}
}

static void
check_screen(const struct screen *s)
{
	uint32_t i;

	must(s->name != NULL && s->title.in[0] != NULL && s->n_arts > 0);
	must(s->level >= 1 && s->level <= 4);
	for (i = 0; i < s->n_arts; i++)
		check_art(s, &s->arts[i]);
	for (i = 0; i < s->n_bindings; i++) {
		must(s->bindings[i].n_names >= 1);
		must(s->bindings[i].n_names <= SCREEN_TRENDS);
	}
	must(screen_art(s, 80, 19) != NULL);
}

static void
parse(const char *text, size_t size, unsigned n)
{
	static const char *const languages[] = { "en", "de" };
	struct report r;
	struct buf out = { 0 };
	struct plant *plant;
	struct screen *s;

	report_init(&r);
	s = screen_parse("s.screen", text, size, languages, n, &r);
	must((s != NULL) == (r.errors == 0));
	if (s != NULL) {
		check_screen(s);
		plant = plant_empty();
		screen_check(s, plant, &r);
		plant_free(plant);
	}
	screen_free(s);
	report_print(&r, NULL, &out);
	must(out.len > 0);
	buf_free(&out);
	report_fini(&r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	parse((const char *)data, size, 0);
	parse((const char *)data, size, 2);
	return 0;
}
