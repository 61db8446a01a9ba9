/* SPDX-License-Identifier: ISC */
#include "sim/station.h"

#include "base/clock.h"
#include "base/log.h"
#include "sim/received.h"

const struct station stations[] = {
	{ "127.0.0.1:4502", { "plc1" } },
	{ "127.0.0.1:4503", { "plc2a", "plc2b" } },
	{ "127.0.0.1:4504", { "plc3" } },
};
const size_t stations_n = sizeof(stations) / sizeof(stations[0]);

const struct station station_serial = { NULL, { "hill", "meter1" } };

/* The index of the device that answers to unit, or -1. */
static int
route(const struct sim *s, const struct station *line, uint8_t unit)
{
	const char *const *names = line->devices;
	bool any = (unit == 0 || unit == 255) && names[1] == NULL;
	size_t i;
	int plc;

	for (i = 0; i < STATION_DEVICES && names[i] != NULL; i++) {
		plc = sim_plc_find(s, names[i]);
		if (s->plcs[plc].make->unit == unit || any)
			return plc;
	}
	return -1;
}

static void
record(int fd, const char *name, uint8_t unit, const uint8_t *pdu, size_t n)
{
	struct modbus_write w;
	struct err e;

	if (fd < 0 || !modbus_parse_write(pdu, n, &w))
		return;
	if (received_add(fd, clock_wall(), name, unit, &w, &e) < 0)
		fatal("%s", e.text);	/* evidence with gaps is none */
}

static bool
writes_coil(const uint8_t *pdu)
{
	return pdu[0] == 5 || pdu[0] == 15;
}

void
station_ask(struct sim *s, const struct station *line, int record_fd,
    uint8_t unit, const uint8_t *pdu, size_t n, struct asked *a)
{
	static const struct fault none = { FAULT_NONE };
	const struct fault *f;
	struct plc *p;

	a->plc = route(s, line, unit);
	p = a->plc >= 0 ? &s->plcs[a->plc] : NULL;
	a->fault = f = p != NULL ? &s->faults[a->plc] : &none;
	a->reset = f->kind == FAULT_RESET;
	a->n = 0;
	record(record_fd, p != NULL ? p->make->name : "-", unit, pdu, n);
	if (f->kind == FAULT_SILENT || a->reset ||
	    (f->kind == FAULT_CUT && f->struck))
		return;
	if (f->kind == FAULT_EXCEPTION && fault_strikes(f, &s->rng))
		a->n = modbus_exception(
		    pdu[0], (enum plc_answer)f->code, a->pdu);
	else
		a->n = modbus_serve(p, pdu, n, a->pdu);
	if (f->kind == FAULT_CUT && writes_coil(pdu)) {
		s->faults[a->plc].struck = true;
		a->n = 0;
	}
}
