/* SPDX-License-Identifier: ISC */
#include "sim/object.h"

#include <string.h>

#define AT(m) offsetof(struct works, m)
#define DRIVE(n, m)                                                            \
	{ n, AT(m.protection), AT(m.local), AT(m.stuck), OBJECT_NOT }
#define VALVE(n, m) { n, AT(m.fault), AT(m.local), AT(m.stuck), OBJECT_NOT }
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

void *
object_part(struct works *w, size_t offset)
{
	return offset != OBJECT_NOT ? (char *)w + offset : NULL;
}
