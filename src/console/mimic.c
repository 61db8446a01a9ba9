/* SPDX-License-Identifier: ISC */
#include "console/mimic.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "console/range.h"
#include "term/badge.h"
#include "term/field.h"
#include "term/glyph.h"
#include "term/tile.h"
#include "term/trend.h"

static bool
is_object(const char *name)
{
	return strchr(name, '.') == NULL && name_is_object(name);
}

static void
bind(struct mimic *m, const struct binding *b, struct mimic_bound *o)
{
	unsigned i;

	if (b->when != NULL)
		o->when = things_expr(m->things, m->arena, b->when, NULL);
	for (i = 0; i < BINDING_LIMITS; i++)
		if (b->limits[i] != NULL)
			o->limits[i] = things_expr(
			    m->things, m->arena, b->limits[i], NULL);
	if (b->kind == BIND_ALARM)
		return;		/* alarms are known by name anyway */
	for (i = 0; i < b->n_names; i++) {
		if (is_object(b->names[i])) {
			o->object = things_object(m->things, b->names[i]);
			continue;
		}
		o->tags[o->n_tags++] =
		    things_tag(m->things, b->names[i])->index;
		if (b->kind == BIND_TREND)
			m->things->tags.at[o->tags[o->n_tags - 1]]->trended =
			    true;
	}
}

void
mimic_init(struct mimic *m, const struct screen *s, struct things *t)
{
	uint32_t i;

	memset(m, 0, sizeof(*m));
	m->screen = s;
	m->things = t;
	m->arena = arena_new();
	m->selected = -1;
	m->bound = xcalloc(s->n_bindings, sizeof(*m->bound));
	for (i = 0; i < s->n_bindings; i++)
		bind(m, &s->bindings[i], &m->bound[i]);
}

void
mimic_fini(struct mimic *m)
{
	arena_free(m->arena);
	free(m->bound);
	memset(m, 0, sizeof(*m));
}

static void
add(uint32_t *tags, size_t cap, size_t *n, uint32_t tag)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (tags[i] == tag)
			return;
	if (*n < cap)
		tags[(*n)++] = tag;
}

static void
add_operands(
    const struct expr *x, uint32_t *tags, size_t cap, size_t *n)
{
	const uint32_t *of;
	unsigned k, i;

	if (x == NULL)
		return;
	of = expr_tags(x, &k);
	for (i = 0; i < k; i++)
		add(tags, cap, n, of[i]);
}

/* A controller's setpoint stands on the scale of its measured value. */
static struct tag_info *
setpoint_of(const struct mimic *m, const struct binding *b,
    const struct mimic_bound *o)
{
	return b->kind == BIND_RANGE && o->object != NULL
	    ? range_signal(m->things, o->object, "sp")
	    : NULL;
}

size_t
mimic_tags(struct mimic *m, uint32_t *tags, size_t cap)
{
	const struct tag_info *sp;
	size_t n = 0, k;
	uint32_t i, j;

	for (i = 0; i < m->screen->n_bindings; i++) {
		struct mimic_bound *b = &m->bound[i];

		for (j = 0; j < b->n_tags; j++)
			add(tags, cap, &n, b->tags[j]);
		add_operands(b->when, tags, cap, &n);
		for (j = 0; j < BINDING_LIMITS; j++)
			add_operands(b->limits[j], tags, cap, &n);
		if (b->object == NULL)
			continue;
		if (b->object->main != NONE)
			add(tags, cap, &n, b->object->main);
		sp = setpoint_of(m, &m->screen->bindings[i], b);
		if (sp != NULL)
			add(tags, cap, &n, sp->index);
		for (k = 0; k < b->object->states.n; k++)
			add_operands(b->object->states.at[k].when, tags, cap,
			    &n);
	}
	return n;
}

/* The tag that a value, tank or range stands for; NULL: not known yet. */
static struct tag_info *
tag_of(const struct mimic *m, const struct mimic_bound *b)
{
	if (b->n_tags > 0)
		return m->things->tags.at[b->tags[0]];
	if (b->object != NULL && b->object->main != NONE)
		return m->things->tags.at[b->object->main];
	return NULL;
}

static void
draw_value(struct mimic *m, struct canvas c, const struct marker *k,
    const struct binding *b, const struct mimic_bound *o)
{
	struct tag_info *g = tag_of(m, o);
	char room[VALUE_CAP];
	struct field f;

	if (g == NULL)
		return;
	f = tag_field(m->things, g, room);
	if (b->has_dec && f.text == NULL)
		f.decimals = b->dec;
	field_draw(c, 0, 0, k->width, k->right ? FIELD_RIGHT : FIELD_LEFT, &f);
	/* what may be given a value looks like it */
	if (b->write && field_style(&f) == STYLE_VALUE)
		canvas_restyle(c, 0, 0, k->width, STYLE_SETPOINT);
}

/* What stands for "all is well" must be known (P11). */
static void
draw_calm(const struct mimic *m, struct canvas c, const struct binding *b)
{
	if (b->title.in[0] != NULL && m->things->alarms_complete &&
	    !m->things->no_data)
		canvas_text(c, 0, 0, c.cols, STYLE_LABEL,
		    text_in(&b->title, m->language));
}

/* The badge of the worst, then as much as fits whole: which it is (of an
 * area its name, else its condition) and how many more there are. */
static void
draw_alarm(struct mimic *m, struct canvas c, const struct marker *k,
    const struct binding *b)
{
	const struct alarm_info *a;
	const char *which;
	unsigned n;
	char text[PLANT_NAME_MAX + 16];
	int room = k->width - BADGE_COLS - 1;

	a = b->n_names > 0 ? things_worst(m->things, b->names[0], &n) : NULL;
	if (a == NULL) {
		draw_calm(m, c, b);
		return;
	}
	badge_draw(c, 0, 0, alarm_badge(a), a->priority);
	which = strrchr(a->name, '.');
	if (which == NULL || things_is_area_of(a, b->names[0]))
		which = a->name;
	else
		which++;
	snprintf(text, sizeof(text), "%s +%u", which, n - 1);
	if (n == 1 || canvas_columns(text) > room)
		snprintf(text, sizeof(text), "%s", which);
	if (canvas_columns(text) <= room)
		canvas_text(c, 0, BADGE_COLS + 1, room, STYLE_NORMAL, text);
}

static struct bar
make_bar(
    const struct mimic *m, const struct binding *b, const struct tag_info *g,
    const struct tag_info *sp)
{
	struct bar bar = range_bar(m->things, g, sp);

	if (b->has_min)
		bar.min = b->min;
	if (b->has_max)
		bar.max = b->max;
	return bar;
}

static void
draw_bar(struct mimic *m, struct canvas c, const struct binding *b,
    const struct mimic_bound *o)
{
	struct tag_info *g = tag_of(m, o);
	struct bar bar;

	if (g == NULL)
		return;
	bar = make_bar(m, b, g, setpoint_of(m, b, o));
	if (b->kind == BIND_TANK)
		bar_draw_tank(c, &bar);
	else
		bar_draw_range(c, 0, &bar);
}

/* A screen that was found good has tiles that are drawn. */
_Static_assert(SCREEN_TILE_ROWS == TILE_ROWS &&
	SCREEN_TILE_COLS == TILE_COLS, "tiles");

/* Of a tile without "min" and "max" whose tag has no range, NAN: no bar. */
static struct bar
tile_bar(const struct mimic *m, const struct binding *b,
    const struct tag_info *g, const struct tile *t)
{
	struct bar bar = make_bar(m, b, g, NULL);

	if (!b->has_min && !(g->has_range && isfinite(g->min)))
		bar.min = NAN;
	if (!b->has_max && !(g->has_range && isfinite(g->max)))
		bar.max = NAN;
	if (t->least.set || t->most.set) {
		bar.low = t->least.good ? t->least.at : NAN;
		bar.high = t->most.good ? t->most.at : NAN;
	}
	return bar;
}

static struct tile_limit
tile_limit(const struct mimic *m, const struct expr *x)
{
	struct tile_limit l = { .set = x != NULL };
	struct value v;

	if (x == NULL)
		return l;
	v = things_eval(m->things, x);
	l.good = value_is_good(&v) && !m->things->no_data;
	l.at = value_number(&v);
	return l;
}

static void
draw_tile(struct mimic *m, struct canvas c, const struct binding *b,
    const struct mimic_bound *o)
{
	struct tag_info *g = tag_of(m, o);
	const struct alarm_info *a;
	char room[VALUE_CAP];
	struct tile t = { .title = "" };
	unsigned n;

	if (g == NULL)
		return;
	a = things_worst(m->things, b->names[0], &n);
	t.title = b->title.in[0] != NULL ? text_in(&b->title, m->language)
	    : g->title != NULL		 ? g->title
					 : "";
	t.unit = g->unit != NULL ? g->unit : "";
	t.field = tag_field(m->things, g, room);
	if (b->has_dec && t.field.text == NULL)
		t.field.decimals = b->dec;
	t.least = tile_limit(m, o->limits[LIMIT_LEAST]);
	t.most = tile_limit(m, o->limits[LIMIT_MOST]);
	t.bar = tile_bar(m, b, g, &t);
	t.badge = a != NULL ? alarm_badge(a) : BADGE_NONE;
	t.priority = a != NULL ? a->priority : 0;
	tile_draw(c, &t);
}

static enum style
look_style(enum look look)
{
	static const enum style styles[] = { STYLE_ON, STYLE_OFF,
		STYLE_FAILED, STYLE_PENDING };

	return styles[look];
}

/* Shape by kind of thing and state; a bad state is a bad shape. */
/* On every screen: a tag hangs on it (P25), or an interlock of it is bypassed
 * (P14). */
static void
draw_hung(struct canvas c, int col, const struct object_info *o)
{
	if (o->locked != NULL)
		canvas_glyph(c, 0, col, STYLE_REFUSED, GLYPH_LOCKED);
	else if (o->bypassed.n > 0)
		canvas_glyph(c, 0, col, STYLE_REFUSED, GLYPH_BYPASSED);
}

static void
draw_device(struct mimic *m, struct canvas c, const struct binding *b,
    const struct mimic_bound *o)
{
	static const enum glyph round[] = { GLYPH_ON, GLYPH_OFF, GLYPH_FAILED,
		GLYPH_MOVING };
	static const enum glyph valve[] = { GLYPH_OPEN, GLYPH_CLOSED,
		GLYPH_FAILED, GLYPH_MOVING };
	const struct object_state_info *s;
	struct value trust;
	enum style style;
	bool is_valve;

	if (o->object == NULL || o->object->state != THING_KNOWN)
		return;
	s = object_state_now(m->things, o->object, &trust);
	if (c.cols > 1)
		draw_hung(c, c.cols - 1, o->object);
	if (s == NULL || m->things->no_data) {
		canvas_glyph(c, 0, c.cols / 2, STYLE_BAD, GLYPH_BAD);
		return;
	}
	is_valve = b->glyph == SYMBOL_VALVE ||
	    (b->glyph == SYMBOL_TYPE &&
		strstr(o->object->type, "valve") != NULL);
	style = trust.quality == QUALITY_GOOD ? look_style(s->look)
					      : STYLE_DOUBTFUL;
	canvas_glyph(c, 0, c.cols / 2, style,
	    is_valve ? valve[s->look] : round[s->look]);
}

static void
draw_state(struct mimic *m, struct canvas c, const struct marker *k,
    const struct mimic_bound *o)
{
	const struct object_state_info *s;
	struct value trust;
	struct field f = { .text = "", .quality = FIELD_BAD };

	if (o->object == NULL || o->object->state != THING_KNOWN)
		return;
	s = object_state_now(m->things, o->object, &trust);
	if (s != NULL && !m->things->no_data) {
		f = value_field(m->things, &trust);
		f.text = s->text;
	}
	field_draw(c, 0, 0, k->width, k->right ? FIELD_RIGHT : FIELD_LEFT, &f);
	if (s != NULL && field_style(&f) == STYLE_VALUE)
		canvas_restyle(c, 0, 0, k->width, look_style(s->look));
	draw_hung(c, k->width - 1, o->object);
}

int64_t
mimic_trend_span(const struct binding *b)
{
	return b->span.ms > 0 ? b->span.ms : 3600000;
}

static void
draw_trend(struct mimic *m, struct canvas c, const struct binding *b,
    const struct mimic_bound *o)
{
	static const enum style pens[] = { STYLE_PEN1, STYLE_PEN2, STYLE_PEN3,
		STYLE_PEN4 };
	int64_t span = mimic_trend_span(b);
	struct tag_info *g;
	struct trend t;
	unsigned i;

	for (i = 0; i < o->n_tags; i++) {
		g = m->things->tags.at[o->tags[i]];
		t = (struct trend){ .sample = g->samples.at,
			.n = g->samples.n,
			.from_ms = m->things->now.ms - span,
			.to_ms = m->things->now.ms + 1 };
		if (b->has_min && b->has_max) {
			t.min = b->min;
			t.max = b->max;
		} else if (g->has_range) {
			t.min = g->min;
			t.max = g->max;
		} else if (!trend_scale(&t, &t.min, &t.max)) {
			continue;
		}
		trend_draw(c, &t, pens[i % 4], TREND_AUTO);
	}
}

static void
draw_marker(struct mimic *m, struct canvas whole, const struct marker *k)
{
	const struct binding *b = &m->screen->bindings[k->binding];
	struct mimic_bound *o = &m->bound[k->binding];
	struct canvas c =
	    canvas_part(whole, k->row, k->column, k->height, k->width);

	if (!things_holds(m->things, o->when))
		return;
	switch ((enum binding_kind)b->kind) {
	case BIND_VALUE:
		draw_value(m, c, k, b, o);
		break;
	case BIND_ALARM:
		draw_alarm(m, c, k, b);
		break;
	case BIND_TANK:
	case BIND_RANGE:
		draw_bar(m, c, b, o);
		break;
	case BIND_DEVICE:
		draw_device(m, c, b, o);
		break;
	case BIND_STATE:
		draw_state(m, c, k, o);
		break;
	case BIND_TILE:
		draw_tile(m, c, b, o);
		break;
	case BIND_TREND:
		draw_trend(m, c, b, o);
		break;
	}
}

static bool
is_letter(uint32_t code)
{
	return code < 0x250 && code > ' ' && strchr("-|+", (int)code) == NULL;
}

static void
draw_art(const struct art *a, unsigned language, struct canvas c)
{
	const uint32_t *cells = art_cells(a, language);
	uint32_t code;
	int row, col;

	for (row = 0; row < a->height; row++)
		for (col = 0; col < a->width; col++) {
			code = cells[row * a->width + col];
			if (code != ' ')
				canvas_char(c, row, col,
				    is_letter(code) ? STYLE_LABEL
						    : STYLE_STATIC,
				    code);
		}
}

void
mimic_draw(struct mimic *m, struct canvas c)
{
	const struct art *a = screen_art(
	    m->screen, (unsigned)c.cols, (unsigned)c.rows);
	struct canvas part;
	uint32_t i;

	if (a == NULL)
		return;
	if (a != m->art)
		m->selected = -1;
	m->art = a;
	/* a smaller art stands in the middle of a larger body */
	m->row = c.rows > a->height ? (c.rows - a->height) / 2 : 0;
	m->col = c.cols > a->width ? (c.cols - a->width) / 2 : 0;
	part = canvas_part(c, m->row, m->col, a->height, a->width);
	draw_art(a, m->language, part);
	for (i = 0; i < a->n_markers; i++)
		draw_marker(m, part, &a->markers[i]);
	if (m->selected >= 0) {
		const struct marker *k = &a->markers[m->selected];

		for (i = 0; i < k->height; i++)
			canvas_restyle(part, k->row + (int)i, k->column,
			    k->width, STYLE_SELECTED);
	}
}

/* The object that a marker shows something of; "": none. */
static const char *
object_of(const struct mimic *m, const struct marker *k)
{
	const struct mimic_bound *o = &m->bound[k->binding];
	const struct tag_info *g;

	if (o->object != NULL)
		return o->object->name;
	g = m->screen->bindings[k->binding].kind != BIND_TREND ? tag_of(m, o)
								: NULL;
	return g != NULL ? g->object : "";
}

/* What stands for an object, or may be written. */
static bool
is_item(const struct mimic *m, const struct marker *k)
{
	const struct binding *b = &m->screen->bindings[k->binding];

	return (b->kind == BIND_VALUE && b->write) ||
	    b->kind == BIND_DEVICE || b->kind == BIND_RANGE ||
	    b->kind == BIND_TILE;
}

/* An object of which nothing but values stands there is reached by the first
 * of them: there is none without a faceplate. */
static bool
selectable(const struct mimic *m, const struct marker *k)
{
	const char *object = is_item(m, k) ? "" : object_of(m, k);
	const struct marker *other;
	uint32_t i;

	if (*object == '\0')
		return is_item(m, k);
	for (i = 0; i < m->art->n_markers; i++) {
		other = &m->art->markers[i];
		if ((other < k || is_item(m, other)) &&
		    strcmp(object_of(m, other), object) == 0)
			return false;
	}
	return true;
}

static bool
lies_on(const struct marker *k, int row, int col)
{
	return row >= k->row && row < k->row + k->height && col >= k->column &&
	    col < k->column + k->width;
}

/* Markers stand in reading order in an art. */
bool
mimic_select(struct mimic *m, int step)
{
	int n, i, at = m->selected;

	if (m->art == NULL || m->art->n_markers == 0)
		return false;
	n = (int)m->art->n_markers;
	for (i = 0; i < n; i++) {
		at = at < 0 && step < 0 ? n - 1 : (at + step + n) % n;
		if (selectable(m, &m->art->markers[at])) {
			m->selected = at;
			return true;
		}
	}
	return false;
}

bool
mimic_select_at(struct mimic *m, int row, int col)
{
	const struct marker *k;
	uint32_t i;

	row -= m->row;
	col -= m->col;
	for (i = 0; m->art != NULL && i < m->art->n_markers; i++) {
		k = &m->art->markers[i];
		if (lies_on(k, row, col) &&
		    (is_item(m, k) || *object_of(m, k) != '\0')) {
			m->selected = (int)i;
			return true;
		}
	}
	return false;
}

const struct binding *
mimic_selected(const struct mimic *m, struct mimic_bound **bound)
{
	uint32_t b;

	if (m->selected < 0 || m->art == NULL)
		return NULL;
	b = m->art->markers[m->selected].binding;
	if (bound != NULL)
		*bound = &m->bound[b];
	return &m->screen->bindings[b];
}

void
mimic_describe(const struct mimic *m, char *dst, size_t cap)
{
	struct mimic_bound *o;
	const struct binding *b = mimic_selected(m, &o);
	const struct tag_info *g;

	dst[0] = '\0';
	if (b == NULL)
		return;
	if (o->object != NULL) {
		snprintf(dst, cap, "%s  %s", o->object->name,
		    o->object->title);
		return;
	}
	g = tag_of(m, o);
	if (g != NULL)
		snprintf(dst, cap, "%s  %s", g->name, g->title);
}
