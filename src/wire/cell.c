/* SPDX-License-Identifier: ISC */
#include "wire/cell.h"

#include <math.h>
#include <string.h>

struct cell
cell_real(double n, int decimals)
{
	if (!isfinite(n))
		return cell_null();
	return (struct cell){ .type = CELL_REAL,
		.decimals = (uint8_t)decimals, .as.real = n };
}

struct cell
cell_text(const char *s)
{
	if (s == NULL || *s == '\0')
		return cell_null();
	return (struct cell){ .type = CELL_TEXT, .as.text = s };
}

struct cell
cell_time(struct wall t)
{
	if (t.ms == 0)
		return cell_null();
	return (struct cell){ .type = CELL_TIME, .as.time = t };
}

struct cell
cell_flags(const char *words)
{
	return (struct cell){ .type = CELL_FLAGS, .as.text = words };
}

struct cell
cell_value(const struct value *v, int decimals)
{
	if (!value_known(v))
		return cell_null();
	switch ((enum value_type)v->type) {
	case VALUE_BOOL:
		return cell_bool(v->as.uint != 0);
	case VALUE_INT:
		return cell_int(v->as.sint);
	case VALUE_UINT:
		return cell_uint(v->as.uint);
	case VALUE_REAL:
		return cell_real(v->as.real, decimals);
	case VALUE_TEXT:
		return (struct cell){ .type = CELL_TEXT,
			.as.text = v->as.text };
	}
	return cell_null();
}

const char *
cell_words(const struct cell *c)
{
	return c->type == CELL_TEXT || c->type == CELL_FLAGS ? c->as.text : "";
}

double
cell_number(const struct cell *c)
{
	switch ((enum cell_type)c->type) {
	case CELL_REAL:
		return c->as.real;
	case CELL_INT:
		return (double)c->as.sint;
	case CELL_UINT:
		return (double)c->as.uint;
	case CELL_BOOL:
		return c->as.on;
	default:
		return NAN;
	}
}

void
put_cell(struct put *p, const struct cell *c)
{
	put_u8(p, c->type);
	switch ((enum cell_type)c->type) {
	case CELL_NULL:
		break;
	case CELL_BOOL:
		put_u8(p, c->as.on);
		break;
	case CELL_REAL:
		put_u8(p, c->decimals);
		put_real(p, c->as.real);
		break;
	case CELL_INT:
	case CELL_UINT:
		put_u64(p, c->as.uint);
		break;
	case CELL_TIME:
		put_wall(p, c->as.time);
		break;
	case CELL_TEXT:
	case CELL_FLAGS:
		put_text(p, c->as.text);
		break;
	}
}

struct cell
get_cell(struct get *g, char *room, size_t cap)
{
	struct cell c = { .type = get_u8(g) };

	switch ((enum cell_type)c.type) {
	case CELL_NULL:
		break;
	case CELL_BOOL:
		c.as.on = get_u8(g) != 0;
		break;
	case CELL_REAL:
		c.decimals = get_u8(g);
		c.as.real = get_real(g);
		if (!isfinite(c.as.real))
			g->bad = true;
		break;
	case CELL_INT:
	case CELL_UINT:
		c.as.uint = get_u64(g);
		break;
	case CELL_TIME:
		c.as.time = get_wall(g);
		break;
	case CELL_TEXT:
	case CELL_FLAGS:
		get_text(g, room, cap);
		c.as.text = room;
		break;
	default:
		g->bad = true;
	}
	if (g->bad)
		c.type = CELL_NULL;
	return c;
}
