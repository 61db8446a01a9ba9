/* SPDX-License-Identifier: ISC */
#include "sim/map.h"

#include <math.h>
#include <string.h>

unsigned
map_words(const struct map_row *r)
{
	if (r->kind == CODEC_TEXT)
		return WORD_TEXT / 2;
	return codec_words(r->kind);
}

double
map_value(const struct map_row *r, const struct works *w)
{
	const char *at = (const char *)w + r->at;

	switch (r->cell) {
	case CELL_FLAG:
		return *(const bool *)at;
	case CELL_REAL:
		return *(const double *)at;
	case CELL_COUNT:
		if (r->mask != 0)
			return (*(const uint32_t *)at & r->mask) != 0;
		return *(const uint32_t *)at;
	case CELL_TEXT:
		break;
	}
	return 0.0;
}

void
map_poke(const struct map_row *r, struct works *w, double value)
{
	char *at = (char *)w + r->at;

	switch (r->cell) {
	case CELL_FLAG:
		*(bool *)at = value != 0.0;
		break;
	case CELL_REAL:
		*(double *)at = value;
		break;
	case CELL_COUNT:
		if (r->mask == 0)
			*(uint32_t *)at = (uint32_t)fmax(0.0, value);
		break;
	case CELL_TEXT:
		break;
	}
}

bool
map_store(const struct map_row *r, struct works *w, double value)
{
	bool outside = !(value >= r->low && value <= r->high);

	if (r->write == WRITE_NO || isnan(value) ||
	    (r->write == WRITE_KEEP && outside))
		return false;
	map_poke(r, w, fmax(r->low, fmin(r->high, value)));
	return true;
}

static double
linear(double x, const double from[2], const double to[2])
{
	if (from[0] == from[1] || to[0] == to[1])
		return x;
	return to[0] + (x - from[0]) * (to[1] - to[0]) / (from[1] - from[0]);
}

double
map_to_raw(const struct map_row *r, double value)
{
	return linear(value, r->value, r->raw);
}

double
map_from_raw(const struct map_row *r, double raw)
{
	return linear(raw, r->raw, r->value);
}

const struct map_row *
map_find(const struct map *m, const char *name)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (strcmp(m->rows[i].name, name) == 0)
			return &m->rows[i];
	return NULL;
}

void
map_print(const struct map *m, const char *device, FILE *out)
{
	static const char *const spaces[] = { "coil", "di", "ir", "hr" };
	const struct map_row *r;
	size_t i;

	for (i = 0; i < m->n; i++) {
		r = &m->rows[i];
		fprintf(out, "%s,%s,%s,%u,", device, r->name, spaces[r->space],
		    r->address);
		if (r->bit != MAP_NO_BIT)
			fprintf(out, "%d", r->bit);
		fprintf(out, ",%s", codec_kind_name(r->kind));
		if (r->kind == CODEC_TEXT)
			fprintf(out, ":%d", WORD_TEXT);
		fprintf(out, ",%s,", codec_order_name(r->order));
		if (r->raw[0] != r->raw[1])
			fprintf(out, "%g,%g,%g,%g", r->raw[0], r->raw[1],
			    r->value[0], r->value[1]);
		else
			fprintf(out, ",,,");
		fprintf(out, ",%s\n", r->write == WRITE_NO ? "false" : "true");
	}
}
