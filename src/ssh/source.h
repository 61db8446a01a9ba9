/* SPDX-License-Identifier: ISC */
/*
 * source.h - where a connection comes from, as limits and penalties count
 * it: an IPv4 address, or an IPv6 network of 64 bits (who has one has all
 * its addresses). IPv4 in IPv6 clothes is IPv4.
 */
#ifndef SSH_SOURCE_H
#define SSH_SOURCE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

struct source {
	uint8_t key[9];		/* 4 or 6, then the network */
	bool local;		/* this machine by 127.0.0.1 or ::1 */
};

#define SOURCE_TEXT 64

struct source source_of(const struct sockaddr_storage *ss);
bool source_same(const struct source *a, const struct source *b);
/* "192.0.2.7:51234", "[2001:db8::1]:51234"; text has SOURCE_TEXT bytes. */
void source_print(char *text, const struct sockaddr_storage *ss);

#endif
