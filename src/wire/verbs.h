/* SPDX-License-Identifier: ISC */
/*
 * verbs.h - every request that a session can make of the core: one row each.
 *
 *   X(id, name, function, scope, audit, parameters, columns, help)
 *
 * function   the right that the door demands (model/plant.h); for a verb with
 *            scope ITEM in the area of each thing that it names, for ANYWHERE
 *            in some area at all, for PLANT without regard to areas; OPEN
 *            demands nothing but a session. SET and DO demand what the
 *            project declares for the tag or command; the row's function is
 *            what is named when there is no such thing.
 * audit      ALWAYS: one row `requested` and one with the result; REFUSED: only a
 *            refusal is written
 * parameters usage as people type it, without the options of all verbs. A word
 *            in capitals is NAME, or the parameter that it is named after;
 *            verb/usage.h says how the command line reads this text
 * columns    of the rows it answers, in order (FORMATS 5)
 *
 * server/ expands this list into its handlers, verb/ into the command line
 * and its help: a verb without a handler or without a right does not compile.
 */
#ifndef WIRE_VERBS_H
#define WIRE_VERBS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/language.h"
#include "model/plant.h"

#define TAG_COLUMNS "tag,value,text,unit,quality,cause,flags,time,area,title"
#define RESULT_COLUMNS "name,old,new,result,elapsed_ms"
#define ALARM_STATE_COLUMNS                                                    \
	"alarm,occurrence,state,inhibit,verified,priority,area,title,raised,"  \
	"acknowledged,by,returned,value,limit,unit,count"
/* Of the inhibition that is shown (out of service before suppressed before
 * shelved): by whom, until when, why, since when (P8). */
#define INHIBITION_COLUMNS "owner,until,reason,inhibited"
#define ALARM_COLUMNS ALARM_STATE_COLUMNS "," INHIBITION_COLUMNS
/* For consoles, behind those: the acknowledgement is on the disk (P19), the
 * input is not good (P6), it stands in its HH's row (P27), texts; nobody has to
 * do anything about it, so it is in the list only (P27). */
#define FOLLOW_COLUMNS                                                         \
	ALARM_STATE_COLUMNS ",recorded,held,folded,cause,action,object,tag,"   \
	INHIBITION_COLUMNS ",quiet"
/* value: what is shown; real, quality, cause: what is read. */
#define OVERRIDE_COLUMNS                                                       \
	"tag,value,real,unit,quality,cause,area,user,station,since,until,reason"
/* now: what the interlock says: true, false, or which tag is not good. */
#define BYPASS_COLUMNS                                                         \
	"name,title,interlock,now,area,user,station,since,until,reason"
#define LOCKOUT_COLUMNS "object,area,user,station,since,reason,ticket"
#define EVENT_COLUMNS                                                          \
	"seq,time,kind,area,name,text,user,station,old,new,result,command,"    \
	"flags"
#define AUDIT_COLUMNS                                                          \
	"seq,time,mono_ms,user,station,from,session,verb,name,old,new,reason," \
	"result,hash,command"
/* us: since the first row; since: since the row before. Bytes in hex. */
#define TRACE_COLUMNS "step,us,since,detail"
#define HISTORY_COLUMNS "tag,time,value,quality,cause,flags"
/* With --every: these, then what --show says, in its order (HISTORY_SHOW). */
#define HISTORY_BUCKET_COLUMNS "tag,from,to"
#define HISTORY_SHOW "avg,min,max,last,count,good"	/* if it says nothing */
/* Worked out by whoever asked, from other answers (src/report). */
#define REPORT_COLUMNS "report,from,to,area,section,name,unit,key,value,good"
#define DIFFERENCE_COLUMNS "change,sort,name,part,old,new,effect"
#define USER_COLUMNS                                                           \
	"user,name,roles,language,keys,password,unix,locked,last_login,created"
#define SESSION_COLUMNS "id,user,station,from,since,idle_s,screen,size,term"
/*
 * One row per part, in this order; a cell that does not belong to its kind
 * is null. state is lower case; tables print whatever is neither "ok" nor
 * "running" in capitals.
 *
 * kind    part       cells besides part, kind, state
 * server  server     name (of the plant) since (its start) revision version;
 *                    state running | degraded; detail: what else an operator
 *                    should know ("view only", "interlocks bypassed: 1",
 *                    "separation: none"), joined by ", "
 * core    core       p99_ms (of a turn) used_mb (memory)
 * field   field      count (lines ok) of (lines) requests_s overruns
 * line    its name   name (its devices, joined by " ") requests_s p99_ms (round
 *                    trip) timeouts; not ok: since, detail (why)
 * store   store      behind_s used_mb (record and history) limit_mb (of the
 *                    history) p99_ms (of a commit); detail: what each takes,
 *                    and what is free; low: the disk is nearly full
 * ssh     ssh        name (the address) count (sessions) of (the most)
 * tags    tags       count good uncertain stale bad overrides bypasses (of
 *                    interlocks); no state
 * alarms  alarms     count unacknowledged priority_1 .. priority_4 (of the
 *                    unacknowledged); no state
 *
 * Any part that is not ok may carry since and detail.
 */
#define STATUS_COLUMNS                                                         \
	"part,kind,state,name,since,detail,revision,version,p99_ms,used_mb,"   \
	"limit_mb,count,of,requests_s,overruns,timeouts,behind_s,good,"        \
	"uncertain,stale,bad,overrides,unacknowledged,priority_1,priority_2,"  \
	"priority_3,priority_4,bypasses"
/*
 * For consoles: what a screen must know of a tag, an object, an alarm.
 * texts: those of 0, 1, 2 .., joined by "|". changed: the revision of the
 * project since which it is defined so (P20).
 */
#define DESCRIBE_COLUMNS                                                       \
	"tag,title,unit,area,object,type,decimals,min,max,texts,writable,"     \
	"write_min,write_max,max_step,confirm,hh,h,l,ll,main,changed"
/* level is the name of the priority. */
#define DESCRIBE_ALARM_COLUMNS                                                 \
	"alarm,title,area,priority,level,class,cause,action"
/*
 * One row per state, tag and command of an object. item says which:
 * state    name: RUN; label: its condition as written, "" always; arg: look;
 *          text: what screens show
 * tag      name: the tag; label: its title
 * command  name: start; label: its title; arg: the value it writes; changed
 * running  name, label: of the command that it carries out now; arg: whose
 */
#define OBJECT_COLUMNS                                                         \
	"object,title,area,type,main,item,name,label,arg,function,confirm,"    \
	"safe,changed,text"

#define VERBS(X)                                                               \
	X(STATUS, "status", VIEW, ANYWHERE, REFUSED, "",                       \
	    STATUS_COLUMNS,                                                    \
	    N_("how server, lines, store and alarms are"))                     \
	X(TAGS, "tags", VIEW, ITEM, REFUSED,                                   \
	    "[PATTERN...] [--area A] [--quality Q]", TAG_COLUMNS,              \
	    N_("tags with value, quality and time"))                           \
	X(GET, "get", VIEW, ITEM, REFUSED, "TAG...", TAG_COLUMNS,              \
	    N_("the value of tags"))                                           \
	X(WATCH, "watch", VIEW, ITEM, REFUSED, "TAG...", TAG_COLUMNS,          \
	    N_("one row now and one for each change"))                         \
	X(ALARMS, "alarms", VIEW, ITEM, REFUSED,                               \
	    "[--area A] [--state S] [--priority N]", ALARM_COLUMNS,            \
	    N_("alarms that are not normal"))                                  \
	X(SET, "set", SETPOINT, ITEM, ALWAYS,                                  \
	    "TAG VALUE [--expect OLD] [--confirm VALUE] [--second NAME]"       \
	    " [--reason TEXT]",                                                \
	    RESULT_COLUMNS, N_("give a setpoint"))                             \
	X(DO, "do", OPERATE, ITEM, ALWAYS,                                     \
	    "OBJECT COMMAND [--confirm OBJECT] [--expect STATE]"               \
	    " [--second NAME] [--reason TEXT]",                                                \
	    RESULT_COLUMNS, N_("give a command to an object"))                 \
	X(ACK, "ack", ACKNOWLEDGE, ITEM, ALWAYS,                               \
	    "ALARM[#OCCURRENCE]... [--note TEXT]", RESULT_COLUMNS,             \
	    N_("acknowledge alarms"))                                          \
	X(RESET, "reset", RESET, ITEM, ALWAYS, "ALARM... [--note TEXT]",       \
	    RESULT_COLUMNS, N_("reset latched alarms"))                        \
	X(SHELVE, "shelve", SHELVE, ITEM, ALWAYS,                              \
	    "ALARM... --for SPAN --reason TEXT", RESULT_COLUMNS,               \
	    N_("put alarms aside for a time"))                                 \
	X(UNSHELVE, "unshelve", SHELVE, ITEM, ALWAYS,                          \
	    "ALARM... [--reason TEXT]", RESULT_COLUMNS,                        \
	    N_("bring shelved alarms back"))                                   \
	X(SUPPRESS, "suppress", SUPPRESS, ITEM, ALWAYS,                        \
	    "ALARM... --reason TEXT [--for SPAN]", RESULT_COLUMNS,             \
	    N_("suppress alarms that mean nothing now"))                       \
	X(UNSUPPRESS, "unsuppress", SUPPRESS, ITEM, ALWAYS,                    \
	    "ALARM... [--reason TEXT]", RESULT_COLUMNS,                        \
	    N_("let suppressed alarms speak again"))                           \
	X(OOS, "oos", SUPPRESS, ITEM, ALWAYS,                                  \
	    "ALARM|OBJECT on|off [--reason TEXT] [--for SPAN]",                \
	    RESULT_COLUMNS,                                                    \
	    N_("take alarms out of service, or put them back"))                \
	X(SILENCE, "silence", ACKNOWLEDGE, ANYWHERE, ALWAYS, "",               \
	    RESULT_COLUMNS, N_("silence the horn of this station"))            \
	X(OVERRIDE, "override", OVERRIDE, ITEM, ALWAYS,                        \
	    "TAG [VALUE] [--for SPAN] [--until T] [--reason TEXT] [--end]",    \
	    RESULT_COLUMNS, N_("show a value by hand instead of the one read")) \
	X(OVERRIDE_LIST, "override list", VIEW, ITEM, REFUSED, "",             \
	    OVERRIDE_COLUMNS, N_("what is overridden, and what is read there")) \
	X(BYPASS, "bypass", BYPASS, ITEM, ALWAYS,                              \
	    "OBJECT COMMAND [--for SPAN] [--until T] [--reason TEXT]"          \
	    " [--end]",                                                        \
	    RESULT_COLUMNS, N_("let a command go although its interlock refuses")) \
	X(BYPASS_LIST, "bypass list", VIEW, ITEM, REFUSED, "",                 \
	    BYPASS_COLUMNS, N_("which interlocks are bypassed, by whom and why")) \
	X(LOCKOUT, "lockout", LOCKOUT, ITEM, ALWAYS,                           \
	    "OBJECT [--reason TEXT] [--ticket T] [--end] [--of USER]",         \
	    RESULT_COLUMNS, N_("put a tag on an object: only safe commands go")) \
	X(LOCKOUT_LIST, "lockout list", VIEW, ITEM, REFUSED, "",               \
	    LOCKOUT_COLUMNS, N_("what is locked out, by whom and why"))        \
	X(NOTE, "note", NOTE, ITEM, ALWAYS,                                    \
	    "[ALARM|OBJECT] TEXT", RESULT_COLUMNS,                             \
	    N_("write a sentence into the list of events"))                    \
	X(EVENTS, "events", VIEW, ITEM, REFUSED,                               \
	    "[--area A] [--kind K]... [--after SEQ] [--before SEQ]"            \
	    " [--since T] [--until T] [-n COUNT]",                             \
	    EVENT_COLUMNS, N_("alarms, actions and events, oldest first"))     \
	X(AUDIT, "audit", AUDIT, PLANT, REFUSED,                               \
	    "[--since T] [--until T] [-n COUNT]", AUDIT_COLUMNS,               \
	    N_("who did what, with the hash chain"))                           \
	X(AUDIT_SHOW, "audit show", TRACE, ITEM, REFUSED, "[ID] [--trace]",    \
	    TRACE_COLUMNS, N_("one command's journey in microseconds"))        \
	X(HISTORY, "history", VIEW, ITEM, REFUSED,                             \
	    "TAG... [--every SPAN] [--show LIST] [--since T] [--until T]"      \
	    " [-n COUNT]",                                                     \
	    HISTORY_COLUMNS, N_("what was logged of tags: each sample, or spans")) \
	X(USER_ADD, "user add", USERS, PLANT, ALWAYS,                          \
	    "NAME --name TEXT [--role ROLE[@AREA]]... [--language L]"          \
	    " [--unix NAME]",                                                  \
	    "name,result", N_("add a user"))                                   \
	X(USER_LIST, "user list", USERS, PLANT, REFUSED, "", USER_COLUMNS,     \
	    N_("users, their roles and keys"))                                 \
	X(USER_ROLE, "user role", USERS, PLANT, ALWAYS,                        \
	    "NAME (+|-)ROLE[@AREA]...", "name,result",                         \
	    N_("give roles to a user or take them"))                           \
	X(USER_LOCK, "user lock", USERS, PLANT, ALWAYS, "NAME", "name,result", \
	    N_("a locked user cannot log in; sessions end"))                   \
	X(USER_UNLOCK, "user unlock", USERS, PLANT, ALWAYS, "NAME",            \
	    "name,result", N_("let a locked user log in again"))               \
	X(USER_REMOVE, "user remove", USERS, PLANT, ALWAYS, "NAME",            \
	    "name,result", N_("remove a user; records of what was done stay")) \
	X(KEY_ADD, "user key add", USERS, PLANT, ALWAYS, "NAME < KEY.pub",     \
	    "name,result", N_("let a user log in with this public key"))       \
	X(KEY_LIST, "user key list", USERS, PLANT, REFUSED, "NAME",            \
	    "user,fingerprint,type,comment,added", N_("the public keys of a user")) \
	X(KEY_REMOVE, "user key remove", USERS, PLANT, ALWAYS,                 \
	    "NAME FINGERPRINT", "name,result", N_("take a public key from a user")) \
	X(CONTROL_TAKE, "control take", CONTROL, PLANT, ALWAYS, "",            \
	    "name,result", N_("from now on this server commands the plant"))   \
	X(CONTROL_RELEASE, "control release", CONTROL, PLANT, ALWAYS, "",      \
	    "name,result", N_("from now on this server only watches"))         \
	X(CONTROL_STATUS, "control status", VIEW, ANYWHERE, REFUSED, "",       \
	    "control,since,by", N_("does this server command the plant"))      \
	X(SESSION_LIST, "session list", VIEW, ANYWHERE, REFUSED, "",           \
	    SESSION_COLUMNS, N_("who is on, where, on which screen"))          \
	X(SESSION_KILL, "session kill", USERS, PLANT, ALWAYS, "ID",            \
	    "name,result", N_("end a session"))                                \
	X(TUNE, "tune", TUNE, ITEM, ALWAYS,                                    \
	    "ALARM.PART VALUE [--reason TEXT]", RESULT_COLUMNS,                \
	    N_("change a limit, deadband or delay of an alarm"))               \
	X(TUNABLES, "tunables", VIEW, ANYWHERE, REFUSED, "",                   \
	    "name,project,now,by,since",                                       \
	    N_("what people changed, and what the project says"))              \
	X(PROJECT_PLAN, "project plan", PROJECT, PLANT, REFUSED, "DIR|-",      \
	    DIFFERENCE_COLUMNS, N_("what applying a project would touch"))     \
	X(PROJECT_APPLY, "project apply", PROJECT, PLANT, ALWAYS,              \
	    "DIR|- [--retire]", DIFFERENCE_COLUMNS,                            \
	    N_("check a project and put it into operation"))                   \
	X(PROJECT_ROLLBACK, "project rollback", PROJECT, PLANT, ALWAYS,        \
	    "[REVISION] [--retire]", DIFFERENCE_COLUMNS,                       \
	    N_("apply an earlier revision again, else the one before"))        \
	X(PROJECT_DIFF, "project diff", VIEW, ANYWHERE, REFUSED,               \
	    "[REVISION] [REVISION]", DIFFERENCE_COLUMNS,                       \
	    N_("what is different between two revisions"))                     \
	X(PROJECT_EXPORT, "project export", PROJECT, PLANT, REFUSED, "",       \
	    "data", N_("the project in operation as a tar"))                   \
	X(PROJECT_LOG, "project log", VIEW, ANYWHERE, REFUSED, "",             \
	    "revision,id,applied,by,current", N_("the projects that were applied")) \
	X(REPORTS, "report list", REPORT, ANYWHERE, REFUSED, "",               \
	    "report,file,bytes", N_("the reports of the project"))             \
	X(REPORT, "report show", REPORT, ANYWHERE, REFUSED, "NAME", "text",    \
	    N_("what a report holds, one row a line"))                         \
	/* asked by `backup` on the server's machine */                         \
	X(STATE_BACKUP, "state backup", CONTROL, PLANT, ALWAYS, "PLACE",       \
	    "state", N_("where the state is that is to be copied"))            \
	/* asked by `restore` and `store verify` there */                      \
	X(STATE_PLACE, "state place", AUDIT, PLANT, REFUSED, "", "state",      \
	    N_("where the state of this server is"))                           \
	X(STATE_RESTORE, "state restore", CONTROL, PLANT, ALWAYS,              \
	    "PLACE --expect NAME", "",                                         \
	    N_("the state that lies ready takes the place of this one"))       \
	X(SHIFTS, "shift list", VIEW, ANYWHERE, REFUSED, "",                   \
	    "shift,from,days", N_("when the shifts begin, and on which days")) \
	/* what consoles ask; people may too */                                \
	X(DESCRIBE, "describe tag", VIEW, ITEM, REFUSED, "TAG...",             \
	    DESCRIBE_COLUMNS, N_("unit, range, limits and texts of tags"))     \
	X(OBJECT, "describe object", VIEW, ITEM, REFUSED, "OBJECT...",         \
	    OBJECT_COLUMNS, N_("states, tags and commands of objects"))        \
	X(DESCRIBE_ALARM, "describe alarm", VIEW, ITEM, REFUSED,               \
	    "[PATTERN...]", DESCRIBE_ALARM_COLUMNS,                            \
	    N_("priority, class and texts of alarms"))                         \
	X(FOLLOW, "follow", VIEW, ITEM, REFUSED, "", FOLLOW_COLUMNS,           \
	    N_("alarms that are not normal, then each change"))                \
	X(SCREENS, "screen list", VIEW, ANYWHERE, REFUSED, "",                 \
	    "screen,file,bytes", N_("the process screens of the project"))     \
	X(SCREEN, "screen show", VIEW, ANYWHERE, REFUSED, "NAME", "text",      \
	    N_("a process screen, one row a line"))                              \
	X(HERE, "session here", VIEW, ANYWHERE, REFUSED,                       \
	    "SCREEN SIZE TERM", "", N_("what this session shows"))             \
	X(LANGUAGE, "session language", VIEW, ANYWHERE, REFUSED, "NAME", "",   \
	    N_("the language of this session's texts"))                        \
	X(TICKET, "session ticket", VIEW, ANYWHERE, REFUSED, "", "ticket",     \
	    N_("the right to come back after a restart of the server"))        \
	X(USER_PASSWORD, "user password", USERS, PLANT, ALWAYS,                \
	    "NAME [--stdin] [--remove]", "name,result",                        \
	    N_("give a user a password, or take it"))                          \
	X(LOGIN, "session login", VIEW, ANYWHERE, ALWAYS, "NAME", "",          \
	    N_("another person takes over this session"))                      \
	X(LOGOUT, "session logout", VIEW, ANYWHERE, ALWAYS, "", "",            \
	    N_("and gives it back, to look only"))                             \
	X(AGAIN, "session again", VIEW, ANYWHERE, REFUSED, "", "screen",       \
	    N_("where this station was when its line broke"))

enum verb {
#define X(id, ...) VERB_##id,
	VERBS(X)
#undef X
	VERB_COUNT
};

enum verb_scope { SCOPE_ITEM, SCOPE_ANYWHERE, SCOPE_PLANT };
enum verb_audit { AUDIT_REFUSED, AUDIT_ALWAYS };

struct verb_row {
	const char *name;
	enum function function;
	enum verb_scope scope;
	enum verb_audit audit;
	const char *parameters, *columns, *help;
};
extern const struct verb_row verbs[VERB_COUNT];
/* Manages users or sessions: not without the caller's own password, but for
 * whoever calls on the server itself. */
bool verb_needs_password(enum verb v);

/*
 * Parameters of a call travel as (number, text). NAME may come several times,
 * in order; each other at most once, but ROLE and KIND.
 */
#define PARAMETERS(X)                                                          \
	X(NAME, "") /* what stands without an option: tags, alarms, users */   \
	X(VALUE, "value") X(COMMAND, "command") X(EXPECT, "expect")            \
	X(CONFIRM, "confirm") X(REASON, "reason") X(NOTE, "note")              \
	X(AREA, "area") X(QUALITY, "quality") X(STATE, "state")                \
	X(PRIORITY, "priority") X(SINCE, "since") X(UNTIL, "until")            \
	X(COUNT, "count") X(ROLE, "role") X(FULL_NAME, "name")                 \
	X(LANGUAGE, "language") X(UNIX, "unix") X(KEY, "key")                  \
	X(SCREEN, "screen") X(SIZE, "size") X(TERM, "term") X(RATE, "rate")    \
	X(DATA, "data") X(AFTER, "after") X(REQUEST, "request")                \
	X(EVERY, "every") X(SHOW, "show") X(BEFORE, "before")                  \
	X(KIND, "kind") X(DATE, "date") X(SHIFT, "shift")                      \
	X(FOR, "for") X(TEXT, "text") X(END, "end") X(TICKET, "ticket")        \
	X(OF, "of") X(AGAIN, "again")                                          \
	X(STDIN, "stdin") X(REMOVE, "remove") X(SECOND, "second")          \
	X(RETIRE, "retire") X(DRAWN, "drawn") X(TRACE, "trace")                \
	X(PRESSED, "pressed") /* of the last key, clock_mono() in us */        \
	X(ASCII, "ascii") X(PROJECT, "project")                                \
	X(PLAIN, "plain") /* of any call: for a program, see requests.h */     \
	X(OTHER_PLANT, "other-plant")
enum parameter {
#define X(id, name) PARAMETER_##id,
	PARAMETERS(X)
#undef X
	PARAMETERS_END
};
extern const char *const parameter_names[PARAMETERS_END];

/* How many of words[0..n) the name of a verb takes; 0 if they do not begin
 * with it. */
size_t verb_words(const char *name, const char *const *words, size_t n);
/* The verb whose words begin words[0..n); *used is how many they are.
 * VERB_COUNT if there is none. */
enum verb verb_find(const char *const *words, size_t n, size_t *used);

/* Exit codes, the same locally and over ssh (FORMATS 5). */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_NEGATIVE = 1,
	EXIT_USAGE = 2,
	EXIT_NOT_ALLOWED = 3,
	EXIT_NO_SUCH = 4,
	EXIT_CHANGED = 5,
	EXIT_REFUSED = 6,
	EXIT_MISMATCH = 7,
	EXIT_NO_SERVER = 8,
	EXIT_INTERNAL = 9,
	EXIT_UNKNOWN = 10,
	EXIT_CANCELLED = 130
};

/* A result as a screen says it. The two after which the plant is not as it
 * was asked to be stand in capitals: MISMATCH and UNKNOWN. dst. */
char *result_show(char *dst, size_t cap, const char *result);

#endif
