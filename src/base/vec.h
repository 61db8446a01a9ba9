/* SPDX-License-Identifier: ISC */
/*
 * vec.h - an array that grows. Declare VEC(type) name; zeroed is empty.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stdlib.h>

#include "base/mem.h"

#define VEC(type)                                                              \
	struct {                                                               \
		type *at;                                                      \
		size_t n, cap;                                                 \
	}
/* A new last item, uninitialised, as an lvalue's address. */
#define vec_add(v) (vec_room(v), &(v)->at[(v)->n++])
#define vec_push(v, item) ((void)(*vec_add(v) = (item)))
#define vec_room(v)                                                            \
	((v)->n < (v)->cap                                                     \
		? (void)0                                                      \
		: (void)((v)->cap = (v)->cap ? 2 * (v)->cap : 8,               \
			  (v)->at = xrealloc(                                  \
			      (v)->at, (v)->cap, sizeof(*(v)->at))))
#define vec_clear(v) ((void)((v)->n = 0))
#define vec_free(v) (free((v)->at), (v)->at = NULL, (v)->n = (v)->cap = 0)

#endif
