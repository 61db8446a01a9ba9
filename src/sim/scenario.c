/* SPDX-License-Identifier: ISC */
#include "sim/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "base/when.h"

#define LINE_MAX_BYTES 256

struct script {
	VEC(struct due) lines;
};

/* One line without its comment; 1 if it says something, 0 if not. */
static int
parse_line(struct due *d, const struct sim *s, char *line, struct err *e)
{
	char *word, *rest = line;
	struct span at;

	line[strcspn(line, "#")] = '\0';
	rest += strspn(rest, " \t\r\n");
	if (*rest == '\0')
		return 0;
	word = strsep(&rest, " \t\n");
	if (strcmp(word, "at") != 0 || rest == NULL)
		return err_set(e, "a line is \"at TIME VERB ...\"");
	rest += strspn(rest, " \t");
	word = strsep(&rest, " \t\n");
	if (span_parse(&at, word, e) < 0)
		return -1;
	d->at = (double)at.ms / 1000.0;
	return order_parse(&d->order, s, rest != NULL ? rest : "", e) < 0 ? -1
									  : 1;
}

static int
read_script(struct script *script, const struct sim *s, FILE *f,
    const char *path, struct err *e)
{
	char line[LINE_MAX_BYTES];
	struct due d;
	int n, rc;

	for (n = 1; fgets(line, sizeof(line), f) != NULL; n++) {
		rc = strlen(line) == sizeof(line) - 1
		    ? err_set(e, "line too long")
		    : parse_line(&d, s, line, e);
		if (rc < 0)
			return err_prefix(e, "%s:%d", path, n);
		if (rc > 0)
			vec_push(&script->lines, d);
	}
	return ferror(f) ? err_sys(e, "%s", path) : 0;
}

int
scenario_load(struct sim *s, const char *path, struct err *e)
{
	struct script script = { 0 };
	FILE *f = fopen(path, "re");
	size_t i;
	int rc;

	if (f == NULL)
		return err_sys(e, "%s", path);
	rc = read_script(&script, s, f, path, e);
	for (i = 0; rc == 0 && i < script.lines.n; i++)
		sim_schedule(s, s->time + script.lines.at[i].at,
		    &script.lines.at[i].order);
	vec_free(&script.lines);
	fclose(f);
	return rc;
}
