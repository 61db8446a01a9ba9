/* SPDX-License-Identifier: ISC */
#include "server/fieldplan.h"

#include <stdlib.h>
#include <string.h>

#include "model/plant.h"
#include "wire/fieldwire.h"

uint32_t
fieldplan_object(const char *name)
{
	uint32_t h = 0x811c9dc5;	/* FNV-1a */

	for (; *name != '\0'; name++)
		h = (h ^ (unsigned char)*name) * 0x01000193;
	return h == NONE ? 0 : h;
}

static void
keep(struct fieldplan *f, const struct put *m)
{
	struct field_bytes *b = vec_add(&f->messages);

	b->at = xmalloc(m->len);
	b->len = m->len;
	memcpy(b->at, m->at, m->len);
}

static struct field_point
point_of(const struct plant *p, uint32_t slot)
{
	const struct tag *t = &p->tags[slot];

	return (struct field_point){ .slot = slot,
		.group = t->point->together == 0 || t->object == NONE
		    ? 0
		    : fieldplan_object(p->objects[t->object].name) * 31 +
			(uint32_t)t->point->together,
		.period_ms = (uint32_t)p->polls[t->poll].every.ms,
		.has_range = t->has_range,
		.range = { t->min, t->max },
		.at = *t->point };
}

static void
make_points(struct fieldplan *f, const struct plant *p)
{
	uint8_t *room = xmalloc(FIELD_ROOM);
	struct put m = put_into(room, FIELD_ROOM);
	struct field_point point;
	uint16_t n = 0;
	uint32_t i;

	put_u8(&m, FIELD_POINTS);
	put_u16(&m, 0);
	for (i = 0; i < p->n_tags; i++) {
		if (p->tags[i].source != SOURCE_DEVICE)
			continue;
		if (m.cap - m.len < FIELD_POINT_MAX) {
			put_u16_at(&m, 1, n);
			keep(f, &m);
			m.len = 3;
			n = 0;
		}
		point = point_of(p, i);
		put_field_point(&m, &point);
		f->points++;
		n++;
	}
	put_u16_at(&m, 1, n);
	if (n > 0)
		keep(f, &m);
	free(room);
}

void
fieldplan_make(struct fieldplan *f, const struct plant *p)
{
	uint8_t *room = xmalloc(FD_MESSAGE_MAX);
	struct put m = put_into(room, FD_MESSAGE_MAX);
	uint32_t i;

	memset(f, 0, sizeof(*f));
	f->lines = p->n_lines;
	f->devices = p->n_devices;
	for (i = 0; i < p->n_lines; i++) {
		m.len = 0;
		put_u8(&m, FIELD_LINE);
		put_line(&m, i, &p->lines[i]);
		keep(f, &m);
	}
	for (i = 0; i < p->n_devices; i++) {
		m.len = 0;
		put_u8(&m, FIELD_DEVICE);
		put_device(&m, i, &p->devices[i]);
		keep(f, &m);
	}
	free(room);
	make_points(f, p);
}

void
fieldplan_free(struct fieldplan *f)
{
	size_t i;

	for (i = 0; i < f->messages.n; i++)
		free(f->messages.at[i].at);
	vec_free(&f->messages);
}

void
fieldplan_head(const struct fieldplan *f, uint32_t number, struct put *m)
{
	put_u8(m, FIELD_PLAN);
	put_u32(m, number);
	put_u32(m, f->lines);
	put_u32(m, f->devices);
	put_u32(m, f->points);
}

void
fieldplan_start(uint32_t number, struct put *m)
{
	put_u8(m, FIELD_START);
	put_u32(m, number);
}
