/* SPDX-License-Identifier: ISC */
/*
 * console_core.h - the other end of a console's line, in the same process:
 * says what a core would say, and reads what the console said.
 */
#ifndef TESTS_UNIT_CONSOLE_CORE_H
#define TESTS_UNIT_CONSOLE_CORE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fd.h"
#include "wire/message.h"

#define TICKET                                                                 \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

struct core_end {
	int fd;
	uint8_t room[FD_MESSAGE_MAX];
};

static inline void
core_say(struct core_end *c, const struct put *m)
{
	assert_false(m->full);
	assert_int_equal(fd_send(c->fd, m->at, m->len, -1), (ssize_t)m->len);
}

/* The first that a core says, of whatever version. */
static inline void
core_greets_as(struct core_end *c, uint16_t version)
{
	uint8_t room[4096];
	struct put m = put_into(room, sizeof(room));

	put_u8(&m, MESSAGE_GREETING);
	put_u16(&m, version);
	put_text(&m, "test");
	put_text(&m, "Test");
	core_say(c, &m);
}

static inline void
core_greets(struct core_end *c, const char *user)
{
	uint8_t room[4096];
	struct put m = put_into(room, sizeof(room));
	struct welcome w = { .session = 1,
		.functions = ~0u,
		.person = (uint32_t)user[0] };

	snprintf(w.user, sizeof(w.user), "%s", user);
	snprintf(w.zone, sizeof(w.zone), "UTC");
	core_greets_as(c, WIRE_VERSION);
	put_u8(&m, MESSAGE_WELCOME);
	put_welcome(&m, &w);
	core_say(c, &m);
}

static inline void
core_refuses(struct core_end *c, const char *why)
{
	uint8_t room[256];
	struct put m = put_into(room, sizeof(room));

	put_u8(&m, MESSAGE_REFUSED);
	put_u8(&m, EXIT_NOT_ALLOWED);
	put_text(&m, why);
	core_say(c, &m);
}

static inline void
core_row(struct core_end *c, uint32_t id, const struct cell *cells, uint8_t n)
{
	uint8_t room[4096];
	struct put m = put_into(room, sizeof(room));
	uint8_t i;

	put_u8(&m, MESSAGE_ROWS);
	put_u32(&m, id);
	put_u8(&m, 0);
	put_u16(&m, 1);
	put_u8(&m, n);
	for (i = 0; i < n; i++)
		put_cell(&m, &cells[i]);
	core_say(c, &m);
}

static inline void
core_ends(struct core_end *c, uint32_t id, uint8_t code, const char *text)
{
	uint8_t room[512];
	struct put m = put_into(room, sizeof(room));

	put_u8(&m, MESSAGE_END);
	put_u32(&m, id);
	put_u8(&m, code);
	put_text(&m, text);
	core_say(c, &m);
}

/* What the console said next: the message's type, the rest in g. 0: nothing. */
static inline int
core_hears(struct core_end *c, struct get *g)
{
	ssize_t n = fd_receive(c->fd, c->room, sizeof(c->room), NULL);

	if (n <= 0)
		return 0;
	*g = get_from(c->room, (size_t)n);
	return get_u8(g);
}

/* Reads until a call of this verb; its id. 0: there was none. */
static inline uint32_t
core_finds_call(struct core_end *c, enum verb verb)
{
	struct get g;
	uint32_t id;
	int type;

	while ((type = core_hears(c, &g)) != 0) {
		if (type != MESSAGE_CALL)
			continue;
		id = get_u32(&g);
		if (get_u16(&g) == (uint16_t)verb)
			return id;
	}
	return 0;
}

#endif
