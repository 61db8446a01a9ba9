/* SPDX-License-Identifier: ISC */
#include "wire/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

int
get_secret(struct get *g, char dst[WIRE_SECRET + 1])
{
	size_t len;
	const char *at = get_view(g, &len);

	dst[0] = '\0';
	if (!get_done(g) || len > WIRE_SECRET || memchr(at, '\0', len) != NULL)
		return -1;
	memcpy(dst, at, len);
	dst[len] = '\0';
	return 0;
}

void
put_welcome(struct put *p, const struct welcome *w)
{
	put_u64(p, w->session);
	put_text(p, w->user);
	put_text(p, w->name);
	put_text(p, w->roles);
	put_text(p, w->station);
	put_text(p, w->language);
	put_text(p, w->start);
	put_text(p, w->theme);
	put_text(p, w->plant);
	put_text(p, w->zone);
	put_text(p, w->languages);
	put_u32(p, w->functions);
	put_u32(p, w->revision);
	put_u32(p, w->person);
	put_u32(p, w->only);
	put_u8(p, w->panes);
	put_text(p, w->title);
	put_text(p, w->footer);
	put_text(p, w->keys);
	put_text(p, w->blocked);
}

void
get_welcome(struct get *g, struct welcome *w)
{
	w->session = get_u64(g);
	get_text(g, w->user, sizeof(w->user));
	get_text(g, w->name, sizeof(w->name));
	get_text(g, w->roles, sizeof(w->roles));
	get_text(g, w->station, sizeof(w->station));
	get_text(g, w->language, sizeof(w->language));
	get_text(g, w->start, sizeof(w->start));
	get_text(g, w->theme, sizeof(w->theme));
	get_text(g, w->plant, sizeof(w->plant));
	get_text(g, w->zone, sizeof(w->zone));
	get_text(g, w->languages, sizeof(w->languages));
	w->functions = get_u32(g);
	w->revision = get_u32(g);
	w->person = get_u32(g);
	w->only = get_u32(g);
	w->panes = get_u8(g);
	get_text(g, w->title, sizeof(w->title));
	get_text(g, w->footer, sizeof(w->footer));
	get_text(g, w->keys, sizeof(w->keys));
	get_text(g, w->blocked, sizeof(w->blocked));
}

void
put_beat(struct put *p, const struct beat *b)
{
	int i;

	put_wall(p, b->now);
	put_u32(p, b->revision);
	put_u16(p, b->devices_ok);
	put_u16(p, b->devices);
	put_u16(p, b->sessions);
	put_u16(p, b->overrides);
	put_u16(p, b->bypasses);
	for (i = 0; i < 4; i++)
		put_u16(p, b->waiting[i]);
	put_u8(p, b->control);
	put_u8(p, b->store_behind);
	put_u8(p, b->horn);
	put_u8(p, b->rings);
	put_u32(p, b->marks);
}

void
get_beat(struct get *g, struct beat *b)
{
	int i;

	b->now = get_wall(g);
	b->revision = get_u32(g);
	b->devices_ok = get_u16(g);
	b->devices = get_u16(g);
	b->sessions = get_u16(g);
	b->overrides = get_u16(g);
	b->bypasses = get_u16(g);
	for (i = 0; i < 4; i++)
		b->waiting[i] = get_u16(g);
	b->control = get_u8(g);
	b->store_behind = get_u8(g);
	b->horn = get_u8(g);
	b->rings = get_u8(g);
	b->marks = get_u32(g);
}

void
put_notice(struct put *p, const struct notice *n)
{
	put_u64(p, n->seq);
	put_wall(p, n->time);
	put_text(p, n->user);
	put_text(p, n->name);
	put_text(p, n->text);
}

void
get_notice(struct get *g, struct notice *n)
{
	n->seq = get_u64(g);
	n->time = get_wall(g);
	get_text(g, n->user, sizeof(n->user));
	get_text(g, n->name, sizeof(n->name));
	get_text(g, n->text, sizeof(n->text));
}

int
call_get(struct call *c, struct get *g)
{
	char *room;
	const char *s;
	size_t len, at = 0, cap;
	unsigned i;

	memset(c, 0, sizeof(*c));
	c->id = get_u32(g);
	c->verb = (enum verb)get_u16(g);
	c->n = get_u16(g);
	if (g->bad || c->verb >= VERB_COUNT || c->n > WIRE_PARAMETERS)
		return -1;
	/* cleaning turns a byte into at most two, and each text gets its NUL */
	cap = 2 * g->left + c->n + 1;
	room = c->room = xmalloc(cap);
	c->at = xcalloc(c->n, sizeof(*c->at));
	for (i = 0; i < c->n; i++) {
		c->at[i].which = (enum parameter)get_u8(g);
		s = get_view(g, &len);
		if (g->bad || c->at[i].which >= PARAMETERS_END)
			break;
		c->at[i].text = room + at;
		at += text_clean(room + at, cap - at, s, len) + 1;
	}
	if (i < c->n || !get_done(g)) {
		call_free(c);
		return -1;
	}
	return 0;
}

void
call_free(struct call *c)
{
	free(c->at);
	free(c->room);
	memset(c, 0, sizeof(*c));
}

const char *
call_nth(const struct call *c, enum parameter which, unsigned i)
{
	unsigned k;

	for (k = 0; k < c->n; k++)
		if (c->at[k].which == which && i-- == 0)
			return c->at[k].text;
	return NULL;
}

const char *
call_text(const struct call *c, enum parameter which)
{
	return call_nth(c, which, 0);
}

unsigned
call_count(const struct call *c, enum parameter which)
{
	unsigned k, n = 0;

	for (k = 0; k < c->n; k++)
		n += c->at[k].which == which;
	return n;
}
