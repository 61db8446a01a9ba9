/* SPDX-License-Identifier: ISC */
/*
 * plant.h - the plant as the project describes it: immutable once loaded.
 *
 * Made by project/ in one arena, read by everybody, changed by nobody. Types
 * are resolved here: an object's signals are tags, its commands commands, its
 * alarms alarms, each with the overrides of objects.csv applied. Things refer
 * to each other by index into these arrays; NONE is no index. Live values and
 * alarm states live outside, in arrays by the same index (its slot).
 */
#ifndef MODEL_PLANT_H
#define MODEL_PLANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/value.h"

#define NONE UINT32_MAX
#define PLANT_LANGUAGES 4
#define PLANT_NAME_MAX 63	/* bytes of a full name such as P-101A.run */
#define PLANT_STATES 8		/* states of a type */

struct expr;
struct ring;

/* A text for people; [i] belongs to plant.languages[i]; [0] is never NULL. */
struct text {
	const char *in[PLANT_LANGUAGES];
};

struct area {
	const char *name;	/* filtration.west; [0] is "system" */
	struct text title;
	uint32_t parent;	/* the area that includes it, or NONE */
};
struct shift {
	const char *name;
	int from;		/* minutes after midnight, plant time */
	uint8_t days;		/* bit 0 = Monday; 0x7f = every day */
};
struct poll {
	const char *name;
	struct span every;
};

enum transport { TRANSPORT_TCP, TRANSPORT_RTU, TRANSPORT_RTU_TCP };
struct path {			/* "tcp:10.1.0.11:502" */
	enum transport transport;
	const char *host;	/* or the serial device */
	uint16_t port;
	uint32_t baud;
	char parity;		/* N E O */
	uint8_t data_bits, stop_bits;
	const char *text;	/* as written */
};
#define LINE_PATHS 2
struct line {
	const char *name;
	struct path to[LINE_PATHS];
	unsigned n_to;
	struct span timeout, connect_timeout, gap, backoff[2];
	uint32_t area;
	uint32_t comm_alarm;	/* net1.COMM */
};

enum space { SPACE_COIL, SPACE_DI, SPACE_IR, SPACE_HR };
#define KINDS(X)                                                               \
	X(BOOL, "bool", 1) X(INT16, "int16", 1) X(UINT16, "uint16", 1)         \
	X(INT32, "int32", 2) X(UINT32, "uint32", 2) X(INT64, "int64", 4)       \
	X(UINT64, "uint64", 4) X(FLOAT32, "float32", 2)                        \
	X(FLOAT64, "float64", 4) X(BCD16, "bcd16", 1) X(BCD32, "bcd32", 2)     \
	X(TEXT, "text", 0)
enum kind {
#define X(id, name, registers) KIND_##id,
	KINDS(X)
#undef X
};
enum order { ORDER_ABCD, ORDER_CDAB, ORDER_BADC, ORDER_DCBA };
#define NO_BIT 255

/* Where a value stands in a device and how it is coded there. */
struct point {
	uint32_t device;
	uint16_t address;	/* as on the wire, 0..65535 */
	uint8_t space;		/* enum space */
	uint8_t bit;		/* 0..15 of a register, or NO_BIT */
	uint8_t kind;		/* enum kind */
	uint8_t order;		/* enum order */
	uint8_t registers;	/* 1..125: registers (or 1 bit) it covers */
	uint8_t length;		/* text:N */
	char together;		/* signals of one letter: one request; 0 none */
	bool ours;		/* writer = "sightglass": the word is ours (P12) */
	bool clamp;
	bool scaled, has_fault;
	double raw[2], value[2];	/* scale = (raw, raw, value, value) */
	double fault[2];		/* raw limits; outside is bad(range) (P7) */
};

struct hole {
	uint8_t space;
	uint16_t first, last;
};
struct device {
	const char *name;
	struct text title;
	uint32_t line;
	uint8_t unit;
	uint32_t area;
	uint8_t order;
	uint16_t max_registers, max_bits, max_hole;
	uint16_t pipeline;	/* requests outstanding, 1 by default */
	const struct hole *holes;
	unsigned n_holes;
	bool has_alive, has_life, has_identity;
	struct point alive, life, identity;	/* P4 */
	int64_t identity_value;
	struct span alive_within, life_every, probe;
	uint32_t comm_alarm;	/* plc1.COMM */
};

enum look { LOOK_ON, LOOK_OFF, LOOK_FAILED, LOOK_MOVING };
enum confirm { CONFIRM_NONE, CONFIRM_KEY, CONFIRM_RETYPE, CONFIRM_SECOND };

struct state {			/* of an object; the first that holds */
	const char *name;	/* for programs, and compared (P17) */
	struct text title;
	struct expr *when;	/* NULL = always */
	uint8_t look;
};
struct type {
	const char *name;
	struct text title;
	const char *faceplate;
};
struct object {
	const char *name;
	struct text title;
	uint32_t type, area, device;
	uint32_t main;		/* tag of its main signal, or NONE */
	uint32_t disagree;	/* alarm: a command was not achieved (P13), or NONE */
	uint32_t bypass;	/* alarm: an interlock is bypassed (P14), or NONE */
	uint32_t tags, n_tags;	/* its tags stand together */
	uint32_t commands, n_commands;
	const struct state *states;
	unsigned n_states;
	const char *was;	/* its name in an earlier project (P20), or NULL */
};

#define FUNCTIONS(X)                                                           \
	X(VIEW, "view") X(ACKNOWLEDGE, "acknowledge") X(RESET, "reset")        \
	X(SHELVE, "shelve") X(SUPPRESS, "suppress") X(OPERATE, "operate")      \
	X(SETPOINT, "setpoint") X(TUNE, "tune") X(OVERRIDE, "override")        \
	X(LOCKOUT, "lockout") X(NOTE, "note") X(REPORT, "report")              \
	X(AUDIT, "audit") X(TRACE, "trace") X(PROJECT, "project")              \
	X(CONTROL, "control") X(USERS, "users") X(BYPASS, "bypass")
enum function {
#define X(id, name) FUNCTION_##id,
	FUNCTIONS(X)
#undef X
	FUNCTION_COUNT
};

/* min, max and max_step are NULL where the project gives none. */
struct write_rule {
	uint8_t function, confirm;
	struct expr *min, *max, *max_step, *gate;
};
struct log_rule {
	double deadband;	/* 0 = every change */
	struct span at_least, at_most;	/* 0 = none */
};
struct counter_rule {
	double size;		/* counts after which it begins anew */
	double rate;		/* greatest change per second */
};

enum source {
	SOURCE_DEVICE, SOURCE_INTERNAL, SOURCE_CALC, SOURCE_MANUAL,
	SOURCE_ALARMS	/* how many came new in its area */
};

struct tag {
	const char *name;
	struct text title;
	const char *unit;	/* "" if none */
	uint32_t area;
	uint32_t object;	/* or NONE */
	const struct point *point;	/* SOURCE_DEVICE, else NULL */
	struct expr *expr;		/* SOURCE_CALC, else NULL */
	const struct write_rule *write;	/* NULL: not writable */
	const struct log_rule *log;	/* NULL: not logged */
	const struct counter_rule *counter;
	const struct text *texts;	/* of the values 0, 1, 2.. */
	const char *initial_text;
	double initial;		/* SOURCE_INTERNAL */
	double min, max;	/* instrument range (P7), if has_range */
	uint32_t alarms, n_alarms;	/* in plant.of_tag: those that watch it */
	struct span valid;	/* SOURCE_MANUAL */
	struct span new_alarms;	/* SOURCE_ALARMS: within this time */
	uint16_t n_texts, poll;
	uint8_t source, kind, type;	/* type: enum value_type */
	uint8_t decimals;
	bool has_range, retain, event, has_initial;
	bool since_day;		/* SOURCE_CALC: since midnight; expr is a tag */
	bool tunable;		/* P21: its retained value is a difference */
	const char *was;	/* full name in an earlier project, or NULL */
};

enum command_kind { COMMAND_LEVEL, COMMAND_PLC_RESET, COMMAND_TIMED };

struct command {
	const char *name;	/* start */
	struct text title;
	uint32_t object;
	struct point point;	/* what it writes */
	double value;
	uint8_t kind, function, confirm;
	bool safe;		/* P3 */
	struct expr *interlock;	/* must be good and true; NULL: none */
	struct span taken, within, pulse;
	uint32_t feedback;	/* tag, or NONE */
	double expect;
};

enum alarm_kind { ALARM_ABOVE, ALARM_BELOW, ALARM_IS, ALARM_SYSTEM };

struct alarm_def {
	const char *name;	/* P-101A.FAIL */
	struct text title, cause, action;
	uint32_t area;
	uint32_t of;		/* the tag it watches; NONE: ALARM_SYSTEM */
	uint32_t object;	/* or NONE */
	uint32_t folded_by;	/* the HH of this H, the LL of this L (P27), or NONE */
	struct expr *limit;	/* ABOVE, BELOW; a constant for a plain number */
	double is;		/* IS */
	double deadband;	/* in the unit of the tag */
	struct span on_delay, off_delay;
	struct expr *suppress;	/* suppressed while it is true (P14); or NULL */
	struct span suppress_more;	/* and for so long afterwards */
	uint16_t class;
	uint8_t kind, priority;	/* 1 is the worst */
	bool tunable;		/* P21: limit, deadband, delays */
	const char *was;	/* full name in an earlier project, or NULL */
};

enum alarm_ack { ACK_CAME, ACK_BOTH, ACK_NONE };
enum horn { HORN_NONE, HORN_ONCE, HORN_CONTINUOUS };
struct alarm_class {
	const char *name;
	uint8_t ack, horn;
	bool latch, single_ack, comment, alarm_on_bad;
	struct span shelve;	/* the longest; 0 = never */
	struct span rearm;	/* 0 = none */
};
struct priority {
	uint8_t number;
	const char *name;
};

struct grant {
	uint32_t functions;	/* bit 1 << enum function */
	const uint32_t *areas;	/* each includes those below; NONE = "*" */
	unsigned n_areas;
};
struct role {
	const char *name;
	const struct grant *grants;	/* inherited ones included */
	unsigned n_grants;
};

struct match {
	const char *tty;	/* "/dev/tty1", or NULL */
	uint8_t net[16];	/* IPv4 as ::ffff:a.b.c.d */
	uint8_t bits;
};
struct station_key {
	const char *key, *screen;
};
struct station {
	const char *name;
	const struct match *matches;
	unsigned n_matches;
	const char *start, *language, *theme, *title;
	unsigned panes;
	const char *const *footer;	/* names of footer actions, or NULL */
	const char *const *blocked;	/* keys and verbs */
	const struct station_key *keys;
	unsigned n_footer, n_blocked, n_keys;
	uint32_t only;		/* functions; 0 = no limit */
};

/* A screen or report as its file: the programs parse what they draw. */
struct document {
	const char *name;	/* clearwater */
	const char *file;	/* screens/clearwater.screen */
	const char *text;
	size_t len;
};

struct plant {
	struct arena *arena;
	char id[65];		/* SHA-256 of the project's files, in hex */
	struct text name;
	const char *languages[PLANT_LANGUAGES];
	unsigned n_languages;
	const char *timezone;
	struct area *areas;
	struct shift *shifts;
	struct poll *polls;
	struct line *lines;
	struct device *devices;
	struct type *types;
	struct object *objects;
	struct tag *tags;
	struct command *commands;
	struct alarm_def *alarms;
	struct alarm_class *classes;
	struct priority *priorities;
	struct role *roles;
	struct station *stations;
	struct document *screens, *reports;
	uint32_t *of_tag;	/* alarm slots, grouped by tag */
	uint32_t *calc;		/* calculated tags, operands first */
	uint32_t n_areas, n_shifts, n_polls, n_lines, n_devices, n_types,
	    n_objects, n_tags, n_commands, n_alarms, n_classes, n_priorities,
	    n_roles, n_stations, n_screens, n_reports, n_calc;
	struct ring *rings;	/* of alarms that suppress each other */
	uint32_t n_rings;
	/* system.STORE, system.RESTART, system.DISK */
	uint32_t store_alarm, restart_alarm, disk_alarm;
	/* name -> what; open addressing, built by plant_index() */
	uint32_t *index_tags, *index_objects, *index_alarms;
	uint32_t mask_tags, mask_objects, mask_alarms;
};

/* Builds the name indexes, of_tag and folded_by; project/ calls it last. */
void plant_index(struct plant *p);
void plant_free(struct plant *p);	/* NULL is fine */
/* The area system and its alarms, the usual roles, class and priorities; no
 * tags: what a server runs before its first project. */
struct plant *plant_empty(void);

/* The index, or NONE. */
uint32_t plant_tag(const struct plant *p, const char *name);
uint32_t plant_tag_n(const struct plant *p, const char *name, size_t len);
uint32_t plant_object(const struct plant *p, const char *name);
uint32_t plant_alarm(const struct plant *p, const char *name);
uint32_t plant_area(const struct plant *p, const char *name);
uint32_t plant_role(const struct plant *p, const char *name);
uint32_t plant_command(
    const struct plant *p, uint32_t object, const char *name);
const struct document *plant_screen(const struct plant *p, const char *name);
const struct document *plant_report(const struct plant *p, const char *name);
/* Is area inside (or the same as) outer? outer NONE is the whole plant. */
bool plant_within(const struct plant *p, uint32_t area, uint32_t outer);
/* P27: in the area system, and nobody wrote what an operator does about it:
 * in the list only, not in banner, horn and counts of what is new. */
bool plant_alarm_is_quiet(const struct plant *p, const struct alarm_def *d);
/* In the language with this index, else in the default one; never NULL. */
const char *text_in(const struct text *t, unsigned language);
/* A value as it is recorded: its text in the default language (P31), or the
 * number as it is shown. */
const char *plant_value_text(
    const struct tag *t, const struct value *v, char room[VALUE_CAP]);
unsigned plant_language(const struct plant *p, const char *name);

/* `*` any run, `?` one character, over the whole name. */
bool name_match(const char *pattern, const char *name);
/*
 * The rules for names of each sort. A signal is never a word of expressions
 * (and or not else true false). A free-standing tag is group and name, an
 * area one or more plain names.
 */
bool name_is_object(const char *s);	/* P-101A */
bool name_is_signal(const char *s);	/* run; commands too */
bool name_is_alarm(const char *s);	/* FAIL */
bool name_is_plain(const char *s);	/* line, device, role, screen .. */
bool name_is_area(const char *s);	/* dotted */
bool name_is_tag(const char *s);	/* free-standing: site.demand */

const char *function_name(enum function f);
bool function_parse(enum function *f, const char *name);
const char *kind_name(enum kind k);
enum value_type kind_type(enum kind k);	/* without scale; BCD is VALUE_UINT */
unsigned kind_registers(enum kind k);	/* 0 for text: by its length */

#endif
