/* SPDX-License-Identifier: ISC */
/*
 * reader.h - the state of reading one project; shared by the read_*.c only.
 *
 * Order: plant.conf (languages, areas), alarms, lines, types, objects, tags;
 * then arrays are closed and names indexed; then expressions are compiled,
 * overlaps and cycles looked for, screens checked. What went wrong was said;
 * reading goes on with what is left, so that one run finds everything.
 */
#ifndef PROJECT_READER_H
#define PROJECT_READER_H

#include "model/expr.h"
#include "project/address.h"
#include "project/files.h"
#include "project/item.h"
#include "project/keys.h"
#include "project/names.h"

#define PLANT_TAGS_MAX 500000	/* of tags, alarms, commands, each */

enum target { TARGET_SLOT, TARGET_TAG, TARGET_COMMAND, TARGET_ALARM,
	TARGET_SUPPRESS };

/* An expression to be compiled once all tags are known. */
struct pending {
	enum target target;
	uint32_t index;		/* of tag, command, alarm */
	struct expr **slot;	/* TARGET_SLOT */
	uint32_t object;	/* whose bare signals it may name, or NONE */
	const char *text, *key;
	struct place at;
};

/* A place in a device that is read or written, for overlaps. */
struct use {
	struct point point;
	struct place at;
	uint32_t tag;		/* or NONE: */
	const char *name;	/* of a command */
};

/* A signal of a type with what all its objects share. */
struct signal_def {
	struct item *item;
	bool ready;		/* the rest is filled */
	bool failed;		/* could not be made: said */
	const char *unit;
	struct text title;
	const struct log_rule *log;
	const struct counter_rule *counter;
	const struct text *texts;
	uint16_t n_texts;
};

/* As VEC(struct item *), with a name. */
struct item_list {
	struct item **at;
	size_t n, cap;
};

/* As VEC(struct document), with a name. */
struct documents {
	struct document *at;
	size_t n, cap;
};

struct type_def {
	const char *name;
	struct item *item;
	enum { TYPE_RAW, TYPE_BUSY, TYPE_DONE } state;
	VEC(struct signal_def) signals;
	struct item_list commands, alarms, states;
	uint32_t index;		/* in plant.types */
};

struct reader {
	const struct project_files *files;
	struct report *report;
	struct plant *plant;
	struct arena *arena;	/* the plant's */
	struct arena *scratch;	/* items, and texts until they are kept */
	struct reading g;
	struct names areas, polls, classes, lines, devices, things, types,
	    tags, roles, screens, stations, reports;
	struct names kept;	/* texts in the plant's arena, each once */
	VEC(struct area) all_areas;
	VEC(struct shift) all_shifts;
	VEC(struct poll) all_polls;
	VEC(struct line) all_lines;
	VEC(struct device) all_devices;
	VEC(unsigned) firsts;	/* `first` of each device */
	VEC(struct type_def) type_defs;
	VEC(struct object) all_objects;
	VEC(struct tag) all_tags;
	VEC(struct command) all_commands;
	VEC(struct alarm_def) all_alarms;
	VEC(struct alarm_class) all_classes;
	VEC(struct priority) all_priorities;
	VEC(struct role) all_roles;
	VEC(struct station) all_stations;
	struct documents all_screens, all_reports;
	VEC(struct pending) pending;
	VEC(struct use) uses;
	bool full;		/* more of something than a plant may have */
	struct own {
		uint8_t priority;
		uint16_t class;
		struct text title, cause, action;
	} system[OWN_ALARMS];
};

/* Each reads its files; problems are said. */
void read_plant(struct reader *r);
void read_alarms(struct reader *r);
void read_lines(struct reader *r);
void read_types(struct reader *r);
void read_objects(struct reader *r);
void read_tags(struct reader *r);
void read_roles(struct reader *r);
void read_stations(struct reader *r);
void read_reports(struct reader *r);	/* names and texts */
void read_screens(struct reader *r);
void check_reports(struct reader *r);	/* after all tags are known */
void check_screens(struct reader *r);

/* The file as item of schema s; NULL if there is none or it is broken. */
struct item *reader_conf(
    struct reader *r, const char *name, const struct schema *s);
/* Cleaned text of a file; sets r->g.file. NULL if there is none. */
const char *reader_text(struct reader *r, const char *name, size_t *len);

/* May another one be added? Says once if not. */
bool reader_has_room(
    struct reader *r, size_t n, const char *what, struct place at);

/* Copies into the plant, each text once. NULL stays NULL. */
const char *keep(struct reader *r, const char *s);
struct text keep_text(struct reader *r, const struct text *t);
/* The text of a cell, or other, or "" */
struct text cell_title(
    struct reader *r, const struct cell *c, const char *otherwise);

/* read_tag.c */
struct tag_home {
	const char *name;	/* full, kept */
	const char *was;	/* before: full, kept; or NULL */
	uint32_t object, area, device;
	const uint32_t *base;	/* of the object by space, or NULL */
	const char *poll;	/* of the type, or NULL */
	const struct text *title;	/* if it has none itself */
	struct place row;	/* of the object; line 0: the tag's own */
};
/* Adds the tag; its index, or NONE if it cannot be. */
uint32_t tag_add(
    struct reader *r, struct signal_def *def, const struct tag_home *home);
/* Puts an address into a point whose kind is set; false if said. */
bool point_place(struct reader *r, struct point *p, const char *address,
    const struct tag_home *home, const char *key, struct place at);
void use_add(struct reader *r, const struct point *p, uint32_t tag,
    const char *name, struct place at);
void check_overlaps(struct reader *r);

/* The name before of what stands below an owner; NULL: it is the same. */
const char *name_before(struct reader *r, const char *owner,
    const char *owner_was, const struct cell *was, const char *name);

/* read_alarm.c */
struct alarm_home {
	const char *owner;	/* P-101A, site.power */
	const char *was;	/* its name before, or NULL */
	uint32_t object, area, of;
	/* for those that have none themselves; NULL: none */
	const struct cell *suppress, *suppress_more;
};
void alarm_add(
    struct reader *r, const struct item *x, const struct alarm_home *home);
void fold_alarms(struct plant *p);
/* Class index for a cell that may be empty. */
uint16_t class_of(struct reader *r, const struct cell *c);
bool priority_is_known(struct reader *r, int64_t number, struct place at);

/* read_system.c */
void system_read(struct reader *r, const struct cell *rows);
const char *own_alarm_name(enum own_alarm which);
uint32_t alarm_add_system(struct reader *r, const char *owner,
    enum own_alarm which, uint32_t area);

/* read_expr.c */
void pend_limit(struct reader *r, const struct cell *c, const char *key,
    struct pending into);
void compile_all(struct reader *r);
/* Compiles the expressions of types by themselves, used or not. */
void check_types(struct reader *r);
void order_calc(struct reader *r);
void check_rings(struct reader *r);	/* of suppressions; after that */

/* read.c: the plant in files that were got (0) or not (-1 with e). */
int read_and_free(struct project_files *files, int got, const struct err *e,
    const char *name, struct plant **plant, struct report *problems);

/* read_csv.c: one cell `SIGNAL.KEY`, `write.min`, `title.de` into an item. */
void cell_override(struct reader *r, struct item *x, const char *path,
    const char *text, struct place at);

#endif
