/* SPDX-License-Identifier: ISC */
/* confine.h - giving up rights for good. */
#ifndef SERVER_CONFINE_H
#define SERVER_CONFINE_H

/* For the check of a project: it has its input and output open and needs
 * nothing more: 10 s of processor, 512 MiB, no file, no socket, no exec. */
void confine_check(void);
/* For the parent, when it is root: what is left lets it start children as
 * other users, end them, open ports and write into their directories. */
void confine_parent(void);

#endif
