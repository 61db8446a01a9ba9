/* SPDX-License-Identifier: ISC */
/*
 * commands.h - the one door: every setpoint and every command, from whoever
 * and wherever, in the order of P25, with one id, one row `requested` and
 * exactly one row with its result (P2).
 *
 *   checked -> audit committed -> sent to field -> result -> committed -> told
 *                                                          -> taken -> achieved
 *
 * The one result is that of taken. Where the project names a feedback, the
 * command then runs on until that has its value; a safe command of its object
 * ends the waiting. What is not achieved within the travel time is an event
 * and the object's alarm DISAGREE, which goes when the feedback comes after
 * all or another command of the object is achieved. The waiting does not
 * survive a restart of the core; the alarm does.
 *
 * A setpoint of an internal tag takes the same way; its "field" is the live
 * table. One command per object at a time, except safe ones (P13).
 */
#ifndef SERVER_COMMANDS_H
#define SERVER_COMMANDS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/clock.h"
#include "server/audit.h"
#include "wire/fieldwire.h"

struct core;
struct session;

#define BYPASS_SAID_MAX 300	/* "interlock bypassed (lena): why it refused" */

#define COMMAND_VALIDITY_MS 5000	/* P2 */

enum command_phase {
	COMMAND_REQUESTED,	/* waits for its audit row */
	COMMAND_SENT,		/* field has it */
	COMMAND_ENDED,		/* its result waits to be committed */
	COMMAND_TAKEN,		/* told; its feedback is awaited (P13) */
	COMMAND_LATE,		/* it did not come in time, and is looked for */
	COMMAND_DOUBT		/* unknown; told until the next good read (P2) */
};

struct command_run {
	TAILQ_ENTRY(command_run) next;
	uint64_t id;		/* of its row in the audit */
	enum command_phase phase;
	uint64_t session;	/* who waits for it; 0: nobody */
	uint32_t call;
	struct who who;
	char second[USER_NAME_MAX + 1];	/* who confirmed it; or "" */
	bool asks_second;	/* is to be confirmed by somebody else first */
	bool is_do;		/* a command of an object; else a setpoint */
	bool internal;		/* of a tag that stands in no device */
	uint32_t tag;		/* of a setpoint; NONE: gone */
	uint32_t command;	/* of an object; NONE: gone */
	uint32_t object, area;
	bool safe;
	char name[PLANT_NAME_MAX + 1], old[VALUE_CAP], new[VALUE_CAP];
	char reason[VALUE_CAP + BYPASS_SAID_MAX];
	char bypassed[BYPASS_SAID_MAX];	/* its interlock refused; or "" */
	double value;
	struct mono begun, deadline;
	struct field_job job;
	int code;		/* exit code of the result */
	char result[240];
	struct mono achieve_by;	/* TAKEN: its feedback has its value */
	struct wall doubt;	/* DOUBT: since when */
};
TAILQ_HEAD(command_list, command_run);

struct commands {
	struct command_list list;
};

struct call;
/* A SET or DO of the session; second: who has confirmed it, "" nobody was
 * asked, NULL: was asked, and it was not the right password. */
void commands_give(struct core *c, struct session *s, struct call *call,
    const char *second);
int commands_load(struct core *c, struct err *e);	/* unknown: restart */
void commands_fini(struct core *c);
void commands_due(struct core *c, uint64_t id);		/* TIMER_COMMAND */
void commands_result(struct core *c, const struct field_result *r);
void commands_cleared(struct core *c, const struct field_cleared *r);
/* field is gone: all in flight are unknown. */
void commands_lost(struct core *c, const char *why);
/* Ends as refused what has not gone yet to this object, but safe ones. */
void commands_discard(struct core *c, uint32_t object, const char *why);
/* The same for what goes only because its interlock was bypassed (P14). */
void commands_discard_bypassed(struct core *c, uint32_t command);
/* Has field a setpoint for this tag now? */
bool commands_under_way(const struct core *c, uint32_t tag);
/* It stands in the live table (trace.h). */
void commands_shown(struct core *c, uint32_t tag);
/* End of the turn: whose feedback has its value? */
void commands_settle(struct core *c);
/* The command that an object carries out; NULL: none. */
const struct command_run *commands_running(
    const struct core *c, uint32_t object);
/* P20: what is in flight finishes under the old model. */
struct swap;
void commands_swap(struct core *c, const struct swap *s);
void commands_session_gone(struct core *c, uint64_t session);

#endif
