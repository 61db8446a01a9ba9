/* SPDX-License-Identifier: ISC */
#include "sim/board.h"

#include <ctype.h>
#include <math.h>

#include "sim/instrument.h"
#include "sim/object.h"

static char
letter(const struct sim *s, char what, size_t part)
{
	const bool *flag = object_part(s->works, part);

	if (flag == NULL)
		return '-';
	return (char)(*flag ? toupper(what) : what);
}

static void
print_object(const struct sim *s, const struct object *o, struct buf *b)
{
	const struct instrument *i = object_part(s->works, o->instrument);
	char drift = '-';
	double rate = 0.0;

	if (i != NULL) {
		drift = i->drift_per_s != 0.0 ? 'D' : 'd';
		rate = fmax(0.01, 0.02 * fabs(i->measured));
	}
	buf_printf(b, "object %s %c%c%c%c %.3g\n", o->name,
	    letter(s, 't', o->protection), letter(s, 'l', o->local),
	    letter(s, 's', o->stuck), drift, rate);
}

static void
print_plc(const struct sim *s, size_t i, struct buf *b)
{
	enum plc_state state = s->plcs[i].state;

	buf_printf(b, "device %s %c%c%c\n", s->plcs[i].make->name,
	    state == PLC_STOP ? 'X' : 'x', state == PLC_FROZEN ? 'F' : 'f',
	    s->faults[i].kind != FAULT_NONE ? 'C' : 'c');
}

void
board_print(const struct sim *s, struct buf *b)
{
	const struct works *w = s->works;
	const struct object *o;
	int minutes = (int)(w->clock_s / 60.0);
	size_t i;

	buf_printf(b,
	    "plant %02d:%02d %g power=%s weather=%s burst=%s door=%s\n",
	    minutes / 60, minutes % 60, s->speed,
	    w->supply.grid ? "on" : "off", w->storm_aim > 0.0 ? "storm" : "dry",
	    w->burst > 0.0 ? "on" : "off", w->hill.door_open ? "open" : "closed");
	for (i = 0; i < s->n; i++)
		print_plc(s, i, b);
	for (i = 0; (o = object_nth(i)) != NULL; i++)
		print_object(s, o, b);
}
