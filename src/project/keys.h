/* SPDX-License-Identifier: ISC */
/*
 * keys.h - every key of every file, once.
 *
 * X(ID, name, form, flags, min, max, more, default, help): form, range and
 * default as in schema.h; more is .rule, .words or .group. An item of schema
 * DEVICE has cells[DEVICE_UNIT]. tests compare these tables with the man pages.
 */
#ifndef PROJECT_KEYS_H
#define PROJECT_KEYS_H

#include <math.h>

#include "project/schema.h"

#define NOTHING .rule = NULL
#define MUST KEY_REQUIRED
#define LATE KEY_LATE
#define SECOND 1000.0
#define MINUTE 60000.0
#define HOUR 3600000.0
#define DAY 86400000.0

/* --- plant.conf --- */
#define PLANT_KEYS(X)                                                          \
	X(PLANT_FORMAT, "format", INT, MUST, 1, 1, NOTHING, NULL,              \
	    "format of the whole directory")                                   \
	X(PLANT_NAME, "name", TEXT, MUST, 0, 0, NOTHING, NULL,                 \
	    "what people call the plant")                                      \
	X(PLANT_LANGUAGES_KEY, "languages", STRINGS, MUST, 1,                  \
	    PLANT_LANGUAGES, NOTHING, NULL, "the first is the default")        \
	X(PLANT_TIMEZONE, "timezone", STRING, MUST, 1, 64, NOTHING, NULL,      \
	    "of all tables, shifts and days")                                  \
	X(PLANT_AREAS, "areas", GROUPS, 0, 0, 0, .group = &schema_area, NULL,  \
	    "sections of the plant")                                           \
	X(PLANT_SHIFTS, "shifts", GROUPS, 0, 0, 0, .group = &schema_shift,     \
	    NULL, "working shifts in the order of the day")                    \
	X(PLANT_POLLS, "polls", GROUPS, 0, 0, 0, .group = &schema_poll, NULL,  \
	    "poll classes; without them fast, normal and slow")
#define AREA_KEYS(X)                                                           \
	X(AREA_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_area, NULL,     \
	    "dotted: filtration.west lies in filtration")                      \
	X(AREA_TITLE, "title", TEXT, 0, 0, 0, NOTHING, NULL, "for people")
#define SHIFT_KEYS(X)                                                          \
	X(SHIFT_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_plain, NULL,   \
	    "its name")                                                        \
	X(SHIFT_FROM, "from", CLOCK, MUST, 0, 0, NOTHING, NULL,                \
	    "plant time at which it begins")                                   \
	X(SHIFT_DAYS, "days", WORDS, 0, 1, 7, .words = words_day, NULL,        \
	    "the days on which it begins; without: every day")
#define POLL_KEYS(X)                                                           \
	X(POLL_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_plain, NULL,    \
	    "its name")                                                        \
	X(POLL_EVERY, "every", SPAN, MUST, 10, HOUR, NOTHING, NULL,            \
	    "time between two reads")

/* --- lines.conf --- */
#define LINES_KEYS(X)                                                          \
	X(LINES_LINES, "lines", GROUPS, 0, 0, 0, .group = &schema_line, NULL,  \
	    "physical paths, one request at a time each")                      \
	X(LINES_DEVICES, "devices", GROUPS, 0, 0, 0, .group = &schema_device,  \
	    NULL, "PLCs and instruments on them")
#define LINE_KEYS(X)                                                           \
	X(LINE_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_plain, NULL,    \
	    "its name; lines, devices and objects share one name space")       \
	X(LINE_TO, "to", STRINGS, MUST, 1, 2, NOTHING, NULL,                   \
	    "tcp:HOST:PORT, rtu:DEVICE:BAUD:8E1 or rtu-tcp:HOST:PORT; a "      \
	    "second one is the redundant path")                                \
	X(LINE_TIMEOUT, "timeout", SPAN, 0, 10, MINUTE, NOTHING, "500ms",      \
	    "for an answer")                                                   \
	X(LINE_CONNECT_TIMEOUT, "connect_timeout", SPAN, 0, 10, MINUTE,        \
	    NOTHING, "2s", "for a connection")                                 \
	X(LINE_GAP, "gap", SPAN, 0, 0, 10 * SECOND, NOTHING, "0ms",            \
	    "pause between two requests")                                      \
	X(LINE_BACKOFF, "backoff", SPANS, 0, 10, HOUR, NOTHING, NULL,          \
	    "first and longest pause between connection attempts; without: "   \
	    "1s, 30s")                                                         \
	X(LINE_AREA, "area", NAME, 0, 0, 0, .rule = name_is_area, "system",    \
	    "of its alarm")
#define DEVICE_KEYS(X)                                                         \
	X(DEVICE_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_plain, NULL,  \
	    "its name")                                                        \
	X(DEVICE_TITLE, "title", TEXT, 0, 0, 0, NOTHING, NULL, "for people")   \
	X(DEVICE_LINE, "line", NAME, MUST, 0, 0, .rule = name_is_plain, NULL,  \
	    "the line that it hangs on")                                       \
	X(DEVICE_UNIT, "unit", INT, 0, 1, 255, NOTHING, "1",                   \
	    "unit id; 0 is broadcast and never used")                          \
	X(DEVICE_AREA, "area", NAME, 0, 0, 0, .rule = name_is_area, "system",  \
	    "of its alarm")                                                    \
	X(DEVICE_ORDER, "order", WORD, 0, 0, 0, .words = words_order, "ABCD",  \
	    "of the bytes of values over one register")                        \
	X(DEVICE_MAX_REGISTERS, "max_registers", INT, 0, 1, 125, NOTHING,      \
	    "120", "most registers of one request")                            \
	X(DEVICE_MAX_BITS, "max_bits", INT, 0, 1, 2000, NOTHING, "2000",       \
	    "most bits of one request")                                        \
	X(DEVICE_MAX_HOLE, "max_hole", INT, 0, 0, 125, NOTHING, "8",           \
	    "unused registers that a request may read along")                  \
	X(DEVICE_PIPELINE, "pipeline", INT, 0, 1, 16, NOTHING, "1",            \
	    "requests outstanding")                                            \
	X(DEVICE_FIRST, "first", INT, 0, 0, 1, NOTHING, "0",                   \
	    "the number of the first address in its manual")                   \
	X(DEVICE_HOLES, "holes", STRINGS, 0, 0, 0, NOTHING, NULL,              \
	    "ranges that must not be read: hr:40-59")                          \
	X(DEVICE_ALIVE, "alive", ADDRESS, 0, 0, 0, NOTHING, NULL,              \
	    "a word that its program changes")                                 \
	X(DEVICE_ALIVE_WITHIN, "alive_within", SPAN, 0, 100, HOUR, NOTHING,    \
	    "5s", "standing still longer makes its values bad")                \
	X(DEVICE_LIFE, "life", ADDRESS, 0, 0, 0, NOTHING, NULL,                \
	    "our counter to it")                                               \
	X(DEVICE_LIFE_EVERY, "life_every", SPAN, 0, 1000, MINUTE, NOTHING,     \
	    "1s", "how often it is written")                                   \
	X(DEVICE_IDENTITY, "identity", MARK, 0, 0, 65535, NOTHING, NULL,       \
	    "program version; another value blocks every write")               \
	X(DEVICE_PROBE, "probe", SPAN, 0, 100, HOUR, NOTHING, "10s",           \
	    "between attempts while it is silent")

/* --- types, tags --- */
#define LOG_KEYS(X)                                                            \
	X(LOG_DEADBAND, "deadband", REAL, 0, 0, INFINITY, NOTHING, "0",        \
	    "smallest change that is recorded; 0: every one")                  \
	X(LOG_AT_LEAST, "at_least", SPAN, 0, 0, 30 * DAY, NOTHING, NULL,       \
	    "a sample even without change")                                    \
	X(LOG_AT_MOST, "at_most", SPAN, 0, 0, 30 * DAY, NOTHING, NULL,         \
	    "no two samples closer than this")
#define WRITE_KEYS(X)                                                          \
	X(WRITE_FUNCTION, "function", WORD, 0, 0, 0, .words = words_function,  \
	    "setpoint", "the right that it needs")                             \
	X(WRITE_MIN, "min", LIMIT, 0, 0, 0, NOTHING, NULL, "lowest setpoint")  \
	X(WRITE_MAX, "max", LIMIT, 0, 0, 0, NOTHING, NULL, "highest setpoint") \
	X(WRITE_MAX_STEP, "max_step", LIMIT, 0, 0, 0, NOTHING, NULL,           \
	    "largest change at once")                                          \
	X(WRITE_GATE, "gate", EXPR, 0, 0, 0, NOTHING, NULL,                    \
	    "must be true and good")                                           \
	X(WRITE_CONFIRM, "confirm", WORD, 0, 0, 0, .words = words_confirm,     \
	    "confirm", "what the operator confirms with")
#define COUNTER_KEYS(X)                                                        \
	X(COUNTER_BITS, "bits", INT, 0, 8, 64, NOTHING, "32",                  \
	    "width at which it rolls over; BCD does after its digits")         \
	X(COUNTER_RATE, "rate", REAL, MUST, 0, INFINITY, NOTHING, NULL,        \
	    "greatest change per second")
#define MANUAL_KEYS(X)                                                         \
	X(MANUAL_VALID, "valid", SPAN, MUST, SECOND, 400 * DAY, NOTHING,       \
	    NULL, "how long an entered value stays good")

#define TAG_COMMON_KEYS(X)                                                     \
	X(TAG_TITLE, "title", TEXT, 0, 0, 0, NOTHING, NULL, "for people")      \
	X(TAG_AT, "at", ADDRESS, 0, 0, 0, NOTHING, NULL,                       \
	    "where it stands in the device")                                   \
	X(TAG_KIND, "kind", KIND, 0, 0, 0, NOTHING, NULL,                      \
	    "how it is coded; calculated and internal: float64")               \
	X(TAG_ORDER, "order", WORD, 0, 0, 0, .words = words_order, NULL,       \
	    "of its bytes; without: the device's")                             \
	X(TAG_POLL, "poll", NAME, 0, 0, 0, .rule = name_is_plain, NULL,        \
	    "poll class; without: the type's, else normal or the first")       \
	X(TAG_UNIT, "unit", STRING, 0, 0, 16, NOTHING, NULL,                   \
	    "engineering unit")                                                \
	X(TAG_SCALE, "scale", REALS, 0, 4, 4, NOTHING, NULL,                   \
	    "raw, raw, value, value")                                          \
	X(TAG_DECIMALS, "decimals", INT, 0, 0, 9, NOTHING, NULL,               \
	    "digits behind the point; without: 2 for a scaled or float "       \
	    "value, else 0")                                                   \
	X(TAG_MIN, "min", REAL, 0, 0, 0, NOTHING, NULL,                        \
	    "lower end of the instrument range")                               \
	X(TAG_MAX, "max", REAL, 0, 0, 0, NOTHING, NULL,                        \
	    "upper end of the instrument range")                               \
	X(TAG_FAULT, "fault", REALS, 0, 2, 2, NOTHING, NULL,                   \
	    "raw limits; outside the value is bad(range)")                     \
	X(TAG_CLAMP, "clamp", BOOL, 0, 0, 0, NOTHING, "false",                 \
	    "limits the value to the range, visibly")                          \
	X(TAG_TEXTS, "texts", TEXTS, 0, 1, 256, NOTHING, NULL,                 \
	    "of the values 0, 1, 2 ..")                                        \
	X(TAG_EVENT, "event", BOOL, 0, 0, 0, NOTHING, "false",                 \
	    "each change is in the event list")                                \
	X(TAG_LOG, "log", GROUP, 0, 0, 0, .group = &schema_log, NULL,          \
	    "recorded in the history; { } is every change")                    \
	X(TAG_WRITE, "write", GROUP, 0, 0, 0, .group = &schema_write, NULL,    \
	    "people may write it")                                             \
	X(TAG_COUNTER, "counter", GROUP, 0, 0, 0, .group = &schema_counter,    \
	    NULL, "it counts up and rolls over")                               \
	X(TAG_MANUAL, "manual", GROUP, 0, 0, 0, .group = &schema_manual,       \
	    NULL, "entered by hand")                                           \
	X(TAG_TOGETHER, "together", STRING, 0, 1, 1, NOTHING, NULL,            \
	    "signals of one letter are read in one request")                   \
	X(TAG_WRITER, "writer", WORD, 0, 0, 0, .words = words_writer, NULL,    \
	    "\"sightglass\": the whole word is ours")                          \
	X(TAG_EXPR, "expr", EXPR, 0, 0, 0, NOTHING, NULL, "calculated")        \
	X(TAG_SINCE, "since", WORD, 0, 0, 0, .words = words_since, NULL,       \
	    "how much expr, a tag that counts, has counted since midnight")    \
	X(TAG_INTERNAL, "internal", BOOL, 0, 0, 0, NOTHING, "false",           \
	    "lives in the server, not in a device")                            \
	X(TAG_RETAIN, "retain", BOOL, 0, 0, 0, NOTHING, "false",               \
	    "an internal value outlives a restart")                            \
	X(TAG_VALUE, "value", VALUE, 0, 0, 0, NOTHING, NULL,                   \
	    "initial value of an internal tag")                                \
	X(TAG_TUNABLE, "tunable", BOOL, 0, 0, 0, NOTHING, "false",             \
	    "a retained value that people set is a difference to the project") \
	X(TAG_WAS, "was", STRING, 0, 1, 63, NOTHING, NULL,                     \
	    "its name before; its state and history go on")
#define SIGNAL_KEYS(X)                                                         \
	X(TAG_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_signal, NULL,    \
	    "lower case")                                                      \
	TAG_COMMON_KEYS(X)
#define TAG_KEYS(X)                                                            \
	X(TAG_NAME_AGAIN, "name", NAME, MUST, 0, 0, .rule = name_is_tag, NULL, \
	    "group and name: site.demand")                                     \
	TAG_COMMON_KEYS(X)                                                     \
	X(TAG_AREA, "area", NAME, 0, 0, 0, .rule = name_is_area, "system",     \
	    "where it belongs")                                                \
	X(TAG_DEVICE, "device", NAME, 0, 0, 0, .rule = name_is_plain, NULL,    \
	    "the device that it stands in")                                    \
	X(TAG_NEW_ALARMS, "new_alarms", SPAN, 0, MINUTE, DAY, NOTHING, NULL,   \
	    "how many alarms of its area came new within this time")           \
	X(TAG_ALARMS, "alarms", GROUPS, 0, 0, 0, .group = &schema_alarm, NULL, \
	    "its alarms: site.power.H")

#define TYPEFILE_KEYS(X)                                                       \
	X(TYPEFILE_TYPE, "type", GROUP, 0, 0, 0, .group = &schema_type,        \
	    NULL, "the type")                                                  \
	X(TYPEFILE_TYPES, "types", GROUPS, 0, 0, 0, .group = &schema_type,     \
	    NULL, "a family of them, instead of one")
#define TYPE_KEYS(X)                                                           \
	X(TYPE_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_plain, NULL,    \
	    "its name")                                                        \
	X(TYPE_EXTENDS, "extends", NAME, 0, 0, 0, .rule = name_is_plain, NULL, \
	    "another type; what has the same name here replaces its keys")     \
	X(TYPE_TITLE, "title", TEXT, 0, 0, 0, NOTHING, NULL, "for people")     \
	X(TYPE_FACEPLATE, "faceplate", NAME, 0, 0, 0, .rule = name_is_plain,   \
	    NULL, "the faceplate that shows it")                               \
	X(TYPE_MAIN, "main", NAME, 0, 0, 0, .rule = name_is_signal, NULL,      \
	    "the signal that stands for the object")                           \
	X(TYPE_POLL, "poll", NAME, 0, 0, 0, .rule = name_is_plain, NULL,       \
	    "poll class of its signals")                                       \
	X(TYPE_SUPPRESS, "suppress", EXPR, 0, 0, 0, NOTHING, NULL,             \
	    "suppresses all its alarms without one of their own while it is "  \
	    "true and good")                                                   \
	X(TYPE_SUPPRESS_MORE, "suppress_more", SPAN, 0, 0, 24 * HOUR,          \
	    NOTHING, "0s", "and for so long after it was true")                \
	X(TYPE_STATES, "states", GROUPS, 0, 0, 0, .group = &schema_state,      \
	    NULL, "the first that holds is shown")                             \
	X(TYPE_SIGNALS, "signals", GROUPS, 0, 0, 0, .group = &schema_signal,   \
	    NULL, "its tags")                                                  \
	X(TYPE_COMMANDS, "commands", GROUPS, 0, 0, 0,                          \
	    .group = &schema_command, NULL, "what it can be told")             \
	X(TYPE_ALARMS, "alarms", GROUPS, 0, 0, 0, .group = &schema_alarm,      \
	    NULL, "its alarms")
#define STATE_KEYS(X)                                                          \
	X(STATE_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_alarm, NULL,   \
	    "upper case")                                                      \
	X(STATE_TITLE, "title", TEXT, 0, 0, 0, NOTHING, NULL,                  \
	    "what screens show; without, the name")                            \
	X(STATE_WHEN, "when", EXPR, 0, 0, 0, NOTHING, NULL,                    \
	    "without: always")                                                 \
	X(STATE_LOOK, "look", WORD, 0, 0, 0, .words = words_look, "off",       \
	    "how its symbol is drawn")
#define COMMAND_KEYS(X)                                                        \
	X(COMMAND_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_signal,      \
	    NULL, "lower case")                                                \
	X(COMMAND_TITLE, "title", TEXT, 0, 0, 0, NOTHING, NULL, "for people")  \
	X(COMMAND_WRITES, "writes", ADDRESS, LATE, 0, 0, NOTHING, NULL,        \
	    "a coil, a holding register or a bit of one")                      \
	X(COMMAND_VALUE, "value", NUMBER, LATE, 0, 0, NOTHING, NULL,           \
	    "what it writes")                                                  \
	X(COMMAND_KIND_KEY, "kind", WORD, 0, 0, 0, .words = words_command,     \
	    "level", "level: the value stays; plc-reset: the PLC clears it; "  \
	    "timed: we clear it")                                              \
	X(COMMAND_SAFE, "safe", BOOL, 0, 0, 0, NOTHING, "false",               \
	    "its target is the safe state")                                    \
	X(COMMAND_FUNCTION, "function", WORD, 0, 0, 0,                         \
	    .words = words_function, "operate", "the right that it needs")     \
	X(COMMAND_CONFIRM, "confirm", WORD, 0, 0, 0, .words = words_confirm,   \
	    "confirm", "what the operator confirms with")                      \
	X(COMMAND_INTERLOCK, "interlock", EXPR, 0, 0, 0, NOTHING, NULL,        \
	    "must be true and good")                                           \
	X(COMMAND_TAKEN, "taken", SPAN, 0, 100, HOUR, NOTHING, "2s",           \
	    "until the device has it")                                         \
	X(COMMAND_FEEDBACK, "feedback", NAME, 0, 0, 0, .rule = name_is_signal, \
	    NULL, "the signal that shows the effect")                          \
	X(COMMAND_EXPECT, "expect", NUMBER, 0, 0, 0, NOTHING, NULL,            \
	    "the value that it must reach; without: the value written")        \
	X(COMMAND_WITHIN, "within", SPAN, 0, 100, 24 * HOUR, NOTHING, "10s",   \
	    "until it must have reached it")                                   \
	X(COMMAND_PULSE, "pulse", SPAN, 0, 50, MINUTE, NOTHING, "500ms",       \
	    "length of a timed pulse")
#define ALARM_KEYS(X)                                                          \
	X(ALARM_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_alarm, NULL,   \
	    "upper case")                                                      \
	X(ALARM_TITLE, "title", TEXT, 0, 0, 0, NOTHING, NULL, "for people")    \
	X(ALARM_CAUSE, "cause", TEXT, 0, 0, 0, NOTHING, NULL, "likely cause")  \
	X(ALARM_ACTION, "action", TEXT, 0, 0, 0, NOTHING, NULL,                \
	    "what the operator does")                                          \
	X(ALARM_OF, "of", NAME, 0, 0, 0, .rule = name_is_signal, NULL,         \
	    "the signal that it watches; a tag's alarm watches the tag")       \
	X(ALARM_ABOVE_KEY, "above", LIMIT, 0, 0, 0, NOTHING, NULL,             \
	    "alarm when greater")                                              \
	X(ALARM_BELOW_KEY, "below", LIMIT, 0, 0, 0, NOTHING, NULL,             \
	    "alarm when smaller")                                              \
	X(ALARM_IS_KEY, "is", NUMBER, 0, 0, 0, NOTHING, NULL,                  \
	    "alarm when equal")                                                \
	X(ALARM_DEADBAND, "deadband", REAL, 0, 0, INFINITY, NOTHING, "0",      \
	    "in the unit of the tag")                                          \
	X(ALARM_ON_DELAY, "on_delay", SPAN, 0, 0, 24 * HOUR, NOTHING, "0s",    \
	    "time that it must last")                                          \
	X(ALARM_OFF_DELAY, "off_delay", SPAN, 0, 0, 24 * HOUR, NOTHING, "0s",  \
	    "time that it must be gone")                                       \
	X(ALARM_SUPPRESS, "suppress", EXPR, 0, 0, 0, NOTHING, NULL,            \
	    "suppressed while it is true and good")                            \
	X(ALARM_SUPPRESS_MORE, "suppress_more", SPAN, 0, 0, 24 * HOUR,         \
	    NOTHING, "0s", "and for so long after it was true")                \
	X(ALARM_CLASS, "class", NAME, 0, 0, 0, .rule = name_is_plain, NULL,    \
	    "of alarms.conf; without: process or the first")                   \
	X(ALARM_PRIORITY, "priority", INT, LATE, 1, 9, NOTHING, NULL,          \
	    "of alarms.conf; 1 is the worst")                                  \
	X(ALARM_TUNABLE, "tunable", BOOL, 0, 0, 0, NOTHING, "false",           \
	    "limit, deadband and delays may be changed at run time")           \
	X(ALARM_WAS, "was", STRING, 0, 1, 63, NOTHING, NULL,                   \
	    "its name before; its state goes on")

/* --- alarms.conf --- */
#define ALARMS_KEYS(X)                                                         \
	X(ALARMS_CLASSES, "classes", GROUPS, 0, 0, 0, .group = &schema_class,  \
	    NULL, "kinds of alarms; without: process and protection")          \
	X(ALARMS_PRIORITIES, "priorities", GROUPS, 0, 0, 0,                    \
	    .group = &schema_priority, NULL,                                   \
	    "without: 1 critical, 2 high, 3 medium, 4 low")                    \
	X(ALARMS_SYSTEM, "system", GROUPS, 0, 0, 0, .group = &schema_system,   \
	    NULL, "the server's own alarms")
#define CLASS_KEYS(X)                                                          \
	X(CLASS_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_plain, NULL,   \
	    "its name")                                                        \
	X(CLASS_ACK, "ack", WORD, 0, 0, 0, .words = words_ack, "came",         \
	    "what must be acknowledged")                                       \
	X(CLASS_LATCH, "latch", BOOL, 0, 0, 0, NOTHING, "false",               \
	    "stays until reset")                                               \
	X(CLASS_SINGLE_ACK, "single_ack", BOOL, 0, 0, 0, NOTHING, "false",     \
	    "not with others by one key")                                      \
	X(CLASS_SHELVE, "shelve", SPAN, KEY_NONE, SECOND, 30 * DAY, NOTHING,   \
	    "8h", "longest shelving")                                          \
	X(CLASS_ON_BAD, "on_bad", WORD, 0, 0, 0, .words = words_on_bad,        \
	    "hold", "what a bad input does")                                   \
	X(CLASS_HORN, "horn", WORD, 0, 0, 0, .words = words_horn, "once",      \
	    "how it sounds")                                                   \
	X(CLASS_REARM, "rearm", SPAN, KEY_NONE, SECOND, 30 * DAY, NOTHING,     \
	    "none", "sounds again while it stands")                            \
	X(CLASS_COMMENT, "comment", BOOL, 0, 0, 0, NOTHING, "false",           \
	    "an acknowledgement needs a note")
#define PRIORITY_KEYS(X)                                                       \
	X(PRIORITY_NUMBER, "number", INT, MUST, 1, 9, NOTHING, NULL,           \
	    "1 is the worst")                                                  \
	X(PRIORITY_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_plain,      \
	    NULL, "its name")
/* The server's own, as the words of SYSTEM_NAME. */
enum own_alarm {
	OWN_COMM,
	OWN_STORE,
	OWN_RESTART,
	OWN_DISAGREE,
	OWN_BYPASS,
	OWN_DISK,
	OWN_ALARMS	/* how many there are */
};
#define SYSTEM_KEYS(X)                                                         \
	X(SYSTEM_NAME, "name", WORD, MUST, 0, 0, .words = words_system, NULL,  \
	    "COMM: a line or device is silent; STORE: nothing is recorded; "   \
	    "RESTART: a part of the server fails over and over; DISAGREE: a command of an "       \
	    "object was not achieved; BYPASS: an interlock of an object is "   \
	    "bypassed; DISK: the server's disk is nearly full")                \
	X(SYSTEM_PRIORITY, "priority", INT, MUST, 1, 9, NOTHING, NULL,         \
	    "of priorities")                                                   \
	X(SYSTEM_CLASS, "class", NAME, 0, 0, 0, .rule = name_is_plain, NULL,   \
	    "of classes; without: process or the first")                       \
	X(SYSTEM_TITLE, "title", TEXT, 0, 0, 0, NOTHING, NULL,                 \
	    "for people, instead of the server's own")                         \
	X(SYSTEM_CAUSE, "cause", TEXT, 0, 0, 0, NOTHING, NULL,                 \
	    "likely cause, instead of the server's own")                       \
	X(SYSTEM_ACTION, "action", TEXT, 0, 0, 0, NOTHING, NULL,               \
	    "what the operator does, instead of the server's own; \"\": "      \
	    "nothing, so in area system neither banner nor horn")

/* --- roles.conf, stations.conf, reports --- */
#define ROLES_KEYS(X)                                                          \
	X(ROLES_ROLES, "roles", GROUPS, 0, 0, 0, .group = &schema_role, NULL,  \
	    "what users may be given")
#define ROLE_KEYS(X)                                                           \
	X(ROLE_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_plain, NULL,    \
	    "its name")                                                        \
	X(ROLE_EXTENDS, "extends", STRINGS, 0, 0, 0, NOTHING, NULL,            \
	    "roles whose grants it has too")                                   \
	X(ROLE_GRANTS, "grants", GROUPS, 0, 0, 0, .group = &schema_grant,      \
	    NULL, "functions in areas")
#define GRANT_KEYS(X)                                                          \
	X(GRANT_MAY, "may", WORDS, MUST, 0, 0, .words = words_function, NULL,  \
	    "functions")                                                       \
	X(GRANT_IN, "in", STRINGS, MUST, 0, 0, NOTHING, NULL,                  \
	    "areas with those below; * is the plant")
#define STATIONS_KEYS(X)                                                       \
	X(STATIONS_STATIONS, "stations", GROUPS, 0, 0, 0,                      \
	    .group = &schema_station, NULL, "the first that matches holds")
#define STATION_KEYS(X)                                                        \
	X(STATION_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_plain, NULL, \
	    "its name")                                                        \
	X(STATION_MATCH, "match", STRINGS, MUST, 0, 0, NOTHING, NULL,          \
	    "tty:DEVICE, from:ADDRESS or from:NET/BITS")                       \
	X(STATION_START, "start", NAME, 0, 0, 0, .rule = name_is_plain, NULL,  \
	    "the screen shown first; else overview, else the first")           \
	X(STATION_LANGUAGE, "language", STRING, 0, 2, 5, NOTHING, NULL,        \
	    "one of the plant's; that of the user goes before it")             \
	X(STATION_THEME, "theme", WORD, 0, 0, 0, .words = words_theme,         \
	    "light", "colours of the background")                              \
	X(STATION_TITLE, "title", STRING, 0, 0, 0, NOTHING, NULL,              \
	    "of the window: {plant} {screen} {alarm}, the worst alarm")        \
	X(STATION_PANES, "panes", INT, 0, 1, 4, NOTHING, "1",                  \
	    "2: equipment beside it, 3: its curves, 4: the screen's too")      \
	X(STATION_FOOTER, "footer", STRINGS, 0, 0, 12, NOTHING, NULL,          \
	    "names of actions: what the footer shows, in this order")          \
	X(STATION_KEYS_KEY, "keys", GROUPS, 0, 0, 0,                           \
	    .group = &schema_station_key, NULL, "keys that lead to a screen")  \
	X(STATION_ONLY, "only", WORDS, 0, 0, 0, .words = words_function, NULL, \
	    "a limit: nobody may more here")                                   \
	X(STATION_BLOCKED, "blocked", STRINGS, 0, 0, 0, NOTHING, NULL,         \
	    "keys, actions and verbs that are refused here")
#define STATION_KEY_KEYS(X)                                                    \
	X(STATION_KEY_KEY, "key", STRING, MUST, 1, 8, NOTHING, NULL,           \
	    "the key")                                                         \
	X(STATION_KEY_SCREEN, "screen", NAME, MUST, 0, 0,                      \
	    .rule = name_is_plain, NULL, "what it shows")
#define REPORTFILE_KEYS(X)                                                     \
	X(REPORTFILE_REPORT, "report", GROUP, MUST, 0, 0,                      \
	    .group = &schema_report, NULL, "the report")
#define REPORT_KEYS(X)                                                         \
	X(REPORT_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_plain, NULL,  \
	    "its name")                                                        \
	X(REPORT_TITLE, "title", TEXT, 0, 0, 0, NOTHING, NULL, "for people")   \
	X(REPORT_PERIOD, "period", WORD, MUST, 0, 0, .words = words_period,    \
	    NULL, "what it covers")                                            \
	X(REPORT_BY, "by", WORD, 0, 0, 0, .words = words_by, NULL,             \
	    "how rows are grouped")                                            \
	X(REPORT_SECTIONS, "sections", GROUPS, MUST, 0, 0,                     \
	    .group = &schema_section, NULL, "in the order of the pages")
#define SECTION_KEYS(X)                                                        \
	X(SECTION_KIND, "kind", WORD, MUST, 0, 0, .words = words_section,      \
	    NULL, "what it holds")                                             \
	X(SECTION_TITLE, "title", TEXT, 0, 0, 0, NOTHING, NULL, "for people")  \
	X(SECTION_TAGS, "tags", STRINGS, 0, 0, 0, NOTHING, NULL,               \
	    "names or patterns")                                               \
	X(SECTION_SHOW, "show", WORDS, 0, 0, 0, .words = words_show, NULL,     \
	    "the figures")                                                     \
	X(SECTION_PER, "per", WORD, 0, 0, 0, .words = words_per, NULL,         \
	    "time base of an integral; counters need none")                                        \
	X(SECTION_UNIT, "unit", STRING, 0, 0, 16, NOTHING, NULL,               \
	    "of the total")

/* --- screens --- */
#define HEADER_KEYS(X)                                                         \
	X(HEADER_TITLE, "title", TEXT, MUST, 0, 0, NOTHING, NULL,              \
	    "for people")
#define BINDING_KEYS(X)                                                        \
	X(BINDING_VALUE, "value", STRING, 0, 0, 0, NOTHING, NULL,              \
	    "the value of a tag")                                              \
	X(BINDING_ALARM, "alarm", STRING, 0, 0, 0, NOTHING, NULL,              \
	    "the worst alarm of an object, tag, device, line or area")         \
	X(BINDING_TANK, "tank", STRING, 0, 0, 0, NOTHING, NULL,                \
	    "a level that fills the rectangle")                                \
	X(BINDING_RANGE, "range", STRING, 0, 0, 0, NOTHING, NULL,              \
	    "value, setpoint and limits on a scale")                           \
	X(BINDING_DEVICE, "device", STRING, 0, 0, 0, NOTHING, NULL,            \
	    "the symbol of an object in its state")                            \
	X(BINDING_STATE, "state", STRING, 0, 0, 0, NOTHING, NULL,              \
	    "the name of an object's state")                                   \
	X(BINDING_TREND, "trend", STRINGS, 0, 1, 8, NOTHING, NULL,             \
	    "curves of tags")                                                  \
	X(BINDING_TILE, "tile", STRING, 0, 0, 0, NOTHING, NULL,                \
	    "the value of a tag in a frame, between its limits")               \
	X(BINDING_WRITE, "write", BOOL, 0, 0, 0, NOTHING, "false",             \
	    "may be selected and written")                                     \
	X(BINDING_WHEN, "when", EXPR, 0, 0, 0, NOTHING, NULL,                  \
	    "shown only while true")                                           \
	X(BINDING_DEC, "dec", INT, 0, 0, 9, NOTHING, NULL,                     \
	    "decimals instead of the tag's")                                   \
	X(BINDING_MIN, "min", REAL, 0, 0, 0, NOTHING, NULL,                    \
	    "lower end instead of the tag's")                                  \
	X(BINDING_MAX, "max", REAL, 0, 0, 0, NOTHING, NULL,                    \
	    "upper end instead of the tag's")                                  \
	X(BINDING_SPAN, "span", SPAN, 0, MINUTE, 30 * DAY, NOTHING, NULL,      \
	    "width of a trend; without: 60min")                                \
	X(BINDING_LEAST, "least", LIMIT, 0, 0, 0, NOTHING, NULL,               \
	    "lower limit of a tile")                                           \
	X(BINDING_MOST, "most", LIMIT, 0, 0, 0, NOTHING, NULL,                 \
	    "upper limit of a tile")                                           \
	X(BINDING_TITLE, "title", TEXT, 0, 0, 0, NOTHING, NULL,                \
	    "of a tile, instead of the tag's; what an alarm says while there " \
	    "is none")                                                         \
	X(BINDING_GLYPH, "glyph", WORD, 0, 0, 0, .words = words_glyph, NULL,   \
	    "symbol instead of the one of the type's name")

/* --- sightglass.conf --- */
#define SERVER_KEYS(X)                                                         \
	X(SERVER_STATE, "state", STRING, 0, 1, 4000, NOTHING,                  \
	    "/var/lib/sightglass", "databases, projects, keys")                \
	X(SERVER_RUN, "run", STRING, 0, 1, 4000, NOTHING, "/run/sightglass",   \
	    "core.sock, pid, ports")                                           \
	X(SERVER_USERS, "users", STRINGS, 0, 3, 3, NOTHING, NULL,              \
	    "accounts of core, field and terminals; without: sightglass, "     \
	    "sightglass-io, sightglass-term")                                  \
	X(SERVER_PROGRAMS, "programs", STRING, 0, 1, 4000, NOTHING,            \
	    PKGLIBEXECDIR, "field, sshd and console are started from here")    \
	X(SERVER_LISTEN, "listen", STRINGS, 0, 0, 16, NOTHING, NULL,           \
	    "addresses of the SSH front; without: 127.0.0.1:4022, "            \
	    "[::1]:4022; none with [ ]; one that is not there (yet) is tried "  \
	    "again, and the others are open meanwhile")                        \
	X(SERVER_SSH, "ssh", GROUP, 0, 0, 0, .group = &schema_server_ssh,      \
	    NULL, "limits of the SSH front")                                   \
	X(SERVER_LOG, "log", GROUP, 0, 0, 0, .group = &schema_server_log,      \
	    NULL, "what the server says about itself")                         \
	X(SERVER_RESTARTS, "restarts", INT, 0, 1, 100, NOTHING, "5",           \
	    "of one child in 60 s, then degraded and an alarm")                \
	X(SERVER_HISTORY, "history", GROUP, 0, 0, 0,                           \
	    .group = &schema_server_history, NULL, "how much is kept")         \
	X(SERVER_LINES, "lines", GROUPS, 0, 0, 0, .group = &schema_server_line, \
	    NULL, "this server's addresses instead of the project's")
#define SERVER_SSH_KEYS(X)                                                     \
	X(SSH_LOGIN_GRACE, "login_grace", SPAN, 0, SECOND, 10 * MINUTE,        \
	    NOTHING, "30s", "time to log in")                                  \
	X(SSH_TRIES, "tries", INT, 0, 1, 20, NOTHING, "4",                     \
	    "attempts of one connection")                                      \
	X(SSH_SESSIONS, "sessions", INT, 0, 1, 1000, NOTHING, "64",            \
	    "at once")                                                         \
	X(SSH_SESSIONS_PER_USER, "sessions_per_user", INT, 0, 1, 1000,         \
	    NOTHING, "8", "of one user at once")                               \
	X(SSH_PASSWORDS, "passwords", BOOL, 0, 0, 0, NOTHING, "true",          \
	    "are accepted, not only keys")
#define SERVER_LOG_KEYS(X)                                                     \
	X(LOG_TO, "to", WORD, 0, 0, 0, .words = words_log_to, "stderr",        \
	    "standard error (under systemd the journal), or the syslog "       \
	    "daemon of this machine")                                          \
	X(LOG_LEVEL, "level", WORD, 0, 0, 0, .words = words_log_level, "info", \
	    "how much")
#define SERVER_HISTORY_KEYS(X)                                                 \
	X(HISTORY_KEEP, "keep", SPAN, 0, DAY, 36500 * DAY, NOTHING, "730d",    \
	    "older days are removed")                                          \
	X(HISTORY_SIZE_MB, "size_mb", INT, 0, 10, 100000000, NOTHING,          \
	    "20000", "most disk space")
#define SERVER_LINE_KEYS(X)                                                    \
	X(SERVER_LINE_NAME, "name", NAME, MUST, 0, 0, .rule = name_is_plain,   \
	    NULL, "a line of the project")                                     \
	X(SERVER_LINE_TO, "to", STRINGS, MUST, 1, 2, NOTHING, NULL,            \
	    "its addresses here")

#define ENUM(ID, ...) ID,
enum plant_key { PLANT_KEYS(ENUM) };
enum area_key { AREA_KEYS(ENUM) };
enum shift_key { SHIFT_KEYS(ENUM) };
enum poll_key { POLL_KEYS(ENUM) };
enum lines_key { LINES_KEYS(ENUM) };
enum line_key { LINE_KEYS(ENUM) };
enum device_key { DEVICE_KEYS(ENUM) };
enum log_key { LOG_KEYS(ENUM) };
enum write_key { WRITE_KEYS(ENUM) };
enum counter_key { COUNTER_KEYS(ENUM) };
enum manual_key { MANUAL_KEYS(ENUM) };
/* signals and tags share their rows; what only tags have comes behind */
enum tag_key {
	TAG_NAME,
	TAG_COMMON_KEYS(ENUM)
	TAG_AREA,
	TAG_DEVICE,
	TAG_NEW_ALARMS,
	TAG_ALARMS
};
enum typefile_key { TYPEFILE_KEYS(ENUM) };
enum type_key { TYPE_KEYS(ENUM) };
enum state_key { STATE_KEYS(ENUM) };
enum command_key { COMMAND_KEYS(ENUM) };
enum alarm_key { ALARM_KEYS(ENUM) };
enum alarms_key { ALARMS_KEYS(ENUM) };
enum class_key { CLASS_KEYS(ENUM) };
enum priority_key { PRIORITY_KEYS(ENUM) };
enum system_key { SYSTEM_KEYS(ENUM) };
enum roles_key { ROLES_KEYS(ENUM) };
enum role_key { ROLE_KEYS(ENUM) };
enum grant_key { GRANT_KEYS(ENUM) };
enum stations_key { STATIONS_KEYS(ENUM) };
enum station_row { STATION_KEYS(ENUM) };
enum station_key_key { STATION_KEY_KEYS(ENUM) };
enum reportfile_key { REPORTFILE_KEYS(ENUM) };
enum report_key { REPORT_KEYS(ENUM) };
enum section_key { SECTION_KEYS(ENUM) };
enum header_key { HEADER_KEYS(ENUM) };
enum binding_key { BINDING_KEYS(ENUM) };
enum server_key { SERVER_KEYS(ENUM) };
enum server_ssh_key { SERVER_SSH_KEYS(ENUM) };
enum server_log_key { SERVER_LOG_KEYS(ENUM) };
enum server_history_key { SERVER_HISTORY_KEYS(ENUM) };
enum server_line_key { SERVER_LINE_KEYS(ENUM) };
#undef ENUM

/* all schemas: variable, what it is called, its rows */
#define SCHEMAS(X)                                                             \
	X(plant, "plant.conf", PLANT_KEYS)                                     \
	X(area, "an area", AREA_KEYS)                                          \
	X(shift, "a shift", SHIFT_KEYS)                                        \
	X(poll, "a poll class", POLL_KEYS)                                     \
	X(lines, "lines.conf", LINES_KEYS)                                     \
	X(line, "a line", LINE_KEYS)                                           \
	X(device, "a device", DEVICE_KEYS)                                     \
	X(log, "log", LOG_KEYS)                                                \
	X(write, "write", WRITE_KEYS)                                          \
	X(counter, "counter", COUNTER_KEYS)                                    \
	X(manual, "manual", MANUAL_KEYS)                                       \
	X(signal, "a signal", SIGNAL_KEYS)                                     \
	X(tag, "a tag", TAG_KEYS)                                              \
	X(typefile, "a type's file", TYPEFILE_KEYS)                            \
	X(type, "a type", TYPE_KEYS)                                           \
	X(state, "a state", STATE_KEYS)                                        \
	X(command, "a command", COMMAND_KEYS)                                  \
	X(alarm, "an alarm", ALARM_KEYS)                                       \
	X(alarms, "alarms.conf", ALARMS_KEYS)                                  \
	X(class, "a class", CLASS_KEYS)                                        \
	X(priority, "a priority", PRIORITY_KEYS)                               \
	X(system, "a system alarm", SYSTEM_KEYS)                               \
	X(roles, "roles.conf", ROLES_KEYS)                                     \
	X(role, "a role", ROLE_KEYS)                                           \
	X(grant, "a grant", GRANT_KEYS)                                        \
	X(stations, "stations.conf", STATIONS_KEYS)                            \
	X(station, "a station", STATION_KEYS)                                  \
	X(station_key, "a key", STATION_KEY_KEYS)                              \
	X(reportfile, "a report's file", REPORTFILE_KEYS)                      \
	X(report, "a report", REPORT_KEYS)                                     \
	X(section, "a section", SECTION_KEYS)                                  \
	X(header, "the head of a screen", HEADER_KEYS)                         \
	X(binding, "a binding", BINDING_KEYS)                                  \
	X(server, "sightglass.conf", SERVER_KEYS)                              \
	X(server_ssh, "ssh", SERVER_SSH_KEYS)                                  \
	X(server_log, "log", SERVER_LOG_KEYS)                                  \
	X(server_history, "history", SERVER_HISTORY_KEYS)                      \
	X(server_line, "a line", SERVER_LINE_KEYS)

#define X(name, what, keys) extern const struct schema schema_##name;
SCHEMAS(X)
#undef X

extern const char *const words_function[];

#endif
