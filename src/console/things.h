/* SPDX-License-Identifier: ISC */
/*
 * things.h - what this console knows of the plant: the tags, objects and
 * alarms that its screens show, with their present values. It learned all of
 * it over the wire, keeps it by name, and draws from nothing else.
 *
 * A tag or object that a screen names is made here first (NEW), then asked
 * for (ASKED), then known or not to be had (KNOWN, REFUSED). Values stand
 * beside their quality; while there is no data they are shown as stale.
 */
#ifndef CONSOLE_THINGS_H
#define CONSOLE_THINGS_H

#include <stdbool.h>
#include <stdint.h>
#include <uthash.h>

#include "base/clock.h"
#include "base/vec.h"
#include "model/alarm.h"
#include "model/expr.h"
#include "model/plant.h"
#include "model/value.h"
#include "term/badge.h"
#include "term/field.h"
#include "term/trend.h"
#include "wire/cell.h"

enum thing_state { THING_NEW, THING_ASKED, THING_KNOWN, THING_REFUSED };

#define TAG_TEXTS 32
#define TREND_SAMPLES 4096

struct tag_info {
	UT_hash_handle hh;
	char name[PLANT_NAME_MAX + 1];
	uint32_t index;		/* in things.tags */
	enum thing_state state;
	enum confirm confirm;
	enum value_type type;
	bool writable, has_range;
	int decimals;
	double min, max;	/* instrument range, if has_range */
	double write_min, write_max, max_step;	/* NAN: none */
	double hh_limit, h_limit, l_limit, ll_limit;
	uint32_t changed;	/* revision since which it is defined so */
	char *title, *unit, *area, *object;
	char *texts[TAG_TEXTS];
	unsigned n_texts;
	struct value value;
	char text[VALUE_TEXT_MAX + 1];	/* of a text value */
	/* collected since a screen with its trend is open */
	bool trended;
	VEC(struct trend_sample) samples;
};

struct object_state_info {
	char *name;
	char *text;			/* what is shown for it */
	struct expr *when;
	enum look look;
};
struct object_command {
	char *name, *label, *function;
	enum confirm confirm;
	bool safe;
	uint32_t changed;	/* as of a tag */
};
struct object_bypass {			/* P14 */
	char command[PLANT_NAME_MAX + 1];
	char *text;			/* "lena until 14:05: why" */
};
struct object_info {
	UT_hash_handle hh;
	char name[PLANT_NAME_MAX + 1];
	enum thing_state state;
	char *title, *area, *type;
	char *locked;			/* "lena: why (ticket)", or NULL */
	VEC(struct object_bypass) bypassed;
	uint32_t main;			/* tag, or NONE */
	VEC(struct object_state_info) states;
	VEC(uint32_t) tags;
	VEC(struct object_command) commands;
	struct arena *arena;		/* of its expressions */
};

struct alarm_info {
	UT_hash_handle hh;
	char name[PLANT_NAME_MAX + 1];
	uint64_t key;			/* for tables: stays with the name */
	uint32_t occurrence, count;
	enum alarm_state state;
	char inhibit[64];
	bool verified, recorded, held, folded;
	bool quiet;			/* in the list, not in the banner (P27) */
	unsigned priority;
	char *title, *area, *unit, *cause, *action, *object, *tag, *by;
	char *owner, *reason;		/* of what inhibits it */
	char value[64], limit[64];
	struct wall raised, acked, returned;
	struct wall inhibited, until;	/* since when; 0: no end by time */
	bool asked;			/* an acknowledgement is on its way */
	bool old;			/* not told again yet (P20) */
};

struct things {
	struct tag_info *tags_by_name;
	VEC(struct tag_info *) tags;
	struct object_info *objects;
	struct alarm_info *alarms;
	VEC(struct alarm_info *) order;	/* as lists show them */
	uint64_t last_key;
	bool alarms_complete;		/* the snapshot has come */
	struct wall now;		/* the core's clock, for age() */
	bool no_data;			/* what is here is old */
};

void things_init(struct things *t);
void things_fini(struct things *t);

/* Made if it is not there. */
struct tag_info *things_tag(struct things *t, const char *name);
struct object_info *things_object(struct things *t, const char *name);
struct tag_info *things_find_tag(const struct things *t, const char *name);
struct object_info *things_find_object(
    const struct things *t, const char *name);
struct alarm_info *things_find_alarm(const struct things *t, const char *name);

/* P-101A.start: the object's name into object; start. NULL: it is no name of
 * a command. */
const char *command_split(const char *name, char object[PLANT_NAME_MAX + 1]);
/* NULL: there is none, or it is not known (yet). */
const struct object_command *object_command(
    const struct object_info *o, const char *command);

/* What is known of bypasses begins anew; one, of P-101A.start. */
void things_unbypass(struct things *t);
void things_bypass(struct things *t, const char *name, const char *text);
/* NULL: the interlock of this command stands. */
const char *object_bypass(const struct object_info *o, const char *command);
/* Lock-outs anew: none, then each; of several the first is shown. */
void things_unlock(struct things *t);
void things_lock(struct things *t, const char *object, const char *text);

/* Rows of the verbs `describe tag`, `describe object`, `follow`. */
void things_describe_tag(struct things *t, const struct cell *cells);
void things_describe_object(struct things *t, const struct cell *cells);
void things_alarm_row(struct things *t, const struct cell *cells);
void things_sort_alarms(struct things *t);
void things_no_alarms(struct things *t);	/* before a new snapshot */
/* A snapshot begins behind which what it does not tell is gone; its end. */
void things_again(struct things *t);
void things_told(struct things *t);
/* What was asked for is not to be had. */
void things_refuse(struct things *t);
/* A new project: everything is asked for again. */
void things_forget(struct things *t);

/* What was logged of a tag up to a time stands before what came in since. */
void things_past(struct things *t, const char *tag,
    const struct trend_sample *sample, size_t n, int64_t to_ms);
void things_value(struct things *t, uint32_t tag, const struct value *v);

/* Quality and flags of a value for a field (term/field.h). */
struct field value_field(const struct things *t, const struct value *v);
/* How a tag stands in a field; text points into room. */
struct field tag_field(
    const struct things *t, const struct tag_info *tag, char room[VALUE_CAP]);
/* The value for people, with its unit; "---" if it was never read. */
char *tag_show(const struct things *t, const struct tag_info *tag,
    char room[VALUE_CAP]);
/* The state that holds, or NULL if it is not known. trust (may be NULL): a
 * value as good as the worst input that it was decided by. */
const struct object_state_info *object_state_now(
    struct things *t, const struct object_info *o, struct value *trust);
/* Compiles over this console's tags; a bare name means object's signal. */
struct expr *things_expr(struct things *t, struct arena *a, const char *text,
    const char *object);
struct value things_eval(struct things *t, const struct expr *x);
/* NULL expr is true; not known is false. */
bool things_holds(struct things *t, const struct expr *x);

enum badge alarm_badge(const struct alarm_info *a);
/* In the banner, as long as it is not normal (P8, P27). */
bool alarm_info_is_announced(const struct alarm_info *a);
/* It is, and for an acknowledgement. */
bool alarm_info_waits(const struct alarm_info *a);
/* "UNA" "ACK" .., "ACK*" while it is not recorded (P19). */
const char *alarm_info_mark(const struct alarm_info *a);
/* Is it in the area of this name, or in one below? */
bool things_is_area_of(const struct alarm_info *a, const char *name);
/* The worst alarm of an object, a tag, a line, a device or an area, and how
 * many it has; NULL: none. */
const struct alarm_info *things_worst(
    const struct things *t, const char *name, unsigned *n);

#endif
