/* SPDX-License-Identifier: ISC */
/*
 * client.h - a client's end of the wire: console, CLI, SSH front, tests.
 *
 * Owned by one thread. Works on a blocking or a non-blocking descriptor; a
 * program with a loop polls client_fd() and calls client_receive() until it
 * says 0.
 */
#ifndef WIRE_CLIENT_H
#define WIRE_CLIENT_H

#include "base/err.h"
#include "wire/message.h"

struct client;

struct client *client_new(int fd);		/* takes the descriptor */
struct client *client_connect(const char *path, struct err *e);	/* or NULL */
void client_free(struct client *c);		/* closes; NULL is fine */
int client_fd(const struct client *c);
int client_take_fd(struct client *c);	/* the descriptor; c has none then */

/* What the core said. Pointers are good until the next receive. */
struct client_event {
	enum message type;
	uint32_t id;		/* ROWS END UPDATE */
	uint32_t n;		/* UPDATE: its number */
	uint8_t code;		/* END REFUSED: exit code; PROBED: yes */
	uint8_t flags;		/* ROWS */
	const char *text;	/* END REFUSED: why; GREETING: the build */
	uint16_t version;	/* GREETING */
	struct welcome welcome;
	struct beat beat;
	struct notice notice;
	/* ROWS and UPDATE: how many, then read them with the calls below */
	unsigned rows, cells;
};

/* 1: an event; 0: none now (non-blocking); -1: the core is gone, or said
 * what it must not (e). */
int client_receive(
    struct client *c, struct client_event *ev, struct err *e);
/* Takes beats and notices that wait and stops before anything else, so that
 * a client that is busy does not count as deaf. Leaves the last event as it
 * is. True: something else waits, or the end. */
bool client_skip_beats(struct client *c);
/* The next row of a ROWS event into cells[ev.cells]; false after the last.
 * Texts are good until the next row. */
bool client_row(struct client *c, struct cell *cells);
/* The next entry of an UPDATE: i counts the tags as they were named. */
bool client_value(struct client *c, uint32_t *i, struct value *v);

/* Each sends one message; -1 if it could not be sent (the peer is gone, or
 * does not read). */
int client_hello(struct client *c, const char *program);
int client_probe(struct client *c, const char *user, const char *key);
int client_login(struct client *c, const char *user, const char *key,
    const char *from, const char *term);
/* Wipes what it sent. PROBED: wrong, may be said again; WELCOME, REFUSED. */
int client_password(struct client *c, const char *user, const char *from,
    const char *term, const char *password);
/* For the call that is sent next, ahead of its client_send(). */
int client_secret(struct client *c, enum secret which, const char *text);
int client_local(struct client *c, const char *tty, const char *term);
int client_resume(struct client *c, const char *ticket, const char *from,
    const char *term);
int client_more(struct client *c, uint32_t id);
int client_cancel(struct client *c, uint32_t id);
int client_drawn(struct client *c, uint32_t n);
int client_feed(struct client *c, uint32_t id, const void *bytes, size_t n);

/* A call is built and sent: begin, any number of parameters, send. Returns
 * the call's id, or 0 if it was too long or could not be sent. */
void client_call(struct client *c, enum verb verb);
void client_with(struct client *c, enum parameter which, const char *text);
uint32_t client_send(struct client *c);

#endif
