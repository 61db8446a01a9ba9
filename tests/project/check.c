/* SPDX-License-Identifier: ISC */
/*
 * check.c - what `sightglass project check DIR` does, without a server: reads
 * a project (a directory, or "-" for a tar on standard input), prints all its
 * problems and ends with 0 or 1.
 */
#include <stdio.h>
#include <string.h>

#include "project/read.h"

static void
summary(const struct plant *p)
{
	printf("tags %u, commands %u, alarms %u, objects %u, screens %u\n",
	    p->n_tags, p->n_commands, p->n_alarms, p->n_objects,
	    p->n_screens);
}

int
main(int argc, char **argv)
{
	struct report problems;
	struct plant *plant;
	struct buf out = { 0 };
	int got;

	if (argc != 2) {
		fprintf(stderr, "usage: check DIR|-\n");
		return 2;
	}
	report_init(&problems);
	if (strcmp(argv[1], "-") == 0)
		got = project_read_fd(0, &plant, &problems);
	else
		got = project_read(argv[1], &plant, &problems);
	report_print(&problems, strcmp(argv[1], "-") ? argv[1] : NULL, &out);
	fputs(buf_string(&out), stdout);
	if (plant != NULL)
		summary(plant);
	buf_free(&out);
	report_fini(&problems);
	plant_free(plant);
	return got == 0 ? 0 : 1;
}
