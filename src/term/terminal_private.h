/* SPDX-License-Identifier: ISC */
/* terminal_private.h - for dump.c: the surface, made current. */
#ifndef TERM_TERMINAL_PRIVATE_H
#define TERM_TERMINAL_PRIVATE_H

struct terminal;
struct surface;

struct surface *terminal_surface(struct terminal *t);

#endif
