/* SPDX-License-Identifier: ISC */
/*
 * phrase.h - everything that can be typed: the verbs of the core
 * (wire/verbs.h) and the few that the program answers itself.
 */
#ifndef VERB_PHRASE_H
#define VERB_PHRASE_H

#include "wire/verbs.h"

/*
 * What the program does by itself; but for report without a server:
 *   X(id, name, parameters, columns, help)
 */
#define LOCALS(X)                                                              \
	X(PROJECT_CHECK, "project check", "DIR|-",                             \
	    "file,line,column,severity,text",                                  \
	    N_("every problem of a project; asks no server"))                  \
	X(SCREEN_CHECK, "screen check", "FILE... [--project DIR]",             \
	    "file,line,column,severity,text",                                  \
	    N_("every problem of a screen; asks no server"))                   \
	X(SCREEN_PREVIEW, "screen preview",                                    \
	    "FILE [--size WxH] [--ascii] [--project DIR]", "",                 \
	    N_("a screen as it would stand on a terminal"))                    \
	X(REPORT, "report", "NAME [--date D] [--shift S]", REPORT_COLUMNS,     \
	    N_("the figures of a shift, a day or a month"))                    \
	X(CONSOLE, "console", "[--again]", "",                                          \
	    N_("the screens, on this terminal of the server"))                 \
	X(STORE_IMPORT, "store import", "STATE", "taken,refused",              \
	    N_("samples from standard input into a stopped server"))          \
	X(STORE_VERIFY, "store verify", "[--data DIR]",                        \
	    "part,check,result,count,detail",                                  \
	    N_("prove record and history, while the server runs"))             \
	X(BACKUP, "backup", "PLACE [--data DIR]", BACKUP_COLUMNS,               \
	    N_("copy the whole state of the server, while it runs"))           \
	X(RESTORE, "restore", "PLACE [--data DIR] [--other-plant]",            \
	    BACKUP_COLUMNS, N_("bring a backup back, while the server runs"))  \
	X(VERSION, "version", "", "program,version,wire",                      \
	    N_("what this program is"))                                        \
	X(HELP, "help", "[VERB...]", "", N_("how the verbs are used"))         \
	X(COMPLETE, "complete", "[WORD...]", "word",                           \
	    N_("what may come next; for the shell's completion"))

#define BACKUP_COLUMNS "directory,files,bytes,before"

enum local {
	LOCAL_NONE,
#define X(id, ...) LOCAL_##id,
	LOCALS(X)
#undef X
	LOCAL_COUNT
};

struct phrase {
	const char *name, *parameters, *columns, *help;
	enum verb verb;		/* VERB_COUNT: see local */
	enum local local;
};

extern const struct phrase phrases[];
extern const size_t n_phrases;

/* The command whose words begin words[0..n); *used is how many they are. */
const struct phrase *phrase_find(
    const char *const *words, size_t n, size_t *used);
/* It changes something: each call is in the audit. */
bool phrase_acts(const struct phrase *c);
/* Its rows go on until it is cancelled. */
bool phrase_streams(const struct phrase *c);
/* Only consoles ask this; a person who types it is told so. */
bool phrase_is_for_consoles(const struct phrase *c);
/* Not in the general help. */
bool phrase_is_hidden(const struct phrase *c);
/* The first of its columns that is a time, or -1. */
int phrase_time_column(const struct phrase *c);

#endif
