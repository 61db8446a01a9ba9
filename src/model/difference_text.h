/* SPDX-License-Identifier: ISC */
/* difference_text.h - the parts of things as text, for difference.c alone. */
#ifndef MODEL_DIFFERENCE_TEXT_H
#define MODEL_DIFFERENCE_TEXT_H

#include "base/buf.h"
#include "model/difference.h"

/* Adds the part of thing i; false: things of this sort have no such part. */
bool difference_text(struct buf *b, const struct plant *p,
    enum difference_sort sort, uint32_t i, enum difference_part part);
/* Screens and reports: their text is compared, but not shown. */
bool difference_is_long(enum difference_sort sort);

#endif
