/* SPDX-License-Identifier: ISC */
/*
 * The messages between our processes. The first byte says who reads:
 *
 *	0  a call at the core         1  anything at a client
 *	2  a plan, point or job at field (by the second byte)
 *	3  blocks, results, states at the core (by the second byte)
 */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"
#include "fuzz.h"
#include "wire/client.h"
#include "wire/fieldwire.h"

static void
core_reads(const uint8_t *data, size_t size)
{
	struct get g = get_from(data, size);
	struct call c;
	unsigned i;

	if (call_get(&c, &g) < 0)
		return;
	must(c.verb < VERB_COUNT);
	for (i = 0; i < c.n; i++) {
		must(c.at[i].which < PARAMETERS_END);
		must(text_is_clean(c.at[i].text, strlen(c.at[i].text)));
	}
	call_text(&c, PARAMETER_NAME);
	call_nth(&c, PARAMETER_NAME, 3);
	call_count(&c, PARAMETER_ROLE);
	call_free(&c);
}

static void
read_rows(struct client *c, const struct client_event *ev)
{
	struct cell cells[256];
	unsigned i;

	while (client_row(c, cells))
		for (i = 0; i < ev->cells; i++)
			if (cells[i].type == CELL_TEXT)
				must(text_is_clean(cells[i].as.text,
				    strlen(cells[i].as.text)));
}

static void
client_reads(const uint8_t *data, size_t size)
{
	struct client_event ev;
	struct client *c;
	struct value v;
	struct err e;
	uint32_t i;
	int pair[2];

	if (size == 0 || size > 65000 || fd_pair(pair) < 0)
		return;
	c = client_new(pair[0]);
	must(fd_send(pair[1], data, size, -1) == (ssize_t)size);
	if (client_receive(c, &ev, &e) == 1) {
		if (ev.type == MESSAGE_ROWS)
			read_rows(c, &ev);
		while (ev.type == MESSAGE_UPDATE && client_value(c, &i, &v))
			must(v.type <= VALUE_TEXT && v.quality <= QUALITY_BAD);
	}
	close(pair[1]);
	client_free(c);
}

static void
field_reads(uint8_t what, struct get *g)
{
	struct arena *a = arena_new();
	struct field_point f;
	struct field_job j;
	struct device d;
	struct line l;
	uint32_t index;

	switch (what) {
	case FIELD_LINE:
		get_line(g, &index, &l, a);
		break;
	case FIELD_DEVICE:
		get_device(g, &index, &d, a);
		break;
	case FIELD_POINTS:
		get_field_point(g, &f);
		if (!g->bad)
			must(f.at.registers <= FIELD_REGISTERS);
		break;
	default:
		get_field_job(g, &j);
		if (!g->bad)
			must(j.at.registers <= FIELD_REGISTERS);
	}
	arena_free(a);
}

static void
core_hears_field(uint8_t what, struct get *g)
{
	struct field_line_state l;
	struct field_device_state d;
	struct field_result r;
	struct field_cleared c;
	struct field_block b;
	struct field_stats s;
	struct field_pulse p;
	char text[VALUE_TEXT_MAX + 1];
	struct value v;

	switch (what) {
	case FIELD_STATE_LINE:
		get_field_line_state(g, &l);
		break;
	case FIELD_STATE_DEVICE:
		get_field_device_state(g, &d);
		if (!g->bad)
			must(d.condition < FIELD_DEVICE_CONDITIONS);
		break;
	case FIELD_RESULT:
		get_field_result(g, &r);
		if (!g->bad)
			must(r.n_held <= FIELD_REGISTERS &&
			    r.request.n <= FIELD_FRAME &&
			    r.reply.n <= FIELD_FRAME &&
			    r.back_request.n <= FIELD_FRAME &&
			    r.back_reply.n <= FIELD_FRAME);
		break;
	case FIELD_CLEARED:
		get_field_cleared(g, &c);
		break;
	case FIELD_BLOCKS:
		get_field_block(g, &b);
		break;
	case FIELD_STATS:
		get_field_stats(g, &s);
		break;
	case FIELD_PULSE:
		get_field_pulse(g, &p);
		break;
	default:
		v = get_value(g, text);
		must(v.type <= VALUE_TEXT);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct get g;

	if (size < 2)
		return 0;
	if (data[0] == 0) {
		core_reads(data + 1, size - 1);
	} else if (data[0] == 1) {
		client_reads(data + 1, size - 1);
	} else {
		g = get_from(data + 2, size - 2);
		if (data[0] == 2)
			field_reads(data[1], &g);
		else
			core_hears_field(data[1], &g);
	}
	return 0;
}
