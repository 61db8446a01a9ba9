/* SPDX-License-Identifier: ISC */
/*
 * script.h - a scenario: lines `at TIME VERB ...` as the simulator reads
 * them, and `expect ...` for what must be true then. A line without `at`
 * belongs to the time of the one before. `# TODO reason` alone on the first
 * line: the rule's code does not exist yet.
 */
#ifndef SCENARIO_SCRIPT_H
#define SCENARIO_SCRIPT_H

#include "base/err.h"
#include "base/vec.h"

#define STEP_WORDS 32

struct step {
	unsigned line;
	int64_t at_ms;
	const char *words[STEP_WORDS + 1];
	size_t n;
	char *room;
};
struct script {
	char title[160];	/* what the first comment says */
	char todo[160];		/* or "" */
	VEC(struct step) steps;
};

int script_read(struct script *s, const char *file, struct err *e);
void script_free(struct script *s);
/* "90s" "1.5s" "10min" in ms, or -1. */
int64_t script_time(const char *text);

#endif
