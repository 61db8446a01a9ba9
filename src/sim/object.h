/* SPDX-License-Identifier: ISC */
/* object.h - what stands in the works, by name, for those who disturb it. */
#ifndef SIM_OBJECT_H
#define SIM_OBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/works.h"

struct object {
	const char *name;
	/* offsets in struct works; OBJECT_NOT if it has no such thing */
	size_t protection;	/* bool: motor protection */
	size_t local;		/* bool: LOCAL switch */
	size_t stuck;		/* bool: does not move any more */
	size_t instrument;	/* struct instrument */
};
#define OBJECT_NOT ((size_t)-1)

/* NULL if there is none. */
const struct object *object_find(const char *name);
/* In a fixed order; NULL behind the last. */
const struct object *object_nth(size_t i);
/* The thing at an offset, NULL for OBJECT_NOT. */
void *object_part(struct works *w, size_t offset);

#endif
