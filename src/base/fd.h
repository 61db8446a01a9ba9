/* SPDX-License-Identifier: ISC */
/*
 * fd.h - descriptors: all close on exec, sockets between our processes are
 * SOCK_SEQPACKET. -1 with errno unless said otherwise.
 */
#ifndef BASE_FD_H
#define BASE_FD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

#define FD_MESSAGE_MAX 65536	/* bytes of one message between processes */

int fd_nonblock(int fd, bool on);
int fd_cloexec(int fd, bool on);
void fd_close(int *fd);		/* closes if >= 0 and sets -1 */
int fd_pair(int pair[2]);	/* connected, SOCK_SEQPACKET, non-blocking */
/* A path longer than a socket address is reached through its directory. */
int fd_listen_unix(const char *path, mode_t mode, struct err *e);
int fd_connect_unix(const char *path, struct err *e);
/* Listens on "127.0.0.1:4022" or "[::1]:0"; *port is what it got. */
int fd_listen_tcp(const char *address, uint16_t *port, struct err *e);
/* One message, with at most one descriptor (pass < 0: none). */
ssize_t fd_send(int fd, const void *bytes, size_t n, int pass);
/* *got is the descriptor that came along, or -1. A message longer than cap
 * is EMSGSIZE. 0 is the end. */
ssize_t fd_receive(int fd, void *bytes, size_t cap, int *got);
int fd_write_all(int fd, const void *bytes, size_t n);
/* Writes a small file so that it is there whole or not at all. */
int fd_write_file(
    const char *path, const void *bytes, size_t n, mode_t mode, struct err *e);

#endif
