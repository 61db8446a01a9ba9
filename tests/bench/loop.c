/* SPDX-License-Identifier: ISC */
/*
 * loop PORT VALUES SECONDS - what polling costs at least: libmodbus reads so
 * many holding registers of 127.0.0.1:PORT, 125 at a time, over and over, and
 * throws them away. Prints how many values it read and the processor time
 * that this took, in nanoseconds.
 */
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"

#define BLOCK 125

static uint64_t
loop(modbus_t *ctx, int values, struct mono until)
{
	uint16_t words[BLOCK];
	uint64_t n = 0;
	int first, count;

	while (mono_before(clock_mono(), until)) {
		for (first = 0; first < values; first += BLOCK) {
			count = values - first < BLOCK ? values - first : BLOCK;
			if (modbus_read_registers(ctx, first, count, words) < 0)
				return n;
			n += (uint64_t)count;
		}
	}
	return n;
}

static long long
processor_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int
main(int argc, char **argv)
{
	modbus_t *ctx;
	long long before;
	uint64_t n;

	if (argc != 4)
		return 2;
	ctx = modbus_new_tcp("127.0.0.1", atoi(argv[1]));
	if (ctx == NULL || modbus_connect(ctx) < 0) {
		perror("loop");
		return 1;
	}
	before = processor_ns();
	n = loop(ctx, atoi(argv[2]), mono_add(clock_mono(),
	    (struct span){ (int64_t)(atof(argv[3]) * 1000) }));
	printf("%llu %lld\n", (unsigned long long)n, processor_ns() - before);
	modbus_free(ctx);
	return n == 0;
}
