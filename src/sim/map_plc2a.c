/* SPDX-License-Identifier: ISC */
#include "sim/map_rows.h"

static const struct map_row plc2a[] = {
	PLC_WORD("plc2a", "clarifier", plc2a),
};

const struct map map_plc2a = { plc2a, sizeof(plc2a) / sizeof(plc2a[0]) };
