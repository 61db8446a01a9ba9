/* SPDX-License-Identifier: ISC */
/*
 * ancestry.h - which project came of which (P20).
 *
 * The projects of all revisions are a tree: each came of the one that held
 * when it was applied first, and its `was` are about that one. From any
 * project to any other there is one way: up, by taking renames back, and down,
 * by making them. So a rollback over many revisions, and one that is taken
 * back itself, find each thing under the name that it had there. A tar with
 * the files of an earlier project is that project.
 */
#ifndef SERVER_ANCESTRY_H
#define SERVER_ANCESTRY_H

#include "server/making.h"

/* (making's thread) From old, the plant of m->from, to new, that of m->id.
 * m->names_lost: by their names alone. */
struct difference *ancestry_difference(struct making *m,
    const struct plant *old, const struct plant *new);

#endif
