/* SPDX-License-Identifier: ISC */
/*
 * group.h - one call that names several things: each is decided by itself and
 * has its own two rows in the audit; the call ends when all of them are on
 * the disk (persist before confirm, P19).
 */
#ifndef SERVER_GROUP_H
#define SERVER_GROUP_H

#include "base/err.h"
#include "model/plant.h"
#include "wire/message.h"

struct core;
struct session;

struct group_item {
	char name[2 * PLANT_NAME_MAX + 2], old[84], new[84], result[240];
	char did[240];		/* what everybody reads when it is done */
	int code;
	uint64_t command;	/* its number in the audit */
	uint32_t thing, area;	/* only until it is applied */
	char where[PLANT_NAME_MAX + 1];	/* the area's name */
	/* What the audit says in the place of old and new; NULL: those. From
	 * check, freed by group_run(). */
	char *audit_old, *audit_new;
};

struct group_class {
	/* May it be? Fills old, thing, area and may give name and new. The
	 * exit code, and why not. */
	int (*check)(struct core *c, struct session *s,
	    const struct call *call, struct group_item *it, struct err *e);
	/* Does it, as command of the audit; fills new and did. */
	void (*apply)(struct core *c, struct session *s,
	    const struct call *call, struct group_item *it,
	    uint64_t command);
	enum parameter why;	/* the reason for the audit */
	bool traced;		/* thing is an alarm whose way is shown */
};

/* Acknowledging goes on while the record takes no rows (P19); whatever else
 * is put off is refused by its check: group_recordable(). */
void group_run(struct core *c, struct session *s, const struct call *call,
    const struct group_class *class, const char *const *names, unsigned n);
/* The same for what the call names; without a name it is a usage error. */
void group_run_named(struct core *c, struct session *s,
    const struct call *call, const struct group_class *class);
int group_recordable(const struct core *c, struct err *e);
/* The event of what was done to it, of this kind (enum record_kind). */
void group_event(struct core *c, const struct session *s, int kind,
    const struct group_item *it, const char *text, uint64_t command);

#endif
