/* SPDX-License-Identifier: ISC */
#include "sim/object.h"

#include <string.h>

#define AT(m) offsetof(struct works, m)
#define DRIVE(n, m)                                                            \
	{ n, AT(m.protection), AT(m.local), AT(m.stuck), OBJECT_NOT }
#define VALVE(n, m) { n, AT(m.fault), AT(m.local), AT(m.stuck), OBJECT_NOT }
/* Its outlet valve sticks; a trip is that of the sequence. */
#define FILTER(n, m)                                                           \
	{ n, AT(m.fault), OBJECT_NOT, AT(m.outlet.stuck), OBJECT_NOT }
#define FILTER_VALVE(n, m)                                                     \
	{ n, AT(m.fault), OBJECT_NOT, AT(m.stuck), OBJECT_NOT }
#define FILTER_VALVES(n, m)                                                    \
	FILTER_VALVE("XV-3" n "1", m.inlet),                                   \
	FILTER_VALVE("XV-3" n "2", m.wash),                                    \
	FILTER_VALVE("XV-3" n "3", m.waste),                                   \
	FILTER_VALVE("XV-3" n "4", m.air), FILTER_VALVE("LV-30" n, m.outlet)
#define FILTER_SENSORS(n, m)                                                   \
	SENSOR("LIC-30" n, m.lt), SENSOR("PDT-30" n, m.pdt),                   \
	SENSOR("AT-30" n, m.at)
#define SENSOR(n, m) { n, OBJECT_NOT, OBJECT_NOT, AT(m.stuck), AT(m) }

static const struct object objects[] = {
	DRIVE("P-101A", p101[0]),
	DRIVE("P-101B", p101[1]),
	DRIVE("P-501A", p501[0]),
	DRIVE("P-501B", p501[1]),
	DRIVE("P-501C", p501[2]),
	DRIVE("SC-101", sc101),
	DRIVE("D-501", dosing),
	VALVE("V-101", v101),
	VALVE("LV-501", lv501),
	DRIVE("D-201A", clarifier.d201[0].motor),
	DRIVE("D-201B", clarifier.d201[1].motor),
	DRIVE("M-201", clarifier.m201),
	DRIVE("M-202", clarifier.m202),
	VALVE("XV-201", clarifier.xv201),
	DRIVE("P-301", filters.p301),
	DRIVE("B-301", filters.b301),
	DRIVE("P-401", waste.p401),
	FILTER("F-301", filters.f[0]),
	FILTER("F-302", filters.f[1]),
	FILTER("F-303", filters.f[2]),
	FILTER("F-304", filters.f[3]),
	FILTER_VALVES("1", filters.f[0]),
	FILTER_VALVES("2", filters.f[1]),
	FILTER_VALVES("3", filters.f[2]),
	FILTER_VALVES("4", filters.f[3]),
	FILTER_SENSORS("1", filters.f[0]),
	FILTER_SENSORS("2", filters.f[1]),
	FILTER_SENSORS("3", filters.f[2]),
	FILTER_SENSORS("4", filters.f[3]),
	SENSOR("FT-301", filters.ft301),
	SENSOR("FT-302", filters.ft302),
	SENSOR("PT-301", filters.pt301),
	SENSOR("LT-201", clarifier.lt201),
	SENSOR("LT-202", clarifier.lt202),
	SENSOR("LT-203", clarifier.lt203),
	SENSOR("FT-201", clarifier.ft201),
	SENSOR("FIC-201", clarifier.ft202),
	SENSOR("AT-201", clarifier.at201),
	SENSOR("QT-201", clarifier.qt201),
	SENSOR("LT-401", waste.lt401),
	SENSOR("FT-401", waste.ft401),
	DRIVE("D-701A", hypo.d701[0]),
	DRIVE("D-701B", hypo.d701[1]),
	DRIVE("Q-801", supply.q801),
	DRIVE("G-801", supply.g801),
	VALVE("HV-601", hill.hv601),
	SENSOR("LT-101", lt101),
	SENSOR("PDT-101", pdt101),
	SENSOR("FT-101", ft101),
	SENSOR("AT-101", at101),
	SENSOR("TT-101", tt101),
	SENSOR("LT-501", lt501),
	SENSOR("LIC-501", lt501),
	SENSOR("LT-502", lt502),
	SENSOR("FT-501", ft501),
	SENSOR("PIC-501", pt501),
	SENSOR("AT-501", at501),
	SENSOR("AT-502", at502),
	SENSOR("LT-601", hill.lt601),
	SENSOR("FT-601", hill.ft601),
	SENSOR("FT-602", hill.ft602),
	SENSOR("PT-602", pt602),
	SENSOR("LT-701", hypo.lt701),
	SENSOR("FI-701", hypo.ft701),
	SENSOR("AT-701", hypo.at701),
	SENSOR("AIC-701", hypo.at701),
	SENSOR("JT-801", jt501),
	SENSOR("ET-801", supply.volts),
};

const struct object *
object_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		if (strcmp(objects[i].name, name) == 0)
			return &objects[i];
	return NULL;
}

const struct object *
object_nth(size_t i)
{
	return i < sizeof(objects) / sizeof(objects[0]) ? &objects[i] : NULL;
}

void *
object_part(struct works *w, size_t offset)
{
	return offset != OBJECT_NOT ? (char *)w + offset : NULL;
}
