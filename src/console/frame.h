/* SPDX-License-Identifier: ISC */
/*
 * frame.h - what stands on every screen: status line, alarm banner, message
 * line, key footer.
 */
#ifndef CONSOLE_FRAME_H
#define CONSOLE_FRAME_H

#include "console/app.h"
#include "term/layout.h"

void frame_draw(struct app *a, struct canvas c, const struct layout_frame *f);

#endif
