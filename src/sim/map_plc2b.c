/* SPDX-License-Identifier: ISC */
#include "sim/map_rows.h"

static const struct map_row plc2b[] = {
	PLC_WORD("plc2b", "filtration", plc2b),
};

const struct map map_plc2b = { plc2b, sizeof(plc2b) / sizeof(plc2b[0]) };
