/* SPDX-License-Identifier: ISC */
/* fuzz.h - what every target is: one input in, no crash, no broken promise. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A promise of the code under test; holds in every build. */
#define must(condition)                                                        \
	((condition) ? (void)0                                                 \
		     : (fprintf(stderr, "%s:%d: broken: %s\n", __FILE__,       \
			    __LINE__, #condition),                             \
			   abort()))

#endif
