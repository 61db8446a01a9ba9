/* SPDX-License-Identifier: ISC */
/*
 * plcd - the fast PLC as a program. Prints its port; then a line "N" on
 * standard input makes N percent of the values change with each read, and
 * "count" prints how many values were read so far. Ends with its input.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plc.h"

static struct plc plc;

/* False at the end of the input. */
static bool
obey(void)
{
	char line[64];

	if (fgets(line, sizeof(line), stdin) == NULL)
		return false;
	if (strcmp(line, "count\n") == 0)
		printf("%llu\n", (unsigned long long)plc.values);
	else
		plc.percent = (unsigned)strtoul(line, NULL, 10);
	return true;
}

int
main(void)
{
	struct pollfd at[PLC_POLLS + 1];
	struct err e;

	if (plc_open(&plc, &e) < 0) {
		fprintf(stderr, "plcd: %s\n", e.text);
		return 1;
	}
	setvbuf(stdin, NULL, _IONBF, 0);
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("%u\n", plc.port);
	do {
		plc_poll(&plc, at);
		at[PLC_POLLS] = (struct pollfd){ .fd = 0, .events = POLLIN };
		if (poll(at, PLC_POLLS + 1, -1) < 0)
			return 1;
		plc_serve(&plc, at);
	} while (at[PLC_POLLS].revents == 0 || obey());
	plc_close(&plc);
	return 0;
}
