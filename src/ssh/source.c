/* SPDX-License-Identifier: ISC */
#include "ssh/source.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

static bool
v4(const struct sockaddr_storage *ss, struct in_addr *a)
{
	const struct sockaddr_in6 *six = (const void *)ss;

	if (ss->ss_family == AF_INET)
		*a = ((const struct sockaddr_in *)ss)->sin_addr;
	else if (ss->ss_family == AF_INET6 &&
	    IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
		memcpy(a, &six->sin6_addr.s6_addr[12], sizeof(*a));
	else
		return false;
	return true;
}

struct source
source_of(const struct sockaddr_storage *ss)
{
	const struct sockaddr_in6 *six = (const void *)ss;
	struct source s = { 0 };
	struct in_addr a;

	if (v4(ss, &a)) {
		s.key[0] = 4;
		memcpy(s.key + 1, &a, sizeof(a));
		s.local = a.s_addr == htonl(INADDR_LOOPBACK);
	} else if (ss->ss_family == AF_INET6) {
		s.key[0] = 6;
		memcpy(s.key + 1, &six->sin6_addr, 8);
		s.local = IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
	}
	return s;
}

bool
source_same(const struct source *a, const struct source *b)
{
	return memcmp(a->key, b->key, sizeof(a->key)) == 0;
}

void
source_print(char *text, const struct sockaddr_storage *ss)
{
	const struct sockaddr_in6 *six = (const void *)ss;
	char host[INET6_ADDRSTRLEN];
	struct in_addr a;

	if (v4(ss, &a)) {
		inet_ntop(AF_INET, &a, host, sizeof(host));
		snprintf(text, SOURCE_TEXT, "%s:%u", host,
		    ntohs(ss->ss_family == AF_INET
			    ? ((const struct sockaddr_in *)ss)->sin_port
			    : six->sin6_port));
	} else if (ss->ss_family == AF_INET6) {
		inet_ntop(AF_INET6, &six->sin6_addr, host, sizeof(host));
		snprintf(text, SOURCE_TEXT, "[%s]:%u", host,
		    ntohs(six->sin6_port));
	} else {
		snprintf(text, SOURCE_TEXT, "unknown");
	}
}
