/* SPDX-License-Identifier: ISC */
#include "ssh/request.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "wire/cursor.h"
#include "wire/frontwire.h"

static bool
made_of(const char *s, const char *allowed, size_t most)
{
	size_t n = strnlen(s, most + 1);

	return n >= 1 && n <= most && strspn(s, allowed) == n;
}

#define DIGITS "0123456789"
#define SMALL "abcdefghijklmnopqrstuvwxyz"
#define LETTERS SMALL "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

bool
request_user_ok(const char *user)
{
	return made_of(user, SMALL DIGITS "._-", 32);
}

void
request_term(struct request *r, const char *term)
{
	/* A name that begins with a dot or is a path is no terminal. */
	bool ok = made_of(term, LETTERS DIGITS "._+-", sizeof(r->term) - 1) &&
	    term[0] != '.';

	str_copy(r->term, ok ? term : "vt100", sizeof(r->term));
}

static unsigned short
within(int n, int most, int otherwise)
{
	if (n <= 0)
		n = otherwise;
	return (unsigned short)(n > most ? most : n);
}

struct winsize
request_size(int columns, int rows)
{
	return (struct winsize){ .ws_col = within(columns, 500, 80),
		.ws_row = within(rows, 200, 24) };
}

bool
request_env(struct request *r, const char *name, const char *value)
{
	if (!made_of(value, LETTERS DIGITS "._@-", REQUEST_VALUE - 1))
		return false;
#define X(member, of)                                                          \
	if (strcmp(name, of) == 0) {                                           \
		str_copy(r->member, value, sizeof(r->member));                 \
		return true;                                                   \
	}
	REQUEST_ENVIRONMENT(X)
#undef X
	return false;
}

int
request_pack(const struct request *r, void *room, size_t cap)
{
	struct put p = put_into(room, cap);
	unsigned i;

	put_u8(&p, (uint8_t)r->kind);
	put_u8(&p, r->pty);
	put_text(&p, r->term);
	put_u16(&p, r->size.ws_col);
	put_u16(&p, r->size.ws_row);
	put_text(&p, r->from);
	put_text(&p, r->language);
#define X(member, name) put_text(&p, r->member);
	REQUEST_ENVIRONMENT(X)
#undef X
	put_u16(&p, (uint16_t)r->words.n);
	for (i = 0; i < r->words.n; i++)
		put_bytes(&p, r->words.at[i], strlen(r->words.at[i]) + 1);
	return p.full ? -1 : (int)p.len;
}

/* The rest of the message is n words, each ended by a NUL, and no more. */
static bool
unpack_words(struct words *w, struct get *g, unsigned n)
{
	size_t left = g->left;
	char *at;

	if (g->bad || n > WORDS_MAX)
		return false;
	w->at = xcalloc(n + 1, sizeof(*w->at));
	w->room = at = xmalloc(left + 1);
	get_bytes(g, at, left);
	for (w->n = 0; w->n < n && memchr(at, '\0', left) != NULL; w->n++) {
		w->at[w->n] = at;
		left -= strlen(at) + 1;
		at += strlen(at) + 1;
	}
	return w->n == n && left == 0;
}

/* The talker may have been taken over: what the program gets is checked
 * again where the talker cannot reach. */
static bool
is_plain(const struct request *r)
{
	struct request again = { 0 };
	bool plain = r->kind == REQUEST_SHELL || r->kind == REQUEST_EXEC;

	if (r->pty) {
		request_term(&again, r->term);
		again.size = request_size(r->size.ws_col, r->size.ws_row);
		plain &= strcmp(again.term, r->term) == 0 &&
		    again.size.ws_col == r->size.ws_col &&
		    again.size.ws_row == r->size.ws_row;
	}
#define X(member, name)                                                        \
	if (r->member[0] != '\0')                                              \
		plain &= request_env(&again, name, r->member);
	REQUEST_ENVIRONMENT(X)
#undef X
	if (r->language[0] != '\0')
		plain &= made_of(
		    r->language, SMALL, sizeof(r->language) - 1);
	return plain && made_of(r->from, LETTERS DIGITS ".:[]%", 63);
}

int
request_unpack(
    struct request *r, const void *bytes, size_t n, struct err *e)
{
	struct get g = get_from(bytes, n);
	unsigned words;

	memset(r, 0, sizeof(*r));
	r->kind = (enum request_kind)get_u8(&g);
	r->pty = get_u8(&g) != 0;
	get_text(&g, r->term, sizeof(r->term));
	r->size.ws_col = get_u16(&g);
	r->size.ws_row = get_u16(&g);
	get_text(&g, r->from, sizeof(r->from));
	get_text(&g, r->language, sizeof(r->language));
#define X(member, name) get_text(&g, r->member, sizeof(r->member));
	REQUEST_ENVIRONMENT(X)
#undef X
	words = get_u16(&g);
	if (!unpack_words(&r->words, &g, words) || !is_plain(r)) {
		request_fini(r);
		return err_set(e, "not a request");
	}
	return 0;
}

void
request_fini(struct request *r)
{
	words_free(&r->words);
}

bool
request_is_console(const struct request *r)
{
	const struct words *w = &r->words;

	if (r->kind == REQUEST_SHELL)
		return true;
	return w->n >= 1 && w->n <= 2 && strcmp(w->at[0], "console") == 0 &&
	    (w->n == 1 || strcmp(w->at[1], "--again") == 0);
}

static const char *
program(const struct request *r)
{
	return request_is_console(r) ? "sightglass-console" : "sightglass";
}

char *
request_path(const struct request *r, struct arena *a, const char *programs)
{
	return arena_printf(a, "%s/%s", programs, program(r));
}

char **
request_argv(const struct request *r, struct arena *a, const char *socket)
{
	char **argv = arena_take(a, r->words.n + 6, sizeof(*argv));
	unsigned n = 0, i;

	argv[n++] = arena_text(a, program(r));
	argv[n++] = arena_text(a, "--session");
	argv[n++] = arena_printf(a, "%d", FRONT_SESSION);
	if (request_is_console(r)) {
		argv[n++] = arena_text(a, "--socket");
		argv[n++] = arena_text(a, socket);
		if (r->words.n == 2)
			argv[n++] = arena_text(a, "--again");
		return argv;
	}
	argv[n++] = arena_text(a, "--");
	for (i = 0; i < r->words.n; i++)
		argv[n++] = arena_text(a, r->words.at[i]);
	return argv;
}

char **
request_environ(const struct request *r, struct arena *a)
{
	char **env = arena_take(a, 8, sizeof(*env));
	unsigned n = 0;

	if (r->pty)
		env[n++] = arena_printf(a, "TERM=%s", r->term);
	env[n++] = arena_printf(a, "SG_FROM=%s", r->from);
	if (r->language[0] != '\0')
		env[n++] = arena_printf(a, "LANGUAGE=%s", r->language);
#define X(member, name)                                                        \
	if (r->member[0] != '\0')                                              \
		env[n++] = arena_printf(a, name "=%s", r->member);
	REQUEST_ENVIRONMENT(X)
#undef X
	return env;
}
