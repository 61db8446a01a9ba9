/* SPDX-License-Identifier: ISC */
/* proc.h - what every process of ours does to itself at its start. */
#ifndef BASE_PROC_H
#define BASE_PROC_H

/* Not traceable, no new privileges, SIGPIPE ignored, umask 077. */
void proc_harden(void);
/* Closes every descriptor from first on. */
void proc_close_from(int first);

#endif
