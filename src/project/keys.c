/* SPDX-License-Identifier: ISC */
#include "project/keys.h"

/* Words in the order of the enums of model/plant.h. */
static const char *const words_day[] = { "mon", "tue", "wed", "thu", "fri",
	"sat", "sun", NULL };
static const char *const words_order[] = { "ABCD", "CDAB", "BADC", "DCBA",
	NULL };
const char *const words_function[] = {
#define X(id, name) name,
	FUNCTIONS(X)
#undef X
	NULL
};
static const char *const words_confirm[] = { "none", "confirm", "retype", "second",
	NULL };
static const char *const words_look[] = { "on", "off", "failed", "moving", NULL };
static const char *const words_glyph[] = { "pump", "valve", "motor", "fan", "heater",
	"switch", "dot", NULL };
static const char *const words_since[] = { "day", NULL };
static const char *const words_writer[] = { "sightglass", NULL };
static const char *const words_command[] = { "level", "plc-reset", "timed",
	NULL };
static const char *const words_ack[] = { "came", "both", "none", NULL };
static const char *const words_on_bad[] = { "hold", "alarm", NULL };
static const char *const words_horn[] = { "none", "once", "continuous",
	NULL };
static const char *const words_system[] = {
	[OWN_COMM] = "COMM", [OWN_STORE] = "STORE", [OWN_RESTART] = "RESTART",
	[OWN_DISAGREE] = "DISAGREE", [OWN_BYPASS] = "BYPASS",
	[OWN_DISK] = "DISK",
	[OWN_ALARMS] = NULL };
static const char *const words_theme[] = { "light", "dark", "mono", NULL };
static const char *const words_period[] = { "shift", "day", "month", NULL };
static const char *const words_by[] = { "area", NULL };
static const char *const words_section[] = { "values", "totals", "hours",
	"alarms", "actions", "standing", NULL };
static const char *const words_show[] = { "avg", "min", "max", "last", "count",
	"good", "hours", "starts", NULL };
static const char *const words_per[] = { "s", "min", "h", "d", NULL };
static const char *const words_log_to[] = { "stderr", "syslog", NULL };
/* as log_level_parse() knows them */
static const char *const words_log_level[] = { "error", "warning", "info",
	"debug", NULL };

#define ROW(id, called, f, fl, lo, hi, more, std, text)                             \
	{ .name = called, .form = FORM_##f, .flags = fl, .min = lo, .max = hi,      \
		more, .standard = std, .help = text },
#define X(id, called, rows)                                                    \
	static const struct key keys_##id[] = { rows(ROW) };                   \
	const struct schema schema_##id = { .what = called,                    \
		.keys = keys_##id,                                             \
		.n = sizeof(keys_##id) / sizeof(keys_##id[0]) };
SCHEMAS(X)
#undef X
